"""How fast the whole path is, beside DBOS on SQLite: `python -m benchmarks.engine --help`."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import platform
import statistics
import sys
import tempfile
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks import _load
from benchmarks._costs import measure_costs
from benchmarks._dbos import dbos_python
from benchmarks._processes import ROOT, Peer, ServerProcess, WorkerProcess
from benchmarks._report import Line, percentile, table
from durable_workflow import Client

__all__ = ["main"]

_DEFAULT, _WAL = "dbos", "dbos, file set to WAL"
_IN_FLIGHT = 64
_PAUSE = 0.02


@dataclass(frozen=True, slots=True)
class _Size:
    rounds: int
    ones: int
    tens: int
    alone: int
    samples: int


_FULL = _Size(rounds=5, ones=600, tens=150, alone=60, samples=60)
_QUICK = _Size(rounds=2, ones=200, tens=40, alone=20, samples=20)


@dataclass(slots=True)
class _Throughput:
    """The four lines that are measured beside DBOS."""

    one: Line = field(default_factory=lambda: _rate("1 activity", 5))
    ten: Line = field(default_factory=lambda: _rate("10 activities", 6))
    median: Line = field(default_factory=lambda: _delay("median"))
    late: Line = field(default_factory=lambda: _delay("95th percentile"))

    @property
    def lines(self) -> list[Line]:
        """All of them."""
        return [self.one, self.ten, self.median, self.late]

    def add_latencies(self, whose: str, seconds: list[float]) -> None:
        """Note the latencies of one round."""
        self.median.add(whose, statistics.median(seconds) * 1000)
        self.late.add(whose, percentile(seconds, 0.95) * 1000)


def _rate(name: str, aim: float) -> Line:
    return Line(f"{name}, {_IN_FLIGHT} in flight", "workflows/s", True, aim, _DEFAULT)


def _delay(name: str) -> Line:
    return Line(f"idle to result, {name}", "ms", False, 0.5, _DEFAULT)


async def _round_of_ours(client: Client, size: _Size, found: _Throughput) -> None:
    for line, activities, workflows in ((found.one, 1, size.ones), (found.ten, 10, size.tens)):
        seconds = await _load.throughput(
            client, activities=activities, workflows=workflows, in_flight=_IN_FLIGHT
        )
        line.add("ours", workflows / seconds)
    found.add_latencies("ours", await _load.latency(client, count=size.alone, pause=_PAUSE))


def _round_of_peer(whose: str, peer: Peer, size: _Size, found: _Throughput) -> None:
    # Fewer workflows than ours: the time of a round is what has to be alike.
    for line, activities, workflows in ((found.one, 1, size.ones // 3), (found.ten, 10, size.tens // 3)):
        seconds = peer.ask(do="throughput", activities=activities, workflows=workflows, in_flight=_IN_FLIGHT)
        line.add(whose, workflows / seconds)
    found.add_latencies(whose, peer.ask(do="latency", count=size.alone, pause=_PAUSE))


async def _beside_dbos(folder: Path, size: _Size, with_dbos: bool) -> tuple[_Throughput, dict[str, Any]]:
    found, about = _Throughput(), dict[str, Any]()
    with contextlib.ExitStack() as processes:
        server = processes.enter_context(ServerProcess(folder))
        processes.enter_context(WorkerProcess(folder, server.url))
        peers = {}
        if with_dbos:
            for whose, journal in ((_DEFAULT, None), (_WAL, "wal")):
                peers[whose] = processes.enter_context(Peer(folder, dbos_python(), journal))
                about[whose] = peers[whose].ask(do="about")
                _round_of_peer(whose, peers[whose], _Size(1, 96, 48, 5, 0), _Throughput())
        async with Client(server.url) as client:
            await _round_of_ours(client, _Size(1, 96, 16, 5, 0), _Throughput())
            for number in range(size.rounds):
                print(f"round {number + 1} of {size.rounds} ...", file=sys.stderr)
                await _round_of_ours(client, size, found)
                for whose, peer in peers.items():
                    _round_of_peer(whose, peer, size, found)
    return found, about


async def _measure(options: argparse.Namespace) -> tuple[list[Line], dict[str, Any]]:
    size = _QUICK if options.quick else _FULL
    lines: list[Line] = []
    about: dict[str, Any] = {
        "durable-workflow": version("durable-workflow"),
        "python": platform.python_version(),
        "machine": f"{platform.machine()}, {platform.system()} {platform.release()}",
    }
    (ROOT / ".cache").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=ROOT / ".cache", prefix="benchmark-") as name:
        if options.only != "costs":
            found, peers = await _beside_dbos(Path(name), size, not options.without_dbos)
            lines += found.lines
            about |= peers
        if options.only != "dbos":
            lines += await measure_costs(Path(name), size.samples, shrink=10 if options.quick else 1)
    return lines, about


def main(arguments: list[str] | None = None) -> int:
    """Measure, and print a table.

    Args:
        arguments: The command line; that of the process if omitted.

    Returns:
        The exit code: 0, also where an aim is missed.
    """
    parser = argparse.ArgumentParser(prog="python -m benchmarks.engine", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a minute instead of several; rougher")
    parser.add_argument("--only", choices=("dbos", "costs"), help="one of the two parts")
    parser.add_argument("--without-dbos", action="store_true", help="measure ours alone")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all numbers there")
    options = parser.parse_args(arguments)
    lines, about = asyncio.run(_measure(options))
    if options.json is not None:
        document = {"about": about, "lines": [line.as_json() for line in lines]}
        options.json.write_text(json.dumps(document, indent=2) + "\n")
    print(json.dumps(about))
    print(table(lines))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
