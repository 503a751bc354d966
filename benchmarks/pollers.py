"""What idle pollers cost the server, and what one task costs among them: `python -m benchmarks.pollers`.

Pollers are connections of their own that poll as workers do: held for 30 seconds, then again. The server's
processor time is read from /proc, so this runs on Linux.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from benchmarks._processes import ServerProcess

__all__ = ["main"]

_POLL = "/api/worker/workflow-tasks/poll"
_HELD = 30
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(slots=True)
class _Connection:
    """One kept-alive connection."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    @classmethod
    async def open(cls, url: str) -> _Connection:
        parts = urlsplit(url)
        return cls(*await asyncio.open_connection(parts.hostname, parts.port))

    async def post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """Make a call and return the body of its answer."""
        content = json.dumps(body).encode()
        self.writer.write(
            f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            "X-Durable-Workflow-Protocol-Version: 1.0\r\nX-Durable-Workflow-Control-Plane-Version: 2\r\n"
            f"Content-Length: {len(content)}\r\n\r\n".encode()
            + content
        )
        head = await self.reader.readuntil(b"\r\n\r\n")
        length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n")[0])
        answer: dict[str, Any] = json.loads(await self.reader.readexactly(length))
        if not head.startswith((b"HTTP/1.1 200", b"HTTP/1.1 201")):
            raise RuntimeError(f"{path}: {answer}")
        return answer


class _Pollers:
    """Workers that poll one queue and leave what they get."""

    def __init__(self, url: str, queue: str, count: int) -> None:
        self._url = url
        self._queue = queue
        self._count = count
        self._tasks: list[asyncio.Task[None]] = []
        self._all_poll = asyncio.Event()
        if not count:
            self._all_poll.set()
        self.taken = 0
        self.polls = 0

    async def start(self) -> None:
        """Open all connections; they poll from then on."""
        for number in range(self._count):
            connection = await _Connection.open(self._url)
            names = {"worker_id": f"{self._queue}-{number}", "task_queue": self._queue}
            await connection.post("/api/worker/register", {**names, "runtime": "python"})
            self._tasks.append(asyncio.create_task(self._poll(connection, names)))
        await asyncio.wait_for(self._all_poll.wait(), 60)
        await asyncio.sleep(1)

    async def _poll(self, connection: _Connection, names: dict[str, str]) -> None:
        try:
            while True:
                self.polls += 1
                if self.polls >= self._count:
                    self._all_poll.set()
                answer = await connection.post(_POLL, {**names, "timeout_seconds": _HELD})
                self.taken += answer["task"] is not None
        finally:
            connection.writer.close()

    async def stop(self) -> None:
        """Hang up."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


def _processor_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


async def _measure(server: ServerProcess, count: int, seconds: float, starts: int) -> dict[str, Any]:
    queue = f"queue-{count}"
    pollers = _Pollers(server.url, queue, count)
    await pollers.start()
    before, polls = _processor_seconds(server.pid), pollers.polls
    await asyncio.sleep(seconds)
    idle, repolls = _processor_seconds(server.pid) - before, pollers.polls - polls
    busy = await _start_some(server, queue, starts) if count else None
    taken = pollers.taken
    await pollers.stop()
    return {
        "pollers": count,
        "idle_seconds_per_minute": round(idle * 60 / seconds, 3),
        "polls_per_second": round(repolls / seconds, 1),
        "milliseconds_per_task": None if busy is None else round(busy * 1000 / starts, 3),
        "tasks_taken": taken,
        "tasks_started": starts if count else 0,
    }


async def _start_some(server: ServerProcess, queue: str, starts: int) -> float:
    """Start workflows one by one; return the processor time until all are taken."""
    connection = await _Connection.open(server.url)
    before = _processor_seconds(server.pid)
    for _ in range(starts):
        await connection.post("/api/workflows", {"workflow_type": "t", "task_queue": queue})
        await asyncio.sleep(0.01)
    await asyncio.sleep(0.5)
    connection.writer.close()
    return _processor_seconds(server.pid) - before


async def _run(counts: list[int], seconds: float, starts: int) -> list[dict[str, Any]]:
    found = []
    for count in counts:
        with tempfile.TemporaryDirectory() as folder, ServerProcess(Path(folder)) as server:
            found.append(await _measure(server, count, seconds, starts))
    return found


def _show(found: list[dict[str, Any]]) -> None:
    print("| pollers | processor seconds a minute, idle | polls a second | ms a task, start to taken |")
    print("|---|---|---|---|")
    for row in found:
        cost = row["milliseconds_per_task"]
        print(
            f"| {row['pollers']} | {row['idle_seconds_per_minute']} | {row['polls_per_second']} "
            f"| {'-' if cost is None else cost} |"
        )


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pollers", type=int, nargs="+", default=[0, 1, 1000], help="how many at a time")
    parser.add_argument("--seconds", type=float, default=60, help="how long the idle time is measured")
    parser.add_argument("--starts", type=int, default=200, help="how many tasks are handed out")
    parser.add_argument("--json", type=Path, help="where to write everything")
    options = parser.parse_args()
    found = asyncio.run(_run(options.pollers, options.seconds, options.starts))
    _show(found)
    if options.json:
        options.json.write_text(json.dumps(found, indent=2), encoding="utf-8")
    return 0 if all(row["tasks_taken"] == row["tasks_started"] for row in found) else 1


if __name__ == "__main__":
    raise SystemExit(main())
