"""JSON as the server reads and writes it: strict in, compact out.

With msgspec where it is installed, which takes a quarter of the time and keeps integers of any length;
without it the standard library gives the same values.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any, NoReturn

__all__ = ["MAX_DEPTH", "MalformedJson", "dump", "load", "parse"]

MAX_DEPTH = 200
"""How deep a body may be nested: far from where Python's own recursion ends."""

_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
_BRACKETS = re.compile(r'"(?:[^"\\]++|\\.)*+"?|([\[{])|([\]}])', re.DOTALL)


class MalformedJson(ValueError):
    """The text is no JSON, or uses what JSON allows and no other reader could take."""


def _refuse_constant(name: str) -> NoReturn:
    raise MalformedJson(f"{name} is not JSON")


def _finite(text: str) -> float:
    value = float(text)
    if value - value != 0.0:
        raise MalformedJson("a number is too large")
    return value


def _fast_decoder() -> Callable[[bytes | str], Any] | None:
    try:
        import msgspec
    except ImportError:
        return None
    return msgspec.json.Decoder().decode


def _fast_encoder() -> Callable[[Any], bytes] | None:
    try:
        import msgspec
    except ImportError:
        return None
    return msgspec.json.Encoder().encode


_fast_decode, _fast_encode = _fast_decoder(), _fast_encoder()
_decoder = json.JSONDecoder(parse_constant=_refuse_constant, parse_float=_finite)
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode


def parse(raw: bytes) -> Any:
    """Return the value of a JSON text in UTF-8.

    Args:
        raw: The text.

    Raises:
        MalformedJson: With words about what is wrong.
    """
    try:
        return _decoded(raw)
    except MalformedJson:
        raise
    except json.JSONDecodeError as error:
        raise MalformedJson(f"{error.msg} at line {error.lineno}, column {error.colno}") from error
    except UnicodeDecodeError as error:
        raise MalformedJson(f"byte {error.start} is not UTF-8") from error
    except UnicodeEncodeError as error:
        raise MalformedJson("half of a surrogate pair stands alone") from error
    except ValueError as error:
        # int() refuses texts of some thousand digits.
        raise MalformedJson("a number is too long") from error


def _decoded(raw: bytes) -> Any:
    text = raw.decode("utf-8")
    _check_depth(text)
    if _fast_decode is not None:
        try:
            return _fast_decode(raw)
        except ValueError:
            # What msgspec does not take is left to the words of the other one.
            pass
    value = _decoder.decode(text)
    if _SURROGATE.search(text):
        _encode(value).encode("utf-8")
    return value


def load(text: str) -> Any:
    """Return the value of a JSON text that this server wrote."""
    return json.loads(text) if _fast_decode is None else _fast_decode(text)


def dump(value: Any) -> bytes:
    """Return the compact JSON text of a value, in UTF-8.

    Args:
        value: The value; its numbers are finite, as are all that come in.
    """
    return _encode(value).encode("utf-8") if _fast_encode is None else _fast_encode(value)


def _check_depth(text: str) -> None:
    if text.count("[") + text.count("{") <= MAX_DEPTH:
        return
    depth = 0
    for found in _BRACKETS.finditer(text):
        depth += bool(found[1]) - bool(found[2])
        if depth > MAX_DEPTH:
            raise MalformedJson(f"nested more than {MAX_DEPTH} levels deep")
