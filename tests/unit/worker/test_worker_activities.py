"""Activities beyond the plain call: leases, cancellation, processes, rates, completion from outside."""

from __future__ import annotations

import asyncio
import contextvars
import os
import threading
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from durable_workflow import activity
from durable_workflow._task_tokens import read_task_token
from durable_workflow.errors import (
    ActivityCancelled,
    ApplicationError,
    DefinitionError,
    InvalidArgument,
    NonRetryableError,
    TaskLost,
)
from durable_workflow.worker import Worker, WorkerInterceptor
from support import process_activities
from support.scripted_client import INFO, ScriptedClient, activity_task, until

RENEWS = {
    **INFO,
    "worker_protocol": {**INFO["worker_protocol"], "server_capabilities": {"activity_lease_renewal": True}},
}
STOP = {"cancel_requested": True, "can_continue": False, "reason": "run_cancelled"}


def soon(seconds: float = 0.15) -> str:
    """Return a moment at which a lease is over that is renewed at once."""
    return (datetime.now(UTC) + timedelta(seconds=seconds)).isoformat()


@asynccontextmanager
async def working(client: ScriptedClient, *activities: Any, **options: Any) -> AsyncIterator[Worker]:
    worker = Worker(client, task_queue="queue", activities=activities, shutdown_timeout=5, **options)
    running = asyncio.create_task(worker.run())
    try:
        yield worker
    finally:
        await worker.stop()
        await running


@pytest.fixture(autouse=True)
def often(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look after activities every few milliseconds."""
    monkeypatch.setattr("durable_workflow.worker._leases._SHORTEST_INTERVAL", 0.01)


@activity.defn(name="sleeps")
async def sleeps() -> None:
    await asyncio.Event().wait()


async def test_a_lease_is_renewed_while_the_activity_runs_and_no_longer() -> None:
    client, done = ScriptedClient(), asyncio.Event()

    @activity.defn(name="long")
    async def long() -> str:
        await done.wait()
        return "done"

    client.script("get_cluster_info", RENEWS)
    async with working(client, long):
        client.activity_tasks.put_nowait(activity_task("long", lease_expires_at=soon()))
        beats = await client.seen("renew_activity_task_lease", 3)
        assert beats[0].keys() == {"task_id", "activity_attempt_id", "lease_owner"}
        done.set()
        await client.seen("complete_activity_task")
        count = len(client.of("renew_activity_task_lease"))
        await asyncio.sleep(0.2)
        assert len(client.of("renew_activity_task_lease")) == count
    assert not client.of("heartbeat_activity_task"), "a renewal writes no event, a heartbeat does"


@pytest.mark.parametrize(("policy", "beats"), [(None, True), ({"heartbeat_timeout": 30}, False)])
async def test_where_only_heartbeats_renew_a_lease_they_do_unless_they_mean_more(
    policy: Any, beats: bool
) -> None:
    client = ScriptedClient()
    async with working(client, sleeps, max_concurrent_activity_tasks=1):
        client.activity_tasks.put_nowait(
            activity_task("sleeps", lease_expires_at=soon(), retry_policy=policy)
        )
        if beats:
            client.script("heartbeat_activity_task", STOP)
            await client.seen("heartbeat_activity_task")
            await client.seen("fail_activity_task")
        else:
            await until(lambda: client.polling["poll_activity_task"] == 0)
            await asyncio.sleep(0.2)
            assert not client.of("heartbeat_activity_task")
            client.script("fail_activity_task", TaskLost("t"))
            for task in asyncio.all_tasks():
                if task.get_name().startswith("activity"):
                    task.cancel()


async def test_a_cancellation_reaches_an_async_activity_that_does_not_beat() -> None:
    client, cleaned = ScriptedClient(), asyncio.Event()

    @activity.defn(name="cleans")
    async def cleans() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0)
            assert activity.context().is_cancelled
            cleaned.set()

    client.script("get_cluster_info", RENEWS)
    client.script("renew_activity_task_lease", STOP)
    async with working(client, cleans):
        client.activity_tasks.put_nowait(activity_task("cleans", lease_expires_at=soon()))
        (failure,) = await client.seen("fail_activity_task")
        assert cleaned.is_set()
        assert failure["failure_type"] == "ActivityCancelled"
        assert "run_cancelled" in failure["message"]
        client.activity_tasks.put_nowait(activity_task("cleans"))
        await until(lambda: len(client.of("poll_activity_task")) >= 2)
        client.script("renew_activity_task_lease", TaskLost("t", reason_code="stale_attempt"))


async def test_a_cancellation_reaches_a_plain_activity_that_looks_at_it() -> None:
    client = ScriptedClient()

    @activity.defn(name="looks")
    def looks() -> str:
        context = activity.context()
        while not context.is_cancelled:
            time.sleep(0.01)
        with pytest.raises(ActivityCancelled):
            context.heartbeat_sync()
        return "looked"

    client.script("get_cluster_info", RENEWS)
    client.script("renew_activity_task_lease", STOP)
    async with working(client, looks):
        client.activity_tasks.put_nowait(activity_task("looks", lease_expires_at=soon()))
        (completion,) = await client.seen("complete_activity_task")
    assert completion["result"] == "looked"


async def test_an_attempt_that_was_lost_is_dropped() -> None:
    client = ScriptedClient()
    client.script("get_cluster_info", RENEWS)
    client.script("renew_activity_task_lease", TaskLost("t", reason_code="stale_attempt"))
    async with working(client, sleeps):
        client.activity_tasks.put_nowait(activity_task("sleeps", lease_expires_at=soon()))
        tags = {"task_queue": "queue", "kind": "activity", "outcome": "lost"}
        await until(lambda: client.metrics.counter_value("durable_workflow_worker_tasks", tags) == 1)
    assert not client.of("fail_activity_task")


async def test_what_beats_hears_of_it_by_its_own_beat() -> None:
    client, told = ScriptedClient(), threading.Event()

    @activity.defn(name="beats")
    async def beats() -> str:
        context = activity.context()
        await context.heartbeat()
        while not context.is_cancelled:
            await asyncio.sleep(0.01)
        with pytest.raises(ActivityCancelled):
            await context.heartbeat()
        told.set()
        await asyncio.sleep(0.05)
        return "cleaned up"

    client.script("get_cluster_info", RENEWS)
    client.script("renew_activity_task_lease", STOP)
    async with working(client, beats):
        client.activity_tasks.put_nowait(activity_task("beats", lease_expires_at=soon()))
        (completion,) = await client.seen("complete_activity_task")
    assert told.is_set()
    assert completion["result"] == "cleaned up"


class Odd(ValueError):
    details = {"order": 4711}


@pytest.mark.parametrize(
    ("error", "kind", "details", "final"),
    [
        (ApplicationError("m", error_type="Declined", details=[1]), "Declined", [1], False),
        (ApplicationError("m", non_retryable=True), "ApplicationError", None, True),
        (NonRetryableError("m", error_type="Stolen", details={"card": 7}), "Stolen", {"card": 7}, True),
        (Odd("m"), "Odd", {"order": 4711}, False),
        (ApplicationError("m", details=threading), "ApplicationError", repr(threading), False),
    ],
)
async def test_type_and_details_of_an_error_go_to_the_server(
    error: Exception, kind: str, details: Any, final: bool
) -> None:
    @activity.defn(name="raises")
    async def raises() -> None:
        raise error

    client = ScriptedClient()
    async with working(client, raises):
        client.activity_tasks.put_nowait(activity_task("raises"))
        (failure,) = await client.seen("fail_activity_task")
    assert (failure["failure_type"], failure["details"], failure["non_retryable"]) == (kind, details, final)


async def test_an_activity_that_is_completed_from_outside_frees_its_slot_and_keeps_its_lease() -> None:
    client, tokens = ScriptedClient(), []

    @activity.defn(name="asks a person")
    def asks() -> str:
        tokens.append(activity.context().info.task_token)
        activity.complete_later()

    client.script("get_cluster_info", RENEWS)
    async with working(client, asks, max_concurrent_activity_tasks=1, worker_id="worker"):
        first = activity_task("asks a person", lease_expires_at=soon())
        client.activity_tasks.put_nowait(first)
        client.activity_tasks.put_nowait(activity_task("asks a person"))
        await client.seen("renew_activity_task_lease", 3)
        await until(lambda: len(tokens) == 2)
    assert read_task_token(tokens[0]) == {
        "task_id": first["task_id"],
        "activity_attempt_id": first["activity_attempt_id"],
        "lease_owner": "worker",
        "codec": "avro",
        "framing": "wrapper",
    }
    assert not client.of("complete_activity_task")
    assert not client.of("fail_activity_task")


@pytest.mark.parametrize("token", ["", "no token", "bm8", 7, None, "WzFd"])
def test_what_is_no_token_is_refused(token: Any) -> None:
    with pytest.raises(ValueError, match="no task token"):
        read_task_token(token)


async def test_no_more_activities_begin_than_the_worker_may() -> None:
    client, begun = ScriptedClient(), []

    @activity.defn(name="quick")
    async def quick() -> None:
        begun.append(asyncio.get_running_loop().time())

    async with working(client, quick, max_activities_per_second=20):
        for _ in range(5):
            client.activity_tasks.put_nowait(activity_task("quick"))
        await client.seen("complete_activity_task", 5)
    assert begun[4] - begun[0] >= 4 / 20 * 0.9


async def test_each_type_has_its_own_rate() -> None:
    client, begun = ScriptedClient(), []

    @activity.defn(name="slow")
    async def slow() -> None:
        begun.append(asyncio.get_running_loop().time())

    @activity.defn(name="free")
    async def free() -> None: ...

    async with working(client, slow, free, activity_rates={"slow": 10}):
        for name in ("slow", "slow", "slow", "free"):
            client.activity_tasks.put_nowait(activity_task(name))
        await client.seen("complete_activity_task", 4)
    assert begun[2] - begun[0] >= 2 / 10 * 0.9


@pytest.mark.parametrize(
    "options",
    [
        {"max_activities_per_second": 0},
        {"activity_rates": {"slow": -1}},
        {"max_activity_processes": -1},
        {"heartbeat_interval": 0},
        {"start_timeout": 0},
        {"build_id": ""},
    ],
)
def test_settings_out_of_range_are_refused(options: dict[str, Any]) -> None:
    with pytest.raises(InvalidArgument, match=next(iter(options))):
        Worker(ScriptedClient(), task_queue="queue", activities=[sleeps], **options)


def test_coroutines_have_no_process_of_their_own() -> None:
    with pytest.raises(DefinitionError, match="process=True is for plain functions"):

        @activity.defn(name="wrong", process=True)
        async def wrong() -> None: ...


async def test_activities_in_processes(tmp_path: Path) -> None:
    client = ScriptedClient()
    async with working(client, *process_activities.ALL, max_activity_processes=1):

        async def ends(name: str, *arguments: Any, call: str = "complete_activity_task") -> dict[str, Any]:
            count = len(client.of(call))
            client.activity_tasks.put_nowait(activity_task(name, *arguments))
            calls = await client.seen(call, count + 1, timeout=30)
            return calls[-1]

        first, second = [(await ends("own process"))["result"] for _ in range(2)]
        assert first["pid"] == second["pid"] != os.getpid()
        assert first["attempt"] == 1
        assert (await ends("beats in its process", 3))["result"] is False
        assert client.of("heartbeat_activity_task")[-1]["details"] == {"step": 3}
        failure = await ends("fails in its process", call="fail_activity_task")
        assert (failure["failure_type"], failure["details"]) == ("Stolen", {"card": 7})
        assert failure["non_retryable"] is True
        failure = await ends("dies once", str(tmp_path / "marker"), call="fail_activity_task")
        assert "exit code -9" in failure["message"]
        assert (await ends("dies once", str(tmp_path / "marker")))["result"] == "lives"
        failure = await ends("cannot be pickled", call="fail_activity_task")
        assert "pickle" in failure["message"]
        client.script("heartbeat_activity_task", STOP)
        assert (await ends("endless in its process"))["result"] == "stopped"


async def test_a_stopped_worker_ends_its_processes() -> None:
    client = ScriptedClient()
    async with working(client, *process_activities.ALL, max_activity_processes=1):
        client.activity_tasks.put_nowait(activity_task("own process"))
        (completion,) = await client.seen("complete_activity_task", timeout=30)
    with pytest.raises(ProcessLookupError):
        os.kill(completion["result"]["pid"], 0)


TRACE: contextvars.ContextVar[str] = contextvars.ContextVar("trace")


async def test_an_interceptor_stands_around_the_attempt_inside_of_its_context() -> None:
    @activity.defn(name="traced")
    def traced(word: str) -> str:
        return f"{TRACE.get()} {word}"

    class Outer(WorkerInterceptor):
        async def activity(self, call: Any, proceed: Any) -> Any:
            TRACE.set(f"{call.info.activity_type} of {activity.context().info.workflow_id}:")
            return (await proceed(call)).upper()

    class Inner(WorkerInterceptor):
        async def activity(self, call: Any, proceed: Any) -> Any:
            assert TRACE.get()
            return await proceed(call)

    client = ScriptedClient()
    async with working(client, traced, interceptors=[Outer(), Inner()]):
        client.activity_tasks.put_nowait(activity_task("traced", "word"))
        (completion,) = await client.seen("complete_activity_task")
    assert completion["result"] == "TRACED OF WF: WORD"


@pytest.mark.parametrize("wrong", [WorkerInterceptor, object()])
def test_what_is_no_interceptor_is_refused(wrong: Any) -> None:
    with pytest.raises(DefinitionError, match="no interceptor"):
        Worker(ScriptedClient(), task_queue="queue", activities=[sleeps], interceptors=[wrong])
