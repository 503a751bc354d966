"""Due things that the tick could not do: left out of what is due until they are tried again."""

from __future__ import annotations

from dataclasses import dataclass

from durable_workflow.server.store._transaction import Transaction

__all__ = ["Setback", "add_setback", "all_setbacks", "next_due", "take_due"]


@dataclass(frozen=True, slots=True)
class Setback:
    """A due thing that failed ``failures`` times in a row and is tried again at ``again_at``."""

    chore: str
    item: str
    failures: int
    error: str
    failed_at: float
    again_at: float


def add_setback(tx: Transaction, setback: Setback) -> None:
    """Note that something failed; it is not due again before its time."""
    tx.insert("setbacks", setback)


def take_due(tx: Transaction, now: float) -> dict[tuple[str, str], Setback]:
    """Remove the setbacks whose time has come and return them, so that their things are due again."""
    found = tx.all(Setback, "FROM setbacks WHERE again_at <= ?", (now,))
    if found:
        tx.execute("DELETE FROM setbacks WHERE again_at <= ?", (now,))
    return {(setback.chore, setback.item): setback for setback in found}


def all_setbacks(tx: Transaction) -> list[Setback]:
    """Return all that is set back now."""
    return tx.all(Setback, "FROM setbacks ORDER BY chore, item")


def next_due(tx: Transaction) -> float | None:
    """Return when the next failed thing is tried again."""
    moment: float | None = tx.scalar("SELECT min(again_at) FROM setbacks")
    return moment
