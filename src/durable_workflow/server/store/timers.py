"""Timers and the condition waits that some of them limit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from durable_workflow.server.store._transaction import Transaction

__all__ = [
    "ConditionWait",
    "Timer",
    "add_timer",
    "add_wait",
    "change_timer",
    "change_wait",
    "close_waits",
    "due_timers",
    "find_timer",
    "find_wait",
    "latest_open_wait",
    "next_due",
    "open_timers",
]


@dataclass(frozen=True, slots=True)
class Timer:
    """A timer. Status: ``pending``, ``fired``, ``cancelled``."""

    timer_id: str
    run_id: str
    task_id: str
    step: int
    delay_seconds: int
    fire_at: float
    created_at: float
    condition_wait_id: str | None = None
    status: str = "pending"


@dataclass(frozen=True, slots=True)
class ConditionWait:
    """A condition wait. Status: ``open``, ``satisfied``, ``timed_out``, ``closed`` (with its run)."""

    condition_wait_id: str
    run_id: str
    step: int
    condition_key: str | None
    fingerprint: str | None
    timeout_seconds: int | None
    timer_id: str | None
    status: str = "open"


def add_timer(tx: Transaction, timer: Timer) -> None:
    """Insert a timer."""
    tx.insert("timers", timer)


def find_timer(tx: Transaction, timer_id: str) -> Timer | None:
    """Return a timer."""
    return tx.one(Timer, "FROM timers WHERE timer_id = ?", (timer_id,))


def change_timer(tx: Transaction, timer_id: str, **columns: Any) -> None:
    """Set columns of a timer."""
    tx.update("timers", "timer_id", timer_id, **columns)


def open_timers(tx: Transaction, run_id: str) -> list[Timer]:
    """Return the run's timers that have not fired, in step order."""
    return tx.all(Timer, "FROM timers WHERE run_id = ? AND status = 'pending' ORDER BY step", (run_id,))


def due_timers(tx: Transaction, now: float, limit: int) -> list[Timer]:
    """Return timers whose time has come, the oldest first."""
    return tx.all(
        Timer,
        "FROM timers WHERE status = 'pending' AND fire_at <= ?"
        " AND NOT EXISTS (SELECT 1 FROM setbacks WHERE chore = 'timer' AND item = timer_id)"
        " ORDER BY fire_at, timer_id LIMIT ?",
        (now, limit),
    )


def next_due(tx: Transaction) -> float | None:
    """Return when the next timer fires."""
    moment: float | None = tx.scalar(
        "SELECT min(fire_at) FROM timers WHERE status = 'pending'"
        " AND NOT EXISTS (SELECT 1 FROM setbacks WHERE chore = 'timer' AND item = timer_id)"
    )
    return moment


def add_wait(tx: Transaction, wait: ConditionWait) -> None:
    """Insert a condition wait."""
    tx.insert("condition_waits", wait)


def find_wait(tx: Transaction, condition_wait_id: str) -> ConditionWait | None:
    """Return a condition wait."""
    return tx.one(ConditionWait, "FROM condition_waits WHERE condition_wait_id = ?", (condition_wait_id,))


def change_wait(tx: Transaction, condition_wait_id: str, **columns: Any) -> None:
    """Set columns of a condition wait."""
    tx.update("condition_waits", "condition_wait_id", condition_wait_id, **columns)


def latest_open_wait(tx: Transaction, run_id: str) -> ConditionWait | None:
    """Return the run's open condition wait with the highest step."""
    return tx.one(
        ConditionWait,
        "FROM condition_waits WHERE run_id = ? AND status = 'open' ORDER BY step DESC LIMIT 1",
        (run_id,),
    )


def close_waits(tx: Transaction, run_id: str) -> None:
    """Close the condition waits of a run that is closed."""
    tx.execute("UPDATE condition_waits SET status = 'closed' WHERE run_id = ? AND status = 'open'", (run_id,))
