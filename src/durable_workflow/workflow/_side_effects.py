"""The commands that record a value which may differ between two executions of the code."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from attrs import frozen

from durable_workflow.codec import AVRO_CODEC, Framing
from durable_workflow.converters import encode
from durable_workflow.workflow._command import Command


@frozen
class RecordSideEffect(Command):
    """Record a value; the code gets it back, now and on every replay.

    Args:
        result: The value.
    """

    type: ClassVar[str] = "record_side_effect"

    result: Any

    def to_server_command(
        self, task_queue: str, *, payload_codec: str = AVRO_CODEC, framing: Framing = "wrapper"
    ) -> dict[str, Any]:
        """Write the command as the wire object of a task completion; see `Command`."""
        # The one payload that is a bare blob on the wire: an envelope is refused here.
        return {
            "type": self.type,
            "result": encode(self.result, payload_codec or AVRO_CODEC, framing=framing),
        }


@frozen
class SideEffect(Command):
    """A side effect whose value is only computed when history does not hold one yet.

    Args:
        function: Computes the value; called at most once per run and step.
    """

    type: ClassVar[str] = "record_side_effect"

    function: Callable[[], Any]

    def compute(self) -> RecordSideEffect:
        """Call the function and give the command that records its value."""
        return RecordSideEffect(self.function())

    def to_server_command(
        self, task_queue: str, *, payload_codec: str = AVRO_CODEC, framing: Framing = "wrapper"
    ) -> dict[str, Any]:
        """Compute the value and write the command that records it; see `Command`."""
        return self.compute().to_server_command(task_queue, payload_codec=payload_codec, framing=framing)
