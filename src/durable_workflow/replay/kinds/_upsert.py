"""Changes of search attributes and memo."""

from __future__ import annotations

from durable_workflow.replay._events import Event
from durable_workflow.replay._pending import Operation
from durable_workflow.replay.kinds._base import Driver, Kind, Result
from durable_workflow.workflow import Command, UpsertMemo, UpsertSearchAttributes


class UpsertKind(Kind):
    """A change of what others see of the run. The code goes on at once; values are not compared on replay."""

    def of_event(self, event: Event) -> str:
        """Put an opening event into words."""
        return self.name

    def of_command(self, command: Command) -> str:
        """Put a command into the words of `of_event`."""
        return self.name

    def fits(self, event: Event, command: Command) -> bool:
        """Tell whether a command asks for the step that an event opened."""
        return True

    def start(self, driver: Driver, operation: Operation) -> None:
        """Begin to wait for an operation that the code asks for."""
        if driver.take(operation) is not None or driver.issue(operation) is not None:
            operation.resolve(None)

    def result(self, event: Event, payload_codec: str) -> Result:
        """Read the outcome from a resolving event."""
        return Result()


class SearchAttributesKind(UpsertKind):
    """A change of search attributes."""

    name = "upsert of search attributes"
    commands = (UpsertSearchAttributes,)
    opening = frozenset({"SearchAttributesUpserted"})


class MemoKind(UpsertKind):
    """A change of the memo."""

    name = "upsert of the memo"
    commands = (UpsertMemo,)
    opening = frozenset({"MemoUpserted"})
