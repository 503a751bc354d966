"""Child workflows."""

from __future__ import annotations

from typing import Any

from durable_workflow.errors import (
    ChildWorkflowFailed,
    WorkflowCancelled,
    WorkflowFailed,
    WorkflowTerminated,
    WorkflowTimedOut,
)
from durable_workflow.replay._events import Event
from durable_workflow.replay.kinds._base import Kind, Result, payload_of
from durable_workflow.replay.kinds._failures import RecordedFailure, read_failure
from durable_workflow.workflow import StartChildWorkflow

_FALLBACKS = {
    "ChildRunFailed": "the child workflow failed",
    "ChildRunCancelled": "the child workflow was cancelled",
    "ChildRunTerminated": "the child workflow was terminated",
}


class ChildKind(Kind):
    """A child workflow. A new try of it is another `ChildRunStarted` of the same step, and ends nothing."""

    name = "child workflow"
    commands = (StartChildWorkflow,)
    opening = frozenset({"ChildWorkflowScheduled", "ChildRunStarted"})
    resolving = frozenset({"ChildRunCompleted", *_FALLBACKS})

    def of_event(self, event: Event) -> str:
        """Put an opening event into words."""
        return f"child workflow {_type_of(event)!r}"

    def of_command(self, command: StartChildWorkflow) -> str:
        """Put a command into the words of `of_event`."""
        return f"child workflow {command.workflow_type!r}"

    def fits(self, event: Event, command: StartChildWorkflow) -> bool:
        """Tell whether a command asks for the step that an event opened."""
        # Servers trim the type.
        return _type_of(event) in (command.workflow_type, command.workflow_type.strip())

    def result(self, event: Event, payload_codec: str) -> Result:
        """Read the outcome from a resolving event."""
        if event.type == "ChildRunCompleted":
            return Result(value=payload_of(event.payload, ("output", "result"), payload_codec))
        return Result(failure=_failure(event, payload_codec))


def _type_of(event: Event) -> str | None:
    found = event.payload.get("child_workflow_type") or event.payload.get("child_workflow_class")
    return None if found is None else str(found)


def _failure(event: Event, payload_codec: str) -> ChildWorkflowFailed:
    read = read_failure(event, payload_codec)
    payload, message = event.payload, read.message or _FALLBACKS[event.type]
    ids: dict[str, Any] = {
        "workflow_id": payload.get("child_workflow_instance_id"),
        "run_id": payload.get("child_workflow_run_id"),
    }
    return ChildWorkflowFailed(
        message,
        read.exception_class,
        workflow_type=_type_of(event),
        failure_category=read.failure_category,
        exception_type=read.exception_type,
        non_retryable=read.non_retryable,
        code=read.code,
        details=read.details,
        cause=_end_of_child(event, message, read, ids),
        **ids,
    )


def _end_of_child(event: Event, message: str, read: RecordedFailure, ids: dict[str, Any]) -> BaseException:
    """Rebuild the error that a client who waits for the child would get."""
    if event.type == "ChildRunCancelled":
        return WorkflowCancelled(message, **ids)
    if event.type == "ChildRunTerminated":
        return WorkflowTerminated(message, **ids)
    timed_out = read.failure_category == "timeout"
    return (WorkflowTimedOut if timed_out else WorkflowFailed)(
        message,
        read.exception_class,
        exception_type=read.exception_type,
        details=read.details,
        non_retryable=read.non_retryable,
        **ids,
    )
