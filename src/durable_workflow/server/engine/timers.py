"""Timers: what their events say, and what happens when one fires."""

from __future__ import annotations

from typing import Any

from durable_workflow.server.engine import history, wakeups
from durable_workflow.server.engine.lookup import run_of
from durable_workflow.server.engine.snapshots import present, timer_task_note
from durable_workflow.server.engine.timestamps import precise
from durable_workflow.server.store import Transaction, timers
from durable_workflow.server.store.timers import ConditionWait, Timer

__all__ = ["fire", "timer_members", "wait_members"]


def wait_members(wait: ConditionWait) -> dict[str, Any]:
    """Return the members by which events name a condition wait."""
    return present(
        condition_wait_id=wait.condition_wait_id,
        condition_key=wait.condition_key,
        condition_definition_fingerprint=wait.fingerprint,
    )


def timer_members(tx: Transaction, timer: Timer) -> dict[str, Any]:
    """Return the members that all events of a timer share."""
    members: dict[str, Any] = {
        "timer_id": timer.timer_id,
        "sequence": timer.step,
        "delay_seconds": timer.delay_seconds,
        "fire_at": precise(timer.fire_at),
    }
    wait = _wait_of(tx, timer)
    return members if wait is None else {**members, "timer_kind": "condition_timeout", **wait_members(wait)}


def _wait_of(tx: Transaction, timer: Timer) -> ConditionWait | None:
    return None if timer.condition_wait_id is None else timers.find_wait(tx, timer.condition_wait_id)


def fire(tx: Transaction, timer: Timer) -> None:
    """Fire a timer whose time has come."""
    run = run_of(tx, timer.run_id)
    timers.change_timer(tx, timer.timer_id, status="fired")
    if not run.is_open:
        return
    members = timer_members(tx, timer) | {"fired_at": precise(tx.now)}
    task = timer_task_note(run, timer, "completed")
    history.append(tx, run, "TimerFired", members, task=task)
    wait = _wait_of(tx, timer)
    if wait is not None:
        timers.change_wait(tx, wait.condition_wait_id, status="timed_out")
    wakeups.wake(tx, run, _context(timer, wait))


def _context(timer: Timer, wait: ConditionWait | None) -> dict[str, Any]:
    context: dict[str, Any] = {
        "workflow_wait_kind": "timer" if wait is None else "condition",
        "open_wait_id": f"timer:{timer.timer_id}" if wait is None else wait.condition_wait_id,
        "resume_source_kind": "timer",
        "resume_source_id": timer.timer_id,
        "workflow_sequence": timer.step,
        "workflow_event_type": "TimerFired",
        "timer_id": timer.timer_id,
    }
    return context if wait is None else context | wait_members(wait)
