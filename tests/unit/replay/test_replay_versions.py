"""Versions: which one a run gets, that it keeps it, and when old and new code do not fit."""

from __future__ import annotations

from typing import Any

import pytest

from durable_workflow import workflow
from durable_workflow.codec import encode
from durable_workflow.errors import NonDeterministicReplayError
from durable_workflow.workflow import RecordVersionMarker
from support.history_writer import HistoryWriter, result_of


def defined(*calls: Any) -> type:
    """Make a workflow that asks for things one after another and returns the answers."""

    @workflow.defn(name="versioned")
    class Versioned:
        def run(self, ctx: workflow.WorkflowContext) -> Any:
            answers = []
            for call in calls:
                answers.append((yield call(ctx)))
            return answers

    return Versioned


def version(low: int, high: int, change: str = "tax") -> Any:
    return lambda ctx: ctx.get_version(change, low, high)


def activity(name: str) -> Any:
    return lambda ctx: ctx.schedule_activity(name)


def patched(ctx: workflow.WorkflowContext) -> Any:
    return ctx.patched("tax")


def deprecated(ctx: workflow.WorkflowContext) -> Any:
    return ctx.deprecate_patch("tax")


def marked(number: int, step: int = 3, change: str = "tax") -> HistoryWriter:
    history = HistoryWriter()
    mark(history, number, step, change)
    return history


def mark(history: HistoryWriter, number: int, step: int, change: str = "tax") -> None:
    history.add(
        "VersionMarkerRecorded",
        sequence=step,
        change_id=change,
        version=number,
        min_supported=-1,
        max_supported=9,
    )


def done(history: HistoryWriter, step: int, name: str) -> None:
    history.add("ActivityScheduled", sequence=step, activity_type=name)
    history.add("ActivityCompleted", sequence=step, result=encode(name))


@pytest.mark.parametrize(("ask", "answer"), [(version(-1, 4), 4), (patched, True), (deprecated, None)])
def test_a_run_that_is_new_here_records_the_newest_version(replay: Any, ask: Any, answer: Any) -> None:
    outcome = replay(defined(ask, ask))
    (marker, _) = outcome.commands
    assert (marker["type"], marker["change_id"]) == ("record_version_marker", "tax")
    assert marker["version"] == (4 if answer == 4 else 1)
    assert result_of(outcome.commands) == [answer, answer]


@pytest.mark.parametrize(("ask", "answer"), [(version(1, 4), 2), (patched, False), (deprecated, None)])
def test_the_recorded_version_stays_the_answer(replay: Any, ask: Any, answer: Any) -> None:
    history = marked(2 if answer == 2 else -1)
    outcome = replay(defined(ask, activity("a"), ask), history.events)
    assert [command["type"] for command in outcome.commands] == ["schedule_activity"]
    history.complete(outcome.commands)
    history.complete_activity(4, "done")
    assert result_of(replay(defined(ask, activity("a"), ask), history.events).commands) == [
        answer,
        "done",
        answer,
    ]


@pytest.mark.parametrize(("ask", "answer"), [(version(-1, 4), -1), (patched, False)])
def test_a_run_that_passed_this_place_before_the_change_is_the_version_before(
    replay: Any, ask: Any, answer: Any
) -> None:
    history = HistoryWriter()
    done(history, 3, "a")
    outcome = replay(defined(ask, activity("a"), ask), history.events)
    assert [command["type"] for command in outcome.commands] == ["complete_workflow"]
    assert result_of(outcome.commands) == [answer, "a", answer]


def test_a_run_that_ended_before_the_change_is_the_version_before(replay: Any) -> None:
    history = HistoryWriter()
    done(history, 3, "a")
    history.add("WorkflowCompleted", output=encode(["a"]))
    assert result_of(replay(defined(activity("a"), patched), history.events).commands) == ["a", False]


@pytest.mark.parametrize(("held", "code"), [(5, "versions -1 to 4"), (1, "versions 2 to 4")])
def test_a_version_that_the_code_does_not_have_fails_the_task(replay: Any, held: int, code: str) -> None:
    ask = version(2 if held == 1 else -1, 4)
    with pytest.raises(
        NonDeterministicReplayError, match=f"uses version {held} of change 'tax'.*{code}"
    ) as caught:
        replay(defined(ask), marked(held).events)
    assert "test_replay_versions.py:" in str(caught.value)


def test_the_version_before_the_change_must_be_supported_too(replay: Any) -> None:
    history = HistoryWriter()
    done(history, 3, "a")
    with pytest.raises(NonDeterministicReplayError, match="uses version -1 of change 'tax'"):
        replay(defined(version(1, 2), activity("a")), history.events)


def test_a_change_that_was_renamed_is_reported(replay: Any) -> None:
    with pytest.raises(NonDeterministicReplayError, match="holds version marker 'old' = 2"):
        replay(defined(version(-1, 2), activity("a")), marked(2, change="old").events)
    with pytest.raises(NonDeterministicReplayError, match="holds version marker 'old' = 2"):
        replay(defined(version(-1, 2)), marked(2, change="old").events)


def test_a_change_may_be_added_in_front_of_one_that_runs_have_already(replay: Any) -> None:
    outcome = replay(defined(version(-1, 1), version(1, 2, "old")), marked(2, change="old").events)
    assert result_of(outcome.commands) == [-1, 2]


def test_a_marker_that_moved_is_reported(replay: Any) -> None:
    history = HistoryWriter()
    done(history, 3, "a")
    mark(history, 1, 5)
    with pytest.raises(
        NonDeterministicReplayError, match="holds activity 'a', but the code asks for version marker"
    ):
        replay(defined(patched, activity("a")), history.events)


def test_one_marker_per_call_is_read_while_they_agree(replay: Any) -> None:
    history = marked(2)
    mark(history, 2, 4)
    done(history, 5, "a")
    mark(history, 2, 7)
    code = defined(version(-1, 2), version(-1, 2), activity("a"), version(-1, 2))
    outcome = replay(code, history.events)
    assert [command["type"] for command in outcome.commands] == ["complete_workflow"]
    mark(history, 1, 8)
    with pytest.raises(NonDeterministicReplayError, match="holds version marker 'tax' = 1"):
        replay(code, history.events)


def test_a_marker_can_be_yielded_as_a_command(replay: Any) -> None:
    code = defined(lambda _: RecordVersionMarker("tax", 2, 1, 3))
    assert [command["type"] for command in replay(code).commands] == [
        "record_version_marker",
        "complete_workflow",
    ]
    assert result_of(replay(code, marked(3).events).commands) == [3]


@workflow.defn(name="waits-then-asks")
class WaitsThenAsks:
    def __init__(self) -> None:
        self.open = False

    @workflow.signal("open")
    def opened(self) -> None:
        self.open = True

    def run(self, ctx: workflow.WorkflowContext) -> Any:
        yield ctx.wait_condition(lambda: self.open, key="open")
        return (yield ctx.get_version("tax", -1, 3))


def test_a_wait_that_was_opened_again_hides_no_marker(replay: Any) -> None:
    history = HistoryWriter()
    history.add("ConditionWaitOpened", sequence=3, condition_key="open")
    history.signal("other")
    history.signal("open")
    history.add("ConditionWaitOpened", sequence=6, condition_key="open")
    outcome = replay(WaitsThenAsks, history.events)
    assert [command["type"] for command in outcome.commands] == ["record_version_marker", "complete_workflow"]
    mark(history, 3, 7)
    assert result_of(replay(WaitsThenAsks, history.events).commands) == 3


def test_a_second_wait_of_old_code_is_no_repetition_of_the_first(replay: Any) -> None:
    history = HistoryWriter()
    history.add("ConditionWaitOpened", sequence=3, condition_key="open")
    history.signal("open")
    history.add("ConditionWaitSatisfied", sequence=3)
    history.add("ConditionWaitOpened", sequence=6, condition_key="open")
    with pytest.raises(
        NonDeterministicReplayError, match="holds condition wait 'open', which it never asked for"
    ):
        replay(WaitsThenAsks, history.events)
