"""How a prediction is held against what was seen: ids that nobody can know, times, sets of allowed values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from durable_workflow import serializer

__all__ = [
    "At",
    "Call",
    "Decodes",
    "Difference",
    "Expected",
    "Name",
    "Names",
    "OneOf",
    "Seen",
    "differences",
    "moment",
]


class Difference(AssertionError):
    """The server did what the model does not allow."""


@dataclass(frozen=True)
class Call:
    """A request before it is built: what the machine decides, for the server and the model alike."""

    operation: str
    path: Mapping[str, str] = field(default_factory=dict)
    body: Mapping[str, Any] = field(default_factory=dict)
    query: Mapping[str, Any] = field(default_factory=dict)
    key: str | None = None


@dataclass(frozen=True)
class Seen:
    """What the server answered."""

    status: int
    body: Any


@dataclass(frozen=True)
class Expected:
    """What the model predicts: a status (or several that are allowed) and members that must be there."""

    status: int | tuple[int, ...]
    body: Any = field(default_factory=dict)

    def against(self, seen: Seen) -> list[str]:
        allowed = self.status if isinstance(self.status, tuple) else (self.status,)
        if seen.status not in allowed:
            return [f"status {seen.status} instead of {self.status}: {seen.body}"]
        return differences(self.body, seen.body)


class Names:
    """All ids that the server has made, so that none is given twice."""

    def __init__(self) -> None:
        self._taken: dict[str, Name] = {}

    def new(self, what: str) -> Name:
        return Name(what, self)

    def bind(self, value: str, name: Name) -> bool:
        return self._taken.setdefault(value, name) is name


class Name:
    """An id that the server chooses: unknown until it is first seen, the same ever after."""

    def __init__(self, what: str, names: Names) -> None:
        self.what = what
        self.value: str | None = None
        self._names = names

    def meets(self, seen: Any) -> bool:
        """Take the first id seen as the name, if nothing else has it."""
        if self.value is None and isinstance(seen, str) and self._names.bind(seen, self):
            self.value = seen
        return bool(seen == self.value)

    def __repr__(self) -> str:
        return f"<{self.what} {self.value}>"


@dataclass(frozen=True)
class OneOf:
    """Any of these values; the documents leave it open which."""

    values: tuple[Any, ...]

    def meets(self, seen: Any) -> bool:
        if any(value.value == seen if isinstance(value, Name) else value == seen for value in self.values):
            return True
        unknown = [value for value in self.values if isinstance(value, Name) and value.value is None]
        return bool(unknown) and unknown[0].meets(seen)


@dataclass(frozen=True)
class At:
    """A moment in epoch seconds, in either of the two spellings."""

    seconds: float

    def meets(self, seen: Any) -> bool:
        # Some timestamps of the protocol have whole seconds.
        slack = 0.001 if "." in str(seen) else 1.0
        return isinstance(seen, str) and abs(moment(seen) - self.seconds) < slack


@dataclass(frozen=True)
class Decodes:
    """A blob or an envelope of this value."""

    value: Any

    def meets(self, seen: Any) -> bool:
        read: Callable[[Any], Any] = (
            serializer.decode if isinstance(seen, str) else serializer.decode_envelope
        )
        return seen is not None and bool(read(seen) == self.value)


def moment(text: str) -> float:
    """Return the epoch seconds of a timestamp."""
    return datetime.fromisoformat(text).timestamp()


def differences(expected: Any, seen: Any, path: str = "") -> list[str]:
    """Return where what was seen is not what was expected; members that are not expected may be anything."""
    if hasattr(expected, "meets"):
        return [] if expected.meets(seen) else [f"{path}: {seen!r} instead of {expected!r}"]
    if isinstance(expected, Mapping):
        if not isinstance(seen, Mapping):
            return [f"{path}: {seen!r} instead of an object"]
        # A missing member and null mean the same (history-and-replay.md, section 1).
        return [
            text
            for name, value in expected.items()
            for text in differences(value, seen.get(name), f"{path}.{name}")
        ]
    if isinstance(expected, list):
        if not isinstance(seen, list) or len(seen) != len(expected):
            return [f"{path}: {seen!r} instead of {expected!r}"]
        return [
            text
            for number, value in enumerate(expected)
            for text in differences(value, seen[number], f"{path}[{number}]")
        ]
    return [] if seen == expected else [f"{path}: {seen!r} instead of {expected!r}"]
