"""Examples are tests of the spec: each one must satisfy the schema it illustrates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import jsonschema_rs

from tools.spec_document import SpecDocument, pointer
from tools.spec_places import Place
from tools.spec_violation import Violation

__all__ = ["check_examples"]

_DOCUMENT = "urn:spec"
_CARRIERS = frozenset({"parameter", "header", "media-type"})
_MOST_ERRORS = 3


def check_examples(spec: SpecDocument) -> Iterator[Violation]:
    """Validate all examples against their schemas (draft 2020-12), and find bodies that have none."""
    registry = jsonschema_rs.Registry([(_DOCUMENT, spec.content)])
    for place in spec.places:
        examples = list(_examples(spec, place))
        if not examples:
            if place.kind == "media-type":
                yield Violation(place.path, "no example", "show at least one body")
            continue
        schema = place.path if place.kind == "schema" else (*place.path, "schema")
        validator = jsonschema_rs.Draft202012Validator(
            {"$ref": _DOCUMENT + pointer(schema)}, registry=registry, validate_formats=True
        )
        for where, value in examples:
            yield from _judge(validator, where, value)


def _judge(
    validator: jsonschema_rs.Draft202012Validator, where: tuple[str, ...], value: Any
) -> Iterator[Violation]:
    for count, error in enumerate(validator.iter_errors(value)):
        if count == _MOST_ERRORS:
            break
        member = "/".join(str(part) for part in error.instance_path) or "it"
        yield Violation(
            where, f"the example does not fit its schema: {member}: {error.message}", "correct one of the two"
        )


def _examples(spec: SpecDocument, place: Place) -> Iterator[tuple[tuple[str, ...], Any]]:
    node = place.node
    if place.kind in _CARRIERS and "schema" in node:
        if "example" in node:
            yield (*place.path, "example"), node["example"]
        for name, example in node.get("examples", {}).items():
            resolved = spec.resolve(example)
            if isinstance(resolved, Mapping) and "value" in resolved:
                yield (*place.path, "examples", name), resolved["value"]
    elif place.kind == "schema":
        if "example" in node:
            yield (*place.path, "example"), node["example"]
        if isinstance(node.get("examples"), list):
            for index, value in enumerate(node["examples"]):
                yield (*place.path, "examples", str(index)), value
