"""How a run ends: its open work, its closed status, and who hears of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from durable_workflow.server.engine import child_outcomes, history, open_updates, wakeups
from durable_workflow.server.engine.snapshots import (
    activity_note,
    activity_task_note,
    attempt_note,
    present,
)
from durable_workflow.server.engine.timers import timer_members
from durable_workflow.server.engine.timestamps import precise
from durable_workflow.server.store import Transaction, activities, activity_tasks, children, timers
from durable_workflow.server.store.activities import Activity
from durable_workflow.server.store.runs import Run

__all__ = ["POLICIES_DUE", "abandon_work", "cancel_work", "close", "close_continued", "closed_topic"]

POLICIES_DUE = "parent-close"
"""The topic that says that children of a closed run wait for their parent-close policy."""


def cancel_work(tx: Transaction, run: Run, command: Mapping[str, Any] | None) -> None:
    """Cancel everything open of a run that is closed from outside, with an event for each."""
    wakeups.cancel_tasks(tx, run)
    for activity in activities.open_activities(tx, run.run_id):
        _cancel_activity(tx, run, activity, command)
    for timer in timers.open_timers(tx, run.run_id):
        timers.change_timer(tx, timer.timer_id, status="cancelled")
        members = timer_members(tx, timer) | {"cancelled_at": precise(tx.now)}
        history.append(tx, run, "TimerCancelled", members, command=command)


def _cancel_activity(
    tx: Transaction, run: Run, activity: Activity, command: Mapping[str, Any] | None
) -> None:
    activities.change_activity(tx, activity.execution_id, status="cancelled", closed_at=tx.now, due_at=None)
    activity = replace(activity, status="cancelled", closed_at=tx.now)
    attempt = None if activity.attempt_id is None else activities.find_attempt(tx, activity.attempt_id)
    if attempt is not None and attempt.status in ("running", "expired"):
        activities.change_attempt(tx, attempt.attempt_id, status="cancelled", closed_at=tx.now)
        attempt = replace(attempt, status="cancelled", closed_at=tx.now)
    payload = present(
        workflow_command_id=None if command is None else command["id"],
        activity_execution_id=activity.execution_id,
        activity_class=activity.activity_type,
        activity_type=activity.activity_type,
        sequence=activity.step,
        attempt_number=activity.attempt_count,
        cancelled_at=precise(tx.now),
        activity=activity_note(run, activity),
    )
    # Told as null for an activity that nobody had taken yet.
    payload["activity_attempt_id"] = activity.attempt_id
    payload["activity_attempt"] = None if attempt is None else attempt_note(attempt)
    task = _cancelled_task_note(tx, activity)
    history.append(tx, run, "ActivityCancelled", payload, task=task, command=command)


def _cancelled_task_note(tx: Transaction, activity: Activity) -> dict[str, Any] | None:
    task = None if activity.task_id is None else activity_tasks.find_task(tx, activity.task_id)
    if task is None:
        return None
    activity_tasks.change_task(tx, task.task_id, status="cancelled", lease_expires_at=None)
    return activity_task_note(
        replace(task, status="cancelled", lease_expires_at=None), activity.attempt_count
    )


def abandon_work(tx: Transaction, run: Run) -> None:
    """Drop what is open of a run that ended by itself, without events.

    An activity that is out is left to its worker, whose report is then stored but wakes nobody.
    """
    wakeups.cancel_tasks(tx, run)
    for activity in activities.open_activities(tx, run.run_id):
        if activity.status == "running":
            activities.change_activity(tx, activity.execution_id, due_at=None)
            continue
        activities.change_activity(
            tx, activity.execution_id, status="cancelled", closed_at=tx.now, due_at=None
        )
        if activity.task_id is not None:
            activity_tasks.change_task(tx, activity.task_id, status="cancelled", lease_expires_at=None)
    for timer in timers.open_timers(tx, run.run_id):
        timers.change_timer(tx, timer.timer_id, status="cancelled")


def close(tx: Transaction, run: Run, status: str, closed_reason: str) -> None:
    """Close a run for good: every way a run ends leads through here, except continue-as-new.

    Its open children are left to their parent-close policies, its own parent is told.

    Args:
        tx: The transaction.
        run: The run. Its open work has ended, and its last event is the one that says how it was closed.
        status: Its closed status.
        closed_reason: Why it closed.
    """
    _settle(tx, run, status, closed_reason)
    child_outcomes.report(tx, run)
    if children.mark_due(tx, run.run_id):
        tx.raise_topic(POLICIES_DUE)


def close_continued(tx: Transaction, run: Run) -> None:
    """Close a run whose workflow goes on in the next one; its children and its parent notice nothing."""
    _settle(tx, run, "completed", "continued")


def _settle(tx: Transaction, run: Run, status: str, closed_reason: str) -> None:
    timers.close_waits(tx, run.run_id)
    run.status = status
    run.closed_reason = closed_reason
    run.closed_at = tx.now
    run.due_at = None
    open_updates.end_open(tx, run)
    tx.raise_topic(closed_topic(run.run_id))


def closed_topic(run_id: str) -> str:
    """Return the topic that waits for the end of a run wait on."""
    return f"closed:{run_id}"
