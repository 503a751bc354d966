"""The worker process of the example: `python -m examples.order_fulfilment.worker URL`."""

from __future__ import annotations

import asyncio
import sys

from durable_workflow import Client, Worker
from examples.order_fulfilment.activities import ACTIVITIES
from examples.order_fulfilment.workflows import OrderFulfilment

TASK_QUEUE = "orders"


async def main(url: str) -> None:
    """Serve the task queue until SIGINT or SIGTERM."""
    async with Client(url) as client:
        await Worker(client, task_queue=TASK_QUEUE, workflows=[OrderFulfilment], activities=ACTIVITIES).run()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8080"))
