"""Messages in any order, between any two moments of a worker: live and replayed code decide the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from durable_workflow import workflow
from durable_workflow.errors import ActivityFailed, WorkflowCancelled
from durable_workflow.replay import TaskInput, WorkflowRun, advance, new_run
from support.history_writer import HistoryWriter

NAMES = "abc"


@workflow.defn(name="busy")
class Busy:
    """Does a bit of everything, and makes each order of what reaches it visible in what it asks for."""

    def __init__(self) -> None:
        self.log: list[Any] = []
        self.scope: workflow.CancellationScope | None = None

    @workflow.signal("note")
    def note(self, what: str) -> None:
        self.log.append(what)
        if what == "c" and self.scope is not None:
            self.scope.cancel()

    @workflow.update("change")
    def change(self, what: str, fails: bool = False) -> list[Any]:
        self.log.append(f"update {what}")
        if fails:
            raise KeyError(what)
        return list(self.log)

    @change.validator
    def may_change(self, what: str, fails: bool = False) -> None:
        if what == "c":
            raise ValueError("not that")

    async def part(self, ctx: workflow.WorkflowContext, name: str) -> None:
        try:
            with ctx.cancellation_scope() as self.scope:
                await ctx.schedule_activity(f"first {name}", list(self.log))
                with ctx.shield():
                    await ctx.schedule_activity(f"second {name}", list(self.log))
            await ctx.wait_condition(lambda: len(self.log) > 3, key=name)
        except ActivityFailed as error:
            self.log.append(str(error))
        finally:
            self.log.append(f"end of {name}")

    async def run(self, ctx: workflow.WorkflowContext) -> Any:
        try:
            async with ctx.saga() as saga:
                saga.add(ctx.schedule_activity("undo"))
                await ctx.gather(self.part(ctx, "a"), self.part(ctx, "b"))
                await ctx.schedule_activity("last", list(self.log))
                await ctx.wait_condition(lambda: len(self.log) > 8, timeout=5)
        except WorkflowCancelled:
            self.log.append("cancelled")
            await ctx.schedule_activity("after all", list(self.log))
            if len(self.log) % 2:
                raise
        return self.log


def fresh() -> WorkflowRun:
    return new_run(
        TaskInput(
            definition=workflow.definition_of(Busy),
            workflow_id="w",
            run_id="r",
            arguments=[],
            history=(),
            task_queue="q",
        )
    )


class World:
    """A history, a worker that keeps its run live, and things that happen."""

    def __init__(self) -> None:
        self.history = HistoryWriter()
        self.live = fresh()
        self.cancelled = self.closed = False
        self.claimed: list[Mapping[str, Any]] | None = None
        self.by_signal = False

    def claim(self) -> None:
        """Begin a task: what the worker decides now is recorded later."""
        events = self.history.events
        cause = "workflow_signal" if events[-1]["event_type"] == "SignalReceived" else None
        outcome = advance(self.live, events, resume_source_kind=cause)
        with fresh() as replayed:
            assert advance(replayed, events, resume_source_kind=cause).commands == outcome.commands
        self.claimed, self.by_signal = list(outcome.commands), cause is not None

    def complete(self) -> None:
        if self.claimed is not None:
            self.closed = self.history.complete(self.claimed, by_signal=self.by_signal)
            self.claimed = None

    def happen(self, kind: str, which: int) -> None:
        history, name = self.history, NAMES[which % 3]
        steps = sorted(history.open)
        if kind == "signal":
            history.signal("note", name)
        elif kind == "update":
            history.update(f"u{len(history.events)}", "change", name, which % 5 == 0)
        elif kind == "cancel" and not self.cancelled:
            history.add("CancelRequested", reason="why not")
            self.cancelled = True
        elif kind in ("end", "fail") and steps:
            step = steps[which % len(steps)]
            if history.open[step]["type"] == "open_condition_wait":
                history.fire(step)
            elif kind == "end":
                history.complete_activity(step, None)
            else:
                history.fail_activity(step, "broken")


EVENTS = st.tuples(st.sampled_from(["signal", "update", "end", "end", "fail", "cancel"]), st.integers(0, 9))
# What happens before a claim, and what between it and its completion.
TASKS = st.lists(st.tuples(st.lists(EVENTS, max_size=4), st.lists(EVENTS, max_size=3)), max_size=12)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(tasks=TASKS)
def test_live_and_replayed_code_decide_the_same(tasks: list[Any]) -> None:
    world = World()
    for before, between in tasks:
        for event in before:
            world.happen(*event)
        world.claim()
        for event in between:
            world.happen(*event)
        world.complete()
        if world.closed:
            break
    with fresh() as replayed:
        advance(replayed, world.history.events)
        assert replayed.finished >= world.closed, "a closed run replays to its end"
    world.live.close()
