"""Durable Workflow for Python: durable workflows, their workers and their client.

    from durable_workflow import Client, Worker, activity, workflow

Every name is loaded with its first use, so importing this package is cheap.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from . import (
        activity,
        client,
        converters,
        errors,
        metrics,
        payloads,
        serializer,
        sync,
        testing,
        worker,
        workflow,
    )
    from .activity import (
        ActivityContext,
        ActivityInfo,
    )
    from .client import (
        Client,
        CommandReceipt,
        ScheduleAction,
        ScheduleBackfillResult,
        ScheduleDescription,
        ScheduleHandle,
        ScheduleList,
        ScheduleSpec,
        ScheduleTriggerResult,
        WorkflowExecution,
        WorkflowHandle,
        WorkflowList,
        WorkflowRun,
        WorkflowUpdateHandle,
    )
    from .errors import (
        ActivityCancelled,
        ActivityFailed,
        ApplicationError,
        CallError,
        CallTimeout,
        ChildWorkflowFailed,
        CompensationFailed,
        ConnectionFailed,
        DefinitionError,
        DurableWorkflowError,
        Forbidden,
        HistoryNotUnderstood,
        InvalidArgument,
        NamespaceNotFound,
        NonDeterministicCode,
        NonDeterministicReplayError,
        NonRetryableError,
        NotSupportedByServer,
        OutcomeUnknown,
        PayloadConversionError,
        PayloadDecodeError,
        PayloadEncodeError,
        PayloadError,
        PayloadTooLarge,
        QueryFailed,
        ResponseNotUnderstood,
        ResultTimeout,
        ScheduleAlreadyExists,
        ScheduleNotFound,
        ServerError,
        TaskLost,
        Unauthorized,
        UnknownActivityType,
        UnknownSignal,
        UnknownUpdate,
        UnknownWorkflowType,
        UpdateFailed,
        UpdateRejected,
        UpdateStillRunning,
        WorkerNotFound,
        WorkerNotRegistered,
        WorkflowAlreadyStarted,
        WorkflowCancelled,
        WorkflowFailed,
        WorkflowNotActive,
        WorkflowNotFound,
        WorkflowOutcomeError,
        WorkflowStillOpen,
        WorkflowTerminated,
        WorkflowTimedOut,
    )
    from .metrics import (
        InMemoryMetrics,
        MetricsRecorder,
        NoopMetrics,
        PrometheusMetrics,
    )
    from .retry_policy import (
        TransportRetryPolicy,
    )
    from .retry_policy import (
        TransportRetryPolicy as RetryPolicy,
    )
    from .worker import (
        Worker,
    )
    from .workflow import (
        ActivityRetryPolicy,
        ChildWorkflowRetryPolicy,
        ContinueAsNew,
        StartChildWorkflow,
    )

__version__ = "0.9.0"

__all__ = [
    "ActivityCancelled",
    "ActivityContext",
    "ActivityFailed",
    "ActivityInfo",
    "ActivityRetryPolicy",
    "ApplicationError",
    "CallError",
    "CallTimeout",
    "ChildWorkflowFailed",
    "ChildWorkflowRetryPolicy",
    "Client",
    "CommandReceipt",
    "CompensationFailed",
    "ConnectionFailed",
    "ContinueAsNew",
    "DefinitionError",
    "DurableWorkflowError",
    "Forbidden",
    "HistoryNotUnderstood",
    "InMemoryMetrics",
    "InvalidArgument",
    "MetricsRecorder",
    "NamespaceNotFound",
    "NonDeterministicCode",
    "NonDeterministicReplayError",
    "NonRetryableError",
    "NoopMetrics",
    "NotSupportedByServer",
    "OutcomeUnknown",
    "PayloadConversionError",
    "PayloadDecodeError",
    "PayloadEncodeError",
    "PayloadError",
    "PayloadTooLarge",
    "PrometheusMetrics",
    "QueryFailed",
    "ResponseNotUnderstood",
    "ResultTimeout",
    "RetryPolicy",
    "ScheduleAction",
    "ScheduleAlreadyExists",
    "ScheduleBackfillResult",
    "ScheduleDescription",
    "ScheduleHandle",
    "ScheduleList",
    "ScheduleNotFound",
    "ScheduleSpec",
    "ScheduleTriggerResult",
    "ServerError",
    "StartChildWorkflow",
    "TaskLost",
    "TransportRetryPolicy",
    "Unauthorized",
    "UnknownActivityType",
    "UnknownSignal",
    "UnknownUpdate",
    "UnknownWorkflowType",
    "UpdateFailed",
    "UpdateRejected",
    "UpdateStillRunning",
    "Worker",
    "WorkerNotFound",
    "WorkerNotRegistered",
    "WorkflowAlreadyStarted",
    "WorkflowCancelled",
    "WorkflowExecution",
    "WorkflowFailed",
    "WorkflowHandle",
    "WorkflowList",
    "WorkflowNotActive",
    "WorkflowNotFound",
    "WorkflowOutcomeError",
    "WorkflowRun",
    "WorkflowStillOpen",
    "WorkflowTerminated",
    "WorkflowTimedOut",
    "WorkflowUpdateHandle",
    "__version__",
    "activity",
    "client",
    "converters",
    "errors",
    "metrics",
    "payloads",
    "serializer",
    "sync",
    "testing",
    "worker",
    "workflow",
]

_MODULES = frozenset(
    {
        "activity",
        "client",
        "converters",
        "errors",
        "metrics",
        "payloads",
        "serializer",
        "sync",
        "testing",
        "worker",
        "workflow",
    }
)
_PLACES = {
    "ActivityContext": "activity",
    "ActivityInfo": "activity",
    "ActivityRetryPolicy": "workflow",
    "ChildWorkflowRetryPolicy": "workflow",
    "Client": "client",
    "CommandReceipt": "client",
    "ContinueAsNew": "workflow",
    "InMemoryMetrics": "metrics",
    "MetricsRecorder": "metrics",
    "NoopMetrics": "metrics",
    "PrometheusMetrics": "metrics",
    "RetryPolicy": "retry_policy",
    "ScheduleAction": "client",
    "ScheduleBackfillResult": "client",
    "ScheduleDescription": "client",
    "ScheduleHandle": "client",
    "ScheduleList": "client",
    "ScheduleSpec": "client",
    "ScheduleTriggerResult": "client",
    "StartChildWorkflow": "workflow",
    "TransportRetryPolicy": "retry_policy",
    "Worker": "worker",
    "WorkflowExecution": "client",
    "WorkflowHandle": "client",
    "WorkflowList": "client",
    "WorkflowRun": "client",
    "WorkflowUpdateHandle": "client",
}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    place = name if name in _MODULES else _PLACES.get(name, "errors")
    module = import_module("." + place, __name__)
    if name in _MODULES:
        return module
    value = getattr(module, "TransportRetryPolicy" if name == "RetryPolicy" else name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
