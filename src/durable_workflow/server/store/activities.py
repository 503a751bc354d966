"""Activity executions (one per step) and their attempts (one per claim)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from durable_workflow.server.store._transaction import Transaction

__all__ = [
    "Activity",
    "Attempt",
    "add_activity",
    "add_attempt",
    "change_activity",
    "change_attempt",
    "due_activities",
    "find_activity",
    "find_attempt",
    "next_due",
    "open_activities",
]


@dataclass(frozen=True, slots=True)
class Activity:
    """An activity execution; ``policy``, ``heartbeat_details`` and ``exception`` are JSON text.

    Status: ``pending``, ``running``, ``completed``, ``failed``, ``cancelled``. ``start_expiries`` counts
    waits for a worker that ran out and were retried.
    """

    execution_id: str
    run_id: str
    step: int
    activity_type: str
    task_queue: str | None
    arguments: str | None
    policy: str | None
    created_at: float
    status: str = "pending"
    attempt_count: int = 0
    start_expiries: int = 0
    attempt_id: str | None = None
    task_id: str | None = None
    schedule_deadline_at: float | None = None
    close_deadline_at: float | None = None
    schedule_to_close_deadline_at: float | None = None
    heartbeat_deadline_at: float | None = None
    started_at: float | None = None
    closed_at: float | None = None
    last_heartbeat_at: float | None = None
    heartbeat_details: str | None = None
    result: str | None = None
    exception: str | None = None
    due_at: float | None = None

    @property
    def is_open(self) -> bool:
        """True until the execution has its outcome."""
        return self.status in ("pending", "running")


@dataclass(frozen=True, slots=True)
class Attempt:
    """One claim of an activity. Status: ``running``, ``expired`` or how it ended."""

    attempt_id: str
    execution_id: str
    task_id: str
    attempt_number: int
    lease_owner: str
    started_at: float
    status: str = "running"
    closed_at: float | None = None
    last_heartbeat_at: float | None = None


def add_activity(tx: Transaction, activity: Activity) -> None:
    """Insert an execution."""
    tx.insert("activities", activity)


def find_activity(tx: Transaction, execution_id: str) -> Activity | None:
    """Return an execution."""
    return tx.one(Activity, "FROM activities WHERE execution_id = ?", (execution_id,))


def change_activity(tx: Transaction, execution_id: str, **columns: Any) -> None:
    """Set columns of an execution."""
    tx.update("activities", "execution_id", execution_id, **columns)


def open_activities(tx: Transaction, run_id: str) -> list[Activity]:
    """Return the run's executions without outcome, in step order."""
    return tx.all(
        Activity,
        "FROM activities WHERE run_id = ? AND status IN ('pending', 'running') ORDER BY step",
        (run_id,),
    )


def due_activities(tx: Transaction, now: float, limit: int) -> list[Activity]:
    """Return executions with a deadline that is over, the oldest first."""
    return tx.all(
        Activity,
        "FROM activities WHERE due_at IS NOT NULL AND due_at <= ?"
        " AND NOT EXISTS (SELECT 1 FROM setbacks WHERE chore = 'activity' AND item = execution_id)"
        " ORDER BY due_at LIMIT ?",
        (now, limit),
    )


def next_due(tx: Transaction) -> float | None:
    """Return when the next deadline of an execution is over."""
    moment: float | None = tx.scalar(
        "SELECT min(due_at) FROM activities WHERE due_at IS NOT NULL"
        " AND NOT EXISTS (SELECT 1 FROM setbacks WHERE chore = 'activity' AND item = execution_id)"
    )
    return moment


def add_attempt(tx: Transaction, attempt: Attempt) -> None:
    """Insert an attempt."""
    tx.insert("activity_attempts", attempt)


def find_attempt(tx: Transaction, attempt_id: str) -> Attempt | None:
    """Return an attempt."""
    return tx.one(Attempt, "FROM activity_attempts WHERE attempt_id = ?", (attempt_id,))


def change_attempt(tx: Transaction, attempt_id: str, **columns: Any) -> None:
    """Set columns of an attempt."""
    tx.update("activity_attempts", "attempt_id", attempt_id, **columns)
