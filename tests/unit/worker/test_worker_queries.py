"""Query tasks: answered from live runs where those know enough, else from history."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from durable_workflow import serializer, workflow
from durable_workflow.worker import Worker, WorkerInterceptor
from support.scripted_client import INFO, ScriptedClient, event, started, workflow_task

QUERIES = {
    **INFO,
    "worker_protocol": {
        **INFO["worker_protocol"],
        "server_capabilities": {"empty_workflow_task_completion": True, "query_tasks": True},
    },
}
begun: list[str] = []
gate = threading.Event()


@pytest.fixture(autouse=True)
def fresh() -> None:
    begun.clear()
    gate.set()


@workflow.defn(name="counts")
class Counts:
    def __init__(self) -> None:
        self.steps: list[int] = []

    def run(self, ctx: Any) -> Any:
        begun.append(ctx.info.run_id)
        for step in range(3):
            self.steps.append(step)
            yield ctx.start_timer(1)
            gate.wait(10)

    @workflow.query("steps")
    def ask(self, factor: int = 1) -> list[int]:
        return self.steps if factor == 1 else [step * factor for step in self.steps]

    @workflow.query("fails")
    def fails(self) -> None:
        raise ValueError("no")

    @workflow.query("opaque")
    def opaque(self) -> Any:
        return object()


def history(fired: int) -> list[dict[str, Any]]:
    events = [started("r")]
    for step in range(1, fired + 2):
        timer = {"timer_id": f"t{step}", "delay_seconds": 1, "sequence": step}
        events.append(event(len(events) + 1, "TimerScheduled", **timer))
        if step <= fired:
            events.append(event(len(events) + 1, "TimerFired", **timer))
    return events


def query(name: str, *arguments: Any, fired: int = 0, **members: Any) -> dict[str, Any]:
    return {
        "query_task_id": "q",
        "query_task_attempt": 1,
        "workflow_id": "wf-r",
        "run_id": "r",
        "workflow_type": "counts",
        "query_name": name,
        "payload_codec": "avro",
        "workflow_arguments": serializer.envelope([]),
        "query_arguments": serializer.envelope(list(arguments)),
        "history_events": history(fired),
        "task_queue": "queue",
        "lease_owner": "worker",
        **members,
    }


@asynccontextmanager
async def working(client: ScriptedClient, **options: Any) -> AsyncIterator[Worker]:
    client.script("get_cluster_info", QUERIES)
    worker = Worker(client, task_queue="queue", workflows=[Counts], **options)
    running = asyncio.create_task(worker.run())
    try:
        yield worker
    finally:
        gate.set()
        await worker.stop()
        await running


async def answer(client: ScriptedClient, task: dict[str, Any]) -> Any:
    count = len(client.of("complete_query_task"))
    client.query_tasks.put_nowait(task)
    return (await client.seen("complete_query_task", count + 1))[-1]["result"]


async def refusal(client: ScriptedClient, task: dict[str, Any]) -> dict[str, Any]:
    client.query_tasks.put_nowait(task)
    (failure,) = await client.seen("fail_query_task")
    return failure


async def test_a_query_is_answered_from_history() -> None:
    client = ScriptedClient()
    async with working(client):
        assert await answer(client, query("steps", fired=1)) == [0, 1]
        assert await answer(client, query("steps", 10, fired=2)) == [0, 10, 20]
    (first, _) = client.of("complete_query_task")
    assert first["query_task_id"] == "q"
    assert (first["lease_owner"], first["query_task_attempt"]) == ("worker", 1)
    assert not client.of("complete_workflow_task")


async def test_a_query_without_arguments_comes_with_an_envelope_of_nulls_on_old_servers() -> None:
    client = ScriptedClient()
    async with working(client):
        nothing = {"codec": None, "blob": None}
        assert await answer(client, query("steps", query_arguments=nothing)) == [0]


async def test_a_query_of_a_live_run_replays_nothing() -> None:
    client = ScriptedClient()
    async with working(client):
        client.workflow_tasks.put_nowait(workflow_task("counts", run_id="r"))
        await client.seen("complete_workflow_task")
        assert await answer(client, query("steps")) == [0]
        assert begun == ["r"]
        client.workflow_tasks.put_nowait(workflow_task("counts", run_id="r", history_events=history(1)[:3]))
        await client.seen("complete_workflow_task", 2)
        assert begun == ["r"], "the query left the run live"


@pytest.mark.parametrize("name", ["fails", "opaque"])
async def test_a_query_that_fails_leaves_the_run_live(name: str) -> None:
    client = ScriptedClient()
    async with working(client):
        client.workflow_tasks.put_nowait(workflow_task("counts", run_id="r"))
        await client.seen("complete_workflow_task")
        await refusal(client, query(name))
        assert await answer(client, query("steps")) == [0]
    assert begun == ["r"]


async def test_a_query_whose_history_goes_further_than_the_live_run_is_replayed() -> None:
    client = ScriptedClient()
    async with working(client):
        client.workflow_tasks.put_nowait(workflow_task("counts", run_id="r"))
        await client.seen("complete_workflow_task")
        assert await answer(client, query("steps", fired=2)) == [0, 1, 2]
        assert begun == ["r", "r"]
        client.workflow_tasks.put_nowait(workflow_task("counts", run_id="r", history_events=history(1)[:3]))
        assert len((await client.seen("complete_workflow_task", 2))[1]["commands"]) == 1
        assert begun == ["r", "r"], "the live run was left as it was"


async def test_a_query_does_not_wait_for_a_task_of_its_run() -> None:
    client = ScriptedClient()
    never = asyncio.Event()
    client.script("complete_workflow_task", never.wait)
    async with working(client, shutdown_timeout=0):
        client.workflow_tasks.put_nowait(workflow_task("counts", run_id="r"))
        await client.seen("complete_workflow_task")
        assert await answer(client, query("steps")) == [0]
        never.set()


@pytest.mark.parametrize(
    ("task", "reason"),
    [
        (query("nobody knows"), "rejected_unknown_query"),
        (query("fails"), "query_rejected"),
        (query("opaque"), "query_payload_decode_failed"),
        (query("steps", query_arguments={"codec": "avro", "blob": "?"}), "query_payload_decode_failed"),
        (query("steps", 1, 2, 3), "invalid_query_arguments"),
        (query("steps", workflow_type="other"), "query_workflow_type_not_registered"),
        (query("steps", history_events=[*history(0)[:1], event(2, "ActivityScheduled", sequence=1)]), None),
    ],
)
async def test_what_goes_wrong_is_told_to_who_asked(task: dict[str, Any], reason: str | None) -> None:
    client = ScriptedClient()
    async with working(client):
        failure = await refusal(client, task)
        assert failure["reason"] == (reason or "query_rejected")
        assert failure["message"]
        assert await answer(client, query("steps")) == [0]


async def test_an_interceptor_stands_around_a_query() -> None:
    class Doubles(WorkerInterceptor):
        async def query(self, call: Any, proceed: Any) -> Any:
            assert (call.workflow_id, call.query_name, list(call.arguments)) == ("wf-r", "steps", [])
            return 2 * await proceed(call)

    client = ScriptedClient()
    async with working(client, interceptors=[Doubles()]):
        assert await answer(client, query("steps")) == [0, 0]


async def test_a_server_without_queries_is_not_asked_for_any() -> None:
    client = ScriptedClient()
    client.script("get_cluster_info", INFO)
    async with working(client):
        await client.seen("poll_workflow_task")
        await asyncio.sleep(0.05)
    assert not client.of("poll_query_task")


async def test_an_interceptor_stands_around_a_workflow_task() -> None:
    seen = []

    class Watches(WorkerInterceptor):
        async def workflow_task(self, call: Any, proceed: Any) -> Any:
            outcome = await proceed(call)
            seen.append((call.is_live, len(call.events), len(outcome.commands)))
            return outcome

    client = ScriptedClient()
    async with working(client, interceptors=[Watches()]):
        client.workflow_tasks.put_nowait(workflow_task("counts", run_id="r"))
        await client.seen("complete_workflow_task")
        client.workflow_tasks.put_nowait(workflow_task("counts", run_id="r", history_events=history(1)[:3]))
        await client.seen("complete_workflow_task", 2)
    assert seen == [(False, 1, 1), (True, 2, 1)]
