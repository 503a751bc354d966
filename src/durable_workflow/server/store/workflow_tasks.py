"""Workflow tasks: at most one of a run is out or ready (its head), and at most one is held behind it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from durable_workflow.server.store._transaction import Transaction
from durable_workflow.server.store.workers import Worker

__all__ = [
    "WorkflowTask",
    "add_task",
    "change_task",
    "due_tasks",
    "expired_tasks",
    "find_polled",
    "find_ready",
    "find_task",
    "kept_tasks",
    "next_lease_end",
    "next_ready",
    "next_sticky_end",
    "open_tasks",
    "overheld_tasks",
    "owned_tasks",
    "tasks_of",
]


@dataclass(frozen=True, slots=True)
class WorkflowTask:
    """A workflow task; ``context`` is the JSON text of what woke the run.

    Status: ``ready``, ``delayed`` (ready at ``available_at``), ``held`` (ready when the run's leased task
    ends), ``leased``, ``completed``, ``failed``, ``cancelled``. A ready task is only for
    ``sticky_worker_id`` until ``sticky_until``.
    """

    task_id: str
    run_id: str
    workflow_id: str
    namespace: str
    task_queue: str | None
    workflow_type: str
    compatibility: str | None
    context: str
    status: str
    attempt: int
    available_at: float
    leased_at: float | None = None
    lease_owner: str | None = None
    lease_expires_at: float | None = None
    poll_request_id: str | None = None
    seen_sequence: int = 0
    last_error: str | None = None
    sticky_worker_id: str | None = None
    sticky_until: float | None = None


def add_task(tx: Transaction, task: WorkflowTask) -> None:
    """Insert a task."""
    tx.insert("workflow_tasks", task)


def find_task(tx: Transaction, task_id: str) -> WorkflowTask | None:
    """Return a task of any namespace."""
    return tx.one(WorkflowTask, "FROM workflow_tasks WHERE task_id = ?", (task_id,))


def change_task(tx: Transaction, task_id: str, **columns: Any) -> None:
    """Set columns of a task."""
    tx.update("workflow_tasks", "task_id", task_id, **columns)


def open_tasks(tx: Transaction, run_id: str) -> list[WorkflowTask]:
    """Return the run's tasks that are not done."""
    return tx.all(
        WorkflowTask,
        "FROM workflow_tasks WHERE run_id = ? AND status IN ('ready', 'delayed', 'held', 'leased')",
        (run_id,),
    )


def find_ready(tx: Transaction, worker: Worker, *, tells: bool) -> WorkflowTask | None:
    """Return the oldest ready task that a worker may have.

    Tasks without a marker of a build go to anybody, those with one to workers of that build.

    Args:
        tx: The transaction.
        worker: The worker.
        tells: Whether the worker tells workflow code of its cancellation. Others get no task of a run whose
            cancellation is on its way.
    """
    return tx.one(
        WorkflowTask,
        "FROM workflow_tasks WHERE status = 'ready' AND namespace = ? AND task_queue = ?"
        " AND (? = '[]' OR workflow_type IN (SELECT value FROM json_each(?)))"
        " AND (compatibility IS NULL OR compatibility = ?)"
        " AND (sticky_until IS NULL OR sticky_until <= ? OR sticky_worker_id = ?)"
        " AND (? OR (SELECT cancel_command_id FROM runs WHERE run_id = workflow_tasks.run_id) IS NULL)"
        " ORDER BY available_at, task_id LIMIT 1",
        (
            worker.namespace,
            worker.task_queue,
            worker.workflow_types,
            worker.workflow_types,
            worker.build_id,
            tx.now,
            worker.worker_id,
            tells,
        ),
    )


def find_polled(
    tx: Transaction, namespace: str, owner: str, poll_request_id: str, now: float
) -> WorkflowTask | None:
    """Return the task that an earlier poll with this id got and still holds."""
    return tx.one(
        WorkflowTask,
        "FROM workflow_tasks WHERE status = 'leased' AND namespace = ? AND lease_owner = ?"
        " AND poll_request_id = ? AND lease_expires_at > ?",
        (namespace, owner, poll_request_id, now),
    )


def expired_tasks(tx: Transaction, now: float, limit: int) -> list[WorkflowTask]:
    """Return tasks whose lease is over, the oldest first."""
    return tx.all(
        WorkflowTask,
        "FROM workflow_tasks WHERE status = 'leased' AND lease_expires_at <= ?"
        " AND NOT EXISTS (SELECT 1 FROM setbacks WHERE chore = 'workflow_lease' AND item = task_id)"
        " ORDER BY lease_expires_at LIMIT ?",
        (now, limit),
    )


def due_tasks(tx: Transaction, now: float, limit: int) -> list[WorkflowTask]:
    """Return delayed tasks whose time has come, the oldest first."""
    return tx.all(
        WorkflowTask,
        "FROM workflow_tasks WHERE status = 'delayed' AND available_at <= ?"
        " AND NOT EXISTS (SELECT 1 FROM setbacks WHERE chore = 'workflow_task' AND item = task_id)"
        " ORDER BY available_at LIMIT ?",
        (now, limit),
    )


def overheld_tasks(tx: Transaction, now: float, limit: int) -> list[WorkflowTask]:
    """Return ready tasks that have been kept for one worker long enough, the oldest first."""
    return tx.all(
        WorkflowTask,
        "FROM workflow_tasks WHERE status = 'ready' AND sticky_until IS NOT NULL AND sticky_until <= ?"
        " AND NOT EXISTS (SELECT 1 FROM setbacks WHERE chore = 'sticky_task' AND item = task_id)"
        " ORDER BY sticky_until LIMIT ?",
        (now, limit),
    )


def kept_tasks(tx: Transaction, namespace: str, worker_id: str) -> list[WorkflowTask]:
    """Return the ready tasks that are kept for a worker."""
    return tx.all(
        WorkflowTask,
        "FROM workflow_tasks WHERE status = 'ready' AND sticky_until IS NOT NULL"
        " AND namespace = ? AND sticky_worker_id = ?",
        (namespace, worker_id),
    )


def next_sticky_end(tx: Transaction) -> float | None:
    """Return when the next task has been kept for one worker long enough."""
    moment: float | None = tx.scalar(
        "SELECT min(sticky_until) FROM workflow_tasks WHERE status = 'ready' AND sticky_until IS NOT NULL"
        " AND NOT EXISTS (SELECT 1 FROM setbacks WHERE chore = 'sticky_task' AND item = task_id)"
    )
    return moment


def owned_tasks(tx: Transaction, namespace: str, owner: str) -> list[WorkflowTask]:
    """Return the tasks that a worker holds."""
    return tx.all(
        WorkflowTask,
        "FROM workflow_tasks WHERE status = 'leased' AND namespace = ? AND lease_owner = ?",
        (namespace, owner),
    )


def next_lease_end(tx: Transaction) -> float | None:
    """Return when the next lease is over."""
    moment: float | None = tx.scalar(
        "SELECT min(lease_expires_at) FROM workflow_tasks WHERE status = 'leased'"
        " AND NOT EXISTS (SELECT 1 FROM setbacks WHERE chore = 'workflow_lease' AND item = task_id)"
    )
    return moment


def next_ready(tx: Transaction) -> float | None:
    """Return when the next delayed task is ready."""
    moment: float | None = tx.scalar(
        "SELECT min(available_at) FROM workflow_tasks WHERE status = 'delayed'"
        " AND NOT EXISTS (SELECT 1 FROM setbacks WHERE chore = 'workflow_task' AND item = task_id)"
    )
    return moment


def tasks_of(tx: Transaction, run_id: str) -> list[WorkflowTask]:
    """Return all tasks of a run, the oldest first."""
    return tx.all(WorkflowTask, "FROM workflow_tasks WHERE run_id = ? ORDER BY task_id", (run_id,))
