"""JSON text, in both directions, without the leniencies of the standard library."""

from __future__ import annotations

import json
import math
from typing import Any, Final, NoReturn

from durable_workflow.codec import _strict
from durable_workflow.codec._faults import Refused, undecodable

_ENCODER: Final = json.JSONEncoder(
    ensure_ascii=False, check_circular=False, allow_nan=False, separators=(",", ":")
)


def write(value: Any) -> str:
    """Write compact JSON text after checking every part of the value.

    Raises:
        PayloadEncodeError: If a part of the value has no JSON form; names its path.
    """
    try:
        _strict.check(value)
        return _ENCODER.encode(value)
    except Refused as fault:
        raise fault.error() from None
    except RecursionError:
        raise _strict.too_deep().error() from None


def read(text: str, code: str) -> Any:
    """Read JSON text.

    Args:
        text: The text; anything that RFC 8259 calls JSON.
        code: The code of the error for text that is not JSON.

    Raises:
        PayloadDecodeError: If it is not JSON, or holds numbers or text that no payload can hold.
    """
    try:
        value = _DECODER.decode(text)
        if "\\u" in text:
            _ENCODER.encode(value).encode("utf-8")
        return value
    except RecursionError:
        raise undecodable("nesting_too_deep", "its JSON text is nested too deeply") from None
    except UnicodeEncodeError:
        raise undecodable(code, "its JSON text escapes an unpaired surrogate") from None
    except ValueError as error:
        raise undecodable(code, f"its JSON text is invalid ({_reason(error)})") from None


def looks_like_json(text: str) -> bool:
    """Tell whether a text that is no base64 frame is JSON text that lost its label."""
    start = text.lstrip()
    if start.startswith(("{", "[", '"')):
        return True
    try:
        _DECODER.decode(start[:64])
    except (ValueError, RecursionError):
        return False
    return True


def _reason(error: ValueError) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg} at character {error.pos}"
    return str(error)


def _finite(text: str) -> float:
    number = float(text)
    if math.isfinite(number):
        return number
    raise ValueError("a number is too large for a float")


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


_DECODER: Final = json.JSONDecoder(parse_float=_finite, parse_constant=_no_constant)
