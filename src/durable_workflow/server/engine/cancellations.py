"""Cancelling runs: told to the workflow where its workers can tell it, else by closing the run at once.

A cancellation on its way is an event that workers deliver at its place in history, like a signal. The
workflow ends as it wants to; a run that is still open when the grace is over is closed all the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from durable_workflow.server._calls import Call, Reply
from durable_workflow.server.engine import history, lives, receipts, wakeups
from durable_workflow.server.engine.lookup import commanded_run
from durable_workflow.server.engine.payloads import copy_like_run, decoded
from durable_workflow.server.engine.refusals import from_json
from durable_workflow.server.engine.snapshots import command_note, present
from durable_workflow.server.store import Transaction, commands, events, workers
from durable_workflow.server.store.commands import Command
from durable_workflow.server.store.runs import Run

__all__ = [
    "CAPABILITY",
    "cancel_run",
    "cancel_workflow",
    "carry_over",
    "close_cancelled",
    "reason_payload",
]

CAPABILITY = "cancellation_delivery"
"""What workers register that tell workflow code of its cancellation."""


def cancel_workflow(tx: Transaction, call: Call) -> Reply:
    """Cancel the newest run: 202 when the workflow is told first, 200 when the run is closed."""
    scope = f"cancel:{call.path['workflowId']}"
    return receipts.answer_once(tx, call, scope, call.body.get("request_id"), lambda: _cancel(tx, call))


def _cancel(tx: Transaction, call: Call) -> Reply:
    run, reason = commanded_run(tx, call), call.body.get("reason")
    if run.is_open:
        command = cancel_run(tx, call, run, reason)
        status = 200 if command.outcome == "cancelled" else 202
        return Reply(status, receipts.receipt_body(run, command, reason))
    command = receipts.record(
        tx,
        run,
        call,
        "cancel",
        payload=reason_payload(run, reason),
        outcome="rejected_not_active",
        rejection_reason="run_not_active",
    )
    return Reply(409, receipts.receipt_body(run, command, None))


def reason_payload(run: Run, reason: str | None) -> str | None:
    """Return what the record of a command keeps of its caller's reason."""
    return None if reason is None else copy_like_run(run, {"reason": reason})


def cancel_run(tx: Transaction, call: Call | None, run: Run, reason: str | None) -> Command:
    """Cancel an open run and return the command that was recorded.

    Its outcome is ``cancelled`` when the run is closed, ``cancel_requested`` when the workflow is told first.
    A run whose cancellation is on its way already is left alone.

    Args:
        tx: The transaction.
        call: The caller's request; None for the server itself, as with a parent-close policy.
        run: The open run.
        reason: The caller's text.
    """
    first = run.cancel_command_id is None
    told = not first or _can_be_told(tx, run)
    outcome = "cancel_requested" if told else "cancelled"
    payload = reason_payload(run, reason)
    command = receipts.record(tx, run, call, "cancel", payload=payload, outcome=outcome)
    if not first:
        return command
    requested = _names(run, command) | present(command_type="cancel", reason=reason)
    history.append(tx, run, "CancelRequested", requested, command=command_note(command))
    if told:
        _tell(tx, run, command.command_id, tx.now + tx.settings.cancel_grace)
    else:
        _close(tx, run, command, reason)
    return command


def _names(run: Run, command: Command) -> dict[str, Any]:
    return {
        "workflow_command_id": command.command_id,
        "workflow_instance_id": run.workflow_id,
        "workflow_run_id": run.run_id,
    }


def _can_be_told(tx: Transaction, run: Run) -> bool:
    # The code of a run that waits to begin has not run, so there is nobody to tell.
    if tx.settings.cancel_grace <= 0 or run.waits_to_begin(tx.now):
        return False
    fresh_since = tx.now - tx.settings.worker_freshness
    return workers.is_served(tx, run, wakeups.queue_of(run), CAPABILITY, fresh_since=fresh_since)


def _tell(tx: Transaction, run: Run, command_id: str, deadline: float) -> None:
    run.cancel_command_id = command_id
    run.cancel_deadline_at = deadline
    run.due_at = deadline if run.due_at is None else min(run.due_at, deadline)
    tx.due(run.due_at)
    context = {
        "resume_source_kind": "workflow_cancellation",
        "resume_source_id": command_id,
        "workflow_command_id": command_id,
    }
    wakeups.wake(tx, run, context)


def close_cancelled(tx: Transaction, run: Run, task: Mapping[str, Any] | None = None) -> None:
    """Close a run whose cancellation was on its way.

    Args:
        tx: The transaction.
        run: The open run.
        task: What is known of the task by which the workflow gave in; None when the grace is over.
    """
    command = None if run.cancel_command_id is None else commands.find_command(tx, run.cancel_command_id)
    if command is None:
        raise LookupError(f"the cancellation of run {run.run_id} is missing")
    kept = decoded(command.payload_codec, command.payload)
    reason = kept.get("reason") if isinstance(kept, dict) else None
    _close(tx, run, command, reason, task)


def _close(
    tx: Transaction, run: Run, command: Command, reason: str | None, task: Mapping[str, Any] | None = None
) -> None:
    note = command_note(command)
    lives.cancel_work(tx, run, note)
    ending = _names(run, command) | present(
        failure_id=tx.ids.lower(),
        failure_category="cancelled",
        closed_reason="cancelled",
        exception_class="WorkflowCancelled",
        message="Workflow cancelled." if reason is None else f"Workflow cancelled: {reason}",
        reason=reason,
    )
    history.append(tx, run, "WorkflowCancelled", ending, task=task, command=note)
    lives.close(tx, run, "cancelled", "cancelled")


def carry_over(tx: Transaction, run: Run, seen_sequence: int, following: Run) -> None:
    """Give the next run a cancellation that the worker had not seen when it continued as new.

    Args:
        tx: The transaction.
        run: The run that was continued.
        seen_sequence: The last event that its worker had seen.
        following: The next run.
    """
    if run.cancel_command_id is None or run.cancel_deadline_at is None:
        return
    for event in events.events_of_type_after(tx, run.run_id, seen_sequence, "CancelRequested"):
        payload = from_json(event.payload) | {"workflow_run_id": following.run_id}
        command = payload.pop("command", None)
        history.append(tx, following, "CancelRequested", payload, command=command)
        _tell(tx, following, run.cancel_command_id, run.cancel_deadline_at)
