"""A history, sorted into steps and into what has to be delivered to the code."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from attrs import define

from durable_workflow.replay._events import EPOCH, Event, read_events
from durable_workflow.replay._mismatch import corrupt
from durable_workflow.replay._steps import Step, StepTable
from durable_workflow.replay._updates import UpdateLog
from durable_workflow.replay.kinds import Kind, opened_by, resolved_by

_UPDATES = frozenset({"UpdateAccepted", "UpdateApplied", "UpdateCompleted"})
_CLOSED_BY_SERVER = frozenset({"WorkflowCancelled", "WorkflowTerminated", "WorkflowTimedOut"})
_SWEPT_UP = frozenset({"ActivityCancelled", "TimerCancelled"})
_CLOSED_BY_CODE = frozenset({"WorkflowCompleted", "WorkflowContinuedAsNew", "WorkflowFailed"})
_CLOSED = _CLOSED_BY_CODE | _CLOSED_BY_SERVER


@define(eq=False)
class Delivery:
    """One event that the code has to see at its place.

    Attributes:
        event: The event.
        step: The step that it ends; None for a message.
    """

    event: Event
    step: Step | None = None


class History:
    """Everything known of a run, growing as events come."""

    def __init__(self) -> None:
        self.steps = StepTable()
        self.updates = UpdateLog()
        self.started_at: datetime = EPOCH
        self.started: Event | None = None
        """`WorkflowStarted`, once it is known."""
        self.closing: Event | None = None
        """The event with which the code's own command closed the run."""
        self.over = False
        """Whether the run is closed, by its code or by the server."""
        self._by_sequence: dict[int, Step] = {}
        self._newest = 0

    def add(self, raw_events: Iterable[Mapping[str, Any]]) -> list[Delivery]:
        """Read more events, of any order, and give what they deliver, in order.

        Raises:
            NonDeterministicReplayError: If the events contradict each other.
        """
        opened: list[Step] = []
        deliveries: list[Delivery] = []
        unswept = 0
        before = self._newest
        events, self._newest = read_events(raw_events, after=before)
        for event in events:
            if event.sequence > before + 1:
                # What was left out between the two ends a sweep like any other event.
                unswept = len(deliveries)
            before = event.sequence
            self._note_run(event)
            if (kind := opened_by(event)) is not None:
                self._open(event, kind, opened)
            elif (kind := resolved_by(event)) is not None:
                deliveries.append(self._ended(event, kind))
            elif self._is_message(event):
                deliveries.append(Delivery(event))
            if event.type in _CLOSED_BY_SERVER:
                # The steps that a closing run swept up ended with it: its code never saw that.
                del deliveries[unswept:]
            elif event.type not in _SWEPT_UP:
                unswept = len(deliveries)
        self.steps.add(opened)
        return deliveries

    def _is_message(self, event: Event) -> bool:
        if event.type == "CancelRequested":
            return not _is_at_once(event)
        return event.type == "SignalReceived" or (event.type in _UPDATES and self.updates.note(event))

    def _note_run(self, event: Event) -> None:
        # Without a readable start the first readable time has to do.
        if self.started is None and (event.type == "WorkflowStarted" or self.started_at == EPOCH):
            self.started_at = event.time() or self.started_at
            self.started = event if event.type == "WorkflowStarted" else None
        if event.type not in _CLOSED:
            return
        self.over = True
        if event.type == "WorkflowCancelled" and event.payload.get("task"):
            # Written for the code's own command; otherwise it is the server that has ended the run.
            self.closing = event
        # A limit that the server enforced is not an end that the code asked for.
        if event.type in _CLOSED_BY_CODE and not event.payload.get("structural_limit_kind"):
            self.closing = event

    def _open(self, event: Event, kind: Kind, opened: list[Step]) -> None:
        if event.step is None:
            raise corrupt(event, "it opens a step but carries no step number")
        known = self._by_sequence.get(event.step)
        if known is None:
            self._by_sequence[event.step] = step = Step(event.step, kind, event)
            opened.append(step)
        elif known.kind is not kind:
            raise corrupt(event, f"its step {event.step} is already the {known.text}")

    def _ended(self, event: Event, kind: Kind) -> Delivery:
        step = None if event.step is None else self._by_sequence.get(event.step)
        if step is None:
            raise corrupt(event, f"it ends step {event.step}, which no event opened")
        if step.kind is not kind:
            raise corrupt(event, f"it ends a {kind.name}, but its step {event.step} is the {step.text}")
        step.over_at = step.over_at or event.sequence
        return Delivery(event, step)


def _is_at_once(event: Event) -> bool:
    """Tell whether a cancellation closed the run without telling its code, as servers of 1.0 do."""
    command = event.payload.get("command")
    return isinstance(command, Mapping) and command.get("outcome") == "cancelled"
