"""Condition waits, signals, time and everything else that must not depend on when it is looked at."""

from __future__ import annotations

import logging
from typing import Any

import pytest

from durable_workflow import workflow
from durable_workflow.errors import DurableWorkflowError
from support.history_writer import START, HistoryWriter, result_of

WAIT = {"type": "open_condition_wait"}


class Inbox:
    """Base of workflows that collect signals."""

    def __init__(self) -> None:
        self.items: list[Any] = []

    @workflow.signal("put")
    def put(self, item: Any, *more: Any) -> None:
        self.items.extend([item, *more])


@workflow.defn(name="approval")
class Approval(Inbox):
    def run(self, ctx: workflow.WorkflowContext, timeout: float | None = None) -> Any:
        satisfied = yield ctx.wait_condition(lambda: "yes" in self.items, key="k", timeout=timeout)
        return [satisfied, self.items]


def opened(replay: Any, cls: type = Approval, *arguments: Any) -> HistoryWriter:
    history = HistoryWriter()
    history.complete(replay(cls, history.events, *arguments).commands)
    return history


def test_a_wait_that_is_true_at_once_asks_for_nothing(replay: Any) -> None:
    @workflow.defn(name="true")
    class AtOnce:
        def run(self, ctx: workflow.WorkflowContext) -> Any:
            return (yield ctx.wait_condition(lambda: True))

    outcome = replay(AtOnce)
    assert result_of(outcome.commands) is True
    assert len(outcome.commands) == 1


def test_a_timeout_of_zero_only_looks_and_fractions_round_up(replay: Any) -> None:
    assert result_of(replay(Approval, [], 0).commands) == [False, []]
    (command,) = replay(Approval, [], 1.2).commands
    assert command == {**WAIT, "condition_key": "k", "timeout_seconds": 2}


def test_a_wait_times_out_with_false(replay: Any) -> None:
    history = opened(replay, Approval, 5)
    assert replay(Approval, history.events, 5).commands == ()
    history.fire(3)
    assert result_of(replay(Approval, history.events, 5).commands) == [False, []]


def test_a_late_timeout_of_a_satisfied_wait_is_ignored(replay: Any) -> None:
    history = opened(replay, Approval, 5)
    history.signal("put", "yes")
    history.fire(3)
    assert result_of(replay(Approval, history.events, 5).commands) == [True, ["yes"]]


def test_a_signal_task_opens_the_wait_again_until_it_is_true(replay: Any) -> None:
    history = opened(replay)
    for _ in range(3):
        history.signal("put", "no")
        outcome = replay(Approval, history.events, resume_source_kind="workflow_signal")
        assert outcome.commands == ({**WAIT, "condition_key": "k"},)
        history.complete(outcome.commands, by_signal=True)
        assert replay(Approval, history.events).commands == ()
    history.signal("put", "yes")
    outcome = replay(Approval, history.events, resume_source_kind="workflow_signal")
    assert result_of(outcome.commands) == [True, ["no", "no", "no", "yes"]]


def test_the_first_timeout_of_a_reopened_wait_counts(replay: Any) -> None:
    history = opened(replay, Approval, 5)
    history.signal("put", "no")
    history.complete(replay(Approval, history.events, 5, resume_source_kind="workflow_signal").commands)
    assert history.events[-2]["event_type"] == "ConditionWaitOpened"
    history.fire(3)
    assert result_of(replay(Approval, history.events, 5).commands) == [False, ["no"]]


@workflow.defn(name="loop")
class Loop(Inbox):
    async def run(self, ctx: workflow.WorkflowContext) -> Any:
        taken = []
        for _ in range(2):
            if not await ctx.wait_condition(lambda: "go" in self.items, timeout=5):
                return [*taken, "too late"]
            self.items.remove("go")
            taken.append("go")
        return taken


def test_the_timer_of_a_reopened_wait_does_not_end_the_next_equal_wait(replay: Any) -> None:
    history = opened(replay, Loop)
    history.signal("put", "no")
    reopened = replay(Loop, history.events, resume_source_kind="workflow_signal").commands
    assert len(reopened) == 1
    history.complete(reopened, by_signal=True)
    old, reopen = (
        e["payload"]["sequence"] for e in history.events if e["event_type"] == "ConditionWaitOpened"
    )
    history.signal("put", "go")
    second = replay(Loop, history.events, resume_source_kind="workflow_signal").commands
    assert [c["type"] for c in second] == ["open_condition_wait"], "the second round waits by itself"
    history.complete(second, by_signal=True)
    history.fire(old)
    history.fire(reopen)
    assert replay(Loop, history.events).commands == ()
    (own,) = history.open
    history.fire(own)
    assert result_of(replay(Loop, history.events).commands) == ["go", "too late"]


@workflow.defn(name="token")
class Token(Inbox):
    async def take(self, ctx: workflow.WorkflowContext, name: str) -> Any:
        await ctx.wait_condition(lambda: bool(self.items), key=name)
        return name, self.items.pop()

    async def run(self, ctx: workflow.WorkflowContext) -> Any:
        first, second = await ctx.gather(self.take(ctx, "a"), self.take(ctx, "b"))
        return [list(first), list(second)]


def test_one_item_ends_one_of_two_waits(replay: Any) -> None:
    history = opened(replay, Token)
    history.signal("put", 1)
    (again,) = replay(Token, history.events, resume_source_kind="workflow_signal").commands
    assert again["condition_key"] == "b", "the server would take the newest open wait for satisfied"
    history.complete([again], by_signal=True)
    history.signal("put", 2)
    outcome = replay(Token, history.events, resume_source_kind="workflow_signal")
    assert result_of(outcome.commands) == [["a", 1], ["b", 2]]


def test_a_predicate_that_raises_raises_at_the_wait(replay: Any) -> None:
    @workflow.defn(name="raises")
    class Raises(Inbox):
        async def run(self, ctx: workflow.WorkflowContext) -> Any:
            try:
                await ctx.wait_condition(lambda: self.items and 1 // self.items[0])
            except ZeroDivisionError:
                return "caught"

    history = opened(replay, Raises)
    history.signal("put", 0)
    assert result_of(replay(Raises, history.events).commands) == "caught"


@pytest.mark.parametrize("member", ["value", "input", "arguments"])
def test_arguments_of_signals_are_found_where_servers_keep_them(replay: Any, member: str) -> None:
    from durable_workflow.codec import envelope

    history = opened(replay)
    history.signal("put", "overridden")
    history.events[-1]["payload"][member] = envelope(["yes", "more"])
    assert result_of(replay(Approval, history.events).commands) == [True, ["yes", "more"]]
    history.events[-1]["payload"][member] = envelope("yes")
    assert result_of(replay(Approval, history.events).commands) == [True, ["yes"]]


def test_unknown_signals_are_ignored_and_a_failing_handler_fails_the_task(replay: Any) -> None:
    history = opened(replay)
    history.signal("unheard", 1)
    assert replay(Approval, history.events).commands == ()
    history.signal("put")
    with pytest.raises(DurableWorkflowError, match=r"signal 'put', Approval.put, raised TypeError.*event 5"):
        replay(Approval, history.events)


def test_signals_are_applied_between_the_results_around_them(replay: Any) -> None:
    @workflow.defn(name="between")
    class Between(Inbox):
        async def run(self, ctx: workflow.WorkflowContext) -> Any:
            seen = []
            for _ in range(3):
                await ctx.schedule_activity("a")
                seen.append(len(self.items))
            return seen

    history = opened(replay, Between)
    for step, signals in ((3, 0), (6, 2), (11, 1)):
        for _ in range(signals):
            history.signal("put", 1)
        history.complete_activity(step, None)
        history.complete(replay(Between, history.events).commands)
    assert result_of(replay(Between, history.events).commands) == [0, 2, 3]


@workflow.defn(name="clock")
class Clock:
    def run(self, ctx: workflow.WorkflowContext) -> Any:
        times = [ctx.now()]
        yield ctx.side_effect(lambda: 1)
        times.append(ctx.now())
        yield ctx.sleep(1)
        times.append(ctx.now())
        chance = [ctx.random().random(), str(ctx.uuid4()), ctx.info.run_id]
        return [*((each - START).total_seconds() for each in times), *chance]


def test_time_is_that_of_the_newest_event_seen_and_chance_follows_the_run_id(replay: Any) -> None:
    history = opened(replay, Clock)
    history.fire(4)
    first = result_of(replay(Clock, history.events).commands)
    assert first[:3] == [2, 2, 5]
    assert result_of(replay(Clock, history.events).commands) == first
    other = result_of(replay(Clock, history.events, run_id="another").commands)
    assert other[3:5] != first[3:5]


def test_uuids_of_version_7_sort_by_time(replay: Any) -> None:
    @workflow.defn(name="uuids")
    class Uuids:
        def run(self, ctx: workflow.WorkflowContext) -> Any:
            ids = [ctx.uuid7(), ctx.uuid7()]
            yield ctx.sleep(1)
            ids.append(ctx.uuid7())
            assert {each.version for each in ids} == {7}
            return [str(each) for each in ids]

    history = opened(replay, Uuids)
    history.fire(3)
    ids = result_of(replay(Uuids, history.events).commands)
    assert ids == sorted(set(ids))
    assert int(ids[0].replace("-", "")[:12], 16) == (START.timestamp() + 2) * 1000
    assert result_of(replay(Uuids, history.events).commands) == ids


def test_the_logger_is_silent_while_replaying(replay: Any, caplog: pytest.LogCaptureFixture) -> None:
    @workflow.defn(name="logs")
    class Logs:
        async def run(self, ctx: workflow.WorkflowContext) -> Any:
            ctx.logger.info("first")
            try:
                await ctx.schedule_activity("a")
                ctx.logger.info("second")
            finally:
                ctx.logger.info("end")

    caplog.set_level(logging.INFO, "durable_workflow.workflow")
    history = opened(replay, Logs)
    assert [record.message for record in caplog.records] == ["first"]
    caplog.clear()
    history.complete_activity(3, None)
    history.complete(replay(Logs, history.events).commands)
    assert [record.message for record in caplog.records] == ["second", "end"]
    assert caplog.records[0].workflow_id == "w"
    caplog.clear()
    replay(Logs, history.events)
    assert caplog.records == []


def test_code_that_is_dropped_cannot_disturb(replay: Any) -> None:
    @workflow.defn(name="stubborn")
    class Stubborn:
        async def child(self, ctx: workflow.WorkflowContext) -> None:
            try:
                await ctx.sleep(1)
            finally:
                await ctx.schedule_activity("cleanup")

        async def run(self, ctx: workflow.WorkflowContext) -> Any:
            try:
                await ctx.gather(self.child(ctx), ctx.schedule_activity("new"), self.child(ctx))
            except BaseException:
                await ctx.sleep(1)

    history = HistoryWriter()
    assert [c["type"] for c in replay(Stubborn, history.events).commands] == [
        "start_timer",
        "schedule_activity",
        "start_timer",
    ]
    history.add("ActivityScheduled", sequence=3, activity_type="old")
    with pytest.raises(DurableWorkflowError):
        replay(Stubborn, history.events)


@workflow.defn(name="two limits")
class TwoLimits(Inbox):
    async def run(self, ctx: workflow.WorkflowContext) -> Any:
        return await ctx.gather(self.first(ctx), self.second(ctx))

    async def first(self, ctx: workflow.WorkflowContext) -> bool:
        return await ctx.wait_condition(lambda: "go" in self.items, key="k", timeout=5)

    async def second(self, ctx: workflow.WorkflowContext) -> bool:
        await ctx.schedule_activity("a")
        return await ctx.wait_condition(lambda: "go" in self.items, key="k", timeout=9)


def test_a_reopened_wait_is_not_taken_for_another_one_of_its_name(replay: Any) -> None:
    history = opened(replay, TwoLimits)
    history.signal("put", "no")
    reopened = replay(TwoLimits, history.events, resume_source_kind="workflow_signal").commands
    # The activity ends while the task is out: what follows it is replayed before the wait's repetition.
    history.complete_activity(4, 1)
    history.complete(reopened)
    (command,) = replay(TwoLimits, history.events).commands
    assert command == {**WAIT, "condition_key": "k", "timeout_seconds": 9}
    history.complete([command])
    assert replay(TwoLimits, history.events).commands == ()
