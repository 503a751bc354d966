"""Value framing, written in one careful walk that names the path of what cannot be written."""

from __future__ import annotations

import struct
from collections.abc import Callable
from typing import Any, Final

from durable_workflow.codec import _strict
from durable_workflow.codec._faults import Refused
from durable_workflow.codec._value_schema import (
    ARRAY,
    BOOLEAN,
    BYTES,
    DOUBLE,
    LONG,
    MAP,
    NULL,
    PREFIX,
    STRING,
)

_pack_double: Final = struct.Struct("<d").pack
_BRANCH: Final = [bytes([2 * index]) for index in range(8)]
_END: Final = b"\x00"


def write(value: Any) -> bytes:
    """Write one value as a single-object frame.

    Raises:
        PayloadEncodeError: If a part of the value has no branch in the schema; names its path.
    """
    frame = bytearray(PREFIX)
    try:
        _write(frame, value, 0)
    except Refused as fault:
        raise fault.error() from None
    except RecursionError:
        raise _strict.too_deep().error() from None
    return bytes(frame)


def _write(out: bytearray, value: Any, depth: int) -> None:
    _WRITERS[_strict.kind_of(value)](out, value, depth)


def _write_null(out: bytearray, value: None, depth: int) -> None:
    out += _BRANCH[NULL]


def _write_boolean(out: bytearray, value: bool, depth: int) -> None:
    out += _BRANCH[BOOLEAN]
    out += b"\x01" if value else b"\x00"


def _write_long(out: bytearray, value: int, depth: int) -> None:
    _strict.check_integer(value)
    out += _BRANCH[LONG]
    _put_long(out, int(value))


def _write_double(out: bytearray, value: float, depth: int) -> None:
    _strict.check_float(value)
    out += _BRANCH[DOUBLE]
    out += _pack_double(value)


def _write_bytes(out: bytearray, value: bytes, depth: int) -> None:
    out += _BRANCH[BYTES]
    _put_long(out, len(value))
    out += value


def _write_string(out: bytearray, value: str, depth: int) -> None:
    _strict.check_text(value)
    out += _BRANCH[STRING]
    _put_text(out, value)


def _write_array(out: bytearray, value: list[Any], depth: int) -> None:
    depth = _strict.deeper(depth)
    out += _BRANCH[ARRAY]
    if value:
        _put_long(out, len(value))
        for index, item in enumerate(value):
            try:
                _write(out, item, depth)
            except Refused as fault:
                fault.inside(index)
                raise
    out += _END


def _write_map(out: bytearray, value: dict[Any, Any], depth: int) -> None:
    depth = _strict.deeper(depth)
    out += _BRANCH[MAP]
    if value:
        _put_long(out, len(value))
        for key, item in value.items():
            _strict.check_key(key)
            _put_text(out, key)
            try:
                _write(out, item, depth)
            except Refused as fault:
                fault.inside(key)
                raise
    out += _END


def _put_text(out: bytearray, text: str) -> None:
    data = str.encode(text, "utf-8")
    _put_long(out, len(data))
    out += data


def _put_long(out: bytearray, number: int) -> None:
    rest = (number << 1) ^ (number >> 63)
    while rest > 0x7F:
        out.append(rest & 0x7F | 0x80)
        rest >>= 7
    out.append(rest)


_WRITERS: Final[dict[type, Callable[[bytearray, Any, int], None]]] = {
    type(None): _write_null,
    bool: _write_boolean,
    int: _write_long,
    float: _write_double,
    bytes: _write_bytes,
    str: _write_string,
    list: _write_array,
    dict: _write_map,
}
