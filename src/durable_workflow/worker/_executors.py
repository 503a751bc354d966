"""Where code runs that must not run on the event loop."""

from __future__ import annotations

from durable_workflow.worker._processes import Processes
from durable_workflow.worker._threads import Threads

__all__ = ["Executors"]


class Executors:
    """Threads and processes of one worker.

    Args:
        name: prefix of the threads' names.
        processes: how many processes there may be.
    """

    def __init__(self, name: str, processes: int) -> None:
        self.threads = Threads(name)
        self.processes = Processes(processes)

    async def close(self) -> None:
        """End the processes, and let the threads end when they have nothing left to do."""
        await self.threads.run(self.processes.close)
        self.threads.close()
