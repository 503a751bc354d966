"""What worker and server do together beyond tasks: live runs, queries, cancellation, tokens, leaving."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest

from durable_workflow import Client, Worker, activity, sync, workflow
from durable_workflow.errors import (
    ActivityFailed,
    ApplicationError,
    InvalidArgument,
    NonRetryableError,
    QueryFailed,
    TaskLost,
    WorkflowCancelled,
)
from durable_workflow.testing import dev_server
from durable_workflow.worker import WorkerInterceptor
from support.served import served


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    # Leases so short that the worker must renew them while an activity runs.
    with dev_server(activity_lease=1.5) as address:
        yield address


class Watcher(WorkerInterceptor):
    """Notes how much of each run's history the worker was given."""

    def __init__(self) -> None:
        self.tasks: list[tuple[bool, int]] = []

    async def workflow_task(self, call: Any, proceed: Any) -> Any:
        self.tasks.append((call.is_live, call.events[0]["sequence"]))
        return await proceed(call)


@activity.defn(name="plus one")
async def plus_one(number: int) -> int:
    return number + 1


@workflow.defn(name="counts with activities")
class Counts:
    def __init__(self) -> None:
        self.number = 0
        self.may_end = False

    async def run(self, ctx: workflow.WorkflowContext, steps: int) -> int:
        for _ in range(steps):
            self.number = await ctx.schedule_activity("plus one", [self.number])
        await ctx.wait_condition(lambda: self.may_end, key="end")
        return self.number

    @workflow.signal("end")
    def end(self) -> None:
        self.may_end = True

    @workflow.query("number")
    def ask(self, factor: int = 1) -> int:
        return self.number * factor


async def test_a_live_run_is_given_only_what_is_new(url: str) -> None:
    watcher = Watcher()
    options: dict[str, Any] = {"workflows": [Counts], "activities": [plus_one], "interceptors": [watcher]}
    async with served(url, **options) as serving:
        handle = await serving.start("counts with activities", 5)
        await handle.signal("end")
        assert await handle.result(timeout=30) == 5
        assert serving.worker.health().live_runs == 0, "a finished run is not kept"
    assert watcher.tasks[0] == (False, 1)
    assert len(watcher.tasks) > 4
    assert all(is_live and first > 1 for is_live, first in watcher.tasks[1:])


@pytest.mark.parametrize("kept", [0, 1])
async def test_runs_that_are_not_kept_end_alike(url: str, kept: int) -> None:
    options: dict[str, Any] = {"workflows": [Counts], "activities": [plus_one]}
    async with served(url, max_cached_workflows=kept, **options) as serving:
        handles = [await serving.start("counts with activities", 4) for _ in range(6)]
        for handle in handles:
            await handle.signal("end")
        assert [await handle.result(timeout=30) for handle in handles] == [4] * 6


async def test_queries_of_open_and_closed_runs(url: str) -> None:
    async with served(url, workflows=[Counts], activities=[plus_one]) as serving:
        handle = await serving.start("counts with activities", 2)
        async with asyncio.timeout(20):
            while serving.worker.health().state != "running":
                await asyncio.sleep(0.02)
            while await handle.query("number") != 2:
                await asyncio.sleep(0.02)
        assert await handle.query("number", [10]) == 20
        with pytest.raises(QueryFailed):
            await handle.query("nobody knows")
        await handle.signal("end")
        await handle.result(timeout=30)
        assert await handle.query("number") == 2


async def test_an_activity_longer_than_its_lease_runs_once(url: str) -> None:
    runs = []

    @activity.defn(name="long")
    async def long() -> str:
        runs.append(activity.context().info.attempt_number)
        await asyncio.sleep(3)
        return "done"

    @workflow.defn(name="waits for long")
    class Waits:
        async def run(self, ctx: workflow.WorkflowContext) -> Any:
            return await ctx.schedule_activity("long")

    async with served(url, workflows=[Waits], activities=[long]) as serving:
        assert await serving.result("waits for long") == "done"
    assert runs == [1]


async def test_an_activity_hears_of_the_end_of_its_run_without_a_heartbeat(url: str) -> None:
    begun, ended = asyncio.Event(), asyncio.Event()

    @activity.defn(name="endless")
    async def endless() -> None:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    @workflow.defn(name="waits for endless")
    class Waits:
        async def run(self, ctx: workflow.WorkflowContext) -> Any:
            return await ctx.schedule_activity("endless")

    async with served(url, workflows=[Waits], activities=[endless]) as serving:
        handle = await serving.start("waits for endless")
        await begun.wait()
        await handle.terminate()
        await asyncio.wait_for(ended.wait(), 20)


async def test_a_cancellation_is_delivered_to_the_code(url: str) -> None:
    @activity.defn(name="undo")
    async def undo() -> str:
        return "undone"

    undone = []

    @workflow.defn(name="cleans up")
    class CleansUp:
        async def run(self, ctx: workflow.WorkflowContext) -> Any:
            try:
                await ctx.sleep(3600)
            except WorkflowCancelled:
                with ctx.shield():
                    undone.append(await ctx.schedule_activity("undo"))
                raise

    async with served(url, workflows=[CleansUp], activities=[undo]) as serving:
        handle = await serving.start("cleans up")
        async with asyncio.timeout(20):
            while serving.worker.health().live_runs == 0:
                await asyncio.sleep(0.02)
        await handle.cancel()
        with pytest.raises(WorkflowCancelled):
            await handle.result(timeout=30)
        assert [e["event_type"] for e in await serving.events(handle)].count("ActivityCompleted") == 1
    assert undone == ["undone"]


async def test_an_activity_is_completed_from_outside(url: str) -> None:
    tokens: asyncio.Queue[str] = asyncio.Queue()

    @activity.defn(name="asks a person")
    async def asks() -> str:
        tokens.put_nowait(activity.context().info.task_token)
        activity.complete_later()

    @workflow.defn(name="waits for a person")
    class Waits:
        async def run(self, ctx: workflow.WorkflowContext) -> Any:
            try:
                return await ctx.schedule_activity("asks a person")
            except ActivityFailed as failed:
                return [failed.exception_type, failed.details]

    async with served(url, workflows=[Waits], activities=[asks]) as serving:
        first = await serving.start("waits for a person")
        token = await asyncio.wait_for(tokens.get(), 20)
        # Longer than the lease: the worker keeps it.
        await asyncio.sleep(2)
        assert await serving.client.heartbeat_activity(token, {"asked": "Ada"})
        await asyncio.to_thread(_complete, url, token)
        assert await first.result(timeout=30) == {"approved": True}
        with pytest.raises(TaskLost):
            await serving.client.complete_activity(token, "again")
        second = await serving.start("waits for a person")
        token = await asyncio.wait_for(tokens.get(), 20)
        await serving.client.fail_activity(token, "no", failure_type="Refused", details={"by": "Ada"})
        assert await second.result(timeout=30) == ["Refused", {"by": "Ada"}]
        with pytest.raises(InvalidArgument, match="task token"):
            await serving.client.complete_activity("nothing", 1)


def _complete(url: str, token: str) -> None:
    with sync.Client(url) as client:
        client.complete_activity(token, {"approved": True})


async def test_a_failure_comes_back_with_type_details_and_cause(url: str) -> None:
    @activity.defn(name="declines")
    async def declines() -> None:
        raise NonRetryableError("card stolen", error_type="CardStolen", details={"card": 7})

    @workflow.defn(name="catches")
    class Catches:
        async def run(self, ctx: workflow.WorkflowContext) -> Any:
            policy = workflow.ActivityRetryPolicy(max_attempts=5)
            try:
                await ctx.schedule_activity("declines", retry_policy=policy)
            except ActivityFailed as failed:
                cause = failed.__cause__
                assert isinstance(cause, ApplicationError)
                return [failed.exception_type, cause.error_type, cause.details, cause.non_retryable]

    async with served(url, workflows=[Catches], activities=[declines]) as serving:
        handle = await serving.start("catches")
        assert await handle.result(timeout=30) == ["CardStolen", "CardStolen", {"card": 7}, True]
        started = [e for e in await serving.events(handle) if e["event_type"] == "ActivityStarted"]
        assert len(started) == 1


async def test_a_worker_that_stops_hands_back_what_it_cannot_finish(url: str) -> None:
    begun = asyncio.Event()

    @activity.defn(name="hard")
    async def hard() -> str:
        if begun.is_set():
            return "by another"
        begun.set()
        await asyncio.Event().wait()
        return "never"

    @workflow.defn(name="waits for hard")
    class Waits:
        async def run(self, ctx: workflow.WorkflowContext) -> Any:
            return await ctx.schedule_activity("hard")

    with dev_server() as patient:
        async with Client(patient) as client:
            options: dict[str, Any] = {"task_queue": "q", "workflows": [Waits], "activities": [hard]}
            first = Worker(client, **options, shutdown_timeout=0)
            running = asyncio.create_task(first.run())
            handle = await client.start_workflow(
                workflow_type="waits for hard", task_queue="q", workflow_id="hard"
            )
            await begun.wait()
            await first.stop()
            await running
            second = Worker(client, **options)
            # The lease of the first would have lasted for five minutes.
            await second.run_until(workflow_id="hard", timeout=30)
            assert await handle.result(timeout=5) == "by another"
