"""The same program on DBOS, run by the interpreter of its own environment; imports nothing of ours.

It reads one JSON object for each line and answers with one: `{"do": "throughput", ...}` with seconds,
`{"do": "latency", ...}` with seconds of each workflow, `{"do": "about"}` with versions and settings.
"""

from __future__ import annotations

import json
import os
import sqlite3
import sys
import threading
import time
from collections.abc import Callable
from importlib.metadata import version
from typing import Any

from dbos import DBOS


@DBOS.step()
def increment(number: int) -> int:
    """Return the next number."""
    return number + 1


@DBOS.workflow()
def chain(length: int) -> int:
    """Count to ``length``, one step for each."""
    number = 0
    for _ in range(length):
        number = increment(number)
    return number


def _one(length: int) -> None:
    answer = DBOS.start_workflow(chain, length).get_result()
    assert answer == length, answer


def throughput(activities: int, workflows: int, in_flight: int) -> float:
    """Return the seconds that the workflows took."""
    left, lock = iter(range(workflows)), threading.Lock()

    def drive() -> None:
        while True:
            with lock:
                if next(left, None) is None:
                    return
            _one(activities)

    threads = [threading.Thread(target=drive) for _ in range(in_flight)]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return time.perf_counter() - begun


def latency(count: int, pause: float) -> list[float]:
    """Return the seconds from start to result of workflows that run alone."""
    seconds = []
    for _ in range(count):
        time.sleep(pause)
        begun = time.perf_counter()
        _one(1)
        seconds.append(time.perf_counter() - begun)
    return seconds


def about(database: str) -> dict[str, Any]:
    """Return versions and the settings of a connection as DBOS opens it."""
    found: dict[str, Any] = {"dbos": version("dbos"), "sqlite": sqlite3.sqlite_version}
    # DBOS sets neither, so what any connection says is what DBOS runs with.
    with sqlite3.connect(database) as connection:
        for pragma in ("journal_mode", "synchronous"):
            (found[pragma],) = connection.execute(f"PRAGMA {pragma}").fetchone()
    return found


def main(database: str, journal: str) -> None:
    """Answer until the input ends.

    Args:
        database: The file.
        journal: The journal mode to give it; empty to leave it.
    """
    if journal:
        with sqlite3.connect(database) as connection:
            connection.execute(f"PRAGMA journal_mode = {journal}")
    DBOS(
        config={
            "name": "benchmark",
            "system_database_url": f"sqlite:///{database}",
            "log_level": "ERROR",
        }
    )
    DBOS.launch()
    print("ready", flush=True)
    does: dict[str, Callable[..., Any]] = {"throughput": throughput, "latency": latency}
    for line in sys.stdin:
        command = json.loads(line)
        name = command.pop("do")
        print(json.dumps(about(database) if name == "about" else does[name](**command)), flush=True)
    # DBOS waits for threads of its own that need not end.
    os._exit(0)


if __name__ == "__main__":
    main(*sys.argv[1:])
