# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
"""The data models of requests and responses, each loaded with its first use."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .activity_failure import ActivityFailure
    from .activity_failure_kind import ActivityFailureKind
    from .activity_task_heartbeat_request import ActivityTaskHeartbeatRequest
    from .activity_timeout_type import ActivityTimeoutType
    from .command_receipt import CommandReceipt
    from .command_refusal import CommandRefusal
    from .complete_activity_task_request import CompleteActivityTaskRequest
    from .complete_workflow_task_request import CompleteWorkflowTaskRequest
    from .control_plane_error import ControlPlaneError
    from .duplicate_policy import DuplicatePolicy
    from .fail_activity_task_request import FailActivityTaskRequest
    from .fail_workflow_task_request import FailWorkflowTaskRequest
    from .health_checks import HealthChecks
    from .health_status import HealthStatus
    from .payload_envelope import PayloadEnvelope
    from .poll_activity_task_request import PollActivityTaskRequest
    from .poll_workflow_task_request import PollWorkflowTaskRequest
    from .register_worker_request import RegisterWorkerRequest
    from .server_fault import ServerFault
    from .signal_workflow_request import SignalWorkflowRequest
    from .signal_workflow_response import SignalWorkflowResponse
    from .start_workflow_conflict import StartWorkflowConflict
    from .start_workflow_request import StartWorkflowRequest
    from .start_workflow_response import StartWorkflowResponse
    from .terminate_workflow_request import TerminateWorkflowRequest
    from .worker_heartbeat_request import WorkerHeartbeatRequest
    from .worker_runtime import WorkerRuntime
    from .workflow_actions import WorkflowActions
    from .workflow_description import WorkflowDescription
    from .workflow_task_failure import WorkflowTaskFailure
    from .workflow_task_heartbeat_request import WorkflowTaskHeartbeatRequest
    from .workflow_task_history_request import WorkflowTaskHistoryRequest

__all__ = [
    "ActivityFailure",
    "ActivityFailureKind",
    "ActivityTaskHeartbeatRequest",
    "ActivityTimeoutType",
    "CommandReceipt",
    "CommandRefusal",
    "CompleteActivityTaskRequest",
    "CompleteWorkflowTaskRequest",
    "ControlPlaneError",
    "DuplicatePolicy",
    "FailActivityTaskRequest",
    "FailWorkflowTaskRequest",
    "HealthChecks",
    "HealthStatus",
    "PayloadEnvelope",
    "PollActivityTaskRequest",
    "PollWorkflowTaskRequest",
    "RegisterWorkerRequest",
    "ServerFault",
    "SignalWorkflowRequest",
    "SignalWorkflowResponse",
    "StartWorkflowConflict",
    "StartWorkflowRequest",
    "StartWorkflowResponse",
    "TerminateWorkflowRequest",
    "WorkerHeartbeatRequest",
    "WorkerRuntime",
    "WorkflowActions",
    "WorkflowDescription",
    "WorkflowTaskFailure",
    "WorkflowTaskHeartbeatRequest",
    "WorkflowTaskHistoryRequest",
]

_MODULES = {
    "ActivityFailure": ".activity_failure",
    "ActivityFailureKind": ".activity_failure_kind",
    "ActivityTaskHeartbeatRequest": ".activity_task_heartbeat_request",
    "ActivityTimeoutType": ".activity_timeout_type",
    "CommandReceipt": ".command_receipt",
    "CommandRefusal": ".command_refusal",
    "CompleteActivityTaskRequest": ".complete_activity_task_request",
    "CompleteWorkflowTaskRequest": ".complete_workflow_task_request",
    "ControlPlaneError": ".control_plane_error",
    "DuplicatePolicy": ".duplicate_policy",
    "FailActivityTaskRequest": ".fail_activity_task_request",
    "FailWorkflowTaskRequest": ".fail_workflow_task_request",
    "HealthChecks": ".health_checks",
    "HealthStatus": ".health_status",
    "PayloadEnvelope": ".payload_envelope",
    "PollActivityTaskRequest": ".poll_activity_task_request",
    "PollWorkflowTaskRequest": ".poll_workflow_task_request",
    "RegisterWorkerRequest": ".register_worker_request",
    "ServerFault": ".server_fault",
    "SignalWorkflowRequest": ".signal_workflow_request",
    "SignalWorkflowResponse": ".signal_workflow_response",
    "StartWorkflowConflict": ".start_workflow_conflict",
    "StartWorkflowRequest": ".start_workflow_request",
    "StartWorkflowResponse": ".start_workflow_response",
    "TerminateWorkflowRequest": ".terminate_workflow_request",
    "WorkerHeartbeatRequest": ".worker_heartbeat_request",
    "WorkerRuntime": ".worker_runtime",
    "WorkflowActions": ".workflow_actions",
    "WorkflowDescription": ".workflow_description",
    "WorkflowTaskFailure": ".workflow_task_failure",
    "WorkflowTaskHeartbeatRequest": ".workflow_task_heartbeat_request",
    "WorkflowTaskHistoryRequest": ".workflow_task_history_request",
}


def __getattr__(name: str) -> object:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_MODULES[name], __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
