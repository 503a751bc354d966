"""What one case of a schema demands, keyword by keyword, its leaves taken together."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from typing import Any

from tools.breaking_shapes import ANYTHING, Case, Part, Parts, as_part

__all__ = [
    "JSON_TYPES",
    "additional",
    "conditionals",
    "default_of",
    "is_closed",
    "items",
    "limit",
    "members",
    "pattern_members",
    "property_names",
    "required",
    "site_of",
    "types",
    "values",
    "whole_numbers",
]

JSON_TYPES = frozenset({"array", "boolean", "null", "number", "object", "string"})
_STRING: Mapping[str, Any] = {"type": "string"}
_FINITE: Mapping[str, frozenset[str]] = {
    "boolean": frozenset({"true", "false"}),
    "null": frozenset({"null"}),
}


def types(case: Case) -> frozenset[str]:
    """Return the JSON types that fit; whole numbers count as `number`."""
    found = JSON_TYPES
    for leaf in case.leaves:
        found &= _leaf_types(leaf.node)
    return found


def _leaf_types(node: Mapping[str, Any]) -> frozenset[str]:
    if node.get("not", False) in ({}, True):
        return frozenset()
    declared = node.get("type")
    names = (
        JSON_TYPES if declared is None else frozenset([declared] if isinstance(declared, str) else declared)
    )
    if "integer" in names:
        names = names - {"integer"} | {"number"}
    listed = _listed(node)
    return names if listed is None else names & {_json_type(value) for value in listed}


def _listed(node: Mapping[str, Any]) -> list[Any] | None:
    if "const" in node:
        return [node["const"]]
    return list(node["enum"]) if "enum" in node else None


def _json_type(value: Any) -> str:
    if value is None:
        return "null"
    kinds = ((bool, "boolean"), ((int, float), "number"), (str, "string"), (list, "array"))
    return next((name for kind, name in kinds if isinstance(value, kind)), "object")


def values(case: Case, kind: str) -> frozenset[str] | None:
    """Return the values of a JSON type that fit, as JSON text; None when there is no list of them."""
    found = _FINITE.get(kind)
    for leaf in case.leaves:
        listed = _listed(leaf.node)
        if listed is not None:
            texts = frozenset(
                json.dumps(value, sort_keys=True) for value in listed if _json_type(value) == kind
            )
            found = texts if found is None else found & texts
    return found


def whole_numbers(case: Case) -> bool:
    """Say whether fractions are refused."""
    declared = [leaf.node["type"] for leaf in case.leaves if "type" in leaf.node]
    lists = [[entry] if isinstance(entry, str) else entry for entry in declared]
    return any("integer" in names and "number" not in names for names in lists)


def limit(case: Case, keyword: str) -> tuple[float, bool]:
    """Return the tightest value of a limit, and whether the value itself is excluded.

    Args:
        case: The case.
        keyword: `minimum`, `maximum`, `minLength` and so on; `exclusiveMinimum` counts under `minimum`.
    """
    lower = keyword.startswith("min")
    exclusive = f"exclusive{keyword[0].upper()}{keyword[1:]}"
    start = (-math.inf if keyword == "minimum" else 0.0) if lower else math.inf
    found = [(start, False)]
    for leaf in case.leaves:
        found += [(leaf.node[key], key != keyword) for key in (keyword, exclusive) if key in leaf.node]
    return max(found) if lower else min(found, key=lambda entry: (entry[0], not entry[1]))


def members(case: Case) -> dict[str, Parts]:
    """Return the described members of an object by name."""
    return _by_name(case, "properties")


def pattern_members(case: Case) -> dict[str, Parts]:
    """Return the members described by a pattern of their name."""
    return _by_name(case, "patternProperties")


def _by_name(case: Case, keyword: str) -> dict[str, Parts]:
    found: dict[str, Parts] = {}
    for leaf in case.leaves:
        for name, node in leaf.node.get(keyword, {}).items():
            found[name] = (*found.get(name, ()), as_part(node, f"{leaf.place}.{name}"))
    return found


def required(case: Case) -> frozenset[str]:
    """Return the names of the members that must be there."""
    return frozenset(name for leaf in case.leaves for name in leaf.node.get("required", ()))


def is_closed(case: Case) -> bool:
    """Say whether members that are not described are refused."""
    keywords = ("additionalProperties", "unevaluatedProperties")
    return any(leaf.node.get(keyword) is False for leaf in case.leaves for keyword in keywords)


def additional(case: Case) -> Parts:
    """Return the schema of members that are not described."""
    return _child(case, "additionalProperties", ".*")


def property_names(case: Case) -> Parts:
    """Return the schema of the names of members."""
    return (Part(_STRING, case.leaves[0].place), *_child(case, "propertyNames", ".(names)"))


def items(case: Case, index: int | None = None) -> Parts:
    """Return the schema of the entries of a list, or of the one at `index` where they are told apart."""
    if index is not None:
        firsts = [leaf for leaf in case.leaves if len(leaf.node.get("prefixItems", ())) > index]
        if firsts:
            return tuple(
                as_part(leaf.node["prefixItems"][index], f"{leaf.place}[{index}]") for leaf in firsts
            )
    return _child(case, "items", "[]")


def _child(case: Case, keyword: str, suffix: str) -> Parts:
    found = tuple(
        as_part(leaf.node[keyword], f"{leaf.place}{suffix}") for leaf in case.leaves if keyword in leaf.node
    )
    return found or (Part(ANYTHING, f"{case.leaves[-1].place}{suffix}"),)


def conditionals(case: Case) -> Iterator[tuple[Any, Parts, Parts]]:
    """Yield what is demanded on a condition: the condition, what then holds, what holds otherwise."""
    for leaf in case.leaves:
        if "if" in leaf.node:
            then, otherwise = (leaf.node.get(key, ANYTHING) for key in ("then", "else"))
            yield leaf.node["if"], (as_part(then, leaf.place),), (as_part(otherwise, leaf.place),)
        for name, node in leaf.node.get("dependentSchemas", {}).items():
            yield {"required": [name]}, (as_part(node, leaf.place),), (Part(ANYTHING, leaf.place),)


def default_of(case: Case) -> str | None:
    """Return the default as JSON text; None when there is none."""
    found = (json.dumps(leaf.node["default"]) for leaf in case.leaves if "default" in leaf.node)
    return next(found, None)


def site_of(old: Case, new: Case, keyword: str) -> str:
    """Return the place of a keyword: where it now stands, or where it stood."""
    for case in (new, old):
        for leaf in case.leaves:
            if keyword in leaf.node:
                return leaf.place
    return new.leaves[-1].place
