"""Virtual time with real workers over HTTP: months pass in moments, and nobody loses any of it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import httpx
import pytest

from durable_workflow import ActivityRetryPolicy, Client, activity, workflow
from durable_workflow.errors import ActivityFailed, WorkflowTimedOut
from durable_workflow.testing import DevServer, dev_server
from support.served import served

DAY = 86_400.0
HOURLY = ActivityRetryPolicy(max_attempts=4, initial_interval_seconds=3600, backoff_coefficient=2)


@pytest.fixture
def url() -> Iterator[str]:
    with dev_server(virtual_time=True) as address:
        yield address


@activity.defn(name="flaky")
async def flaky() -> int:
    info = activity.context().info
    await activity.context().heartbeat({"attempt": info.attempt_number})
    if info.attempt_number < 4:
        raise OSError("not yet")
    return info.attempt_number


@activity.defn(name="quick")
def quick(number: int) -> int:
    return number


@workflow.defn(name="long")
class Long:
    async def run(self, ctx: workflow.WorkflowContext) -> list[str]:
        begun = ctx.now()
        await ctx.schedule_activity("quick", [1])
        await ctx.sleep(30 * DAY)
        attempts = await ctx.schedule_activity("flaky", [], retry_policy=HOURLY, heartbeat_timeout=10)
        waited = await ctx.wait_condition(lambda: False, timeout=7 * DAY)
        await ctx.schedule_activity("quick", [2])
        return [str(attempts), str(waited), str((ctx.now() - begun).days)]


def moments(events: list[dict[str, Any]], event_type: str) -> list[datetime]:
    return [datetime.fromisoformat(e["timestamp"]) for e in events if e["event_type"] == event_type]


async def test_a_workflow_of_weeks_ends_in_moments(url: str) -> None:
    async with served(url, workflows=[Long], activities=[flaky, quick]) as server:
        began = time.monotonic()
        handle = await server.start("long")
        assert await handle.result(timeout=30) == ["4", "False", "37"]
        assert time.monotonic() - began < 5
        events = await server.events(handle)
        (started,), (slept, waited) = moments(events, "WorkflowStarted"), moments(events, "TimerFired")
        assert timedelta(0) <= slept - started - timedelta(days=30) < timedelta(seconds=5)
        claims = moments(events, "ActivityStarted")
        hours = [(later - earlier) / timedelta(hours=1) for earlier, later in pairwise(claims[1:5])]
        assert [round(hour, 2) for hour in hours] == [1, 2, 4]
        assert timedelta(0) <= waited - claims[4] - timedelta(days=7) < timedelta(seconds=5)
        fired = [e["payload"] for e in events if e["event_type"] == "TimerFired"]
        assert [datetime.fromisoformat(p["fired_at"]) for p in fired] == [
            datetime.fromisoformat(p["fire_at"]) for p in fired
        ], "time leaps to the due moment itself"
        recorded = [datetime.fromisoformat(e["timestamp"]) for e in events]
        assert recorded == sorted(recorded)
        assert not server.running.done()


@workflow.defn(name="rounds")
class Rounds:
    async def run(self, ctx: workflow.WorkflowContext, number: int) -> int:
        for turn in range(4):
            await ctx.sleep(3600 * (number % 5 + turn + 1))
            await ctx.gather(*[ctx.schedule_activity("quick", [n]) for n in range(3)])
        return number


async def test_nothing_is_leapt_over_while_workers_are_between_two_polls(url: str) -> None:
    """One slot of each kind: most of the time tasks are ready and nobody is asking for them."""
    slots = {"max_concurrent_workflow_tasks": 1, "max_concurrent_activity_tasks": 1}
    async with served(url, workflows=[Rounds], activities=[quick], **slots) as server:
        handles = [await server.start("rounds", number) for number in range(12)]
        assert await asyncio.gather(*[handle.result(timeout=60) for handle in handles]) == list(range(12))
        for handle in handles:
            events = await server.events(handle)
            late = [
                datetime.fromisoformat(e["payload"]["fired_at"])
                - datetime.fromisoformat(e["payload"]["fire_at"])
                for e in events
                if e["event_type"] == "TimerFired"
            ]
            assert max(late) < timedelta(seconds=30), late
            waits = []
            for before, after in pairwise(events):
                if after["event_type"] in ("ActivityStarted", "ActivityCompleted", "TimerScheduled"):
                    waits.append(
                        datetime.fromisoformat(after["timestamp"])
                        - datetime.fromisoformat(before["timestamp"])
                    )
            assert len(waits) >= 24
            assert max(waits) < timedelta(seconds=30), "an hour passed between two steps that follow at once"


@workflow.defn(name="approval")
class Approval:
    def __init__(self) -> None:
        self.names: list[str] = []

    @workflow.signal("approve")
    def approve(self, name: str) -> None:
        self.names.append(name)

    async def run(self, ctx: workflow.WorkflowContext) -> bool:
        return await ctx.wait_condition(lambda: len(self.names) == 3, timeout=60)


async def test_a_client_that_goes_on_at_once_loses_no_time(url: str) -> None:
    async with served(url, workflows=[Approval]) as server:
        for _ in range(10):
            handle = await server.start("approval")
            for name in ("ada", "grace", "mary"):
                await handle.signal("approve", [name])
                await handle.describe()
            assert await handle.result(timeout=30) is True
        lonely = await server.start("approval")
        assert await lonely.result(timeout=30) is False


@workflow.defn(name="forever")
class Forever:
    async def run(self, ctx: workflow.WorkflowContext) -> None:
        for _ in range(40):
            await ctx.sleep(DAY)
        await ctx.wait_condition(lambda: False)


async def test_waiting_callers_wait_in_real_time(url: str) -> None:
    async with served(url, workflows=[Forever]) as server, httpx.AsyncClient(base_url=url) as http:
        handle = await server.start("forever")
        await http.post(
            "/api/worker/register",
            json={
                "worker_id": "idle",
                "task_queue": "empty",
                "runtime": "go",
                "heartbeat_interval_seconds": 1,
            },
            headers={"X-Durable-Workflow-Protocol-Version": "1.0"},
        )
        began = time.monotonic()
        poll = http.post(
            "/api/worker/workflow-tasks/poll",
            json={"worker_id": "idle", "task_queue": "empty", "timeout_seconds": 1},
            headers={"X-Durable-Workflow-Protocol-Version": "1.0"},
        )
        describe = http.get(
            f"/api/workflows/{handle.workflow_id}",
            params={"wait_closed_seconds": 1},
            headers={"X-Durable-Workflow-Control-Plane-Version": "2"},
        )
        polled, described = await asyncio.gather(poll, describe)
        assert 0.9 < time.monotonic() - began < 10
        assert polled.json()["task"] is None
        assert described.json()["status"] in {"pending", "running", "waiting"}
        events = await server.events(handle)
        assert moments(events, "TimerFired"), "time leapt while they waited"
        info = (await http.get("/api/cluster/info")).json()
        assert {worker["worker_id"] for worker in info["worker_fleet"]["workers"]} >= {"idle"}


@activity.defn(name="hang")
async def hang() -> None:
    await asyncio.sleep(4)


@workflow.defn(name="hanging")
class Hanging:
    async def run(self, ctx: workflow.WorkflowContext, limit: int) -> str:
        try:
            await ctx.schedule_activity("hang", [], start_to_close_timeout=limit)
        except ActivityFailed as failure:
            return str(failure)
        return "came back"


async def test_what_really_hangs_meets_its_time_out_in_real_time(url: str) -> None:
    async with served(url, workflows=[Hanging], activities=[hang]) as server:
        began = time.monotonic()
        handle = await server.start("hanging", 1)
        assert "start_to_close" in await handle.result(timeout=30)
        assert 1 <= time.monotonic() - began < 10


async def test_a_task_that_nobody_comes_for_holds_time_for_a_moment_only(url: str) -> None:
    async with Client(url) as client:
        handle = await client.start_workflow(
            workflow_type="long", task_queue="nobody", workflow_id="alone", run_timeout_seconds=3600
        )
        await asyncio.sleep(1)
        assert (await handle.describe()).status == "pending", "a worker may be about to come"
        began = time.monotonic()
        with pytest.raises(WorkflowTimedOut):
            await handle.result(timeout=30)
        assert time.monotonic() - began < 10


async def test_time_moved_by_hand_stops_where_something_is_due() -> None:
    with DevServer(virtual_time="manual") as server:
        async with served(server.url, workflows=[Long], activities=[flaky, quick]) as work:
            handle = await work.start("long")
            await asyncio.sleep(0.5)
            assert (await handle.describe()).status == "waiting", "it does not move by itself"
            before = await asyncio.to_thread(server.advance, 0)
            moved = await asyncio.to_thread(server.advance, 30 * DAY - 3600)
            assert timedelta(0) <= moved - before - timedelta(days=30, hours=-1) < timedelta(seconds=5)
            assert moments(await work.events(handle), "TimerFired") == []
            await asyncio.to_thread(server.advance, 3600 + 3600 + 7200 + 60)
            assert len(moments(await work.events(handle), "ActivityStarted")) == 4, "first and third retry"
            await asyncio.to_thread(server.advance, 14_400)
            assert len(moments(await work.events(handle), "ActivityStarted")) == 5
            await asyncio.to_thread(server.advance, 7 * DAY)
            assert await handle.result(timeout=5) == ["4", "False", "37"]
        assert server.violations == ()


async def test_moving_time_by_hand_does_not_wait_for_what_hangs_and_takes_no_lease() -> None:
    with DevServer(virtual_time="manual", activity_lease=60) as server:
        async with served(server.url, workflows=[Hanging], activities=[hang]) as work:
            handle = await work.start("hanging", 100)
            await asyncio.sleep(0.3)
            began = time.monotonic()
            await asyncio.to_thread(server.advance, 90)
            assert (await handle.describe()).status == "waiting"
            await asyncio.to_thread(server.advance, 10)
            assert "start_to_close" in await handle.result(timeout=2)
            assert time.monotonic() - began < 4, "before the activity came back"
            events = await work.events(handle)
            assert len(moments(events, "ActivityStarted")) == 1, "its lease of 60 s was not over"


def test_moving_time_by_hand_says_when_it_cannot() -> None:
    with DevServer(virtual_time="manual") as server:
        with pytest.raises(ValueError, match="not be negative"):
            server.advance(-1)

        async def inside() -> None:
            server.advance(1)

        with pytest.raises(RuntimeError, match=r"await asyncio\.to_thread\(server\.advance"):
            asyncio.run(inside())
        before = server.advance(0)
        assert abs(before - datetime.now(UTC)) < timedelta(seconds=5)
        assert server.advance(DAY) - before >= timedelta(days=1)
    with DevServer() as real, pytest.raises(RuntimeError, match="runs on real time"):
        real.advance(1)
