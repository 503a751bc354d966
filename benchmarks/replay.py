"""What a full replay costs, beside the published peer: `make bench-replay`.

Both replay the same history with the same code, in processes of their own that take turns. The guard that
looks for clocks and chance in workflow code is measured apart.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path

from benchmarks._peer import PEER, peer_python
from benchmarks._report import Line, table

__all__ = ["main"]

_DRIVER = Path(__file__).with_name("replay_driver.py")
_SIZES = (1_000, 10_000)
_AIM = 0.2


def _best_seconds(python: str | Path, activities: int, rounds: int, *guard: str) -> float:
    """Return the CPU seconds of the fastest of several replays in a process of their own."""
    command = [str(python), str(_DRIVER), str(activities), str(rounds), *guard]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603  # our own driver
    return min(float(each) for each in json.loads(done.stdout))


def _measure(activities: int, turns: int, peer: Path | None) -> Line:
    line = Line(
        f"replay of {activities:,} activities, CPU", "ms", more_is_better=False, aim=_AIM, against=PEER
    )
    rounds = 5 if activities < 5_000 else 3
    for _ in range(turns):
        line.add("ours", 1e3 * _best_seconds(sys.executable, activities, rounds, "off"))
        if peer is not None:
            line.add(PEER, 1e3 * _best_seconds(peer, activities, rounds))
    return line


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--turns", type=int, default=5, help="how often each takes its turn")
    parser.add_argument("--without-peer", action="store_true", help="measure ours alone")
    chosen = parser.parse_args()
    peer = None if chosen.without_peer else peer_python()
    print(table([_measure(activities, chosen.turns, peer) for activities in _SIZES]))
    plain = _best_seconds(sys.executable, _SIZES[0], 5, "off")
    for guard, when in (("warn", "a watched run of a worker"), ("raise", "the Replayer and tests")):
        ratio = _best_seconds(sys.executable, _SIZES[0], 5, guard) / plain
        print(f"guard {guard!r} ({when}): {ratio:.2f} times the cost without, {_SIZES[0]:,} activities")


if __name__ == "__main__":
    main()
