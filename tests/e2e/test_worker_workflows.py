"""Workflows and activities of every kind, on the worker and the reference server."""

from __future__ import annotations

import asyncio
import threading
import time
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from durable_workflow import Client, Worker, activity, workflow
from durable_workflow.errors import (
    ActivityCancelled,
    ActivityFailed,
    NonRetryableError,
    ResultTimeout,
    WorkflowFailed,
    WorkflowNotFound,
)
from durable_workflow.testing import dev_server
from durable_workflow.workflow import ActivityRetryPolicy
from support.served import served

TWO_QUICK_RETRIES = ActivityRetryPolicy(max_attempts=3, initial_interval_seconds=1, backoff_coefficient=1)


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with dev_server() as url:
        yield url


class Refused(Exception):
    pass


class Desk:
    """Activities that remember how often they were called."""

    def __init__(self) -> None:
        self.calls: Counter[str] = Counter()
        self.threads: set[str] = set()

    @activity.defn(name="double")
    def double(self, number: int) -> int:
        self.calls["double"] += 1
        self.threads.add(threading.current_thread().name)
        return number * 2

    @activity.defn(name="add")
    async def add(self, left: int, right: int) -> int:
        self.calls["add"] += 1
        self.threads.add(threading.current_thread().name)
        await asyncio.sleep(0.01 * (5 - left))
        return left + right

    @activity.defn(name="third time lucky")
    async def third_time_lucky(self) -> int:
        self.calls["lucky"] += 1
        attempt = activity.context().info.attempt_number
        if attempt < 3:
            raise ConnectionError(f"attempt {attempt}")
        return attempt

    @activity.defn(name="refuse")
    def refuse(self, how: str) -> None:
        self.calls["refuse"] += 1
        raise NonRetryableError("not today") if how == "finally" else Refused(how)

    @property
    def all(self) -> list[Any]:
        return [self.double, self.add, self.third_time_lucky, self.refuse]


@workflow.defn(name="yields")
class Yields:
    def run(self, ctx: Any, number: int) -> Any:
        doubled = yield ctx.schedule_activity("double", [number])
        sums = yield [ctx.schedule_activity("add", [n, doubled]) for n in range(5)]
        yield ctx.start_timer(1)
        token = yield ctx.side_effect(lambda: time.monotonic_ns())
        again = yield ctx.side_effect(lambda: time.monotonic_ns())
        return {"doubled": doubled, "sums": sums, "tokens": [token, again]}


@workflow.defn(name="awaits")
class Awaits:
    async def run(self, ctx: Any, number: int) -> Any:
        doubled = await ctx.schedule_activity("double", [number])
        sums = await ctx.gather(*[ctx.schedule_activity("add", [n, doubled]) for n in range(5)])
        await ctx.sleep(1)
        token = await ctx.side_effect(lambda: time.monotonic_ns())
        again = await ctx.side_effect(lambda: time.monotonic_ns())
        return {"doubled": doubled, "sums": sums, "tokens": [token, again]}


@workflow.defn(name="catches")
class Catches:
    async def run(self, ctx: Any) -> Any:
        caught = []
        for how in ("softly", "finally"):
            try:
                await ctx.schedule_activity("refuse", [how], retry_policy=TWO_QUICK_RETRIES)
            except ActivityFailed as error:
                caught.append([error.exception_type, error.message])
        lucky = await ctx.schedule_activity("third time lucky", retry_policy=TWO_QUICK_RETRIES)
        return [caught, lucky]


@workflow.defn(name="fails")
class Fails:
    async def run(self, ctx: Any, how: str) -> None:
        if how == "activity":
            await ctx.schedule_activity("refuse", ["badly"])
        raise Refused(how)


@workflow.defn(name="listens")
class Listens:
    def __init__(self) -> None:
        self.heard: list[Any] = []

    @workflow.signal("tell")
    def tell(self, what: str, times: int) -> None:
        self.heard += [what] * times

    async def run(self, ctx: Any, least: int) -> Any:
        await ctx.wait_condition(lambda: len(self.heard) >= least, key="enough")
        return self.heard


@pytest.mark.parametrize("kind", ["yields", "awaits"])
async def test_steps_lists_timers_and_side_effects(url: str, kind: str) -> None:
    desk = Desk()
    async with served(url, workflows=[Yields, Awaits], activities=desk.all) as serving:
        handle = await serving.start(kind, 21)
        result = await handle.result(timeout=30)
        events = await serving.events(handle)
    assert result["doubled"] == 42
    assert result["sums"] == [42, 43, 44, 45, 46], "in the order of the list, not of completion"
    assert result["tokens"][0] < result["tokens"][1]
    assert desk.calls == {"double": 1, "add": 5}
    assert len(desk.threads) == 2, "the plain function ran in a thread, the coroutine on the loop"
    assert [e["sequence"] for e in events] == list(range(1, len(events) + 1))
    kinds = Counter(e["event_type"] for e in events)
    assert (kinds["ActivityCompleted"], kinds["TimerFired"], kinds["SideEffectRecorded"]) == (6, 1, 2)


async def test_retries_and_failures_that_the_workflow_catches(url: str) -> None:
    desk = Desk()
    async with served(url, workflows=[Catches], activities=desk.all) as serving:
        caught, lucky = await serving.result("catches")
    assert caught == [["Refused", "softly"], ["NonRetryableError", "not today"]]
    assert lucky == 3
    assert desk.calls == {"refuse": 3 + 1, "lucky": 3}


async def test_failures_that_the_workflow_does_not_catch(url: str) -> None:
    async with served(url, workflows=[Fails], activities=Desk().all) as serving:
        with pytest.raises(WorkflowFailed, match="outright") as outright:
            await serving.result("fails", "outright")
        with pytest.raises(WorkflowFailed, match="badly"):
            await serving.result("fails", "activity")
    assert outright.value.exception_type == "Refused"


async def test_signals_bring_their_arguments_in_order(url: str) -> None:
    async with served(url, workflows=[Listens]) as serving:
        handle = await serving.start("listens", 4)
        for what, times in (("a", 1), ("b", 2), ("c", 1)):
            await handle.signal("tell", [what, times])
        assert await handle.result(timeout=30) == ["a", "b", "b", "c"]


async def test_many_workflows_at_once(url: str) -> None:
    desk = Desk()
    async with served(url, workflows=[Awaits], activities=desk.all) as serving:
        results = await asyncio.gather(*[serving.result("awaits", n) for n in range(15)])
    assert [result["doubled"] for result in results] == [n * 2 for n in range(15)]
    assert desk.calls == {"double": 15, "add": 75}


async def test_a_history_longer_than_a_page(url: str) -> None:
    @workflow.defn(name="long")
    class Long:
        async def run(self, ctx: Any) -> int:
            total = 0
            for _ in range(4):
                total += sum(await ctx.gather(*[ctx.schedule_activity("double", [1]) for _ in range(50)]))
            await ctx.sleep(1)
            return total

    async with served(url, workflows=[Long], activities=Desk().all) as serving:
        handle = await serving.start("long")
        assert await handle.result(timeout=60) == 400
        assert len(await serving.events(handle)) > 600, "the poll brings the first 500"


async def test_a_heartbeat_keeps_a_long_activity_alive_and_brings_its_details_to_the_next_attempt(
    url: str,
) -> None:
    seen: list[Any] = []

    @activity.defn(name="crunch")
    async def crunch() -> str:
        context = activity.context()
        seen.append(context.info.last_heartbeat_details)
        for step in range(14):
            await context.heartbeat({"step": step})
            if context.info.attempt_number == 1 and step == 10:
                raise ConnectionError("once")
            await asyncio.sleep(0.2)
        return "crunched"

    @workflow.defn(name="crunches")
    class Crunches:
        async def run(self, ctx: Any) -> Any:
            return await ctx.schedule_activity(
                "crunch", heartbeat_timeout=2, retry_policy=ActivityRetryPolicy(max_attempts=2)
            )

    async with served(url, workflows=[Crunches], activities=[crunch]) as serving:
        assert await serving.result("crunches") == "crunched"
    assert seen[0] is None
    assert seen[1]["step"] >= 6


async def test_terminating_a_workflow_stops_its_activity_at_the_next_heartbeat(url: str) -> None:
    begun, stopped = asyncio.Event(), asyncio.Event()

    @activity.defn(name="endless")
    async def endless() -> None:
        begun.set()
        try:
            while True:
                await activity.context().heartbeat()
                await asyncio.sleep(0.05)
        except ActivityCancelled:
            stopped.set()
            raise

    @workflow.defn(name="waits for ever")
    class WaitsForEver:
        async def run(self, ctx: Any) -> None:
            await ctx.schedule_activity("endless", heartbeat_timeout=1)

    async with served(url, workflows=[WaitsForEver], activities=[endless]) as serving:
        handle = await serving.start("waits for ever")
        await begun.wait()
        await handle.terminate()
        await asyncio.wait_for(stopped.wait(), 10)


async def test_run_until_returns_the_closed_workflow_however_it_ended(url: str) -> None:
    async with Client(url) as client:
        worker = Worker(client, task_queue="until", workflows=[Listens, Fails])
        for kind, argument, status, output in (
            ("listens", 0, "completed", []),
            ("fails", "x", "failed", None),
        ):
            await client.start_workflow(
                workflow_type=kind, task_queue="until", workflow_id=f"until-{kind}", input=[argument]
            )
            execution = await worker.run_until(workflow_id=f"until-{kind}")
            assert (execution.status, execution.output) == (status, output)


async def test_run_until_has_an_end(url: str) -> None:
    async with Client(url) as client:
        worker = Worker(client, task_queue="until-2", workflows=[Listens])
        with pytest.raises(WorkflowNotFound):
            await worker.run_until(workflow_id="until-nothing")
        await client.start_workflow(
            workflow_type="listens", task_queue="until-2", workflow_id="until-late", input=[1]
        )
        with pytest.raises(ResultTimeout, match="until-late"):
            await worker.run_until(workflow_id="until-late", timeout=1)
        await client.signal_workflow("until-late", "tell", args=["x", 1])
        assert (await worker.run_until(workflow_id="until-late")).output == ["x"]
