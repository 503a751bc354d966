"""How many tasks of a queue are there to take: what decides how many pollers are woken."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from durable_workflow.server.store import Transaction

__all__ = ["backlog"]

# More pollers than this are not woken at once: the rest follows when these have looked.
_MOST = 64

_COUNT = """
    SELECT count(*) FROM (
        SELECT 1 FROM {table}
        WHERE namespace = ? AND task_queue = ? AND status = 'ready' AND available_at <= ? {only}
        LIMIT ?
    )
"""
# Tasks that are kept for one worker, by that worker.
_KEPT = """
    SELECT count(*) FROM (
        SELECT 1 FROM workflow_tasks
        WHERE namespace = ? AND sticky_worker_id = ? AND status = 'ready' AND sticky_until IS NOT NULL
          AND available_at <= ?
        LIMIT ?
    )
"""
_COUNTS = {
    "wf": _COUNT.format(table="workflow_tasks", only="AND sticky_until IS NULL"),
    "wfs": _KEPT,
    "act": _COUNT.format(table="activity_tasks", only=""),
}


def backlog(tx: Transaction, topic: str | None) -> int:
    """Return how many tasks are ready on the queue or for the worker that a topic stands for, up to a limit.

    Args:
        tx: The transaction.
        topic: ``wf:``, ``act:`` or ``query:``, then ``<namespace>:<queue>``; any other topic has no tasks.
    """
    kind, _, rest = (topic or "").partition(":")
    namespace, _, whose = rest.partition(":")
    if kind == "query":
        return min(tx.queries.waiting(namespace, whose), _MOST)
    if kind not in _COUNTS:
        return 0
    return int(tx.scalar(_COUNTS[kind], (namespace, whose, tx.now, _MOST)))
