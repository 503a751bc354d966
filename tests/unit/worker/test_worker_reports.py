"""What a worker tells the server of the tasks it took."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from durable_workflow import activity, serializer, workflow
from durable_workflow.errors import (
    ConnectionFailed,
    InvalidArgument,
    NonRetryableError,
    OutcomeUnknown,
    ServerError,
    TaskLost,
)
from durable_workflow.worker import Worker
from support.scripted_client import INFO, ScriptedClient, activity_task, event, started, workflow_task


@workflow.defn(name="timer then done")
class TimerThenDone:
    async def run(self, ctx: Any, *args: Any) -> Any:
        await ctx.sleep(60)
        return list(args)


@workflow.defn(name="notes it down")
class NotesItDown:
    async def run(self, ctx: Any, *args: Any) -> Any:
        await ctx.upsert_memo({"note": 1})
        await ctx.sleep(60)


class ShopClosed(Exception):
    pass


class Leaves(SystemExit):
    pass


@activity.defn(name="echo")
async def echo(value: Any) -> Any:
    return value


@activity.defn(name="close")
def close(text: str) -> None:
    raise ShopClosed(text)


@activity.defn(name="refuse")
async def refuse() -> None:
    raise NonRetryableError("never") from ShopClosed("cause")


@activity.defn(name="opaque")
async def opaque() -> Any:
    return {"items": [1, object()]}


@activity.defn(name="leave")
def leave() -> None:
    raise Leaves(3)


@activity.defn(name="give up")
async def give_up() -> None:
    raise asyncio.CancelledError


ACTIVITIES = [echo, close, refuse, opaque, leave, give_up]


@asynccontextmanager
async def worker_of(client: ScriptedClient) -> AsyncIterator[Worker]:
    worker = Worker(client, task_queue="queue", workflows=[TimerThenDone, NotesItDown], activities=ACTIVITIES)
    running = asyncio.create_task(worker.run())
    try:
        yield worker
        # Whatever happened, the worker lives on.
        client.activity_tasks.put_nowait(activity_task("echo", "alive"))
        await client.seen("complete_activity_task", len(client.of("complete_activity_task")) + 1)
        assert not running.done()
    finally:
        await worker.stop()
        await running


async def failed_workflow_task(client: ScriptedClient, task: dict[str, Any]) -> dict[str, Any]:
    async with worker_of(client):
        client.workflow_tasks.put_nowait(task)
        (failure,) = await client.seen("fail_workflow_task")
    assert failure["task_id"] == task["task_id"]
    assert (failure["lease_owner"], failure["workflow_task_attempt"]) == ("worker", 1)
    return failure


async def failed_activity(client: ScriptedClient, task: dict[str, Any]) -> dict[str, Any]:
    async with worker_of(client):
        client.activity_tasks.put_nowait(task)
        (failure,) = await client.seen("fail_activity_task")
    assert failure["activity_attempt_id"] == task["activity_attempt_id"]
    return failure


async def test_commands_go_to_the_server_with_the_lease_of_the_task() -> None:
    client, task = ScriptedClient(), workflow_task("timer then done", 1)
    async with worker_of(client):
        client.workflow_tasks.put_nowait(task)
        (completion,) = await client.seen("complete_workflow_task")
    assert completion["task_id"] == task["task_id"]
    assert [command["type"] for command in completion["commands"]] == ["start_timer"]
    tags = {"task_queue": "queue", "kind": "workflow", "outcome": "completed"}
    assert client.metrics.counter_value("durable_workflow_worker_tasks", tags) == 1
    assert len(client.metrics.observations("durable_workflow_worker_task_duration_seconds", tags)) == 1


async def test_all_pages_of_history_are_fetched_before_the_replay() -> None:
    client = ScriptedClient()
    timer = {"timer_id": "t", "delay_seconds": 60, "sequence": 1}
    scheduled, fired = event(2, "TimerScheduled", **timer), event(3, "TimerFired", **timer)
    client.script("workflow_task_history", ConnectionFailed("away"))
    client.script("workflow_task_history", {"history_events": [scheduled], "next_history_page_token": "p3"})
    client.script("workflow_task_history", {"history_events": [fired], "next_history_page_token": None})
    async with worker_of(client):
        client.workflow_tasks.put_nowait(
            workflow_task("timer then done", "Ada", next_history_page_token="p2")
        )
        (completion,) = await client.seen("complete_workflow_task")
    assert [page["page_token"] for page in client.of("workflow_task_history")] == ["p2", "p2", "p3"]
    (command,) = completion["commands"]
    assert command["type"] == "complete_workflow"
    assert serializer.decode_envelope(command["result"]) == ["Ada"]


async def test_a_command_that_the_server_does_not_take_fails_the_task_and_is_named() -> None:
    client = ScriptedClient()
    offered = {"supported_workflow_task_commands": ["start_timer"]}
    client.script(
        "get_cluster_info", {**INFO, "worker_protocol": {"version": "1.0", "server_capabilities": offered}}
    )
    failure = await failed_workflow_task(client, workflow_task("notes it down"))
    assert failure["failure_type"] == "NotSupportedByServer"
    assert "upsert_memo" in failure["message"]
    assert client.of("complete_workflow_task") == []


async def test_a_server_that_takes_a_newer_command_gets_it() -> None:
    client = ScriptedClient()
    async with worker_of(client):
        client.workflow_tasks.put_nowait(workflow_task("notes it down"))
        (completion,) = await client.seen("complete_workflow_task")
    assert [command["type"] for command in completion["commands"]] == ["upsert_memo", "start_timer"]


async def test_an_unknown_workflow_type_fails_the_task_and_names_both_sides() -> None:
    failure = await failed_workflow_task(ScriptedClient(), workflow_task("nobody's"))
    assert failure["failure_type"] == "UnknownWorkflowType"
    assert "'nobody's'" in failure["message"].replace('"', "'")
    assert "timer then done" in failure["message"]


async def test_an_undecodable_payload_fails_the_task() -> None:
    broken = {"codec": "avro", "blob": "%%%"}
    failure = await failed_workflow_task(ScriptedClient(), workflow_task("timer then done", arguments=broken))
    assert failure["failure_type"] == "PayloadDecodeError"
    assert "base64" in failure["message"]


async def test_a_history_of_other_code_fails_the_task() -> None:
    other = event(2, "ActivityScheduled", sequence=1, activity_execution_id="e", activity_type="old")
    task = workflow_task("timer then done", run_id="r", history_events=[started("r"), other])
    failure = await failed_workflow_task(ScriptedClient(), task)
    assert failure["failure_type"] == "NonDeterministicReplayError"
    assert "old" in failure["message"]


@pytest.mark.parametrize(
    "refusal",
    [
        InvalidArgument("commands.0.delay_seconds: too long", status=422),
        ServerError(409, {"reason": "invalid_commands", "error": "commands.0.delay_seconds: too long"}),
    ],
)
async def test_refused_commands_fail_the_task_with_the_servers_text(refusal: Exception) -> None:
    client = ScriptedClient()
    client.script("complete_workflow_task", refusal)
    failure = await failed_workflow_task(client, workflow_task("timer then done"))
    assert failure["failure_type"] == type(refusal).__name__
    assert "commands.0.delay_seconds: too long" in failure["message"]


async def test_a_lost_workflow_task_is_dropped() -> None:
    client = ScriptedClient()
    client.script("complete_workflow_task", TaskLost("wt", reason_code="lease_expired"))
    async with worker_of(client):
        client.workflow_tasks.put_nowait(workflow_task("timer then done"))
        await client.seen("complete_workflow_task")
    assert not client.of("fail_workflow_task")
    tags = {"task_queue": "queue", "kind": "workflow", "outcome": "lost"}
    assert client.metrics.counter_value("durable_workflow_worker_tasks", tags) == 1


@pytest.mark.parametrize(
    "error", [ConnectionFailed("away"), OutcomeUnknown("lost"), ServerError(500, {}), ServerError(429, {})]
)
async def test_a_report_is_repeated_until_the_server_is_back(error: Exception) -> None:
    client = ScriptedClient()
    client.script("complete_workflow_task", error, error)
    async with worker_of(client):
        client.workflow_tasks.put_nowait(workflow_task("timer then done"))
        reports = await client.seen("complete_workflow_task", 3)
    assert reports[0] == reports[2]


WAITING = [started("r"), event(2, "TimerScheduled", timer_id="t", delay_seconds=60, sequence=1)]


async def test_nothing_to_do_is_an_empty_completion() -> None:
    client = ScriptedClient()
    async with worker_of(client):
        client.workflow_tasks.put_nowait(workflow_task("timer then done", run_id="r", history_events=WAITING))
        (completion,) = await client.seen("complete_workflow_task")
    assert completion["commands"] == []


async def test_nothing_to_do_is_a_failure_of_its_own_on_servers_that_want_commands() -> None:
    client = ScriptedClient()
    client.script("get_cluster_info", {**INFO, "worker_protocol": {"version": "1.0"}})
    task = workflow_task("timer then done", run_id="r", history_events=WAITING)
    failure = await failed_workflow_task(client, task)
    assert failure["failure_type"] == "WorkflowTaskWaitingForHistory"
    assert not client.of("complete_workflow_task")


async def test_a_result_goes_to_the_server_with_the_lease_and_codec_of_the_attempt() -> None:
    client, task = ScriptedClient(), activity_task("echo", {"n": [1]})
    async with worker_of(client):
        client.activity_tasks.put_nowait(task)
        completions = await client.seen("complete_activity_task")
    assert completions[0] == {
        "task_id": task["task_id"],
        "activity_attempt_id": task["activity_attempt_id"],
        "lease_owner": "worker",
        "result": {"n": [1]},
        "codec": "avro",
        "framing": "wrapper",
    }


async def test_an_exception_becomes_a_failure_with_its_class_and_trace() -> None:
    failure = await failed_activity(ScriptedClient(), activity_task("close", "we are closed"))
    assert (failure["message"], failure["failure_type"]) == ("we are closed", "ShopClosed")
    assert failure["non_retryable"] is False
    assert "in close" in failure["stack_trace"]


async def test_an_exception_without_text_still_has_a_message() -> None:
    failure = await failed_activity(ScriptedClient(), activity_task("close", " "))
    assert failure["message"] == "ShopClosed"


async def test_a_non_retryable_error_says_so() -> None:
    failure = await failed_activity(ScriptedClient(), activity_task("refuse"))
    assert (failure["failure_type"], failure["non_retryable"]) == ("NonRetryableError", True)
    assert "ShopClosed: cause" in failure["stack_trace"]


async def test_an_exit_inside_an_activity_fails_the_activity_only() -> None:
    failure = await failed_activity(ScriptedClient(), activity_task("leave"))
    assert failure["failure_type"] == "Leaves"


async def test_an_activity_that_cancels_itself_has_failed() -> None:
    failure = await failed_activity(ScriptedClient(), activity_task("give up"))
    assert failure["failure_type"] == "CancelledError"


async def test_a_result_that_cannot_be_sent_fails_for_good_and_names_the_place() -> None:
    failure = await failed_activity(ScriptedClient(), activity_task("opaque"))
    assert (failure["failure_type"], failure["non_retryable"]) == ("PayloadEncodeError", True)
    assert "$.items[1]" in failure["message"]


async def test_a_result_that_the_server_refuses_fails_for_good() -> None:
    client = ScriptedClient()
    client.script("complete_activity_task", ServerError(413, {"reason": "payload_too_large"}))
    failure = await failed_activity(client, activity_task("echo", "long"))
    assert failure["non_retryable"] is True
    assert "payload_too_large" in failure["message"]


async def test_an_unknown_activity_type_fails_the_attempt_and_may_be_retried_elsewhere() -> None:
    failure = await failed_activity(ScriptedClient(), activity_task("unheard of"))
    assert (failure["failure_type"], failure["non_retryable"]) == ("UnknownActivityType", False)
    assert "'unheard of'" in failure["message"]
    assert "close, echo" in failure["message"]


async def test_arguments_that_do_not_fit_are_explained() -> None:
    failure = await failed_activity(ScriptedClient(), activity_task("echo", 1, 2))
    assert failure["failure_type"] == "TypeError"
    assert "activity 'echo' takes (value: " in failure["message"]
    assert "got 2 arguments" in failure["message"]


async def test_undecodable_arguments_fail_for_good() -> None:
    task = activity_task("echo", arguments={"codec": "avro", "blob": "AQ=="})
    failure = await failed_activity(ScriptedClient(), task)
    assert (failure["failure_type"], failure["non_retryable"]) == ("PayloadDecodeError", True)


async def test_a_run_with_a_codec_that_cannot_be_written_fails_the_attempt() -> None:
    task = activity_task("echo", payload_codec="json", arguments={"codec": "json", "blob": "[1]"})
    failure = await failed_activity(ScriptedClient(), task)
    assert failure["failure_type"] == "PayloadEncodeError"
    assert "codec" not in failure, "the failure itself must be writable"


async def test_arguments_may_be_absent_or_a_single_value() -> None:
    client = ScriptedClient()
    async with worker_of(client):
        client.activity_tasks.put_nowait(activity_task("echo", arguments=serializer.envelope("alone")))
        completions = await client.seen("complete_activity_task")
    assert completions[0]["result"] == "alone"


async def test_a_task_without_its_members_does_not_harm_the_worker() -> None:
    client = ScriptedClient()
    async with worker_of(client):
        client.activity_tasks.put_nowait({"task_id": "bare"})
        client.workflow_tasks.put_nowait({"task_id": "bare"})


async def test_logs_name_tasks_and_never_hold_payloads(caplog: pytest.LogCaptureFixture) -> None:
    client, task = ScriptedClient(), activity_task("close", "secret-of-the-shop")
    with caplog.at_level(logging.INFO, "durable_workflow.worker"):
        await failed_activity(client, task)
    assert task["task_id"] in caplog.text
    assert "ShopClosed" in caplog.text
    assert "secret-of-the-shop" not in caplog.text
