"""A worker process for the workflow of the TypeScript example: `python -m support.greeter_worker URL`."""

from __future__ import annotations

import asyncio
import sys

from durable_workflow import Client, Worker, workflow
from durable_workflow.errors import ActivityFailed

LONG = 40_000


@workflow.defn(name="greeter")
class Greeter:
    async def run(self, ctx: workflow.WorkflowContext, name: str) -> list[object]:
        long = await ctx.schedule_activity("greet", ["x" * LONG], queue="typescript")
        try:
            greeting = await ctx.schedule_activity("greet", [name], queue="typescript")
        except ActivityFailed as failure:
            greeting = f"{failure.exception_type}: {failure}"
        return [greeting, len(long)]


async def main() -> None:
    async with Client(sys.argv[1]) as client:
        worker = Worker(client, task_queue="greetings", workflows=[Greeter])
        print("worker ready", flush=True)
        await worker.run()


if __name__ == "__main__":
    asyncio.run(main())
