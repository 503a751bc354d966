"""Claiming an activity task: a new attempt, its deadlines, and the task as the worker sees it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from durable_workflow.server.engine import history
from durable_workflow.server.engine.lookup import run_of
from durable_workflow.server.engine.payloads import envelope
from durable_workflow.server.engine.refusals import from_json
from durable_workflow.server.engine.snapshots import activity_note, activity_task_note, present
from durable_workflow.server.engine.timestamps import coarse, precise
from durable_workflow.server.store import Transaction, activities, activity_tasks
from durable_workflow.server.store.activities import Activity, Attempt
from durable_workflow.server.store.activity_tasks import ActivityTask

__all__ = ["claim", "execution_of", "identity", "next_deadline", "rendered", "save"]


def execution_of(tx: Transaction, execution_id: str) -> Activity:
    """Return an execution that some row refers to."""
    activity = activities.find_activity(tx, execution_id)
    if activity is None:
        raise LookupError(f"activity {execution_id} is missing")
    return activity


def next_deadline(activity: Activity) -> float | None:
    """Return when the first time-out of an execution passes, None when none can."""
    if not activity.is_open:
        return None
    moments = [activity.schedule_to_close_deadline_at]
    if activity.status == "pending":
        moments.append(activity.schedule_deadline_at)
    else:
        moments += [activity.close_deadline_at, activity.heartbeat_deadline_at]
    return min((moment for moment in moments if moment is not None), default=None)


def save(tx: Transaction, activity: Activity, **changes: Any) -> Activity:
    """Change an execution, keep its next deadline in step, and return it as it now is."""
    changed = replace(activity, **changes)
    due_at = next_deadline(changed)
    activities.change_activity(tx, activity.execution_id, **changes, due_at=due_at)
    if due_at is not None:
        tx.due(due_at)
    return changed


def identity(activity: Activity, attempt_id: str | None) -> dict[str, Any]:
    """Return the members by which events name an activity and its attempt."""
    return present(
        activity_execution_id=activity.execution_id,
        activity_attempt_id=attempt_id,
        activity_class=activity.activity_type,
        activity_type=activity.activity_type,
        sequence=activity.step,
    )


def claim(tx: Transaction, task: ActivityTask, owner: str, poll_request_id: str | None) -> ActivityTask:
    """Lease a ready task to a worker and begin a new attempt."""
    run, activity = run_of(tx, task.run_id), execution_of(tx, task.execution_id)
    task = _lease(tx, task, owner, poll_request_id)
    activity = _begin_attempt(tx, activity)
    attempt_id = activity.attempt_id or ""
    attempt = Attempt(attempt_id, activity.execution_id, task.task_id, activity.attempt_count, owner, tx.now)
    activities.add_attempt(tx, attempt)
    payload = identity(activity, attempt_id) | {
        "attempt_number": activity.attempt_count,
        "activity": activity_note(run, activity),
    }
    history.append(tx, run, "ActivityStarted", payload, task=activity_task_note(task, activity.attempt_count))
    return task


def _lease(tx: Transaction, task: ActivityTask, owner: str, poll_request_id: str | None) -> ActivityTask:
    lease: dict[str, Any] = {
        "status": "leased",
        "leased_at": tx.now,
        "lease_owner": owner,
        "lease_expires_at": tx.now + tx.settings.activity_lease,
        "poll_request_id": poll_request_id,
    }
    activity_tasks.change_task(tx, task.task_id, **lease)
    tx.due(lease["lease_expires_at"])
    return replace(task, **lease)


def _begin_attempt(tx: Transaction, activity: Activity) -> Activity:
    policy = from_json(activity.policy) or {}
    return save(
        tx,
        activity,
        status="running",
        attempt_count=activity.attempt_count + 1,
        attempt_id=tx.ids.upper(),
        started_at=tx.now,
        last_heartbeat_at=None,
        close_deadline_at=_after(tx, policy.get("start_to_close_timeout")),
        heartbeat_deadline_at=_after(tx, policy.get("heartbeat_timeout")),
    )


def _after(tx: Transaction, seconds: int | None) -> float | None:
    return None if seconds is None else tx.now + seconds


def rendered(tx: Transaction, task: ActivityTask) -> dict[str, Any]:
    """Return a leased task as the worker sees it; members that do not apply are absent."""
    run, activity = run_of(tx, task.run_id), execution_of(tx, task.execution_id)
    return present(
        task_id=task.task_id,
        workflow_id=run.workflow_id,
        run_id=run.run_id,
        activity_execution_id=activity.execution_id,
        activity_attempt_id=activity.attempt_id,
        attempt_number=activity.attempt_count,
        activity_type=activity.activity_type,
        payload_codec=run.payload_codec,
        arguments=envelope(run.payload_codec, activity.arguments),
        retry_policy=from_json(activity.policy),
        task_queue=task.task_queue,
        lease_owner=task.lease_owner,
        lease_expires_at=precise(task.lease_expires_at),
        deadlines=_deadlines(activity) or None,
        last_heartbeat_details=from_json(activity.heartbeat_details),
    )


def _deadlines(activity: Activity) -> dict[str, str]:
    return present(
        schedule_to_start=coarse(activity.schedule_deadline_at),
        start_to_close=coarse(activity.close_deadline_at),
        schedule_to_close=coarse(activity.schedule_to_close_deadline_at),
        heartbeat=coarse(activity.heartbeat_deadline_at),
    )
