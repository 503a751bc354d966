"""The commands start_timer and open_condition_wait, and what a signal does to an open wait."""

from __future__ import annotations

from durable_workflow.server.engine.commands.kinds import Command, Completion, Kind, Problems, text_of
from durable_workflow.server.engine.snapshots import present
from durable_workflow.server.engine.timers import timer_members, wait_members
from durable_workflow.server.engine.timestamps import precise
from durable_workflow.server.store import timers
from durable_workflow.server.store.timers import ConditionWait, Timer

__all__ = ["OPEN_CONDITION_WAIT", "START_TIMER", "satisfy_latest_wait"]


def _check_timer(command: Command, problems: Problems) -> None:
    if not _is_seconds(command.get("delay_seconds")):
        problems.add("delay_seconds", "delay_seconds is required: whole seconds, not negative.")


def _is_seconds(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _apply_timer(completion: Completion, command: Command, step: int) -> None:
    _start(completion, step, command["delay_seconds"], completion.tx.ids.lower(), None)


def _start(completion: Completion, step: int, delay: int, timer_id: str, wait_id: str | None) -> None:
    tx = completion.tx
    timer = Timer(
        timer_id=timer_id,
        run_id=completion.run.run_id,
        task_id=tx.ids.lower(),
        step=step,
        delay_seconds=delay,
        fire_at=tx.now + delay,
        created_at=tx.now,
        condition_wait_id=wait_id,
    )
    timers.add_timer(tx, timer)
    tx.due(timer.fire_at)
    completion.append("TimerScheduled", timer_members(tx, timer))
    completion.created.append(timer.task_id)


def _check_wait(command: Command, problems: Problems) -> None:
    for member in ("condition_key", "condition_definition_fingerprint"):
        if command.get(member) is not None and text_of(command, member) is None:
            problems.add(member, f"{member} must not be blank.")
    timeout = command.get("timeout_seconds")
    if timeout is not None and not _is_seconds(timeout):
        problems.add("timeout_seconds", "timeout_seconds are whole seconds, not negative.")


def _apply_wait(completion: Completion, command: Command, step: int) -> None:
    tx = completion.tx
    timeout = command.get("timeout_seconds")
    wait = ConditionWait(
        condition_wait_id=tx.ids.upper(),
        run_id=completion.run.run_id,
        step=step,
        condition_key=text_of(command, "condition_key"),
        fingerprint=text_of(command, "condition_definition_fingerprint"),
        timeout_seconds=timeout,
        # A limit of 0 has no timer: a worker finds it over by itself.
        timer_id=tx.ids.lower() if timeout else None,
    )
    timers.add_wait(tx, wait)
    completion.append(
        "ConditionWaitOpened", wait_members(wait) | present(sequence=step, timeout_seconds=timeout)
    )
    if wait.timer_id is not None and timeout is not None:
        _start(completion, step, timeout, wait.timer_id, wait.condition_wait_id)


def satisfy_latest_wait(completion: Completion, signal: Command) -> None:
    """Note the newest open wait as satisfied by a signal, and cancel its timer.

    The server cannot evaluate a condition. A worker that was woken by a signal and opens no wait again has
    found it true.

    Args:
        completion: The completion of the signal's task.
        signal: The resume context of that task.
    """
    tx = completion.tx
    wait = timers.latest_open_wait(tx, completion.run.run_id)
    if wait is None:
        return
    timers.change_wait(tx, wait.condition_wait_id, status="satisfied")
    payload = wait_members(wait) | present(
        sequence=wait.step,
        timer_id=wait.timer_id,
        timeout_seconds=wait.timeout_seconds,
        workflow_signal_id=signal.get("workflow_signal_id"),
        signal_name=signal.get("signal_name"),
        signal_wait_id=signal.get("signal_wait_id"),
    )
    completion.append("ConditionWaitSatisfied", payload)
    timer = None if wait.timer_id is None else timers.find_timer(tx, wait.timer_id)
    if timer is not None and timer.status == "pending":
        timers.change_timer(tx, timer.timer_id, status="cancelled")
        completion.append("TimerCancelled", timer_members(tx, timer) | {"cancelled_at": precise(tx.now)})


START_TIMER = Kind("start_timer", _check_timer, _apply_timer)
"""Appends ``TimerScheduled``; the server fires it."""

OPEN_CONDITION_WAIT = Kind("open_condition_wait", _check_wait, _apply_wait)
"""Appends ``ConditionWaitOpened``, with a time limit also ``TimerScheduled``."""
