"""The part ``waits``: what the run waited for, from the events that began and ended each wait."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from durable_workflow.server.engine.exports.record import Entry, Record
from durable_workflow.server.engine.timestamps import precise
from durable_workflow.server.store import activities, activity_tasks, timers

__all__ = ["exported_waits"]

Wait = dict[str, Any]

# ended by: how the wait is then, and what it waited for
_ENDS = {
    "ActivityCompleted": ("resolved", "completed"),
    "ActivityFailed": ("resolved", "failed"),
    "ActivityTimedOut": ("resolved", "timed_out"),
    "ActivityCancelled": ("cancelled", "cancelled"),
    "TimerFired": ("resolved", "fired"),
    "TimerCancelled": ("cancelled", "cancelled"),
    "ConditionWaitSatisfied": ("resolved", "satisfied"),
    "ConditionWaitTimedOut": ("resolved", "timed_out"),
    "ChildRunCompleted": ("resolved", "completed"),
    "ChildRunFailed": ("resolved", "failed"),
    "ChildRunCancelled": ("resolved", "cancelled"),
    "ChildRunTerminated": ("resolved", "terminated"),
    "UpdateCompleted": ("resolved", "completed"),
}


def exported_waits(record: Record) -> list[Wait]:
    """Return all waits in the order in which they began."""
    waits: dict[str, Wait] = {}
    for entry in record.entries:
        if entry.kind in _BEGINNINGS:
            _begin(record, waits, entry)
        elif entry.kind in _ENDS:
            _end(waits, entry)
        if entry.payload.get("timer_kind") == "condition_timeout":
            _limit(waits, entry)
    for wait in waits.values():
        _leave(record, wait)
        wait["summary"] = _summary(wait)
    return list(waits.values())


def _begin(record: Record, waits: dict[str, Wait], entry: Entry) -> None:
    if "timer_kind" in entry.payload:
        return
    wait = _BEGINNINGS[entry.kind](entry.payload)
    command = record.command_of(entry)
    waits[wait["id"]] = {
        **wait,
        "sequence": entry.payload.get("sequence"),
        "status": "open",
        "opened_at": precise(entry.event.recorded_at),
        "resolved_at": None,
        "timeout_fired_at": None,
        "task_id": None,
        "task_type": None,
        "task_status": None,
        "command_id": None if command is None else command.command_id,
        "command_sequence": None if command is None else command.sequence,
        "command_status": None if command is None else command.status,
        "command_outcome": None if command is None else command.outcome,
        "history_authority": "typed_history",
        "history_unsupported_reason": None,
    }


def _wait(kind: str, wait_id: str, target: Any, source: tuple[str, Any], **members: Any) -> Wait:
    return {
        "id": wait_id,
        "kind": kind,
        "source_status": members.pop("source_status", "pending"),
        "deadline_at": members.pop("deadline_at", None),
        "target_name": target,
        "target_type": kind,
        "task_backed": kind in ("activity", "timer"),
        "external_only": kind == "condition",
        "resume_source_kind": source[0],
        "resume_source_id": source[1],
        **members,
    }


def _activity(payload: dict[str, Any]) -> Wait:
    execution = payload["activity_execution_id"]
    source = ("activity_execution", execution)
    return _wait("activity", f"activity:{execution}", payload["activity_type"], source)


def _timer(payload: dict[str, Any]) -> Wait:
    timer = payload["timer_id"]
    return _wait("timer", f"timer:{timer}", None, ("timer", timer), deadline_at=payload["fire_at"])


def _condition(payload: dict[str, Any]) -> Wait:
    key = payload.get("condition_key")
    return _wait(
        "condition",
        payload["condition_wait_id"],
        key,
        ("external_input", None),
        source_status="waiting",
        condition_wait_id=payload["condition_wait_id"],
        condition_key=key,
        condition_definition_fingerprint=payload.get("condition_definition_fingerprint"),
        timeout_seconds=payload.get("timeout_seconds"),
    )


def _child(payload: dict[str, Any]) -> Wait:
    source = ("child_workflow_run", payload["child_workflow_run_id"])
    return _wait("child", f"child:{payload['child_call_id']}", payload["child_workflow_type"], source)


def _update(payload: dict[str, Any]) -> Wait:
    update = payload["update_id"]
    source = ("workflow_update", update)
    members = {"update_id": update, "source_status": "accepted"}
    return _wait("update", f"update:{update}", payload["update_name"], source, **members)


_BEGINNINGS: dict[str, Callable[[dict[str, Any]], Wait]] = {
    "ActivityScheduled": _activity,
    "TimerScheduled": _timer,
    "ConditionWaitOpened": _condition,
    "ChildWorkflowScheduled": _child,
    "UpdateAccepted": _update,
}
_NAMES = (
    ("activity_execution_id", "activity:"),
    ("condition_wait_id", ""),
    ("child_call_id", "child:"),
    ("update_id", "update:"),
    ("timer_id", "timer:"),
)


def _wait_of(waits: dict[str, Wait], entry: Entry) -> Wait | None:
    names = (f"{prefix}{entry.payload[name]}" for name, prefix in _NAMES if name in entry.payload)
    return waits.get(next(names, ""))


def _end(waits: dict[str, Wait], entry: Entry) -> None:
    wait = _wait_of(waits, entry)
    if wait is None or (entry.kind == "TimerCancelled" and wait["kind"] == "condition"):
        return
    status, source_status = _ENDS[entry.kind]
    if entry.kind == "TimerFired" and wait["kind"] == "condition":
        source_status = "timed_out"
        wait["timeout_fired_at"] = precise(entry.event.recorded_at)
    if entry.kind == "UpdateCompleted" and "failure_id" in entry.payload:
        source_status = "failed"
    wait.update(status=status, source_status=source_status, resolved_at=precise(entry.event.recorded_at))
    if entry.kind == "UpdateCompleted":
        wait["sequence"] = entry.payload.get("sequence")


def _limit(waits: dict[str, Wait], entry: Entry) -> None:
    wait = waits.get(entry.payload["condition_wait_id"])
    if wait is not None:
        wait["deadline_at"] = entry.payload["fire_at"]


def _leave(record: Record, wait: Wait) -> None:
    """Say what becomes of a wait that no event ended: its task will end it, or its run ended before."""
    if wait["status"] != "open":
        return
    if not record.run.is_open:
        closed_at = precise(record.run.closed_at)
        wait.update(status="cancelled", source_status="cancelled", resolved_at=closed_at)
        return
    if wait["kind"] == "activity":
        _find_activity_task(record, wait)
    if wait["kind"] == "timer":
        timer = timers.find_timer(record.tx, wait["resume_source_id"])
        if timer is not None:
            wait.update(task_id=timer.task_id, task_type="timer", task_status="ready")


def _find_activity_task(record: Record, wait: Wait) -> None:
    activity = activities.find_activity(record.tx, wait["resume_source_id"])
    if activity is None or activity.task_id is None:
        return
    wait["source_status"] = activity.status
    task = activity_tasks.find_task(record.tx, activity.task_id)
    if task is not None:
        wait.update(task_id=task.task_id, task_type="activity", task_status=task.status)


def _summary(wait: Wait) -> str:
    name = f" {wait['target_name']}" if wait["target_name"] else ""
    if wait["status"] == "open":
        return f"Waiting for {wait['kind']}{name}."
    return f"{wait['kind'].capitalize()}{name} {wait['source_status'].replace('_', ' ')}."
