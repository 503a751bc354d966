"""Value framing, read fast: a walk that knows sound frames alone, and leaves all others to the strict one.

It looks at nothing twice. A length that is too long moves the place beyond the end, which the next byte or
the end of the walk notices; so strings need no check of their own.
"""

from __future__ import annotations

import math
import struct
from typing import Any, Final

from durable_workflow.codec import _value_read_strict as strict
from durable_workflow.codec import _value_schema as schema
from durable_workflow.codec._strict import MAX_DEPTH

_double: Final = struct.Struct("<d").unpack_from
_isfinite: Final = math.isfinite

# The branches as they stand in a frame.
_NULL: Final = 2 * schema.NULL
_BOOLEAN: Final = 2 * schema.BOOLEAN
_LONG: Final = 2 * schema.LONG
_DOUBLE: Final = 2 * schema.DOUBLE
_BYTES: Final = 2 * schema.BYTES
_STRING: Final = 2 * schema.STRING
_ARRAY: Final = 2 * schema.ARRAY
_MAP: Final = 2 * schema.MAP
# Any other byte is an IndexError, as at the end of the frame.
_BOOLEANS: Final = (False, True)


class _Unsound(Exception):
    """Something that the strict walk has to judge."""


def read(frame: bytes) -> Any:
    """Read the value of a single-object frame.

    Raises:
        PayloadDecodeError: If it was written for another schema, is cut, or breaks a rule of the format.
    """
    if frame.startswith(schema.PREFIX):
        try:
            # As the only item of an array, so that one function reads values of all kinds.
            items, at = _items(frame, len(schema.PREFIX), 1, 0)
        except (_Unsound, IndexError, UnicodeDecodeError, struct.error, RecursionError):
            return strict.read(frame)
        if at == len(frame):
            return items[0]
    return strict.read(frame)


def is_list(frame: bytes) -> bool:
    """Tell whether the value of a frame is a list."""
    return frame[len(schema.PREFIX) : len(schema.PREFIX) + 1] == bytes([_ARRAY])


# The two walks below are one, once without and once with keys. They are long, and say the same things twice,
# because a call for each value would cost as much as the value. A length is nearly always one byte, and even:
# both are seen in one look.


def _items(data: bytes, at: int, count: int, depth: int) -> tuple[list[Any], int]:
    """Read some values that stand one after the other."""
    items: list[Any] = []
    add = items.append
    for _ in range(count):
        branch = data[at]
        at += 1
        if branch == _STRING:
            size = data[at]
            if size & 0x81:
                size, at = _size(data, at)
            begin = at + 1
            at = begin + (size >> 1)
            add(data[begin:at].decode())
        elif branch == _LONG:
            number, at = _long(data, at)
            add(number)
        else:
            value, at = _other(data, at, branch, depth)
            add(value)
    return items, at


def _entries(data: bytes, at: int, count: int, depth: int, entries: dict[str, Any]) -> int:
    """Read some entries of a map."""
    for _ in range(count):
        size = data[at]
        if size & 0x81:
            size, at = _size(data, at)
        begin = at + 1
        at = begin + (size >> 1)
        key = data[begin:at].decode()
        branch = data[at]
        at += 1
        if branch == _STRING:
            size = data[at]
            if size & 0x81:
                size, at = _size(data, at)
            begin = at + 1
            at = begin + (size >> 1)
            entries[key] = data[begin:at].decode()
        elif branch == _LONG:
            number = data[at]
            if number & 0x81:
                entries[key], at = _long(data, at)
            else:
                entries[key] = number >> 1
                at += 1
        elif branch == _DOUBLE:
            entries[key] = double = _double(data, at)[0]
            at += 8
            if not _isfinite(double):
                raise _Unsound
        elif branch == _BOOLEAN:
            entries[key] = _BOOLEANS[data[at]]
            at += 1
        elif branch == _NULL:
            entries[key] = None
        else:
            entries[key], at = _other(data, at, branch, depth)
    return at


def _other(data: bytes, at: int, branch: int, depth: int) -> tuple[Any, int]:
    """Read a value of one of the branches that are not met all the time."""
    if branch == _MAP:
        return _map(data, at, depth + 1)
    if branch == _ARRAY:
        return _array(data, at, depth + 1)
    if branch == _NULL:
        return None, at
    if branch == _BOOLEAN:
        return _BOOLEANS[data[at]], at + 1
    if branch == _DOUBLE:
        number: float = _double(data, at)[0]
        if _isfinite(number):
            return number, at + 8
    elif branch == _BYTES:
        size, at = _long(data, at)
        if size >= 0:
            return data[at : at + size], at + size
    raise _Unsound


def _array(data: bytes, at: int, depth: int) -> tuple[list[Any], int]:
    count, at = _count(data, at, depth)
    if not count:
        return [], at
    items, at = _items(data, at, count, depth)
    if data[at]:
        # More than one block: another writer's, and rare.
        raise _Unsound
    return items, at + 1


def _map(data: bytes, at: int, depth: int) -> tuple[dict[str, Any], int]:
    count, at = _count(data, at, depth)
    entries: dict[str, Any] = {}
    if not count:
        return entries, at
    at = _entries(data, at, count, depth, entries)
    if data[at]:
        raise _Unsound
    return entries, at + 1


def _count(data: bytes, at: int, depth: int) -> tuple[int, int]:
    count, at = _long(data, at)
    if count < 0 or depth > MAX_DEPTH:
        raise _Unsound
    return count, at


def _size(data: bytes, at: int) -> tuple[int, int]:
    """Read a length of several bytes; gives it doubled, as one byte holds it, and its last place."""
    size, at = _long(data, at)
    if size < 0:
        raise _Unsound
    return size << 1, at - 1


def _long(data: bytes, at: int) -> tuple[int, int]:
    byte = data[at]
    number, shift = byte & 0x7F, 7
    while byte > 0x7F:
        at += 1
        byte = data[at]
        if shift >= 63:
            # The tenth byte carries one bit: the strict walk knows which.
            raise _Unsound
        number |= (byte & 0x7F) << shift
        shift += 7
    return (number >> 1) ^ -(number & 1), at + 1
