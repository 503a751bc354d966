"""Checks of arguments, made before anything is sent; every error names the parameter."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from typing import Any

from ..errors import InvalidArgument

__all__ = [
    "arguments",
    "heartbeat_details",
    "jitter",
    "mapping",
    "message_name",
    "name",
    "one_of",
    "optional_name",
    "optional_whole",
    "retention",
    "schedule_id",
    "seconds",
    "signal_name",
    "text_list",
    "whole",
    "whole_seconds",
    "workflow_id",
]

_WORKFLOW_ID = re.compile(r"[a-zA-Z0-9._:-]{1,128}")
_DETAIL_KEY = re.compile(r"[A-Za-z0-9_.:-]{1,64}")
_SURROGATE = re.compile("[\ud800-\udfff]")
_LARGEST = 2**31 - 1


def _refuse(parameter: str, rule: str, value: Any) -> InvalidArgument:
    message = f"{parameter} must be {rule}, not {_short(value)}"
    return InvalidArgument(message, {parameter: [f"must be {rule}"]})


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 80 else text[:77] + "..."


def name(parameter: str, value: Any, longest: int = 255) -> str:
    """Return a name: text with something in it."""
    if isinstance(value, str) and value.strip() and len(value) <= longest and _is_unicode(value):
        return value
    raise _refuse(parameter, f"non-empty text of at most {longest} characters", value)


def _is_unicode(text: str) -> bool:
    """Return whether a text has a form in UTF-8: half a surrogate pair has none."""
    return text.isascii() or not _SURROGATE.search(text)


def optional_name(parameter: str, value: Any, longest: int = 255) -> str | None:
    """Return a name or None."""
    return None if value is None else name(parameter, value, longest)


def workflow_id(value: Any) -> str:
    """Return a workflow id that servers take and that is one segment of a path."""
    if isinstance(value, str) and _WORKFLOW_ID.fullmatch(value):
        return value
    raise _refuse("workflow_id", "1 to 128 characters of a-z, A-Z, 0-9, '.', '_', ':' and '-'", value)


def schedule_id(value: Any) -> str:
    """Return a schedule id: at most 128 characters."""
    return name("schedule_id", value, 128)


def retention(value: Any) -> int | None:
    """Return a number of days for which closed runs are kept, 1 to 365, or None."""
    return None if value is None else whole("retention_days", value, "a whole number of days", 365)


def jitter(value: Any) -> int | None:
    """Return a largest delay in seconds, 0 to 3600, or None."""
    if value is None or (isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 3600):
        return value
    raise _refuse("jitter_seconds", "a whole number from 0 to 3600", value)


def signal_name(value: Any) -> str:
    """Return a signal name: at most 256 bytes, no control characters."""
    return message_name("signal_name", value)


def message_name(parameter: str, value: Any) -> str:
    """Return the name of a signal, query or update: at most 256 bytes, no control characters."""
    plain = isinstance(value, str) and value.strip() and not re.search(r"[\x00-\x1f\x7f]", value)
    if plain and _is_unicode(value) and len(value.encode()) <= 256:
        text: str = value
        return text
    raise _refuse(parameter, "non-empty text of at most 256 bytes without control characters", value)


def arguments(parameter: str, value: Any) -> list[Any]:
    """Return positional arguments as a list; None means none."""
    if value is None:
        return []
    if isinstance(value, list | tuple):
        return list(value)
    raise _refuse(parameter, "a list of positional arguments", value)


def mapping(parameter: str, value: Any) -> dict[str, Any] | None:
    """Return a mapping with text keys as a dict, or None."""
    if value is None:
        return None
    if isinstance(value, Mapping) and all(isinstance(key, str) for key in value):
        return dict(value)
    raise _refuse(parameter, "a mapping with text keys", value)


def text_list(parameter: str, value: Any) -> list[str]:
    """Return a list of names; None means an empty one."""
    if value is None:
        return []
    if isinstance(value, Sequence) and not isinstance(value, str | bytes):
        return [name(parameter, each) for each in value]
    raise _refuse(parameter, "a list of names", value)


def seconds(parameter: str, value: Any) -> float:
    """Return a span of time in seconds, zero or more."""
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if number and math.isfinite(value) and value >= 0:
        return float(value)
    raise _refuse(parameter, "a number of seconds, zero or more", value)


def whole_seconds(parameter: str, value: Any) -> int | None:
    """Return a timeout that the server keeps: whole seconds, at least one; None for no limit."""
    return None if value is None else whole(parameter, value, "a whole number of seconds")


def whole(parameter: str, value: Any, kind: str = "a whole number", most: int = _LARGEST) -> int:
    """Return a whole number from 1 up."""
    if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= most:
        return value
    raise _refuse(parameter, f"{kind} from 1 to {most}", value)


def heartbeat_details(value: Any) -> dict[str, Any] | None:
    """Return heartbeat details; servers of protocol 1.0 answer 500 to others than these."""
    details = mapping("details", value)
    if details is None:
        return None
    if len(details) > 20:
        raise _refuse("details", "a mapping of at most 20 entries", value)
    for key, detail in details.items():
        if not _DETAIL_KEY.fullmatch(key) or not _is_flat(detail):
            rule = (
                "flat: keys of 1 to 64 characters of A-Z, a-z, 0-9, '_', '.', ':' and '-'; values None, bool,"
                " a finite number or text of 1 to 191 characters"
            )
            raise _refuse(f"details[{key!r}]", rule, detail)
    return details


def _is_flat(detail: Any) -> bool:
    if isinstance(detail, str):
        return bool(detail.strip()) and len(detail) <= 191
    return (
        detail is None
        or isinstance(detail, bool | int)
        or (isinstance(detail, float) and math.isfinite(detail))
    )


def optional_whole(parameter: str, value: Any) -> int | None:
    """Return a whole number from 1 up, or None."""
    return None if value is None else whole(parameter, value)


def one_of(parameter: str, value: Any, known: Sequence[str]) -> str:
    """Return one of some known words."""
    if isinstance(value, str) and value in known:
        return value
    raise _refuse(parameter, f"one of {', '.join(known)}", value)
