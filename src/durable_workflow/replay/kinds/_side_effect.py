"""Side effects."""

from __future__ import annotations

from durable_workflow.codec import decode
from durable_workflow.replay._events import Event
from durable_workflow.replay._pending import Operation
from durable_workflow.replay.kinds._base import Driver, Kind, Result, payload_of
from durable_workflow.workflow import Command, RecordSideEffect, SideEffect


class SideEffectKind(Kind):
    """A recorded value. The event that opens it also ends it, and the code goes on at once."""

    name = "side effect"
    commands = (SideEffect, RecordSideEffect)
    opening = frozenset({"SideEffectRecorded"})

    def of_event(self, event: Event) -> str:
        """Put an opening event into words."""
        return "side effect"

    def of_command(self, command: Command) -> str:
        """Put a command into the words of `of_event`."""
        return "side effect"

    def fits(self, event: Event, command: Command) -> bool:
        """Tell whether a command asks for the step that an event opened."""
        return True

    def start(self, driver: Driver, operation: Operation) -> None:
        """Begin to wait for an operation that the code asks for."""
        step = driver.take(operation)
        if step is not None:
            self.result(step.opened, driver.payload_codec).settle(operation)
        elif _compute(driver, operation) and (wire := driver.issue(operation)):
            # The code gets what a replay will read, so that it never sees two forms of one value.
            operation.resolve(decode(wire["result"], driver.payload_codec))

    def result(self, event: Event, payload_codec: str) -> Result:
        """Read the outcome from a resolving event."""
        return Result(value=payload_of(event.payload, ("result",), payload_codec))


def _compute(driver: Driver, operation: Operation) -> bool:
    if isinstance(operation.command, SideEffect):
        try:
            operation.command = operation.command.compute()
        except Exception as error:
            # Raised into the code it could be caught, and history would hold no trace of it.
            driver.give_up(error)
            return False
    return True
