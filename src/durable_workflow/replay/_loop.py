"""The event loop that asyncio finds in a workflow. It has no clock and no sockets, only the run's history."""

from __future__ import annotations

import asyncio
import logging
import sys
from collections.abc import Awaitable, Callable
from contextvars import Context, copy_context
from datetime import UTC, datetime
from types import FrameType
from typing import Any, NoReturn, Protocol

from durable_workflow.errors import NonDeterministicCode
from durable_workflow.replay._branches import Branch, Code, is_code
from durable_workflow.replay._loop_futures import WorkflowFuture, WorkflowTask
from durable_workflow.replay._loop_refusals import AS_COMPLETED, REFUSED
from durable_workflow.workflow import Group

# Its abstract methods are refused by name below; a checker would want each one spelt out.
_Base: Any = asyncio.AbstractEventLoop
_EPOCH = datetime.fromtimestamp(0, UTC)
_LOG = logging.getLogger("durable_workflow.workflow")
_FRAMES_OF_AS_COMPLETED = 6


class LoopHost(Protocol):
    """What the loop needs of the run that it belongs to."""

    @property
    def now(self) -> datetime:
        """The workflow's time."""
        ...

    @property
    def replaying(self) -> bool:
        """Whether the code repeats what history already holds."""
        ...

    def number(self) -> int:
        """Count one more future or task."""
        ...

    def spawn(self, code: Code, context: Context | None = None) -> Branch:
        """Make a branch of a generator or coroutine."""
        ...

    def wake(self, turn: Branch | asyncio.Handle, /) -> None:
        """Run something after what was woken before it."""
        ...

    def ask_later(self, handle: asyncio.TimerHandle, seconds: float) -> None:
        """Start a durable timer for a callback, once the code that runs now stops."""
        ...

    def refuse(self, error: NonDeterministicCode) -> None:
        """Fail the task, whatever the code does about the error."""
        ...


class WorkflowLoop(_Base):  # type: ignore[misc]
    """Runs callbacks, futures and tasks in an order that follows from the run's history alone.

    Time is the workflow's time and stands still between events; a delay is a durable timer of whole
    seconds, rounded up. Whatever needs a socket, a thread or a process is refused.

    Args:
        host: The run's scheduler.
    """

    def __init__(self, host: LoopHost) -> None:
        self._host = host

    def time(self) -> float:
        """Give the workflow's time, in seconds since 1970."""
        return (self._host.now - _EPOCH).total_seconds()

    def call_soon(
        self, callback: Callable[..., object], *args: Any, context: Context | None = None
    ) -> asyncio.Handle:
        """Call a function after everything that is ready now."""
        handle = asyncio.Handle(callback, args, self, context)
        self._host.wake(handle)
        return handle

    def call_later(
        self, delay: float, callback: Callable[..., object], *args: Any, context: Context | None = None
    ) -> asyncio.TimerHandle:
        """Call a function after a delay in seconds, by a durable timer."""
        handle = asyncio.TimerHandle(self.time() + delay, callback, args, self, context)
        if delay > 0:
            self._host.ask_later(handle, delay)
        else:
            self._host.wake(handle)
        return handle

    def call_at(
        self, when: float, callback: Callable[..., object], *args: Any, context: Context | None = None
    ) -> asyncio.TimerHandle:
        """Call a function at a time of this loop, in seconds, by a durable timer."""
        # Differences of times around 1.7e9 carry errors of a tenth of a microsecond.
        return self.call_later(round(when - self.time(), 5), callback, *args, context=context)

    def create_future(self) -> WorkflowFuture:
        """Make a future."""
        return WorkflowFuture(self._host.number(), loop=self)

    def create_task(
        self,
        coro: Any,
        *,
        name: str | None = None,
        context: Context | None = None,
        **_: Any,
    ) -> Any:
        """Make a task of a coroutine, or of anything else that a workflow can await, such as a command.

        Raises:
            NonDeterministicCode: If the order of the tasks would differ from replay to replay.
        """
        if _called_by_as_completed():
            self._refuse(AS_COMPLETED)
        branch = self._host.spawn(coro if is_code(coro) else _result_of(coro), context or copy_context())
        self._host.wake(branch)
        task = branch.task or WorkflowTask(branch, loop=self)
        branch.task, task.seen = task, False
        if name is not None:
            task.set_name(name)
        return task

    def is_running(self) -> bool:
        """Tell that the loop runs: code only sees it while it does."""
        return True

    def is_closed(self) -> bool:
        """Tell that the loop is open."""
        return False

    def get_debug(self) -> bool:
        """Tell that the loop has no debug mode."""
        return False

    def get_task_factory(self) -> None:
        """Tell that tasks are made by the loop itself."""
        return

    def get_exception_handler(self) -> None:
        """Tell that unseen failures are logged."""
        return

    def default_exception_handler(self, context: dict[str, Any]) -> None:
        """Log a failure that nobody looked at, unless a replay repeats it."""
        if not self._host.replaying:
            _LOG.error(context.get("message", "Unhandled failure"), exc_info=context.get("exception"))

    def call_exception_handler(self, context: dict[str, Any]) -> None:
        """Log a failure that nobody looked at, unless a replay repeats it."""
        self.default_exception_handler(context)

    def _timer_handle_cancelled(self, handle: asyncio.TimerHandle) -> None:
        """Do nothing: a timer that history holds fires there all the same, and nobody listens."""

    def _refuse(self, why: str) -> NoReturn:
        error = NonDeterministicCode(f"Workflow code cannot do this: {why}.")
        self._host.refuse(error)
        raise error


def _refusing(name: str, remedy: str) -> Callable[..., NoReturn]:
    def refuse(self: WorkflowLoop, *_: Any, **__: Any) -> NoReturn:
        self._refuse(f"{name} of an event loop is not deterministic; {remedy}")

    refuse.__name__ = name
    refuse.__doc__ = f"Refuse: {remedy}."
    return refuse


for _name, _remedy in REFUSED.items():
    setattr(WorkflowLoop, _name, _refusing(_name, _remedy))


async def _result_of(awaited: Awaitable[Any] | list[Any] | tuple[Any, ...]) -> Any:
    return await (Group(tuple(awaited)) if isinstance(awaited, list | tuple) else awaited)


def _called_by_as_completed() -> bool:
    frame: FrameType | None = sys._getframe(2)
    for _ in range(_FRAMES_OF_AS_COMPLETED):
        if frame is None or frame.f_globals.get("__name__") != "asyncio.tasks":
            return False
        if "as_completed" in frame.f_code.co_name or "_AsCompleted" in frame.f_code.co_qualname:
            return True
        frame = frame.f_back
    return False
