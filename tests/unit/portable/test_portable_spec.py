"""The portable form of the spec keeps operations and members, and nothing that generators stumble over."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from openapi_spec_validator import validate
from tools.portable_spec import portable
from tools.spec_document import SpecDocument
from tools.spec_schema_rules import types_of

from support.imports import ROOT

SPEC = SpecDocument.read(ROOT / "openapi" / "durable-workflow.yaml")


@pytest.fixture(scope="module")
def made() -> SpecDocument:
    return SpecDocument(portable(SPEC.content))


def shaped(**schemas: Any) -> dict[str, Any]:
    """Return the schemas of a small document after the change."""
    document = {
        "openapi": "3.1.0",
        "info": {"title": "t", "version": "1"},
        "components": {"schemas": schemas},
    }
    before = copy.deepcopy(document)
    result = portable(document)["components"]["schemas"]
    assert document == before
    return result


def test_the_published_spec_stays_valid(made: SpecDocument) -> None:
    validate(made.content)


def test_no_operation_and_no_member_is_lost(made: SpecDocument) -> None:
    assert [entry.place for entry in made.operations] == [entry.place for entry in SPEC.operations]
    kept = {place.path: place.node for place in made.of_kind("schema")}
    for place in SPEC.of_kind("schema"):
        if place.path in kept and "properties" in place.node and not types_of(place.node)[1:]:
            assert kept[place.path].get("properties", {}).keys() == place.node["properties"].keys(), (
                place.path
            )


def test_no_union_is_left_but_one_schema_or_null(made: SpecDocument) -> None:
    unions = [place.node.get("oneOf") or place.node.get("anyOf") or () for place in made.of_kind("schema")]
    assert any(unions)
    for union in filter(None, unions):
        assert sorted(types_of(member) == ["null"] for member in union) == [False, True]


def test_a_null_is_never_alone_and_conditions_and_links_are_gone(made: SpecDocument) -> None:
    alone = [place.path for place in made.of_kind("schema") if types_of(place.node) == ["null"]]
    assert all(path[-2] in ("oneOf", "anyOf") for path in alone)
    gone = {"if", "then", "else", "not", "propertyNames", "unevaluatedProperties", "discriminator"}
    assert [place.path for place in made.of_kind("schema") if gone & place.node.keys()] == []
    assert [place.path for place in made.of_kind("response") if "links" in place.node] == []


def test_a_nullable_component_moves_to_its_use() -> None:
    seconds = {"type": "integer", "minimum": 1}
    schemas = shaped(
        Seconds=seconds,
        Policy={"type": "object", "properties": {"attempts": {"type": "integer"}}},
        NullableSeconds={"oneOf": [{"$ref": "#/components/schemas/Seconds"}, {"type": "null"}]},
        NullablePolicy={"oneOf": [{"$ref": "#/components/schemas/Policy"}, {"type": "null"}]},
        Command={
            "type": "object",
            "properties": {
                "timeout": {"description": "How long.", "$ref": "#/components/schemas/NullableSeconds"},
                "policy": {"$ref": "#/components/schemas/NullablePolicy"},
            },
        },
    )
    assert schemas.keys() == {"Seconds", "Policy", "Command"}
    assert schemas["Command"]["properties"] == {
        "timeout": {"description": "How long.", "type": ["integer", "null"], "minimum": 1},
        "policy": {"oneOf": [{"$ref": "#/components/schemas/Policy"}, {"type": "null"}]},
    }


def test_a_union_of_shapes_becomes_any_json_and_keeps_its_words() -> None:
    schemas = shaped(
        Union={"title": "U", "description": "Either.", "anyOf": [{"type": "object"}, {"type": "array"}]},
        Scalar={"type": ["string", "number", "null"], "maxLength": 3},
        NullableUnion={"oneOf": [{"$ref": "#/components/schemas/Union"}, {"type": "null"}]},
        Timer={"type": "object", "properties": {"type": {"type": "string", "const": "start_timer"}}},
        Either={
            "type": "object",
            "properties": {"a": {"type": "string"}},
            "oneOf": [{"required": ["a"]}, {}],
        },
    )
    assert schemas["Union"] == {"title": "U", "description": "Either."}
    assert schemas["Scalar"] == schemas["NullableUnion"] == {}
    assert schemas["Timer"]["properties"]["type"] == {"type": "string", "enum": ["start_timer"]}
    assert schemas["Either"] == {"type": "object", "properties": {"a": {"type": "string"}}}
