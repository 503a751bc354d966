"""Encodes and decodes one payload again and again, in the interpreter of whom it measures.

Run by `benchmarks.codec`: whose, framing, size in bytes and seconds as arguments; prints microseconds for one
encoding and one decoding. Imports nothing of this project but the serializer of whoever is installed here.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from typing import Any

__all__ = ["main", "sample"]


def sample(size: int) -> Any:
    """Return a value whose JSON text has about a number of bytes: orders with lines, as programs send them.

    Args:
        size: The number of bytes.
    """
    if size < 200:
        return [
            {"order": "4711", "total": 99.5, "paid": True, "note": None, "customer": "Ada Lovelace", "n": 3}
        ]
    lines: list[Any] = []
    total = 2
    while total < size:
        line = {
            "sku": f"tea-{len(lines):06d}",
            "count": len(lines) % 9,
            "price": 1.25 * (len(lines) % 40),
            "tags": ["grün", "fair trade", "loose"],
            "gift": len(lines) % 5 == 0,
            "note": None if len(lines) % 3 else "please wrap it in blue paper",
        }
        lines.append(line)
        total += len(json.dumps(line, separators=(",", ":"))) + 1
    return [{"order": "4711", "lines": lines}]


def _functions(framing: str, value: Any) -> tuple[Callable[[], Any], Callable[[], Any]]:
    from durable_workflow import serializer

    if sys.argv[1] == "ours":
        blob = serializer.encode(value, framing=framing)  # type: ignore[arg-type]
        return (
            lambda: serializer.encode(value, framing=framing),  # type: ignore[arg-type]
            lambda: serializer.decode(blob, "avro"),
        )
    blob = serializer.encode(value)
    return lambda: serializer.encode(value), lambda: serializer.decode(blob, "avro")


def _cost(call: Callable[[], Any], seconds: float) -> float:
    """Return the processor microseconds of one call: the least of several stretches."""
    call()
    repeats, best = 1, float("inf")
    while True:
        began = time.process_time()
        for _ in range(repeats):
            call()
        spent = time.process_time() - began
        if spent >= seconds / 10:
            break
        repeats *= 2
    for _ in range(9):
        began = time.process_time()
        for _ in range(repeats):
            call()
        best = min(best, (time.process_time() - began) / repeats)
    return best * 1e6


def main() -> int:
    """Measure, and print two numbers."""
    framing, size, seconds = sys.argv[2], int(sys.argv[3]), float(sys.argv[4])
    value = sample(size)
    encode, decode = _functions(framing, value)
    assert decode() == value
    print(_cost(encode, seconds), _cost(decode, seconds))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
