"""Updates: messages to a run whose sender gets an answer of the workflow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from durable_workflow.server.store._transaction import Transaction

__all__ = [
    "Update",
    "add_update",
    "change_update",
    "find_update",
    "first_unoffered",
    "open_updates",
    "updates_of",
]


@dataclass(frozen=True, slots=True)
class Update:
    """An update; it belongs to the run that is to answer it.

    Status: ``accepted``, ``completed``, ``failed`` or ``rejected``. ``accepted_sequence`` is the event that
    accepted it, 0 for a rejected one. ``offered`` counts the tasks that named it and ended without an answer.
    ``closed_reason`` says why it failed without its handler.
    """

    update_id: str
    run_id: str
    command_id: str
    update_name: str
    payload_codec: str
    arguments: str
    accepted_sequence: int
    status: str
    decided_at: float
    offered: int = 0
    step: int | None = None
    applied_at: float | None = None
    closed_at: float | None = None
    result: str | None = None
    failure_id: str | None = None
    failure_message: str | None = None
    closed_reason: str | None = None


def add_update(tx: Transaction, update: Update) -> None:
    """Insert an update."""
    tx.insert("updates", update)


def find_update(tx: Transaction, update_id: str) -> Update | None:
    """Return an update."""
    return tx.one(Update, "FROM updates WHERE update_id = ?", (update_id,))


def change_update(tx: Transaction, update_id: str, **columns: Any) -> None:
    """Set columns of an update."""
    tx.update("updates", "update_id", update_id, **columns)


def open_updates(tx: Transaction, run_id: str) -> list[Update]:
    """Return the accepted updates of a run that nobody answered yet, in the order of their acceptance."""
    return tx.all(
        Update, "FROM updates WHERE run_id = ? AND status = 'accepted' ORDER BY accepted_sequence", (run_id,)
    )


def first_unoffered(tx: Transaction, run_id: str) -> Update | None:
    """Return the oldest open update of a run that no ended task has named."""
    return tx.one(
        Update,
        "FROM updates WHERE run_id = ? AND status = 'accepted' AND offered = 0"
        " ORDER BY accepted_sequence LIMIT 1",
        (run_id,),
    )


def updates_of(tx: Transaction, run_id: str) -> list[Update]:
    """Return all updates that belong to a run, the oldest first."""
    return tx.all(Update, "FROM updates WHERE run_id = ? ORDER BY update_id", (run_id,))
