"""Children (one row per call of a parent) and the links between runs, as exports show them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from durable_workflow.server.store._transaction import Transaction

__all__ = [
    "Child",
    "RunLink",
    "add_child",
    "add_link",
    "change_child",
    "due_policies",
    "find_running",
    "hand_over",
    "links_from",
    "links_to",
    "mark_due",
    "next_policy_due",
    "open_children",
]


@dataclass(frozen=True, slots=True)
class Child:
    """A child workflow; ``retry_policy`` and ``timeout_policy`` are JSON text.

    ``parent_run_id`` is the run that started it and gets its result. ``guardian_run_id`` is the run whose end
    brings the parent-close policy: the same, or the one that continues it. ``attempt`` counts its runs by
    the retry policy.

    Status: ``open``, ``completed``, ``failed``, ``cancelled``, ``terminated``. State of the policy: None,
    ``due``, ``applied``, ``failed``.
    """

    child_call_id: str
    parent_workflow_id: str
    parent_run_id: str
    step: int
    child_workflow_id: str
    child_type: str
    child_run_id: str
    workflow_link_id: str
    guardian_run_id: str
    parent_close_policy: str
    retry_policy: str | None
    timeout_policy: str | None
    attempt: int = 1
    status: str = "open"
    policy_state: str | None = None


@dataclass(frozen=True, slots=True)
class RunLink:
    """One run leads to another. Type: ``child_workflow`` (each retry has its own) or ``continue_as_new``."""

    workflow_link_id: str
    link_type: str
    parent_workflow_id: str
    parent_run_id: str
    step: int
    child_workflow_id: str
    child_run_id: str
    child_call_id: str | None
    created_at: float


def add_child(tx: Transaction, child: Child) -> None:
    """Insert a child."""
    tx.insert("children", child)


def change_child(tx: Transaction, child_call_id: str, **columns: Any) -> None:
    """Set columns of a child."""
    tx.update("children", "child_call_id", child_call_id, **columns)


def find_running(tx: Transaction, run_id: str) -> Child | None:
    """Return the open child whose newest run this is, None if the run is no such run."""
    return tx.one(Child, "FROM children WHERE child_run_id = ? AND status = 'open'", (run_id,))


def open_children(tx: Transaction, parent_run_id: str) -> list[Child]:
    """Return the open children that a run started, in step order."""
    return tx.all(
        Child, "FROM children WHERE parent_run_id = ? AND status = 'open' ORDER BY step", (parent_run_id,)
    )


def hand_over(tx: Transaction, run_id: str, following_run_id: str) -> None:
    """Leave the children that a parent-close policy concerns to the run that continues their guardian."""
    tx.execute(
        "UPDATE children SET guardian_run_id = ?"
        " WHERE guardian_run_id = ? AND status = 'open' AND parent_close_policy <> 'abandon'",
        (following_run_id, run_id),
    )


def mark_due(tx: Transaction, guardian_run_id: str) -> bool:
    """Note that the policies of a run's open children must be applied; return whether there are any."""
    cursor = tx.execute(
        "UPDATE children SET policy_state = 'due'"
        " WHERE guardian_run_id = ? AND status = 'open' AND parent_close_policy <> 'abandon'",
        (guardian_run_id,),
    )
    return cursor.rowcount > 0


def due_policies(tx: Transaction, now: float, limit: int) -> list[Child]:
    """Return children whose policy must be applied, the oldest first."""
    return tx.all(
        Child,
        "FROM children WHERE status = 'open' AND policy_state = 'due'"
        " AND NOT EXISTS (SELECT 1 FROM setbacks WHERE chore = 'child' AND item = child_call_id)"
        " ORDER BY child_call_id LIMIT ?",
        (limit,),
    )


def next_policy_due(tx: Transaction) -> float | None:
    """Return the present while there are policies to apply, None without."""
    return tx.now if due_policies(tx, tx.now, 1) else None


def add_link(tx: Transaction, link: RunLink) -> None:
    """Insert a link."""
    tx.insert("run_links", link)


def links_from(tx: Transaction, run_id: str) -> list[RunLink]:
    """Return the links to what a run started or was continued by, in step order."""
    return tx.all(
        RunLink, "FROM run_links WHERE parent_run_id = ? ORDER BY step, workflow_link_id", (run_id,)
    )


def links_to(tx: Transaction, run_id: str) -> list[RunLink]:
    """Return the links from what started a run or was continued by it."""
    return tx.all(RunLink, "FROM run_links WHERE child_run_id = ?", (run_id,))
