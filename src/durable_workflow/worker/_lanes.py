"""One workflow task at a time per run."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

__all__ = ["Lanes"]


class _Lane:
    def __init__(self) -> None:
        self.lock = asyncio.Lock()
        self.users = 0


class Lanes:
    """Queues tasks of the same run; tasks of different runs do not meet.

    Some servers hand out a second task of a run while the first is in hand. Two tasks at the same time would
    both issue the run's next command.
    """

    def __init__(self) -> None:
        self._lanes: dict[str, _Lane] = {}

    @asynccontextmanager
    async def enter(self, run_id: str) -> AsyncIterator[bool]:
        """Hold a run's lane.

        Args:
            run_id: the run.

        Yields:
            Whether another task of the run was in hand before; then the history that came along is stale.
        """
        lane = self._lanes.setdefault(run_id, _Lane())
        behind = lane.users > 0
        lane.users += 1
        try:
            async with lane.lock:
                yield behind
        finally:
            lane.users -= 1
            if not lane.users:
                del self._lanes[run_id]
