"""The parts ``tasks``, ``activities`` and ``timers``: the work that the run caused."""

from __future__ import annotations

from typing import Any

from durable_workflow.server.engine.exports.record import Record
from durable_workflow.server.engine.refusals import from_json
from durable_workflow.server.engine.timestamps import precise
from durable_workflow.server.store import Transaction, activities, activity_tasks, timers, workflow_tasks
from durable_workflow.server.store.activities import Activity, Attempt
from durable_workflow.server.store.activity_tasks import ActivityTask
from durable_workflow.server.store.timers import Timer
from durable_workflow.server.store.workflow_tasks import WorkflowTask

__all__ = ["exported_activities", "exported_tasks", "exported_timers"]


def exported_tasks(record: Record) -> list[dict[str, Any]]:
    """Return the tasks of the run: workflow tasks, then those of its activities, then its timers'."""
    tx = record.tx
    found = [_workflow_task(task) for task in workflow_tasks.tasks_of(tx, record.run.run_id)]
    found += [_activity_task(task) for task in _activity_tasks(record)]
    return found + [_timer_task(record, timer) for timer in _timers(record)]


def _task(task: WorkflowTask | ActivityTask, kind: str, payload: Any, attempts: int) -> dict[str, Any]:
    return {
        "id": task.task_id,
        "type": kind,
        "status": task.status,
        "payload": payload,
        "connection": None,
        "queue": task.task_queue,
        "compatibility": task.compatibility,
        "attempt_count": attempts,
        "repair_count": 0,
        "available_at": precise(task.available_at),
        "leased_at": precise(task.leased_at),
        "lease_owner": task.lease_owner,
        "lease_expires_at": precise(task.lease_expires_at),
        **_UNDISPATCHED,
    }


# Tasks wait in the store until a worker asks for one; nobody sends them anywhere.
_UNDISPATCHED = dict.fromkeys(
    (
        "last_dispatch_attempt_at",
        "last_dispatched_at",
        "last_dispatch_error",
        "last_claim_failed_at",
        "last_claim_error",
        "repair_available_at",
    )
)


def _workflow_task(task: WorkflowTask) -> dict[str, Any]:
    return _task(task, "workflow", from_json(task.context), task.attempt)


def _activity_task(task: ActivityTask) -> dict[str, Any]:
    return _task(
        task, "activity", {"activity_execution_id": task.execution_id}, int(task.leased_at is not None)
    )


def _activity_tasks(record: Record) -> list[ActivityTask]:
    ids = dict.fromkeys(activity.task_id for activity in _activities(record))
    for entry in record.of("ActivityRetryScheduled"):
        ids[entry.payload.get("retry_of_task_id")] = None
    tasks = (activity_tasks.find_task(record.tx, task_id) for task_id in ids if task_id is not None)
    return sorted((task for task in tasks if task is not None), key=lambda task: task.task_id)


def _timer_task(record: Record, timer: Timer) -> dict[str, Any]:
    status = {"pending": "ready", "fired": "completed"}.get(timer.status, timer.status)
    return {
        "id": timer.task_id,
        "type": "timer",
        "status": status,
        "payload": {"timer_id": timer.timer_id},
        "connection": None,
        "queue": record.run.task_queue,
        "compatibility": record.run.compatibility,
        "attempt_count": int(status == "completed"),
        "repair_count": 0,
        "available_at": precise(timer.fire_at),
        "leased_at": None,
        "lease_owner": None,
        "lease_expires_at": None,
        **_UNDISPATCHED,
    }


def _activities(record: Record) -> list[Activity]:
    ids = (entry.payload["activity_execution_id"] for entry in record.of("ActivityScheduled"))
    found = (activities.find_activity(record.tx, execution_id) for execution_id in ids)
    return [activity for activity in found if activity is not None]


def exported_activities(record: Record) -> list[dict[str, Any]]:
    """Return the activities of the run with all their attempts."""
    attempts: dict[str, list[str]] = {}
    for entry in record.of("ActivityStarted"):
        claimed = attempts.setdefault(entry.payload["activity_execution_id"], [])
        claimed.append(entry.payload["activity_attempt_id"])
    return [
        _activity(activity) | {"attempts": _attempts(record.tx, attempts.get(activity.execution_id, []))}
        for activity in _activities(record)
    ]


def _activity(activity: Activity) -> dict[str, Any]:
    return {
        "id": activity.execution_id,
        "sequence": activity.step,
        "type": activity.activity_type,
        "class": activity.activity_type,
        "status": activity.status,
        "queue": activity.task_queue,
        "attempt_count": activity.attempt_count,
        "current_attempt_id": activity.attempt_id,
        "retry_policy": from_json(activity.policy),
        "arguments": activity.arguments,
        "result": activity.result,
        "exception": from_json(activity.exception),
        "created_at": precise(activity.created_at),
        "started_at": precise(activity.started_at),
        "closed_at": precise(activity.closed_at),
        "last_heartbeat_at": precise(activity.last_heartbeat_at),
    }


def _attempts(tx: Transaction, ids: list[str]) -> list[dict[str, Any]]:
    found = (activities.find_attempt(tx, attempt_id) for attempt_id in ids)
    return [_attempt(attempt) for attempt in found if attempt is not None]


def _attempt(attempt: Attempt) -> dict[str, Any]:
    return {
        "id": attempt.attempt_id,
        "attempt_number": attempt.attempt_number,
        "status": attempt.status,
        "task_id": attempt.task_id,
        "lease_owner": attempt.lease_owner,
        "started_at": precise(attempt.started_at),
        "last_heartbeat_at": precise(attempt.last_heartbeat_at),
        "closed_at": precise(attempt.closed_at),
    }


def _timers(record: Record) -> list[Timer]:
    found = (timers.find_timer(record.tx, entry.payload["timer_id"]) for entry in record.of("TimerScheduled"))
    return [timer for timer in found if timer is not None]


def exported_timers(record: Record) -> list[dict[str, Any]]:
    """Return the timers of the run, those of waits among them."""
    ended = {entry.payload["timer_id"]: entry for entry in record.of("TimerFired", "TimerCancelled")}
    return [
        {
            "id": timer.timer_id,
            "sequence": timer.step,
            "kind": "timer" if timer.condition_wait_id is None else "condition_timeout",
            "status": timer.status,
            "delay_seconds": timer.delay_seconds,
            "fire_at": precise(timer.fire_at),
            "condition_wait_id": timer.condition_wait_id,
            "task_id": timer.task_id,
            "created_at": precise(timer.created_at),
            "closed_at": precise(ended[timer.timer_id].event.recorded_at)
            if timer.timer_id in ended
            else None,
        }
        for timer in _timers(record)
    ]
