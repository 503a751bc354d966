"""The specification as the server uses it: places in it, references, and the strict form for answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import jsonschema_rs

__all__ = ["Document", "Place"]

_BASE = "urn:durable-workflow:spec"
_MEDIA_TYPE = "application/json"


@dataclass(frozen=True, slots=True)
class Place:
    """A node of the document and the pointer that leads to it."""

    pointer: str
    node: Any

    def __truediv__(self, key: str) -> Place:
        step = quote(key.replace("~", "~0").replace("/", "~1"), safe="~")
        child = self.node[int(key)] if isinstance(self.node, list) else self.node[key]
        return Place(f"{self.pointer}/{step}", child)


class Document:
    """A parsed OpenAPI document whose schemas can be compiled one by one.

    Args:
        spec: The parsed document; it is not changed.
    """

    def __init__(self, spec: Mapping[str, Any]) -> None:
        self._root = dict(spec)
        self._registry = jsonschema_rs.Registry([(_BASE, self._root)])

    def strict(self) -> Document:
        """Return the document without the alternatives that are marked as legacy."""
        return Document(_without_legacy(self._root, self._root))

    def changed(self, change: Callable[[Any], Any]) -> Document:
        """Return the document that a function makes of this one."""
        return Document(change(self._root))

    def operation(self, method: str, path: str) -> Place:
        """Return the place of an operation."""
        return Place("", self._root) / "paths" / path / method.lower()

    def follow(self, place: Place) -> Place:
        """Return the place that a reference leads to; a place that is none is returned as it is."""
        while isinstance(place.node, dict) and "$ref" in place.node:
            target = Place("", self._root)
            for step in place.node["$ref"].removeprefix("#/").split("/"):
                target = target / step.replace("~1", "/").replace("~0", "~")
            place = target
        return place

    def each(self, place: Place, key: str) -> Iterator[tuple[str, Place]]:
        """Yield the members of a list or map below a place, references followed."""
        children = place.node.get(key, ())
        names = children if isinstance(children, dict) else [str(index) for index in range(len(children))]
        for name in names:
            yield name, self.follow(place / key / name)

    def media_schema(self, place: Place) -> Place | None:
        """Return the JSON schema of a body or response, None where it has none."""
        content = place.node.get("content", {})
        if "schema" not in content.get(_MEDIA_TYPE, {}):
            return None
        return place / "content" / _MEDIA_TYPE / "schema"

    def compile(self, place: Place) -> jsonschema_rs.Draft202012Validator:
        """Return the validator of the schema at a place; formats are asserted."""
        reference = {"$ref": f"{_BASE}#{place.pointer}"}
        return jsonschema_rs.Draft202012Validator(reference, registry=self._registry, validate_formats=True)


def _without_legacy(node: Any, root: Mapping[str, Any]) -> Any:
    if isinstance(node, list):
        return [_without_legacy(child, root) for child in node]
    if not isinstance(node, dict):
        return node
    copy = {key: _without_legacy(child, root) for key, child in node.items()}
    for keyword in ("anyOf", "oneOf"):
        if isinstance(node.get(keyword), list):
            copy[keyword] = [
                _without_legacy(child, root) for child in node[keyword] if not _is_legacy(child, root)
            ]
    return copy


def _is_legacy(schema: Any, root: Mapping[str, Any]) -> bool:
    if not isinstance(schema, dict):
        return False
    if schema.get("x-dw-legacy") is True:
        return True
    reference = schema.get("$ref", "")
    if not reference.startswith("#/components/schemas/"):
        return False
    return _is_legacy(root["components"]["schemas"][reference.rpartition("/")[2]], root)
