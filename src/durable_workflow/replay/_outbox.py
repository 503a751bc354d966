"""Commands on their way to the server."""

from __future__ import annotations

from collections.abc import Container, Mapping
from typing import Any

from attrs import frozen

from durable_workflow.codec import Framing
from durable_workflow.errors import PayloadEncodeError
from durable_workflow.workflow import (
    Command,
    CompleteWorkflow,
    ContinueAsNew,
    FailWorkflow,
    WaitCondition,
)

__all__ = ["Issued", "Outbox", "ending_of", "with_place"]


@frozen
class Issued:
    """A new command, as the object that the code made and as it goes on the wire."""

    command: Command
    wire: Mapping[str, Any]


class Outbox:
    """The commands of one run that no task has taken yet.

    Args:
        task_queue: Queue of the run.
        payload_codec: Codec of the run's payloads.
        framing: Layout of the payloads that are written.
    """

    def __init__(self, task_queue: str, payload_codec: str, framing: Framing) -> None:
        self._task_queue = task_queue
        self._payload_codec = payload_codec
        self._framing: Framing = framing
        self._commands: list[Issued] = []

    @property
    def opens_wait(self) -> bool:
        """Whether one of the commands opens a condition wait."""
        return any(isinstance(issued.command, WaitCondition) for issued in self._commands)

    def add(self, command: Command) -> Mapping[str, Any]:
        """Add a command, and give it as it goes on the wire.

        Raises:
            PayloadEncodeError: If a value in it cannot be encoded; then it is not added.
        """
        wire = command.to_server_command(
            self._task_queue, payload_codec=self._payload_codec, framing=self._framing
        )
        self._commands.append(Issued(command, wire))
        return wire

    def take(self, *, only_update: str | None, answered: Container[str]) -> list[Issued]:
        """Take the commands out, in order.

        Args:
            only_update: Id of the one update that may be answered now; answers to others stay. None for all.
            answered: Ids of updates that have their answer already.
        """
        pending, self._commands = self._commands, []
        taken: list[Issued] = []
        for issued in pending:
            answers = getattr(issued.command, "update_id", None)
            if answers is None or (answers not in answered and only_update in (None, answers)):
                taken.append(issued)
            elif answers not in answered:
                self._commands.append(issued)
        return taken


def ending_of(result: Any) -> Command:
    """Give the command that ends the workflow with what its code returned."""
    endings = CompleteWorkflow | ContinueAsNew | FailWorkflow
    return result if isinstance(result, endings) else CompleteWorkflow(result)


def with_place(error: PayloadEncodeError, what: str) -> PayloadEncodeError:
    """Say in an error what could not be encoded."""
    placed = PayloadEncodeError(f"{what} cannot be encoded: {error}", code=error.code, path=error.path)
    placed.__cause__ = error
    return placed
