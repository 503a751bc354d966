"""Readers of lists, tuples, sets and dicts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from durable_workflow.converters._faults import Mismatch, expected

Reader = Callable[[Any], Any]


def sequence_reader(item: Reader | None, make: Callable[[list[Any]], Any]) -> Reader:
    """Make the reader of a list of things that are alike.

    Args:
        item: Reads one of them; None leaves them as they are.
        make: Makes what is asked for of the list.
    """

    def read(value: Any) -> Any:
        items = _list(value)
        read_items = (
            items if item is None else [inside(index, item, each) for index, each in enumerate(items)]
        )
        try:
            return make(read_items)
        except TypeError as error:
            raise Mismatch("its items cannot be in a set") from error

    return read


def tuple_reader(items: Sequence[Reader | None]) -> Reader:
    """Make the reader of a tuple with one type per place.

    Args:
        items: The readers of the places.
    """

    def read(value: Any) -> Any:
        given = _list(value)
        if len(given) != len(items):
            raise Mismatch(f"expected a list of {len(items)} items, got {len(given)}")
        pairs = enumerate(zip(items, given, strict=True))
        return tuple(each if item is None else inside(index, item, each) for index, (item, each) in pairs)

    return read


def mapping_reader(key: Reader | None, item: Reader | None) -> Reader:
    """Make the reader of a dict.

    Args:
        key: Reads a key from its text; None leaves it as it is.
        item: Reads a value; None leaves it as it is.
    """

    def read(value: Any) -> Any:
        if not isinstance(value, Mapping):
            raise expected("an object", value)
        return {
            name if key is None else inside(name, key, name): each
            if item is None
            else inside(name, item, each)
            for name, each in value.items()
        }

    return read


def inside(step: str | int, read: Reader, value: Any) -> Any:
    """Read a part of a value, noting the place of what does not fit."""
    try:
        return read(value)
    except Mismatch as fault:
        fault.inside(step)
        raise


def _list(value: Any) -> list[Any]:
    # A value that never left the process (in tests) may be a tuple or set still.
    if isinstance(value, list | tuple | set | frozenset):
        return list(value)
    raise expected("a list", value)
