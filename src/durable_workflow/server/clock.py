"""The one clock of the server: nothing else asks the system for the time."""

from __future__ import annotations

import threading
import time
from typing import Protocol

__all__ = ["Clock", "LeapingClock", "SystemClock", "VirtualClock", "elapsed"]


def elapsed() -> float:
    """Return real seconds since some moment: for waiting, which no leap of a clock shortens."""
    return time.monotonic()


class Clock(Protocol):
    """Tells the time in seconds since the epoch, UTC."""

    def now(self) -> float:
        """Return the current time in epoch seconds."""
        ...


class SystemClock:
    """The real time, never running backwards within one process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last = 0.0

    def now(self) -> float:
        """Return the system's time, or the last value told while the system's clock is behind it."""
        with self._lock:
            self._last = max(self._last, time.time())
            return self._last


class LeapingClock:
    """Virtual time for a running server: the real time, and all that was leapt over.

    It never stands still. So whatever is really under way (an activity that hangs, a worker that died) meets
    its limits as it would in real time, and only the gaps in which nothing happens are left out.
    """

    def __init__(self) -> None:
        self._system = SystemClock()
        self._lock = threading.Lock()
        self._skipped = 0.0

    @property
    def skipped(self) -> float:
        """All the seconds that were leapt over."""
        return self._skipped

    def now(self) -> float:
        """Return the current virtual time in epoch seconds."""
        return self._system.now() + self._skipped

    def skip(self, seconds: float) -> None:
        """Leap over some seconds.

        Args:
            seconds: How far; not negative.

        Raises:
            ValueError: If ``seconds`` is negative.
        """
        if seconds < 0:
            raise ValueError(f"seconds must not be negative, got {seconds}")
        with self._lock:
            self._skipped += seconds


class VirtualClock:
    """A clock that stands still until it is moved.

    Args:
        start: The first time told, in epoch seconds; the default is 2026-01-01T00:00:00Z.
    """

    def __init__(self, start: float = 1_767_225_600.0) -> None:
        self._lock = threading.Lock()
        self._now = start

    def now(self) -> float:
        """Return the current virtual time in epoch seconds."""
        with self._lock:
            return self._now

    def advance(self, seconds: float) -> float:
        """Move the clock forward.

        Args:
            seconds: How far, in seconds; not negative.

        Returns:
            The new time in epoch seconds.

        Raises:
            ValueError: If ``seconds`` is negative.
        """
        if seconds < 0:
            raise ValueError(f"seconds must not be negative, got {seconds}")
        with self._lock:
            self._now += seconds
            return self._now

    def advance_to(self, moment: float) -> float:
        """Move the clock forward to ``moment`` (epoch seconds); an earlier moment changes nothing."""
        with self._lock:
            self._now = max(self._now, moment)
            return self._now
