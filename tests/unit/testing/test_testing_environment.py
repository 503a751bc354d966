"""The environment for tests of workflows: documented names, stand-ins, messages at chosen moments."""

from __future__ import annotations

import asyncio
import time
from datetime import timedelta
from typing import Any
from unittest.mock import AsyncMock, Mock

import pytest

from durable_workflow import activity, workflow
from durable_workflow.errors import (
    DurableWorkflowError,
    NonRetryableError,
    UnknownActivityType,
    WorkflowFailed,
)
from durable_workflow.testing import WorkflowEnvironment, WorkflowStuck, WorkflowTaskFailed
from durable_workflow.workflow import ActivityRetryPolicy

DAY = 86_400


@activity.defn(name="testing.charge")
def charge(order: str) -> str:
    raise AssertionError("the real activity must not run")


@activity.defn(name="testing.ship")
async def ship(order: str) -> str:
    return f"shipped {order}"


@workflow.defn(name="testing.order")
class Order:
    def __init__(self) -> None:
        self.approved_by: str | None = None

    @workflow.signal("approve")
    def approve(self, name: str) -> None:
        self.approved_by = name

    async def run(self, ctx: workflow.WorkflowContext, order: str) -> dict[str, Any]:
        begun = ctx.now()
        payment = await ctx.schedule_activity(charge, [order])
        approved = await ctx.wait_condition(
            lambda: self.approved_by is not None, key="approval", timeout=30 * DAY
        )
        tracking = await ctx.schedule_activity("testing.ship", [order]) if approved else None
        waited = ctx.now() - begun
        return {"payment": payment, "by": self.approved_by, "tracking": tracking, "days": waited.days}


@workflow.defn(name="testing.plain")
class Plain:
    def run(self, ctx: Any, name: str) -> Any:
        greeting = yield ctx.schedule_activity("greet", [name])
        child = yield ctx.schedule_activity("count", [])
        return [greeting, child, ctx.info.run_id, str((yield ctx.side_effect(lambda: ctx.uuid4().hex)))]


def test_a_documented_program_runs() -> None:
    env = WorkflowEnvironment()
    env.register_activity_result("count", 3)
    env.register_activity("greet", lambda name: f"Hello, {name}!")
    first = env.execute_workflow(Plain, "Ada")
    assert first[:3] == ["Hello, Ada!", 3, "test-run"]
    again = env.execute_workflow(Plain, "Ada")
    assert again == first, "chance is seeded from the run id"
    other = env.execute_workflow(Plain, "Ada", run_id="another")
    assert other[2] == "another"
    assert other[3] != first[3]


def test_signals_that_come_before_the_first_task_are_there_at_once() -> None:
    env = WorkflowEnvironment(activities=[ship])
    env.register_activity_result(charge, "PAY-1")
    env.signal("approve", ["ada"])
    expected = {"payment": "PAY-1", "by": "ada", "tracking": "shipped o-1", "days": 0}
    assert env.execute_workflow(Order, "o-1") == expected
    assert env.calls(charge) == [("o-1",)]
    assert env.execute_workflow(Order, "o-2") == {
        "payment": "PAY-1",
        "by": None,
        "tracking": None,
        "days": 30,
    }


def test_signals_come_at_chosen_moments_of_virtual_time() -> None:
    env = WorkflowEnvironment(activities=[ship])
    env.register_activity_result("testing.charge", "PAY-2")
    env.signal("approve", ["grace"], after=12 * DAY)
    began = time.monotonic()
    result = env.execute_workflow(Order, "o-1")
    assert (result["by"], result["days"]) == ("grace", 12)
    assert time.monotonic() - began < 20, "no real days passed"
    with pytest.raises(ValueError, match="after must not be negative"):
        env.signal("approve", ["x"], after=-1)


@workflow.defn(name="testing.retries")
class Retries:
    async def run(self, ctx: workflow.WorkflowContext) -> Any:
        policy = ActivityRetryPolicy(max_attempts=3, initial_interval_seconds=3600)
        return await ctx.schedule_activity("flaky", [], retry_policy=policy)


def test_stand_ins_may_fail_be_mocks_and_be_coroutines() -> None:
    env = WorkflowEnvironment()
    flaky = Mock(side_effect=[OSError("no"), OSError("no"), "third"])
    env.register_activity("flaky", flaky)
    assert env.execute_workflow(Retries) == "third"
    assert env.calls("flaky") == [(), (), ()]
    env.register_activity("flaky", AsyncMock(return_value="awaited"))
    assert env.execute_workflow(Retries) == "awaited"
    env.register_activity_result("flaky", NonRetryableError("closed for good"))
    with pytest.raises(WorkflowFailed, match="closed for good"):
        env.execute_workflow(Retries)
    with pytest.raises(TypeError, match="stand-in for activity 'flaky' must be a function, not int"):
        env.register_activity("flaky", 3)  # type: ignore[arg-type]


def test_what_nobody_hosts_is_named_at_once() -> None:
    env = WorkflowEnvironment()
    env.register_activity_result("greet", "hi")
    with pytest.raises(UnknownActivityType, match=r"activity 'count'.*register_activity\('count'"):
        env.execute_workflow(Plain, "Ada")


def test_a_workflow_that_waits_for_ever_ends_the_test_and_not_the_day() -> None:
    @workflow.defn(name="testing.waits")
    class Waits:
        async def run(self, ctx: workflow.WorkflowContext) -> None:
            await ctx.sleep(DAY)
            await ctx.wait_condition(lambda: False, key="never")

    env = WorkflowEnvironment()
    with pytest.raises(WorkflowStuck, match="nothing is under way and nothing will ever be due"):
        env.execute_workflow(Waits)


def test_an_endless_loop_meets_the_iteration_limit() -> None:
    @workflow.defn(name="testing.loops")
    class Loops:
        async def run(self, ctx: workflow.WorkflowContext) -> None:
            while True:
                await ctx.sleep(60)

    with pytest.raises(WorkflowStuck, match=r"more than 5 tasks.*iteration_limit"):
        WorkflowEnvironment(iteration_limit=5).execute_workflow(Loops)


def test_a_task_that_fails_says_why() -> None:
    @workflow.defn(name="testing.faulty")
    class Faulty:
        @workflow.signal("go")
        def go(self) -> None:
            raise LookupError("a fault of the handler")

        async def run(self, ctx: workflow.WorkflowContext) -> None:
            await ctx.wait_condition(lambda: False)

    env = WorkflowEnvironment()
    env.signal("go")
    with pytest.raises(WorkflowTaskFailed, match="a fault of the handler") as caught:
        env.execute_workflow(Faulty)
    assert caught.value.failure_type == "DurableWorkflowError"
    assert "LookupError" in str(caught.value.stack_trace)


async def test_a_plain_execution_works_beside_a_running_loop() -> None:
    env = WorkflowEnvironment()
    env.register_activity_result("flaky", 1)
    assert env.execute_workflow(Retries) == 1


async def test_time_stands_while_the_test_does_something_else() -> None:
    async with WorkflowEnvironment(workflows=[Order], activities=[ship]) as env:
        env.register_activity_result(charge, "PAY-3")
        handle = await env.start_workflow("testing.order", "o-1")
        waiting = await env.until(handle, "ConditionWaitOpened", condition_key="approval")
        assert waiting["payload"]["timeout_seconds"] == 30 * DAY
        before = await env.now()
        await asyncio.sleep(0.2)
        assert await env.now() - before < timedelta(minutes=1)
        await env.sleep(29 * DAY)
        assert (await handle.describe()).status == "waiting"
        await handle.signal("approve", ["mary"])
        assert (await handle.result())["days"] == 29
        assert env.client.base_url == env.server.url


async def test_waits_for_results_let_time_leap_and_may_overlap() -> None:
    @workflow.defn(name="testing.naps")
    class Naps:
        async def run(self, ctx: workflow.WorkflowContext, days: int) -> int:
            await ctx.sleep(days * DAY)
            return days

    async with WorkflowEnvironment() as env:
        handles = [await env.start_workflow(Naps, days, workflow_id=f"nap-{days}") for days in (30, 1, 365)]
        assert await asyncio.gather(*(handle.result() for handle in handles)) == [30, 1, 365]
        assert await env.execute(Naps, 7) == 7
        slow = await env.start_workflow(Naps, 1)
        await asyncio.sleep(0.2)
        assert (await slow.describe()).status == "waiting", "time stands again"


async def test_other_queues_are_served_when_they_are_named() -> None:
    @workflow.defn(name="testing.elsewhere")
    class Elsewhere:
        async def run(self, ctx: workflow.WorkflowContext) -> Any:
            return await ctx.schedule_activity("queue", [], queue="gpu")

    async with WorkflowEnvironment() as env:
        env.register_activity("queue", lambda: activity.context().info.task_queue)
        assert await env.execute(Elsewhere) == "gpu"


async def test_a_stuck_workflow_is_told_from_one_that_waits_for_the_test() -> None:
    async with WorkflowEnvironment(patience_seconds=1.0) as env:
        env.register_activity_result(charge, "PAY")
        env.register_activity_result(ship, "SHIP")

        @workflow.defn(name="testing.patient")
        class Patient(Order):
            async def run(self, ctx: workflow.WorkflowContext) -> str | None:  # type: ignore[override]
                await ctx.wait_condition(lambda: self.approved_by is not None)
                return self.approved_by

        handle = await env.start_workflow(Patient)

        async def approve_soon() -> None:
            await asyncio.sleep(0.4)
            await handle.signal("approve", ["joan"])

        result, _ = await asyncio.gather(handle.result(), approve_soon())
        assert result == "joan"
        lonely = await env.start_workflow(Patient)
        with pytest.raises(WorkflowStuck, match=lonely.workflow_id):
            await lonely.result()


async def test_an_environment_says_how_it_is_used() -> None:
    env = WorkflowEnvironment()
    with pytest.raises(DurableWorkflowError, match="`async with`"):
        _ = env.client
    async with env:
        with pytest.raises(DurableWorkflowError, match=r"await env\.execute"):
            env.execute_workflow(Retries)
        with pytest.raises(DurableWorkflowError, match="in use already"):
            await env.__aenter__()
        handle = await env.start_workflow(Retries, workflow_id="w")
        with pytest.raises(WorkflowStuck, match=r"no event TimerFired, delay_seconds=3.*env\.sleep"):
            await env.until(handle, "TimerFired", delay_seconds=3, timeout=0.3)
