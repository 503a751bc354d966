"""The commands that end a run."""

from __future__ import annotations

from typing import Any, ClassVar

from attrs import frozen

from durable_workflow.codec import AVRO_CODEC, Framing
from durable_workflow.errors import NonRetryableError
from durable_workflow.workflow._command import Command, encoded, without_none


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
        return cls(
            # A blank message is refused by the server, and would lose the run.
            message=str(error).strip() or kind.__name__,
            exception_type=kind.__name__,
            non_retryable=isinstance(error, NonRetryableError),
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
