"""Pieces of workflow code that run side by side: the workflow itself, coroutines in groups, and tasks."""

from __future__ import annotations

import contextlib
from collections.abc import Coroutine, Generator
from contextvars import Context
from types import FrameType
from typing import Any, Protocol, TypeGuard

from durable_workflow.replay._cancellation import Blocks
from durable_workflow.replay._loop_futures import WorkflowTask
from durable_workflow.replay._pending import Pending
from durable_workflow.replay._places import OWN_CODE, place
from durable_workflow.workflow._cancellation import Block, ScopeCancelled

_MOST_CLEANUPS = 100

Code = Generator[Any, Any, Any] | Coroutine[Any, Any, Any]


class Runner(Protocol):
    """What a branch needs of its scheduler."""

    def open(self, item: Any) -> Pending:
        """Begin what the code yielded or awaited."""
        ...

    def discard(self, item: Any) -> None:
        """Drop what the code yielded or awaited, for it is to be interrupted instead."""
        ...

    def wake(self, turn: Branch, /) -> None:
        """Run a branch again, after those that were woken before it."""
        ...

    def enter(self, branch: Branch) -> None:
        """Note that code of a branch begins to run."""
        ...

    def leave(self, branch: Branch) -> None:
        """Note that it waits or has ended."""
        ...


class Branch(Pending):
    """One generator or coroutine, driven from one wait to the next.

    Args:
        code: The generator or coroutine.
        number: Number of the branch in its run.
        scheduler: What runs it.
        context: The context variables that it sees.
        parent: The branch whose code asked for this one.
    """

    __slots__ = (
        "_blocks",
        "_code",
        "_context",
        "_interruption",
        "_parent",
        "_scheduler",
        "_waited",
        "number",
        "task",
    )

    def __init__(
        self, code: Code, number: int, scheduler: Runner, context: Context, parent: Branch | None = None
    ) -> None:
        super().__init__()
        self._parent = parent
        self._code = code
        self._context = context
        self._scheduler = scheduler
        self._waited: Pending | None = None
        self._interruption: BaseException | None = None
        self._blocks: Blocks | None = None
        self.number = number
        self.task: WorkflowTask | None = None
        """What asyncio knows the branch as."""

    @property
    def code(self) -> Code:
        """The generator or coroutine."""
        return self._code

    @property
    def context(self) -> Context:
        """The context variables that the code sees."""
        return self._context

    def run(self) -> None:
        """Run until the code waits for something that has not happened, or ends."""
        while not self.done:
            try:
                item = self._resume()
            except StopIteration as stop:
                self.resolve(stop.value)
                return
            except (KeyboardInterrupt, SystemExit):
                raise
            except BaseException as error:
                self.fail(error)
                return
            if self._interruption is not None and not self._holds_off_interruption():
                self._scheduler.discard(item)
                continue
            self._waited = self._scheduler.open(item)
            if not self._waited.done:
                self._waited.watch(self._wake)
                return

    def cancel(self, failure: BaseException) -> None:
        """Raise something in the code at the place where it waits; what it waits for is given up.

        Args:
            failure: What to raise. Code that runs right now gets it at its next wait.
        """
        if self.done or (self._blocks is not None and self._blocks.holds_off(failure)):
            return
        if self._waited is not None and not self._waited.done:
            self._waited.cancel(failure)
        else:
            self._interruption = failure

    def enter_block(self, block: Block) -> None:
        """Note that the code has entered a scope or a shield."""
        self._blocks = self._blocks or Blocks()
        self._blocks.enter(block)

    def leave_block(self, block: Block) -> None:
        """Note that the code has left a scope or a shield; what that held off comes with the next wait."""
        released = None if self._blocks is None else self._blocks.leave(block)
        due = self._interruption
        if isinstance(due, ScopeCancelled) and due.scope is block:
            due = None
        self._interruption = due or released

    def spare(self) -> None:
        """Take back a cancellation that the code has not seen yet."""
        self._interruption = None

    def close(self) -> None:
        """Drop the code: its `finally` blocks run, and whatever they ask for or raise is ignored."""
        self._scheduler.enter(self)
        try:
            for _ in range(_MOST_CLEANUPS):
                with contextlib.suppress(Exception):
                    self._context.run(self._code.close)
                    return
        finally:
            self._scheduler.leave(self)

    def where(self) -> str:
        """Give the place at which the code stands, with its source line."""
        frame = self.frame()
        if frame is None:
            # What asyncio.gather makes of a command has no code of the workflow's own.
            return "in run" if self._parent is None else self._parent.where()
        return place(frame)

    def frame(self) -> FrameType | None:
        """Give the innermost frame of the workflow's own code."""
        frame: FrameType | None = None
        code: Any = self._code
        while code is not None:
            here = getattr(code, "gi_frame", None) or getattr(code, "cr_frame", None)
            if here is not None and not str(here.f_globals.get("__name__")).startswith(OWN_CODE):
                frame = here
            code = getattr(code, "gi_yieldfrom", None) or getattr(code, "cr_await", None)
        return frame

    def _resume(self) -> Any:
        waited, self._waited = self._waited, None
        failure, self._interruption = self._interruption, None
        if failure is None and waited is not None:
            failure = waited.failure
        self._scheduler.enter(self)
        try:
            if failure is not None:
                return self._context.run(self._code.throw, failure)
            return self._context.run(self._code.send, None if waited is None else waited.value)
        finally:
            self._scheduler.leave(self)

    def _holds_off_interruption(self) -> bool:
        failure = self._interruption
        if failure is None or self._blocks is None or not self._blocks.holds_off(failure):
            return False
        self._interruption = None
        return True

    def _wake(self, _: Pending) -> None:
        self._scheduler.wake(self)

    def _finish(self) -> None:
        super()._finish()
        if self.task is not None:
            # Let go of: asyncio tells of failures that nobody looked at when it drops the task.
            task, self.task = self.task, None
            task.settle()


def is_code(item: object) -> TypeGuard[Code]:
    """Tell whether an object is a coroutine or a generator that can be driven."""
    return isinstance(item, Generator | Coroutine)
