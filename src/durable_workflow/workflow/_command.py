"""What every command has in common: it can be yielded, awaited and put on the wire."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Generator, Sequence
from typing import Any, ClassVar

from attrs import frozen

from durable_workflow.codec import AVRO_CODEC, Framing
from durable_workflow.converters import envelope


@frozen
class Command(ABC):
    """Something that workflow code asks for.

    A generator workflow yields it, a coroutine workflow awaits it. It is a plain value: to yield or await
    it a second time asks a second time.
    """

    type: ClassVar[str]
    """The command's `type` on the wire."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        # Commands are equal by value, but asyncio.gather must not take two equal timers for one; and most
        # hold lists, which have no hash.
        cls.__hash__ = object.__hash__  # type: ignore[method-assign]

    def __await__(self) -> Generator[Command, Any, Any]:
        return (yield self)

    @abstractmethod
    def to_server_command(
        self, task_queue: str, *, payload_codec: str = AVRO_CODEC, framing: Framing = "wrapper"
    ) -> dict[str, Any]:
        """Write the command as the wire object of a task completion.

        Args:
            task_queue: Queue of the run, for commands that name none.
            payload_codec: Codec of the run's payloads.
            framing: Layout of the run's payloads.

        Raises:
            PayloadEncodeError: If a value in it cannot be encoded.
        """


def encoded(value: Any, payload_codec: str, framing: Framing) -> dict[str, str]:
    """Encode a payload member of a command, typed or plain, as an envelope."""
    return envelope(value, payload_codec or AVRO_CODEC, framing=framing)


def without_none(**members: Any) -> dict[str, Any]:
    """Collect the members that have a value; the wire treats null and missing alike."""
    return {name: value for name, value in members.items() if value is not None}


def argument_list(value: Sequence[Any] | None, owner: str) -> list[Any]:
    """Check the positional arguments of a command; None means none.

    Args:
        value: The arguments.
        owner: Whose they are, for the error.

    Raises:
        TypeError: If they are no list.
    """
    if type(value) is list:
        return list(value)
    if isinstance(value, str | bytes | dict) or (value is not None and not isinstance(value, Sequence)):
        raise TypeError(
            f"arguments of {owner} are a list of positional arguments, not {type(value).__name__}; "
            "write [value] to pass one"
        )
    return list(value or ())


def type_name(value: str, what: str) -> str:
    """Check a name that a command carries.

    Args:
        value: The name.
        what: What it names, for the error.

    Raises:
        TypeError: If it is no text, or blank.
    """
    if not isinstance(value, str) or not value.strip():
        raise TypeError(f"{what} must be a non-empty name, not {value!r:.80}")
    return value
