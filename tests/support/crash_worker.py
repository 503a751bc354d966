"""A worker process for the crash test: `python -m support.crash_worker URL LEDGER`.

It appends the id of each activity attempt to the ledger when the server has acknowledged its result.
"""

from __future__ import annotations

import asyncio
import os
import sys
import time
from typing import Any

from durable_workflow import ActivityRetryPolicy, Client, Worker, activity, workflow

TASK_QUEUE = "crash"
RETRY = ActivityRetryPolicy(max_attempts=50, initial_interval_seconds=1, backoff_coefficient=1)


class Flaky(Exception):
    pass


@activity.defn(name="double")
def double(number: int) -> int:
    time.sleep(0.05)
    return number * 2


@activity.defn(name="flaky_add")
async def flaky_add(left: int, right: int) -> int:
    await asyncio.sleep(0.05)
    if activity.context().info.attempt_number == 1:
        raise Flaky("the first attempt always fails")
    return left + right


@workflow.defn(name="crash")
class Crash:
    def __init__(self) -> None:
        self.approved_by: set[str] = set()
        self.tokens: set[str] = set()

    @workflow.signal("approve")
    def approve(self, name: str, token: str) -> None:
        self.approved_by.add(name)
        self.tokens.add(token)

    async def run(self, ctx: workflow.WorkflowContext, number: int) -> list[object]:
        doubled = await ctx.schedule_activity("double", [number], retry_policy=RETRY)
        several = [ctx.schedule_activity("double", [doubled + i], retry_policy=RETRY) for i in range(3)]
        parallel = await ctx.gather(*several)
        token = await ctx.side_effect(lambda: number * 7)
        await ctx.sleep(1)
        # All of them: a signal to a workflow that is over would never be acknowledged.
        await ctx.wait_condition(lambda: len(self.tokens) == 3, key="three approvals")
        total = await ctx.schedule_activity("flaky_add", [sum(parallel), token], retry_policy=RETRY)
        return [doubled, parallel, total, sorted(self.approved_by)]


def expected(number: int) -> list[object]:
    doubled = number * 2
    parallel = [(doubled + i) * 2 for i in range(3)]
    return [doubled, parallel, sum(parallel) + number * 7, ["alice", "bob"]]


class Bookkeeper(Client):
    """Notes what the server has acknowledged, in a way that outlives this process."""

    ledger = -1

    async def complete_activity_task(self, **named: Any) -> Any:
        answer = await super().complete_activity_task(**named)
        os.write(self.ledger, f"{named['activity_attempt_id']}\n".encode())
        return answer


async def main(url: str, ledger: str) -> None:
    async with Bookkeeper(url) as client:
        client.ledger = os.open(ledger, os.O_APPEND | os.O_CREAT | os.O_WRONLY, 0o600)
        worker = Worker(client, task_queue=TASK_QUEUE, workflows=[Crash], activities=[double, flaky_add])
        print("worker ready", flush=True)
        await worker.run()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:3]))
