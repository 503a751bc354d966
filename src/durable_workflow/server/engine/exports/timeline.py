"""The part ``timeline``: the history told with its context, one entry for each event."""

from __future__ import annotations

import re
from typing import Any

from durable_workflow.server.engine.exports.failures import failure_of
from durable_workflow.server.engine.exports.messages import command_facts
from durable_workflow.server.engine.exports.record import Entry, Record
from durable_workflow.server.engine.payloads import decoded
from durable_workflow.server.engine.timestamps import precise
from durable_workflow.server.store.commands import Command

__all__ = ["exported_timeline"]

# beginning of the event type: what it is about, what it was made from, and the member that names that
_SOURCES = (
    ("Activity", "activity", "activity_execution", "activity_execution_id"),
    ("ChildRun", "child", "child_workflow_run", "child_workflow_run_id"),
    ("ChildWorkflow", "child", "child_workflow_run", "child_workflow_run_id"),
    ("ConditionWait", "condition", "condition_wait", "condition_wait_id"),
    ("Timer", "timer", "timer", "timer_id"),
    ("UpdateApplied", "update", "workflow_command", "workflow_command_id"),
    ("UpdateCompleted", "update", "workflow_command", "workflow_command_id"),
)
_BY_COMMAND = {
    "StartAccepted",
    "StartRejected",
    "SignalReceived",
    "UpdateAccepted",
    "UpdateRejected",
    "CancelRequested",
    "TerminateRequested",
    "RepairRequested",
    "ArchiveRequested",
}
# Members of an entry that the event has under the same name.
_SAME = (
    "signal_id",
    "signal_wait_id",
    "condition_wait_id",
    "condition_key",
    "condition_definition_fingerprint",
    "signal_name",
    "update_name",
    "version",
    "activity_execution_id",
    "activity_type",
    "activity_class",
    "retry_task_id",
    "retry_available_at",
    "retry_backoff_seconds",
    "retry_policy",
    "retry_after_attempt_id",
    "retry_after_attempt",
    "timer_id",
    "delay_seconds",
    "child_call_id",
    "child_workflow_instance_id",
    "child_workflow_run_id",
    "child_workflow_type",
    "child_workflow_class",
    "child_status",
    "failure_id",
    "exception_type",
    "exception_class",
    "message",
    "closed_reason",
)
# Members that this server has nothing to say to.
_EMPTY = (
    "requested_run_id",
    "parallel_group_kind",
    "parallel_group_id",
    "parallel_group_base_sequence",
    "parallel_group_size",
    "parallel_group_index",
    "exception_resolved_class",
    "exception_resolution_source",
    "exception_resolution_error",
)
_TASK = ("id", "type", "status", "available_at", "leased_at", "lease_expires_at", "attempt_count")
_SUMMARIES = {
    "WorkflowStarted": "Workflow run started.",
    "UpdateAccepted": "Accepted update {update_name}.",
    "UpdateApplied": "Applied update {update_name}.",
    "UpdateCompleted": "Completed update {update_name}.",
    "SignalReceived": "Signal {signal_name} received.",
    "ConditionWaitSatisfied": "Condition satisfied.",
}
_WORDS = re.compile(r"(?<=[a-z])(?=[A-Z])")


def exported_timeline(record: Record) -> list[dict[str, Any]]:
    """Return an entry for each event."""
    return [_entry(record, entry) for entry in record.entries]


def _entry(record: Record, entry: Entry) -> dict[str, Any]:
    payload, command = entry.payload, record.command_of(entry)
    note = payload.get("task")
    return {
        **_identity(entry),
        **_of_command(command),
        **{name: payload.get(name) for name in _SAME},
        **dict.fromkeys(_EMPTY),
        "task_id": None if note is None else note["id"],
        "workflow_sequence": payload.get("sequence"),
        "version_change_id": payload.get("change_id"),
        "version_min_supported": payload.get("min_supported"),
        "version_max_supported": payload.get("max_supported"),
        "activity_status": (payload.get("activity") or {}).get("status"),
        "retry_max_attempts": payload.get("max_attempts"),
        "parallel_group_path": [],
        "task": None if note is None else {name: note.get(name) for name in _TASK},
        "activity": payload.get("activity"),
        "timer": _picked(payload, "timer_id", ("timer_id", "delay_seconds", "fire_at", "timer_kind")),
        "child": _picked(
            payload, "child_call_id", tuple(name for name in _SAME if name.startswith("child_"))
        ),
        "failure": failure_of(entry),
    }


def _identity(entry: Entry) -> dict[str, Any]:
    kind, source_kind, source_id = _source(entry)
    return {
        "id": entry.event.event_id,
        "sequence": entry.event.sequence,
        "type": entry.kind,
        "kind": kind,
        "entry_kind": "point",
        "source_kind": source_kind,
        "source_id": source_id,
        "summary": _summary(entry),
        "recorded_at": precise(entry.event.recorded_at),
    }


def _source(entry: Entry) -> tuple[str, str, str | None]:
    if entry.kind in _BY_COMMAND:
        return "command", "workflow_command", entry.event.workflow_command_id
    for beginning, kind, source_kind, name in _SOURCES:
        if entry.kind.startswith(beginning):
            return kind, source_kind, entry.payload.get(name)
    return "workflow", "workflow_run", entry.event.run_id


def _summary(entry: Entry) -> str:
    known = _SUMMARIES.get(entry.kind)
    if known is not None:
        return known.format_map(entry.payload)
    first, *others = _WORDS.split(entry.kind)
    name = entry.payload.get("activity_type") or entry.payload.get("child_workflow_type")
    words = [first, *([name] if name else []), *(word.lower() for word in others)]
    reason = entry.payload.get("rejection_reason")
    return f"{' '.join(words)}{f': {reason}' if reason else ''}."


def _of_command(command: Command | None) -> dict[str, Any]:
    if command is None:
        return dict.fromkeys(_COMMAND_MEMBERS)
    return {
        "command_id": command.command_id,
        "command_sequence": command.sequence,
        "resolved_run_id": command.run_id,
        "command_type": command.command_type,
        "command_status": command.status,
        "command_outcome": command.outcome,
        "command_rejection_reason": command.rejection_reason,
        "command": command_facts(command)
        | {
            "payload_available": command.payload is not None,
            "payload": decoded(command.payload_codec, command.payload),
        },
    }


_COMMAND_MEMBERS = (
    "command_id",
    "command_sequence",
    "resolved_run_id",
    "command_type",
    "command_status",
    "command_outcome",
    "command_rejection_reason",
    "command",
)


def _picked(payload: dict[str, Any], name: str, members: tuple[str, ...]) -> dict[str, Any] | None:
    if name not in payload:
        return None
    return {member: payload[member] for member in members if member in payload}
