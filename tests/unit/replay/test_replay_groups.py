"""The first of several, things begun and waited for later, upserts, new runs, and facts of the run."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from durable_workflow import workflow
from durable_workflow.codec import decode_envelope, encode
from durable_workflow.errors import ActivityFailed, NonDeterministicReplayError
from support.history_writer import START, HistoryWriter, result_of


@workflow.defn(name="racer")
class Racer:
    async def run(self, ctx: workflow.WorkflowContext) -> Any:
        first = await ctx.select(slow=ctx.schedule_activity("slow"), late=ctx.sleep(60))
        return [first.key, first.value]


def written(replay: Any, cls: type, *arguments: Any) -> HistoryWriter:
    history = HistoryWriter()
    history.complete(replay(cls, history.events, *arguments).commands)
    return history


@pytest.mark.parametrize("first", [3, 4])
def test_the_first_in_history_is_selected(replay: Any, first: int) -> None:
    history = written(replay, Racer)
    assert sorted(history.open) == [3, 4]
    for step in (first, 7 - first):
        if step == 3:
            history.complete_activity(3, "value")
        else:
            history.fire(4)
    expected = ["slow", "value"] if first == 3 else ["late", None]
    assert result_of(replay(Racer, history.events).commands) == expected


def test_a_failure_that_is_first_is_raised(replay: Any) -> None:
    history = written(replay, Racer)
    history.fail_activity(3, "broken")
    outcome = replay(Racer, history.events)
    assert isinstance(outcome.failure, ActivityFailed)


@workflow.defn(name="at-once")
class AtOnce:
    def run(self, ctx: workflow.WorkflowContext) -> Any:
        first = yield ctx.select(
            ctx.schedule_activity("a"), ctx.side_effect(lambda: 5), ctx.side_effect(lambda: 6)
        )
        return [first.key, first.value]


def test_what_needs_no_wait_is_first_and_all_are_begun(replay: Any) -> None:
    outcome = replay(AtOnce)
    assert [command["type"] for command in outcome.commands] == [
        "schedule_activity",
        "record_side_effect",
        "record_side_effect",
        "complete_workflow",
    ]
    history = HistoryWriter()
    history.complete(outcome.commands)
    assert result_of(replay(AtOnce, history.events).commands) == [1, 5]


@workflow.defn(name="beginner")
class Beginner:
    def __init__(self) -> None:
        self.seen: list[Any] = []

    async def twice(self, ctx: workflow.WorkflowContext) -> int:
        await ctx.sleep(1)
        await ctx.sleep(1)
        return 2

    async def run(self, ctx: workflow.WorkflowContext) -> Any:
        pay = await ctx.begin(ctx.schedule_activity("pay"))
        timers = await ctx.begin(self.twice(ctx))
        before = [pay.done, timers.done]
        first = await ctx.select(pay=pay, timers=timers)
        after = [pay.done, timers.done]
        return [before, first.key, after, await timers, await pay, await pay]


def test_what_was_begun_can_be_waited_for_later_and_again(replay: Any) -> None:
    history = written(replay, Beginner)
    assert sorted(history.open) == [3, 4]
    history.complete_activity(3, "paid")
    assert replay(Beginner, history.events).commands == ()
    history.fire(4)
    history.complete(replay(Beginner, history.events).commands)
    history.fire(max(history.open))
    assert result_of(replay(Beginner, history.events).commands) == [
        [False, False],
        "pay",
        [True, False],
        2,
        "paid",
        "paid",
    ]


@workflow.defn(name="forgetful")
class Forgetful:
    def run(self, ctx: workflow.WorkflowContext) -> Any:
        yield ctx.begin(ctx.schedule_activity("fails"))
        yield ctx.begin([ctx.schedule_activity("also")])
        yield ctx.sleep(1)
        return "done"


def test_a_failure_that_nobody_waits_for_is_ignored(replay: Any) -> None:
    history = written(replay, Forgetful)
    history.fail_activity(3, "nobody cares")
    history.fire(5)
    assert result_of(replay(Forgetful, history.events).commands) == "done"


@workflow.defn(name="upserter")
class Upserter:
    def run(self, ctx: workflow.WorkflowContext) -> Any:
        first = yield ctx.upsert_search_attributes({"stage": "one"})
        second = yield ctx.upsert_memo({"note": [1]})
        yield ctx.sleep(1)
        return [first, second]


def test_upserts_go_on_at_once_and_are_asked_for_once(replay: Any) -> None:
    outcome = replay(Upserter)
    assert [command["type"] for command in outcome.commands] == [
        "upsert_search_attributes",
        "upsert_memo",
        "start_timer",
    ]
    history = HistoryWriter()
    history.complete(outcome.commands)
    assert replay(Upserter, history.events).commands == ()
    history.fire(5)
    assert result_of(replay(Upserter, history.events).commands) == [None, None]


def test_upserts_of_another_kind_are_reported(replay: Any) -> None:
    history = HistoryWriter()
    history.add("MemoUpserted", sequence=3, entries={})
    with pytest.raises(NonDeterministicReplayError, match=r"holds upsert of the memo, but .* of search attr"):
        replay(Upserter, history.events)


def test_values_that_the_codec_refuses_fail_the_workflow(replay: Any) -> None:
    @workflow.defn(name="refused")
    class Refused:
        def run(self, ctx: workflow.WorkflowContext) -> Any:
            yield ctx.upsert_memo({"note": object()})

    (command,) = replay(Refused).commands
    assert command["type"] == "fail_workflow"
    assert "upsert of the memo cannot be encoded" in command["message"]


@workflow.defn(name="next-run")
class NextRun:
    def run(self, ctx: workflow.WorkflowContext, style: str, number: int) -> Any:
        again = ctx.continue_as_new(style, number + 1)
        return again if style == "plain" else self.go(again, style)

    def go(self, again: Any, style: str) -> Any:
        if style == "yield":
            yield again
            raise AssertionError("nothing runs after it")
        yield []
        return again


@pytest.mark.parametrize("style", ["plain", "yield", "return"])
def test_a_run_goes_on_in_a_new_one(replay: Any, style: str) -> None:
    outcome = replay(NextRun, (), style, 1)
    (command,) = outcome.commands
    assert command["type"] == "continue_as_new"
    assert decode_envelope(command["arguments"]) == [style, 2]
    assert outcome.finished
    history = HistoryWriter()
    history.add("WorkflowContinuedAsNew", sequence=3, continued_to_run_id="r2")
    assert replay(NextRun, history.events, style, 1).commands == outcome.commands


def test_the_documented_replay_gives_commands_as_values() -> None:
    outcome = workflow.replay(NextRun, [], ["plain", 1])
    assert outcome.commands == [workflow.ContinueAsNew(None, ["plain", 2])]
    assert outcome.finished
    assert outcome.failure is None


@workflow.defn(name="informed")
class Informed:
    async def run(self, ctx: workflow.WorkflowContext) -> Any:
        start = ctx.info
        lengths = [start.history_length]
        for _ in range(2):
            await ctx.sleep(1)
            lengths.append(ctx.info.history_length)
        assert start.started_at == START + timedelta(seconds=2)
        return [
            lengths,
            start.attempt,
            start.parent_workflow_id,
            start.parent_run_id,
            start.continued_from_run_id,
        ]


def test_facts_of_the_run_come_from_history(replay: Any) -> None:
    history = HistoryWriter()
    history.events[1]["payload"].update(
        retry_attempt=3, parent_workflow_instance_id="p", parent_workflow_run_id="pr"
    )
    history.complete(replay(Informed, history.events).commands)
    history.add("SomethingNew")
    history.fire(3)
    history.complete(replay(Informed, history.events).commands)
    history.fire(6)
    outcome = replay(Informed, history.events)
    assert result_of(outcome.commands) == [[2, 5, 7], 3, "p", "pr", None]


@pytest.mark.parametrize(("length", "suggested"), [(9_999, False), (10_000, True)])
def test_a_long_history_suggests_a_new_run(length: int, suggested: bool) -> None:
    info = workflow.WorkflowInfo("w", "r", "q", history_length=length)
    assert info.continue_as_new_suggested is suggested


def test_an_activity_result_may_be_null(replay: Any) -> None:
    history = written(replay, Racer)
    history.add("ActivityCompleted", sequence=3, result=encode(None))
    assert result_of(replay(Racer, history.events).commands) == ["slow", None]
