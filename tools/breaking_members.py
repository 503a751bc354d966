"""Changes inside objects and arrays: members, entries, and what is demanded on a condition.

Yields a `Change` for what changed here and a `Step` for every pair of schemas to compare further down.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tools.breaking_cases import (
    additional,
    conditionals,
    is_closed,
    items,
    members,
    pattern_members,
    property_names,
    required,
)
from tools.breaking_findings import Change, Effect
from tools.breaking_shapes import Case, Parts, Shapes

__all__ = ["Arrival", "Step", "array_changes", "event_types_of", "object_changes"]

_EVENT_TYPE = "event_type"


@dataclass(frozen=True, slots=True)
class Step:
    """Two schemas for the same thing, to be compared in turn."""

    old: Parts
    new: Parts


@dataclass(frozen=True, slots=True)
class Arrival:
    """An optional member that is new; its marks may announce it."""

    change: Change
    schema: Parts


Result = Change | Step | Arrival


def object_changes(old: tuple[Case, Shapes], new: tuple[Case, Shapes]) -> Iterator[Result]:
    """Yield what changed between two objects, each with its document."""
    before, after = old[0], new[0]
    yield from _members(before, after)
    yield from _required(before, after)
    yield from _rest(before, after)
    yield from _patterns(before, after)
    yield Step(property_names(before), property_names(after))
    yield from _conditions(old, new)


def _members(old: Case, new: Case) -> Iterator[Result]:
    before, after = members(old), members(new)
    for name, schema in before.items():
        if name in after:
            yield Step(schema, after[name])
        else:
            yield Change(Effect.REMOVED, schema[0].place, "member removed")
            if is_closed(new):
                yield Change(Effect.NARROWED, schema[0].place, "member removed from a closed object")
    for name, schema in after.items():
        if name not in before:
            yield from _new_member(name, schema, old, new)


def _new_member(name: str, schema: Parts, old: Case, new: Case) -> Iterator[Result]:
    place = schema[0].place
    if name in required(new):
        yield Change(Effect.ADDED_REQUIRED, place, "required member added")
    else:
        yield Arrival(Change(Effect.ADDED, place, "optional member added"), schema)
    if is_closed(old):
        yield Change(Effect.ADDED_TO_CLOSED, place, "member added to a closed object")


def _required(old: Case, new: Case) -> Iterator[Result]:
    before, after = members(old), members(new)
    known = {name: schema[0].place for name, schema in (before | after).items()}
    for name in sorted(required(new) - required(old)):
        if name in before or name not in after:
            place = known.get(name, f"{new.leaves[-1].place}.{name}")
            yield Change(Effect.NARROWED, place, "required now")
    for name in sorted(required(old) - required(new)):
        if name in after or name not in before:
            place = known.get(name, f"{new.leaves[-1].place}.{name}")
            yield Change(Effect.WIDENED, place, "no longer required")


def _rest(old: Case, new: Case) -> Iterator[Result]:
    if is_closed(old) and is_closed(new):
        return
    place = additional(new)[0].place
    if is_closed(new):
        yield Change(Effect.NARROWED, place, "members that are not described are no longer allowed")
    elif is_closed(old):
        yield Change(Effect.WIDENED, place, "members that are not described are allowed now")
    else:
        yield Step(additional(old), additional(new))


def _patterns(old: Case, new: Case) -> Iterator[Result]:
    before, after = pattern_members(old), pattern_members(new)
    for pattern, schema in before.items():
        if pattern in after:
            yield Step(schema, after[pattern])
        else:
            yield Change(Effect.REMOVED, schema[0].place, "members of this pattern removed")
    for pattern, schema in after.items():
        if pattern not in before:
            yield Change(Effect.NARROWED, schema[0].place, "members of this pattern are restricted now")


def array_changes(old: Case, new: Case) -> Iterator[Result]:
    """Yield the pairs of schemas for the entries of two arrays."""
    for index in range(max(_told_apart(old), _told_apart(new))):
        yield Step(items(old, index), items(new, index))
    yield Step(items(old), items(new))


def _told_apart(case: Case) -> int:
    return max(len(leaf.node.get("prefixItems", ())) for leaf in case.leaves)


def _conditions(old: tuple[Case, Shapes], new: tuple[Case, Shapes]) -> Iterator[Result]:
    before, after = _by_condition(*old), _by_condition(*new)
    for key, (then, otherwise) in before.items():
        if key in after:
            yield Step(then, after[key][0])
            yield Step(otherwise, after[key][1])
        else:
            yield Change(Effect.WIDENED, then[0].place, f"what {key} demanded is gone")
    for key in sorted(after.keys() - before.keys()):
        yield Change(Effect.NARROWED, after[key][0][0].place, f"{key} demands more now")


def _by_condition(case: Case, shapes: Shapes) -> dict[str, tuple[Parts, Parts]]:
    """Return what is demanded by condition; events are left out, they are compared by their type."""
    found: dict[str, tuple[Parts, Parts]] = {}
    for condition, then, otherwise in conditionals(case):
        if not event_types_of(condition):
            key = f"the condition {shapes.digest(condition)}"
            earlier: tuple[Parts, Parts] = found.get(key, ((), ()))
            found[key] = (*earlier[0], *then), (*earlier[1], *otherwise)
    return found


def event_types_of(condition: Any) -> tuple[str, ...]:
    """Return the event types that a condition selects; none when it is about something else."""
    schema = condition.get("properties", {}).get(_EVENT_TYPE, {}) if isinstance(condition, dict) else {}
    return (schema["const"],) if "const" in schema else tuple(schema.get("enum", ()))
