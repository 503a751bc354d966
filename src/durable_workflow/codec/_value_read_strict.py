"""Value framing, read in one careful walk, stricter than a general Avro reader; its word is the last one."""

from __future__ import annotations

import math
import struct
from collections.abc import Callable, Iterator
from typing import Any, Final

from durable_workflow.codec import _value_schema as schema
from durable_workflow.codec._faults import undecodable
from durable_workflow.codec._strict import MAX_DEPTH

_unpack_double: Final = struct.Struct("<d").unpack


def read(frame: bytes) -> Any:
    """Read the value of a single-object frame.

    Raises:
        PayloadDecodeError: If it was written for another schema, is cut, or breaks a rule of the format.
    """
    if len(frame) < len(schema.PREFIX):
        raise undecodable("truncated", "it ends inside its frame prefix")
    if not frame.startswith(schema.PREFIX):
        found = frame[len(schema.MAGIC) : len(schema.PREFIX)].hex()
        raise undecodable("unsupported_payload_schema", f"its schema fingerprint {found} is unknown")
    cursor = _Cursor(frame, len(schema.PREFIX))
    try:
        value = _read(cursor, 0)
    except RecursionError:
        raise undecodable("nesting_too_deep", "it is nested too deeply for the calling stack") from None
    left = len(frame) - cursor.at
    if left:
        raise undecodable("trailing_bytes", f"{left} bytes follow its end")
    return value


class _Cursor:
    """A place inside a frame, and the primitives that move it."""

    __slots__ = ("at", "data")

    def __init__(self, data: bytes, at: int) -> None:
        self.data = data
        self.at = at

    def byte(self) -> int:
        at = self.at
        if at >= len(self.data):
            raise undecodable("truncated", f"it ends at byte {at}, where more is expected")
        self.at = at + 1
        return self.data[at]

    def take(self, count: int) -> bytes:
        end = self.at + count
        if end > len(self.data):
            raise undecodable("truncated", f"{count} bytes are declared at byte {self.at}, fewer follow")
        part = self.data[self.at : end]
        self.at = end
        return part

    def long(self) -> int:
        byte = self.byte()
        number = byte & 0x7F
        shift = 7
        while byte & 0x80:
            byte = self.byte()
            # The tenth byte carries the one bit that is left of 64.
            if shift == 63 and byte > 1:
                raise undecodable("invalid_varint", f"the number before byte {self.at} exceeds 64 bits")
            number |= (byte & 0x7F) << shift
            shift += 7
        return (number >> 1) ^ -(number & 1)

    def sized(self) -> bytes:
        count = self.long()
        if count < 0:
            raise undecodable("invalid_length", f"the length before byte {self.at} is negative")
        return self.take(count)

    def text(self) -> str:
        data = self.sized()
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            raise undecodable("invalid_utf8", f"the text before byte {self.at} is not UTF-8") from None

    def blocks(self) -> Iterator[int]:
        """Give the item count of each block until the closing zero."""
        while count := self.long():
            if count < 0:
                self.long()  # the block's size in bytes, of use only to readers that skip it
            yield abs(count)


def _read(cursor: _Cursor, depth: int) -> Any:
    branch = cursor.long()
    if not 0 <= branch < len(_READERS):
        raise undecodable("unknown_branch", f"branch {branch} before byte {cursor.at} is none of 0 to 7")
    return _READERS[branch](cursor, depth)


def _read_null(cursor: _Cursor, depth: int) -> None:
    return None


def _read_boolean(cursor: _Cursor, depth: int) -> bool:
    byte = cursor.byte()
    if byte > 1:
        raise undecodable("invalid_boolean", f"the boolean before byte {cursor.at} is {byte}")
    return byte == 1


def _read_long(cursor: _Cursor, depth: int) -> int:
    return cursor.long()


def _read_double(cursor: _Cursor, depth: int) -> float:
    number: float = _unpack_double(cursor.take(8))[0]
    if not math.isfinite(number):
        raise undecodable("non_finite_float", f"the number before byte {cursor.at} is {number}")
    return number


def _read_bytes(cursor: _Cursor, depth: int) -> bytes:
    return cursor.sized()


def _read_string(cursor: _Cursor, depth: int) -> str:
    return cursor.text()


def _read_array(cursor: _Cursor, depth: int) -> list[Any]:
    _guard(depth)
    items: list[Any] = []
    for count in cursor.blocks():
        left = count
        while left:
            items.append(_read(cursor, depth + 1))
            left -= 1
    return items


def _read_map(cursor: _Cursor, depth: int) -> dict[str, Any]:
    _guard(depth)
    entries: dict[str, Any] = {}
    for count in cursor.blocks():
        left = count
        while left:
            key = cursor.text()
            entries[key] = _read(cursor, depth + 1)
            left -= 1
    return entries


def _guard(depth: int) -> None:
    if depth >= MAX_DEPTH:
        raise undecodable("nesting_too_deep", f"it nests more than {MAX_DEPTH} containers")


_READERS: Final[tuple[Callable[[_Cursor, int], Any], ...]] = (
    _read_null,
    _read_boolean,
    _read_long,
    _read_double,
    _read_bytes,
    _read_string,
    _read_array,
    _read_map,
)
