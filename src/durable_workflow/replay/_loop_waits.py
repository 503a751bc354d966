"""Waits of the workflow's code that asyncio knows, and those that the driver knows."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Coroutine, Generator, Iterator
from contextlib import contextmanager
from typing import Any, TypeAlias, TypeGuard

from durable_workflow.errors import DefinitionError
from durable_workflow.replay._pending import Pending
from durable_workflow.workflow import Begin, Group, Select

Handle: TypeAlias = asyncio.Handle
TimerHandle: TypeAlias = asyncio.TimerHandle


class FuturePending(Pending):
    """A wait for a future or task of the workflow's loop.

    Args:
        future: The future.
    """

    __slots__ = ("_cancelled_by", "_future")

    def __init__(self, future: asyncio.Future[Any]) -> None:
        super().__init__()
        self._cancelled_by: BaseException | None = None
        self._future = future
        future.add_done_callback(self._take_over)

    def cancel(self, failure: BaseException) -> None:
        """Cancel the future; the code gets the failure once whatever the future stands for has cleaned up."""
        if not self.done:
            self._cancelled_by = failure
            if not self._future.cancel():
                self.fail(failure)

    def _take_over(self, future: asyncio.Future[Any]) -> None:
        try:
            value = future.result()
        except asyncio.CancelledError as cancelled:
            self.fail(self._cancelled_by or cancelled)
        except BaseException as failure:
            self.fail(failure)
        else:
            self.resolve(value)


def adopted(future: asyncio.Future[Any], loop: asyncio.AbstractEventLoop) -> FuturePending:
    """Wait for a future.

    Raises:
        DefinitionError: If it belongs to another loop, which the workflow's history knows nothing of.
    """
    if future.get_loop() is not loop:
        raise DefinitionError(
            f"Workflow code waits for {future!r:.120}, which belongs to an event loop outside the workflow. "
            "Nothing of it is in history: do the work in an activity, or make the future in the workflow."
        )
    # The protocol between a future and whoever drives the coroutine that awaits it.
    future._asyncio_future_blocking = False
    return FuturePending(future)


def is_future(item: object) -> TypeGuard[asyncio.Future[Any]]:
    """Tell whether code that waits for an object waits for a future."""
    return asyncio.isfuture(item)


def discard(item: Any) -> None:
    """Drop what code asked for and does not get, for it is interrupted instead."""
    if isinstance(item, Group):
        item = item.members
    elif isinstance(item, Select):
        item = list(item.members.values())
    elif isinstance(item, Begin):
        item = [item.member]
    if isinstance(item, list | tuple):
        for member in item:
            discard(member)
    elif isinstance(item, Coroutine | Generator):
        item.close()
    elif is_future(item):
        item._asyncio_future_blocking = False
        item.cancel()


@contextmanager
def running(loop: asyncio.AbstractEventLoop) -> Iterator[None]:
    """Make asyncio find a loop in this thread, even inside of another loop's task."""
    outer = asyncio._get_running_loop()
    if outer is loop:
        yield
        return
    task = None if outer is None else asyncio.current_task(outer)
    hooks = sys.get_asyncgen_hooks()
    if outer is not None and task is not None:
        asyncio._leave_task(outer, task)
    asyncio._set_running_loop(loop)
    sys.set_asyncgen_hooks(firstiter=None, finalizer=None)
    try:
        yield
    finally:
        sys.set_asyncgen_hooks(firstiter=hooks.firstiter, finalizer=hooks.finalizer)
        asyncio._set_running_loop(outer)
        if outer is not None and task is not None:
            asyncio._enter_task(outer, task)


def enter(loop: asyncio.AbstractEventLoop, task: Any) -> None:
    """Make asyncio find a task as the current one."""
    asyncio._enter_task(loop, task)


def leave(loop: asyncio.AbstractEventLoop, task: Any) -> None:
    """Make asyncio find no current task."""
    asyncio._leave_task(loop, task)


def call(handle: asyncio.Handle) -> None:
    """Call a callback. What it raises fails the task: there is no code that could be told."""
    context, callback, arguments = handle._context, handle._callback, handle._args  # type: ignore[attr-defined]
    context.run(callback, *arguments)
