"""Steps are matched by their number; what history holds is neither asked for again nor overlooked."""

from __future__ import annotations

from typing import Any

import pytest

from durable_workflow import workflow
from durable_workflow.codec import decode_envelope, encode
from durable_workflow.errors import (
    ActivityFailed,
    DefinitionError,
    DurableWorkflowError,
    NonDeterministicReplayError,
    PayloadDecodeError,
)
from support.history_writer import HistoryWriter, result_of


@workflow.defn(name="parallel")
class Parallel:
    def run(self, ctx: workflow.WorkflowContext) -> Any:
        return (yield [ctx.schedule_activity("a", [n]) for n in range(3)])


@workflow.defn(name="one")
class One:
    async def run(self, ctx: workflow.WorkflowContext) -> Any:
        return await ctx.schedule_activity("new")


def written(replay: Any, cls: type, *arguments: Any) -> HistoryWriter:
    history = HistoryWriter()
    history.complete(replay(cls, history.events, *arguments).commands)
    return history


def test_parallel_results_are_given_by_position(replay: Any) -> None:
    history = written(replay, Parallel)
    for step in (5, 3, 4):
        assert replay(Parallel, history.events).commands == ()
        history.complete_activity(step, 10 - step)
    assert result_of(replay(Parallel, history.events).commands) == [7, 6, 5]


def test_the_failure_that_was_recorded_first_is_raised_at_once(replay: Any) -> None:
    history = written(replay, Parallel)
    history.fail_activity(5, "third")
    outcome = replay(Parallel, history.events)
    history.fail_activity(3, "first")
    assert outcome.commands[0]["message"] == "third (activity a)"
    assert replay(Parallel, history.events).commands == outcome.commands


def test_another_activity_than_in_history_is_reported_with_both_names(replay: Any) -> None:
    history = HistoryWriter()
    history.add("ActivityScheduled", sequence=3, activity_type="old")
    with pytest.raises(NonDeterministicReplayError) as caught:
        replay(One, history.events)
    error = caught.value
    assert (error.expected, error.actual) == ("activity 'old'", "activity 'new'")
    assert error.event == history.events[2]
    assert "step 3 (event 3, ActivityScheduled)" in str(error)
    assert "test_replay_steps.py:" in str(error)
    assert "Remedy" in str(error)


@pytest.mark.parametrize(
    ("event_type", "members"),
    [
        ("TimerScheduled", {"delay_seconds": 1}),
        ("ConditionWaitOpened", {"condition_key": "k"}),
        ("SideEffectRecorded", {"result": encode(1)}),
    ],
)
def test_another_kind_of_step_is_reported(replay: Any, event_type: str, members: dict[str, Any]) -> None:
    history = HistoryWriter()
    history.add(event_type, sequence=3, **members)
    with pytest.raises(NonDeterministicReplayError, match="but the code asks for activity 'new'"):
        replay(One, history.events)


@workflow.defn(name="sleeper")
class Sleeper:
    def run(self, ctx: workflow.WorkflowContext) -> Any:
        yield ctx.sleep(2)
        yield ctx.wait_condition(lambda: False, key="new")


def test_another_delay_and_another_key_are_reported(replay: Any) -> None:
    history = HistoryWriter()
    history.add("TimerScheduled", sequence=3, delay_seconds=1)
    with pytest.raises(
        NonDeterministicReplayError, match="holds timer of 1 s, but the code asks for timer of 2"
    ):
        replay(Sleeper, history.events)
    history = written(replay, Sleeper)
    history.fire(3)
    history.add("ConditionWaitOpened", sequence=5, condition_key="old")
    with pytest.raises(NonDeterministicReplayError, match="holds condition wait 'old'"):
        replay(Sleeper, history.events)


@workflow.defn(name="nothing")
class Nothing:
    def run(self, ctx: workflow.WorkflowContext) -> Any:
        return None


def test_steps_that_the_code_never_asks_for_are_reported(replay: Any) -> None:
    history = written(replay, Parallel)
    with pytest.raises(NonDeterministicReplayError, match="the code ends, but history holds activity 'a'"):
        replay(Nothing, history.events)


def test_a_closed_history_is_not_gone_beyond(replay: Any) -> None:
    history = HistoryWriter()
    history.add("WorkflowCompleted", output=encode(None))
    with pytest.raises(
        NonDeterministicReplayError, match="the run ended there, but the code asks for activity"
    ):
        replay(One, history.events)
    history = written(replay, One)
    history.add("WorkflowCompleted", output=encode(None))
    with pytest.raises(NonDeterministicReplayError, match="asks for something more"):
        replay(One, history.events)
    history.events[-1]["event_type"] = "WorkflowTerminated"
    assert replay(One, history.events).commands == ()


def test_two_kinds_on_one_step_and_ends_without_beginning_are_corruption(replay: Any) -> None:
    history = written(replay, One)
    history.add("TimerScheduled", sequence=3, delay_seconds=1)
    with pytest.raises(NonDeterministicReplayError, match="contradicts itself at event 4"):
        replay(One, history.events)
    history = HistoryWriter()
    history.add("ActivityCompleted", sequence=9, result=encode(1))
    with pytest.raises(NonDeterministicReplayError, match="ends step 9, which no event opened"):
        replay(One, history.events)


def test_only_the_first_end_of_a_step_counts(replay: Any) -> None:
    history = written(replay, One)
    history.complete_activity(3, "first")
    history.add("ActivityFailed", sequence=3, activity_type="new", message="late")
    assert result_of(replay(One, history.events).commands) == "first"


def test_events_of_any_order_unknown_types_and_other_spellings_are_read(replay: Any) -> None:
    history = written(replay, One)
    history.add("SomethingNew", sequence=3)
    history.complete_activity(3, "value")
    for event in history.events:
        event["timestamp"] = event.pop("recorded_at")
        event["payload"].update(parallel_group_id=None)
    last = history.events[-1]["payload"]
    last["result"] = {"codec": "avro", "blob": last["result"]}
    last["payload_codec"] = None
    shuffled = [*reversed(history.events), history.events[0]]
    assert result_of(replay(One, shuffled).commands) == "value"


def test_an_undecodable_result_fails_the_task_not_the_workflow(replay: Any) -> None:
    history = written(replay, One)
    history.add("ActivityCompleted", sequence=3, result="%%%", payload_codec="avro")
    with pytest.raises(PayloadDecodeError):
        replay(One, history.events)


def test_facts_of_a_failure_reach_the_code(replay: Any) -> None:
    seen: list[ActivityFailed] = []

    @workflow.defn(name="catch")
    class Catch:
        def run(self, ctx: workflow.WorkflowContext) -> Any:
            try:
                yield ctx.schedule_activity("pay")
            except ActivityFailed as error:
                seen.append(error)

    history = written(replay, Catch)
    history.fail_activity(
        3,
        "card refused",
        failure_category="activity",
        exception_type="CardRefused",
        non_retryable=True,
        code="402",
        exception={"details": encode({"left": 3}), "details_payload_codec": "avro"},
    )
    assert replay(Catch, history.events).finished
    error = seen[0]
    assert (error.message, error.activity_type, error.exception_type) == (
        "card refused",
        "pay",
        "CardRefused",
    )
    assert (error.non_retryable, error.code, error.details) == (True, "402", {"left": 3})


@workflow.defn(name="side")
class Side:
    calls = 0

    def value(self) -> Any:
        Side.calls += 1
        return {"call": Side.calls}

    async def run(self, ctx: workflow.WorkflowContext) -> Any:
        value = await ctx.side_effect(self.value)
        return await ctx.schedule_activity("use", [value])


def test_a_side_effect_is_computed_once_and_travels_with_the_next_command(replay: Any) -> None:
    Side.calls = 0
    first = replay(Side, HistoryWriter().events)
    assert [command["type"] for command in first.commands] == ["record_side_effect", "schedule_activity"]
    assert first.commands[0]["result"] == encode({"call": 1})
    history = written(replay, Side)
    assert Side.calls == 2
    history.complete_activity(4, "done")
    assert result_of(replay(Side, history.events).commands) == "done"
    assert Side.calls == 2


def test_what_cannot_be_encoded_fails_the_workflow_and_names_the_place(replay: Any) -> None:
    @workflow.defn(name="bad_result")
    class BadResult:
        def run(self, ctx: workflow.WorkflowContext) -> Any:
            return {"items": [1, object()]}

    @workflow.defn(name="bad_argument")
    class BadArgument:
        def run(self, ctx: workflow.WorkflowContext) -> Any:
            try:
                yield ctx.schedule_activity("pay", [object()])
            except Exception:
                return "caught, but history would not know"

    (command,) = replay(BadResult).commands
    assert command["type"] == "fail_workflow"
    assert "the workflow's result cannot be encoded: $.items[1]" in command["message"]
    (command,) = replay(BadArgument).commands
    assert "the arguments of activity 'pay' cannot be encoded: $[0]" in command["message"]


def test_a_side_effect_that_raises_fails_the_workflow(replay: Any) -> None:
    @workflow.defn(name="bad_effect")
    class BadEffect:
        def run(self, ctx: workflow.WorkflowContext) -> Any:
            try:
                yield ctx.side_effect(lambda: 1 // 0)
            except ZeroDivisionError:
                return "caught"

    outcome = replay(BadEffect)
    assert [c["type"] for c in outcome.commands] == ["fail_workflow"]
    assert isinstance(outcome.failure, ZeroDivisionError)


def test_waiting_for_something_else_fails_the_task_with_the_place(replay: Any) -> None:
    @workflow.defn(name="wrong")
    class Wrong:
        def run(self, ctx: workflow.WorkflowContext) -> Any:
            yield 5

    with pytest.raises(
        DefinitionError, match=r"waits for int 5 \(test_replay_steps.py:\d+ in .*Wrong.run: `yield 5`\)"
    ):
        replay(Wrong)


def test_updates_fail_the_task(replay: Any) -> None:
    history = written(replay, One)
    history.add("UpdateApplied", update_name="rename", sequence=3)
    with pytest.raises(DurableWorkflowError, match="update 'rename'"):
        replay(One, history.events)


def test_terminal_commands_can_be_yielded(replay: Any) -> None:
    @workflow.defn(name="ends")
    class Ends:
        def run(self, ctx: workflow.WorkflowContext, good: bool) -> Any:
            yield workflow.CompleteWorkflow("end") if good else workflow.FailWorkflow("bad", "Bad", True)
            raise AssertionError("not reached")

    assert result_of(replay(Ends, [], True).commands) == "end"
    (command,) = replay(Ends, [], False).commands
    assert command == {
        "type": "fail_workflow",
        "message": "bad",
        "exception_type": "Bad",
        "non_retryable": True,
    }


def test_value_framing_is_written_on_request(replay: Any) -> None:
    (command,) = replay(Nothing, [], framing="value").commands
    assert command["result"]["blob"] == "wwHioz3/VYAiNwA="
    assert decode_envelope(command["result"]) is None
