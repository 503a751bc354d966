"""What a kind of step has to say about itself. One file per kind holds everything the driver knows of it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Hashable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from attrs import define

from durable_workflow.codec import decode_envelope
from durable_workflow.converters import from_plain
from durable_workflow.replay._events import Event
from durable_workflow.replay._pending import Operation
from durable_workflow.workflow import Command

if TYPE_CHECKING:
    from durable_workflow.replay._steps import Step


@define(eq=False)
class Result:
    """The value or the failure with which a step ends."""

    value: Any = None
    failure: BaseException | None = None

    def settle(self, operation: Operation) -> None:
        """Give the outcome to the code that waits for it, a value as the type that the command names.

        Raises:
            PayloadConversionError: If the value is not of that type.
        """
        if self.failure is not None:
            operation.fail(self.failure)
            return
        command = operation.command
        kind = getattr(command, "result_type", None)
        operation.resolve(from_plain(self.value, kind, context=f"the result of {command.type}"))


class Driver(Protocol):
    """What a kind may ask of the run that it belongs to."""

    @property
    def payload_codec(self) -> str:
        """Codec of the run's payloads."""
        ...

    def take(self, operation: Operation) -> Step | None:
        """Find the operation's step in history; None if history does not hold it yet."""
        ...

    def issue(self, operation: Operation) -> Mapping[str, Any] | None:
        """Add the operation's command to the task's answer; None if that ends the workflow instead."""
        ...

    def give_up(self, failure: BaseException) -> None:
        """End the workflow with a failure that its code cannot catch."""
        ...

    def watch_condition(self, operation: Operation) -> None:
        """Evaluate the operation's predicate from now on whenever state may have changed."""
        ...

    @property
    def workflow_type(self) -> str:
        """Type of the workflow."""
        ...

    @property
    def closed(self) -> bool:
        """Whether history holds the end of the run already."""
        ...

    @property
    def decided_versions(self) -> dict[str, int]:
        """The version that the run uses, by change id, of all changes that the code has asked for."""
        ...

    def next_step(self) -> Step | None:
        """Give the first step of history that the code has not asked for yet."""
        ...

    def holds(self, kind: Kind, command: Any) -> bool:
        """Tell whether history holds, anywhere further on, the step that a command asks for."""
        ...

    def where(self) -> str:
        """Give the place of the code that runs now."""
        ...


class Kind(ABC):
    """One kind of step."""

    name: ClassVar[str]
    commands: ClassVar[tuple[type[Command], ...]]
    opening: ClassVar[frozenset[str]]
    resolving: ClassVar[frozenset[str]] = frozenset()
    repeats: ClassVar[bool] = False
    """Whether a task may open a step again that is still open."""

    def opens(self, event: Event) -> bool:
        """Tell whether an event of an opening type opens a step of this kind."""
        return True

    def resolves(self, event: Event) -> bool:
        """Tell whether an event of a resolving type ends a step of this kind."""
        return True

    @abstractmethod
    def of_event(self, event: Event) -> str:
        """Put an opening event into words."""

    @abstractmethod
    def of_command(self, command: Any) -> str:
        """Put a command into the words of `of_event`."""

    @abstractmethod
    def fits(self, event: Event, command: Any) -> bool:
        """Tell whether a command asks for the step that an event opened."""

    def agrees(self, event: Event, decided: Mapping[str, int]) -> bool:
        """Tell whether an opening event only repeats a version that is decided.

        Args:
            event: The event.
            decided: The version of each change that the code has asked for.
        """
        return False

    def start(self, driver: Driver, operation: Operation) -> None:
        """Begin to wait for an operation that the code asks for."""
        step = driver.take(operation)
        if step is None:
            driver.issue(operation)
        elif step.ended is not None:
            self.result(step.ended, driver.payload_codec).settle(operation)

    @abstractmethod
    def result(self, event: Event, payload_codec: str) -> Result:
        """Read the outcome from a resolving event.

        Raises:
            PayloadDecodeError: If its payload cannot be decoded.
        """

    def repeat_key(self, event: Event) -> Hashable:
        """Give what two openings of one logical step have in common."""
        return None


def payload_of(payload: Mapping[str, Any], members: tuple[str, ...], payload_codec: str) -> Any:
    """Decode the first of several members that is there.

    Args:
        payload: Payload of an event.
        members: Names of the members, in order of preference.
        payload_codec: Codec of the run; a codec that the event names wins.

    Raises:
        PayloadDecodeError: If it cannot be decoded.
    """
    codec = payload.get("payload_codec")
    for member in members:
        value = payload.get(member)
        if value is not None:
            return decode_envelope(value, codec if isinstance(codec, str) else payload_codec)
    return None
