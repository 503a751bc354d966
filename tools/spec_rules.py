"""House rules for the spec, beyond what the OpenAPI standard asks.

`lint` runs them all. The rules about schemas and examples stand in `spec_schema_rules` and
`spec_example_rules`, the table of extensions in `spec_extensions`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from tools.spec_document import OperationEntry, SpecDocument, SpecError
from tools.spec_example_rules import check_examples
from tools.spec_extensions import check_extensions
from tools.spec_schema_rules import check_schemas, check_unused
from tools.spec_violation import Violation

__all__ = ["lint"]

_STATUS = re.compile(r"[1-5][0-9][0-9]")
_RESERVED_PARAMETERS = frozenset({"body", "client"})


def lint(spec: SpecDocument) -> list[Violation]:
    """Return every violation of the house rules, in the order of the rules.

    Args:
        spec: A document that is valid OpenAPI 3.1.
    """
    if dangling := list(check_references(spec)):
        return dangling  # the other rules follow references
    rules = (
        check_operation_ids,
        check_operations,
        check_responses,
        check_delivery,
        check_extensions,
        check_schemas,
        check_unused,
        check_examples,
    )
    return [violation for rule in rules for violation in rule(spec)]


def check_references(spec: SpecDocument) -> Iterator[Violation]:
    """Every `$ref` and every discriminator mapping points at something inside the document."""
    for place in spec.places:
        mapping = place.node.get("discriminator", {}).get("mapping", {}) if place.kind == "schema" else {}
        for reference in [place.node.get("$ref"), *mapping.values()]:
            try:
                spec.resolve({"$ref": reference})
            except SpecError as error:
                yield Violation(place.path, str(error), "correct the reference")


def check_operation_ids(spec: SpecDocument) -> Iterator[Violation]:
    """Operation ids exist, are camelCase, and are unique also after conversion to snake_case."""
    seen: dict[str, str] = {}
    for entry in spec.operations:
        name = entry.node.get("operationId")
        if not isinstance(name, str) or not re.fullmatch(r"[a-z][a-zA-Z0-9]*", name):
            yield Violation(entry.place, "no camelCase operationId", "add one: it names the generated module")
            continue
        previous = seen.setdefault(name.lower(), name)
        if previous is not name:
            yield Violation(
                entry.place,
                f"operationId {name} collides with another {previous}",
                "give it a name of its own",
            )


def check_operations(spec: SpecDocument) -> Iterator[Violation]:
    """Every operation is described, has one tag, and takes JSON and well-named parameters only."""
    declared = {tag.get("name") for tag in spec.content.get("tags", ())}
    for entry in spec.operations:
        for key in ("summary", "description"):
            if not str(entry.node.get(key) or "").strip():
                yield Violation(entry.place, f"no {key}", "write one in your own words")
        tags = entry.node.get("tags") or []
        if len(tags) != 1:
            yield Violation(
                entry.place, f"{len(tags)} tags", "give exactly one: it names the generated package"
            )
        for tag in set(tags) - declared:
            yield Violation(entry.place, f"tag {tag} is not declared", "describe it in the document's `tags`")
        yield from _check_inputs(spec, entry)


def _check_inputs(spec: SpecDocument, entry: OperationEntry) -> Iterator[Violation]:
    for parameter in entry.parameters:
        name = parameter.get("name")
        if name in _RESERVED_PARAMETERS:
            yield Violation(
                entry.place, f"a parameter named {name} collides with generated code", "use another name"
            )
        if parameter.get("in") == "cookie":
            yield Violation(entry.place, f"cookie parameter {name}", "this protocol has none: use a header")
    content = spec.resolve(entry.node.get("requestBody", {})).get("content", {})
    if content and list(content) != ["application/json"]:
        yield Violation(
            entry.place, "a request body that is not JSON", "offer application/json and nothing else"
        )


def check_responses(spec: SpecDocument) -> Iterator[Violation]:
    """Statuses are exact, there is a success, and every error lists the reasons it can give."""
    for entry in spec.operations:
        statuses = list(entry.node.get("responses", {}))
        if not any(status.startswith("2") for status in statuses):
            yield Violation(entry.place, "no 2xx response", "document what success looks like")
        for status in statuses:
            if not _STATUS.fullmatch(status):
                yield Violation(
                    (*entry.place, "responses", status),
                    "not an exact status",
                    "list each status: `default` and ranges also accept answers nobody described",
                )
    for place in spec.of_kind("response"):
        if "$ref" not in place.node and _is_error(spec, place.path):
            yield from _check_reasons(place.path, place.node)


def _is_error(spec: SpecDocument, path: tuple[str, ...]) -> bool:
    if path[0] != "components":
        return path[-1][0] in "45"
    reference = "#/" + "/".join(path)
    used = [
        status
        for entry in spec.operations
        for status, node in entry.node.get("responses", {}).items()
        if node.get("$ref") == reference
    ]
    return any(status[0] in "45" for status in used)


def _check_reasons(path: tuple[str, ...], node: Mapping[str, Any]) -> Iterator[Violation]:
    reasons, marked = node.get("x-dw-reasons"), node.get("x-dw-no-reason") is True
    if reasons is None and not marked:
        yield Violation(
            path, "an error without its reasons", "add x-dw-reasons: [..] or x-dw-no-reason: true"
        )
    elif not reasons and not marked:
        yield Violation(path, "an empty list of reasons", "name them, or add x-dw-no-reason: true")


def check_delivery(spec: SpecDocument) -> Iterator[Violation]:
    """The delivery semantics are stated, and name fields and statuses that exist."""
    for entry in spec.operations:
        for key in ("x-dw-plane", "x-dw-roles", "x-dw-idempotency"):
            if key not in entry.node:
                yield Violation(entry.place, f"no {key}", "state it: client, server and contract kit read it")
        yield from _check_semantic(entry)
        inputs = _input_names(spec, entry)
        for key, name in _named_inputs(entry.node):
            if name not in inputs:
                yield Violation(
                    (*entry.place, key),
                    f"{name} is no parameter or body member",
                    "name the one that is meant",
                )
        yield from _check_next(spec, entry)


def _check_semantic(entry: OperationEntry) -> Iterator[Violation]:
    for status in entry.node.get("x-dw-semantic", ()):
        if str(status) not in entry.node.get("responses", {}):
            yield Violation(
                (*entry.place, "x-dw-semantic"),
                f"{status} is not documented",
                "add that response or drop the mark",
            )


def _input_names(spec: SpecDocument, entry: OperationEntry) -> set[str]:
    body = spec.body_schema(entry.node)
    names = set() if body is None else spec.property_names(body)
    return names | {str(parameter.get("name")) for parameter in entry.parameters}


def _named_inputs(node: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    idempotency = node.get("x-dw-idempotency")
    if isinstance(idempotency, str) and idempotency.startswith("key:"):
        yield "x-dw-idempotency", re.split(r"[.:/ ]", idempotency)[-1]
    long_poll, paging = node.get("x-dw-long-poll"), node.get("x-dw-paging")
    if isinstance(long_poll, Mapping) and isinstance(long_poll.get("timeout_field"), str):
        yield "x-dw-long-poll", long_poll["timeout_field"]
    if isinstance(paging, Mapping) and isinstance(paging.get("token"), str):
        yield "x-dw-paging", paging["token"]


def _check_next(spec: SpecDocument, entry: OperationEntry) -> Iterator[Violation]:
    paging = entry.node.get("x-dw-paging")
    if not isinstance(paging, Mapping):
        return
    for status, response in spec.responses(entry.node).items():
        schema = response.get("content", {}).get("application/json", {}).get("schema")
        if (
            status.startswith("2")
            and schema is not None
            and paging.get("next") not in spec.property_names(schema)
        ):
            yield Violation(
                (*entry.place, "x-dw-paging"),
                f"{paging.get('next')} is no member of {status}",
                "correct the name",
            )
