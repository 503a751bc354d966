"""The commands of a completed workflow task (worker-plane.md, section 9)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from durable_workflow import serializer
from model.matching import Call, Decodes, Expected, Seen
from model.world.cancellations import give_in, move_on
from model.world.family import pass_on, start_child
from model.world.lives import append, begin, close, new_task, wake
from model.world.messages import receive
from model.world.state import Activity, Run, Signal, State, Timer, Wait, WorkflowTask
from model.world.updates import answer, move_update, open_updates, sound_answers
from model.world.workers import DEFAULT_QUEUE
from model.world.workflow_tasks import guard, next_task

__all__ = ["complete"]

_Body = dict[str, Any]


def complete(state: State, call: Call, seen: Seen) -> Expected:
    """Carry out the commands of a task, all or none; the one that closes the run comes last."""
    task = guard(state, call)
    if isinstance(task, Expected):
        return task
    commands: list[_Body] = list(call.body["commands"])
    closing = [one for one in commands if one["type"] in _CLOSING]
    sound = sound_answers(task, commands) and all(_sound(task.run, command) for command in commands)
    if len(closing) > 1 or not sound:
        return Expected(409, {"reason": "invalid_commands", "recorded": False, "created_task_ids": []})
    return _recorded(task.run, _carry_out(state, task, commands, closing))


def _sound(run: Run, command: _Body) -> bool:
    if command["type"] == "cancel_workflow":
        return run.cancellation is not None
    if command["type"] != "record_version_marker":
        return True
    lowest, highest = command["min_supported"], command["max_supported"]
    return bool(lowest <= command["version"] <= highest)


def _carry_out(state: State, task: WorkflowTask, commands: list[_Body], closing: list[_Body]) -> int:
    """Record the commands; return how many tasks they made."""
    run = task.run
    _satisfy_wait(state, task, commands)
    step, made = len(run.history) + 1, 0
    for command in commands:
        if command not in closing:
            made += _OPENING[command["type"]](state, run, command, step)
            step += 1
    task.state, run.failures, run.status = "completed", 0, "waiting"
    for command in closing:
        made += _CLOSING[command["type"]](state, task, command, step)
    if run.open:
        next_task(state, run)
    return made


def _recorded(run: Run, made: int) -> Expected:
    body = {"outcome": "completed", "recorded": True, "run_id": run.name, "run_status": run.status}
    return Expected(200, {**body, "reason": None, "created_task_ids": _Count(made)})


class _Count:
    """So many different ids."""

    def __init__(self, number: int) -> None:
        self._number = number

    def meets(self, seen: Any) -> bool:
        return len(seen) == len(set(seen)) == self._number

    def __repr__(self) -> str:
        return f"{self._number} ids"


def _satisfy_wait(state: State, task: WorkflowTask, commands: list[_Body]) -> None:
    """After a signal, commands that open no wait say that the newest open wait is over."""
    waits = [wait for wait in task.run.waits if wait.state == "open"]
    opens = any(command["type"] == "open_condition_wait" for command in commands)
    if task.cause_kind != "workflow_signal" or not commands or opens or not waits:
        return
    wait = waits[-1]
    wait.state = "satisfied"
    known = {"condition_wait_id": wait.name, "sequence": wait.step}
    append(state, task.run, "ConditionWaitSatisfied", **known, workflow_signal_id=task.cause)
    if wait.timer is not None and wait.timer.state == "pending":
        wait.timer.state = "cancelled"
        append(state, task.run, "TimerCancelled", timer_id=wait.timer.name, **known)


def _activity(state: State, run: Run, command: _Body, step: int) -> int:
    limits = {name: command[name] for name in _LIMITS if command.get(name) is not None}
    activity = Activity(
        state.names.new("activity"),
        run,
        step,
        command["activity_type"],
        command.get("queue") or run.queue or DEFAULT_QUEUE,
        command.get("retry_policy") or {},
        limits,
        state.now,
        state.names.new("activity task"),
        state.now,
    )
    run.activities.append(activity)
    known = {"activity_execution_id": activity.name, "activity_type": activity.activity_type}
    append(state, run, "ActivityScheduled", sequence=step, **known)
    return 1


def _timer(state: State, run: Run, command: _Body, step: int) -> int:
    _schedule(state, run, step, command["delay_seconds"], None)
    return 1


def _schedule(state: State, run: Run, step: int, delay: int, wait: Wait | None) -> Timer:
    timer = Timer(state.names.new("timer"), run, step, state.now + delay, wait)
    run.timers.append(timer)
    kind = None if wait is None else "condition_timeout"
    append(
        state,
        run,
        "TimerScheduled",
        sequence=step,
        timer_id=timer.name,
        delay_seconds=delay,
        timer_kind=kind,
    )
    return timer


def _wait(state: State, run: Run, command: _Body, step: int) -> int:
    wait = Wait(state.names.new("condition wait"), step, command.get("condition_key"))
    run.waits.append(wait)
    limit = command.get("timeout_seconds")
    append(
        state,
        run,
        "ConditionWaitOpened",
        sequence=step,
        condition_wait_id=wait.name,
        condition_key=wait.key,
    )
    if limit:
        wait.timer = _schedule(state, run, step, limit, wait)
    return 1 if limit else 0


def _side_effect(state: State, run: Run, command: _Body, step: int) -> int:
    append(state, run, "SideEffectRecorded", sequence=step, result=command["result"])
    return 0


def _marker(state: State, run: Run, command: _Body, step: int) -> int:
    known = {name: command[name] for name in ("change_id", "version")}
    append(state, run, "VersionMarkerRecorded", sequence=step, **known)
    return 0


def _memo(state: State, run: Run, command: _Body, step: int) -> int:
    merged = {**run.memo, **serializer.decode_envelope(command["entries"])}
    run.memo = {name: value for name, value in merged.items() if value is not None}
    append(state, run, "MemoUpserted", sequence=step)
    return 0


def _attributes(state: State, run: Run, command: _Body, step: int) -> int:
    merged = {**run.attributes, **command["attributes"]}
    run.attributes = {name: value for name, value in merged.items() if value is not None}
    append(state, run, "SearchAttributesUpserted", sequence=step, merged=run.attributes)
    return 0


def _complete_workflow(state: State, task: WorkflowTask, command: _Body, step: int) -> int:
    result = command.get("result")
    task.run.output = None if result is None else serializer.decode_envelope(result)
    output = None if result is None else Decodes(task.run.output)
    append(state, task.run, "WorkflowCompleted", output=output)
    close(state, task.run, "completed", "completed")
    return 0


def _fail_workflow(state: State, task: WorkflowTask, command: _Body, step: int) -> int:
    append(state, task.run, "WorkflowFailed", message=command["message"])
    child = task.run.child
    types = [] if child is None else child.retries.get("non_retryable_error_types") or []
    task.run.final = bool(command.get("non_retryable")) or command.get("exception_type") in types
    close(state, task.run, "failed", "failed")
    return 0


def _continue(state: State, task: WorkflowTask, command: _Body, step: int) -> int:
    """Close the run and begin the next one, which gets the signals that the worker had not seen."""
    run, given = task.run, command.get("arguments")
    new = begin(
        state,
        run.workflow,
        workflow_type=command.get("workflow_type") or run.workflow_type,
        queue=command.get("queue") or run.queue,
        arguments=run.arguments if given is None else serializer.decode_envelope(given),
        execution_deadline=run.execution_deadline,
        run_timeout=run.run_timeout,
        memo=dict(run.memo),
        attributes=dict(run.attributes),
        messages=run.messages,
        cursor=run.cursor,
    )
    moving = _unseen(state, task, new)
    pass_on(run, new)
    append(
        state,
        run,
        "WorkflowContinuedAsNew",
        sequence=step,
        continued_to_run_id=new.name,
        continued_to_run_number=new.number,
    )
    close(state, run, "completed", "continued")
    append(state, new, "WorkflowStarted", workflow_run_id=new.name, continued_from_run_id=run.name)
    new.task = new_task(state, new)
    for move in moving:
        move()
    return 1


def _unseen(state: State, task: WorkflowTask, new: Run) -> list[Callable[[], None]]:
    """Return how what the worker had not seen, and all open updates, go to the next run, in their order."""
    run = task.run
    moves: dict[int, Callable[[], None]] = {}
    for signal, sequence in run.signals.items():
        moves[sequence] = _bound(_move_signal, state, signal, new)
    if run.cancellation is not None:
        moves[run.cancelled_at_event] = _bound(move_on, state, run, new)
    moves = {sequence: move for sequence, move in moves.items() if sequence > task.seen_events}
    for update in open_updates(run):
        moves[run.updates.pop(update)] = _bound(move_update, state, update, new)
    return [moves[sequence] for sequence in sorted(moves)]


def _bound(act: Callable[..., None], *arguments: Any) -> Callable[[], None]:
    return lambda: act(*arguments)


def _move_signal(state: State, signal: Signal, new: Run) -> None:
    receive(state, new, signal)
    wake(state, new, signal.name)


def _give_in(state: State, task: WorkflowTask, command: _Body, step: int) -> int:
    give_in(state, task.run)
    return 0


_LIMITS = (
    "schedule_to_start_timeout",
    "start_to_close_timeout",
    "schedule_to_close_timeout",
    "heartbeat_timeout",
)
_OPENING: dict[str, Callable[[State, Run, _Body, int], int]] = {
    "complete_update": answer,
    "fail_update": answer,
    "open_condition_wait": _wait,
    "record_side_effect": _side_effect,
    "record_version_marker": _marker,
    "schedule_activity": _activity,
    "start_child_workflow": start_child,
    "start_timer": _timer,
    "upsert_memo": _memo,
    "upsert_search_attributes": _attributes,
}
_CLOSING: dict[str, Callable[[State, WorkflowTask, _Body, int], int]] = {
    "cancel_workflow": _give_in,
    "complete_workflow": _complete_workflow,
    "continue_as_new": _continue,
    "fail_workflow": _fail_workflow,
}
