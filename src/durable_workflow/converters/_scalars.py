"""Single values that have a text or a number on the wire: how each is written and read."""

from __future__ import annotations

import base64
import binascii
import datetime
import decimal
import pathlib
import uuid
from collections.abc import Callable
from typing import Any, Final

from attrs import frozen

from durable_workflow.converters._faults import expected


@frozen
class Scalar:
    """A type whose values are one text or one number on the wire."""

    write: Callable[[Any], Any]
    read: Callable[[Any], Any]


def _from_text(words: str, parse: Callable[[str], Any]) -> Callable[[Any], Any]:
    def read(value: Any) -> Any:
        if isinstance(value, str):
            try:
                return parse(value)
            except (ValueError, ArithmeticError):
                pass
        raise expected(words, value)

    return read


def _read_decimal(value: Any) -> decimal.Decimal:
    # Not every language writes decimals as text.
    if isinstance(value, int | float) and not isinstance(value, bool):
        return decimal.Decimal(str(value))
    number: decimal.Decimal = _from_text("a decimal number as text", decimal.Decimal)(value)
    return number


def _read_timedelta(value: Any) -> datetime.timedelta:
    if isinstance(value, int | float) and not isinstance(value, bool):
        try:
            return datetime.timedelta(seconds=value)
        except OverflowError:
            pass
    raise expected("a number of seconds", value)


def _write_timedelta(value: datetime.timedelta) -> int | float:
    seconds = value.total_seconds()
    return int(seconds) if seconds.is_integer() else seconds


def _read_bytes(value: Any) -> bytes:
    if isinstance(value, bytes):
        return value
    if isinstance(value, str):
        try:
            return base64.b64decode(value, validate=True)
        except (binascii.Error, ValueError):
            pass
    raise expected("bytes as base64 text", value)


def _write_bytes(value: bytes | bytearray) -> str:
    return base64.b64encode(value).decode("ascii")


def _isoformat(value: Any) -> str:
    text: str = value.isoformat()
    return text


# The first type in this order of which a value is an instance writes it: a datetime is a date, too.
SCALARS: Final[dict[type, Scalar]] = {
    datetime.datetime: Scalar(
        _isoformat, _from_text("a date with a time (ISO 8601)", datetime.datetime.fromisoformat)
    ),
    datetime.date: Scalar(_isoformat, _from_text("a date (ISO 8601)", datetime.date.fromisoformat)),
    datetime.time: Scalar(_isoformat, _from_text("a time of day (ISO 8601)", datetime.time.fromisoformat)),
    datetime.timedelta: Scalar(_write_timedelta, _read_timedelta),
    decimal.Decimal: Scalar(str, _read_decimal),
    uuid.UUID: Scalar(str, _from_text("a UUID", uuid.UUID)),
    pathlib.PurePath: Scalar(str, _from_text("a path", pathlib.PurePath)),
    pathlib.Path: Scalar(str, _from_text("a path", pathlib.Path)),
    bytes: Scalar(_write_bytes, _read_bytes),
    bytearray: Scalar(_write_bytes, lambda value: bytearray(_read_bytes(value))),
}


def _read_integer(value: Any) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise expected("a whole number", value)


def _read_float(value: Any) -> float:
    # Whole numbers are written without a fraction by some languages.
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    raise expected("a number", value)


def _plain(kind: type, words: str) -> Callable[[Any], Any]:
    def read(value: Any) -> Any:
        if isinstance(value, kind):
            return value
        raise expected(words, value)

    return read


PLAIN: Final[dict[Any, Callable[[Any], Any]]] = {
    int: _read_integer,
    float: _read_float,
    bool: _plain(bool, "a boolean"),
    str: _plain(str, "text"),
    list: _plain(list, "a list"),
    dict: _plain(dict, "an object"),
    type(None): _plain(type(None), "null"),
    None: _plain(type(None), "null"),
}
"""Types that are their own wire form: how their values are checked inside typed ones."""
