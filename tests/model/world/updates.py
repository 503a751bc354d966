"""Updates: their way in, which task names them, and their answers (worker-plane.md, 9.6; compatibility)."""

from __future__ import annotations

from typing import Any

from durable_workflow import serializer
from model.matching import Call, Decodes, Expected, Seen
from model.world.lives import append, wake
from model.world.messages import commanded, receipt
from model.world.state import Promise, Run, State, Update, WorkflowTask

__all__ = ["accept", "answer", "move_update", "open_updates", "sound_answers", "unnamed", "update"]


def update(state: State, call: Call, seen: Seen) -> Expected:
    """Give an update to the newest run; a repeat is told how the same update stands."""

    def act(run: Run) -> Promise:
        arguments = list(call.body.get("input") or [])
        name, command = state.names.new("update"), state.names.new("command")
        run.messages += 1
        given = Update(name, command, call.path["updateName"], arguments, run.messages, run)
        accept(state, run, given)
        return lambda: _standing(given)

    return commanded(state, call, "update", act)


def _standing(given: Update) -> Expected:
    status, outcome = {
        "accepted": (202, None),
        "completed": (200, "update_completed"),
        "failed": (422, "update_failed"),
        "left": (409, "update_failed"),
    }[given.state]
    kept = {"update_id": given.name, "update_status": "failed" if given.state == "left" else given.state}
    result = given.result if given.state == "completed" else None
    reason = "run_not_active" if given.state == "left" else None
    return receipt(given.first_run, status, outcome, given.command, result=result, reason=reason, **kept)


def accept(state: State, run: Run, given: Update) -> None:
    """Record an update in the history of a run: its first one, or one that it moves to."""
    run.updates[given] = len(run.history) + 1
    append(
        state,
        run,
        "UpdateAccepted",
        update_id=given.name,
        update_name=given.update_name,
        workflow_run_id=run.name,
        arguments=Decodes(given.arguments),
    )
    wake(state, run, given.name)


def move_update(state: State, given: Update, following: Run) -> None:
    """Take an open update to the next run, where it waits for a task to name it."""
    given.named = False
    accept(state, following, given)


def open_updates(run: Run) -> list[Update]:
    return [given for given in run.updates if given.state == "accepted"]


def unnamed(run: Run) -> list[Update]:
    """Return the open updates that no task has named yet, the oldest first."""
    return [given for given in open_updates(run) if not given.named]


def sound_answers(task: WorkflowTask, commands: list[dict[str, Any]]) -> bool:
    """Whether each update that is answered is open, answered once, and the one that the task names."""
    ids = [one["update_id"] for one in commands if one["type"] in ("complete_update", "fail_update")]
    known = {given.name.value for given in open_updates(task.run)}
    named = task.update is None or set(ids) <= {task.update.name.value}
    return len(ids) == len(set(ids)) and set(ids) <= known and named


def answer(state: State, run: Run, command: dict[str, Any], step: int) -> int:
    """Record the answer to an update; a failed one was never applied."""
    given = next(one for one in open_updates(run) if one.name.value == command["update_id"])
    known = {"update_id": given.name, "sequence": step}
    if command["type"] == "complete_update":
        envelope = command.get("result")
        given.state, given.result = "completed", envelope and serializer.decode_envelope(envelope)
        append(state, run, "UpdateApplied", **known)
        append(state, run, "UpdateCompleted", **known, result=envelope and Decodes(given.result))
    else:
        given.state = "failed"
        append(state, run, "UpdateCompleted", **known, message=command["message"])
    if given.position > run.cursor:
        append(state, run, "MessageCursorAdvanced", new_position=given.position)
        run.cursor = given.position
    return 0
