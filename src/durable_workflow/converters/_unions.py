"""Readers of unions and literals."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from durable_workflow.converters._faults import Mismatch

Reader = Callable[[Any], Any]


def literal_reader(values: Sequence[Any]) -> Reader:
    """Make the reader of a literal: one of some values, of the same type.

    Args:
        values: The values.
    """

    def read(value: Any) -> Any:
        if any(type(each) is type(value) and each == value for each in values):
            return value
        raise Mismatch(f"it is none of {', '.join(map(repr, values))}")

    return read


def union_reader(readers: Sequence[Reader], converting: Sequence[bool]) -> Reader:
    """Make the reader of a union: the first of its types that fits.

    Types that change the value come first: text that is a date is meant as a date in `str | date`.

    Args:
        readers: The readers of its types, in order.
        converting: Which of them change the value.
    """
    ordered = [read for read, converts in zip(readers, converting, strict=True) if converts]
    ordered += [read for read, converts in zip(readers, converting, strict=True) if not converts]

    def read(value: Any) -> Any:
        faults: list[Mismatch] = []
        for each in ordered:
            try:
                return each(value)
            except Mismatch as fault:
                faults.append(fault)
        # The one that got furthest into the value is most likely the one that was meant.
        raise max(faults, key=lambda fault: len(fault.steps))

    return read
