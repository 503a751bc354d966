"""Leaps of virtual time: when time may leap, how far, and what moves along with it.

Workers are watched in real time, because they work in real time: their leases and their heartbeats move with
every leap. Everything that workflow code waits for is virtual time.
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass

from durable_workflow.server.clock import LeapingClock
from durable_workflow.server.engine import ticks
from durable_workflow.server.store import Transaction, leaps

__all__ = ["Outlook", "leap", "look_ahead"]


@dataclass(frozen=True, slots=True)
class Outlook:
    """What stands between now and the next leap.

    Args:
        busy: A task is out, or one is ready that a live worker comes for.
        unserved: Tasks are ready, but nobody comes for them.
        moment: When the next thing is due, in epoch seconds; None when nothing is.
    """

    busy: bool
    unserved: bool
    moment: float | None


def look_ahead(tx: Transaction, polled: Container[tuple[str, str, str]]) -> Outlook:
    """Return what is under way and what comes next.

    Args:
        tx: The transaction.
        polled: Who asks for tasks: operation, namespace and worker id.
    """
    unserved = leaps.any_ready(tx)
    busy = leaps.any_leased(tx) or (
        unserved and any(worker in polled for worker in leaps.workers_for_ready(tx))
    )
    return Outlook(busy, unserved, ticks.next_moment(tx))


def leap(tx: Transaction, moment: float) -> float | None:
    """Move virtual time to ``moment`` and do what is due then.

    Args:
        tx: The transaction; its time is ``moment`` from here on.
        moment: Where to, in epoch seconds; a moment that is past only does what is due.

    Returns:
        When the next tick is needed, in epoch seconds; None when nothing is pending.

    Raises:
        TypeError: If the clock cannot leap.
    """
    clock = tx.clock
    if not isinstance(clock, LeapingClock):
        raise TypeError("this server runs on real time")
    seconds = moment - clock.now()
    if seconds > 0:
        clock.skip(seconds)
        tx.now = moment
        leaps.move_liveness(tx, seconds)
        leaps.note_skipped(tx, clock.skipped)
    return ticks.tick(tx, tx.now)
