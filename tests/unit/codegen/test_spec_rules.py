from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from tools.spec_document import SpecDocument
from tools.spec_extensions import EXTENSIONS
from tools.spec_rules import lint

Node = dict[str, Any]


def _get(spec: Node) -> Node:
    return spec["paths"]["/api/books/{bookId}"]["get"]


def _post(spec: Node) -> Node:
    return spec["paths"]["/api/loans"]["post"]


def _schemas(spec: Node) -> Node:
    return spec["components"]["schemas"]


def _book(spec: Node) -> Node:
    return _schemas(spec)["Book"]["properties"]


def _set(target: Callable[[Node], Node], **values: Any) -> Callable[[Node], None]:
    return lambda spec: target(spec).update({key.replace("__", "-"): value for key, value in values.items()})


def _drop(target: Callable[[Node], Node], key: str) -> Callable[[Node], None]:
    def damage(spec: Node) -> None:
        del target(spec)[key]

    return damage


def _example(spec: Node) -> Node:
    return _get(spec)["responses"]["200"]["content"]["application/json"]["examples"]["one"]["value"]


OPERATION = "paths./api/books/{bookId}.get"
DAMAGES: list[tuple[str, Callable[[Node], None], str]] = [
    ("no operation id", _drop(_get, "operationId"), f"{OPERATION}: no camelCase operationId: "),
    ("id not camelCase", _set(_get, operationId="describe_book"), "no camelCase operationId"),
    ("id twice", _set(_post, operationId="describeBook"), "collides with another describeBook"),
    (
        "ids equal in snake case",
        _set(_post, operationId="describebook"),
        "collides with another describeBook",
    ),
    ("no summary", _drop(_get, "summary"), "no summary"),
    ("blank description", _set(_get, description="  "), "no description"),
    ("no tag", _drop(_get, "tags"), "0 tags"),
    ("two tags", _set(_get, tags=["book-loans", "x"]), "2 tags"),
    ("undeclared tag", _set(_get, tags=["x"]), "tag x is not declared"),
    (
        "parameter named body",
        lambda spec: _get(spec)["parameters"].append(
            {"name": "body", "in": "query", "schema": {"type": "string"}}
        ),
        "a parameter named body collides",
    ),
    (
        "cookie",
        lambda spec: _get(spec)["parameters"].append(
            {"name": "c", "in": "cookie", "schema": {"type": "string"}}
        ),
        "cookie parameter c",
    ),
    (
        "form body",
        lambda spec: _post(spec)["requestBody"]["content"].update(
            {"text/plain": {"schema": {"type": "string"}}}
        ),
        "a request body that is not JSON",
    ),
    (
        "default response",
        lambda spec: _get(spec)["responses"].update(default={"description": "x"}),
        "exact status",
    ),
    (
        "range response",
        lambda spec: _get(spec)["responses"].update({"4XX": {"description": "x"}}),
        "exact status",
    ),
    (
        "no success",
        lambda spec: [_get(spec)["responses"].pop(key) for key in ("200", "202")],
        "no 2xx response",
    ),
    (
        "error without reasons",
        _drop(lambda spec: _post(spec)["responses"]["422"], "x-dw-reasons"),
        "paths./api/loans.post.responses.422: an error without its reasons: add x-dw-reasons",
    ),
    (
        "shared error without reasons",
        _drop(lambda spec: spec["components"]["responses"]["NotFound"], "x-dw-reasons"),
        "components.responses.NotFound: an error without its reasons",
    ),
    (
        "empty reasons",
        _set(lambda spec: _post(spec)["responses"]["422"], **{"x-dw-reasons": []}),
        "an empty list of reasons",
    ),
    ("unknown extension", _set(_get, **{"x-dw-shiny": 1}), f"{OPERATION}.x-dw-shiny: unknown extension"),
    (
        "misplaced extension",
        _set(lambda spec: spec["info"], **{"x-dw-plane": "control"}),
        "not allowed on a info",
    ),
    ("wrong plane", _set(_get, **{"x-dw-plane": "air"}), "must be one of service, control, worker"),
    ("unknown role", _set(_get, **{"x-dw-roles": ["king"]}), "must be a list of: worker, operator, admin"),
    ("role twice", _set(_get, **{"x-dw-roles": ["admin", "admin"]}), "must be a list of"),
    ("wrong idempotency", _set(_get, **{"x-dw-idempotency": "maybe"}), "natural, none or key:"),
    ("long poll incomplete", _set(_get, **{"x-dw-long-poll": {"empty": "x"}}), "exactly the members"),
    (
        "long poll field type",
        _set(_get, **{"x-dw-long-poll": {"timeout_field": 3, "empty": "x"}}),
        "timeout_field",
    ),
    ("semantic of success", _set(_post, **{"x-dw-semantic": [200]}), "must be a list of 4xx/5xx numbers"),
    ("version as number", _set(_get, **{"x-dw-since": 1.2}), "a protocol version such as 1.0 (in quotes)"),
    (
        "reason is no string",
        _set(lambda s: _post(s)["responses"]["422"], **{"x-dw-reasons": [1]}),
        "list of strings",
    ),
    (
        "plain is not true",
        _set(lambda spec: _schemas(spec)["LoanPage"], **{"x-dw-plain": "yes"}),
        "must be true",
    ),
    (
        "open without why",
        _set(lambda spec: _schemas(spec)["Notes"], **{"x-dw-open": True}),
        "a sentence that says why",
    ),
    ("capability", _set(_post, **{"x-dw-capability": "Lend Books"}), "a capability name in snake_case"),
    ("no plane", _drop(_get, "x-dw-plane"), "no x-dw-plane"),
    ("no roles", _drop(_get, "x-dw-roles"), "no x-dw-roles"),
    ("no idempotency", _drop(_get, "x-dw-idempotency"), "no x-dw-idempotency"),
    ("semantic undocumented", _set(_post, **{"x-dw-semantic": [409]}), "409 is not documented"),
    (
        "key nowhere",
        _set(_post, **{"x-dw-idempotency": "key:body:nonce"}),
        "nonce is no parameter or body member",
    ),
    (
        "timeout field nowhere",
        _set(_get, **{"x-dw-long-poll": {"timeout_field": "patience", "empty": "x"}}),
        "patience is no parameter or body member",
    ),
    (
        "page token nowhere",
        _set(_post, **{"x-dw-paging": {"token": "leaf", "next": "next_page"}}),
        "leaf is no",
    ),
    (
        "next nowhere",
        _set(_post, **{"x-dw-paging": {"token": "page", "next": "leaf"}}),
        "leaf is no member of 200",
    ),
    ("empty schema", lambda spec: _book(spec).update(extra={}), "Book.properties.extra: opaque schema"),
    ("described empty schema", lambda spec: _book(spec).update(extra={"description": "x"}), "opaque schema"),
    ("bare object", lambda spec: _book(spec).update(extra={"type": "object"}), "opaque schema"),
    (
        "open object",
        lambda spec: _book(spec).update(extra={"type": ["object", "null"], "additionalProperties": True}),
        "opaque schema",
    ),
    (
        "map of anything",
        lambda spec: _book(spec).update(extra={"type": "object", "additionalProperties": {}}),
        "extra.additionalProperties: opaque schema",
    ),
    ("opaque parameter", lambda spec: _get(spec)["parameters"][1].update(schema={}), "opaque schema"),
    ("array without items", lambda spec: _book(spec).update(extra={"type": "array"}), "array without items"),
    (
        "array of {}",
        lambda spec: _book(spec).update(extra={"type": ["array", "null"], "items": {}}),
        "array items are {}",
    ),
    (
        "property d",
        lambda spec: _book(spec).update(d={"type": "string"}),
        "Book.properties.d: this name breaks",
    ),
    ("3.0 nullable", lambda spec: _book(spec)["title"].update(nullable=True), "nullable is OpenAPI 3.0"),
    (
        "unused schema",
        lambda spec: _schemas(spec).update(Left={"anyOf": [{"$ref": "#/components/schemas/Left"}]}),
        "components.schemas.Left: no operation uses it",
    ),
    (
        "unused response",
        lambda spec: spec["components"]["responses"].update(Left={"description": "x"}),
        "components.responses.Left: no operation uses it",
    ),
    (
        "response example",
        lambda spec: _example(spec).update(title=3),
        "examples.one: the example does not fit its schema: title: 3 is not of type",
    ),
    (
        "body without an example",
        lambda spec: _get(spec)["responses"]["200"]["content"]["application/json"].pop("examples"),
        "no example: show at least one body",
    ),
    (
        "parameter example",
        lambda spec: _get(spec)["parameters"][1].update(example=-1),
        "does not fit its schema: it: -1",
    ),
    (
        "schema example",
        lambda spec: _book(spec)["title"].update(examples=["x", 3]),
        "title.examples.1: the example",
    ),
    (
        "format of an example",
        lambda spec: _book(spec).update(due={"type": "string", "format": "date-time", "examples": ["soon"]}),
        "does not fit its schema",
    ),
    (
        "dangling reference",
        lambda spec: _book(spec).update(extra={"$ref": "#/components/schemas/Nothing"}),
        "points at nothing",
    ),
    (
        "dangling discriminator",
        lambda spec: _schemas(spec)["Step"]["discriminator"]["mapping"].update(
            lose="#/components/schemas/LoseStep"
        ),
        "points at nothing",
    ),
]


def test_the_undamaged_spec_is_clean(mini: Node) -> None:
    assert [str(violation) for violation in lint(SpecDocument(mini))] == []


@pytest.mark.parametrize(
    ("damage", "message"), [entry[1:] for entry in DAMAGES], ids=[entry[0] for entry in DAMAGES]
)
def test_each_rule_notices_its_damage(mini: Node, damage: Callable[[Node], None], message: str) -> None:
    damage(mini)
    found = [str(violation) for violation in lint(SpecDocument(mini))]
    assert any(message in text for text in found), found
    assert all(text.count(": ") >= 2 for text in found), "a violation says where, what, and what to do"


def test_marks_allow_what_they_are_for(mini: Node) -> None:
    _book(mini)["extra"] = {"type": "object", "additionalProperties": {}, "x-dw-open": "the reader decides"}
    _book(mini)["legacy"] = {
        "oneOf": [
            {"type": "object", "additionalProperties": {"type": "string"}},
            {"type": "array", "maxItems": 0, "items": {"type": "string"}, "x-dw-legacy": True},
        ]
    }
    _post(mini)["responses"]["422"].update({"x-dw-reasons": [], "x-dw-no-reason": True})
    assert [str(violation) for violation in lint(SpecDocument(mini))] == []


def test_every_extension_says_what_it_means() -> None:
    assert all(name.startswith("x-dw-") and extension.meaning for name, extension in EXTENSIONS.items())
