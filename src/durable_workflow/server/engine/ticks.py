"""The tick: everything that time alone makes happen, each thing for itself.

A thing that cannot be done is undone alone, logged, noted among the setbacks of the store and tried again
after a while; everything else goes on.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from durable_workflow.server.engine import (
    activity_timeouts,
    leases,
    parent_close,
    stickiness,
    terminations,
    timers,
)
from durable_workflow.server.store import (
    Transaction,
    activities,
    activity_tasks,
    children,
    runs,
    setbacks,
    workers,
    workflow_tasks,
)
from durable_workflow.server.store import timers as timer_rows
from durable_workflow.server.store.setbacks import Setback

__all__ = ["CHORES", "Chore", "next_moment", "tick"]

_log = logging.getLogger("durable_workflow.server")

_FIRST_PAUSE = 1.0
_LONGEST_PAUSE = 300.0


@dataclass(frozen=True, slots=True)
class Chore:
    """One kind of thing that becomes due.

    Args:
        name: Its name, under which the store leaves out what is set back.
        due: Returns the things that are due, the oldest first, up to a number.
        key: Returns the id of a thing.
        act: Does a thing.
        next_due: Returns when the next one is due, None when nothing is pending.
        liveness: Whether it watches over workers, and so waits for real time where other things wait for
            virtual time.
    """

    name: str
    due: Callable[[Transaction, float, int], Sequence[Any]]
    key: Callable[[Any], str]
    act: Callable[[Transaction, Any], None]
    next_due: Callable[[Transaction], float | None]
    liveness: bool = False


def _task_id(task: workflow_tasks.WorkflowTask | activity_tasks.ActivityTask) -> str:
    return task.task_id


# Deadlines of runs come first: what belongs to a run that is over must not happen any more.
CHORES = (
    Chore("run", runs.due_runs, str, terminations.time_out, runs.next_due),
    Chore(
        "child",
        children.due_policies,
        lambda child: child.child_call_id,
        parent_close.apply,
        children.next_policy_due,
    ),
    Chore(
        "activity",
        activities.due_activities,
        lambda activity: activity.execution_id,
        activity_timeouts.time_out,
        activities.next_due,
    ),
    Chore("timer", timer_rows.due_timers, lambda timer: timer.timer_id, timers.fire, timer_rows.next_due),
    Chore(
        "worker",
        workers.lost_workers,
        lambda worker: f"{worker.namespace}/{worker.worker_id}",
        leases.end_lost,
        workers.next_due,
        liveness=True,
    ),
    Chore(
        "workflow_lease",
        workflow_tasks.expired_tasks,
        _task_id,
        leases.end_workflow_lease,
        workflow_tasks.next_lease_end,
        liveness=True,
    ),
    Chore(
        "activity_lease",
        activity_tasks.expired_tasks,
        _task_id,
        leases.end_activity_lease,
        activity_tasks.next_lease_end,
        liveness=True,
    ),
    Chore(
        "sticky_task",
        workflow_tasks.overheld_tasks,
        _task_id,
        stickiness.let_go,
        workflow_tasks.next_sticky_end,
        liveness=True,
    ),
    Chore(
        "workflow_task",
        workflow_tasks.due_tasks,
        _task_id,
        leases.make_workflow_task_ready,
        workflow_tasks.next_ready,
    ),
    Chore(
        "activity_task",
        activity_tasks.due_tasks,
        _task_id,
        leases.make_activity_task_ready,
        activity_tasks.next_ready,
    ),
)
"""Everything that becomes due, in the order in which a tick does it."""


def tick(tx: Transaction, now: float) -> float | None:
    """Do everything that is due.

    A tick handles a bounded number of things of each kind; with more left, the time it returns is past.

    Args:
        tx: The transaction.
        now: The time of the tick in epoch seconds.

    Returns:
        When the next tick is needed, in epoch seconds; None when nothing is pending.
    """
    earlier = setbacks.take_due(tx, now)
    for chore in CHORES:
        for thing in chore.due(tx, now, tx.settings.tick_batch):
            _do(tx, chore, thing, earlier)
    moments = (next_moment(tx), next_moment(tx, liveness=True), setbacks.next_due(tx))
    moment = min((moment for moment in moments if moment is not None), default=None)
    tx.arm(moment)
    return moment


def next_moment(tx: Transaction, *, liveness: bool = False) -> float | None:
    """Return when the next thing is due that watches over workers, or the next one that does not."""
    moments = [chore.next_due(tx) for chore in CHORES if chore.liveness is liveness]
    return min((moment for moment in moments if moment is not None), default=None)


def _do(tx: Transaction, chore: Chore, thing: Any, earlier: dict[tuple[str, str], Setback]) -> None:
    try:
        with tx.part():
            chore.act(tx, thing)
    except Exception as error:
        if not tx.usable:
            raise
        key = chore.key(thing)
        before = earlier.get((chore.name, key))
        _set_back(tx, chore.name, key, 1 if before is None else before.failures + 1, error)


def _set_back(tx: Transaction, chore: str, item: str, failures: int, error: Exception) -> None:
    # The exponent is bounded because a thing may fail for weeks.
    pause = min(_FIRST_PAUSE * 2.0 ** min(failures - 1, 32), _LONGEST_PAUSE)
    _log.error(
        "%s %s is due and cannot be done (failure %d); it is left out and tried again in %g s",
        chore,
        item,
        failures,
        pause,
        exc_info=error,
    )
    text = f"{type(error).__name__}: {error}"[:1000]
    setbacks.add_setback(tx, Setback(chore, item, failures, text, tx.now, tx.now + pause))
