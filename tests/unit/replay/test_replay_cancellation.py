"""Cancellation: raised once, at the wait where the code stands, at its place in history."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from typing import Any

import pytest

from durable_workflow import workflow
from durable_workflow.errors import DefinitionError, NonDeterministicReplayError, WorkflowCancelled
from durable_workflow.replay import TaskInput, WorkflowRun, new_run
from support.history_writer import HistoryWriter, result_of


class Told:
    """A workflow that keeps its run live, and whose every task is also replayed from the beginning."""

    def __init__(self, cls: type, *arguments: Any) -> None:
        self.history = HistoryWriter()
        self._cls = cls
        self._arguments = list(arguments)
        self.run = self._new()

    def task(self) -> list[Mapping[str, Any]]:
        commands = self._commands(self.run)
        with self._new() as replayed:
            assert self._commands(replayed) == commands, "a replay decides the same"
        self.history.complete(commands)
        return commands

    def cancel(self, reason: str | None = "enough", **members: Any) -> None:
        self.history.add("CancelRequested", command_type="cancel", reason=reason, **members)

    def _new(self) -> WorkflowRun:
        definition = workflow.definition_of(self._cls)
        return new_run(
            TaskInput(
                definition=definition,
                workflow_id="w",
                run_id="r",
                arguments=self._arguments,
                history=(),
                task_queue="q",
            )
        )

    def _commands(self, run: WorkflowRun) -> list[Mapping[str, Any]]:
        run.feed(self.history.events)
        return [issued.wire for issued in run.take_commands()]


def types(commands: Iterable[Mapping[str, Any]]) -> list[str]:
    return [command["type"] for command in commands]


def begun(cls: type, *arguments: Any) -> Told:
    told = Told(cls, *arguments)
    told.task()
    return told


@workflow.defn(name="patient")
class Patient:
    """Waits in every way there is."""

    async def run(self, ctx: workflow.WorkflowContext, how: str) -> Any:
        if how == "activity":
            await ctx.schedule_activity("slow")
        elif how == "timer":
            await ctx.sleep(60)
        elif how == "condition":
            await ctx.wait_condition(lambda: False)
        elif how == "child":
            await ctx.start_child_workflow("child")
        elif how == "list":
            await ctx.gather(ctx.sleep(1), [ctx.schedule_activity("slow"), self.inner(ctx)])
        elif how == "select":
            await ctx.select(ctx.sleep(1), self.inner(ctx))
        elif how == "asyncio.sleep":
            await asyncio.sleep(60)
        elif how == "asyncio.gather":
            await asyncio.gather(self.inner(ctx), asyncio.sleep(5))
        elif how == "asyncio.Event":
            await asyncio.Event().wait()
        elif how == "TaskGroup":
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self.inner(ctx))
                tasks.create_task(asyncio.sleep(5))
        elif how == "wait_for":
            await asyncio.wait_for(self.inner(ctx), timeout=60)
        elif how == "timeout":
            async with asyncio.timeout(60):
                await self.inner(ctx)

    async def inner(self, ctx: workflow.WorkflowContext) -> None:
        await ctx.schedule_activity("inner")


WAYS = ["activity", "timer", "condition", "child", "list", "select"]
ASYNCIO = ["asyncio.sleep", "asyncio.gather", "asyncio.Event", "TaskGroup", "wait_for", "timeout"]


@pytest.mark.parametrize("how", [*WAYS, *ASYNCIO])
def test_code_that_lets_it_pass_ends_the_run_as_cancelled(how: str) -> None:
    told = begun(Patient, how)
    told.cancel()
    assert told.task() == [{"type": "cancel_workflow"}]


@workflow.defn(name="tidy")
class Tidy:
    def run(self, ctx: workflow.WorkflowContext, then: str) -> Any:
        try:
            yield ctx.wait_condition(lambda: False)
        except WorkflowCancelled as error:
            yield ctx.schedule_activity("clean up", [str(error), ctx.cancel_requested])
            if then == "raise":
                raise
            if then == "fail":
                raise KeyError("lost") from None
        return "swallowed"


def test_cleanup_may_wait_and_the_run_ends_afterwards() -> None:
    told = begun(Tidy, "raise")
    told.cancel("ordered twice")
    (cleanup,) = told.task()
    assert cleanup["activity_type"] == "clean up"
    assert told.task() == []
    told.cancel("again")
    assert told.task() == [], "a second request changes nothing"
    told.history.complete_activity(told.history.events[4]["payload"]["sequence"], None)
    assert told.task() == [{"type": "cancel_workflow"}]


@pytest.mark.parametrize(("then", "ending"), [("fail", "fail_workflow"), ("return", "complete_workflow")])
def test_code_that_swallows_it_ends_as_it_ends(then: str, ending: str) -> None:
    told = begun(Tidy, then)
    told.cancel()
    told.task()
    told.history.complete_activity(5, None)
    assert types(told.task()) == [ending]


def test_the_reason_is_in_the_error() -> None:
    for reason, text in (("because", "Workflow cancelled: because"), (None, "Workflow cancelled.")):
        told = begun(Tidy, "raise")
        told.cancel(reason)
        (command,) = workflow.replay(Tidy, told.history.events, ["raise"]).commands
        assert isinstance(command, workflow.ScheduleActivity)
        assert command.arguments == [text, True]


def test_a_run_that_the_server_closed_at_once_was_never_told() -> None:
    told = begun(Tidy, "raise")
    told.cancel(command={"outcome": "cancelled"})
    told.history.add("WorkflowCancelled", reason="enough")
    assert told.task() == []
    assert workflow.replay(Tidy, told.history.events, ["raise"]).commands == []


def test_the_end_of_a_cancelled_run_replays() -> None:
    told = begun(Patient, "timer")
    told.cancel()
    told.task()
    assert told.history.events[-1]["event_type"] == "WorkflowCancelled"
    replayed = workflow.replay(Patient, told.history.events, ["timer"])
    assert replayed.commands == [workflow.CancelWorkflow()], "a replay ends where the run did"
    without_request = [told.history.events[place] for place in (0, 1, 2, 4)]
    with pytest.raises(NonDeterministicReplayError, match=r"at event 5 \(WorkflowCancelled\)"):
        workflow.replay(Patient, without_request, ["timer"])


def test_what_ends_before_the_cancellation_wins() -> None:
    told = begun(Patient, "timer")
    told.history.fire(3)
    told.cancel()
    assert types(told.task()) == ["complete_workflow"]


@workflow.defn(name="pair")
class Pair:
    def __init__(self) -> None:
        self.ends: list[str] = []

    async def part(self, ctx: workflow.WorkflowContext, name: str, cleanup: bool) -> None:
        try:
            await ctx.schedule_activity(name)
        finally:
            if cleanup:
                await ctx.schedule_activity(f"undo {name}")
            self.ends.append(name)

    async def run(self, ctx: workflow.WorkflowContext) -> Any:
        try:
            await ctx.gather(self.part(ctx, "a", cleanup=True), self.part(ctx, "b", cleanup=False))
        except WorkflowCancelled:
            return self.ends


def test_a_group_waits_for_the_cleanup_of_all_its_members() -> None:
    told = begun(Pair)
    told.cancel()
    assert [command["activity_type"] for command in told.task()] == ["undo a"]
    told.history.complete_activity(6, None)
    assert result_of(told.task()) == ["b", "a"]


@workflow.defn(name="shielded")
class Shielded:
    def run(self, ctx: workflow.WorkflowContext) -> Any:
        with ctx.shield():
            yield ctx.schedule_activity("one")
            yield [ctx.schedule_activity("two"), self.nested(ctx)]
        try:
            yield ctx.schedule_activity("three")
        except WorkflowCancelled:
            return "between two and three"

    def nested(self, ctx: workflow.WorkflowContext) -> Any:
        with ctx.shield():
            yield ctx.schedule_activity("deep")


def test_a_shield_holds_it_off_until_the_block_is_left() -> None:
    told = begun(Shielded)
    told.cancel()
    assert told.task() == []
    told.history.complete_activity(3, None)
    assert [command["activity_type"] for command in told.task()] == ["two", "deep"]
    two, deep = (event["payload"]["sequence"] for event in told.history.events[-2:])
    told.history.complete_activity(deep, None)
    assert told.task() == []
    told.history.complete_activity(two, None)
    assert result_of(told.task()) == "between two and three"


@workflow.defn(name="search")
class Search:
    def __init__(self) -> None:
        self.scope: workflow.CancellationScope | None = None

    @workflow.signal("stop")
    def stop(self) -> None:
        if self.scope is not None:
            self.scope.cancel("found elsewhere")

    async def run(self, ctx: workflow.WorkflowContext) -> Any:
        texts: list[str] = []
        async with ctx.cancellation_scope() as self.scope:
            try:
                await ctx.gather(ctx.schedule_activity("left"), ctx.schedule_activity("right"))
            except WorkflowCancelled as error:
                texts.append(str(error))
                raise
        await ctx.schedule_activity("report", [self.scope.cancelled, *texts])
        return ctx.cancel_requested


def test_a_scope_is_cancelled_by_itself() -> None:
    told = begun(Search)
    told.history.signal("stop")
    told.history.signal("stop")
    (report,) = workflow.replay(Search, told.history.events, None).commands
    assert isinstance(report, workflow.ScheduleActivity)
    assert report.arguments == [True, "found elsewhere"]
    told.task()
    told.history.signal("stop")
    told.history.complete_activity(7, None)
    assert result_of(told.task()) is False


def test_the_cancellation_of_the_workflow_passes_through_a_scope() -> None:
    told = begun(Search)
    told.cancel()
    assert told.task() == [{"type": "cancel_workflow"}]


def test_a_block_that_cancels_itself_ends_at_its_next_wait() -> None:
    @workflow.defn(name="itself")
    class Itself:
        def run(self, ctx: workflow.WorkflowContext) -> Any:
            seen = []
            outer, inner = ctx.cancellation_scope(), ctx.cancellation_scope()
            with outer:
                with inner:
                    inner.cancel()
                seen.append("an inner block without waits is only left")
                with ctx.shield():
                    outer.cancel()
                    yield ctx.side_effect(lambda: 1)
                    seen.append("a shield holds it off")
                yield [ctx.sleep(5), self.never(ctx)]
                seen.append("never")
            return [*seen, inner.cancelled, outer.cancelled]

        def never(self, ctx: workflow.WorkflowContext) -> Any:
            yield ctx.schedule_activity("never")

    told = Told(Itself)
    commands = told.task()
    assert types(commands) == ["record_side_effect", "complete_workflow"]
    assert result_of(commands) == [
        "an inner block without waits is only left",
        "a shield holds it off",
        True,
        True,
    ]


def test_scopes_belong_to_the_code_of_run() -> None:
    @workflow.defn(name="misplaced")
    class Misplaced:
        def __init__(self) -> None:
            self.errors: list[str] = []
            self.enter: Any = None

        @workflow.signal("go")
        def go(self) -> None:
            try:
                with self.enter():
                    pass
            except DefinitionError as error:
                self.errors.append(str(error))

        async def run(self, ctx: workflow.WorkflowContext) -> Any:
            self.enter = ctx.shield
            with ctx.cancellation_scope() as scope:
                try:
                    with scope:
                        pass
                except DefinitionError as error:
                    self.errors.append(str(error))
            await ctx.wait_condition(lambda: len(self.errors) > 1)
            return self.errors

    told = begun(Misplaced)
    told.history.signal("go")
    assert result_of(told.task()) == [
        "The code is inside this scope already; make another one with ctx.",
        "Only the code of run can enter a scope or a shield: nothing else waits.",
    ]


def test_a_timer_that_somebody_else_cancelled_is_no_cancellation_of_the_workflow() -> None:
    told = begun(Patient, "timer")
    told.history.add("TimerCancelled", sequence=3)
    assert types(told.task()) == ["fail_workflow"]
