"""Histories recorded from a 1.0 server, replayed with code that fits them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from durable_workflow import workflow
from durable_workflow.codec import decode, decode_envelope
from durable_workflow.errors import ActivityCancelled, ActivityFailed, NonDeterministicReplayError
from durable_workflow.replay import TaskInput, TaskOutcome, replay_task

HISTORIES = Path(__file__).parents[1] / "data" / "histories"


def run(cls: type, name: str, *, events: int | None = None, cause: str | None = None) -> TaskOutcome:
    recorded = json.loads((HISTORIES / f"{name}.json").read_text())
    return replay_task(
        TaskInput(
            definition=workflow.definition_of(cls),
            workflow_id="w",
            run_id=recorded["run_id"],
            arguments=decode(recorded["arguments"]),
            history=recorded["events"][:events],
            task_queue="q",
            resume_source_kind=cause,
        )
    )


def recorded_output(name: str) -> Any:
    events = json.loads((HISTORIES / f"{name}.json").read_text())["events"]
    return decode(events[-1]["payload"]["output"])


def result(outcome: TaskOutcome) -> Any:
    assert [command["type"] for command in outcome.commands] == ["complete_workflow"]
    return decode_envelope(outcome.commands[0]["result"])


@workflow.defn(name="noop")
class Noop:
    def run(self, ctx: workflow.WorkflowContext, *args: Any) -> Any:
        return {"args": list(args)}


@workflow.defn(name="greeter")
class Greeter:
    def run(self, ctx: workflow.WorkflowContext, name: str) -> Any:
        greeting = yield ctx.schedule_activity("greet", [name])
        return {"greeting": greeting, "n": 1, "f": 1.5, "none": None, "list": [1, "a", True]}


@workflow.defn(name="sequence3")
class Sequence3:
    async def run(self, ctx: workflow.WorkflowContext) -> Any:
        value: Any = 1
        value = await ctx.schedule_activity("echo", [value])
        value = await ctx.schedule_activity("echo", [value, 2])
        return await ctx.schedule_activity("echo", [value, 3])


@workflow.defn(name="timer")
class Timer:
    def run(self, ctx: workflow.WorkflowContext, seconds: int) -> Any:
        yield ctx.sleep(seconds)
        return "slept"


@workflow.defn(name="retry")
class Retry:
    async def run(self, ctx: workflow.WorkflowContext, failures: int, attempts: int) -> Any:
        policy = workflow.ActivityRetryPolicy(max_attempts=attempts)
        return await ctx.schedule_activity("flaky", [failures], retry_policy=policy)


@workflow.defn(name="heartbeat")
class Heartbeat:
    async def run(self, ctx: workflow.WorkflowContext, beats: int, pause: float) -> Any:
        return await ctx.schedule_activity("heartbeater", [beats, pause])


@workflow.defn(name="wait_timeout")
class WaitTimeout:
    def __init__(self) -> None:
        self.gone = False

    @workflow.signal("go")
    def go(self) -> None:
        self.gone = True

    def run(self, ctx: workflow.WorkflowContext, timeout: int) -> Any:
        return {"satisfied": (yield ctx.wait_condition(lambda: self.gone, key="go", timeout=timeout))}


@pytest.mark.parametrize(
    ("name", "cls"),
    [
        ("noop", Noop),
        ("greeter", Greeter),
        ("sequence3", Sequence3),
        ("timer", Timer),
        ("retry_then_ok", Retry),
        ("heartbeats", Heartbeat),
        ("wait_timed_out", WaitTimeout),
        ("wait_satisfied", WaitTimeout),
    ],
)
def test_a_completed_run_completes_again_with_the_same_result(name: str, cls: type) -> None:
    assert result(run(cls, name)) == recorded_output(name)


@pytest.mark.parametrize("events", range(2, 12))
def test_every_task_of_a_sequence_asks_for_the_next_step_only(events: int) -> None:
    outcome = run(Sequence3, "sequence3", events=events)
    new_after = {2: "AAZbMV0C", 5: "AA5bWzFdLDJdAg==", 8: "ABZbW1sxXSwyXSwzXQI="}
    if events == 11:
        assert result(outcome) == recorded_output("sequence3")
    elif events in new_after:
        (command,) = outcome.commands
        assert command == {
            "type": "schedule_activity",
            "activity_type": "echo",
            "queue": "q",
            "arguments": {"codec": "avro", "blob": new_after[events]},
        }
    else:
        assert outcome.commands == (), "an activity that is open is not scheduled again"


@workflow.defn(name="parallel")
class Parallel:
    def run(self, ctx: workflow.WorkflowContext) -> Any:
        greetings = [ctx.schedule_activity("greet", [name]) for name in "ab"]
        return (yield [*greetings, ctx.start_timer(1)])


def test_an_unfinished_parallel_group_waits() -> None:
    assert run(Parallel, "parallel_timer_open").commands == ()


def test_steps_that_another_worker_scheduled_twice_are_reported() -> None:
    with pytest.raises(
        NonDeterministicReplayError, match=r"the code ends, but history holds activity 'greet'"
    ):
        run(Parallel, "parallel_scheduled_twice")


@workflow.defn(name="catching")
class Catching:
    async def run(self, ctx: workflow.WorkflowContext, *args: Any) -> Any:
        try:
            return await ctx.schedule_activity(self.activity_type, list(args))
        except (ActivityFailed, ActivityCancelled) as error:
            caught = error
        facts = ("activity_type", "exception_type", "failure_category", "timeout_kind")
        return [type(caught).__name__, *(getattr(caught, fact, None) for fact in facts)]

    activity_type = "flaky"


@workflow.defn(name="catching_slow")
class CatchingSlow(Catching):
    activity_type = "slow"


@workflow.defn(name="catching_beats")
class CatchingBeats(Catching):
    activity_type = "heartbeater"


@pytest.mark.parametrize(
    ("name", "cls", "facts"),
    [
        ("activity_failed", Catching, ["ActivityFailed", "flaky", None, "activity", None]),
        ("activity_failed_after_retries", Catching, ["ActivityFailed", "flaky", None, "activity", None]),
        ("activity_timed_out", CatchingSlow, ["ActivityFailed", "slow", None, "timeout", "start_to_close"]),
    ],
)
def test_a_closed_activity_is_raised_in_the_code(name: str, cls: type, facts: list[Any]) -> None:
    assert result(run(cls, name)) == facts


def test_an_activity_that_its_cancelled_run_swept_up_is_not_raised_in_the_code() -> None:
    assert run(CatchingBeats, "activity_cancelled").commands == ()


def test_an_activity_failure_that_nobody_catches_fails_the_workflow() -> None:
    outcome = run(Retry, "activity_failed_after_retries")
    (command,) = outcome.commands
    assert command["type"] == "fail_workflow"
    assert command["exception_type"] == "ActivityFailed"
    assert command["exception_class"] == "durable_workflow.errors.ActivityFailed"
    assert isinstance(outcome.failure, ActivityFailed)


@workflow.defn(name="fails")
class Fails:
    def run(self, ctx: workflow.WorkflowContext) -> Any:
        raise ValueError("workflow failed on purpose")


def test_a_failing_workflow_fails_again() -> None:
    (command,) = run(Fails, "workflow_failure").commands
    assert command == {
        "type": "fail_workflow",
        "message": "workflow failed on purpose",
        "exception_type": "ValueError",
        "exception_class": "builtins.ValueError",
        "non_retryable": False,
    }


@workflow.defn(name="approval")
class Approval:
    def __init__(self) -> None:
        self.approved_by: str | None = None
        self.count = 0

    @workflow.signal("approve")
    def approve(self, who: str) -> None:
        self.approved_by = who

    @workflow.signal("bump")
    def bump(self, by: int = 1) -> None:
        self.count += by

    async def run(self, ctx: workflow.WorkflowContext) -> Any:
        await ctx.wait_condition(lambda: self.approved_by is not None, key="approval")
        return {"approved_by": self.approved_by, "count": self.count, "at": ctx.now().isoformat()}


def test_signals_arrive_with_their_arguments_and_a_reopened_wait_is_one_wait() -> None:
    # Event 6 is the approval; what the server wrote afterwards changes nothing.
    assert result(run(Approval, "signals")) == {
        "approved_by": "q",
        "count": 7,
        "at": datetime(2026, 11, 22, 14, 8, 1, 774394, tzinfo=UTC).isoformat(),
    }


def test_a_wait_that_a_signal_left_open_is_opened_again() -> None:
    wait = {"type": "open_condition_wait", "condition_key": "approval"}
    assert run(Approval, "signal_task", cause="workflow_signal").commands == (wait,)
    assert run(Approval, "signal_task").commands == ()


def test_a_signal_between_claim_and_completion_is_applied_at_its_place() -> None:
    events = "signal_between_claim_and_completion"
    assert (
        run(Approval, events, events=6, cause="workflow_signal").commands[0]["type"] == "open_condition_wait"
    )
    assert result(run(Approval, events))["count"] == 6
