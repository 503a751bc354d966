"""Twenty workflows survive the SIGKILL of their server and of their worker, over and over."""

from __future__ import annotations

import asyncio
import random
import re
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from durable_workflow import Client
from durable_workflow.errors import CallError, WorkflowAlreadyStarted
from support import crash_worker
from support.histories import assert_sound
from support.processes import Process, ServerProcess

WORKFLOWS = 20
FAST = ("--workflow-lease", "2", "--activity-lease", "2", "--poll-timeout", "2")
WORKER_READY = re.compile("worker ready")


class Victims:
    """The server and the worker, with the means to kill them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.server = ServerProcess(folder, *FAST)
        self.worker: Process | None = None

    def start_worker(self) -> None:
        self.worker = Process("support.crash_worker", self.server.url, log=self.folder / "worker.log")
        self.worker.wait_for(WORKER_READY)

    def kill_server(self) -> None:
        self.server.kill()
        self.server.start()

    def kill_worker(self) -> None:
        assert self.worker is not None
        self.worker.kill()
        self.start_worker()

    def end(self) -> None:
        if self.worker is not None:
            self.worker.kill()
        self.server.kill()


async def persist(call: Callable[[], Awaitable[object]]) -> None:
    """Repeat a call until the server has taken it; every call here may be repeated."""
    while True:
        try:
            await call()
        except WorkflowAlreadyStarted:
            return
        except CallError:
            await asyncio.sleep(0.2)
        else:
            return


async def drive(client: Client, number: int) -> None:
    workflow_id = f"crash-{number}"
    await persist(
        lambda: client.start_workflow(
            workflow_type="crash", task_queue=crash_worker.TASK_QUEUE, workflow_id=workflow_id, input=[number]
        )
    )
    for name in ("alice", "bob", "alice"):
        await asyncio.sleep(0.3)
        await persist(lambda name=name: client.signal_workflow(workflow_id, "approve", args=[name]))


async def start_and_signal_all(client: Client) -> None:
    async with asyncio.TaskGroup() as group:
        for number in range(WORKFLOWS):
            group.create_task(drive(client, number))
            await asyncio.sleep(0.3)


async def kill_both(victims: Victims, rounds: int, seed: int) -> None:
    moments = random.Random(seed)
    for _ in range(rounds):
        for kill in (victims.kill_server, victims.kill_worker):
            await asyncio.sleep(moments.uniform(0.2, 1.2))
            await asyncio.to_thread(kill)


async def check(client: Client, number: int) -> None:
    handle = client.get_workflow_handle(f"crash-{number}")
    assert await handle.result(timeout=60) == crash_worker.expected(number)
    execution = await handle.describe()
    history = await client.get_history(execution.workflow_id, execution.run_id)
    assert_sound(history["events"])


async def survive(folder: Path, rounds: int, seed: int) -> None:
    victims = Victims(folder)
    try:
        victims.server.start()
        victims.start_worker()
        async with Client(victims.server.url) as client:
            await asyncio.gather(start_and_signal_all(client), kill_both(victims, rounds, seed))
            for number in range(WORKFLOWS):
                await check(client, number)
    finally:
        victims.end()


async def test_all_workflows_complete_although_server_and_worker_are_killed_five_times(
    tmp_path: Path,
) -> None:
    await survive(tmp_path, rounds=5, seed=11)


@pytest.mark.deep
@pytest.mark.parametrize("seed", range(5))
async def test_all_workflows_complete_over_twenty_kills(tmp_path: Path, seed: int) -> None:
    await survive(tmp_path, rounds=20, seed=seed)
