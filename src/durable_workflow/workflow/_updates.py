"""The commands that answer an update. The driver issues them; workflow code never does."""

from __future__ import annotations

from typing import Any, ClassVar

from attrs import frozen

from durable_workflow.codec import AVRO_CODEC, Framing
from durable_workflow.errors import NonRetryableError
from durable_workflow.workflow._command import Command, encoded, without_none

__all__ = ["CompleteUpdate", "FailUpdate"]


@frozen
class CompleteUpdate(Command):
    """Answer an update with its handler's result.

    Args:
        update_id: Id of the update.
        result: The result.
    """

    type: ClassVar[str] = "complete_update"

    update_id: str
    result: Any = None

    def to_server_command(
        self, task_queue: str, *, payload_codec: str = AVRO_CODEC, framing: Framing = "wrapper"
    ) -> dict[str, Any]:
        """Write the command as the wire object of a task completion; see `Command`."""
        return {
            "type": self.type,
            "update_id": self.update_id,
            "result": encoded(self.result, payload_codec, framing),
        }


@frozen
class FailUpdate(Command):
    """Answer an update that was refused or whose handler failed; the workflow is as it was.

    Args:
        update_id: Id of the update.
        message: What went wrong.
        exception_type: Language-neutral name of the failure; `UpdateRejected` for a refusal.
        exception_class: Full name of the exception's class.
        non_retryable: Whether the same update would fail again.
    """

    type: ClassVar[str] = "fail_update"

    update_id: str
    message: str
    exception_type: str | None = None
    exception_class: str | None = None
    non_retryable: bool = True

    @classmethod
    def from_exception(cls, update_id: str, error: BaseException) -> FailUpdate:
        """Describe what a handler raised.

        Args:
            update_id: Id of the update.
            error: What it raised.
        """
        kind = type(error)
        return cls(
            update_id,
            # Servers refuse a blank message, and with it everything else in the answer.
            str(error).strip() or kind.__name__,
            exception_type=kind.__name__,
            exception_class=f"{kind.__module__}.{kind.__qualname__}",
            non_retryable=isinstance(error, NonRetryableError),
        )

    @classmethod
    def refusing(cls, update_id: str, why: object) -> FailUpdate:
        """Say that an update is not taken.

        Args:
            update_id: Id of the update.
            why: The reason: a text, or what the validator raised.
        """
        message = str(why).strip() or type(why).__name__
        return cls(update_id, message, "UpdateRejected", "durable_workflow.errors.UpdateRejected")

    def to_server_command(
        self, task_queue: str, *, payload_codec: str = AVRO_CODEC, framing: Framing = "wrapper"
    ) -> dict[str, Any]:
        """Write the command as the wire object of a task completion; see `Command`."""
        return {
            "type": self.type,
            "update_id": self.update_id,
            "message": self.message,
            **without_none(exception_type=self.exception_type, exception_class=self.exception_class),
            "non_retryable": self.non_retryable,
        }
