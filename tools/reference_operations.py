"""Operations as the reference page shows them: facts in words, parameters, body, answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

from tools.reference_schemas import Row, Shapes
from tools.reference_text import Prose, code, json_text, link
from tools.spec_document import OperationEntry, SpecDocument

__all__ = ["AnswerView", "BodyView", "OperationView", "Operations"]

_PLANES = {
    "service": "service: no version header",
    "control": "control: version header `X-Durable-Workflow-Control-Plane-Version`",
    "worker": "worker: version header `X-Durable-Workflow-Protocol-Version`",
}
_REPEATS = {
    "natural": "safe: the same request again has no further effect",
    "none": "not safe: the same request again may act twice",
}
_RESPONSE = "#/components/responses/"


@dataclass(frozen=True, slots=True)
class BodyView:
    """A JSON body: its type, the schema behind it if that has a name, and examples."""

    type: Markup
    schema: str
    rows: tuple[Row, ...]
    examples: tuple[tuple[str, Any], ...]


@dataclass(frozen=True, slots=True)
class AnswerView:
    """One documented answer; `name` is that of the shared answer it refers to."""

    status: str
    name: str
    description: Markup
    reasons: tuple[str, ...]
    has_reason: bool
    headers: tuple[Markup, ...]
    body: BodyView | None
    links: tuple[Markup, ...]
    marks: tuple[Markup, ...]


@dataclass(frozen=True, slots=True)
class OperationView:
    """One operation."""

    id: str
    method: str
    path: str
    tag: str
    summary: Markup
    description: Markup
    facts: tuple[tuple[str, Markup], ...]
    parameters: tuple[tuple[str, Row], ...]
    body: BodyView | None
    body_required: bool
    answers: tuple[AnswerView, ...]


class Operations:
    """Puts operations into words.

    Args:
        spec: The document.
        prose: Renders the descriptions.
        shapes: Puts the schemas into words.
    """

    def __init__(self, spec: SpecDocument, prose: Prose, shapes: Shapes) -> None:
        self._spec, self._prose, self._shapes = spec, prose, shapes

    def view(self, entry: OperationEntry) -> OperationView:
        """Return an operation as the page shows it."""
        node = entry.node
        request = self._spec.resolve(node.get("requestBody", {}))
        return OperationView(
            node["operationId"],
            entry.method.upper(),
            entry.path,
            node["tags"][0],
            self._prose.line(node["summary"]),
            self._prose.blocks(node.get("description", "")),
            tuple(self._facts(node)),
            tuple((parameter["in"], self.carrier(parameter)) for parameter in entry.parameters),
            self._body(request),
            request.get("required", False),
            tuple(self.answer(status, one) for status, one in sorted(node["responses"].items())),
        )

    def _facts(self, node: Mapping[str, Any]) -> Iterator[tuple[str, Markup]]:
        line = self._prose.line
        yield "plane", line(_PLANES[node["x-dw-plane"]])
        yield "roles", line(", ".join(node["x-dw-roles"]) or "everybody, without a token")
        yield "repeating", line(_repeat(node["x-dw-idempotency"]))
        if poll := node.get("x-dw-long-poll"):
            field = poll["timeout_field"]
            wait = f"at most `{field}` seconds" if field else "as long as the server holds a poll"
            yield "long poll", line(f"{wait}; without news: {poll['empty']}")
        if paging := node.get("x-dw-paging"):
            yield "paging", line(f"`{paging['next']}` of the answer goes into `{paging['token']}`")
        if semantic := node.get("x-dw-semantic"):
            statuses = ", ".join(str(status) for status in semantic)
            yield "valid input", line(f"may still be refused with {statuses}")
        since = node.get("x-dw-since", "1.0")
        yield (
            "since",
            line("ours: came with the reference server" if since == "ours" else f"protocol {since}"),
        )
        if capability := node.get("x-dw-capability"):
            yield "capability", code(capability)
        yield from self._further_facts(node)

    def _further_facts(self, node: Mapping[str, Any]) -> Iterator[tuple[str, Markup]]:
        told = ("plane", "roles", "idempotency", "long-poll", "paging", "semantic", "since", "capability")
        known = {f"x-dw-{name}" for name in told}
        for key, value in node.items():
            if key.startswith("x-") and key not in known:
                yield key.removeprefix("x-dw-"), code(json_text(value))

    def carrier(self, node: Mapping[str, Any], name: str = "") -> Row:
        """Return a parameter or a header as a row."""
        schema = node.get("schema", {})
        marks = {key: value for key, value in node.items() if key.startswith("x-")}
        notes = (*self._shapes.notes(schema), *self._shapes.notes(marks))
        described = self._prose.line(node.get("description", ""))
        return Row(
            name or node["name"], node.get("required", False), self._shapes.type(schema), notes, described
        )

    def answer(self, status: str, written: Mapping[str, Any]) -> AnswerView:
        """Return one answer, given as written in the document: a reference or in full."""
        node = self._spec.resolve(written)
        headers = [
            link("header", header["$ref"].rpartition("/")[2], name) if "$ref" in header else escape(name)
            for name, header in node.get("headers", {}).items()
        ]
        return AnswerView(
            status,
            written["$ref"].removeprefix(_RESPONSE) if "$ref" in written else "",
            self._prose.line(node.get("description", "")),
            tuple(node.get("x-dw-reasons", ())),
            not node.get("x-dw-no-reason", False),
            tuple(headers),
            self._body(node),
            tuple(self._links(node)),
            tuple(self._marks(node)),
        )

    def _marks(self, node: Mapping[str, Any]) -> Iterator[Markup]:
        told = ("x-dw-reasons", "x-dw-no-reason")
        marks = {key: value for key, value in node.items() if key.startswith("x-") and key not in told}
        yield from self._shapes.notes(marks)

    def _links(self, node: Mapping[str, Any]) -> Iterator[Markup]:
        for written in node.get("links", {}).values():
            target = self._spec.resolve(written)
            if "operationId" in target:
                yield link("operation", target["operationId"])

    def _body(self, node: Mapping[str, Any]) -> BodyView | None:
        contents = node.get("content", {})
        if not contents:
            return None
        schemas = [content.get("schema", {}) for content in contents.values()]
        kinds = [
            self._shapes.type(schema) + ("" if media == "application/json" else f", as {media}")
            for media, schema in zip(contents, schemas, strict=True)
        ]
        references = [schema["$ref"].rpartition("/")[2] for schema in schemas if "$ref" in schema]
        rows = [row for schema in schemas for row in self._shapes.shape(schema).rows]
        examples = [example for content in contents.values() for example in self._examples(content)]
        return BodyView(Markup(" or ").join(kinds), "".join(references[:1]), tuple(rows), tuple(examples))

    def _examples(self, content: Mapping[str, Any]) -> tuple[tuple[str, Any], ...]:
        found = [("", content["example"])] if "example" in content else []
        for name, written in content.get("examples", {}).items():
            example = self._spec.resolve(written)
            found.append((example.get("summary") or name.replace("_", " "), example.get("value")))
        return tuple(found)


def _repeat(idempotency: str) -> str:
    if idempotency in _REPEATS:
        return _REPEATS[idempotency]
    place, _, name = idempotency.removeprefix("key:").partition(":")
    key = f"`{name}` in the {place}" if name else f"`{place}`"
    return f"recognised by {key}, on servers that advertise it"
