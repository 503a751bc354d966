"""One walk past everything that the model knows: chance alone would seldom meet the rarest of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from model.asking import envelope
from model.machine import ServerBesideModel

COMPLETE: dict[str, Any] = {"type": "complete_workflow"}
FAIL: dict[str, Any] = {"type": "fail_workflow", "message": "no stock"}
TIMER: dict[str, Any] = {"type": "start_timer", "delay_seconds": 5}
ACTIVITY: dict[str, Any] = {"type": "schedule_activity", "activity_type": "charge"}
RETRIES = {"max_attempts": 2, "backoff_seconds": [1]}


@pytest.fixture
def machine() -> Iterator[ServerBesideModel]:
    """A server beside the model, compared in full at the end."""
    machine = ServerBesideModel()
    try:
        machine._register("k1", "q1", {"capabilities": ["cancellation_delivery"]})
        yield machine
    finally:
        machine.teardown()


def events(machine: ServerBesideModel) -> set[str]:
    return {event.event_type for run in machine.state.runs for event in run.history}


def start(machine: ServerBesideModel, workflow_id: str, *commands: dict[str, Any], **body: Any) -> None:
    machine._start(workflow_id, {"workflow_type": "order", **body}, None, False)
    machine._serve(0, list(commands), False)


def child(policy: str = "abandon") -> dict[str, Any]:
    return {"type": "start_child_workflow", "workflow_type": "order", "parent_close_policy": policy}


def end(machine: ServerBesideModel, operation: str, pick: int = 0) -> None:
    machine._end(operation, pick, False, {"reason": "enough"}, False)


def test_steps_of_every_kind(machine: ServerBesideModel) -> None:
    start(
        machine,
        "w1",
        {**ACTIVITY, "retry_policy": RETRIES},
        {"type": "start_timer", "delay_seconds": 0},
        {"type": "open_condition_wait", "condition_key": "a"},
        {"type": "record_side_effect", "result": envelope(1)["blob"]},
        {
            "type": "record_version_marker",
            "change_id": "a",
            "version": 1,
            "min_supported": 1,
            "max_supported": 1,
        },
        {"type": "upsert_memo", "entries": envelope({"m": 1})},
        {"type": "upsert_search_attributes", "attributes": {"K": 1}},
    )
    machine._take("Activity", 0, None, False)
    machine._progress(0, {}, {"details": {"i": 1}}, False)
    machine._report(0, {}, {"message": "boom", "type": "E"}, False)
    machine.pass_time(1.0)
    machine._perform(0, None, False)
    machine._signal(0, False, "s", {"input": [1]}, False)
    machine._update(0, False, {"input": [1]}, False)
    machine._serve(0, [{"type": "complete_update", "pick": 0, "result": envelope(1)}], False)
    machine._restart(True, 0.0)
    machine._serve(0, [COMPLETE], False)
    machine._keep_up("archiveWorkflow", 0, {}, False)
    assert events(machine) >= {
        "ActivityCompleted",
        "ActivityHeartbeatRecorded",
        "ActivityRetryScheduled",
        "ArchiveRequested",
        "ConditionWaitSatisfied",
        "MemoUpserted",
        "MessageCursorAdvanced",
        "SearchAttributesUpserted",
        "SideEffectRecorded",
        "SignalReceived",
        "TimerFired",
        "UpdateApplied",
        "UpdateCompleted",
        "VersionMarkerRecorded",
        "WorkflowArchived",
        "WorkflowCompleted",
    }


@pytest.mark.parametrize(
    ("close", "told"),
    [([COMPLETE], "ChildRunCompleted"), ([FAIL], "ChildRunFailed"), ([TIMER], None)],
)
def test_children_that_end_and_their_parents(
    machine: ServerBesideModel, close: list[dict[str, Any]], told: str | None
) -> None:
    start(machine, "w1", child("terminate"))
    machine._serve(0, close, False)
    if told is not None:
        assert told in events(machine)
        machine._serve(0, [FAIL], False)
    else:
        end(machine, "terminateWorkflow")
        assert events(machine) >= {"ParentClosePolicyApplied", "WorkflowTerminated"}


@pytest.mark.parametrize(
    ("operation", "told"),
    [("terminateWorkflow", "ChildRunTerminated"), ("cancelWorkflow", "ChildRunCancelled")],
)
def test_children_that_are_ended(machine: ServerBesideModel, operation: str, told: str) -> None:
    start(machine, "w1", child())
    machine._serve(0, [TIMER], False)
    child_of_w1 = next(place for place, run in enumerate(machine.state.runs) if run.child is not None)
    end(machine, operation, child_of_w1)
    if operation == "cancelWorkflow":
        machine._serve(0, [{"type": "cancel_workflow"}], False)
    assert told in events(machine)
    machine._serve(0, [COMPLETE], False)


def test_a_child_outlives_its_parent_and_is_tried_again(machine: ServerBesideModel) -> None:
    machine._register("k1", "q1", {})
    tried_twice = {"retry_policy": {"max_attempts": 2}, "run_timeout_seconds": 5}
    start(machine, "w1", {**child(), **tried_twice})
    end(machine, "cancelWorkflow")
    machine.pass_time(5.0)
    assert [run.number for run in machine.state.runs] == [1, 1, 2]
    machine._serve(0, [COMPLETE], False)


def test_a_poll_is_repeated_after_its_task_went_to_another_poll(machine: ServerBesideModel) -> None:
    machine._start("w1", {"workflow_type": "order"}, None, False)
    for named in ("a", None, "a"):
        machine._take("Workflow", 0, named, False)
        machine.pass_time(0.0 if named is None else 301.0)
    machine._start("w2", {"workflow_type": "order"}, None, False)
    machine._take("Workflow", 0, "a", False)


@pytest.mark.parametrize("limits", [(5, 3), (3, 5)])
def test_children_that_time_out_while_nobody_looks(
    machine: ServerBesideModel, limits: tuple[int, int]
) -> None:
    retries = {"retry_policy": {"max_attempts": 2}}
    start(machine, "w1", *({**child(), **retries, "run_timeout_seconds": limit} for limit in limits))
    machine.pass_time(61.0)
    machine.pass_time(61.0)
    machine._serve(0, [COMPLETE], False)


def test_what_time_and_operators_end(machine: ServerBesideModel) -> None:
    start(machine, "w1", {**ACTIVITY, "start_to_close_timeout": 4})
    machine._take("Activity", 0, None, False)
    machine.pass_time(4.0)
    machine._keep_up("repairWorkflow", 0, {}, False)
    machine._serve(0, [{"type": "continue_as_new"}], False)
    machine._start("w1", {"workflow_type": "order", "duplicate_policy": "fail"}, None, False)
    end(machine, "cancelWorkflow")
    machine.pass_time(61.0)
    start(machine, "w2", TIMER, ACTIVITY, run_timeout_seconds=3)
    machine.pass_time(3.0)
    assert events(machine) >= {
        "ActivityCancelled",
        "ActivityTimedOut",
        "CancelRequested",
        "RepairRequested",
        "StartRejected",
        "TimerCancelled",
        "WorkflowCancelled",
        "WorkflowContinuedAsNew",
        "WorkflowTimedOut",
    }
