"""What a call costs on a full server, against the same call on an empty one."""

from __future__ import annotations

import asyncio
import contextlib
import sys
import time
import uuid
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from benchmarks._filling import copy_runs, lengthen_history
from benchmarks._processes import ServerProcess
from benchmarks._report import Line
from durable_workflow import Client

__all__ = ["measure_costs"]

_QUEUE = "costs"
_WORKER = "benchmark"
_EMPTY = "empty server"
_AIM = 1.5
_PAGE = 10

Probe = Callable[[Client], Awaitable[float]]


class _Side:
    """A server with the calls that are measured on it."""

    def __init__(self, folder: Path, name: str) -> None:
        self._folder, self._name = folder, name
        self.long_run = ""

    async def prepare(self, fill: Callable[[Path, dict[str, str]], None] | None) -> None:
        """Make one closed, one open and one signalled run; fill the file while no server has it open."""
        with ServerProcess(self._folder, self._name) as server:
            async with Client(server.url) as client:
                await _register(client)
                runs = {"closed": await _closed(client), "open": await _open(client)}
                runs["long"] = self.long_run = await _open(client)
        if fill is not None:
            fill(self._folder / f"{self._name}.sqlite", runs)

    def serve(self) -> ServerProcess:
        """Start the server."""
        return ServerProcess(self._folder, self._name)


async def _register(client: Client) -> None:
    await client.register_worker(worker_id=_WORKER, task_queue=_QUEUE, supported_workflow_types=["probe"])


async def _start(client: Client) -> str:
    workflow_id = uuid.uuid4().hex
    await client.start_workflow(workflow_type="probe", workflow_id=workflow_id, task_queue=_QUEUE, input=[])
    return workflow_id


async def _poll(client: Client) -> dict[str, Any]:
    task = await client.poll_workflow_task(
        worker_id=_WORKER, task_queue=_QUEUE, timeout=5, history_page_size=_PAGE
    )
    assert task is not None
    return {name: task[name] for name in ("task_id", "lease_owner", "workflow_task_attempt")}


async def _closed(client: Client) -> str:
    workflow_id = await _start(client)
    await _close(client, await _poll(client))
    return workflow_id


async def _close(client: Client, lease: dict[str, Any]) -> None:
    await client.complete_workflow_task(**lease, commands=[{"type": "complete_workflow", "result": None}])


async def _open(client: Client) -> str:
    workflow_id = await _start(client)
    wait = {"type": "open_condition_wait", "condition_key": "never"}
    await client.complete_workflow_task(**await _poll(client), commands=[wait])
    return workflow_id


async def _time_poll(client: Client) -> float:
    await _start(client)
    begun = time.perf_counter()
    lease = await _poll(client)
    seconds = time.perf_counter() - begun
    await _close(client, lease)
    return seconds


def _time_task(side: _Side) -> Probe:
    async def probe(client: Client) -> float:
        await client.signal_workflow(side.long_run, "again")
        begun = time.perf_counter()
        await client.complete_workflow_task(**await _poll(client), commands=[])
        return time.perf_counter() - begun

    return probe


async def _time_start(client: Client) -> float:
    begun = time.perf_counter()
    await _start(client)
    seconds = time.perf_counter() - begun
    await _close(client, await _poll(client))
    return seconds


async def _compare(line: Line, sides: dict[str, tuple[Client, Probe]], samples: int) -> Line:
    for client, probe in sides.values():
        for _ in range(5):
            await probe(client)
    for _ in range(samples):
        for whose, (client, probe) in sides.items():
            line.add(whose, await probe(client) * 1000)
    return line


async def measure_costs(folder: Path, samples: int, shrink: int) -> list[Line]:
    """Return one line for each kind of call.

    Args:
        folder: Where the databases go.
        samples: How often each call is measured on each side, in turns.
        shrink: Divides how full the full server is.
    """
    closed, opened, events = 100_000 // shrink, 10_000 // shrink, 10_000 // shrink

    def fill(database: Path, runs: dict[str, str]) -> None:
        print(f"filling: {closed} closed runs, {opened} open runs, {events} events ...", file=sys.stderr)
        copy_runs(database, runs["closed"], closed)
        copy_runs(database, runs["open"], opened)
        lengthen_history(database, runs["long"], events)

    full, empty = _Side(folder, "full"), _Side(folder, "empty")
    await asyncio.gather(full.prepare(fill), empty.prepare(None))
    probes: dict[str, tuple[Probe, Probe]] = {
        f"poll, {closed} closed runs": (_time_poll, _time_poll),
        f"poll and complete, {events} events": (_time_task(full), _time_task(empty)),
        f"start, {opened} open runs": (_time_start, _time_start),
    }
    lines = []
    async with contextlib.AsyncExitStack() as stack:
        clients = []
        for side in (full, empty):
            server = stack.enter_context(side.serve())
            clients.append(await stack.enter_async_context(Client(server.url)))
        for name, pair in probes.items():
            line = Line(name, "ms", False, _AIM, _EMPTY)
            sides = dict(zip(("ours", _EMPTY), zip(clients, pair, strict=True), strict=True))
            lines.append(await _compare(line, sides, samples))
    return lines
