"""A worker process for the chaos test: `python -m support.chaos_worker URL`."""

from __future__ import annotations

import asyncio
import sys
from typing import Any

from durable_workflow import Client, Worker, activity, workflow

TASK_QUEUE = "chaos"


@activity.defn(name="advance")
async def advance(number: int) -> int:
    await asyncio.sleep(0.02)
    return number + 1


@workflow.defn(name="chain of activities")
class Chain:
    async def run(self, ctx: workflow.WorkflowContext, length: int) -> int:
        number = 0
        for _ in range(length):
            # One attempt is enough: a worker that dies costs no attempt of the policy.
            number = await ctx.schedule_activity("advance", [number])
        return number


async def main(url: str) -> None:
    """Work until the process is killed.

    Args:
        url: the address of the server.
    """
    options: dict[str, Any] = {"heartbeat_interval": 1, "max_cached_workflows": 50}
    async with Client(url) as client:
        worker = Worker(client, task_queue=TASK_QUEUE, workflows=[Chain], activities=[advance], **options)
        print("worker ready", flush=True)
        await worker.run()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
