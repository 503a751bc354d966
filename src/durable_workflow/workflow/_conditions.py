"""The command that waits until something in the workflow's state is true."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Generator
from typing import TYPE_CHECKING, Any, ClassVar

from attrs import field, frozen

from durable_workflow.codec import AVRO_CODEC, Framing
from durable_workflow.workflow._command import Command, without_none
from durable_workflow.workflow._seconds import Seconds, whole_seconds


def _predicate(value: Callable[[], Any]) -> Callable[[], Any]:
    if not callable(value):
        raise TypeError(
            f"wait_condition takes a function, not {type(value).__name__}; write lambda: self.approved"
        )
    if inspect.iscoroutinefunction(value) or inspect.isgeneratorfunction(value):
        raise TypeError("the predicate of wait_condition must be a plain function: it is called very often")
    return value


def _timeout(value: Seconds | None) -> int | None:
    return None if value is None else whole_seconds(value, "the timeout of wait_condition")


@frozen
class WaitCondition(Command):
    """Wait until a predicate is true; the code gets True, or False when the time was over first.

    Args:
        predicate: Function without arguments that reads the workflow's state and changes nothing.
        condition_key: Name of the wait, shown in history and compared on replay.
        condition_definition_fingerprint: Mark of the predicate's meaning, compared on replay if given.
        timeout_seconds: How long to wait, in seconds; None for ever, 0 only looks.
    """

    type: ClassVar[str] = "open_condition_wait"

    predicate: Callable[[], Any] = field(converter=_predicate)
    condition_key: str | None = None
    condition_definition_fingerprint: str | None = None
    timeout_seconds: int | None = field(default=None, converter=_timeout)

    if TYPE_CHECKING:

        def __await__(self) -> Generator[Command, Any, bool]: ...

    def to_server_command(
        self, task_queue: str, *, payload_codec: str = AVRO_CODEC, framing: Framing = "wrapper"
    ) -> dict[str, Any]:
        """Write the command as the wire object of a task completion; see `Command`."""
        return {
            "type": self.type,
            **without_none(
                condition_key=self.condition_key,
                condition_definition_fingerprint=self.condition_definition_fingerprint,
                timeout_seconds=self.timeout_seconds,
            ),
        }
