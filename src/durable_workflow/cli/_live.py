"""Live progress on a terminal: the events so far, and what the run waits for now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from rich.status import Status
from rich.text import Text

from durable_workflow.cli._events import cells
from durable_workflow.cli._rich import console
from durable_workflow.cli._text import safe

__all__ = ["Waits", "show"]

# The first word of an event type that opens something, and what ends it.
_OPENS = {
    "ActivityScheduled": "activity",
    "ChildWorkflowScheduled": "child workflow",
    "ConditionWaitOpened": "condition",
    "TimerScheduled": "timer",
}
_ENDS = frozenset(
    {
        "ActivityCancelled",
        "ActivityCompleted",
        "ActivityFailed",
        "ActivityTimedOut",
        "ChildRunCancelled",
        "ChildRunCompleted",
        "ChildRunFailed",
        "ChildRunTerminated",
        "ChildRunTimedOut",
        "ConditionWaitSatisfied",
        "ConditionWaitTimedOut",
        "TimerCancelled",
        "TimerFired",
    }
)


class Waits:
    """What a run waits for, told from its events."""

    def __init__(self) -> None:
        self._open: dict[Any, str] = {}

    def see(self, event: Mapping[str, Any]) -> None:
        """Take an event into account."""
        payload = event.get("payload") or {}
        kind, step = event.get("event_type"), payload.get("sequence")
        if kind in _OPENS:
            self._open[step] = _described(_OPENS[kind], payload)
        elif kind in _ENDS:
            self._open.pop(step, None)
        elif kind == "WorkflowContinuedAsNew":
            self._open.clear()

    def text(self) -> str:
        """Return the waits for people."""
        return "waits for " + ", ".join(self._open.values()) if self._open else "runs"


def _described(what: str, payload: Mapping[str, Any]) -> str:
    name = payload.get("activity_type") or payload.get("child_workflow_type") or payload.get("condition_key")
    if payload.get("fire_at"):
        return f"{what} at {str(payload['fire_at'])[11:19]}"
    return f"{what} {name}" if name else what


def show(events: Iterable[Mapping[str, Any]], color: str) -> None:
    """Write events to the error stream as they come, above a line that says what is waited for."""
    screen, waits = console(color, stderr=True), Waits()
    with Status("runs", console=screen) as status:
        for event in events:
            number, moment, kind, text = cells(event)
            screen.print(
                Text.assemble(
                    (f"{moment}  {number:>4}  ", "dim"), (f"{safe(str(kind)):<22}  ", "bold"), safe(text)
                )
            )
            waits.see(event)
            status.update(Text(safe(waits.text())))
