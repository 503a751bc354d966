"""The one clock of the server: nothing else asks the system for the time."""

from __future__ import annotations

import threading
import time
from typing import Protocol

__all__ = ["Clock", "SystemClock", "VirtualClock"]


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
