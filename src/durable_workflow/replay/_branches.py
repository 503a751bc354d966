"""Pieces of workflow code that run side by side: the workflow itself, and coroutines in groups."""

from __future__ import annotations

import contextlib
from collections.abc import Coroutine, Generator
from types import FrameType
from typing import Any, Protocol, TypeGuard

from durable_workflow.replay._pending import Pending

_OWN_CODE = __name__.partition(".")[0] + "."

Code = Generator[Any, Any, Any] | Coroutine[Any, Any, Any]


class Runner(Protocol):
    """What a branch needs of its scheduler."""

    def open(self, item: Any) -> Pending:
        """Begin what the code yielded or awaited."""
        ...

    def wake(self, branch: Branch) -> None:
        """Run a branch again, after those that were woken before it."""
        ...


class Branch(Pending):
    """One generator or coroutine, driven from one wait to the next."""

    __slots__ = ("_code", "_scheduler", "_waited", "number")

    def __init__(self, code: Code, number: int, scheduler: Runner) -> None:
        super().__init__()
        self._code = code
        self._scheduler = scheduler
        self._waited: Pending | None = None
        self.number = number

    def run(self) -> None:
        """Run until the code waits for something that has not happened, or ends."""
        while True:
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
            self._waited = self._scheduler.open(item)
            if not self._waited.done:
                self._waited.watch(self._wake)
                return

    def close(self) -> None:
        """Drop the code: its `finally` blocks run, and whatever they ask for or raise is ignored."""
        with contextlib.suppress(Exception):
            self._code.close()

    def where(self) -> str:
        """Give the place at which the code stands."""
        frame: FrameType | None = None
        code: Any = self._code
        while code is not None:
            here = getattr(code, "gi_frame", None) or getattr(code, "cr_frame", None)
            if here is not None and not str(here.f_globals.get("__name__")).startswith(_OWN_CODE):
                frame = here
            code = getattr(code, "gi_yieldfrom", None) or getattr(code, "cr_await", None)
        if frame is None:
            return "in run"
        file = frame.f_code.co_filename.rpartition("/")[2]
        return f"{file}:{frame.f_lineno} in {frame.f_code.co_qualname}"

    def _resume(self) -> Any:
        waited, self._waited = self._waited, None
        if waited is None:
            return self._code.send(None)
        if waited.failure is not None:
            return self._code.throw(waited.failure)
        return self._code.send(waited.value)

    def _wake(self, _: Pending) -> None:
        self._scheduler.wake(self)


def is_code(item: object) -> TypeGuard[Code]:
    """Tell whether an object is a coroutine or a generator that can be driven."""
    return isinstance(item, Generator | Coroutine)
