"""Commands on the wire, and the values that are refused before they get there."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from durable_workflow import activity, workflow
from durable_workflow.errors import ApplicationError, DefinitionError, NonRetryableError
from durable_workflow.workflow import ActivityRetryPolicy, FailWorkflow, ScheduleActivity, StartTimer


def test_an_activity_with_everything() -> None:
    policy = ActivityRetryPolicy(max_attempts=4, non_retryable_error_types=["Fatal"])
    command = ScheduleActivity("pay", [1, "two"], "fast", policy, 30, 2.5, timedelta(minutes=1), 10)
    assert command.to_server_command("q") == {
        "type": "schedule_activity",
        "activity_type": "pay",
        "arguments": {"codec": "avro", "blob": "ABJbMSwidHdvIl0C"},
        "queue": "fast",
        "retry_policy": {
            "max_attempts": 4,
            "backoff_seconds": [1, 2, 4],
            "non_retryable_error_types": ["Fatal"],
        },
        "start_to_close_timeout": 30,
        "schedule_to_start_timeout": 3,
        "schedule_to_close_timeout": 60,
        "heartbeat_timeout": 10,
    }


def test_an_activity_with_nothing_runs_on_the_queue_of_the_run() -> None:
    wire = ScheduleActivity("pay", []).to_server_command("q", payload_codec="avro")
    assert wire == {
        "type": "schedule_activity",
        "activity_type": "pay",
        "arguments": {"codec": "avro", "blob": "AARbXQI="},
        "queue": "q",
    }


@pytest.mark.parametrize(
    ("policy", "pauses"),
    [
        (ActivityRetryPolicy(), [1, 2]),
        (ActivityRetryPolicy(max_attempts=1), []),
        (ActivityRetryPolicy(max_attempts=4, initial_interval_seconds=0.3), [1, 1, 2]),
        (ActivityRetryPolicy(max_attempts=5, maximum_interval_seconds=3.5), [1, 2, 4, 4]),
        (ActivityRetryPolicy(max_attempts=4, backoff_coefficient=1), [1, 1, 1]),
        (ActivityRetryPolicy(max_attempts=9, backoff_seconds=[0, 0.5]), [0, 1]),
    ],
)
def test_pauses_are_whole_seconds_rounded_up(policy: ActivityRetryPolicy, pauses: list[int]) -> None:
    assert policy.to_wire()["backoff_seconds"] == pauses


def test_pauses_of_many_attempts_stay_a_short_list_of_sane_numbers() -> None:
    pauses = ActivityRetryPolicy(max_attempts=10**6, backoff_coefficient=10).pauses()
    assert len(pauses) == 100
    assert max(pauses) == 365 * 24 * 3600


@pytest.mark.parametrize(
    "arguments",
    [
        {"max_attempts": 0},
        {"initial_interval_seconds": -1},
        {"initial_interval_seconds": float("nan")},
        {"backoff_coefficient": 0},
        {"maximum_interval_seconds": -1},
        {"backoff_seconds": [-1]},
    ],
)
def test_a_policy_that_makes_no_sense_is_refused(arguments: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=next(iter(arguments))):
        ActivityRetryPolicy(**arguments)


def test_wrong_types_are_refused() -> None:
    with pytest.raises(TypeError, match="max_attempts must be an integer"):
        ActivityRetryPolicy(max_attempts=2.5)  # type: ignore[arg-type] # the mistake under test
    with pytest.raises(TypeError, match="not one text"):
        ActivityRetryPolicy(non_retryable_error_types="Fatal")
    with pytest.raises(TypeError, match=r"write \[value\]"):
        ScheduleActivity("pay", "Ada")
    with pytest.raises(TypeError, match="non-empty name"):
        ScheduleActivity(" ", [])
    with pytest.raises(TypeError, match="seconds or a timedelta, not bool"):
        StartTimer(True)
    with pytest.raises(TypeError, match=r"lambda: self\.approved"):
        workflow.WaitCondition(True)  # type: ignore[arg-type] # the mistake under test

    async def predicate() -> bool: ...

    with pytest.raises(TypeError, match="plain function"):
        workflow.WaitCondition(predicate)


@pytest.mark.parametrize(
    ("timeouts", "message"),
    [
        ({"heartbeat_timeout": 0}, "heartbeat_timeout must be at least 1 s"),
        ({"heartbeat_timeout": 3, "start_to_close_timeout": 2}, "heartbeat_timeout .3 s. is longer"),
        (
            {"start_to_close_timeout": 3, "schedule_to_close_timeout": 2},
            "start_to_close_timeout .3 s. is longer",
        ),
        ({"schedule_to_start_timeout": 3, "schedule_to_close_timeout": 2}, "schedule_to_start_timeout .3"),
        ({"start_to_close_timeout": float("inf")}, "finite"),
    ],
)
def test_timeouts_that_the_server_would_refuse_are_refused_here(timeouts: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        ScheduleActivity("pay", [], **timeouts)


@pytest.mark.parametrize(("delay", "seconds"), [(0, 0), (1.2, 2), (0.1 * 30, 3), (timedelta(hours=1), 3600)])
def test_timers_round_up(delay: Any, seconds: int) -> None:
    assert StartTimer(delay).to_server_command("q") == {"type": "start_timer", "delay_seconds": seconds}
    with pytest.raises(ValueError, match="at least 0"):
        StartTimer(-1)


def test_side_effects_are_bare_blobs() -> None:
    assert workflow.RecordSideEffect(42).to_server_command("q") == {
        "type": "record_side_effect",
        "result": "AAQ0MgI=",
    }


class OutOfStock(NonRetryableError):
    """An error of a program."""


def test_failures_name_the_exception() -> None:
    wire = FailWorkflow.from_exception(OutOfStock("no books left")).to_server_command("q")
    assert wire == {
        "type": "fail_workflow",
        "message": "no books left",
        "exception_type": "OutOfStock",
        "exception_class": f"{__name__}.OutOfStock",
        "non_retryable": True,
    }
    assert FailWorkflow.from_exception(KeyError()).message == "KeyError"
    own = FailWorkflow.from_exception(ApplicationError("gone", error_type="Gone", non_retryable=True))
    assert (own.exception_type, own.non_retryable) == ("Gone", True)
    assert FailWorkflow("text", "Type").to_server_command("q")["exception_type"] == "Type"


def test_activities_can_be_named_by_their_function() -> None:
    @activity.defn(name="charge")
    def charge() -> None: ...

    context = workflow.WorkflowContext(workflow.WorkflowInfo("w", "r", "q"), view=None)  # type: ignore[arg-type] # unused
    assert context.schedule_activity(charge).activity_type == "charge"
    with pytest.raises(DefinitionError, match="is no activity"):
        context.schedule_activity(print)
    assert context.uuid4().version == 4


def test_the_door_gives_command_objects() -> None:
    @workflow.defn(name="door")
    class Door:
        def run(self, ctx: workflow.WorkflowContext, *args: Any) -> Any:
            yield ctx.sleep(len(args))

    assert workflow.replay(Door, [], ["a", "b"]).commands == [StartTimer(2)]
    assert workflow.replay(Door, [], "a", run_id="r", payload_codec="avro").commands == [StartTimer(1)]
    assert workflow.replay(Door, [], None).commands == [StartTimer(0)]
    fired = [
        {"event_type": "TimerScheduled", "payload": {"sequence": 1, "delay_seconds": 0}},
        {"event_type": "TimerFired", "payload": {"sequence": 1}},
    ]
    outcome = workflow.replay(Door, fired, [])
    assert outcome.commands == [workflow.CompleteWorkflow(None)]
    assert outcome.finished
