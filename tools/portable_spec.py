"""A form of the spec that every generator turns into working code: `python -m tools.portable_spec > FILE`.

The published spec says exactly what is on the wire, in words of JSON Schema for which several generators
have no type: unions of plain shapes, components that may be null, conditions, links with bodies. Here a
union becomes any JSON, null moves to where a component is used, and conditions and links are left out.
Nothing is renamed and no member is lost.
"""

from __future__ import annotations

import copy
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tools.spec_document import SpecDocument
from tools.spec_places import Place
from tools.spec_schema_rules import types_of

__all__ = ["portable"]

_SPEC = Path(__file__).parent.parent / "openapi" / "durable-workflow.yaml"
_PREFIX = "#/components/schemas/"
_NOTES = ("title", "description")
_CONDITIONS = ("if", "then", "else", "not", "contains", "dependentRequired", "dependentSchemas")
_LIMITS_OF_NAMES = ("propertyNames", "unevaluatedItems", "unevaluatedProperties")


def portable(content: Mapping[str, Any]) -> dict[str, Any]:
    """Return the portable form of a spec; the argument is not changed.

    Args:
        content: A document that passed the house rules.
    """
    document = copy.deepcopy(dict(content))
    document["info"]["description"] = document["info"].get("description", "").split("\n\n")[0]
    schemas = document.get("components", {}).get("schemas", {})
    document.get("components", {}).pop("links", None)
    for place in SpecDocument(document).places:
        if place.kind == "response":
            place.node.pop("links", None)
        elif place.kind == "schema" and not _is_null_of_union(place):
            _simplify(place.node, schemas)
    _move_nulls(document, schemas)
    return document


def _is_null_of_union(place: Place) -> bool:
    return place.path[-2] in ("oneOf", "anyOf") and types_of(place.node) == ["null"]


def _simplify(schema: dict[str, Any], schemas: Mapping[str, Any]) -> None:
    for keyword in (*_CONDITIONS, *_LIMITS_OF_NAMES):
        schema.pop(keyword, None)
    if isinstance(schema.get("const"), str):
        schema["enum"] = [schema.pop("const")]
    if "properties" in schema or "allOf" in schema:
        schema.pop("oneOf", None)
        schema.pop("anyOf", None)
    elif _lacks_one_shape(schema) or _is_any(schema, schemas):
        for keyword in [keyword for keyword in schema if keyword not in _NOTES]:
            del schema[keyword]


def _lacks_one_shape(schema: Mapping[str, Any]) -> bool:
    """Say whether values of a schema have no shape, or more than one, null aside."""
    union = _members(schema)
    solid = [member for member in union if types_of(member) != ["null"]]
    return len(solid) > 1 or len(set(types_of(schema)) - {"null"}) > 1 or types_of(schema) == ["null"]


def _is_any(schema: Mapping[str, Any], schemas: Mapping[str, Any]) -> bool:
    """Say whether a schema that may be null is any JSON beside it: null says nothing new then."""
    union = _members(schema)
    return any("$ref" in member and _allows_all(_target(member, schemas)) for member in union)


def _allows_all(schema: Mapping[str, Any]) -> bool:
    return _lacks_one_shape(schema) or not {key for key in schema if key not in _NOTES and key[:2] != "x-"}


def _move_nulls(document: dict[str, Any], schemas: dict[str, Any]) -> None:
    """Write a component that is another one or null out at every place that refers to it."""
    nullable = {name: copy.deepcopy(schema) for name, schema in schemas.items() if _is_nullable_union(schema)}
    for place in SpecDocument(document).of_kind("schema"):
        target = nullable.get(str(place.node.get("$ref", "")).removeprefix(_PREFIX))
        if target is not None:
            del place.node["$ref"]
            place.node.update(copy.deepcopy(target) | {k: place.node[k] for k in _NOTES if k in place.node})
    for name in nullable:
        del schemas[name]
    for place in SpecDocument(document).of_kind("schema"):
        _write_out_scalars(place.node, schemas)


def _is_nullable_union(schema: Mapping[str, Any]) -> bool:
    """Say whether a schema is a reference or null, and nothing else."""
    members = [member for member in _members(schema) if types_of(member) != ["null"]]
    return len(members) == 1 and "$ref" in members[0] and len(_members(schema)) == 2


def _write_out_scalars(schema: dict[str, Any], schemas: Mapping[str, Any]) -> None:
    """Turn `oneOf: [scalar component, null]` into the scalar with null among its types."""
    if not _is_nullable_union(schema):
        return
    (member,) = (entry for entry in _members(schema) if types_of(entry) != ["null"])
    target = _target(member, schemas)
    if "enum" in target or set(types_of(target)) & {"object", "array"} or not types_of(target):
        return
    notes = {key: schema[key] for key in _NOTES if key in schema}
    schema.clear()
    schema.update(copy.deepcopy(dict(target)) | notes | {"type": [*types_of(target), "null"]})


def _members(schema: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [*schema.get("oneOf", ()), *schema.get("anyOf", ())]


def _target(schema: Mapping[str, Any], schemas: Mapping[str, Any]) -> Mapping[str, Any]:
    name = str(schema.get("$ref", "")).removeprefix(_PREFIX)
    target: Mapping[str, Any] = schemas.get(name, schema)
    return target


def main() -> None:
    """Write the portable form of the published spec, or of the file in the first argument, as JSON."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else _SPEC
    print(json.dumps(portable(SpecDocument.read(path).content), indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()
