"""The workers that registered."""

from __future__ import annotations

import json
from dataclasses import dataclass

from durable_workflow.server.store._transaction import Transaction
from durable_workflow.server.store.runs import Run

__all__ = [
    "Worker",
    "beat",
    "find_worker",
    "forget_loss",
    "fresh_workers",
    "is_served",
    "lost_workers",
    "next_due",
    "remove_worker",
    "save_worker",
]


@dataclass(frozen=True, slots=True)
class Worker:
    """A registered worker; the lists, ``fingerprints`` and ``capabilities`` are JSON text."""

    namespace: str
    worker_id: str
    task_queue: str
    runtime: str
    sdk_version: str | None
    build_id: str | None
    workflow_types: str
    activity_types: str
    fingerprints: str
    capabilities: str
    max_workflow_tasks: int
    max_activity_tasks: int
    heartbeat_interval_seconds: int | None
    status: str
    registered_at: float
    last_heartbeat_at: float
    lost_at: float | None

    @property
    def is_draining(self) -> bool:
        """True while the worker's build takes no new tasks."""
        return self.status == "draining"

    def is_there(self, now: float) -> bool:
        """Return whether the worker takes tasks, as far as its heartbeats tell."""
        lost = self.heartbeat_interval_seconds is not None and (self.lost_at is None or self.lost_at <= now)
        return self.status == "active" and not lost

    def can(self, capability: str) -> bool:
        """Return whether the worker registered a capability."""
        return capability in json.loads(self.capabilities)


def find_worker(tx: Transaction, namespace: str, worker_id: str) -> Worker | None:
    """Return a worker."""
    return tx.one(Worker, "FROM workers WHERE namespace = ? AND worker_id = ?", (namespace, worker_id))


def fresh_workers(tx: Transaction, namespace: str, queue: str, since: float) -> list[Worker]:
    """Return the workers of a queue heard of after ``since``, and those that beat as they promised."""
    heard = "FROM workers WHERE namespace = ? AND task_queue = ? AND last_heartbeat_at > ?"
    # The signs keep SQLite from reading all workers of the namespace: few of them are not lost yet.
    promised = "FROM workers WHERE lost_at > ? AND +namespace = ? AND +task_queue = ?"
    found = tx.all(Worker, heard, (namespace, queue, since))
    return found + tx.all(Worker, promised, (tx.now, namespace, queue))


def save_worker(tx: Transaction, worker: Worker) -> None:
    """Write a worker over whatever was known of it."""
    remove_worker(tx, worker)
    tx.insert("workers", worker)


def remove_worker(tx: Transaction, worker: Worker) -> None:
    """Delete a worker."""
    tx.execute(
        "DELETE FROM workers WHERE namespace = ? AND worker_id = ?", (worker.namespace, worker.worker_id)
    )


def beat(tx: Transaction, worker: Worker, interval: int | None, lost_at: float | None) -> None:
    """Note a heartbeat, how often the worker beats, and when it counts as lost without another."""
    tx.execute(
        "UPDATE workers SET last_heartbeat_at = ?, heartbeat_interval_seconds = ?, lost_at = ?"
        " WHERE namespace = ? AND worker_id = ?",
        (tx.now, interval, lost_at, worker.namespace, worker.worker_id),
    )


def is_served(tx: Transaction, run: Run, queue: str, capability: str, *, fresh_since: float) -> bool:
    """Return whether a live worker that can do something takes the workflow tasks of a run.

    Args:
        tx: The transaction.
        run: The run.
        queue: The queue of its tasks.
        capability: What the worker must have registered.
        fresh_since: When a worker that promised no heartbeats must have been heard of (epoch seconds).
    """
    found = tx.scalar(
        "SELECT 1 FROM workers WHERE namespace = ? AND task_queue = ? AND status = 'active'"
        " AND CASE WHEN heartbeat_interval_seconds IS NULL THEN last_heartbeat_at >= ?"
        "  ELSE coalesce(lost_at > ?, 0) END"
        " AND (workflow_types = '[]' OR ? IN (SELECT value FROM json_each(workflow_types)))"
        " AND (? IS NULL OR build_id = ?)"
        " AND ? IN (SELECT value FROM json_each(capabilities)) LIMIT 1",
        (
            run.namespace,
            queue,
            fresh_since,
            tx.now,
            run.workflow_type,
            run.compatibility,
            run.compatibility,
            capability,
        ),
    )
    return found is not None


def lost_workers(tx: Transaction, now: float, limit: int) -> list[Worker]:
    """Return workers that missed too many heartbeats and still may hold leases."""
    return tx.all(
        Worker,
        "FROM workers WHERE lost_at IS NOT NULL AND lost_at <= ?"
        " AND NOT EXISTS ("
        "SELECT 1 FROM setbacks WHERE chore = 'worker' AND item = namespace || '/' || worker_id)"
        " ORDER BY lost_at LIMIT ?",
        (now, limit),
    )


def forget_loss(tx: Transaction, worker: Worker) -> None:
    """Note that a lost worker's leases were ended."""
    tx.execute(
        "UPDATE workers SET lost_at = NULL WHERE namespace = ? AND worker_id = ?",
        (worker.namespace, worker.worker_id),
    )


def next_due(tx: Transaction) -> float | None:
    """Return when the next worker counts as lost."""
    moment: float | None = tx.scalar(
        "SELECT min(lost_at) FROM workers WHERE lost_at IS NOT NULL"
        " AND NOT EXISTS ("
        "SELECT 1 FROM setbacks WHERE chore = 'worker' AND item = namespace || '/' || worker_id)"
    )
    return moment
