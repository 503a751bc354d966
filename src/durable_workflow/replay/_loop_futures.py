"""The futures and tasks that `asyncio` sees in a workflow."""

from __future__ import annotations

import asyncio
from contextvars import Context
from types import FrameType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from durable_workflow.replay._branches import Branch


class WorkflowFuture(asyncio.Future[Any]):
    """A future whose hash is its number in the run.

    asyncio keeps futures in sets, whose order follows the hashes: addresses would make it differ from one
    replay to the next.

    Args:
        number: The number.
        loop: The workflow's loop.
    """

    def __init__(self, number: int, *, loop: asyncio.AbstractEventLoop) -> None:
        self._number = number
        super().__init__(loop=loop)

    def __hash__(self) -> int:
        return self._number


class WorkflowTask(WorkflowFuture):
    """A branch of the workflow as a task; everything that `asyncio.Task` offers and that makes sense here.

    Args:
        branch: The branch.
        loop: The workflow's loop.
    """

    def __init__(self, branch: Branch, *, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__(branch.number, loop=loop)
        self._branch = branch
        self._name = f"Task-{branch.number}"
        self._cancel_requests = 0
        self.seen = True
        """Whether the driver looks at the outcome, so that nothing is lost when nobody else does."""

    def cancel(self, msg: Any | None = None) -> bool:
        """Raise `asyncio.CancelledError` where the task waits; False if it has ended."""
        if self.done():
            return False
        self._cancel_requests += 1
        self._branch.cancel(asyncio.CancelledError() if msg is None else asyncio.CancelledError(msg))
        return True

    def cancelling(self) -> int:
        """Give the number of cancellations that were asked for and not taken back."""
        return self._cancel_requests

    def uncancel(self) -> int:
        """Take one request for cancellation back, and give the number of those that are left."""
        if self._cancel_requests > 0:
            self._cancel_requests -= 1
            if not self._cancel_requests:
                self._branch.spare()
        return self._cancel_requests

    def get_name(self) -> str:
        """Give the task's name."""
        return self._name

    def set_name(self, value: object) -> None:
        """Give the task a name."""
        self._name = str(value)

    def get_coro(self) -> Any:
        """Give the coroutine."""
        return self._branch.code

    def get_context(self) -> Context:
        """Give the context variables that the task sees."""
        return self._branch.context

    def get_stack(self, *, limit: int | None = None) -> list[FrameType]:
        """Give the frame at which the task waits, as the only one."""
        frame = self._branch.frame()
        return [] if frame is None or limit == 0 else [frame]

    def set_result(self, result: Any) -> None:
        """Refuse: a task's result is what its code returns."""
        raise RuntimeError("Task does not support set_result operation")

    def set_exception(self, exception: type | BaseException) -> None:
        """Refuse: a task's failure is what its code raises."""
        raise RuntimeError("Task does not support set_exception operation")

    def settle(self) -> None:
        """Take over how the branch ended."""
        failure = self._branch.failure
        if failure is None:
            super().set_result(self._branch.value)
        elif isinstance(failure, asyncio.CancelledError):
            super().cancel(*failure.args[:1])
        else:
            super().set_exception(failure)
            if self.seen:
                self._log_traceback = False
