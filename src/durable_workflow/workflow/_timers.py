"""The command that sleeps."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING, Any, ClassVar

from attrs import field, frozen

from durable_workflow.codec import AVRO_CODEC, Framing
from durable_workflow.workflow._command import Command
from durable_workflow.workflow._seconds import Seconds, whole_seconds


def _delay(value: Seconds) -> int:
    return whole_seconds(value, "the delay of a timer")


@frozen
class StartTimer(Command):
    """Sleep durably; the code gets None when the time is over.

    Args:
        delay_seconds: How long, in seconds; fractions round up.
    """

    type: ClassVar[str] = "start_timer"

    delay_seconds: int = field(converter=_delay)

    if TYPE_CHECKING:

        def __await__(self) -> Generator[Command, Any, None]: ...

    def to_server_command(
        self, task_queue: str, *, payload_codec: str = AVRO_CODEC, framing: Framing = "wrapper"
    ) -> dict[str, Any]:
        """Write the command as the wire object of a task completion; see `Command`."""
        return {"type": self.type, "delay_seconds": self.delay_seconds}
