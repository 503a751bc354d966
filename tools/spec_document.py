"""The OpenAPI document as the tools see it: strict YAML, local references, one list of places."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import quote

import yaml

from tools.spec_places import HTTP_METHODS, Place, walk

__all__ = ["OperationEntry", "SpecDocument", "SpecError", "load_yaml", "pointer"]

_BASE_LOADER: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class SpecError(Exception):
    """The document cannot be read at all; the message says where and what to do."""


class _StrictLoader(_BASE_LOADER):  # type: ignore[misc]  # the C loader is chosen at run time
    """YAML 1.2 core scalars only: `on`, `12:30` and dates stay strings; a doubled key is an error."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[str] = set()
        for key_node, _ in node.value:
            key, line = key_node.value, key_node.start_mark.line + 1
            if key_node.tag != "tag:yaml.org,2002:str":
                raise SpecError(f'line {line}: the key {key} is not a string: write it in quotes, "{key}"')
            if key in seen:
                raise SpecError(
                    f"line {line}: the key {key} appears twice in one mapping: remove one of them"
                )
            seen.add(key)
        mapping: dict[Hashable, Any] = super().construct_mapping(node, deep)
        return mapping


_SCALARS = (
    ("null", r"^(?:~|null|Null|NULL|)$", ["~", "n", "N", ""]),
    ("bool", r"^(?:true|True|TRUE|false|False|FALSE)$", list("tTfF")),
    ("int", r"^[-+]?(?:0|[1-9][0-9]*)$", list("-+0123456789")),
    (
        "float",
        r"^[-+]?(?:[0-9]+\.[0-9]*|\.[0-9]+|[0-9]+(?=[eE]))(?:[eE][-+]?[0-9]+)?$",
        list("-+.0123456789"),
    ),
)
for _tag, _pattern, _first in _SCALARS:
    _StrictLoader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(_pattern), _first)


def load_yaml(text: str) -> dict[str, Any]:
    """Parse one YAML 1.2 document that must be a mapping.

    Args:
        text: The document.

    Raises:
        SpecError: The text is not YAML, doubles a key, has keys that are not strings, or is no mapping.
    """
    try:
        document = yaml.load(text, Loader=_StrictLoader)  # noqa: S506 - derived from the safe loader
    except yaml.YAMLError as error:
        raise SpecError(f"not readable as YAML: {error}") from error
    if not isinstance(document, dict):
        raise SpecError("the document is not a mapping: it must start with `openapi:`")
    return document


def pointer(path: tuple[str, ...]) -> str:
    """Return the JSON pointer of a path, as a URI fragment (`#/paths/~1api~1health`)."""
    return "#" + "".join("/" + quote(part.replace("~", "~0").replace("/", "~1")) for part in path)


@dataclass(frozen=True, slots=True)
class OperationEntry:
    """One operation and where it stands; `parameters` are resolved, those of the path included."""

    path: str
    method: str
    node: Mapping[str, Any]
    parameters: tuple[Mapping[str, Any], ...]

    @property
    def place(self) -> tuple[str, ...]:
        """The path to the operation inside the document."""
        return ("paths", self.path, self.method)


@dataclass(frozen=True)
class SpecDocument:
    """A parsed document and the questions the tools ask of it."""

    content: dict[str, Any]

    @classmethod
    def read(cls, path: Path) -> SpecDocument:
        """Load a YAML file.

        Raises:
            SpecError: See `load_yaml`; the message starts with the file name.
        """
        try:
            return cls(load_yaml(path.read_text(encoding="utf-8")))
        except OSError as error:
            raise SpecError(f"{path}: cannot be read: {error.strerror}") from error
        except SpecError as error:
            raise SpecError(f"{path.name}: {error}") from error

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """Everything in the document that has a kind (operation, schema, response …), in its order."""
        return tuple(walk(self.content))

    def of_kind(self, kind: str) -> Iterator[Place]:
        """Yield the places of one kind that are written out (not references)."""
        return (place for place in self.places if place.kind == kind)

    def resolve(self, node: Any) -> Any:
        """Follow local references until something else than a reference is found.

        Raises:
            SpecError: The target does not exist, is outside of the document, or is a circle.
        """
        seen: set[str] = set()
        while isinstance(node, Mapping) and isinstance(node.get("$ref"), str):
            reference = node["$ref"]
            if reference in seen:
                raise SpecError(f"the reference {reference} leads back to itself")
            seen.add(reference)
            node = self._target(reference)
        return node

    def _target(self, reference: str) -> Any:
        if not reference.startswith("#/"):
            raise SpecError(f"the reference {reference} leaves the document: the spec is one file")
        node: Any = self.content
        for part in reference[2:].split("/"):
            key = part.replace("~1", "/").replace("~0", "~")
            if not isinstance(node, Mapping) or key not in node:
                raise SpecError(f"the reference {reference} points at nothing")
            node = node[key]
        return node

    @cached_property
    def operations(self) -> tuple[OperationEntry, ...]:
        """All operations in the order of the document."""
        return tuple(self._operations())

    def _operations(self) -> Iterator[OperationEntry]:
        for path, item in self.content.get("paths", {}).items():
            for method, node in item.items():
                if method not in HTTP_METHODS:
                    continue
                raw = [*node.get("parameters", ()), *item.get("parameters", ())]
                yield OperationEntry(path, method, node, tuple(self.resolve(entry) for entry in raw))

    def responses(self, operation: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
        """Return the responses of an operation by status, references resolved."""
        return {status: self.resolve(node) for status, node in operation.get("responses", {}).items()}

    def body_schema(self, operation: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """Return the (resolved) schema of the JSON request body, if the operation takes one."""
        body = self.resolve(operation.get("requestBody", {}))
        media = body.get("content", {}).get("application/json", {})
        return self.resolve(media["schema"]) if "schema" in media else None

    def property_names(self, schema: Mapping[str, Any]) -> set[str]:
        """Collect the member names an object schema declares, through `allOf`, `anyOf` and `oneOf`."""
        resolved = self.resolve(schema)
        names = set(resolved.get("properties", {}))
        for keyword in ("allOf", "anyOf", "oneOf"):
            for part in resolved.get(keyword, ()):
                names |= self.property_names(part)
        return names
