"""Changes of the values and limits of one case: enum, range, length, pattern, format and their kin."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

from tools.breaking_cases import limit, site_of, values, whole_numbers
from tools.breaking_findings import Change, Effect
from tools.breaking_shapes import Case, Shapes

__all__ = ["limit_changes", "value_changes"]

_LIMITS: Mapping[str, tuple[str, ...]] = {
    "string": ("minLength", "maxLength"),
    "array": ("minItems", "maxItems", "minContains", "maxContains"),
    "object": ("minProperties", "maxProperties"),
    "number": ("minimum", "maximum"),
}
_DEMANDS: Mapping[str, tuple[str, ...]] = {
    "string": ("pattern", "format", "contentEncoding", "contentMediaType"),
    "array": ("uniqueItems", "contains"),
    "object": ("dependentRequired",),
    "number": ("format", "multipleOf"),
}


def value_changes(kind: str, old: list[Case], new: list[Case], place: str) -> Iterator[Change]:
    """Yield listed values of a JSON type that came or went, also when the list itself came or went.

    Args:
        kind: The JSON type.
        old: The cases of that type in the base.
        new: The cases of that type now.
        place: Where the schema stands, for when no leaf of it has a list.
    """
    place = _place_of_list([*new, *old]) or place
    before, after = _all_values(kind, old), _all_values(kind, new)
    if before is None and after is not None:
        yield Change(Effect.NARROWED, place, f"only the values {_list(after)} are allowed now")
    elif before is not None and after is None:
        yield Change(Effect.WIDENED, place, f"any {kind} is allowed now, not only {_list(before)}")
    elif before is not None and after is not None:
        for text in sorted(before - after):
            yield Change(Effect.NARROWED, place, f"the value {text} is no longer allowed")
        for text in sorted(after - before):
            yield Change(Effect.WIDENED, place, f"the value {text} is allowed now")


def _all_values(kind: str, cases: list[Case]) -> frozenset[str] | None:
    found = [values(case, kind) for case in cases]
    return None if None in found else frozenset(text for texts in found for text in texts or ())


def _place_of_list(cases: list[Case]) -> str | None:
    leaves = (leaf for case in cases for leaf in case.leaves)
    return next((leaf.place for leaf in leaves if "enum" in leaf.node or "const" in leaf.node), None)


def _list(texts: frozenset[str]) -> str:
    return ", ".join(sorted(texts)) or "none"


def limit_changes(kind: str, old: tuple[Case, Shapes], new: tuple[Case, Shapes]) -> Iterator[Change]:
    """Yield changed limits and demands of one JSON type, between two cases and their documents."""
    for keyword in _LIMITS.get(kind, ()):
        yield from _limit_change(keyword, old[0], new[0])
    if kind == "number" and (was := whole_numbers(old[0])) != whole_numbers(new[0]):
        effect, what = (
            (Effect.WIDENED, "type changed from integer to number")
            if was
            else (Effect.NARROWED, "type changed from number to integer")
        )
        yield Change(effect, site_of(old[0], new[0], "type"), what)
    for keyword in (*_DEMANDS.get(kind, ()), "not"):
        yield from _demand_change(keyword, old, new)


def _limit_change(keyword: str, old: Case, new: Case) -> Iterator[Change]:
    before, after = limit(old, keyword), limit(new, keyword)
    if before == after:
        return
    tighter = _tightness(keyword, after) > _tightness(keyword, before)
    effect = Effect.NARROWED if tighter else Effect.WIDENED
    what = f"{keyword} changed from {_number(before)} to {_number(after)}"
    yield Change(effect, site_of(old, new, keyword), what)


def _tightness(keyword: str, found: tuple[float, bool]) -> tuple[float, bool]:
    return found if keyword.startswith("min") else (-found[0], found[1])


def _number(found: tuple[float, bool]) -> str:
    value, excluded = found
    text = "none" if math.isinf(value) else f"{value:.15g}"
    return f"{text} (excluded)" if excluded else text


def _demand_change(keyword: str, old: tuple[Case, Shapes], new: tuple[Case, Shapes]) -> Iterator[Change]:
    before, after = _demands(keyword, *old), _demands(keyword, *new)
    lost, gained = before - after, after - before
    place = site_of(old[0], new[0], keyword)
    what = f"{keyword} changed from {_list(lost)} to {_list(gained)}"
    if gained:
        yield Change(Effect.NARROWED, place, what)
    if lost:
        yield Change(Effect.WIDENED, place, what)


def _demands(keyword: str, case: Case, shapes: Shapes) -> frozenset[str]:
    present = (leaf.node[keyword] for leaf in case.leaves if leaf.node.get(keyword) not in (None, False))
    return frozenset(shapes.digest(value) for value in present)
