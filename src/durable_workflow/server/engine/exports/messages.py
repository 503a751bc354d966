"""The parts ``commands``, ``signals`` and ``updates``: what came to the run from outside."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from durable_workflow.server.engine.exports.record import Entry, Record
from durable_workflow.server.engine.payloads import copy_like_run, decoded
from durable_workflow.server.engine.snapshots import command_note
from durable_workflow.server.engine.timestamps import precise
from durable_workflow.server.store import commands, updates
from durable_workflow.server.store.commands import Command
from durable_workflow.server.store.updates import Update

__all__ = ["command_facts", "exported_commands", "exported_signals", "exported_updates"]

_FACTS = (
    "id",
    "sequence",
    "type",
    "target_scope",
    "requested_run_id",
    "resolved_run_id",
    "target_name",
    "payload_codec",
    "source",
    "caller_label",
    "principal_type",
    "principal_id",
    "principal_label",
    "auth_status",
    "auth_method",
    "request_method",
    "request_path",
    "request_route_name",
    "request_fingerprint",
    "status",
    "outcome",
    "rejection_reason",
    "accepted_at",
    "applied_at",
    "rejected_at",
)


def command_facts(command: Command) -> dict[str, Any]:
    """Return what the export says of a command wherever it names one; all but its payload."""
    note = command_note(command)
    if command.outcome in ("cancelled", "terminated"):
        # Events tell of such a command before it is applied.
        note["applied_at"] = precise(command.decided_at)
    return {name: note.get(name) for name in _FACTS} | {"context": {}}


def exported_commands(record: Record) -> list[dict[str, Any]]:
    """Return the commands to the run, rejected ones too."""
    return [
        command_facts(command)
        | {
            "payload": command.payload,
            "request_id": command.request_id,
            "correlation_id": None,
            "validation_errors": {},
        }
        for command in record.commands.values()
    ]


def exported_signals(record: Record) -> list[dict[str, Any]]:
    """Return the signals to the run; a rejected one, which left no event, has the id of its command."""
    received = {entry.event.workflow_command_id: entry for entry in record.of("SignalReceived")}
    carried = [entry for command, entry in received.items() if command not in record.commands]
    found = [_carried_signal(record, entry) for entry in carried]
    signals = [command for command in record.commands.values() if command.command_type == "signal"]
    return found + [_signal(record, command, received.get(command.command_id)) for command in signals]


def _signal(record: Record, command: Command, entry: Entry | None) -> dict[str, Any]:
    decided_at = precise(command.decided_at)
    rejected = command.status == "rejected"
    payload = {} if entry is None else entry.payload
    return {
        "id": payload.get("signal_id", command.command_id),
        "command_id": command.command_id,
        "command_sequence": command.sequence,
        "workflow_sequence": None,
        "name": command.target_name,
        "signal_wait_id": payload.get("signal_wait_id"),
        "target_scope": "instance",
        "requested_run_id": None,
        "resolved_run_id": command.run_id,
        "status": "rejected" if rejected else "received",
        "outcome": command.outcome,
        "rejection_reason": command.rejection_reason,
        "validation_errors": {},
        "received_at": None if rejected else decided_at,
        "applied_at": None,
        "rejected_at": decided_at if rejected else None,
        "closed_at": decided_at if rejected else None,
        "payload_codec": command.payload_codec,
        "arguments": payload["arguments"] if "arguments" in payload else _arguments(record, command),
    }


def _arguments(record: Record, command: Command) -> str | None:
    """Return the arguments of a signal that left no event: its command keeps them beside its name."""
    kept = decoded(command.payload_codec, command.payload)
    return copy_like_run(record.run, kept["arguments"]) if isinstance(kept, dict) else None


def _carried_signal(record: Record, entry: Entry) -> dict[str, Any]:
    """A signal that the run before this one had accepted and not seen."""
    payload = entry.payload
    return {
        "id": payload["signal_id"],
        "command_id": payload["workflow_command_id"],
        "command_sequence": None,
        "workflow_sequence": None,
        "name": payload["signal_name"],
        "signal_wait_id": payload["signal_wait_id"],
        "target_scope": "instance",
        "requested_run_id": None,
        "resolved_run_id": record.run.run_id,
        "status": "received",
        "outcome": "signal_received",
        "rejection_reason": None,
        "validation_errors": {},
        "received_at": precise(entry.event.recorded_at),
        "applied_at": None,
        "rejected_at": None,
        "closed_at": None,
        "payload_codec": payload.get("payload_codec", record.run.payload_codec),
        "arguments": payload.get("arguments"),
    }


def exported_updates(record: Record) -> list[dict[str, Any]]:
    """Return the updates to the run, rejected ones too; one that was carried over is open here for good."""
    told = {entry.payload["update_id"]: entry for entry in record.of("UpdateAccepted", "UpdateRejected")}
    ids = dict.fromkeys(
        [*told, *(update.update_id for update in updates.updates_of(record.tx, record.run.run_id))]
    )
    rows = (updates.find_update(record.tx, update_id) for update_id in ids)
    return [_update(record, row, told.get(row.update_id)) for row in rows if row is not None]


def _update(record: Record, update: Update, entry: Entry | None) -> dict[str, Any]:
    command = commands.find_command(record.tx, update.command_id)
    here = update.run_id == record.run.run_id
    errors = {} if entry is None else entry.payload.get("validation_errors")
    return {
        "id": update.update_id,
        "command_id": update.command_id,
        "command_sequence": None if command is None else command.sequence,
        "name": update.update_name,
        "validation_errors": errors or {},
        "payload_codec": update.payload_codec,
        "arguments": update.arguments,
        **_outcome(
            update if here else replace(update, **_UNANSWERED), None if command is None else command.outcome
        ),
    }


_UNANSWERED: dict[str, Any] = {
    "status": "accepted",
    "step": None,
    "applied_at": None,
    "closed_at": None,
    "result": None,
    "failure_id": None,
}
_OUTCOMES = {"completed": "update_completed", "failed": "update_failed"}


def _outcome(update: Update, outcome: str | None) -> dict[str, Any]:
    rejected = update.status == "rejected"
    decided_at = precise(update.decided_at)
    return {
        "workflow_sequence": update.step,
        "status": update.status,
        "outcome": outcome if rejected else _OUTCOMES.get(update.status),
        "rejection_reason": update.closed_reason if rejected else None,
        "failure_id": update.failure_id,
        "accepted_at": None if rejected else decided_at,
        "applied_at": precise(update.applied_at),
        "rejected_at": decided_at if rejected else None,
        "closed_at": precise(update.closed_at),
        "result": update.result,
    }
