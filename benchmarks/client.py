"""Processor time of one call of the client, beside plain HTTP libraries and the published peer.

Everybody calls describe on the same canned server, each in a process of its own; rounds are interleaved.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks._peer import PEER, peer_python
from benchmarks._processes import ROOT, Process
from benchmarks._report import Line, table

__all__ = ["main"]

# In flight: (calls of one round, the share of the peer's time that is aimed at).
LOADS = {1: (2000, 0.5), 16: (4000, 0.5), 64: (4000, 0.2)}
LIBRARIES = ("ours on httpx", "httpx", "aiohttp", "pyreqwest")


def main(arguments: list[str] | None = None) -> int:
    """Measure, and print a table.

    Args:
        arguments: The command line; that of the process if omitted.

    Returns:
        The exit code: 0, also where an aim is missed.
    """
    parser = argparse.ArgumentParser(prog="python -m benchmarks.client", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="how often each is measured")
    parser.add_argument("--without-peer", action="store_true", help="measure ours and the libraries alone")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all numbers there")
    options = parser.parse_args(arguments)
    interpreters = {"ours": sys.executable, **dict.fromkeys(_installed(), sys.executable)}
    if not options.without_peer:
        interpreters["peer"] = str(peer_python())
    lines = _measure(interpreters, options.rounds)
    if options.json is not None:
        options.json.write_text(json.dumps([line.as_json() for line in lines], indent=2) + "\n")
    print(table(lines))
    return 0


def _installed() -> list[str]:
    """Return the libraries that this environment can be compared with."""
    from importlib.util import find_spec

    return [name for name in LIBRARIES if name == "ours on httpx" or find_spec(name) is not None]


def _measure(interpreters: dict[str, str], rounds: int) -> list[Line]:
    lines = []
    with tempfile.TemporaryDirectory(prefix="dw-bench-") as folder:
        log = Path(folder) / "stub.log"
        with Process(log, sys.executable, "-m", "benchmarks._stub") as stub:
            for in_flight, (calls, aim) in LOADS.items():
                name = f"describe, {in_flight} in flight"
                line = Line(name, "µs of processor time", more_is_better=False, aim=aim, against="peer")
                for _ in range(rounds):
                    for whose, python in interpreters.items():
                        line.add(whose, _cost(python, whose, stub.ready_at, in_flight, calls))
                lines.append(line)
    return lines


def _cost(python: str, whose: str, url: str, in_flight: int, calls: int) -> float:
    driver = str(ROOT / "benchmarks" / "client_driver.py")
    command = [python, driver, whose, url, str(in_flight), str(calls)]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  # our own
    # pyreqwest 0.15 sometimes crashes in the end of its process, after all is measured.
    if not answer.stdout.strip():
        raise RuntimeError(f"{whose} failed ({PEER} is the peer):\n{answer.stderr}")
    return float(answer.stdout)


if __name__ == "__main__":
    raise SystemExit(main())
