"""What is in a task queue: counts and leases over the open tasks of both kinds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from durable_workflow.server.store._transaction import Transaction
from durable_workflow.server.store.workers import Worker

__all__ = ["Lease", "OldestTask", "TaskTotals", "leases", "oldest_ready", "totals", "workers_of"]


@dataclass(frozen=True, slots=True)
class TaskTotals:
    """How many tasks of one kind a queue has."""

    ready: int
    overdue: int
    leased: int
    expired: int


@dataclass(frozen=True, slots=True)
class OldestTask:
    """The ready task of a queue that has waited longest."""

    task_id: str
    task_type: str
    workflow_id: str | None
    run_id: str
    available_at: float


@dataclass(frozen=True, slots=True)
class Lease:
    """A leased task; ``attempt_id`` is that of an activity."""

    task_id: str
    task_type: str
    workflow_id: str | None
    run_id: str
    lease_owner: str
    lease_expires_at: float
    attempt: int
    attempt_id: str | None


_TABLES = ("workflow_tasks", "activity_tasks")
_READY = {
    table: " ".join(
        (
            "SELECT count(*), coalesce(sum(available_at <= ?), 0) FROM",
            table,
            "WHERE status = 'ready' AND namespace = ? AND task_queue = ?",
        )
    )
    for table in _TABLES
}
_LEASED = {
    table: " ".join(
        (
            "SELECT count(*), coalesce(sum(lease_expires_at <= ?), 0) FROM",
            table,
            "WHERE status = 'leased' AND namespace = ? AND task_queue = ?",
        )
    )
    for table in _TABLES
}


def workers_of(tx: Transaction, namespace: str, queue: str) -> list[Worker]:
    """Return the workers that registered for a queue."""
    return tx.all(
        Worker,
        "FROM workers WHERE namespace = ? AND task_queue = ? ORDER BY worker_id",
        (namespace, queue),
    )


def totals(
    tx: Transaction,
    table: Literal["workflow_tasks", "activity_tasks"],
    namespace: str,
    queue: str,
    *,
    overdue_since: float,
) -> TaskTotals:
    """Count the tasks of one kind in a queue.

    Args:
        tx: The transaction.
        table: Which kind.
        namespace: The namespace.
        queue: The queue.
        overdue_since: When a ready task must have become ready to count as overdue (epoch seconds).
    """
    ready, overdue = tx.execute(_READY[table], (overdue_since, namespace, queue)).fetchone()
    leased, expired = tx.execute(_LEASED[table], (tx.now, namespace, queue)).fetchone()
    return TaskTotals(ready, overdue, leased, expired)


def oldest_ready(tx: Transaction, namespace: str, queue: str) -> OldestTask | None:
    """Return the ready task of a queue that has waited longest, None if nothing is ready."""
    rows = tx.execute(
        """
        SELECT * FROM (
            SELECT task_id, 'workflow', workflow_id, run_id, available_at FROM workflow_tasks
            WHERE status = 'ready' AND namespace = ?1 AND task_queue = ?2 ORDER BY available_at LIMIT 1
        ) UNION ALL SELECT * FROM (
            SELECT task_id, 'activity', runs.workflow_id, run_id, available_at
            FROM activity_tasks JOIN runs USING (run_id)
            WHERE activity_tasks.status = 'ready' AND activity_tasks.namespace = ?1
              AND activity_tasks.task_queue = ?2
            ORDER BY available_at LIMIT 1
        )
        """,
        (namespace, queue),
    )
    return min((OldestTask(*row) for row in rows), key=lambda task: task.available_at, default=None)


def leases(tx: Transaction, namespace: str, queue: str, limit: int) -> list[Lease]:
    """Return leased tasks of a queue, those first whose lease ends first."""
    rows = tx.execute(
        """
        SELECT task_id, 'workflow', workflow_id, run_id, lease_owner, lease_expires_at, attempt, NULL
        FROM workflow_tasks WHERE status = 'leased' AND namespace = ?1 AND task_queue = ?2
        UNION ALL
        SELECT task.task_id, 'activity', runs.workflow_id, task.run_id, task.lease_owner,
               task.lease_expires_at, activities.attempt_count, activities.attempt_id
        FROM activity_tasks AS task JOIN activities USING (execution_id)
        JOIN runs ON runs.run_id = task.run_id
        WHERE task.status = 'leased' AND task.namespace = ?1 AND task.task_queue = ?2
        ORDER BY 6 LIMIT ?3
        """,
        (namespace, queue, limit),
    )
    return [Lease(*row) for row in rows]
