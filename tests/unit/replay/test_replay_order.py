"""Whatever the order of events and however they are cut into tasks: a replay repeats what happened live."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from durable_workflow import workflow
from durable_workflow.codec import encode
from durable_workflow.errors import ActivityFailed, ChildWorkflowFailed
from durable_workflow.replay import TaskInput, TaskOutcome, WorkflowRun, new_run, replay_task
from support.history_writer import HistoryWriter, result_of

Program = list[Any]


def plain(value: Any) -> Any:
    """Give a result as data."""
    if isinstance(value, workflow.Selection):
        return {"key": value.key, "value": plain(value.value)}
    return [plain(each) for each in value] if isinstance(value, list) else value


@workflow.defn(name="program")
class Interpreter:
    """Runs a program that comes as its argument, as generator or as coroutine."""

    def __init__(self) -> None:
        self.signals: list[int] = []

    @workflow.signal("bump")
    def bump(self, number: int) -> None:
        self.signals.append(number)

    def run(self, ctx: workflow.WorkflowContext, program: Program, style: str) -> Any:
        return self.generate(ctx, program) if style == "generator" else self.coroutine(ctx, program)

    def generate(self, ctx: workflow.WorkflowContext, program: Program) -> Any:
        trace: list[Any] = []
        for statement in program:
            try:
                trace.append(plain((yield self.begin(ctx, statement, self.generate))))
            except (ActivityFailed, ChildWorkflowFailed) as error:
                trace.append(f"failed: {error.message}")
            trace.append(len(self.signals))
        return trace

    async def coroutine(self, ctx: workflow.WorkflowContext, program: Program) -> Any:
        trace: list[Any] = []
        for statement in program:
            try:
                started: Any = self.begin(ctx, statement, self.coroutine)
                trace.append(plain(await (ctx.all(started) if isinstance(started, list) else started)))
            except (ActivityFailed, ChildWorkflowFailed) as error:
                trace.append(f"failed: {error.message}")
            trace.append(len(self.signals))
        return trace

    async def until(self, ctx: workflow.WorkflowContext, number: int) -> Any:
        await ctx.wait_condition(lambda: len(self.signals) >= number, key="signals")
        assert len(self.signals) >= number, "the wait ended before its predicate was true"
        return len(self.signals)

    def until_yielded(self, ctx: workflow.WorkflowContext, number: int) -> Any:
        yield ctx.wait_condition(lambda: len(self.signals) >= number, key="signals")
        assert len(self.signals) >= number, "the wait ended before its predicate was true"
        return len(self.signals)

    async def later(self, ctx: workflow.WorkflowContext, operand: Program) -> Any:
        begun = await ctx.begin(self.coroutine(ctx, operand))
        await ctx.schedule_activity("meanwhile")
        return [await begun, await begun]

    def later_yielded(self, ctx: workflow.WorkflowContext, operand: Program) -> Any:
        begun = yield ctx.begin(self.generate(ctx, operand))
        yield ctx.schedule_activity("meanwhile")
        return [(yield begun), (yield begun)]

    def begin(self, ctx: workflow.WorkflowContext, statement: Any, block: Any) -> Any:
        kind, operand = statement
        match kind:
            case "activity":
                return ctx.schedule_activity(operand)
            case "timer":
                return ctx.start_timer(operand)
            case "side":
                return ctx.side_effect(lambda: operand)
            case "more":
                seen = len(self.signals)
                return ctx.wait_condition(lambda: len(self.signals) > seen, timeout=operand)
            case "signals":
                return (
                    self.until(ctx, operand) if block == self.coroutine else self.until_yielded(ctx, operand)
                )
            case "child":
                return ctx.start_child_workflow(operand)
            case "version":
                return ctx.get_version(operand, -1, 2)
            case "upsert":
                return ctx.upsert_search_attributes({"at": operand})
            case "first":
                return ctx.select(*(self.begin(ctx, member, block) for member in operand))
            case "later":
                return (
                    self.later(ctx, operand) if block == self.coroutine else self.later_yielded(ctx, operand)
                )
            case "group":
                return [self.begin(ctx, member, block) for member in operand]
            case _:
                return block(ctx, operand)


LEAVES = st.one_of(
    st.tuples(st.just("activity"), st.sampled_from(["a", "b"])),
    st.tuples(st.just("timer"), st.integers(0, 2)),
    st.tuples(st.just("side"), st.integers(0, 9)),
    st.tuples(st.just("more"), st.sampled_from([None, 0, 5])),
    st.tuples(st.just("signals"), st.integers(0, 4)),
    st.tuples(st.just("child"), st.sampled_from(["c", "d"])),
    st.tuples(st.just("version"), st.sampled_from(["v", "w"])),
    st.tuples(st.just("upsert"), st.integers(0, 9)),
)
STATEMENTS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.tuples(st.just("group"), st.lists(inner, max_size=3)),
        st.tuples(st.just("block"), st.lists(inner, min_size=1, max_size=3)),
        st.tuples(st.just("first"), st.lists(inner, min_size=1, max_size=3)),
        st.tuples(st.just("later"), st.lists(inner, min_size=1, max_size=2)),
        st.tuples(
            st.just("group"),
            st.lists(
                st.tuples(st.just("block"), st.lists(inner, min_size=1, max_size=2)), min_size=2, max_size=3
            ),
        ),
    ),
    max_leaves=8,
)


CAUSES = {
    "SignalReceived",
    "ActivityCompleted",
    "ActivityFailed",
    "TimerFired",
    "ChildRunCompleted",
    "ChildRunFailed",
}


class World:
    """A server and a worker of one run; tasks of the run never overlap, but events come at any time."""

    def __init__(self, program: Program, style: str) -> None:
        self.history = HistoryWriter()
        self.arguments = [program, style]
        self.live: WorkflowRun = new_run(self.task([]))
        self.seen = 0
        self.closed = False

    def task(self, events: list[Any], cause: str | None = None) -> TaskInput:
        return TaskInput(
            definition=workflow.definition_of(Interpreter),
            workflow_id="w",
            run_id="r",
            arguments=self.arguments,
            history=events,
            task_queue="q",
            resume_source_kind=cause,
        )

    def claim(self) -> tuple[TaskOutcome, bool]:
        fresh = self.history.events[self.seen :]
        causes = [event["event_type"] for event in fresh if event["event_type"] in CAUSES]
        by_signal = causes[:1] == ["SignalReceived"]
        self.seen = len(self.history.events)
        outcome = replay_task(self.task(list(self.history.events), "workflow_signal" if by_signal else None))
        self.live.feed(fresh)
        if by_signal:
            self.live.reopen_wait()
        assert tuple(issued.wire for issued in self.live.take_commands()) == outcome.commands
        return outcome, by_signal

    def happen(self, data: st.DataObject) -> bool:
        """Let one thing happen; False if nothing can."""
        choices: list[Any] = sorted(self.history.open)
        if len([e for e in self.history.events if e["event_type"] == "SignalReceived"]) < 6:
            choices.append("signal")
        if not choices:
            return False
        choice = data.draw(st.sampled_from(choices))
        if choice == "signal":
            self.history.signal("bump", 1)
        elif self.history.open[choice]["type"] == "start_child_workflow":
            self.end_child(choice, failed=data.draw(st.integers(0, 3)) == 0)
        elif self.history.open[choice]["type"] != "schedule_activity":
            self.history.fire(choice)
        elif data.draw(st.integers(0, 3)) == 0:
            self.history.fail_activity(choice, f"no {choice}")
        else:
            self.history.complete_activity(choice, f"result {choice}")
        return True

    def end_child(self, step: int, *, failed: bool) -> None:
        if failed:
            self.history.end_child(step, "ChildRunFailed", message=f"no {step}")
        else:
            self.history.end_child(step, "ChildRunCompleted", output=encode(f"result {step}"))

    def finish(self) -> TaskOutcome:
        """End whatever is open, and signal until the code is through."""
        for _ in range(100):
            outcome, by_signal = self.claim()
            if self.history.complete(outcome.commands, by_signal=by_signal):
                return outcome
            if activities := [s for s, c in self.history.open.items() if c["type"] == "schedule_activity"]:
                self.history.complete_activity(min(activities), f"result {min(activities)}")
            elif children := [s for s, c in self.history.open.items() if c["type"] == "start_child_workflow"]:
                self.end_child(min(children), failed=False)
            elif self.history.open:
                self.history.fire(min(self.history.open))
            else:
                self.history.signal("bump", 1)
        raise AssertionError("the workflow does not end")


def play(world: World, data: st.DataObject) -> TaskOutcome:
    for _ in range(data.draw(st.integers(0, 12))):
        outcome, by_signal = world.claim()
        for _ in range(data.draw(st.sampled_from([0, 0, 0, 1, 2]))):
            world.happen(data)
        if world.history.complete(outcome.commands, by_signal=by_signal):
            return outcome
        for _ in range(data.draw(st.integers(1, 2))):
            world.happen(data)
    return world.finish()


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(STATEMENTS, min_size=1, max_size=4), st.sampled_from(["generator", "coroutine"]), st.data())
def test_live_equals_replay(program: Program, style: str, data: st.DataObject) -> None:
    world = World(program, style)
    with world.live:
        outcome = play(world, data)
    assert outcome.failure is None
    events = world.history.events
    for length in range(1, len(events)):
        replay_task(world.task(events[:length]))
    replayed = replay_task(world.task(events))
    assert result_of(replayed.commands) == result_of(outcome.commands)
