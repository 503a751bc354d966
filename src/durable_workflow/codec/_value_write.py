"""Value framing, written fast: a walk over plain types, which leaves everything else to the strict one."""

from __future__ import annotations

import math
import struct
from collections.abc import Callable
from typing import Any, Final

from durable_workflow.codec import _value_schema as schema
from durable_workflow.codec import _value_write_strict as strict
from durable_workflow.codec._strict import INT64_MAX, INT64_MIN, MAX_DEPTH

_double: Final = struct.Struct("<Bd").pack
_isfinite: Final = math.isfinite


def varint(number: int) -> bytes:
    """Write an integer in zigzag order, seven bits a byte."""
    rest = (number << 1) ^ (number >> 63)
    data = bytearray()
    while rest > 0x7F:
        data.append(rest & 0x7F | 0x80)
        rest >>= 7
    data.append(rest)
    return bytes(data)


def _before(branch: int) -> list[bytes]:
    return [bytes([2 * branch]) + varint(number) for number in range(_PREPARED)]


_PREPARED: Final = 256
_SIZES: Final = [varint(number) for number in range(_PREPARED)]
_LONGS: Final = _before(schema.LONG)
_STRINGS: Final = _before(schema.STRING)
_ARRAYS: Final = _before(schema.ARRAY)
_MAPS: Final = _before(schema.MAP)
_NULL, _LONG, _BYTES, _STRING, _ARRAY, _MAP = (
    bytes([2 * branch])
    for branch in (schema.NULL, schema.LONG, schema.BYTES, schema.STRING, schema.ARRAY, schema.MAP)
)
_TRUE: Final = bytes([2 * schema.BOOLEAN, 1])
_FALSE: Final = bytes([2 * schema.BOOLEAN, 0])
_DOUBLE: Final = 2 * schema.DOUBLE
_END: Final = b"\x00"

Add = Callable[[bytes], None]


class _Unusual(Exception):
    """Something that the strict walk has to judge."""


def write(value: Any) -> bytes:
    """Write one value as a single-object frame.

    Raises:
        PayloadEncodeError: If a part of the value has no branch in the schema; names its path.
    """
    parts = [schema.PREFIX]
    try:
        _items([value], parts.append, 0)
    except (_Unusual, UnicodeEncodeError, RecursionError):
        return strict.write(value)
    return b"".join(parts)


def _items(items: list[Any], add: Add, depth: int) -> None:
    """Write some values one after the other."""
    for item in items:
        kind = type(item)
        if kind is str:
            data = item.encode()
            size = len(data)
            add(_STRINGS[size] if size < _PREPARED else _STRING + varint(size))
            add(data)
        elif kind is int:
            add(_LONGS[item] if 0 <= item < _PREPARED else _long(item))
        else:
            _other(item, kind, add, depth)


def _entries(entries: dict[Any, Any], add: Add, depth: int) -> None:
    """Write the entries of a map."""
    for key, item in entries.items():
        if type(key) is not str:
            raise _Unusual
        data = key.encode()
        size = len(data)
        add(_SIZES[size] if size < _PREPARED else varint(size))
        add(data)
        kind = type(item)
        if kind is str:
            data = item.encode()
            size = len(data)
            add(_STRINGS[size] if size < _PREPARED else _STRING + varint(size))
            add(data)
        elif kind is int:
            add(_LONGS[item] if 0 <= item < _PREPARED else _long(item))
        else:
            _other(item, kind, add, depth)


def _other(item: Any, kind: type, add: Add, depth: int) -> None:
    """Write a value of one of the types that are not met all the time."""
    if item is None:
        add(_NULL)
    elif kind is dict:
        _container(item, _MAPS, _MAP, add, depth)
        if item:
            _entries(item, add, depth + 1)
            add(_END)
    elif kind is float:
        if not _isfinite(item):
            raise _Unusual
        add(_double(_DOUBLE, item))
    elif kind is bool:
        add(_TRUE if item else _FALSE)
    elif kind is list:
        _container(item, _ARRAYS, _ARRAY, add, depth)
        if item:
            _items(item, add, depth + 1)
            add(_END)
    elif kind is bytes:
        add(_BYTES + varint(len(item)))
        add(item)
    else:
        raise _Unusual


def _container(item: Any, prepared: list[bytes], branch: bytes, add: Add, depth: int) -> None:
    """Write the branch and the count of a list or map; of an empty one that is all."""
    if depth >= MAX_DEPTH:
        raise _Unusual
    size = len(item)
    add(prepared[size] if size < _PREPARED else branch + varint(size))


def _long(number: int) -> bytes:
    if not INT64_MIN <= number <= INT64_MAX:
        raise _Unusual
    return _LONG + varint(number)
