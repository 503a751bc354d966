"""Which Python values may be written: those that compare equal after a round trip.

So `None`, booleans, 64-bit integers, finite floats, well-formed text, lists and string-keyed dicts pass,
and subclasses of them (a `StrEnum` member, a `defaultdict`) as their plain form. A tuple would come back
as a list and a key `1` as `"1"`: both are refused, with the place and the remedy.
"""

from __future__ import annotations

import math
from typing import Any, Final

from durable_workflow.codec._faults import Refused

MAX_DEPTH: Final = 256
"""Containers inside one another; the readers of other languages stop between 300 and 512."""

INT64_MIN: Final = -(2**63)
INT64_MAX: Final = 2**63 - 1

_PLAIN: Final = frozenset({type(None), bool, int, float, str, list, dict, bytes})
_BASES: Final = (str, int, float, dict, list, bytes)

_MARKS: Final = {
    "__dataclass_fields__": "Send dataclasses.asdict(value).",
    "__attrs_attrs__": "Send attrs.asdict(value).",
    "model_dump": 'Send value.model_dump(mode="json").',
    "__members__": "Send value.value.",
}
_REMEDIES: Final = {
    "Decimal": "Send str(value).",
    "UUID": "Send str(value).",
    "bytearray": "Send base64 text.",
    "bytes": "Send base64 text.",
    "complex": "Send a list of two floats.",
    "date": "Send value.isoformat().",
    "datetime": "Send value.isoformat().",
    "frozenset": "Send sorted(value).",
    "memoryview": "Send base64 text.",
    "set": "Send sorted(value).",
    "time": "Send value.isoformat().",
    "timedelta": "Send value.total_seconds().",
}


def check(value: Any, depth: int = 0) -> None:
    """Refuse what JSON text cannot carry to every reader unchanged.

    Raises:
        Refused: With the path of the first offending part.
    """
    kind = type(value)
    if kind not in _PLAIN:
        kind = kind_of(value)
    if kind is str:
        if not value.isascii():
            check_text(value)
    elif kind is int:
        check_integer(value)
    elif kind is float:
        check_float(value)
    elif kind is dict:
        _check_dict(value, deeper(depth))
    elif kind is list:
        _check_list(value, deeper(depth))
    elif kind is bytes:
        raise wrong_type(value)


def _check_dict(value: dict[Any, Any], depth: int) -> None:
    for key, item in value.items():
        if type(key) is not str or not key.isascii():
            check_key(key)
        try:
            check(item, depth)
        except Refused as fault:
            fault.inside(key)
            raise


def _check_list(value: list[Any], depth: int) -> None:
    for index, item in enumerate(value):
        try:
            check(item, depth)
        except Refused as fault:
            fault.inside(index)
            raise


def kind_of(value: Any) -> type:
    """Give the plain type as which a value is written.

    Raises:
        Refused: For every other type, with a remedy.
    """
    kind = type(value)
    if kind in _PLAIN:
        return kind
    for base in _BASES:
        if isinstance(value, base):
            return base
    raise wrong_type(value)


def check_text(value: str) -> None:
    """Refuse text with unpaired surrogates."""
    if value.isascii():
        return
    try:
        str.encode(value, "utf-8")
    except UnicodeEncodeError as error:
        raise Refused(
            "invalid_utf8_string",
            f"text with an unpaired surrogate at index {error.start} is not Unicode",
            "Decode its source with the right encoding, or send base64 text.",
        ) from None


def check_key(key: Any) -> None:
    """Refuse keys that are not well-formed text."""
    if isinstance(key, str):
        check_text(key)
        return
    raise Refused(
        "invalid_map_key",
        f"the key {_short(key)} is of type {type(key).__name__}, keys are strings",
        "Write str(key), or send a list of pairs.",
    )


def check_integer(value: int) -> None:
    """Refuse integers that other languages would round."""
    if not INT64_MIN <= value <= INT64_MAX:
        raise Refused("integer_overflow", "the integer does not fit into 64 bits", "Send str(value).")


def check_float(value: float) -> None:
    """Refuse NaN and infinities."""
    if not math.isfinite(value):
        raise Refused("non_finite_float", f"{float(value)} is no payload value", "Send None or a string.")


def deeper(depth: int) -> int:
    """Count one more container around the values to come."""
    if depth >= MAX_DEPTH:
        raise too_deep()
    return depth + 1


def too_deep() -> Refused:
    """Build the fault of a value that has too many levels, or contains itself."""
    return Refused(
        "nesting_too_deep",
        f"more than {MAX_DEPTH} containers are nested here",
        "Flatten the value, and check that it does not contain itself.",
    )


def wrong_type(value: Any) -> Refused:
    """Build the fault of a value that has no payload type; says how to convert it."""
    kind = type(value)
    return Refused("unsupported_value_type", f"{kind.__name__} is no payload type", _remedy(kind))


def _remedy(kind: type) -> str:
    if issubclass(kind, tuple):
        return "Send list(value): a reader gets a list, never a tuple."
    for mark, remedy in _MARKS.items():
        if hasattr(kind, mark):
            return remedy
    return _REMEDIES.get(kind.__name__, "Convert it to None, bool, int, float, str, list or dict first.")


def _short(key: Any) -> str:
    shown = repr(key) if isinstance(key, (int, float, bool, type(None), bytes, tuple)) else "<object>"
    return shown if len(shown) <= 60 else shown[:57] + "..."
