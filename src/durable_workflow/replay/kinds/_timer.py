"""Timers."""

from __future__ import annotations

from durable_workflow.errors import WorkflowCancelled
from durable_workflow.replay._events import Event, integer
from durable_workflow.replay.kinds._base import Kind, Result
from durable_workflow.workflow import StartTimer


class TimerKind(Kind):
    """A timer that the code started; timers inside of other steps carry a `timer_kind`."""

    name = "timer"
    commands = (StartTimer,)
    opening = frozenset({"TimerScheduled"})
    resolving = frozenset({"TimerFired", "TimerCancelled"})

    def opens(self, event: Event) -> bool:
        """Tell whether an event of an opening type opens a step of this kind."""
        return not event.payload.get("timer_kind")

    def resolves(self, event: Event) -> bool:
        """Tell whether an event of a resolving type ends a step of this kind."""
        return not event.payload.get("timer_kind")

    def of_event(self, event: Event) -> str:
        """Put an opening event into words."""
        return f"timer of {event.payload.get('delay_seconds')} s"

    def of_command(self, command: StartTimer) -> str:
        """Put a command into the words of `of_event`."""
        return f"timer of {command.delay_seconds} s"

    def fits(self, event: Event, command: StartTimer) -> bool:
        """Tell whether a command asks for the step that an event opened."""
        return integer(event.payload.get("delay_seconds")) in (None, command.delay_seconds)

    def result(self, event: Event, payload_codec: str) -> Result:
        """Read the outcome from a resolving event."""
        if event.type == "TimerCancelled":
            return Result(failure=WorkflowCancelled("the timer was cancelled"))
        return Result()
