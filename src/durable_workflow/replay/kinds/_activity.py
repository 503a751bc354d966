"""Activities."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from durable_workflow.codec import decode_envelope
from durable_workflow.errors import ActivityCancelled, ActivityFailed, PayloadDecodeError
from durable_workflow.replay._events import Event
from durable_workflow.replay.kinds._base import Kind, Result, payload_of
from durable_workflow.workflow import ScheduleActivity


class ActivityKind(Kind):
    """A scheduled activity."""

    name = "activity"
    commands = (ScheduleActivity,)
    opening = frozenset({"ActivityScheduled"})
    resolving = frozenset({"ActivityCompleted", "ActivityFailed", "ActivityTimedOut", "ActivityCancelled"})

    def of_event(self, event: Event) -> str:
        """Put an opening event into words."""
        return f"activity {_type_of(event)!r}"

    def of_command(self, command: ScheduleActivity) -> str:
        """Put a command into the words of `of_event`."""
        return f"activity {command.activity_type!r}"

    def fits(self, event: Event, command: ScheduleActivity) -> bool:
        """Tell whether a command asks for the step that an event opened."""
        # Servers trim the type.
        return _type_of(event) in (command.activity_type, command.activity_type.strip())

    def result(self, event: Event, payload_codec: str) -> Result:
        """Read the outcome from a resolving event."""
        if event.type == "ActivityCompleted":
            return Result(value=payload_of(event.payload, ("result",), payload_codec))
        if event.type == "ActivityCancelled":
            return Result(failure=ActivityCancelled(f"activity {_type_of(event)!r} was cancelled"))
        return Result(failure=_failure(event, payload_codec))


def _type_of(event: Event) -> str | None:
    activity = event.payload.get("activity")
    snapshot = activity if isinstance(activity, Mapping) else {}
    found = event.payload.get("activity_type") or snapshot.get("type") or event.payload.get("activity_class")
    return None if found is None else str(found)


def _failure(event: Event, payload_codec: str) -> ActivityFailed:
    payload = event.payload
    exception = payload.get("exception")
    exception = exception if isinstance(exception, Mapping) else {}
    timed_out = event.type == "ActivityTimedOut"
    kind = payload.get("timeout_kind")
    return ActivityFailed(
        str(payload.get("message") or exception.get("message") or _default_message(event)),
        activity_type=_type_of(event),
        failure_category=payload.get("failure_category") or ("timeout" if timed_out else "activity"),
        exception_type=payload.get("exception_type") or exception.get("type") or None,
        non_retryable=bool(payload.get("non_retryable") or exception.get("non_retryable")),
        code=payload.get("code") if payload.get("code") is not None else exception.get("code"),
        details=_details(exception, payload_codec),
        timeout_kind=str(kind) if kind else None,
    )


def _default_message(event: Event) -> str:
    return "activity timed out" if event.type == "ActivityTimedOut" else "activity failed"


def _details(exception: Mapping[str, Any], payload_codec: str) -> Any:
    details = exception.get("details")
    codec = exception.get("details_payload_codec")
    if not isinstance(details, str | Mapping):
        return details
    try:
        return decode_envelope(details, codec if isinstance(codec, str) else payload_codec)
    except PayloadDecodeError:
        # Other SDKs put plain data here; a failure must stay readable whatever its details are.
        return details
