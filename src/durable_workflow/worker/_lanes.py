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
        self.last_task: str | None = None


class Lanes:
    """Queues tasks of the same run; tasks of different runs do not meet.

    Some servers hand out a second task of a run while the first is in hand. Two tasks at the same time would
    both issue the run's next command.
    """

    def __init__(self) -> None:
        self._lanes: dict[str, _Lane] = {}

    @asynccontextmanager
    async def enter(self, run_id: str, task_id: str | None) -> AsyncIterator[str | None]:
        """Hold a run's lane.

        Args:
            run_id: the run.
            task_id: the task that enters; None for something that adds nothing to the run.

        Yields:
            The task that was in hand when this one came; the history that came along may lack its events.
        """
        lane = self._lanes.setdefault(run_id, _Lane())
        lane.users += 1
        try:
            async with lane.lock:
                before = lane.last_task
                lane.last_task = task_id or before
                yield before
        finally:
            lane.users -= 1
            if not lane.users:
                del self._lanes[run_id]
