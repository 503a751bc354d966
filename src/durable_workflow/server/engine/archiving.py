"""archiveWorkflow: a closed run is kept for ever."""

from __future__ import annotations

from durable_workflow.server._calls import Call, Reply
from durable_workflow.server.engine import history, receipts
from durable_workflow.server.engine.cancellations import reason_payload
from durable_workflow.server.engine.lookup import commanded_run
from durable_workflow.server.engine.snapshots import command_note, present
from durable_workflow.server.store import Transaction
from durable_workflow.server.store.commands import Command
from durable_workflow.server.store.runs import Run

__all__ = ["archive_workflow"]


def archive_workflow(tx: Transaction, call: Call) -> Reply:
    """Mark the newest run as archived, which must be closed; its status stays."""
    run = commanded_run(tx, call)
    scope = f"archive:{run.workflow_id}"
    return receipts.answer_once(tx, call, scope, call.body.get("request_id"), lambda: _archive(tx, call, run))


def _archive(tx: Transaction, call: Call, run: Run) -> Reply:
    reason = call.body.get("reason")
    payload = reason_payload(run, reason)
    if run.is_open:
        command = receipts.record(
            tx,
            run,
            call,
            "archive",
            payload=payload,
            outcome="rejected_run_not_closed",
            rejection_reason="run_not_closed",
        )
        return Reply(409, receipts.receipt_body(run, command, None))
    outcome = "archived" if run.archived_at is None else "archive_not_needed"
    command = receipts.record(tx, run, call, "archive", payload=payload, outcome=outcome)
    _append(tx, run, command, reason)
    return Reply(200, receipts.receipt_body(run, command, reason))


def _append(tx: Transaction, run: Run, command: Command, reason: str | None) -> None:
    note = command_note(command)
    names = present(
        workflow_command_id=command.command_id,
        workflow_instance_id=run.workflow_id,
        workflow_run_id=run.run_id,
        reason=reason,
    )
    requested = {**names, "command_type": "archive", "outcome": command.outcome}
    history.append(tx, run, "ArchiveRequested", requested, command=note)
    if run.archived_at is not None:
        return
    run.archived_at, run.archive_command_id, run.archive_reason = tx.now, command.command_id, reason
    archived = {**names, "archive_command_id": command.command_id}
    history.append(tx, run, "WorkflowArchived", archived, command=note)
