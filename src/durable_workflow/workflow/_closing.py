"""The commands that end a run."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, NoReturn

from attrs import field, frozen

from durable_workflow.codec import AVRO_CODEC, Framing
from durable_workflow.errors import ApplicationError
from durable_workflow.workflow._command import Command, argument_list, encoded, without_none


@frozen
class CompleteWorkflow(Command):
    """End the workflow with a result; returning from `run` does the same.

    Args:
        result: The result.
    """

    type: ClassVar[str] = "complete_workflow"

    result: Any = None

    def to_server_command(
        self, task_queue: str, *, payload_codec: str = AVRO_CODEC, framing: Framing = "wrapper"
    ) -> dict[str, Any]:
        """Write the command as the wire object of a task completion; see `Command`."""
        return {"type": self.type, "result": encoded(self.result, payload_codec, framing)}


@frozen
class FailWorkflow(Command):
    """End the workflow with a failure; raising in `run` does the same.

    Args:
        message: What went wrong.
        exception_type: Language-neutral name of the failure.
        non_retryable: Whether a parent should not start the workflow again.
        exception_class: Full name of the exception's class.
    """

    type: ClassVar[str] = "fail_workflow"

    message: str
    exception_type: str | None = None
    non_retryable: bool = False
    exception_class: str | None = None

    @classmethod
    def from_exception(cls, error: BaseException) -> FailWorkflow:
        """Describe an exception that workflow code let pass."""
        kind = type(error)
        own = error if isinstance(error, ApplicationError) else ApplicationError()
        return cls(
            # A blank message is refused by the server, and would lose the run.
            message=str(error).strip() or kind.__name__,
            exception_type=own.error_type or kind.__name__,
            non_retryable=own.non_retryable,
            exception_class=f"{kind.__module__}.{kind.__qualname__}",
        )

    def to_server_command(
        self, task_queue: str, *, payload_codec: str = AVRO_CODEC, framing: Framing = "wrapper"
    ) -> dict[str, Any]:
        """Write the command as the wire object of a task completion; see `Command`."""
        return {
            "type": self.type,
            "message": self.message,
            **without_none(exception_type=self.exception_type, exception_class=self.exception_class),
            "non_retryable": self.non_retryable,
        }


def _input(value: Sequence[Any] | None) -> list[Any]:
    return argument_list(value, "a continued workflow")


@frozen
class ContinueAsNew(Command):
    """End this run and go on in a new one, with a fresh history; return it, yield it or await it.

    The new run keeps the workflow's id, memo and search attributes. Activities and timers of the old run
    that are still open are of no use to it: end them first.

    Args:
        workflow_type: Type of the new run; this one's by default.
        arguments: Positional arguments of the new run.
        task_queue: Queue of the new run; this one's by default. Servers of protocol 1.0 keep this one's.
    """

    type: ClassVar[str] = "continue_as_new"

    workflow_type: str | None = None
    arguments: list[Any] = field(factory=list, converter=_input)
    task_queue: str | None = None

    if TYPE_CHECKING:

        def __await__(self) -> Generator[Command, Any, NoReturn]: ...

    def to_server_command(
        self, task_queue: str, *, payload_codec: str = AVRO_CODEC, framing: Framing = "wrapper"
    ) -> dict[str, Any]:
        """Write the command as the wire object of a task completion; see `Command`."""
        return {
            "type": self.type,
            "arguments": encoded(self.arguments, payload_codec, framing),
            **without_none(workflow_type=self.workflow_type, queue=self.task_queue),
        }
