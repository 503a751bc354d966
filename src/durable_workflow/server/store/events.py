"""The events of runs, in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from durable_workflow.server.store._transaction import Transaction

__all__ = [
    "Event",
    "add_event",
    "count_of_type_after",
    "events_after",
    "events_of_type_after",
    "find_event",
    "newest_of_types",
]


@dataclass(frozen=True, slots=True)
class Event:
    """One event; ``payload`` is JSON text."""

    run_id: str
    sequence: int
    event_id: str
    event_type: str
    payload: str
    workflow_task_id: str | None
    workflow_command_id: str | None
    recorded_at: float


def add_event(tx: Transaction, event: Event) -> None:
    """Insert an event."""
    tx.insert("events", event)


def find_event(tx: Transaction, run_id: str, sequence: int) -> Event | None:
    """Return one event."""
    return tx.one(Event, "FROM events WHERE run_id = ? AND sequence = ?", (run_id, sequence))


def events_after(tx: Transaction, run_id: str, sequence: int, limit: int) -> list[Event]:
    """Return up to ``limit`` events behind ``sequence``, ascending."""
    return tx.all(
        Event,
        "FROM events WHERE run_id = ? AND sequence > ? ORDER BY sequence LIMIT ?",
        (run_id, sequence, limit),
    )


def events_of_type_after(tx: Transaction, run_id: str, sequence: int, event_type: str) -> list[Event]:
    """Return the events of one type behind ``sequence``, ascending."""
    return tx.all(
        Event,
        "FROM events WHERE run_id = ? AND sequence > ? AND event_type = ? ORDER BY sequence",
        (run_id, sequence, event_type),
    )


def count_of_type_after(tx: Transaction, run_id: str, sequence: int, event_type: str) -> int:
    """Return how many events of one type are behind ``sequence``."""
    count: int = tx.scalar(
        "SELECT count(*) FROM events WHERE run_id = ? AND sequence > ? AND event_type = ?",
        (run_id, sequence, event_type),
    )
    return count


def newest_of_types(tx: Transaction, run_id: str, event_types: Sequence[str], limit: int) -> list[Event]:
    """Return the newest events of some types, the newest first."""
    marks = ", ".join("?" * len(event_types))
    return tx.all(
        Event,
        f"FROM events WHERE run_id = ? AND event_type IN ({marks}) ORDER BY sequence DESC LIMIT ?",
        (run_id, *event_types, limit),
    )
