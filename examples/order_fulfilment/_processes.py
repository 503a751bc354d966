"""The two processes of the demo, and their violent end."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import sys
from pathlib import Path

READY = re.compile(r"ready at (http://\S+)")


class Process:
    """A child process that can be killed without a chance to clean up."""

    def __init__(self, name: str, log: Path) -> None:
        self.name = name
        self._log = log
        self._process: asyncio.subprocess.Process | None = None

    @property
    def pid(self) -> int:
        """The process id of the running process."""
        assert self._process is not None
        return self._process.pid

    async def start(self, *args: str) -> None:
        """Start `python -m ARGS`; its messages go to the log file."""
        with self._log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                *args,
                stdout=asyncio.subprocess.PIPE,
                stderr=log,
                start_new_session=True,
            )

    async def first_match(self, pattern: re.Pattern[str]) -> str:
        """Return the first group of the first output line that matches.

        Raises:
            RuntimeError: the process ended before it printed such a line.
        """
        assert self._process is not None
        assert self._process.stdout is not None
        async for line in self._process.stdout:
            if found := pattern.search(line.decode()):
                return found.group(1)
        raise RuntimeError(f"the {self.name} ended before it was ready:\n{self._log.read_text()}")

    async def kill(self) -> None:
        """Send SIGKILL to the whole process group and wait for the end."""
        if self._process is None or self._process.returncode is not None:
            return
        os.killpg(self._process.pid, signal.SIGKILL)
        await self._process.wait()


class Server(Process):
    """The reference server on a file of its own."""

    def __init__(self, folder: Path) -> None:
        super().__init__("server", folder / "server.log")
        self.database = folder / "orders.sqlite"
        self.url = ""

    async def run(self) -> None:
        """Start on a free port, or on the port that it had before."""
        port = self.url.rpartition(":")[2] or "0"
        # A short activity lease, so that the demo need not wait long for the attempt of a dead worker.
        await self.start(
            "durable_workflow", "dev", "--port", port, "--db", str(self.database), "--activity-lease", "3"
        )
        self.url = await self.first_match(READY)


class OrderWorker(Process):
    """The worker process of the example."""

    def __init__(self, folder: Path) -> None:
        super().__init__("worker", folder / "worker.log")

    async def run(self, url: str) -> None:
        """Start polling the server at the URL."""
        await self.start("examples.order_fulfilment.worker", url)
