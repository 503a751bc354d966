"""From a closed run to its result, or to the error that says how it ended."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from .. import serializer
from ..errors import (
    PayloadDecodeError,
    WorkflowCancelled,
    WorkflowFailed,
    WorkflowOutcomeError,
    WorkflowTerminated,
    WorkflowTimedOut,
)

if TYPE_CHECKING:
    from durable_workflow_api.models import WorkflowDescription

__all__ = ["closes", "continued_to", "last_closing", "outcome_error", "result_of"]

_CLOSING = frozenset(
    {
        "WorkflowCancelled",
        "WorkflowCompleted",
        "WorkflowContinuedAsNew",
        "WorkflowFailed",
        "WorkflowTerminated",
        "WorkflowTimedOut",
    }
)


def closes(event: Any) -> bool:
    """Return True if an event closes its run."""
    return isinstance(event, dict) and event.get("event_type") in _CLOSING


def last_closing(events: Iterable[Any]) -> Mapping[str, Any] | None:
    """Return the last event of a page that closes a run."""
    closing = [event for event in events if closes(event)]
    return closing[-1] if closing else None


def result_of(description: WorkflowDescription) -> Any:
    """Return the decoded result of a completed run.

    Raises:
        PayloadDecodeError: the result cannot be decoded.
    """
    envelope = description.output_envelope
    # The envelope is exact; the server's own decoding may have lost types.
    return description.output if envelope is None else serializer.decode_envelope(envelope.to_dict())


def continued_to(event: Mapping[str, Any] | None) -> str | None:
    """Return the id of the run that follows a continued one, if its closing event names it."""
    run_id = _payload(event).get("continued_to_run_id")
    return run_id if isinstance(run_id, str) and run_id else None


def outcome_error(description: WorkflowDescription, event: Mapping[str, Any] | None) -> WorkflowOutcomeError:
    """Return the error for a run that closed without success.

    Args:
        description: the closed run.
        event: its closing event, if history has one.
    """
    payload = _payload(event)
    where = {"workflow_id": description.workflow_id, "run_id": description.run_id}
    message = _text(payload, "message") or _text(payload, "reason")
    if description.status == "cancelled":
        return WorkflowCancelled(message or f"workflow {description.workflow_id} was cancelled", **where)
    if description.status == "terminated":
        return WorkflowTerminated(message or f"workflow {description.workflow_id} was terminated", **where)
    timed_out = (
        description.closed_reason == "timed_out" or (event or {}).get("event_type") == "WorkflowTimedOut"
    )
    if timed_out:
        kind = _text(payload, "timeout_kind") or "timeout"
        message = message or f"workflow {description.workflow_id} timed out ({kind})"
    return _failure(payload, description, message, WorkflowTimedOut if timed_out else WorkflowFailed)


def _failure(
    payload: Mapping[str, Any],
    description: WorkflowDescription,
    message: str | None,
    kind: type[WorkflowFailed],
) -> WorkflowFailed:
    exception = payload.get("exception")
    recorded: Mapping[str, Any] = exception if isinstance(exception, dict) else {}
    return kind(
        message or _text(recorded, "message") or f"workflow {description.workflow_id} failed",
        _text(payload, "exception_class") or _text(recorded, "class"),
        exception_type=_text(payload, "exception_type") or _text(recorded, "type"),
        details=_details(recorded, description.payload_codec),
        non_retryable=payload.get("non_retryable") is True,
        workflow_id=description.workflow_id,
        run_id=description.run_id,
    )


def _details(recorded: Mapping[str, Any], codec: str | None) -> Any:
    details = recorded.get("details")
    own_codec = _text(recorded, "details_payload_codec")
    encoded = own_codec is not None or (isinstance(details, dict) and details.keys() == {"codec", "blob"})
    if not encoded:
        return details
    try:
        return serializer.decode_envelope(details, own_codec or codec)
    except PayloadDecodeError:
        # How the workflow ended must not be hidden by a detail that cannot be read.
        return details


def _payload(event: Mapping[str, Any] | None) -> Mapping[str, Any]:
    payload = event.get("payload") if event else None
    return payload if isinstance(payload, dict) else {}


def _text(members: Mapping[str, Any], member: str) -> str | None:
    value = members.get(member)
    return value if isinstance(value, str) and value else None
