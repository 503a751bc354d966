"""Condition waits."""

from __future__ import annotations

from collections.abc import Hashable

from durable_workflow.replay._events import Event, integer
from durable_workflow.replay._pending import Operation
from durable_workflow.replay.kinds._base import Driver, Kind, Result
from durable_workflow.workflow import WaitCondition


class ConditionKind(Kind):
    """A wait for a predicate over the workflow's state."""

    name = "condition wait"
    commands = (WaitCondition,)
    opening = frozenset({"ConditionWaitOpened"})
    resolving = frozenset({"ConditionWaitSatisfied", "ConditionWaitTimedOut", "TimerFired"})
    repeats = True

    def resolves(self, event: Event) -> bool:
        """Tell whether an event of a resolving type ends a step of this kind."""
        return event.type != "TimerFired" or event.payload.get("timer_kind") == "condition_timeout"

    def of_event(self, event: Event) -> str:
        """Put an opening event into words."""
        return _text(event.payload.get("condition_key"))

    def of_command(self, command: WaitCondition) -> str:
        """Put a command into the words of `of_event`."""
        return _text(command.condition_key)

    def fits(self, event: Event, command: WaitCondition) -> bool:
        """Tell whether a command asks for the step that an event opened."""
        mark = command.condition_definition_fingerprint
        recorded = event.payload.get("condition_definition_fingerprint")
        same_mark = mark is None or recorded is None or mark == recorded
        return same_mark and (event.payload.get("condition_key") or None) == (command.condition_key or None)

    def start(self, driver: Driver, operation: Operation) -> None:
        """Begin to wait for an operation that the code asks for."""
        evaluate(operation)
        command = operation.command
        if operation.done or not isinstance(command, WaitCondition):
            return
        if command.timeout_seconds == 0:
            operation.resolve(False)
            return
        super().start(driver, operation)
        if not operation.done:
            driver.watch_condition(operation)

    def result(self, event: Event, payload_codec: str) -> Result:
        """Read the outcome from a resolving event."""
        return Result(value=event.type == "ConditionWaitSatisfied")

    def repeat_key(self, event: Event) -> Hashable:
        """Give what two openings of one logical step have in common."""
        payload = event.payload
        return (
            payload.get("condition_key") or None,
            payload.get("condition_definition_fingerprint") or None,
            integer(payload.get("timeout_seconds")),
        )


def evaluate(operation: Operation) -> None:
    """End a condition wait if its predicate is true now, or raises."""
    command = operation.command
    if operation.done or not isinstance(command, WaitCondition):
        return
    try:
        satisfied = bool(command.predicate())
    except Exception as error:
        operation.fail(error)
        return
    if satisfied:
        operation.resolve(True)


def _text(key: object) -> str:
    return f"condition wait {key!r}" if key else "condition wait without key"
