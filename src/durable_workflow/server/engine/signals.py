"""signalWorkflow: a message to the newest run, kept in its history and seen by a task."""

from __future__ import annotations

from durable_workflow.server._calls import Call, Reply
from durable_workflow.server.engine import history, messages, receipts, wakeups
from durable_workflow.server.engine.snapshots import command_note
from durable_workflow.server.store import Transaction
from durable_workflow.server.store.commands import Command
from durable_workflow.server.store.runs import Run

__all__ = ["signal_workflow"]


def signal_workflow(tx: Transaction, call: Call) -> Reply:
    """Signal the newest run; a ``request_id`` makes a repeat harmless."""
    scope = f"signal:{call.path['workflowId']}"
    return receipts.answer_once(tx, call, scope, call.body.get("request_id"), lambda: _signal(tx, call))


def _signal(tx: Transaction, call: Call) -> Reply:
    run, name = messages.target(tx, call, "signal")
    message = messages.receive(tx, run, "signal", name, call.body.get("input"))
    rejection = message.rejection
    command = receipts.record(
        tx,
        run,
        call,
        "signal",
        payload=message.payload,
        outcome="signal_received" if rejection is None else rejection.outcome,
        rejection_reason=None if rejection is None else rejection.reason,
        target_name=name,
    )
    if rejection is None:
        _deliver(tx, run, command, message.blob)
        return Reply(202, receipts.receipt_body(run, command, None, signal_name=name))
    errors = dict(rejection.errors)
    body = receipts.receipt_body(run, command, None, signal_name=name, validation_errors=errors)
    return Reply(rejection.status, body)


def _deliver(tx: Transaction, run: Run, command: Command, blob: str) -> None:
    signal_id = tx.ids.lower()
    wait_id = f"signal-command:{command.command_id}"
    event = {
        "workflow_command_id": command.command_id,
        "signal_id": signal_id,
        "workflow_instance_id": run.workflow_id,
        "workflow_run_id": run.run_id,
        "signal_name": command.target_name,
        "signal_wait_id": wait_id,
        "arguments": blob,
        "payload_codec": run.payload_codec,
    }
    history.append(tx, run, "SignalReceived", event, command=command_note(command))
    context = {
        "workflow_wait_kind": "signal",
        "open_wait_id": f"signal-application:{signal_id}",
        "resume_source_kind": "workflow_signal",
        "resume_source_id": signal_id,
        "workflow_signal_id": signal_id,
        "signal_name": command.target_name,
        "signal_wait_id": wait_id,
        "workflow_command_id": command.command_id,
    }
    wakeups.wake(tx, run, context)
