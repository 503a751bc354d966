"""Fetch once for everybody who asks: the same class for tasks and for threads."""

from __future__ import annotations

import asyncio
import threading
import time
import weakref
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

from ..errors import CallError
from ._fork import watch

__all__ = ["AsyncShared", "SyncShared"]

T = TypeVar("T")


class _Shared(Generic[T]):
    """A value with a short life, and the last failure to get it."""

    def __init__(self, lifetime: float) -> None:
        self._lifetime = lifetime
        self._value: tuple[T, float] | None = None
        self._failure: tuple[CallError, float] | None = None

    @property
    def is_known(self) -> bool:
        """Whether there is a value that need not be fetched."""
        return self._fresh() is not None

    def forget(self) -> None:
        """Make the next caller fetch anew."""
        self._value = None

    def _fresh(self) -> tuple[T] | None:
        known = self._value
        return (known[0],) if known and time.monotonic() - known[1] < self._lifetime else None

    def _fail_like_the_others(self, since: float) -> None:
        # Whoever waited while the fetch failed has had that attempt too: without this, callers of a silent
        # server would wait for one another, each for the whole timeout.
        if self._failure is not None and self._failure[1] > since:
            raise self._failure[0]

    def _keep(self, value: T) -> T:
        self._value = (value, time.monotonic())
        return value

    def _note(self, failure: CallError) -> None:
        self._failure = (failure, time.monotonic())


class AsyncShared(_Shared[T]):
    """A value that concurrent tasks share; a cancelled caller leaves the fetch to the next one.

    Args:
        lifetime: seconds for which a fetched value is used.
    """

    def __init__(self, lifetime: float) -> None:
        super().__init__(lifetime)
        # A lock of asyncio belongs to the loop in which somebody first waited for it.
        self._locks: weakref.WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Lock] = (
            weakref.WeakKeyDictionary()
        )

    async def get(self, fetch: Callable[[], Awaitable[T]]) -> T:
        """Return the value, fetched if need be.

        Args:
            fetch: gets a new value.

        Raises:
            CallError: the fetch failed.
        """
        fresh, since = self._fresh(), time.monotonic()
        if fresh:
            return fresh[0]
        async with self._locks.setdefault(asyncio.get_running_loop(), asyncio.Lock()):
            fresh = self._fresh()
            if fresh:
                return fresh[0]
            self._fail_like_the_others(since)
            try:
                return self._keep(await fetch())
            except CallError as error:
                self._note(error)
                raise


class SyncShared(_Shared[T]):
    """A value that concurrent threads share.

    Args:
        lifetime: seconds for which a fetched value is used.
    """

    def __init__(self, lifetime: float) -> None:
        super().__init__(lifetime)
        self.reset_after_fork()
        watch(self)

    def reset_after_fork(self) -> object:
        """Have a free lock."""
        self._lock = threading.Lock()
        return None

    def get(self, fetch: Callable[[], T]) -> T:
        """Return the value, fetched if need be.

        Args:
            fetch: gets a new value.

        Raises:
            CallError: the fetch failed.
        """
        fresh, since = self._fresh(), time.monotonic()
        if fresh:
            return fresh[0]
        with self._lock:
            fresh = self._fresh()
            if fresh:
                return fresh[0]
            self._fail_like_the_others(since)
            try:
                return self._keep(fetch())
            except CallError as error:
                self._note(error)
                raise
