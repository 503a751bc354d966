"""Activity tasks: one per scheduling of an execution, handed out again after a lost lease."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from durable_workflow.server.store._transaction import Transaction

__all__ = [
    "ActivityTask",
    "add_task",
    "change_task",
    "due_tasks",
    "expired_tasks",
    "find_polled",
    "find_ready",
    "find_task",
    "next_lease_end",
    "next_ready",
    "owned_tasks",
]


@dataclass(frozen=True, slots=True)
class ActivityTask:
    """An activity task. Status: ``ready``, ``delayed``, ``leased``, ``completed``, ``cancelled``."""

    task_id: str
    execution_id: str
    run_id: str
    namespace: str
    task_queue: str | None
    activity_type: str
    compatibility: str | None
    status: str
    available_at: float
    leased_at: float | None = None
    lease_owner: str | None = None
    lease_expires_at: float | None = None
    poll_request_id: str | None = None


def add_task(tx: Transaction, task: ActivityTask) -> None:
    """Insert a task."""
    tx.insert("activity_tasks", task)


def find_task(tx: Transaction, task_id: str) -> ActivityTask | None:
    """Return a task of any namespace."""
    return tx.one(ActivityTask, "FROM activity_tasks WHERE task_id = ?", (task_id,))


def change_task(tx: Transaction, task_id: str, **columns: Any) -> None:
    """Set columns of a task."""
    tx.update("activity_tasks", "task_id", task_id, **columns)


def find_ready(
    tx: Transaction, namespace: str, queue: str, types: str, build_id: str | None
) -> ActivityTask | None:
    """Return the oldest ready task that a worker may have.

    Args:
        tx: The transaction.
        namespace: The worker's namespace.
        queue: The worker's queue.
        types: JSON text of the list of types the worker supports; an empty list means any.
        build_id: The worker's build id; tasks without a marker go to anybody.
    """
    return tx.one(
        ActivityTask,
        "FROM activity_tasks WHERE status = 'ready' AND namespace = ? AND task_queue = ?"
        " AND (? = '[]' OR activity_type IN (SELECT value FROM json_each(?)))"
        " AND (compatibility IS NULL OR compatibility = ?)"
        " ORDER BY available_at, task_id LIMIT 1",
        (namespace, queue, types, types, build_id),
    )


def find_polled(
    tx: Transaction, namespace: str, owner: str, poll_request_id: str, now: float
) -> ActivityTask | None:
    """Return the task that an earlier poll with this id got and still holds."""
    return tx.one(
        ActivityTask,
        "FROM activity_tasks WHERE status = 'leased' AND namespace = ? AND lease_owner = ?"
        " AND poll_request_id = ? AND lease_expires_at > ?",
        (namespace, owner, poll_request_id, now),
    )


def expired_tasks(tx: Transaction, now: float, limit: int) -> list[ActivityTask]:
    """Return tasks whose lease is over, the oldest first."""
    return tx.all(
        ActivityTask,
        "FROM activity_tasks WHERE status = 'leased' AND lease_expires_at <= ?"
        " AND NOT EXISTS (SELECT 1 FROM setbacks WHERE chore = 'activity_lease' AND item = task_id)"
        " ORDER BY lease_expires_at LIMIT ?",
        (now, limit),
    )


def due_tasks(tx: Transaction, now: float, limit: int) -> list[ActivityTask]:
    """Return delayed tasks whose time has come, the oldest first."""
    return tx.all(
        ActivityTask,
        "FROM activity_tasks WHERE status = 'delayed' AND available_at <= ?"
        " AND NOT EXISTS (SELECT 1 FROM setbacks WHERE chore = 'activity_task' AND item = task_id)"
        " ORDER BY available_at LIMIT ?",
        (now, limit),
    )


def owned_tasks(tx: Transaction, namespace: str, owner: str) -> list[ActivityTask]:
    """Return the tasks that a worker holds."""
    return tx.all(
        ActivityTask,
        "FROM activity_tasks WHERE status = 'leased' AND namespace = ? AND lease_owner = ?",
        (namespace, owner),
    )


def next_lease_end(tx: Transaction) -> float | None:
    """Return when the next lease is over."""
    moment: float | None = tx.scalar(
        "SELECT min(lease_expires_at) FROM activity_tasks WHERE status = 'leased'"
        " AND NOT EXISTS (SELECT 1 FROM setbacks WHERE chore = 'activity_lease' AND item = task_id)"
    )
    return moment


def next_ready(tx: Transaction) -> float | None:
    """Return when the next delayed task is ready."""
    moment: float | None = tx.scalar(
        "SELECT min(available_at) FROM activity_tasks WHERE status = 'delayed'"
        " AND NOT EXISTS (SELECT 1 FROM setbacks WHERE chore = 'activity_task' AND item = task_id)"
    )
    return moment
