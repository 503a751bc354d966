"""Load on our server: workflows in flight, and workflows alone."""

from __future__ import annotations

import asyncio
import time
import uuid

from durable_workflow import Client

__all__ = ["latency", "throughput"]

_PATIENCE = 300.0


async def _one(client: Client, activities: int) -> None:
    handle = await client.start_workflow(
        workflow_type="chain", task_queue="benchmark", workflow_id=uuid.uuid4().hex, input=[activities]
    )
    answer = await handle.result(timeout=_PATIENCE)
    assert answer == activities, answer


async def throughput(client: Client, *, activities: int, workflows: int, in_flight: int) -> float:
    """Return the seconds that a number of workflows took.

    Args:
        client: The client.
        activities: How many activities each workflow runs, one after the other.
        workflows: How many workflows.
        in_flight: How many of them at the same time.
    """
    left = iter(range(workflows))

    async def drive() -> None:
        for _ in left:
            await _one(client, activities)

    begun = time.perf_counter()
    await asyncio.gather(*(drive() for _ in range(in_flight)))
    return time.perf_counter() - begun


async def latency(client: Client, *, count: int, pause: float) -> list[float]:
    """Return the seconds from start to result of workflows with one activity that run alone.

    Args:
        client: The client.
        count: How many.
        pause: Seconds of idleness before each.
    """
    seconds = []
    for _ in range(count):
        await asyncio.sleep(pause)
        begun = time.perf_counter()
        await _one(client, 1)
        seconds.append(time.perf_counter() - begun)
    return seconds
