"""Workers are killed with SIGKILL every second; the leases that they held are lost by missed heartbeats."""

from __future__ import annotations

import asyncio
import itertools
import re
from collections import Counter, defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from durable_workflow import Client, WorkflowHandle
from support.chaos_worker import TASK_QUEUE
from support.histories import assert_sound
from support.processes import Process, ServerProcess

ENDS = {"ActivityCompleted", "ActivityFailed", "ActivityTimedOut", "ActivityCancelled"}
READY = re.compile("worker ready")


class Herd:
    """Worker processes of which one is killed and replaced every second, the oldest first."""

    def __init__(self, url: str, folder: Path, size: int) -> None:
        self._url = url
        self._log = folder / "workers.log"
        self._workers = [self._start() for _ in range(size)]
        self.killed = 0

    def _start(self) -> Process:
        return Process("support.chaos_worker", self._url, log=self._log)

    def kill_one(self) -> None:
        self._workers.pop(0).kill()
        self.killed += 1
        self._workers.append(self._start())

    async def cull(self) -> None:
        for worker in self._workers:
            await asyncio.to_thread(worker.wait_for, READY)
        while True:
            await asyncio.sleep(1)
            await asyncio.to_thread(self.kill_one)

    def end(self) -> None:
        for worker in self._workers:
            worker.kill()


@asynccontextmanager
async def culled(herd: Herd) -> AsyncIterator[None]:
    culling = asyncio.create_task(herd.cull())
    try:
        yield
        assert not culling.done(), culling.exception()
    finally:
        culling.cancel()
        await asyncio.gather(culling, return_exceptions=True)
        herd.end()


def assert_steps_sound(events: list[dict[str, Any]], length: int) -> int:
    """Hold the steps of a chain against the rules; returns how many attempts were begun."""
    ends: Counter[int] = Counter()
    executions: defaultdict[int, set[str]] = defaultdict(set)
    attempts: defaultdict[int, list[int]] = defaultdict(list)
    for event in events:
        payload = event["payload"]
        if event["event_type"].startswith("Activity"):
            executions[payload["sequence"]].add(payload["activity_execution_id"])
        if event["event_type"] == "ActivityStarted":
            attempts[payload["sequence"]].append(payload["attempt_number"])
        ends[payload.get("sequence", 0)] += event["event_type"] in ENDS
    assert len(executions) == length
    assert all(ends[step] == 1 for step in executions), "one terminal event per step"
    assert all(len(ids) == 1 for ids in executions.values()), "attempts of a step share their execution id"
    assert all(numbers == list(range(1, len(numbers) + 1)) for numbers in attempts.values())
    return sum(map(len, attempts.values()))


async def run_chaos(folder: Path, *, workflows: int, length: int, herd_size: int) -> tuple[int, int]:
    """Run chains under fire; returns how many workers died and how many attempts were made twice."""
    server = ServerProcess(folder)
    server.start()
    try:
        async with Client(server.url) as client:
            handles = [await _start(client, number, length) for number in range(workflows)]
            herd = Herd(server.url, folder, herd_size)
            async with culled(herd):
                results = await asyncio.gather(*(handle.result(timeout=500) for handle in handles))
            assert results == [length] * workflows
            begun = [assert_steps_sound(await _events(client, handle), length) for handle in handles]
        return herd.killed, sum(begun) - workflows * length
    finally:
        server.kill()


async def _start(client: Client, number: int, length: int) -> WorkflowHandle:
    return await client.start_workflow(
        workflow_type="chain of activities",
        task_queue=TASK_QUEUE,
        workflow_id=f"chain-{number}",
        input=[length],
        execution_timeout_seconds=None,
        run_timeout_seconds=None,
    )


async def _events(client: Client, handle: WorkflowHandle) -> list[dict[str, Any]]:
    execution = await handle.describe()
    history = await client.get_history(execution.workflow_id, execution.run_id)
    events: list[dict[str, Any]] = history["events"]
    assert_sound(events)
    return events


async def test_chains_survive_the_death_of_their_workers(tmp_path: Path) -> None:
    for attempt in itertools.count():
        folder = tmp_path / str(attempt)
        folder.mkdir()
        killed, repeated = await run_chaos(folder, workflows=40 * 2**attempt, length=5, herd_size=2)
        # On a fast machine everything may be over before a worker dies in the middle of something.
        if killed and repeated:
            return
        assert attempt < 4, "no worker ever died with an activity in hand"


@pytest.mark.deep
async def test_two_hundred_workflows_of_ten_activities(tmp_path: Path) -> None:
    killed, repeated = await run_chaos(tmp_path, workflows=200, length=10, herd_size=3)
    assert killed >= 2
    assert repeated, "no worker ever died with an activity in hand"
