"""Threads for code that blocks: replay, and activities that are plain functions.

The standard pool is not used because its threads keep the process alive: an activity that never ends would
keep a stopped worker from exiting.
"""

from __future__ import annotations

import asyncio
import contextvars
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from queue import SimpleQueue
from typing import Generic, TypeVar

__all__ = ["Threads"]

T = TypeVar("T")


@dataclass(slots=True)
class _Ended(Generic[T]):
    value: T | None = None
    error: BaseException | None = None


class Threads:
    """Reused daemon threads, as many as there is work at the same time.

    Args:
        name: prefix of the threads' names.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._work: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._lock = threading.Lock()
        self._idle = 0
        self._started = 0

    async def run(self, function: Callable[[], T]) -> T:
        """Run a function in a thread, in a copy of the caller's context variables.

        A cancelled caller leaves the function running; what becomes of it is dropped.

        Args:
            function: the function, without arguments.

        Raises:
            BaseException: whatever the function raises.
        """
        loop = asyncio.get_running_loop()
        ended: asyncio.Future[_Ended[T]] = loop.create_future()
        context = contextvars.copy_context()

        def work() -> None:
            outcome = _outcome(lambda: context.run(function))
            with self._lock:
                self._idle += 1
            # The loop may be gone when a function ends that nobody waits for any more.
            with suppress(RuntimeError):
                loop.call_soon_threadsafe(_settle, ended, outcome)

        self._submit(work)
        outcome = await ended
        if outcome.error is not None:
            raise outcome.error
        return outcome.value  # type: ignore[return-value]  # no error means that there is a value

    def start(self, function: Callable[[], object]) -> None:
        """Run a function in a thread without waiting for it; what becomes of it is dropped.

        Args:
            function: the function, without arguments.
        """

        def work() -> None:
            _outcome(function)
            with self._lock:
                self._idle += 1

        self._submit(work)

    def close(self) -> None:
        """Let the threads end when they have nothing left to do."""
        with self._lock:
            for _ in range(self._started):
                self._work.put(None)
            self._started = self._idle = 0

    def _submit(self, work: Callable[[], None]) -> None:
        with self._lock:
            if self._idle:
                self._idle -= 1
            else:
                self._started += 1
                name = f"{self._name}-{self._started}"
                threading.Thread(target=self._serve, name=name, daemon=True).start()
            self._work.put(work)

    def _serve(self) -> None:
        while (work := self._work.get()) is not None:
            work()
            # An idle thread must not keep the last result alive.
            del work


def _outcome(function: Callable[[], T]) -> _Ended[T]:
    try:
        return _Ended(value=function())
    except BaseException as error:
        return _Ended(error=error)


def _settle(future: asyncio.Future[_Ended[T]], outcome: _Ended[T]) -> None:
    if not future.done():
        future.set_result(outcome)
