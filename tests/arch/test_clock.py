"""Nobody in the server asks the system for the time but its clock."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.imports import SOURCE

SERVER = SOURCE / "durable_workflow" / "server"

# The clock itself: `SystemClock`, and `elapsed` for whoever really waits.
EXCEPTIONS = {"clock.py"}

MODULES = {"time", "_time"}
# Of datetime and date, and of event loops.
ASKING = {"now", "today", "utcnow", "time", "time_ns", "monotonic", "perf_counter", "process_time"}
# SQLite knows the time, too.
SQL = re.compile(
    r"CURRENT_(TIME|DATE|TIMESTAMP)\b|\b(unixepoch|julianday|strftime|datetime|date|time)\s*\(", re.I
)


def asks(source: str) -> Iterator[str]:
    """Find what asks for the time in a piece of code."""
    for node in ast.walk(ast.parse(source)):
        line = f"line {getattr(node, 'lineno', 0)}"
        if isinstance(node, ast.Import) and MODULES & {alias.name for alias in node.names}:
            yield f"{line}: import time"
        elif isinstance(node, ast.ImportFrom) and node.module in MODULES:
            yield f"{line}: from time import"
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            if node.func.attr in ASKING and not is_clock(node.func.value):
                yield f"{line}: {ast.unparse(node.func)}()"
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and is_sql(node.value):
            yield f"{line}: {node.value.strip()[:60]}"


def is_clock(owner: ast.expr) -> bool:
    """Whether it is the clock that is asked: `clock.now()`, `self._system.now()` and the like."""
    return ast.unparse(owner).rpartition(".")[2].strip("_") in {"clock", "system"}


def is_sql(text: str) -> bool:
    return bool(re.search(r"\b(SELECT|INSERT|UPDATE|DELETE|DEFAULT|VALUES)\b", text)) and bool(
        SQL.search(text)
    )


FILES = sorted(path for path in SERVER.rglob("*.py") if path.name not in EXCEPTIONS)


def test_only_the_clock_asks_the_system() -> None:
    assert len(FILES) > 50
    found = [f"{path.relative_to(SERVER)} {one}" for path in FILES for one in asks(path.read_text("utf-8"))]
    assert found == []


def test_the_clock_is_where_the_time_comes_from() -> None:
    for name in EXCEPTIONS:
        assert list(asks((SERVER / Path(name)).read_text("utf-8"))), "an exception that needs none"


@pytest.mark.parametrize(
    "code",
    [
        "import time",
        "from time import monotonic",
        "import asyncio, time as t",
        "datetime.now(UTC)",
        "datetime.datetime.utcnow()",
        "date.today()",
        "asyncio.get_running_loop().time()",
        "loop.time()",
        "tx.execute('INSERT INTO t VALUES (CURRENT_TIMESTAMP)')",
        "tx.execute(\"SELECT strftime('%s', 'now')\")",
        "tx.execute('UPDATE t SET a = unixepoch()')",
    ],
)
def test_the_ways_around_it_are_seen(code: str) -> None:
    assert list(asks(code))


@pytest.mark.parametrize(
    "code", ["tx.clock.now()", "self._clock.now()", "tx.now", "datetime.fromtimestamp(moment, UTC)"]
)
def test_asking_the_clock_is_fine(code: str) -> None:
    assert not list(asks(code))
