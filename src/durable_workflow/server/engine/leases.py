"""Leases that end before their task: run out, given back, or held by a worker that is gone."""

from __future__ import annotations

from durable_workflow.server._calls import Call, Pending, Reply
from durable_workflow.server.engine import stickiness
from durable_workflow.server.engine.activity_claims import execution_of, save
from durable_workflow.server.engine.activity_outcomes import activity_topic
from durable_workflow.server.engine.lookup import run_of
from durable_workflow.server.engine.refusals import from_json
from durable_workflow.server.engine.wakeups import workflow_topic
from durable_workflow.server.store import Transaction, activities, activity_tasks, workers, workflow_tasks
from durable_workflow.server.store.activity_tasks import ActivityTask
from durable_workflow.server.store.workers import Worker
from durable_workflow.server.store.workflow_tasks import WorkflowTask

__all__ = [
    "end_activity_lease",
    "end_all",
    "end_lost",
    "end_workflow_lease",
    "give_back",
    "make_activity_task_ready",
    "make_workflow_task_ready",
]


def end_lost(tx: Transaction, worker: Worker) -> None:
    """Take back the tasks of a worker that promised heartbeats and missed too many."""
    workers.forget_loss(tx, worker)
    end_all(tx, worker)


def end_all(tx: Transaction, worker: Worker) -> int:
    """Take back everything that a worker holds; return how many workflow tasks that was."""
    held = workflow_tasks.owned_tasks(tx, worker.namespace, worker.worker_id)
    for task in held:
        end_workflow_lease(tx, task)
    for activity_task in activity_tasks.owned_tasks(tx, worker.namespace, worker.worker_id):
        end_activity_lease(tx, activity_task)
    for task in workflow_tasks.kept_tasks(tx, worker.namespace, worker.worker_id):
        stickiness.let_go(tx, task)
    return len(held)


def make_workflow_task_ready(tx: Transaction, task: WorkflowTask) -> None:
    """Make a delayed task ready whose time has come."""
    workflow_tasks.change_task(tx, task.task_id, status="ready")
    tx.raise_topic(workflow_topic(task.namespace, task.task_queue))


def make_activity_task_ready(tx: Transaction, task: ActivityTask) -> None:
    """Make a delayed task ready whose time has come."""
    activity_tasks.change_task(tx, task.task_id, status="ready")
    tx.raise_topic(activity_topic(task.namespace, task.task_queue))


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
            end_workflow_lease(tx, task)
        return
    activity_task = activity_tasks.find_task(tx, handed["task_id"])
    if activity_task is not None and activity_task.status == "leased":
        activity = execution_of(tx, activity_task.execution_id)
        if activity.attempt_id == handed["activity_attempt_id"]:
            end_activity_lease(tx, activity_task)


def end_workflow_lease(tx: Transaction, task: WorkflowTask) -> None:
    """Take a task back from its worker, so that the next one gets it."""
    stickiness.forget(run_of(tx, task.run_id))
    workflow_tasks.change_task(
        tx, task.task_id, status="ready", available_at=tx.now, lease_owner=None, lease_expires_at=None
    )
    stickiness.let_go(tx, task)


def end_activity_lease(tx: Transaction, task: ActivityTask) -> None:
    """Take a task back from its worker, so that the next one gets it in another attempt."""
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
