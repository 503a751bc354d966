"""Schemas taken apart for comparison: references followed, `allOf` merged, unions laid out as cases.

A schema becomes a list of cases. Each case is a list of leaves that all hold at once, so two ways to
write the same thing (`[string, "null"]` or a union with null, inline or by reference, merged or not)
become the same cases.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tools.spec_document import SpecDocument, SpecError

__all__ = ["ANYTHING", "Case", "Part", "Parts", "Shapes", "as_part"]

ANYTHING: Mapping[str, Any] = {}
_NOTHING: Mapping[str, Any] = {"not": {}}
_UNIONS = ("anyOf", "oneOf")
_NAMED = frozenset({"properties", "patternProperties", "dependentSchemas", "$defs"})
_ANNOTATIONS = frozenset(
    {"title", "description", "examples", "example", "default", "deprecated", "$comment", "externalDocs"}
)


@dataclass(frozen=True, slots=True)
class Part:
    """A schema object and the place where it is written."""

    node: Mapping[str, Any]
    place: str


Parts = tuple[Part, ...]


def as_part(node: Any, place: str) -> Part:
    """Return the part for a schema, which may also be `true` or `false`."""
    if isinstance(node, Mapping):
        return Part(node, place)
    return Part(_NOTHING if node is False else ANYTHING, place)


@dataclass(frozen=True, slots=True)
class Case:
    """One way to fit a schema.

    Attributes:
        leaves: Schema objects that hold together; their `$ref`, `allOf` and unions are dealt with.
        refs: The references that led here.
        tags: `member=value` of the discriminators that led here.
    """

    leaves: Parts
    refs: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()

    def joined(self, other: Case) -> Case:
        """Return the case in which both hold."""
        return Case(self.leaves + other.leaves, self.refs | other.refs, self.tags | other.tags)

    @property
    def labels(self) -> frozenset[str]:
        """`member=value` by which this case is told apart: discriminators, or else constant members."""
        return self.tags or frozenset(_constants(self.leaves))


def _constants(leaves: Parts) -> Iterator[str]:
    for leaf in leaves:
        for name, schema in leaf.node.get("properties", {}).items():
            if isinstance(schema, Mapping):
                values = [schema["const"]] if "const" in schema else schema.get("enum", ())
                if len(values) == 1:
                    yield f"{name}={values[0]}"


class Shapes:
    """The schemas of one document."""

    def __init__(self, spec: SpecDocument) -> None:
        self.spec = spec
        self._cases: dict[tuple[int, ...], tuple[Case, ...]] = {}

    def follow(self, node: Any, place: str) -> Part:
        """Follow the references of any object of the document; the place becomes that of the target."""
        while isinstance(node, Mapping) and isinstance(node.get("$ref"), str):
            place = place_of(node["$ref"])
            node = self.spec.resolve({"$ref": node["$ref"]})
        return as_part(node, place)

    def component(self, name: str) -> Parts | None:
        """Return a named schema, or None when the document has none of that name."""
        schemas = self.spec.content.get("components", {}).get("schemas", {})
        return (as_part(schemas[name], f"schemas.{name}"),) if name in schemas else None

    def site(self, parts: Parts) -> str | None:
        """Return the place of the schema that is only referred to here; None for one written here."""
        node = parts[0].node
        only = "$ref" in node and not any(key in node for key in (*_UNIONS, "allOf", "type"))
        return self.follow(node, parts[0].place).place if only else None

    def cases(self, parts: Parts) -> tuple[Case, ...]:
        """Return the ways to fit all of the parts at once.

        Raises:
            SpecError: A reference points at nothing.
        """
        key = tuple(id(part.node) for part in parts)
        if key not in self._cases:
            self._cases[key] = tuple(_product([self._expand(part, frozenset()) for part in parts]))
        return self._cases[key]

    def _expand(self, part: Part, refs: frozenset[str]) -> list[Case]:
        node = part.node
        factors: list[list[Case]] = [[Case((part,))]]
        if (reference := node.get("$ref")) is not None and reference not in refs:
            target = as_part(self.spec.resolve({"$ref": reference}), place_of(reference))
            arrived = Case((), frozenset({reference}))
            factors.append([arrived.joined(case) for case in self._expand(target, refs | {reference})])
        factors.extend(self._expand(as_part(entry, part.place), refs) for entry in node.get("allOf", ()))
        unions = [keyword for keyword in _UNIONS if keyword in node]
        factors.extend(list(self._branches(part, keyword, refs)) for keyword in unions)
        return list(_product(factors))

    def _branches(self, part: Part, keyword: str, refs: frozenset[str]) -> Iterator[Case]:
        discriminator = part.node.get("discriminator", {})
        mapping = discriminator.get("mapping", {})
        for branch in part.node[keyword]:
            reference = branch.get("$ref") if isinstance(branch, Mapping) else None
            tags = {
                f"{discriminator['propertyName']}={value}"
                for value, target in mapping.items()
                if target == reference
            }
            tagged = Case((), frozenset(), frozenset(tags))
            yield from (tagged.joined(case) for case in self._expand(as_part(branch, part.place), refs))

    def digest(self, node: Any, refs: frozenset[str] = frozenset()) -> str:
        """Return a text that is equal for schemas of equal meaning, whatever their components are called."""
        return json.dumps(self._plain(node, refs), sort_keys=True)

    def _plain(self, node: Any, refs: frozenset[str]) -> Any:
        if isinstance(node, list):
            entries = [self._plain(entry, refs) for entry in node]
            return sorted(entries, key=lambda entry: json.dumps(entry, sort_keys=True))
        if not isinstance(node, Mapping):
            return node
        if (reference := node.get("$ref")) is not None:
            if reference in refs:
                return "circle"
            return self._plain(self.spec.resolve({"$ref": reference}), refs | {reference})
        return {key: self._value(key, value, refs) for key, value in node.items() if _matters(key)}

    def _value(self, key: str, value: Any, refs: frozenset[str]) -> Any:
        if key in _NAMED and isinstance(value, Mapping):
            return {name: self._plain(entry, refs) for name, entry in value.items()}
        return self._plain(value, refs)


def place_of(reference: str) -> str:
    """Return the place of a reference's target, `schemas.Name` for a named schema.

    Raises:
        SpecError: The reference leaves the document.
    """
    if not reference.startswith("#/"):
        raise SpecError(f"the reference {reference} leaves the document: the spec is one file")
    parts = [part.replace("~1", "/").replace("~0", "~") for part in reference[2:].split("/")]
    return ".".join(parts[1:] if parts[0] == "components" else parts)


def _matters(key: str) -> bool:
    return key not in _ANNOTATIONS and not key.startswith("x-")


def _product(factors: Iterable[list[Case]]) -> Iterator[Case]:
    for combination in itertools.product(*factors):
        case = Case(())
        for entry in combination:
            case = case.joined(entry)
        yield case
