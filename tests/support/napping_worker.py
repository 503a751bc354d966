"""A worker process with an activity that takes its time: `python -m support.napping_worker URL`."""

from __future__ import annotations

import asyncio
import sys
from typing import Any

from durable_workflow import Client, Worker, activity, workflow


@activity.defn(name="nap")
async def nap(seconds: float) -> str:
    print("napping", flush=True)
    await asyncio.sleep(seconds)
    return "rested"


@workflow.defn(name="naps")
class Naps:
    async def run(self, ctx: Any, seconds: float) -> Any:
        return await ctx.schedule_activity("nap", [seconds])


async def main() -> None:
    async with Client(sys.argv[1]) as client:
        await Worker(client, task_queue="napping", workflows=[Naps], activities=[nap]).run()


if __name__ == "__main__":
    asyncio.run(main())
