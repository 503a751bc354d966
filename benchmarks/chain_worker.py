"""The worker process: `python -m benchmarks.chain_worker URL`."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Generator
from typing import Any

from durable_workflow import Client, Worker, activity, workflow

__all__ = ["Chain", "increment", "main"]


@activity.defn(name="increment")
async def increment(number: int) -> int:
    """Return the next number."""
    return number + 1


@workflow.defn(name="chain")
class Chain:
    """A chain of activities, one after the other."""

    def run(self, ctx: workflow.WorkflowContext, length: int) -> Generator[Any, Any, int]:
        """Count to ``length``, one activity for each step."""
        number = 0
        for _ in range(length):
            number = yield ctx.schedule_activity("increment", [number])
        return number


async def main(url: str) -> None:
    """Work until the process is ended.

    Args:
        url: The address of the server.
    """
    async with Client(url) as client:
        # The defaults are those of existing programs; a busy worker takes what its machine can bear.
        worker = Worker(
            client,
            task_queue="benchmark",
            workflows=[Chain],
            activities=[increment],
            max_concurrent_workflow_tasks=100,
            max_concurrent_activity_tasks=100,
        )
        running = asyncio.create_task(worker.run())
        print("ready", flush=True)
        await running


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
