"""The `x-dw-*` extensions of the spec: what exists, where it may stand, which values it takes.

`openapi/README.md` explains them to readers; this table is what the linter holds them against.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tools.spec_document import SpecDocument
from tools.spec_violation import Violation

__all__ = ["EXTENSIONS", "PREFIX", "Extension", "check_extensions"]

PREFIX = "x-dw-"

_Check = Callable[[Any], str | None]


@dataclass(frozen=True, slots=True)
class Extension:
    """One known extension; `check` returns what a value should have been, or None when it is fine."""

    places: frozenset[str]
    check: _Check
    meaning: str


def _one_of(*values: str) -> _Check:
    return lambda value: None if value in values else "must be one of " + ", ".join(values)


def _list_of(*values: str) -> _Check:
    def check(value: Any) -> str | None:
        known = isinstance(value, list) and all(entry in values for entry in value)
        return None if known and len(set(value)) == len(value) else "must be a list of: " + ", ".join(values)

    return check


def _matching(pattern: str, expectation: str) -> _Check:
    return lambda value: (
        None if isinstance(value, str) and re.fullmatch(pattern, value) else f"must be {expectation}"
    )


def _true(value: Any) -> str | None:
    return None if value is True else "must be true (leave it out otherwise)"


def _reasons(value: Any) -> str | None:
    if not isinstance(value, list) or not all(isinstance(entry, str) and entry for entry in value):
        return "must be a list of strings"
    return None if len(set(value)) == len(value) else "must not repeat a reason"


def _statuses(value: Any) -> str | None:
    fine = (
        isinstance(value, list) and value and all(type(code) is int and 400 <= code < 600 for code in value)
    )
    return None if fine else "must be a list of 4xx/5xx numbers, such as [422]"


def _members(required: Mapping[str, tuple[type | None, ...]]) -> _Check:
    def check(value: Any) -> str | None:
        if not isinstance(value, Mapping) or set(value) != set(required):
            return "must be a mapping with exactly the members " + ", ".join(required)
        for name, types in required.items():
            allowed = tuple(type(None) if kind is None else kind for kind in types)
            if not isinstance(value[name], allowed):
                return f"has a wrong value in {name}"
        return None

    return check


def _schemas_by_name(value: Any) -> str | None:
    fine = isinstance(value, Mapping) and all(
        isinstance(target, str) and target.startswith("#/components/schemas/") for target in value.values()
    )
    return None if fine and value else "must map event types to #/components/schemas/..."


_NAME = _matching(r"[a-z][a-z0-9_]*", "a capability name in snake_case")
_WHY = _matching(r"(?s).*\S.{5,}", "a sentence that says why")
_CONTRACT = frozenset({"operation", "parameter", "header", "response", "schema", "media-type", "link"})

EXTENSIONS: Mapping[str, Extension] = {
    "x-dw-plane": Extension(
        frozenset({"operation"}),
        _one_of("service", "control", "worker"),
        "which plane answers, and so which headers",
    ),
    "x-dw-roles": Extension(
        frozenset({"operation"}),
        _list_of("worker", "operator", "admin"),
        "roles accepted; empty means everybody",
    ),
    "x-dw-idempotency": Extension(
        frozenset({"operation"}),
        _matching(r"natural|none|key:\S(.*\S)?", "natural, none or key:<where the key stands>"),
        "whether sending twice is safe",
    ),
    "x-dw-long-poll": Extension(
        frozenset({"operation"}),
        _members({"timeout_field": (str, None), "empty": (str,)}),
        "the server may hold the answer; how long, and what it says when nothing came",
    ),
    "x-dw-paging": Extension(
        frozenset({"operation"}),
        _members({"token": (str,), "next": (str,)}),
        "where the page token goes and comes",
    ),
    "x-dw-semantic": Extension(
        frozenset({"operation"}), _statuses, "statuses that schema-valid input may still get"
    ),
    "x-dw-since": Extension(
        _CONTRACT,
        _matching(
            r"ours|[0-9]+\.[0-9]+|[a-z0-9][a-z0-9.-]*", "a protocol version such as 1.0 (in quotes), or ours"
        ),
        "what brought it",
    ),
    "x-dw-reasons": Extension(frozenset({"response"}), _reasons, "values of `reason` in this error body"),
    "x-dw-no-reason": Extension(
        frozenset({"response"}), _true, "this error body has no `reason`, or not always"
    ),
    "x-dw-plain": Extension(frozenset({"schema"}), _true, "plain JSON in generated code, exact here"),
    "x-dw-open": Extension(frozenset({"schema"}), _WHY, "open on purpose, with the reason"),
    "x-dw-legacy": Extension(
        frozenset({"schema"}),
        lambda value: None if value is True or _WHY(value) is None else "must be true or a sentence",
        "read from old servers, never written by ours",
    ),
    "x-dw-capability": Extension(_CONTRACT, _NAME, "advertised in cluster info under this name"),
    "x-dw-event-payloads": Extension(
        frozenset({"schema"}), _schemas_by_name, "the payload schema of each event type"
    ),
}


def check_extensions(spec: SpecDocument) -> Iterator[Violation]:
    """Find extensions that are unknown, misplaced or have a wrong value."""
    for place in spec.places:
        for key, value in place.node.items():
            if key.startswith(PREFIX):
                yield from _check_one(place.kind, (*place.path, key), key, value)


def _check_one(kind: str, path: tuple[str, ...], key: str, value: Any) -> Iterator[Violation]:
    extension = EXTENSIONS.get(key)
    if extension is None:
        yield Violation(path, "unknown extension", "known are " + ", ".join(EXTENSIONS))
    elif kind not in extension.places:
        allowed = ", ".join(sorted(extension.places))
        yield Violation(path, f"not allowed on a {kind}", f"it belongs on: {allowed}")
    elif (expectation := extension.check(value)) is not None:
        yield Violation(path, f"wrong value {value!r}", f"it {expectation}")
