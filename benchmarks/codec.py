"""Processor time of one encoding and one decoding, beside the published peers.

Three sizes, two framings, each measurement in a process of its own; rounds are interleaved.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path

from benchmarks._peer import peer_python
from benchmarks._processes import ROOT
from benchmarks._report import Line, table

__all__ = ["main"]

SIZES = {"90 B": 90, "10 kB": 10_000, "1 MB": 1_000_000}
PEERS = {"value": "2.12.0", "wrapper": "0.2.0"}
"""Which release of the peer writes which framing."""
# Ours takes at most this share of the time of the peer of the Value framing.
AIM = 1 / 6


def main(arguments: list[str] | None = None) -> int:
    """Measure, and print a table.

    Args:
        arguments: The command line; that of the process if omitted.

    Returns:
        The exit code: 0, also where an aim is missed.
    """
    parser = argparse.ArgumentParser(prog="python -m benchmarks.codec", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="how often each is measured")
    parser.add_argument("--seconds", type=float, default=0.5, help="least time of one measurement")
    parser.add_argument("--without-peer", action="store_true", help="measure ours alone")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all numbers there")
    options = parser.parse_args(arguments)
    peers = (
        {}
        if options.without_peer
        else {version: peer_python(f"durable-workflow=={version}") for version in PEERS.values()}
    )
    lines = _measure(peers, options.rounds, options.seconds)
    if options.json is not None:
        options.json.write_text(json.dumps([line.as_json() for line in lines], indent=2) + "\n")
    print(table(lines))
    return 0


def _measure(peers: dict[str, Path], rounds: int, seconds: float) -> list[Line]:
    lines = []
    for framing, version in PEERS.items():
        for name, size in SIZES.items():
            pair = [_line(f"{what}, {framing}, {name}") for what in ("encode", "decode")]
            for _ in range(rounds):
                _add(pair, "ours", _costs(Path(sys.executable), "ours", framing, size, seconds))
                if peers:
                    costs = _costs(peers[version], "peer", framing, size, seconds)
                    _add(pair, f"peer {version}", costs)
            lines += pair
    return lines


def _line(name: str) -> Line:
    return Line(name, "µs of processor time", more_is_better=False, aim=AIM, against="peer 2.12.0")


def _add(pair: list[Line], whose: str, costs: list[float]) -> None:
    for line, cost in zip(pair, costs, strict=True):
        line.add(whose, cost)


def _costs(python: Path, whose: str, framing: str, size: int, seconds: float) -> list[float]:
    driver = str(ROOT / "benchmarks" / "codec_driver.py")
    command = [str(python), driver, whose, framing, str(size), str(seconds)]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  # our own
    if answer.returncode:
        raise RuntimeError(f"{whose} failed:\n{answer.stderr}")
    return [float(number) for number in answer.stdout.split()]


if __name__ == "__main__":
    raise SystemExit(main())
