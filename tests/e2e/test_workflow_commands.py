"""Children, versions, upserts, new runs and first-of, on the real client, worker and reference server."""

from __future__ import annotations

from typing import Any

import pytest

from durable_workflow import activity, workflow
from durable_workflow.errors import ChildWorkflowFailed, NonRetryableError
from durable_workflow.testing import WorkflowEnvironment
from durable_workflow.workflow import ActivityOptions, ChildWorkflowRetryPolicy, WorkflowContext

DAY = 86_400.0


@pytest.fixture(params=[False, True], ids=["cached", "replayed"])
async def env(request: pytest.FixtureRequest) -> Any:
    classes = [Ship, Parent, Guardian, Long, Seen, Racing, Leaver]
    async with WorkflowEnvironment(
        workflows=classes, activities=[weigh], always_replay=request.param
    ) as environment:
        yield environment


@activity.defn(name="weigh")
async def weigh(parcel: str, factor: float = 1.0) -> float:
    return len(parcel) * factor


@workflow.defn(name="ship")
class Ship:
    async def run(self, ctx: WorkflowContext, how: str) -> Any:
        if how == "sleep":
            await ctx.sleep(5 * DAY)
        if how == "fail" or (how == "once" and ctx.info.attempt == 1):
            raise LookupError("no ship")
        if how == "for good":
            raise NonRetryableError("no sea")
        return [how, ctx.info.parent_workflow_id, ctx.info.attempt]


@workflow.defn(name="parent")
class Parent:
    async def run(self, ctx: WorkflowContext) -> Any:
        return await ctx.gather(
            ctx.start_child_workflow(Ship, ["fast"]),
            ctx.start_child_workflow(Ship, ["sleep"]),
            ctx.activity(weigh, ActivityOptions(start_to_close_timeout=5))("abc", factor=2.0),
        )


@workflow.defn(name="guardian")
class Guardian:
    async def run(self, ctx: WorkflowContext, how: str, attempts: int) -> Any:
        policy = ChildWorkflowRetryPolicy(max_attempts=attempts, backoff_seconds=[1])
        try:
            return await ctx.start_child_workflow(Ship, [how], retry_policy=policy, run_timeout_seconds=DAY)
        except ChildWorkflowFailed as error:
            return [
                error.exception_type,
                error.failure_category,
                type(error.cause).__name__,
                error.workflow_type,
            ]


@workflow.defn(name="leaver")
class Leaver:
    async def run(self, ctx: WorkflowContext, policy: Any) -> None:
        await ctx.begin(ctx.start_child_workflow(Ship, ["sleep"], parent_close_policy=policy))
        await ctx.sleep(1)


@workflow.defn(name="long")
class Long:
    async def run(self, ctx: WorkflowContext, runs: int = 1) -> Any:
        await ctx.sleep(1)
        if runs < 4:
            return ctx.continue_as_new(runs + 1)
        return [runs, ctx.info.continued_from_run_id is not None]


@workflow.defn(name="seen")
class Seen:
    def run(self, ctx: WorkflowContext) -> Any:
        yield ctx.upsert_search_attributes({"stage": "one", "size": 3})
        yield ctx.upsert_memo({"note": {"by": "Ada"}})
        yield ctx.sleep(1)
        yield ctx.upsert_search_attributes({"stage": "two", "size": None})
        return "seen"


@workflow.defn(name="racing")
class Racing:
    async def run(self, ctx: WorkflowContext) -> Any:
        slow = await ctx.begin(ctx.sleep(30 * DAY))
        first = await ctx.select(
            slow=slow, quick=ctx.sleep(DAY), child=ctx.start_child_workflow(Ship, ["sleep"])
        )
        start = ctx.now()
        await slow
        return [first.key, (ctx.now() - start).days]


async def test_children_run_beside_each_other_and_know_their_parent(env: WorkflowEnvironment) -> None:
    handle = await env.start_workflow(Parent)
    assert await handle.result() == [
        ["fast", handle.workflow_id, 1],
        ["sleep", handle.workflow_id, 1],
        6.0,
    ]


@pytest.mark.parametrize(
    ("how", "attempts", "end"),
    [
        ("once", 2, ["once", 2]),
        ("fail", 2, ["LookupError", "application", "WorkflowFailed", "ship"]),
        ("sleep", 1, [None, "timeout", "WorkflowTimedOut", "ship"]),
    ],
)
async def test_a_childs_end_reaches_its_parent(
    env: WorkflowEnvironment, how: str, attempts: int, end: list[Any]
) -> None:
    result = await env.execute(Guardian, how, attempts)
    assert [result[0], *result[2:]] == end if how == "once" else result == end


@pytest.mark.parametrize(
    ("policy", "status"),
    [(None, "completed"), ("request_cancel", "cancelled"), ("terminate", "terminated")],
)
async def test_a_child_follows_the_policy_when_its_parent_ends(
    env: WorkflowEnvironment, policy: str | None, status: str
) -> None:
    handle = await env.start_workflow(Leaver, policy)
    started = await env.until(handle, "ChildRunStarted")
    await handle.result()
    await env.sleep(6 * DAY)
    child = env.client.get_workflow_handle(started["payload"]["child_workflow_instance_id"])
    assert (await child.describe()).status == status


async def test_a_chain_of_runs_is_one_workflow(env: WorkflowEnvironment) -> None:
    handle = await env.start_workflow(Long)
    assert await handle.result() == [4, True]


async def test_upserts_are_seen(env: WorkflowEnvironment) -> None:
    handle = await env.start_workflow(Seen)
    assert await handle.result() == "seen"
    described = await handle.describe()
    assert described.search_attributes == {"stage": "two"}
    assert described.memo == {"note": {"by": "Ada"}}


async def test_the_first_of_several_over_a_month(env: WorkflowEnvironment) -> None:
    assert await env.execute(Racing) == ["quick", 29]
