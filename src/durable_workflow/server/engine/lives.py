"""The life of a run: how it begins, how its open work ends, how it is closed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from durable_workflow.server.engine import history, open_updates, wakeups
from durable_workflow.server.engine.snapshots import (
    activity_note,
    activity_task_note,
    attempt_note,
    present,
)
from durable_workflow.server.engine.timers import timer_members
from durable_workflow.server.engine.timestamps import precise
from durable_workflow.server.store import Transaction, activities, activity_tasks, runs, timers
from durable_workflow.server.store.activities import Activity
from durable_workflow.server.store.runs import Run, Workflow

__all__ = ["NewRun", "abandon_work", "begin", "cancel_work", "close"]


@dataclass(frozen=True, slots=True)
class NewRun:
    """What a new run begins with; ``execution_deadline_at`` overrides the one of its time-out."""

    workflow_id: str
    namespace: str
    workflow_type: str
    task_queue: str | None
    payload_codec: str
    arguments: str
    business_key: str | None = None
    memo: str | None = None
    search_attributes: str | None = None
    execution_timeout_seconds: int | None = None
    run_timeout_seconds: int | None = None
    execution_deadline_at: float | None = None
    continued_from_run_id: str | None = None
    compatibility: str | None = None


def begin(tx: Transaction, new: NewRun, workflow: Workflow | None) -> Run:
    """Create the next run of a workflow, or the workflow with its first run.

    Args:
        tx: The transaction.
        new: What it begins with.
        workflow: The workflow, None if this is its first run.
    """
    run_id = tx.ids.lower()
    number = 1 if workflow is None else workflow.run_count + 1
    if workflow is None:
        workflow = Workflow(new.workflow_id, new.namespace, new.workflow_type, run_id, 1, tx.now)
        runs.save_workflow(tx, workflow, new=True)
    else:
        runs.save_workflow(tx, replace(workflow, current_run_id=run_id, run_count=number), new=False)
    run = _run(tx, new, run_id, number)
    runs.add_run(tx, run)
    if run.due_at is not None:
        tx.due(run.due_at)
    return run


def _run(tx: Transaction, new: NewRun, run_id: str, number: int) -> Run:
    execution_deadline = new.execution_deadline_at
    if execution_deadline is None and new.execution_timeout_seconds is not None:
        execution_deadline = tx.now + new.execution_timeout_seconds
    run_deadline = None if new.run_timeout_seconds is None else tx.now + new.run_timeout_seconds
    deadlines = [moment for moment in (execution_deadline, run_deadline) if moment is not None]
    return Run(
        run_id=run_id,
        workflow_id=new.workflow_id,
        namespace=new.namespace,
        run_number=number,
        workflow_type=new.workflow_type,
        task_queue=new.task_queue,
        payload_codec=new.payload_codec,
        arguments=new.arguments,
        business_key=new.business_key,
        memo=new.memo,
        search_attributes=new.search_attributes,
        compatibility=new.compatibility,
        execution_timeout_seconds=new.execution_timeout_seconds,
        run_timeout_seconds=new.run_timeout_seconds,
        execution_deadline_at=execution_deadline,
        run_deadline_at=run_deadline,
        started_at=tx.now,
        continued_from_run_id=new.continued_from_run_id,
        last_progress_at=tx.now,
        due_at=min(deadlines, default=None),
    )


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
        activity_attempt_id=activity.attempt_id,
        activity_class=activity.activity_type,
        activity_type=activity.activity_type,
        sequence=activity.step,
        attempt_number=activity.attempt_count,
        cancelled_at=precise(tx.now),
        activity=activity_note(run, activity),
        activity_attempt=None if attempt is None else attempt_note(attempt),
    )
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
    """Give a run its closed status; its open work must have ended before."""
    timers.close_waits(tx, run.run_id)
    run.status = status
    run.closed_reason = closed_reason
    run.closed_at = tx.now
    run.due_at = None
    open_updates.end_open(tx, run)
    tx.raise_topic(f"run:{run.run_id}")
