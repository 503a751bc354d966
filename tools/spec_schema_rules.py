"""House rules for schemas: nothing opaque by accident, nothing unused, nothing that breaks a generator."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tools.spec_document import SpecDocument
from tools.spec_places import Place
from tools.spec_violation import Violation

__all__ = ["check_schemas", "check_unused", "is_opaque", "reachable_components", "references"]

# Names that openapi-python-client uses inside a model for itself; some of them only in its own templates,
# which other users of the spec run.
_BREAKING_NAMES = frozenset(
    {"additional_keys", "additional_properties", "cast", "cls", "d", "field_dict", "from_dict", "prop"}
    | {"prop_dict", "prop_name", "src_dict", "to_dict"}
)
_TELLING = frozenset({"$ref", "allOf", "anyOf", "oneOf", "const", "enum", "not", "if", "type"})
_OBJECT_SHAPE = frozenset(
    {"properties", "patternProperties", "$ref", "allOf", "anyOf", "oneOf", "enum", "const"}
)


def types_of(schema: Mapping[str, Any]) -> list[str]:
    """Return the `type` keyword as a list (empty when absent)."""
    kind = schema.get("type", [])
    return [kind] if isinstance(kind, str) else list(kind)


def is_opaque(schema: Mapping[str, Any]) -> bool:
    """Say whether a schema tells nothing: `{}`, or an object whose members are not described."""
    if not _TELLING & schema.keys() and not _OBJECT_SHAPE & schema.keys():
        return not isinstance(schema.get("additionalProperties"), Mapping)
    if "object" not in types_of(schema) or _OBJECT_SHAPE & schema.keys():
        return False
    return not isinstance(schema.get("additionalProperties"), Mapping) and schema.get("maxProperties") != 0


def check_schemas(spec: SpecDocument) -> Iterator[Violation]:
    """Apply the rules that look at one schema at a time."""
    open_parents = {place.path for place in spec.of_kind("schema") if "x-dw-open" in place.node}
    for place in spec.of_kind("schema"):
        yield from _check_opaque(place, open_parents)
        yield from _check_arrays(place)
        yield from _check_names(place)
        yield from _check_dialect(place)


def _check_opaque(place: Place, open_parents: set[tuple[str, ...]]) -> Iterator[Violation]:
    inside_open = place.path[:-1] in open_parents and place.path[-1] in ("additionalProperties", "not")
    if is_opaque(place.node) and "x-dw-open" not in place.node and not inside_open:
        yield Violation(
            place.path, "opaque schema", "describe its members, or say why it is open with `x-dw-open: <why>`"
        )


def _check_arrays(place: Place) -> Iterator[Violation]:
    if "array" in types_of(place.node) and not {"items", "prefixItems"} & place.node.keys():
        yield Violation(
            place.path,
            "array without items",
            "add items: the generator drops operations that use such an array",
        )
    if place.node.get("items") == {}:
        yield Violation(place.path, "array items are {}", "refer to a named schema that says what an item is")


def _check_names(place: Place) -> Iterator[Violation]:
    for name in place.node.get("properties", {}):
        if name in _BREAKING_NAMES:
            yield Violation(
                (*place.path, "properties", name), "this name breaks the generated code", "use a longer name"
            )


def _check_dialect(place: Place) -> Iterator[Violation]:
    if "nullable" in place.node:
        yield Violation(
            place.path, "nullable is OpenAPI 3.0", "write type: [.., 'null'] or anyOf with type 'null'"
        )


def references(node: Any) -> Iterator[str]:
    """Yield the targets of all `$ref` and discriminator mappings below a node."""
    if isinstance(node, Mapping):
        reference, discriminator = node.get("$ref"), node.get("discriminator")
        if isinstance(reference, str):
            yield reference
        if isinstance(discriminator, Mapping):
            yield from (str(target) for target in discriminator.get("mapping", {}).values())
        for value in node.values():
            yield from references(value)
    elif isinstance(node, list):
        for value in node:
            yield from references(value)


def reachable_components(content: Mapping[str, Any]) -> set[str]:
    """Return the references (`#/components/schemas/X`) that are reached from the operations."""
    components = content.get("components", {})
    waiting = [*references(content.get("paths", {})), *references(content.get("webhooks", {}))]
    found: set[str] = set()
    while waiting:
        reference = waiting.pop()
        if reference in found or not reference.startswith("#/components/"):
            continue
        found.add(reference)
        section, _, name = reference.removeprefix("#/components/").partition("/")
        waiting.extend(references(components.get(section, {}).get(name, {})))
    return found


def check_unused(spec: SpecDocument) -> Iterator[Violation]:
    """Every named component is reached from an operation."""
    used = reachable_components(spec.content)
    for section, entries in spec.content.get("components", {}).items():
        if section == "securitySchemes" or not isinstance(entries, Mapping):
            continue
        for name in entries:
            if f"#/components/{section}/{name}" not in used:
                yield Violation(("components", section, name), "no operation uses it", "use it or remove it")
