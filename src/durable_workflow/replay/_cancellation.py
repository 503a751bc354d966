"""Bringing cancellation to the code: what is raised there, and which blocks hold it off."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from durable_workflow.errors import DefinitionError
from durable_workflow.replay._events import Event
from durable_workflow.replay._loop_cancelled import DeliveredCancellation, DeliveredToScope
from durable_workflow.workflow import WorkflowInfo
from durable_workflow.workflow._cancellation import Block, CancellationScope, ScopeCancelled

__all__ = ["Blocks", "Branch", "ScopesOfRun"]


class Blocks:
    """The blocks that one branch of the code stands in, and what the shields among them hold off."""

    __slots__ = ("_held", "_open")

    def __init__(self) -> None:
        self._open: list[Block] = []
        self._held: list[tuple[Block, BaseException]] = []

    def enter(self, block: Block) -> None:
        """Note that the code has entered a block."""
        self._open.append(block)

    def leave(self, block: Block) -> BaseException | None:
        """Note that the code has left a block; give what it held off, that of the whole workflow first."""
        self._open.remove(block)
        released = [failure for shield, failure in self._held if shield is block]
        self._held = [held for held in self._held if held[0] is not block]
        released.sort(key=lambda failure: isinstance(failure, ScopeCancelled))
        return released[0] if released else None

    def holds_off(self, failure: BaseException) -> bool:
        """Keep a cancellation until the shield that it cannot pass is left; False if it meets none."""
        scope = failure.scope if isinstance(failure, ScopeCancelled) else None
        first = 0 if scope is None or scope not in self._open else self._open.index(scope) + 1
        for block in self._open[first:]:
            if block.is_shield:
                self._held.append((block, failure))
                return True
        return False


class Branch(Protocol):
    """What scopes need of a branch of the code."""

    def enter_block(self, block: Block) -> None:
        """Note that the code has entered a block."""
        ...

    def leave_block(self, block: Block) -> None:
        """Note that the code has left a block."""
        ...

    def cancel(self, failure: BaseException) -> None:
        """Raise something in the code at the place where it waits."""
        ...


class ScopesOfRun:
    """What the blocks of one run ask for.

    Args:
        running: Gives the branch whose code runs now.
    """

    def __init__(self, running: Callable[[], Branch | None]) -> None:
        self.cancel_requested = False
        self._running = running
        self._branches: dict[Block, Branch] = {}

    def request(self, event: Event, code: Branch | None, info: WorkflowInfo) -> None:
        """Raise `WorkflowCancelled` at the wait of the workflow's code; a second request changes nothing.

        Args:
            event: The request.
            code: The code of `run`.
            info: Facts of the run.
        """
        if self.cancel_requested or code is None:
            return
        self.cancel_requested = True
        reason = event.payload.get("reason")
        message = f"Workflow cancelled: {reason}" if reason else "Workflow cancelled."
        code.cancel(DeliveredCancellation(message, workflow_id=info.workflow_id, run_id=info.run_id))

    def enter(self, block: Block) -> None:
        """Note that the running code is inside a block.

        Raises:
            DefinitionError: If no code of `run` is running, or the block was entered already.
        """
        branch = self._running()
        if branch is None:
            raise DefinitionError("Only the code of run can enter a scope or a shield: nothing else waits.")
        if block in self._branches:
            raise DefinitionError("The code is inside this scope already; make another one with ctx.")
        self._branches[block] = branch
        branch.enter_block(block)

    def leave(self, block: Block) -> None:
        """Note that the code has left a block."""
        branch = self._branches.pop(block, None)
        if branch is not None:
            branch.leave_block(block)

    def cancel(self, scope: CancellationScope, reason: str) -> None:
        """Raise `WorkflowCancelled` at the wait of the code that is inside a scope."""
        branch = self._branches.get(scope)
        if branch is not None:
            scope.cancelled = True
            branch.cancel(DeliveredToScope(reason or "the scope was cancelled", scope))
