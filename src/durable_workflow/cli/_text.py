"""Values as text: for people on a terminal, and as JSON for programs."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, is_dataclass
from datetime import UTC, datetime
from typing import Any

__all__ = ["compact", "moment", "plain", "safe", "shown", "to_json"]

# What could move the cursor, change colours or turn the direction of text: nothing of it may come from data.
_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def safe(text: str) -> str:
    """Return text that can do nothing to a terminal but appear there, on one line."""
    return _UNSAFE.sub(lambda found: json.dumps(found.group())[1:-1], text)


def plain(value: Any) -> Any:
    """Return a value of the client as plain JSON data: models, dataclasses, moments."""
    if hasattr(value, "to_dict"):
        return plain(value.to_dict())
    if is_dataclass(value) and not isinstance(value, type):
        return plain(asdict(value))
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(name): plain(member) for name, member in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return value


def to_json(document: Any) -> str:
    """Return a document as JSON for programs, indented; what JSON has no form for is its text."""
    return json.dumps(plain(document), indent=2, default=str)


def compact(value: Any) -> str:
    """Return a value as JSON on one line, safe to show."""
    return safe(json.dumps(plain(value), ensure_ascii=False, default=str))


def moment(text: Any) -> Any:
    """Return a moment that a server wrote as text, for `shown`; what is none stays as it is."""
    try:
        found = datetime.fromisoformat(text)
    except (TypeError, ValueError):
        return text
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def shown(value: Any) -> str:
    """Return a value as a cell of a table shows it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%SZ")
    if isinstance(value, str):
        return safe(value)
    if isinstance(value, list | tuple) and value and all(isinstance(item, str) for item in value):
        return safe(", ".join(value))
    return compact(value) if value not in ([], {}) else ""
