"""Leases that end before their task: run out, given back, or held by a worker that is gone."""

from __future__ import annotations

from durable_workflow.server._calls import Call, Pending, Reply
from durable_workflow.server.engine.activity_claims import execution_of, save
from durable_workflow.server.engine.activity_outcomes import activity_topic
from durable_workflow.server.engine.lookup import run_of
from durable_workflow.server.engine.refusals import from_json
from durable_workflow.server.engine.wakeups import workflow_topic
from durable_workflow.server.store import Transaction, activities, activity_tasks, workers, workflow_tasks
from durable_workflow.server.store.activity_tasks import ActivityTask
from durable_workflow.server.store.workflow_tasks import WorkflowTask

__all__ = ["end_lost", "end_overdue", "give_back", "ready_due"]


def end_overdue(tx: Transaction, now: float) -> None:
    """Take back the tasks whose lease is over, so that the next worker gets them."""
    for task in workflow_tasks.expired_tasks(tx, now, tx.settings.tick_batch):
        _release_workflow_task(tx, task)
    for activity_task in activity_tasks.expired_tasks(tx, now, tx.settings.tick_batch):
        _release_activity_task(tx, activity_task)


def end_lost(tx: Transaction, now: float) -> None:
    """Take back the tasks of workers that promised heartbeats and missed too many."""
    for worker in workers.lost_workers(tx, now, tx.settings.tick_batch):
        workers.forget_loss(tx, worker)
        for task in workflow_tasks.owned_tasks(tx, worker.namespace, worker.worker_id):
            _release_workflow_task(tx, task)
        for activity_task in activity_tasks.owned_tasks(tx, worker.namespace, worker.worker_id):
            _release_activity_task(tx, activity_task)


def ready_due(tx: Transaction, now: float) -> None:
    """Make the delayed tasks ready whose time has come."""
    for task in workflow_tasks.due_tasks(tx, now, tx.settings.tick_batch):
        workflow_tasks.change_task(tx, task.task_id, status="ready")
        tx.raise_topic(workflow_topic(task.namespace, task.task_queue))
    for activity_task in activity_tasks.due_tasks(tx, now, tx.settings.tick_batch):
        activity_tasks.change_task(tx, activity_task.task_id, status="ready")
        tx.raise_topic(activity_topic(activity_task.namespace, activity_task.task_queue))


def give_back(tx: Transaction, call: Call, outcome: Reply | Pending) -> None:
    """Take back the task of a poll whose answer could not be delivered.

    Args:
        tx: The transaction.
        call: The poll.
        outcome: What the engine had answered; without a task nothing happens.
    """
    handed = outcome.body.get("task") if isinstance(outcome, Reply) else None
    if handed is None:
        return
    if call.operation == "pollWorkflowTask":
        task = workflow_tasks.find_task(tx, handed["task_id"])
        if task is not None and task.status == "leased" and task.attempt == handed["workflow_task_attempt"]:
            _release_workflow_task(tx, task)
        return
    activity_task = activity_tasks.find_task(tx, handed["task_id"])
    if activity_task is not None and activity_task.status == "leased":
        activity = execution_of(tx, activity_task.execution_id)
        if activity.attempt_id == handed["activity_attempt_id"]:
            _release_activity_task(tx, activity_task)


def _release_workflow_task(tx: Transaction, task: WorkflowTask) -> None:
    workflow_tasks.change_task(
        tx, task.task_id, status="ready", available_at=tx.now, lease_owner=None, lease_expires_at=None
    )
    tx.raise_topic(workflow_topic(task.namespace, task.task_queue))


def _release_activity_task(tx: Transaction, task: ActivityTask) -> None:
    activity, run = execution_of(tx, task.execution_id), run_of(tx, task.run_id)
    if activity.attempt_id is not None:
        activities.change_attempt(tx, activity.attempt_id, status="expired", closed_at=tx.now)
    if not run.is_open or not activity.is_open:
        activity_tasks.change_task(tx, task.task_id, status="cancelled", lease_expires_at=None)
        return
    patience = (from_json(activity.policy) or {}).get("schedule_to_start_timeout")
    save(
        tx,
        activity,
        status="pending",
        schedule_deadline_at=None if patience is None else tx.now + patience,
        close_deadline_at=None,
        heartbeat_deadline_at=None,
    )
    activity_tasks.change_task(
        tx, task.task_id, status="ready", available_at=tx.now, lease_owner=None, lease_expires_at=None
    )
    tx.raise_topic(activity_topic(task.namespace, task.task_queue))
