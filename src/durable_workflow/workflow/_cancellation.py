"""Cancellation as workflow code sees it: scopes that can be cancelled, and shields against it."""

from __future__ import annotations

from types import TracebackType
from typing import Any, ClassVar, Protocol, TypeVar

from attrs import frozen

from durable_workflow.codec import AVRO_CODEC, Framing
from durable_workflow.errors import WorkflowCancelled
from durable_workflow.workflow._command import Command

__all__ = ["CancelWorkflow", "CancellationScope", "Scopes", "Shield"]

B = TypeVar("B", bound="Block")


class Scopes(Protocol):
    """What scopes ask of the run that drives the code."""

    @property
    def cancel_requested(self) -> bool:
        """Whether the run was told of its cancellation."""
        ...

    def enter(self, block: Block) -> None:
        """Note that the running code is inside a block.

        Raises:
            DefinitionError: If no code of `run` is running.
        """
        ...

    def leave(self, block: Block) -> None:
        """Note that the code has left a block."""
        ...

    def cancel(self, scope: CancellationScope, reason: str) -> None:
        """Raise `WorkflowCancelled` at the wait of the code that is inside a scope."""
        ...


class Block:
    """A `with` block that the driver knows of; `async with` does the same.

    Args:
        scopes: The run.
    """

    is_shield: ClassVar[bool] = False

    def __init__(self, scopes: Scopes) -> None:
        self._scopes = scopes

    def __enter__(self: B) -> B:
        self._scopes.enter(self)
        return self

    async def __aenter__(self: B) -> B:
        return self.__enter__()


class Shield(Block):
    """A block that cancellation does not reach; see `WorkflowContext.shield`."""

    is_shield = True

    def __exit__(self, *exc_info: object) -> None:
        self._scopes.leave(self)

    async def __aexit__(self, *exc_info: object) -> None:
        self._scopes.leave(self)


class CancellationScope(Block):
    """A block that can be cancelled by itself; see `WorkflowContext.cancellation_scope`.

    Attributes:
        cancelled: Whether it was.
    """

    def __init__(self, scopes: Scopes) -> None:
        super().__init__(scopes)
        self.cancelled = False

    def cancel(self, reason: str = "") -> None:
        """Raise `WorkflowCancelled` at the wait inside the block; code after the block then goes on.

        A signal handler may call this, other code of the workflow, or the block itself: then its next wait
        raises. A block that was left already, and one that is cancelled already, stays as it is.

        Args:
            reason: Text for people.
        """
        if not self.cancelled:
            self._scopes.cancel(self, reason)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        self._scopes.leave(self)
        return isinstance(error, ScopeCancelled) and error.scope is self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        return self.__exit__(kind, error, trace)


class ScopeCancelled(WorkflowCancelled):
    """A scope was cancelled; to code inside it this is a `WorkflowCancelled`, which ends at its scope.

    Args:
        message: Text for people.
        scope: The scope.
    """

    def __init__(self, message: str, scope: CancellationScope) -> None:
        super().__init__(message)
        self.scope = scope


@frozen
class CancelWorkflow(Command):
    """End the run as cancelled; code that lets its cancellation pass does this."""

    type: ClassVar[str] = "cancel_workflow"

    def to_server_command(
        self, task_queue: str, *, payload_codec: str = AVRO_CODEC, framing: Framing = "wrapper"
    ) -> dict[str, Any]:
        """Write the command as the wire object of a task completion; see `Command`."""
        return {"type": self.type}


class Cancelling:
    """The part of the workflow's context that is about cancellation."""

    @property
    def _scopes(self) -> Scopes:
        raise NotImplementedError

    @property
    def cancel_requested(self) -> bool:
        """Whether somebody asked to cancel this run, and the code was told."""
        return self._scopes.cancel_requested

    def shield(self) -> Shield:
        """Protect a block from cancellation: its waits go on to their end.

            with ctx.shield():
                yield ctx.schedule_activity("refund", [order])

        A cancellation that comes meanwhile is raised at the first wait after the block. Cleanup that runs
        because of a cancellation, in an `except` or `finally`, needs no shield: a workflow is told only once.
        """
        return Shield(self._scopes)

    def cancellation_scope(self) -> CancellationScope:
        """Make a block that can be cancelled without the rest of the workflow.

            with ctx.cancellation_scope() as self.search:
                yield ctx.schedule_activity("search", [query])
            if self.search.cancelled: ...

        `self.search.cancel()`, in a signal handler for example, raises `WorkflowCancelled` at the wait inside
        the block; it does not get out of the block. The cancellation of the workflow passes through.
        """
        return CancellationScope(self._scopes)
