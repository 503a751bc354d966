"""Activities."""

from __future__ import annotations

from collections.abc import Mapping

from durable_workflow.errors import ActivityCancelled, ActivityFailed, ApplicationError
from durable_workflow.replay._events import Event
from durable_workflow.replay.kinds._base import Kind, Result, payload_of
from durable_workflow.replay.kinds._failures import read_failure
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
        if event.payload.get("activity_type") == command.activity_type:
            return True
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
    read = read_failure(event, payload_codec)
    timed_out = event.type == "ActivityTimedOut"
    kind = event.payload.get("timeout_kind")
    failed = ActivityFailed(
        read.message or ("activity timed out" if timed_out else "activity failed"),
        activity_type=_type_of(event),
        failure_category=read.failure_category or ("timeout" if timed_out else "activity"),
        exception_type=read.exception_type,
        non_retryable=read.non_retryable,
        code=read.code,
        details=read.details,
        timeout_kind=str(kind) if kind else None,
    )
    if not timed_out:
        failed.__cause__ = ApplicationError(
            read.message,
            error_type=read.exception_type,
            details=read.details,
            non_retryable=read.non_retryable,
        )
    return failed
