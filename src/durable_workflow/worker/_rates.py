"""Limits on how many activities begin per second."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

__all__ = ["Pace", "Paces"]


class Pace:
    """Lets so many through per second, evenly.

    Args:
        per_second: how many.
    """

    def __init__(self, per_second: float) -> None:
        self._gap = 1.0 / per_second
        self._next_at = 0.0

    async def take(self) -> None:
        """Wait for a turn; turns go in the order in which they were asked for."""
        now = asyncio.get_running_loop().time()
        at = max(now, self._next_at)
        self._next_at = at + self._gap
        if at > now:
            await asyncio.sleep(at - now)

    def take_now(self) -> bool:
        """Take a turn if there is one at this moment; returns whether there was."""
        now = asyncio.get_running_loop().time()
        if self._next_at > now:
            return False
        self._next_at = now + self._gap
        return True

    def give_back(self) -> None:
        """Return a turn that was not used."""
        self._next_at -= self._gap


class Paces:
    """Paces by type of activity; types without one are not held back.

    Args:
        per_second: how many attempts may begin per second, by type.
    """

    def __init__(self, per_second: Mapping[str, float]) -> None:
        self._paces = {name: Pace(value) for name, value in per_second.items()}

    async def take(self, activity_type: str) -> None:
        """Wait for a turn of a type."""
        pace = self._paces.get(activity_type)
        if pace is not None:
            await pace.take()
