"""The commands complete_update and fail_update, which answer an accepted update."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from durable_workflow.server.engine.commands.kinds import (
    Command,
    Completion,
    Kind,
    Problems,
    check_payload,
    check_text,
    text_of,
)
from durable_workflow.server.engine.failures import failure_members
from durable_workflow.server.engine.history import append
from durable_workflow.server.engine.open_updates import event_members, named_update, topic
from durable_workflow.server.engine.payloads import text_blob
from durable_workflow.server.engine.snapshots import command_note
from durable_workflow.server.store import Transaction, commands, updates, workers
from durable_workflow.server.store.runs import Run
from durable_workflow.server.store.updates import Update
from durable_workflow.server.store.workflow_tasks import WorkflowTask

__all__ = ["ANSWERS_ANY", "COMPLETE_UPDATE", "FAIL_UPDATE", "refuse_answers"]

ANSWERS_ANY = "answers_any_update"
"""What workers register that answer every update they see, not only the one that their task names."""

_ANSWERS = ("complete_update", "fail_update")


def refuse_answers(tx: Transaction, run: Run, task: WorkflowTask, given: Sequence[Command]) -> str | None:
    """Say why the updates that a completion answers are not its to answer, None if they are."""
    named, answered = _only(tx, run, task), set[str]()
    for command in given:
        if command["type"] not in _ANSWERS:
            continue
        update_id = command["update_id"].strip()
        update = updates.find_update(tx, update_id)
        if update is None or update.run_id != run.run_id or update.status != "accepted":
            return f"The run has no open update {update_id!r:.80}."
        if named is not None and update_id != named:
            return f"The task names the update {named}; leave others to the next task."
        if update_id in answered:
            return f"The update {update_id} is answered twice."
        answered.add(update_id)
    return None


def _only(tx: Transaction, run: Run, task: WorkflowTask) -> str | None:
    """Return the one update that a completion may answer; None if it may answer all."""
    worker = workers.find_worker(tx, run.namespace, task.lease_owner or "")
    return None if worker is not None and worker.can(ANSWERS_ANY) else named_update(task)


def _check_complete(command: Command, problems: Problems) -> None:
    check_text(command, problems, "update_id")
    check_payload(command, problems, "result")


def _check_fail(command: Command, problems: Problems) -> None:
    check_text(command, problems, "update_id", "message")


def _apply_complete(completion: Completion, command: Command, step: int) -> None:
    update, note = _answered(completion, command)
    members = event_members(completion.run, update) | {"sequence": step}
    _append(completion, "UpdateApplied", members, note)
    result = text_blob(command.get("result"))
    del members["arguments"]
    _append(completion, "UpdateCompleted", members | {"result": result}, note)
    _close(completion, update, note, status="completed", step=step, result=result)


def _apply_fail(completion: Completion, command: Command, step: int) -> None:
    update, note = _answered(completion, command)
    members = event_members(completion.run, update) | {"sequence": step}
    del members["arguments"], members["payload_codec"]
    failure = failure_members(
        completion.tx,
        message=command["message"],
        exception_type=text_of(command, "exception_type"),
        exception_class=text_of(command, "exception_class"),
        non_retryable=command.get("non_retryable") is True,
    )
    category = {"failure_category": "application", "code": 0}
    _append(completion, "UpdateCompleted", members | failure | category, note)
    _close(
        completion,
        update,
        note,
        status="failed",
        step=step,
        failure_id=failure["failure_id"],
        failure_message=command["message"],
    )


def _answered(completion: Completion, command: Command) -> tuple[Update, dict[str, Any]]:
    update = updates.find_update(completion.tx, command["update_id"].strip())
    behind = None if update is None else commands.find_command(completion.tx, update.command_id)
    if update is None or behind is None:
        raise LookupError(f"update {command['update_id']} is missing")
    return update, command_note(behind)


def _append(
    completion: Completion, event_type: str, members: Mapping[str, Any], note: Mapping[str, Any]
) -> None:
    append(completion.tx, completion.run, event_type, members, task=completion.note, command=note)


def _close(completion: Completion, update: Update, note: Mapping[str, Any], **columns: Any) -> None:
    tx, run = completion.tx, completion.run
    updates.change_update(tx, update.update_id, applied_at=tx.now, closed_at=tx.now, **columns)
    tx.raise_topic(topic(update.update_id))
    position = note.get("message_sequence", 0)
    # An older update that is answered after a newer one does not move the cursor back.
    if position > run.message_cursor:
        moved = {"previous_position": run.message_cursor, "new_position": position}
        completion.append("MessageCursorAdvanced", {"stream_key": f"instance:{run.workflow_id}", **moved})
        run.message_cursor = position


COMPLETE_UPDATE = Kind("complete_update", _check_complete, _apply_complete)
"""Appends ``UpdateApplied`` and ``UpdateCompleted``."""

FAIL_UPDATE = Kind("fail_update", _check_fail, _apply_fail)
"""Appends ``UpdateCompleted`` with the failure."""
