"""Server and worker are killed with SIGKILL under load, over and over, and nothing acknowledged is lost."""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
import re
import sqlite3
import subprocess
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from durable_workflow import Client, WorkflowHandle, serializer
from durable_workflow.errors import CallError, WorkflowAlreadyStarted
from support import crash_worker
from support.histories import assert_sound
from support.processes import Process, ServerProcess

FAST = ("--workflow-lease", "2", "--activity-lease", "2", "--poll-timeout", "2")
WORKER_READY = re.compile("worker ready")
AT_ONCE = 12


@dataclass
class Ledger:
    """What the server has acknowledged, as its callers wrote it down."""

    runs: dict[str, str] = field(default_factory=dict)
    signals: dict[str, str] = field(default_factory=dict)
    """Workflow id by the token that a signal carried."""


class Victims:
    """The server and the worker, with the means to kill them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.server = ServerProcess(folder, *FAST)
        self.worker: Process | None = None
        self.completions = folder / "completions.txt"

    def start_worker(self) -> None:
        arguments = ("support.crash_worker", self.server.url, str(self.completions))
        self.worker = Process(*arguments, log=self.folder / "worker.log")
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


async def persist(call: Callable[[], Awaitable[Any]]) -> Any:
    """Repeat a call until the server has acknowledged it; every call here may be repeated."""
    while True:
        try:
            return await call()
        except WorkflowAlreadyStarted:
            return None
        except CallError:
            await asyncio.sleep(0.1)


async def drive(client: Client, ledger: Ledger, number: int) -> None:
    workflow_id = f"crash-{number}"
    started: WorkflowHandle | None = await persist(
        lambda: client.start_workflow(
            workflow_type="crash", task_queue=crash_worker.TASK_QUEUE, workflow_id=workflow_id, input=[number]
        )
    )
    if started is not None and started.run_id is not None:
        ledger.runs[workflow_id] = started.run_id
    for turn, name in enumerate(("alice", "bob", "alice")):
        await asyncio.sleep(0.3)
        token = f"{workflow_id}/{turn}"
        await persist(
            lambda name=name, token=token: client.signal_workflow(workflow_id, "approve", args=[name, token])
        )
        ledger.signals[token] = workflow_id
    handle = client.get_workflow_handle(workflow_id)
    result = await persist(lambda: handle.result(timeout=60))
    assert result == crash_worker.expected(number)


async def load(client: Client, ledger: Ledger, stop: asyncio.Event) -> int:
    """Keep a dozen workflows running until it is time to stop; return how many there were."""
    number = 0
    places = asyncio.Semaphore(AT_ONCE)

    async def one(number: int) -> None:
        try:
            await drive(client, ledger, number)
        finally:
            places.release()

    async with asyncio.TaskGroup() as group:
        while not stop.is_set():
            await places.acquire()
            group.create_task(one(number))
            number += 1
            await asyncio.sleep(0.1)
    return number


async def kill_both(victims: Victims, rounds: int, seed: int) -> None:
    moments = random.Random(seed)
    for _ in range(rounds):
        for kill in (victims.kill_server, victims.kill_worker):
            await asyncio.sleep(moments.uniform(0.1, 0.9))
            await asyncio.to_thread(kill)


def check_file(database: Path) -> None:
    """Ask `durable-workflow db check` of the file as the last kill has left it."""
    command = [sys.executable, "-m", "durable_workflow", "db", "check", "--db", str(database), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    assert json.loads(done.stdout)["sound"] is True


def histories_of(database: Path) -> dict[str, list[dict[str, Any]]]:
    """Read the history of each workflow from the file; each has one run."""
    with contextlib.closing(sqlite3.connect(database)) as connection:
        histories: dict[str, list[dict[str, Any]]] = {
            name: [] for (name,) in connection.execute("SELECT workflow_id FROM runs")
        }
        rows = connection.execute(
            "SELECT workflow_id, run_id, sequence, event_type, payload FROM events JOIN runs USING (run_id)"
            " ORDER BY run_id, sequence"
        )
        for workflow_id, run_id, sequence, event_type, payload in rows:
            event = {"sequence": sequence, "event_type": event_type, "payload": json.loads(payload)}
            histories[workflow_id].append(event | {"run_id": run_id})
    return histories


def found(history: list[dict[str, Any]], event_type: str) -> list[dict[str, Any]]:
    return [event["payload"] for event in history if event["event_type"] == event_type]


def check_ledger(victims: Victims, ledger: Ledger, workflows: int) -> None:
    histories = histories_of(victims.server.database)
    assert set(histories) == {f"crash-{number}" for number in range(workflows)}
    for history in histories.values():
        assert_sound(history)
    runs = {workflow_id: history[0]["run_id"] for workflow_id, history in histories.items()}
    assert ledger.runs.items() <= runs.items(), "an acknowledged start is lost"
    assert ledger.signals.keys() <= {
        serializer.decode(signal["arguments"])[1]
        for history in histories.values()
        for signal in found(history, "SignalReceived")
    }, "an acknowledged signal is lost"
    completed = [
        completion["activity_attempt_id"]
        for history in histories.values()
        for completion in found(history, "ActivityCompleted")
    ]
    acknowledged = victims.completions.read_text().split()
    assert set(acknowledged) <= set(completed), "an acknowledged result of an activity is lost"
    assert len(ledger.runs) > workflows / 2
    assert len(ledger.signals) == 3 * workflows
    assert len(acknowledged) > workflows, "too little was acknowledged to prove anything"


async def survive(folder: Path, rounds: int, seed: int) -> None:
    victims, ledger, stop = Victims(folder), Ledger(), asyncio.Event()
    try:
        victims.server.start()
        victims.start_worker()
        async with Client(victims.server.url) as client:
            loading = asyncio.create_task(load(client, ledger, stop))
            await kill_both(victims, rounds, seed)
            stop.set()
            workflows = await loading
    finally:
        victims.end()
    check_file(victims.server.database)
    check_ledger(victims, ledger, workflows)


async def test_nothing_acknowledged_is_lost_although_server_and_worker_are_killed_five_times(
    tmp_path: Path,
) -> None:
    await survive(tmp_path, rounds=5, seed=11)


@pytest.mark.deep
@pytest.mark.parametrize("seed", range(5))
async def test_nothing_acknowledged_is_lost_over_a_hundred_kills_in_all(tmp_path: Path, seed: int) -> None:
    await survive(tmp_path, rounds=20, seed=seed)
