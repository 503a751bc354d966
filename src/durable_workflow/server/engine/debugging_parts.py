"""The parts of a debug report; members without anything to say are left out."""

from __future__ import annotations

from typing import Any

from durable_workflow.server.engine.exports.failures import FAILING, failure_of
from durable_workflow.server.engine.exports.record import Entry
from durable_workflow.server.engine.liveness import Liveness, NextTask
from durable_workflow.server.engine.refusals import from_json
from durable_workflow.server.engine.statuses import bucket_of
from durable_workflow.server.engine.timestamps import precise
from durable_workflow.server.store import Transaction, activities, activity_tasks, events, workflow_tasks
from durable_workflow.server.store.activities import Activity
from durable_workflow.server.store.events import Event
from durable_workflow.server.store.runs import Run
from durable_workflow.server.store.workflow_tasks import WorkflowTask

__all__ = ["execution", "pending_activities", "pending_tasks", "recent_failures"]

_MOST_TASKS = 25
_MOST_FAILURES = 10
_MOST_KEYS = 20
_PREVIEW = 4096


def _told(**members: Any) -> dict[str, Any]:
    return {name: value for name, value in members.items() if value not in (None, "", [], {})}


def execution(tx: Transaction, run: Run, liveness: Liveness, *, with_payload: bool) -> dict[str, Any]:
    """Return how the run stands.

    Args:
        tx: The transaction.
        run: The run.
        liveness: What it waits for.
        with_payload: Whether to show the beginning of the last event's payload.
    """
    last = events.events_after(tx, run.run_id, run.last_sequence - 1, 1)
    return _told(
        status=run.status,
        status_bucket=bucket_of(run.status),
        is_terminal=not run.is_open,
        workflow_type=run.workflow_type,
        task_queue=run.task_queue,
        compatibility=run.compatibility,
        run_number=run.run_number,
        started_at=precise(run.started_at),
        closed_at=precise(run.closed_at),
        last_progress_at=precise(run.last_progress_at),
        wait_kind=liveness.kind,
        wait_reason=liveness.words,
        liveness_state=liveness.state,
        liveness_reason=liveness.reason,
        repair_attention=liveness.state == "repair_needed",
        task_problem=liveness.failure is not None,
        task_problem_badge=liveness.badge,
        last_event=_last_event(last[0], with_payload=with_payload) if last else None,
        next_scheduled_event=_next_event(liveness),
    )


def _last_event(event: Event, *, with_payload: bool) -> dict[str, Any]:
    payload, size = from_json(event.payload), len(event.payload)
    keys = list(payload)
    return _told(
        sequence=event.sequence,
        event_type=event.event_type,
        timestamp=precise(event.recorded_at),
        payload_summary={
            "included": with_payload,
            "encoding": "json",
            "size_bytes": size,
            "top_level_type": "object",
            "top_level_key_count": len(keys),
            "top_level_keys": keys[:_MOST_KEYS],
            "top_level_keys_truncated": len(keys) > _MOST_KEYS,
            "preview_max_bytes": _PREVIEW,
        },
        payload_preview=_preview(event.payload) if with_payload else None,
    )


def _preview(text: str) -> dict[str, Any]:
    return {
        "encoding": "json",
        "size_bytes": len(text),
        "max_bytes": _PREVIEW,
        "truncated": len(text) > _PREVIEW,
        "data": text[:_PREVIEW],
    }


def _next_event(liveness: Liveness) -> dict[str, Any] | None:
    task: NextTask | None = liveness.wait.task
    if task is None:
        return None
    return _told(
        source="open_task",
        task_id=task.task_id,
        task_type=task.task_type,
        task_status=task.status,
        available_at=precise(task.available_at),
        lease_expires_at=precise(task.lease_expires_at),
        wait_deadline_at=precise(liveness.wait.deadline_at),
    )


def pending_tasks(tx: Transaction, run: Run, liveness: Liveness) -> list[dict[str, Any]]:
    """Return the open workflow tasks of a run; one stands in for a task that should be there and is not."""
    found = workflow_tasks.open_tasks(tx, run.run_id)[:_MOST_TASKS] if run.is_open else []
    if run.is_open and not found and liveness.state == "repair_needed":
        return [_missing()]
    return [_task(tx, task, liveness) for task in found]


def _missing() -> dict[str, Any]:
    return {
        "task_type": "workflow",
        "transport_state": "missing",
        "summary": "There is no workflow task that would move the run on.",
        "lease_expired": False,
        "dispatch_failed": False,
        "dispatch_overdue": False,
        "claim_failed": False,
        "replay_blocked": False,
        "task_missing": True,
        "synthetic": True,
    }


def _task(tx: Transaction, task: WorkflowTask, liveness: Liveness) -> dict[str, Any]:
    expired = task.lease_expires_at is not None and task.lease_expires_at <= tx.now
    state = _transport_state(task, expired=expired)
    failure = liveness.failure or {}
    return _told(
        task_id=task.task_id,
        task_type="workflow",
        status=task.status,
        transport_state=state,
        summary=_SUMMARIES[state],
        queue=task.task_queue,
        compatibility=task.compatibility,
        available_at=precise(task.available_at),
        leased_at=precise(task.leased_at),
        lease_owner=task.lease_owner,
        lease_expires_at=precise(task.lease_expires_at),
        lease_expired=expired,
        attempt_count=task.attempt,
        repair_count=0,
        dispatch_failed=False,
        dispatch_overdue=False,
        claim_failed=False,
        last_error=failure.get("message"),
        replay_blocked=liveness.replay_blocked,
        task_missing=False,
        synthetic=False,
    )


_SUMMARIES = {
    "ready": "Waits for a worker.",
    "scheduled": "Follows the task that is out.",
    "leased": "A worker has it.",
    "lease_expired": "Its lease has ended; the next worker that polls gets it.",
    "repair_backoff": "Its last attempt failed; it is handed out again later.",
}


def _transport_state(task: WorkflowTask, *, expired: bool) -> str:
    if expired:
        return "lease_expired"
    return {"held": "scheduled", "delayed": "repair_backoff"}.get(task.status, task.status)


def pending_activities(tx: Transaction, run: Run) -> list[dict[str, Any]]:
    """Return the open activities of a run."""
    found = activities.open_activities(tx, run.run_id)[:_MOST_TASKS] if run.is_open else []
    return [_activity(tx, activity) for activity in found]


def _activity(tx: Transaction, activity: Activity) -> dict[str, Any]:
    return _told(
        activity_execution_id=activity.execution_id,
        activity_type=activity.activity_type,
        activity_class=activity.activity_type,
        status=activity.status,
        queue=activity.task_queue,
        attempt_count=activity.attempt_count,
        current_attempt_id=activity.attempt_id,
        started_at=precise(activity.started_at),
        last_heartbeat_at=precise(activity.last_heartbeat_at),
        schedule_deadline_at=precise(activity.schedule_deadline_at),
        close_deadline_at=precise(activity.close_deadline_at),
        schedule_to_close_deadline_at=precise(activity.schedule_to_close_deadline_at),
        heartbeat_deadline_at=precise(activity.heartbeat_deadline_at),
        current_attempt=_attempt(tx, activity),
    )


def _attempt(tx: Transaction, activity: Activity) -> dict[str, Any] | None:
    attempt = None if activity.attempt_id is None else activities.find_attempt(tx, activity.attempt_id)
    if attempt is None:
        return None
    task = activity_tasks.find_task(tx, attempt.task_id)
    ends = None if task is None or attempt.status != "running" else task.lease_expires_at
    return _told(
        activity_attempt_id=attempt.attempt_id,
        attempt_number=attempt.attempt_number,
        status=attempt.status,
        lease_owner=attempt.lease_owner,
        started_at=precise(attempt.started_at),
        last_heartbeat_at=precise(attempt.last_heartbeat_at),
        lease_expires_at=precise(ends),
        lease_expired=ends is not None and ends <= tx.now,
        closed_at=precise(attempt.closed_at),
    )


def recent_failures(tx: Transaction, run: Run) -> list[dict[str, Any]]:
    """Return the last failures that the history tells of, the newest first."""
    newest = events.newest_of_types(tx, run.run_id, FAILING, _MOST_FAILURES)
    return [failure for event in newest if (failure := _failure(event)) is not None]


def _failure(event: Event) -> dict[str, Any] | None:
    found = failure_of(Entry(event, from_json(event.payload)))
    if found is None:
        return None
    return _told(
        failure_id=found["id"],
        source_kind=found["source_kind"],
        source_id=found["source_id"],
        propagation_kind=found["propagation_kind"],
        failure_category=found["failure_category"],
        exception_class=found["exception_class"],
        message=found["message"],
        non_retryable=found["non_retryable"],
        handled=found["handled"],
        created_at=precise(event.recorded_at),
    )
