"""Which objects an OpenAPI 3.1 document is made of, as one table, and the walk over them.

Knowing the kind of every object is what tells a property named `schema` from a schema, or a payload
example that contains `$ref` from a reference.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

__all__ = ["HTTP_METHODS", "Place", "walk"]

HTTP_METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")

_ONE, _MAP, _LIST = "one", "map", "list"
_Children = Mapping[str, tuple[str, str]]

_CARRIER: _Children = {
    "schema": (_ONE, "schema"),
    "content": (_MAP, "media-type"),
    "examples": (_MAP, "example"),
}
_SCHEMA: _Children = {
    **dict.fromkeys(("properties", "patternProperties", "$defs", "dependentSchemas"), (_MAP, "schema")),
    **dict.fromkeys(("allOf", "anyOf", "oneOf", "prefixItems"), (_LIST, "schema")),
    **dict.fromkeys(
        (
            "items", "additionalProperties", "not", "if", "then", "else", "contains", "propertyNames",
            "unevaluatedProperties", "unevaluatedItems",
        ),
        (_ONE, "schema"),
    ),
}  # fmt: skip

_CHILDREN: Mapping[str, _Children] = {
    "document": {
        "info": (_ONE, "info"),
        "servers": (_LIST, "server"),
        "tags": (_LIST, "tag"),
        "paths": (_MAP, "path-item"),
        "webhooks": (_MAP, "path-item"),
        "components": (_ONE, "components"),
    },
    "components": {
        "schemas": (_MAP, "schema"),
        "responses": (_MAP, "response"),
        "parameters": (_MAP, "parameter"),
        "examples": (_MAP, "example"),
        "requestBodies": (_MAP, "request-body"),
        "headers": (_MAP, "header"),
        "securitySchemes": (_MAP, "security-scheme"),
        "links": (_MAP, "link"),
    },
    "path-item": {
        **dict.fromkeys(HTTP_METHODS, (_ONE, "operation")),
        "parameters": (_LIST, "parameter"),
    },
    "operation": {
        "parameters": (_LIST, "parameter"),
        "requestBody": (_ONE, "request-body"),
        "responses": (_MAP, "response"),
    },
    "parameter": _CARRIER,
    "header": _CARRIER,
    "request-body": {"content": (_MAP, "media-type")},
    "response": {
        "content": (_MAP, "media-type"),
        "headers": (_MAP, "header"),
        "links": (_MAP, "link"),
    },
    "media-type": {"schema": (_ONE, "schema"), "examples": (_MAP, "example")},
    "schema": _SCHEMA,
}


@dataclass(frozen=True, slots=True)
class Place:
    """One object of the document: its kind, where it is, and the object itself."""

    kind: str
    path: tuple[str, ...]
    node: dict[str, Any]

    @property
    def is_component(self) -> bool:
        """Whether this is a named entry of `components`."""
        return len(self.path) == 3 and self.path[0] == "components"


def walk(document: dict[str, Any]) -> Iterator[Place]:
    """Yield every object that has a kind, parents before children, in the order of the document."""
    return _walk("document", (), document)


def _walk(kind: str, path: tuple[str, ...], node: Any) -> Iterator[Place]:
    if not isinstance(node, dict):
        return
    yield Place(kind, path, node)
    table = _CHILDREN.get(kind, {})
    for key, value in node.items():
        if key in table:
            shape, child_kind = table[key]
            for child_path, child in _entries(shape, (*path, key), value):
                yield from _walk(child_kind, child_path, child)


def _entries(shape: str, path: tuple[str, ...], value: Any) -> Iterator[tuple[tuple[str, ...], Any]]:
    if shape == _ONE:
        yield path, value
    elif shape == _MAP and isinstance(value, dict):
        for name, entry in value.items():
            yield (*path, name), entry
    elif shape == _LIST and isinstance(value, list):
        for index, entry in enumerate(value):
            yield (*path, str(index)), entry
