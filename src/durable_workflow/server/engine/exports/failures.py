"""The part ``failures``, and the failures that a debug report shows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from durable_workflow.server.engine.exports.record import Entry
from durable_workflow.server.engine.timestamps import precise

__all__ = ["FAILING", "exported_failure", "failure_of"]

# event: what failed, by which member it is named, and how the failure reached the run
_SOURCES: Mapping[str, tuple[str, str | None, str]] = {
    "ActivityFailed": ("activity_execution", "activity_execution_id", "activity"),
    "ActivityTimedOut": ("activity_execution", "activity_execution_id", "timeout"),
    "ChildRunFailed": ("child_workflow_run", "child_workflow_run_id", "child"),
    "ChildRunCancelled": ("child_workflow_run", "child_workflow_run_id", "child"),
    "ChildRunTerminated": ("child_workflow_run", "child_workflow_run_id", "child"),
    "UpdateCompleted": ("workflow_update", "update_id", "update"),
    "WorkflowFailed": ("workflow_run", None, "terminal"),
    "WorkflowTimedOut": ("workflow_run", None, "timeout"),
    "WorkflowCancelled": ("workflow_run", None, "cancelled"),
    "WorkflowTerminated": ("workflow_run", None, "terminated"),
}

FAILING = tuple(_SOURCES)
"""The types of events that may tell of a failure."""


def failure_of(entry: Entry) -> dict[str, Any] | None:
    """Return the failure that an event tells of, None if it tells of none."""
    payload = entry.payload
    if entry.kind not in _SOURCES or payload.get("failure_id") is None:
        return None
    kind, name, propagation = _SOURCES[entry.kind]
    exception = payload.get("exception")
    place = exception if isinstance(exception, dict) else {}
    return {
        "id": payload["failure_id"],
        "source_kind": kind,
        "source_id": entry.event.run_id if name is None else payload.get(name),
        "propagation_kind": propagation,
        "failure_category": payload.get("failure_category"),
        "non_retryable": payload.get("non_retryable") is True,
        # Whether the workflow's code dealt with it is not recorded.
        "handled": False,
        "exception_type": payload.get("exception_type"),
        "exception_class": payload.get("exception_class"),
        "exception_resolved_class": None,
        "exception_resolution_source": None,
        "exception_resolution_error": None,
        "exception_replay_blocked": False,
        "message": payload.get("message"),
        "file": place.get("file") or "",
        "line": place.get("line") or 0,
    }


def exported_failure(entry: Entry) -> dict[str, Any] | None:
    """Return the failure that an event tells of as the part ``failures`` has it."""
    found = failure_of(entry)
    if found is None:
        return None
    return {
        **found,
        "history_authority": "typed_history",
        "diagnostic_only": False,
        "trace_preview": "",
        "created_at": precise(entry.event.recorded_at),
    }
