"""updateWorkflow: a message to the newest run that its workflow answers, and the wait for that answer."""

from __future__ import annotations

import math
from typing import Any

from durable_workflow.server._calls import Call, Pending, Reply
from durable_workflow.server.engine import history, messages, open_updates, receipts, wakeups
from durable_workflow.server.engine.lookup import run_of
from durable_workflow.server.engine.messages import Message
from durable_workflow.server.engine.payloads import decoded, envelope
from durable_workflow.server.engine.refusals import invalid
from durable_workflow.server.engine.snapshots import command_note, present
from durable_workflow.server.engine.timestamps import precise
from durable_workflow.server.store import Transaction, commands, updates
from durable_workflow.server.store.commands import Command
from durable_workflow.server.store.runs import Run
from durable_workflow.server.store.updates import Update

__all__ = ["update_workflow"]

# How long to wait for an update is no part of it: a repeat may ask for another wait.
_WAITING = ("wait_for", "wait_timeout_seconds")


def update_workflow(tx: Transaction, call: Call) -> Reply | Pending:
    """Send an update to the newest run; a repeat with the same ``request_id`` waits for the same update."""
    if "wait_policy" in call.body:
        raise invalid({"wait_policy": ["wait_policy is not taken here; send wait_for."]})
    scope, key = f"update:{call.path['workflowId']}", call.body.get("request_id")
    known = receipts.repeated(tx, call, scope, key, _WAITING)
    if known is not None:
        return _answer(tx, call, known.body["update_id"])
    update_id, errors = _record(tx, call)
    answer = _answer(tx, call, update_id)
    if isinstance(answer, Reply) and errors:
        answer.body["validation_errors"] = errors
    shown = answer.empty if isinstance(answer, Pending) else answer
    receipts.remember(tx, call, scope, key, shown, _WAITING)
    return answer


def _record(tx: Transaction, call: Call) -> tuple[str, dict[str, list[str]]]:
    run, name = messages.target(tx, call, "update")
    message = messages.receive(tx, run, "update", name, call.body.get("input"))
    rejection = message.rejection
    command = receipts.record(
        tx,
        run,
        call,
        "update",
        payload=message.payload,
        outcome=None if rejection is None else rejection.outcome,
        rejection_reason=None if rejection is None else rejection.reason,
        target_name=name,
        besides=_WAITING,
    )
    update_id = tx.ids.lower()
    (_accept if rejection is None else _reject)(tx, run, command, message, update_id)
    return update_id, {} if rejection is None else dict(rejection.errors)


def _accept(tx: Transaction, run: Run, command: Command, message: Message, update_id: str) -> None:
    update = _row(tx, run, command, message, update_id, status="accepted", sequence=run.last_sequence + 1)
    updates.add_update(tx, update)
    event = open_updates.event_members(run, update)
    history.append(tx, run, "UpdateAccepted", event, command=command_note(command))
    wakeups.wake(tx, run, open_updates.context(update))


def _reject(tx: Transaction, run: Run, command: Command, message: Message, update_id: str) -> None:
    update = _row(tx, run, command, message, update_id, status="rejected", sequence=0)
    updates.add_update(tx, update)
    if run.is_open:
        errors = dict(message.rejection.errors) if message.rejection is not None else {}
        event = open_updates.event_members(run, update) | present(validation_errors=errors or None)
        history.append(tx, run, "UpdateRejected", event, command=command_note(command))


def _row(
    tx: Transaction,
    run: Run,
    command: Command,
    message: Message,
    update_id: str,
    *,
    status: str,
    sequence: int,
) -> Update:
    return Update(
        update_id=update_id,
        run_id=run.run_id,
        command_id=command.command_id,
        update_name=message.name,
        payload_codec=run.payload_codec,
        arguments=message.blob,
        accepted_sequence=sequence,
        status=status,
        decided_at=tx.now,
        closed_at=tx.now if status == "rejected" else None,
        closed_reason=command.rejection_reason,
    )


def _answer(tx: Transaction, call: Call, update_id: str) -> Reply | Pending:
    """Say how an update stands, or wait while the caller wants to and it is open."""
    update = updates.find_update(tx, update_id)
    if update is None:
        raise LookupError(f"update {update_id} is missing")
    body = _body(tx, call, update)
    if update.status != "accepted":
        return Reply(_status(update, body), body)
    if body["wait_for"] != "completed":
        return Reply(202, body)
    return Pending(
        open_updates.topic(update_id),
        Reply(202, body | {"wait_timed_out": True}),
        deadline_seconds=float(body["wait_timeout_seconds"]),
        again=lambda later: _answer(later, call, update_id),
    )


def _status(update: Update, body: dict[str, Any]) -> int:
    if update.status == "rejected":
        return {"unknown_update": 404, "invalid_update_arguments": 422}.get(body["reason"], 409)
    if update.status == "completed":
        return 200
    return 422 if update.closed_reason is None else 409


def _body(tx: Transaction, call: Call, update: Update) -> dict[str, Any]:
    command = commands.find_command(tx, update.command_id)
    if command is None:
        raise LookupError(f"command {update.command_id} is missing")
    run = run_of(tx, command.run_id)
    rejected = update.status == "rejected"
    outcomes = {"completed": "update_completed", "failed": "update_failed"}
    body = receipts.receipt_body(run, command, update.closed_reason) | {
        "resolved_run_id": update.run_id,
        "update_id": update.update_id,
        "update_status": update.status,
        "update_name": update.update_name,
        "workflow_sequence": update.step,
        "result": decoded(update.payload_codec, update.result),
        "result_envelope": envelope(update.payload_codec, update.result),
        "failure_id": update.failure_id,
        "failure_message": update.failure_message,
        "accepted_at": None if rejected else precise(update.decided_at),
        "applied_at": precise(update.applied_at),
        "rejected_at": precise(update.decided_at) if rejected else None,
        "closed_at": precise(update.closed_at),
        **_wait(tx, call),
    }
    if not rejected:
        body["outcome"] = outcomes.get(update.status)
    return body


def _wait(tx: Transaction, call: Call) -> dict[str, Any]:
    completed = call.body.get("wait_for") == "completed"
    seconds = call.body.get("wait_timeout_seconds") or math.ceil(tx.settings.update_wait)
    return {
        "wait_for": "completed" if completed else "accepted",
        "wait_timed_out": False,
        "wait_timeout_seconds": seconds if completed else None,
    }
