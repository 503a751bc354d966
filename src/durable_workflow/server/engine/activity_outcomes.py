"""How an attempt ends: with a result, with another attempt, or with the failure of its activity."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from durable_workflow.server.engine import history, wakeups
from durable_workflow.server.engine.activity_claims import identity, save
from durable_workflow.server.engine.refusals import from_json, to_json
from durable_workflow.server.engine.snapshots import activity_note, activity_task_note
from durable_workflow.server.engine.timestamps import precise
from durable_workflow.server.store import Transaction, activities, activity_tasks
from durable_workflow.server.store.activities import Activity
from durable_workflow.server.store.activity_tasks import ActivityTask
from durable_workflow.server.store.runs import Run

__all__ = ["Case", "activity_topic", "complete", "fail", "retry", "schedule"]


def activity_topic(namespace: str, queue: str | None) -> str:
    """Return the topic that activity-task polls of a queue wait on."""
    return f"act:{namespace}:{queue}"


@dataclass(frozen=True, slots=True)
class Case:
    """An open activity with its run and the task that brought the news."""

    tx: Transaction
    run: Run
    activity: Activity
    task: ActivityTask

    @property
    def policy(self) -> dict[str, Any]:
        """The retry policy and time-outs in force; empty for none."""
        policy: dict[str, Any] = from_json(self.activity.policy) or {}
        return policy


def schedule(
    tx: Transaction, run: Run, activity: Activity, task_id: str, available_at: float, queue: str
) -> None:
    """Make the task that hands an activity out from ``available_at`` (epoch seconds) on."""
    ready = available_at <= tx.now
    task = ActivityTask(
        task_id=task_id,
        execution_id=activity.execution_id,
        run_id=run.run_id,
        namespace=run.namespace,
        task_queue=queue,
        activity_type=activity.activity_type,
        compatibility=run.compatibility,
        status="ready" if ready else "delayed",
        available_at=available_at,
    )
    activity_tasks.add_task(tx, task)
    if ready:
        tx.raise_topic(activity_topic(run.namespace, queue))
    else:
        tx.due(available_at)


def complete(case: Case, result: str | None) -> str:
    """Record the result of an activity and wake its run; return the id of the task that resumes it."""
    tx, run = case.tx, case.run
    _end_attempt(case, "completed")
    activity = save(tx, case.activity, status="completed", closed_at=tx.now, result=result, exception=None)
    payload = _payload(activity) | {
        "result": result,
        "payload_codec": run.payload_codec,
        "activity": activity_note(run, activity),
    }
    return _close(case, activity, "ActivityCompleted", payload)


def fail(case: Case, event_type: str, members: Mapping[str, Any]) -> str:
    """Record that an activity failed for good and wake its run; return the id of the resuming task.

    Args:
        case: The activity.
        event_type: ``ActivityFailed`` or ``ActivityTimedOut``.
        members: What the event says about the failure.
    """
    tx, run = case.tx, case.run
    _end_attempt(case, "failed")
    activity = save(tx, case.activity, status="failed", closed_at=tx.now, exception=_exception(members))
    payload = _payload(activity) | dict(members) | {"activity": activity_note(run, activity)}
    return _close(case, activity, event_type, payload)


def retry(case: Case, members: Mapping[str, Any], *, start_expired: bool = False) -> str:
    """Schedule the next attempt after the back-off of the policy; return the id of its task.

    Args:
        case: The activity.
        members: What the event says about the failure of this attempt.
        start_expired: True if no worker came in time, which counts against the attempts.
    """
    tx, run, policy = case.tx, case.run, case.policy
    _end_attempt(case, "failed")
    backoff = _backoff(policy, case.activity.attempt_count)
    available_at = tx.now + backoff
    task_id = tx.ids.lower()
    patience = policy.get("schedule_to_start_timeout")
    activity = save(
        tx,
        case.activity,
        status="pending",
        task_id=task_id,
        start_expiries=case.activity.start_expiries + start_expired,
        schedule_deadline_at=None if patience is None else available_at + patience,
        close_deadline_at=None,
        heartbeat_deadline_at=None,
        last_heartbeat_at=None,
        exception=_exception(members),
    )
    schedule(tx, run, activity, task_id, available_at, case.task.task_queue or "default")
    payload = identity(activity, activity.attempt_id) | {
        "retry_task_id": task_id,
        "retry_of_task_id": case.task.task_id,
        "retry_available_at": precise(available_at),
        "retry_backoff_seconds": backoff,
        "retry_after_attempt_id": activity.attempt_id,
        "retry_after_attempt": activity.attempt_count,
        "max_attempts": policy.get("max_attempts"),
        "retry_policy": policy,
        **members,
        "activity": activity_note(run, activity),
    }
    history.append(tx, run, "ActivityRetryScheduled", payload, task=_ended_task_note(case))
    return task_id


def _backoff(policy: Mapping[str, Any], attempt: int) -> int:
    delays: list[int] = policy.get("backoff_seconds") or [0]
    return delays[min(max(attempt, 1), len(delays)) - 1]


def _payload(activity: Activity) -> dict[str, Any]:
    return identity(activity, activity.attempt_id) | {"attempt_number": activity.attempt_count}


def _exception(members: Mapping[str, Any]) -> str | None:
    return to_json(members["exception"]) if "exception" in members else None


def _end_attempt(case: Case, status: str) -> None:
    tx, attempt_id = case.tx, case.activity.attempt_id
    done = "completed" if case.task.status == "leased" else "cancelled"
    activity_tasks.change_task(tx, case.task.task_id, status=done, lease_expires_at=None)
    attempt = None if attempt_id is None else activities.find_attempt(tx, attempt_id)
    if attempt is not None and attempt.status in ("running", "expired"):
        activities.change_attempt(tx, attempt.attempt_id, status=status, closed_at=tx.now)


def _ended_task_note(case: Case, *, reported: bool = True) -> dict[str, Any]:
    done = "completed" if reported and case.task.status == "leased" else "cancelled"
    task = replace(case.task, status=done, lease_expires_at=None)
    return activity_task_note(task, case.activity.attempt_count)


def _closing_task_note(case: Case, event_type: str) -> dict[str, Any]:
    # A report is written while its task is still leased; a time-out has taken the task away.
    if event_type == "ActivityTimedOut":
        return _ended_task_note(case, reported=False)
    return activity_task_note(case.task, case.activity.attempt_count)


def _close(case: Case, activity: Activity, event_type: str, payload: Mapping[str, Any]) -> str:
    history.append(case.tx, case.run, event_type, payload, task=_closing_task_note(case, event_type))
    context = {
        "workflow_wait_kind": "activity",
        "open_wait_id": f"activity:{activity.execution_id}",
        "resume_source_kind": "activity_execution",
        "resume_source_id": activity.execution_id,
        "activity_execution_id": activity.execution_id,
        "activity_attempt_id": activity.attempt_id,
        "activity_type": activity.activity_type,
        "workflow_sequence": activity.step,
        "workflow_event_type": event_type,
    }
    return wakeups.wake(case.tx, case.run, context)
