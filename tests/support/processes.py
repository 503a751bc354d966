"""Server and worker processes that tests may kill at any moment."""

from __future__ import annotations

import os
import queue
import re
import signal
import subprocess
import sys
import threading
from pathlib import Path

from support.imports import ROOT

READY = re.compile(r"ready at (http://\S+)")


class Process:
    """A child process whose standard output is read in the background."""

    def __init__(self, *args: str, log: Path) -> None:
        self._lines: queue.Queue[str | None] = queue.Queue()
        self._log = log
        with log.open("ab") as sink:
            self._process = subprocess.Popen(
                [sys.executable, "-m", *args],
                cwd=ROOT,
                env=os.environ | {"PYTHONPATH": f"{ROOT / 'tests'}{os.pathsep}{ROOT}"},
                stdout=subprocess.PIPE,
                stderr=sink,
                text=True,
                start_new_session=True,
            )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._lines.put(line)
        self._lines.put(None)

    def wait_for(self, pattern: re.Pattern[str], timeout: float = 20) -> re.Match[str]:
        """Return the match of the first line of output that matches."""
        while (line := self._lines.get(timeout=timeout)) is not None:
            if found := pattern.search(line):
                return found
        raise AssertionError(f"the process ended early:\n{self._log.read_text()}")

    @property
    def pid(self) -> int:
        return self._process.pid

    def kill(self) -> None:
        """End the process group with SIGKILL."""
        self._end(signal.SIGKILL)

    def interrupt(self, signal_number: int = signal.SIGTERM, timeout: float = 20) -> int:
        """Ask the process to end and return its exit code."""
        self._process.send_signal(signal_number)
        code = self._process.wait(timeout)
        self._close()
        return code

    def _end(self, signal_number: int) -> None:
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal_number)
        self._process.wait(20)
        self._close()

    def _close(self) -> None:
        self._reader.join(5)
        assert self._process.stdout is not None
        self._process.stdout.close()


class ServerProcess:
    """`durable-workflow dev` on one database file and one port, over any number of lives."""

    def __init__(self, folder: Path, *options: str) -> None:
        self._options = options
        self._log = folder / "server.log"
        self.database = folder / "server.sqlite"
        self.url = ""
        self._process: Process | None = None

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    @property
    def log(self) -> str:
        """What the server wrote to its standard error, in all its lives."""
        return self._log.read_text()

    def start(self) -> None:
        """Start on a free port first, and on the same port ever after."""
        port = self.url.rpartition(":")[2] or "0"
        arguments = ("durable_workflow", "dev", "--port", port, "--db", str(self.database), *self._options)
        self._process = Process(*arguments, log=self._log)
        self.url = self._process.wait_for(READY).group(1)

    def kill(self) -> None:
        """End with SIGKILL."""
        if self._process is not None:
            self._process.kill()
            self._process = None

    def stop(self) -> int:
        """End with SIGTERM and return the exit code."""
        assert self._process is not None
        code = self._process.interrupt()
        self._process = None
        return code
