"""What a task costs a worker, beside the published peer: `python -m benchmarks.worker`.

The stub (`_worker_stub`) plays runs that are chains of activities; one worker process does all of their
tasks. Processor time is the worker's alone, read from /proc, so this runs on Linux.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from benchmarks._peer import OLD_PEER, peer_python
from benchmarks._processes import ROOT, Process

__all__ = ["main"]

_TICKS = os.sysconf("SC_CLK_TCK")
_SHORT = 1
_LONG = 200
_PATIENCE_SECONDS = 300


@dataclass(frozen=True, slots=True)
class Played:
    """What playing runs cost.

    Args:
        tasks: Workflow tasks and activity tasks together.
        seconds: How long it took.
        cpu_seconds: Processor time of the worker.
    """

    tasks: int
    seconds: float
    cpu_seconds: float

    @property
    def per_second(self) -> float:
        """Tasks per second."""
        return self.tasks / self.seconds

    @property
    def cpu_ms(self) -> float:
        """Processor time per task, in milliseconds."""
        return 1000 * self.cpu_seconds / self.tasks


def _play(url: str, worker: Process, runs: int, activities: int) -> Played:
    before = _cpu_seconds(worker.pid)
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=_PATIENCE_SECONDS)
    try:
        connection.request("POST", "/api/play", json.dumps({"runs": runs, "activities": activities}))
        answer = json.loads(connection.getresponse().read())
    finally:
        connection.close()
    return Played(answer["tasks"], answer["seconds"], _cpu_seconds(worker.pid) - before)


def _cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def _measured(
    folder: Path, command: Sequence[str], rounds: int, tasks: int, *, plain: bool
) -> dict[int, Played]:
    """Return the median round of short and of long chains."""
    stub = [sys.executable, "-m", "benchmarks._worker_stub", *(["--plain"] if plain else [])]
    with (
        Process(folder / "stub.log", *stub) as server,
        Process(folder / "worker.log", *command, server.ready_at) as worker,
    ):
        _play(server.ready_at, worker, 20, 2)
        found = {}
        for length in (_SHORT, _LONG):
            runs = max(1, tasks // (2 * length + 1))
            played = [_play(server.ready_at, worker, runs, length) for _ in range(rounds)]
            found[length] = sorted(played, key=lambda each: each.cpu_ms)[len(played) // 2]
        return found


def _ours() -> list[str]:
    return [sys.executable, "-m", "benchmarks.chain_worker"]


def _peers() -> list[str]:
    return [str(peer_python(OLD_PEER)), str(ROOT / "benchmarks" / "chain_worker.py")]


def _print(name: str, found: dict[int, Played]) -> None:
    short, long = found[_SHORT], found[_LONG]
    print(
        f"{name:<34}{short.per_second:>10.0f}{long.per_second:>10.0f}{short.cpu_ms:>10.3f}{long.cpu_ms:>10.3f}"
        f"{long.cpu_ms / short.cpu_ms:>8.2f}"
    )


def _against(ours: dict[int, Played], peer: dict[int, Played]) -> None:
    for length in (_SHORT, _LONG):
        ratio = ours[length].per_second / peer[length].per_second
        cpu = peer[length].cpu_ms / ours[length].cpu_ms
        print(
            f"{length:>4} activities: {ratio:.1f} times the peer's tasks per second, 1/{cpu:.1f} of its CPU"
        )


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print.

    Args:
        arguments: The command line; that of the process by default.
    """
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument(
        "--tasks", type=int, default=4000, help="tasks per round of ours; the peer's is a tenth"
    )
    parser.add_argument("--without-peer", action="store_true")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        print(f"{'':<34}{'tasks/s':>10}{'tasks/s':>10}{'CPU ms':>10}{'CPU ms':>10}{'growth':>8}")
        print(f"{'':<34}{'at 1':>10}{'at 200':>10}{'at 1':>10}{'at 200':>10}")
        ours = _measured(folder, _ours(), options.rounds, options.tasks, plain=False)
        _print("ours", ours)
        plain = _measured(folder, _ours(), options.rounds, options.tasks, plain=True)
        _print("ours, server of plain 1.0", plain)
        if not options.without_peer:
            peer = _measured(folder, _peers(), options.rounds, options.tasks // 10, plain=False)
            _print(OLD_PEER, peer)
            _against(ours, peer)


if __name__ == "__main__":
    main()
