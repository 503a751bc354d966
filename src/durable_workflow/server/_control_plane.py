"""The `control_plane` object of workflow answers: which operation answers, under which contract."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

__all__ = ["PROJECTED_FIELDS", "control_plane_object", "response_contract"]

_SCHEMA = "durable-workflow.v2.control-plane-response"

PROJECTED_FIELDS = (
    "run_id",
    "workflow_type",
    "namespace",
    "business_key",
    "status",
    "status_bucket",
    "is_terminal",
    "task_queue",
    "run_number",
    "run_count",
    "workflow_count",
    "is_current_run",
    "compatibility",
    "started_at",
    "closed_at",
    "last_progress_at",
    "wait_kind",
    "wait_reason",
    "next_page_token",
    "command_id",
    "command_status",
    "command_source",
    "target_scope",
    "outcome",
    "reason",
    "rejection_reason",
    "validation_errors",
    "result",
    "result_envelope",
    "update_id",
    "update_status",
    "wait_for",
    "wait_timed_out",
    "wait_timeout_seconds",
    "blocked_reason",
    "message",
    "diagnostic_status",
)
"""Members of a body that its `control_plane` object mirrors, in this order."""

_CONTRACT = {
    "schema": f"{_SCHEMA}.contract",
    "version": 1,
    "legacy_field_policy": "reject_non_canonical",
    "legacy_fields": {
        "query": "query_name",
        "signal": "signal_name",
        "update": "update_name",
        "wait_policy": "wait_for",
    },
}

_NAMED = ("workflow_id", "operation_name", "operation_name_field")

# operation: member that holds the name, required members, further members of a success
_OPERATIONS: dict[str, tuple[str | None, tuple[str, ...], tuple[str, ...]]] = {
    "list": (None, (), ()),
    "start": (None, (), ("workflow_id", "outcome")),
    "describe": (None, ("workflow_id",), ()),
    "list_runs": (None, ("workflow_id",), ()),
    "describe_run": (None, ("workflow_id",), ("run_id",)),
    "debug_workflow": (None, ("workflow_id",), ("run_id", "diagnostic_status")),
    "history": (None, ("workflow_id", "run_id"), ("next_page_token",)),
    "signal": ("signal_name", _NAMED, ("outcome",)),
    "query": ("query_name", _NAMED, ("result",)),
    "update": ("update_name", _NAMED, ("outcome",)),
    "cancel": (None, ("workflow_id",), ("outcome",)),
    "terminate": (None, ("workflow_id",), ("outcome",)),
    "repair": (None, ("workflow_id",), ("outcome",)),
    "archive": (None, ("workflow_id",), ("outcome",)),
}

# operationId: the operation in the words of the control plane
_NAMES = {
    "listWorkflows": "list",
    "startWorkflow": "start",
    "describeWorkflow": "describe",
    "listWorkflowRuns": "list_runs",
    "describeWorkflowRun": "describe_run",
    "debugWorkflow": "debug_workflow",
    "debugWorkflowRun": "debug_workflow",
    "getWorkflowHistory": "history",
    "signalWorkflow": "signal",
    "signalWorkflowRun": "signal",
    "cancelWorkflow": "cancel",
    "cancelWorkflowRun": "cancel",
    "repairWorkflow": "repair",
    "archiveWorkflow": "archive",
    "queryWorkflow": "query",
    "queryWorkflowRun": "query",
    "updateWorkflow": "update",
    "updateWorkflowRun": "update",
    "terminateWorkflow": "terminate",
    "terminateWorkflowRun": "terminate",
}

# member that holds an operation's name: the path parameter that brings it
_NAME_PARAMETERS = {"signal_name": "signalName", "query_name": "queryName", "update_name": "updateName"}


def control_plane_object(
    operation_id: str, path: Mapping[str, str], body: Mapping[str, Any]
) -> dict[str, Any] | None:
    """Return the `control_plane` object of an answer, None where the operation has none.

    Args:
        operation_id: The operationId.
        path: The path parameters of the request.
        body: The members of the answer.
    """
    operation = _NAMES.get(operation_id)
    if operation is None:
        return None
    name_field, required, success = _OPERATIONS[operation]
    members: dict[str, Any] = {
        "schema": _SCHEMA,
        "version": 1,
        "operation": operation,
        "workflow_id": body.get("workflow_id"),
        "contract": {**_CONTRACT, "required_fields": list(required), "success_fields": list(success)},
    }
    if name_field is not None:
        members["operation_name"] = path[_NAME_PARAMETERS[name_field]]
        members["operation_name_field"] = name_field
    members.update((name, body[name]) for name in PROJECTED_FIELDS if name in body)
    return members


def response_contract() -> dict[str, Any]:
    """Return the manifest of all `control_plane` objects, for cluster info."""
    return {
        "schema": _SCHEMA,
        "version": 1,
        "contract": dict(_CONTRACT),
        "projected_fields": list(PROJECTED_FIELDS),
        "operations": {
            name: {
                "operation_name_field": name_field,
                "required_fields": list(required),
                "success_fields": list(success),
            }
            for name, (name_field, required, success) in _OPERATIONS.items()
        },
    }
