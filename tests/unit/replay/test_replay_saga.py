"""Sagas: what was done is undone, whatever else goes wrong meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from durable_workflow import workflow
from durable_workflow.errors import ActivityFailed, CompensationFailed
from support.history_writer import HistoryWriter, result_of


@workflow.defn(name="trip")
class Trip:
    async def run(self, ctx: workflow.WorkflowContext, parallel: bool = False) -> Any:
        async with ctx.saga(parallel=parallel) as saga:
            await ctx.schedule_activity("book flight")
            saga.add(ctx.schedule_activity("cancel flight"))
            await ctx.schedule_activity("book hotel")
            saga.add(lambda: self.leave_hotel(ctx))
            saga.add(lambda: None)
            await ctx.schedule_activity("book car")
        return "booked"

    async def leave_hotel(self, ctx: workflow.WorkflowContext) -> None:
        await ctx.schedule_activity("cancel hotel")


@workflow.defn(name="yielding trip")
class YieldingTrip:
    def run(self, ctx: workflow.WorkflowContext) -> Any:
        saga = ctx.saga()
        try:
            saga.add(ctx.start_timer(5))
            saga.add([ctx.schedule_activity("a"), ctx.schedule_activity("b")])
            yield ctx.schedule_activity("book car")
        except ActivityFailed:
            yield saga.compensate()
            yield saga.compensate()
            return "undone"


class Play:
    """Runs a workflow task by task, answering its activities as told."""

    def __init__(self, cls: type, *arguments: Any) -> None:
        self.history = HistoryWriter()
        self._cls, self._arguments = cls, list(arguments)

    def task(self) -> list[Mapping[str, Any]]:
        outcome = workflow.replay(self._cls, self.history.events, self._arguments)
        commands = [command.to_server_command("q") for command in outcome.commands]
        self.history.complete(commands)
        return commands

    def names(self) -> list[str]:
        return [command.get("activity_type", command["type"]) for command in self.task()]

    def end(self, name: str, *, failing: str | None = None) -> None:
        (step,) = [step for step, opened in self.history.open.items() if opened.get("activity_type") == name]
        if failing is None:
            self.history.complete_activity(step, None)
        else:
            self.history.fail_activity(step, failing)


def booked(*arguments: Any) -> Play:
    play = Play(Trip, *arguments)
    for name in ("book flight", "book hotel"):
        assert play.names() == [name]
        play.end(name)
    assert play.names() == ["book car"]
    return play


def test_nothing_is_undone_when_all_goes_well() -> None:
    play = booked()
    play.end("book car")
    assert result_of(play.task()) == "booked"


def test_the_last_step_is_undone_first() -> None:
    play = booked()
    play.end("book car", failing="no car")
    assert play.names() == ["cancel hotel"]
    play.end("cancel hotel")
    assert play.names() == ["cancel flight"]
    play.end("cancel flight")
    (failed,) = play.task()
    assert (failed["exception_type"], failed["message"]) == ("ActivityFailed", "no car (activity book car)")


def test_everything_may_be_undone_at_once() -> None:
    play = booked(True)
    play.end("book car", failing="no car")
    assert play.names() == ["cancel hotel", "cancel flight"]


def test_a_compensation_that_fails_stops_no_other_and_both_errors_are_told() -> None:
    play = booked()
    play.end("book car", failing="no car")
    play.task()
    play.end("cancel hotel", failing="too late")
    assert play.names() == ["cancel flight"]
    play.end("cancel flight")
    (failed,) = play.task()
    assert failed["exception_type"] == "CompensationFailed"
    assert failed["message"] == (
        "1 of 3 compensations failed: ActivityFailed: too late (activity cancel hotel) "
        "(undoing because of ActivityFailed: no car (activity book car))"
    )
    outcome = workflow.replay(Trip, play.history.events, [])
    assert isinstance(outcome.failure, CompensationFailed)
    assert [str(failure) for failure in outcome.failure.failures] == ["too late (activity cancel hotel)"]


def test_a_cancelled_workflow_is_undone_before_it_ends() -> None:
    play = booked()
    play.history.add("CancelRequested", reason="never mind")
    assert play.names() == ["cancel hotel"]
    play.end("cancel hotel")
    assert play.names() == ["cancel flight"]
    play.end("cancel flight")
    assert play.task() == [{"type": "cancel_workflow"}]


def test_cancellation_does_not_stop_what_is_being_undone() -> None:
    play = booked()
    play.end("book car", failing="no car")
    play.task()
    play.history.add("CancelRequested", reason="never mind")
    assert play.task() == []
    play.end("cancel hotel")
    assert play.names() == ["cancel flight"]
    play.end("cancel flight")
    assert [command["type"] for command in play.task()] == ["fail_workflow"]


def test_a_generator_undoes_when_it_says_so_and_only_once() -> None:
    play = Play(YieldingTrip)
    play.task()
    play.end("book car", failing="no car")
    assert play.names() == ["a", "b"]
    play.end("b")
    play.end("a")
    assert play.names() == ["start_timer"]
    (timer,) = play.history.open
    play.history.fire(timer)
    assert result_of(play.task()) == "undone"


def test_code_that_runs_already_is_no_compensation() -> None:
    @workflow.defn(name="mistaken")
    class Mistaken:
        async def run(self, ctx: workflow.WorkflowContext) -> Any:
            with pytest.raises(TypeError, match=r"write saga\.add\(lambda: self\.undo\(ctx\)\)"):
                ctx.saga().add(self.undo())
            with pytest.raises(TypeError, match="takes commands and functions, not str"):
                ctx.saga().add("undo")
            return "refused"

        async def undo(self) -> None: ...

    assert result_of(Play(Mistaken).task()) == "refused"
