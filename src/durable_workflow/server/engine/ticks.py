"""The tick: everything that time alone makes happen."""

from __future__ import annotations

from durable_workflow.server.engine import activity_timeouts, leases, terminations, timers
from durable_workflow.server.store import (
    Transaction,
    activities,
    activity_tasks,
    runs,
    workers,
    workflow_tasks,
)
from durable_workflow.server.store import timers as timer_rows

__all__ = ["tick"]


def tick(tx: Transaction, now: float) -> float | None:
    """Do everything that is due.

    A tick handles a bounded number of things of each kind; with more left, the time it returns is past.

    Args:
        tx: The transaction.
        now: The time of the tick in epoch seconds.

    Returns:
        When the next tick is needed, in epoch seconds; None when nothing is pending.
    """
    # Deadlines of runs come first: what belongs to a run that is over must not happen any more.
    terminations.time_out_due(tx, now)
    activity_timeouts.time_out_due(tx, now)
    timers.fire_due(tx, now)
    leases.end_lost(tx, now)
    leases.end_overdue(tx, now)
    leases.ready_due(tx, now)
    moment = _next_due(tx)
    tx.arm(moment)
    return moment


def _next_due(tx: Transaction) -> float | None:
    moments = [
        runs.next_due(tx),
        activities.next_due(tx),
        timer_rows.next_due(tx),
        workers.next_due(tx),
        *workflow_tasks.next_due(tx),
        *activity_tasks.next_due(tx),
    ]
    return min((moment for moment in moments if moment is not None), default=None)
