"""The runs of a namespace as lists show them, newest start first.

A run is in one of five listings: ``open``, or its closed status. Each listing is an index in the order of the
list, so a page costs the same however many runs the other listings hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from durable_workflow.server.store._transaction import Transaction, columns_of

__all__ = ["LISTINGS", "Listed", "Selection", "listed_runs", "runs_of"]

LISTINGS = ("open", "completed", "failed", "cancelled", "terminated")
"""What a run can be listed as."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A run as a list shows it; ``search_attributes`` is JSON text."""

    run_id: str
    workflow_id: str
    namespace: str
    run_number: int
    workflow_type: str
    business_key: str | None
    payload_codec: str
    status: str
    task_queue: str | None
    started_at: float
    closed_at: float | None
    search_attributes: str | None


@dataclass(frozen=True, slots=True)
class Selection:
    """Which runs of a namespace are listed.

    Args:
        namespace: The namespace.
        listings: Which listings are looked through.
        workflow_type: The type of the runs, None for all types.
        conditions: Further conditions in SQL, all of which must hold.
        parameters: Their parameters.
        by_key: True if the conditions name a workflow or run, which is then faster to find than a listing.
    """

    namespace: str
    listings: Sequence[str] = LISTINGS
    workflow_type: str | None = None
    conditions: Sequence[str] = ()
    parameters: Sequence[Any] = ()
    by_key: bool = False


def listed_runs(
    tx: Transaction, selection: Selection, before: tuple[float, str] | None, limit: int
) -> list[Listed]:
    """Return up to ``limit`` runs behind the start time and run id ``before``, the newest start first."""
    found = [run for listing in selection.listings for run in _listing(tx, selection, listing, before, limit)]
    found.sort(key=lambda run: (run.started_at, run.run_id), reverse=True)
    return found[:limit]


def _listing(
    tx: Transaction, selection: Selection, listing: str, before: tuple[float, str] | None, limit: int
) -> Iterable[Listed]:
    # The plus keeps SQLite from taking the listing's index where a key leads to fewer rows.
    namespace = "+namespace = ?" if selection.by_key else "namespace = ?"
    conditions = [namespace, "listing = ?"]
    parameters: list[Any] = [selection.namespace, listing]
    if selection.workflow_type is not None:
        conditions.append("workflow_type = ?")
        parameters.append(selection.workflow_type)
    if before is not None:
        conditions.append("(started_at, run_id) < (?, ?)")
        parameters += before
    where = " AND ".join([*conditions, *selection.conditions])
    rows = tx.execute(
        f"{_SELECT} {where} ORDER BY started_at DESC, run_id DESC LIMIT ?",
        (*parameters, *selection.parameters, limit),
    )
    return [Listed(*row) for row in rows]


def runs_of(tx: Transaction, workflow_id: str) -> list[Listed]:
    """Return all runs of a workflow, the oldest first."""
    return tx.all(Listed, "FROM runs WHERE workflow_id = ? ORDER BY run_number", (workflow_id,))


_SELECT = " ".join(["SELECT", ", ".join(columns_of(Listed)), "FROM runs WHERE"])
