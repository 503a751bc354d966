"""Types of what workflow code asks for."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any, assert_type

from durable_workflow import activity, workflow
from durable_workflow.workflow import ActivityOptions, Begun, ScheduleActivity, Selection

SLOW = ActivityOptions(start_to_close_timeout=60, retry_policy=workflow.ActivityRetryPolicy(max_attempts=5))


@activity.defn(name="charge")
async def charge(order: str, amount: int = 1) -> float:
    return float(amount)


@activity.defn(name="greet")
def greet(name: str) -> str:
    return name


@workflow.defn(name="child")
class Child:
    async def run(self, ctx: workflow.WorkflowContext, order: str) -> int:
        return 1


@workflow.defn(name="old-child")
class OldChild:
    def run(self, ctx: workflow.WorkflowContext) -> Generator[Any, Any, bytes]:
        yield ctx.sleep(1)
        return b""


@workflow.defn(name="parent")
class Parent:
    async def run(self, ctx: workflow.WorkflowContext, order: str) -> Any:
        assert_type(await ctx.schedule_activity(charge, [order]), float)
        assert_type(await ctx.schedule_activity(greet, ["Ada"], heartbeat_timeout=5), str)
        assert_type(await ctx.schedule_activity("by_name", []), Any)
        assert_type(await ctx.activity(charge)(order, amount=3), float)
        assert_type(await ctx.activity(greet, SLOW)("Ada"), str)
        assert_type(ctx.activity(greet)("Ada"), ScheduleActivity[str])
        assert_type(await ctx.start_child_workflow(Child, [order], parent_close_policy="terminate"), int)
        assert_type(await ctx.start_child_workflow(OldChild), bytes)
        assert_type(await ctx.start_child_workflow("by_name"), Any)
        assert_type(await ctx.get_version("change", -1, 2), int)
        assert_type(await ctx.patched("change"), bool)
        both = await ctx.gather(ctx.activity(charge)(order), ctx.activity(greet)("Ada"))
        assert_type(both, tuple[float, str])
        assert_type(await ctx.all(ctx.activity(greet)(name) for name in "ab"), list[str])
        begun = await ctx.begin(ctx.activity(greet)("Ada"))
        assert_type(begun, Begun[str])
        assert_type(await begun, str)
        assert_type(await ctx.select(begun, ctx.activity(charge)(order)), Selection[str | float])
        ctx.activity(charge)(3)  # must fail
        ctx.activity(greet)("Ada", 2)  # must fail
        ctx.activity("by_name")  # must fail
        ctx.schedule_activity(greet, ["Ada"], timeout=5)  # must fail
        ctx.start_child_workflow(Child, [], parent_close_policy="stop")  # must fail
        return ctx.continue_as_new(order, workflow_type="parent")
