"""The processes that are measured, each started for one benchmark and ended with it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Any, Self

__all__ = ["ROOT", "Peer", "Process", "ServerProcess", "WorkerProcess"]

ROOT = Path(__file__).resolve().parents[1]
_READY = re.compile(r"ready(?: at (http://\S+))?")


class Process:
    """A child process that says on its standard output when it is ready.

    Args:
        log: Where its messages go.
        arguments: The command line.
    """

    def __init__(self, log: Path, *arguments: str) -> None:
        self._log = log
        self._name = " ".join(arguments)
        with log.open("ab") as sink:
            self._process = subprocess.Popen(  # noqa: S603  # our own programs
                arguments, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=sink, text=True
            )
        self.ready_at = self._until_ready()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.terminate()
        self._process.wait(20)
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()

    def _until_ready(self) -> str:
        while line := self.read():
            if found := _READY.search(line):
                return found[1] or ""
        raise RuntimeError(f"{self._name} ended early:\n{self._log.read_text()}")

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid

    def read(self) -> str:
        """Return the next line of output; empty at its end."""
        assert self._process.stdout is not None
        return self._process.stdout.readline()

    def write(self, line: str) -> None:
        """Send a line."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{line}\n")
        self._process.stdin.flush()


class ServerProcess(Process):
    """The reference server on a database file.

    Args:
        folder: Where file and log are.
        name: The name of the file without its suffix.
    """

    def __init__(self, folder: Path, name: str = "ours") -> None:
        self.database = folder / f"{name}.sqlite"
        command = (sys.executable, "-m", "durable_workflow", "dev", "--port", "0", "--db", str(self.database))
        super().__init__(folder / f"{name}.log", *command)
        self.url = self.ready_at


class WorkerProcess(Process):
    """One worker with its default settings."""

    def __init__(self, folder: Path, url: str) -> None:
        super().__init__(folder / "worker.log", sys.executable, "-m", "benchmarks.chain_worker", url)


class Peer(Process):
    """DBOS with its program, which answers one line of JSON for each.

    Args:
        folder: Where its database and log are.
        python: The interpreter of its environment.
        journal: The journal mode of its database file; None leaves it as DBOS makes it.
    """

    def __init__(self, folder: Path, python: Path, journal: str | None) -> None:
        name = f"dbos-{journal or 'default'}"
        program = ROOT / "benchmarks" / "dbos_peer.py"
        database = folder / f"{name}.sqlite"
        super().__init__(folder / f"{name}.log", str(python), str(program), str(database), journal or "")

    def ask(self, **command: Any) -> Any:
        """Have the peer do something and return what it measured."""
        self.write(json.dumps(command))
        line = self.read()
        if not line:
            raise RuntimeError(f"DBOS ended:\n{self._log.read_text()}")
        return json.loads(line)
