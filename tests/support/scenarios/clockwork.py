"""An event loop whose time is the server's virtual clock: waiting costs nothing, time passes when told to."""

from __future__ import annotations

import asyncio
import heapq
from collections.abc import Callable
from contextvars import Context
from itertools import count
from typing import Any

from durable_workflow.server.clock import VirtualClock

# Epoch seconds are that coarse; a moment must not be missed by it.
_ROUNDING = 1e-6


class VirtualLoop(asyncio.SelectorEventLoop):
    """Sleeps and time-outs on this loop end when the clock is moved past them, never before."""

    def __init__(self, clock: VirtualClock) -> None:
        super().__init__()
        self.clock = clock
        self._start = clock.now()
        self._timers: list[tuple[float, int, asyncio.TimerHandle]] = []
        self._numbers = count()

    def time(self) -> float:
        # Counted from the start: the loop adds its tiny resolution, which epoch seconds would swallow.
        return self.clock.now() - self._start

    def call_at(
        self, when: float, callback: Callable[..., object], *args: Any, context: Context | None = None
    ) -> asyncio.TimerHandle:
        handle = super().call_at(when, callback, *args, context=context)
        heapq.heappush(self._timers, (when, next(self._numbers), handle))
        return handle

    def next_moment(self) -> float | None:
        """The time, by this loop, of the next timer that still counts; None when there is none."""
        while self._timers and (self._timers[0][2].cancelled() or self._timers[0][0] <= self.time()):
            heapq.heappop(self._timers)
        return self._timers[0][0] if self._timers else None

    def advance_to(self, moment: float) -> None:
        """Move the clock to a time of this loop; an earlier one changes nothing."""
        self.clock.advance_to(self._start + moment + _ROUNDING)
