"""signalWorkflow: a message to the newest run, kept in its history and seen by a task."""

from __future__ import annotations

from durable_workflow.server._calls import Call, Reply
from durable_workflow.server.engine import history, receipts, wakeups
from durable_workflow.server.engine.lookup import commanded_run
from durable_workflow.server.engine.payloads import arguments_of, copy_like_run
from durable_workflow.server.engine.refusals import invalid
from durable_workflow.server.engine.snapshots import command_note
from durable_workflow.server.store import Transaction
from durable_workflow.server.store.commands import Command
from durable_workflow.server.store.runs import Run

__all__ = ["signal_workflow"]

_MAX_NAME_BYTES = 256


def signal_workflow(tx: Transaction, call: Call) -> Reply:
    """Signal the newest run; a ``request_id`` makes a repeat harmless."""
    name = call.path["signalName"]
    if "runId" not in call.path:
        _check_name(name)
    run = commanded_run(tx, call)
    _check_name(name)
    scope = f"signal:{run.workflow_id}"
    key = call.body.get("request_id")
    return receipts.answer_once(tx, call, scope, key, lambda: _signal(tx, call, run, name))


def _check_name(name: str) -> None:
    if any(ord(character) < 32 or ord(character) == 127 for character in name):
        raise invalid({"signal_name": ["The name must not contain control characters."]})
    if not name or len(name.encode("utf-8", "surrogatepass")) > _MAX_NAME_BYTES:
        raise invalid({"signal_name": [f"The name has 1 to {_MAX_NAME_BYTES} bytes."]})


def _signal(tx: Transaction, call: Call, run: Run, name: str) -> Reply:
    codec, blob, arguments = arguments_of(call.body.get("input"))
    payload = copy_like_run(run, {"name": name, "arguments": arguments, "validation_errors": []})
    if not run.is_open:
        command = receipts.record(
            tx,
            run,
            call,
            "signal",
            payload=payload,
            outcome="rejected_not_active",
            rejection_reason="run_not_active",
            target_name=name,
        )
        return Reply(409, receipts.receipt_body(run, command, None, signal_name=name))
    command = receipts.record(
        tx, run, call, "signal", payload=payload, outcome="signal_received", target_name=name
    )
    _deliver(tx, run, command, codec, blob)
    return Reply(202, receipts.receipt_body(run, command, None, signal_name=name))


def _deliver(tx: Transaction, run: Run, command: Command, codec: str, blob: str) -> None:
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
        "payload_codec": codec,
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
