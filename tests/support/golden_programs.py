"""The programs of the golden histories. A golden belongs to its program as it is here: do not change one."""

from __future__ import annotations

from typing import Any

from durable_workflow import workflow
from durable_workflow.errors import ActivityCancelled, ActivityFailed, ChildWorkflowFailed, WorkflowCancelled
from durable_workflow.workflow import ActivityRetryPolicy, ChildWorkflowRetryPolicy, WorkflowContext


@workflow.defn(name="golden-plain")
class Plain:
    """Needs no step; ends as it is told."""

    def run(self, ctx: WorkflowContext, how: str, *rest: Any) -> Any:
        if how == "fail":
            raise ValueError("on purpose")
        return ctx.continue_as_new(*rest) if how == "again" else {"how": how, "rest": list(rest)}


@workflow.defn(name="golden-activity")
class Activity:
    """One activity; its result, or the facts of its failure."""

    async def run(self, ctx: WorkflowContext, attempts: int = 1, **_: Any) -> Any:
        policy = ActivityRetryPolicy(max_attempts=attempts, backoff_seconds=[1])
        try:
            return await ctx.schedule_activity(
                "work",
                ["order-1"],
                retry_policy=policy,
                start_to_close_timeout=10,
                heartbeat_timeout=5,
            )
        except ActivityFailed as error:
            facts = ("message", "activity_type", "failure_category", "exception_type", "non_retryable")
            return [*(getattr(error, fact) for fact in facts), error.timeout_kind, error.details]
        except ActivityCancelled as error:
            return str(error)


@workflow.defn(name="golden-sequence")
class Sequence:
    """Three activities, one after the other, each with the result of the one before."""

    def run(self, ctx: WorkflowContext) -> Any:
        value = yield ctx.schedule_activity("a", [0])
        value = yield ctx.schedule_activity("b", [value])
        return (yield ctx.schedule_activity("c", [value]))


@workflow.defn(name="golden-parallel")
class Parallel:
    """A list of activities and a timer; results by place, the first failure at once."""

    def run(self, ctx: WorkflowContext) -> Any:
        try:
            return (yield [ctx.schedule_activity("a"), ctx.schedule_activity("b"), ctx.sleep(5)])
        except ActivityFailed as error:
            return f"failed: {error.message}"


@workflow.defn(name="golden-branches")
class Branches:
    """Two branches, each with steps of its own: their commands come in the order of what happens."""

    async def branch(self, ctx: WorkflowContext, name: str) -> str:
        first = await ctx.schedule_activity(f"{name}1")
        await ctx.side_effect(lambda: name)
        second = await ctx.schedule_activity(f"{name}2")
        return f"{first}{second}"

    async def run(self, ctx: WorkflowContext) -> Any:
        return await ctx.gather(self.branch(ctx, "x"), self.branch(ctx, "y"))


@workflow.defn(name="golden-race")
class Race:
    """The first of an activity and a timer; then what was begun is waited for."""

    async def run(self, ctx: WorkflowContext) -> Any:
        work = await ctx.begin(ctx.schedule_activity("work"))
        first = await ctx.select(work=work, late=ctx.sleep(5))
        return [first.key, await work]


@workflow.defn(name="golden-timer")
class Timer:
    """Sleeps, and notes the time."""

    async def run(self, ctx: WorkflowContext, seconds: int) -> Any:
        start = ctx.now()
        await ctx.sleep(seconds)
        return [(ctx.now() - start).total_seconds(), ctx.info.history_length]


@workflow.defn(name="golden-child")
class Child:
    """One child workflow; its result, or the facts of its end."""

    async def run(self, ctx: WorkflowContext, attempts: int = 1) -> Any:
        policy = ChildWorkflowRetryPolicy(max_attempts=attempts, backoff_seconds=[2])
        try:
            return await ctx.start_child_workflow(
                "ship", ["order-1"], retry_policy=policy, run_timeout_seconds=60
            )
        except ChildWorkflowFailed as error:
            return [error.message, error.failure_category, error.exception_type, type(error.cause).__name__]


@workflow.defn(name="golden-leaves-child")
class LeavesChild:
    """Ends while its child is open."""

    async def run(self, ctx: WorkflowContext, policy: Any) -> Any:
        await ctx.begin(ctx.start_child_workflow("ship", parent_close_policy=policy))
        await ctx.sleep(1)
        return "left"


@workflow.defn(name="golden-approval")
class Approval:
    """Waits for a signal; counts another one."""

    def __init__(self) -> None:
        self.approved_by: str | None = None
        self.bumps: list[Any] = []

    @workflow.signal("approve")
    def approve(self, who: str) -> None:
        self.approved_by = who

    @workflow.signal("bump")
    def bump(self, *by: Any) -> None:
        self.bumps.extend(by)

    async def run(self, ctx: WorkflowContext, timeout: int | None = None) -> Any:
        met = await ctx.wait_condition(lambda: self.approved_by, key="approval", timeout=timeout)
        return [met, self.approved_by, self.bumps]


@workflow.defn(name="golden-two-waits")
class TwoWaits(Approval):
    """Two waits one after the other, and an activity between."""

    async def run(self, ctx: WorkflowContext) -> Any:  # type: ignore[override] # another program
        await ctx.wait_condition(lambda: len(self.bumps) >= 1, key="bumped")
        await ctx.schedule_activity("work", list(self.bumps))
        await ctx.wait_condition(lambda: len(self.bumps) >= 2, key="bumped")
        return self.bumps


@workflow.defn(name="golden-by-activity")
class ByActivity:
    """A wait that an activity in another branch ends: the server records nothing of that."""

    def __init__(self) -> None:
        self.value: Any = None

    async def fetch(self, ctx: WorkflowContext) -> None:
        self.value = await ctx.schedule_activity("fetch")

    async def run(self, ctx: WorkflowContext) -> Any:
        await ctx.begin(self.fetch(ctx))
        await ctx.wait_condition(lambda: self.value is not None, key="fetched")
        return self.value


@workflow.defn(name="golden-at-once")
class AtOnce:
    """Everything that goes on at once, and a step that waits."""

    def run(self, ctx: WorkflowContext) -> Any:
        answers = [
            (yield ctx.side_effect(lambda: {"lot": 7})),
            (yield ctx.get_version("tax", -1, 2)),
            (yield ctx.patched("rounding")),
            (yield ctx.upsert_search_attributes({"stage": "new", "old": None})),
            (yield ctx.upsert_memo({"note": "n"})),
        ]
        answers.append((yield ctx.schedule_activity("work")))
        answers.append((yield ctx.deprecate_patch("rounding")))
        return answers


@workflow.defn(name="golden-versioned")
class Versioned:
    """Code with a change that older runs do not know."""

    def run(self, ctx: WorkflowContext, low: int = -1) -> Any:
        version = yield ctx.get_version("tax", low, 2)
        value = yield ctx.schedule_activity("work")
        again = yield ctx.get_version("tax", low, 2)
        return [version, value, again]


@workflow.defn(name="golden-chance")
class Chance:
    """Time, chance and ids are the same in every replay."""

    async def run(self, ctx: WorkflowContext) -> Any:
        before = [ctx.random().random(), str(ctx.uuid4()), str(ctx.uuid7()), ctx.now().isoformat()]
        await ctx.schedule_activity("work", before)
        return [*before, ctx.random().random(), str(ctx.uuid4()), str(ctx.uuid7()), ctx.now().isoformat()]


@workflow.defn(name="golden-account")
class Account:
    """Keeps a balance by updates, and notes what it is told by signals."""

    def __init__(self) -> None:
        self.balance = 0
        self.order: list[str] = []
        self.over = False

    @workflow.signal("note")
    def note(self, text: str) -> None:
        self.order.append(text)

    @workflow.signal("close")
    def close(self) -> None:
        self.over = True

    @workflow.update("deposit")
    def deposit(self, amount: int) -> int:
        self.order.append(f"deposit {amount}")
        self.balance += amount
        if amount == 13:
            raise ValueError("unlucky")
        return self.balance

    @deposit.validator
    def check_deposit(self, amount: int) -> None:
        if amount <= 0:
            raise ValueError("nothing to deposit")

    async def run(self, ctx: WorkflowContext, goal: int = 1000) -> Any:
        await ctx.wait_condition(lambda: self.over or self.balance >= goal, key="goal")
        await ctx.schedule_activity("pay_out", [self.balance])
        return [self.balance, self.order]


@workflow.defn(name="golden-cleanup")
class Cleanup:
    """Is cancelled while it waits: lets it pass, cleans up first, swallows it, or is shielded meanwhile."""

    async def run(self, ctx: WorkflowContext, how: str) -> Any:
        if how == "shielded":
            with ctx.shield():
                await ctx.schedule_activity("work")
            await ctx.sleep(5)
        try:
            await ctx.schedule_activity("work")
        except WorkflowCancelled as error:
            if how == "pass":
                raise
            done = await ctx.schedule_activity("clean_up", [str(error)])
            if how == "clean up":
                raise
            return done
