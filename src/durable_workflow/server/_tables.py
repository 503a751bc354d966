"""Schemas that choose by the value of a member, looked up instead of tried one after the other.

An event's payload depends on the event's type: the specification says so by one condition for each type. A
validator tries all of them for every event, which makes a page of history ten times as dear as what surrounds
it. And an event never changes, so one with an id is looked at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import jsonschema_rs

from durable_workflow.server._document import Document, Place
from durable_workflow.server._messages import explain

__all__ = ["Choice", "choices_of", "without_tables"]

# A few conditions are tried as fast as one is looked up.
_MANY = 8
# Some megabytes of ids.
_REMEMBERED = 50_000
_ALTERNATIVES = ("allOf", "anyOf", "oneOf")

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Condition:
    """If ``member`` is ``value``, ``target`` must fit the schema at ``step`` below the table."""

    member: str
    value: str
    target: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A place in a body whose objects choose the schema of one member by another.

    Args:
        path: The steps that lead there; ``*`` stands for every element of a list.
        member: The member that chooses.
        target: The member that is chosen for.
        validators: By the value of the choosing member; any other value allows anything.
        passed: The ids of objects that fitted before.
    """

    path: Path
    member: str
    target: str
    validators: Mapping[Any, jsonschema_rs.Validator]
    passed: set[str] = field(default_factory=set)

    def problems(self, body: Any) -> Iterator[tuple[str, str]]:
        """Yield dotted paths and messages for what does not fit."""
        for place, found in _at(body, self.path, ()):
            identity = found.get("id")
            if identity is not None and identity in self.passed:
                continue
            errors = self._explained(found, place)
            if errors:
                yield from ((path, text) for path, texts in errors.items() for text in texts)
            elif isinstance(identity, str):
                self._remember(identity)

    def _explained(self, found: Mapping[str, Any], place: Path) -> dict[str, list[str]]:
        validator = self.validators.get(found.get(self.member))
        if validator is None or self.target not in found or validator.is_valid(found[self.target]):
            return {}
        return explain(validator.iter_errors(found[self.target]), ".".join((*place, self.target)))

    def _remember(self, identity: str) -> None:
        if len(self.passed) >= _REMEMBERED:
            self.passed.clear()
        self.passed.add(identity)


def _at(value: Any, path: Path, place: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    if not path:
        if isinstance(value, dict):
            yield place, value
    elif path[0] == "*":
        for index, item in enumerate(value if isinstance(value, list) else ()):
            yield from _at(item, path[1:], (*place, str(index)))
    elif isinstance(value, dict) and path[0] in value:
        yield from _at(value[path[0]], path[1:], (*place, path[0]))


def without_tables(node: Any) -> Any:
    """Return a copy of a document in which no schema chooses among many."""
    if isinstance(node, list):
        return [without_tables(child) for child in node]
    if not isinstance(node, dict):
        return node
    copy = {key: without_tables(child) for key, child in node.items()}
    if _table(node):
        del copy["allOf"]
    return copy


def choices_of(document: Document, place: Place) -> list[Choice]:
    """Return every choice among many in the bodies that a schema describes.

    Args:
        document: The document, with its tables.
        place: The schema.
    """
    return list(_choices(document, place, (), ()))


def _choices(document: Document, place: Place, path: Path, above: Path) -> Iterator[Choice]:
    place = document.follow(place)
    if not isinstance(place.node, dict) or place.pointer in above:
        return
    above = (*above, place.pointer)
    table = _table(place.node)
    if table:
        yield _compiled(document, place, path, table)
        return
    for keyword in _ALTERNATIVES:
        for index in range(len(place.node.get(keyword, ()))):
            yield from _choices(document, place / keyword / str(index), path, above)
    for name in place.node.get("properties", {}):
        yield from _choices(document, place / "properties" / name, (*path, name), above)
    if "items" in place.node:
        yield from _choices(document, place / "items", (*path, "*"), above)


def _table(node: Mapping[str, Any]) -> list[_Condition]:
    """Return the conditions of a schema that chooses among many by one member, else nothing."""
    parts = node.get("allOf", ())
    conditions = [_condition(part) for part in parts] if len(parts) > _MANY else []
    found = [condition for condition in conditions if condition is not None]
    alike = {(condition.member, condition.target) for condition in found}
    return found if len(found) == len(parts) and len(alike) == 1 else []


def _condition(part: Any) -> _Condition | None:
    match part:
        case {
            "if": {"properties": asked, "required": [str(member)]},
            "then": {"properties": said, **further},
        } if len(asked) == len(said) == 1 and not further and "const" in asked.get(member, {}):
            return _Condition(member, asked[member]["const"], next(iter(said)))
    return None


def _compiled(document: Document, place: Place, path: Path, table: list[_Condition]) -> Choice:
    member, target = table[0].member, table[0].target
    validators = {
        condition.value: document.compile(place / "allOf" / str(index) / "then" / "properties" / target)
        for index, condition in enumerate(table)
    }
    return Choice(path, member, target, validators)
