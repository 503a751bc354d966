"""Schemas as the reference page shows them: a type in words, limits, marks, and rows of members."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

from tools.reference_text import Prose, code, json_text, link

__all__ = ["Choice", "Row", "SchemaView", "Shape", "Shapes"]

_SCHEMA_REF = "#/components/schemas/"
_UNIONS = ("oneOf", "anyOf")
_PARTS = (*_UNIONS, "allOf")
# Said by the type, by the rows, or around them. Whatever is not listed here or in the wording below is
# shown as it is written, so a keyword that is new to the spec is never lost.
_TOLD = frozenset(
    {
        *_PARTS, "$ref", "type", "properties", "required", "items", "const", "title", "description", "if",
        "then", "discriminator", "x-dw-event-payloads", "example", "examples",
    }
)  # fmt: skip
_RANGES = (
    ("minimum", "maximum", ()),
    ("minLength", "maxLength", ("character", "characters")),
    ("minItems", "maxItems", ("entry", "entries")),
    ("minProperties", "maxProperties", ("member", "members")),
)
_WORDS = {
    "x-dw-plain": "plain JSON in Python",
    "uniqueItems": "no entry twice",
    "deprecated": "deprecated",
}


@dataclass(frozen=True, slots=True)
class Row:
    """A member of an object, or a parameter."""

    name: str
    required: bool
    type: Markup
    notes: tuple[Markup, ...]
    description: Markup


@dataclass(frozen=True, slots=True)
class Choice:
    """What holds in one case only."""

    condition: Markup
    meaning: Markup


@dataclass(frozen=True, slots=True)
class Shape:
    """What is inside of a schema: others that it includes, its own members, and cases."""

    includes: tuple[Markup, ...] = ()
    rows: tuple[Row, ...] = ()
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class SchemaView:
    """One named schema."""

    name: str
    title: str
    description: Markup
    type: Markup
    notes: tuple[Markup, ...]
    shape: Shape
    examples: tuple[tuple[str, Any], ...]


class Shapes:
    """Puts schemas into words.

    Args:
        prose: Renders the descriptions.
        schemas: All named schemas.
    """

    def __init__(self, prose: Prose, schemas: Mapping[str, Mapping[str, Any]]) -> None:
        self._prose, self._schemas = prose, schemas

    def view(self, name: str, schema: Mapping[str, Any]) -> SchemaView:
        """Return a named schema as the page shows it."""
        examples = [("", value) for value in schema.get("examples", ())]
        examples += [("", schema["example"])] if "example" in schema else []
        return SchemaView(
            name,
            schema.get("title", ""),
            self._prose.blocks(schema.get("description", "")),
            self._headline(schema),
            self.notes(schema),
            self.shape(schema),
            tuple(examples),
        )

    def _headline(self, schema: Mapping[str, Any]) -> Markup:
        discriminator = schema.get("discriminator", {})
        if "mapping" in discriminator:
            return Markup("one of {}, told apart by ").format(len(discriminator["mapping"])) + code(
                discriminator["propertyName"]
            )
        return self.type(schema)

    def type(self, schema: Any) -> Markup:
        """Return the type of a schema in words, with links to named ones."""
        if not isinstance(schema, Mapping):
            return escape("nothing" if schema is False else "anything")
        if "$ref" in schema:
            return link("schema", schema["$ref"].removeprefix(_SCHEMA_REF))
        if "const" in schema:
            return code(json_text(schema["const"]))
        for keyword, word in (("oneOf", " or "), ("anyOf", " or "), ("allOf", " and ")):
            if parts := [part for part in schema.get(keyword, ()) if "if" not in part]:
                return escape(word).join(dict.fromkeys(self.type(part) for part in parts))
        kinds = schema.get("type", "object" if "properties" in schema else "anything")
        return Markup(" or ").join(
            self._kind(kind, schema) for kind in (kinds if isinstance(kinds, list) else [kinds])
        )

    def _kind(self, kind: str, schema: Mapping[str, Any]) -> Markup:
        if kind == "array" and "items" in schema:
            return Markup("list of ") + self._grouped(schema["items"])
        values = schema.get("additionalProperties")
        if kind == "object" and isinstance(values, Mapping) and "properties" not in schema:
            return Markup("map to ") + self._grouped(values)
        return escape(kind)

    def _grouped(self, schema: Any) -> Markup:
        inner = self.type(schema)
        return Markup("(") + inner + ")" if " or " in inner else inner

    def notes(self, schema: Any) -> tuple[Markup, ...]:
        """Return limits, enumerations and marks, one text each."""
        return tuple(dict.fromkeys(self._notes(schema))) if isinstance(schema, Mapping) else ()

    def _notes(self, schema: Mapping[str, Any]) -> Iterator[Markup]:
        told = set(_TOLD)
        for low, high, unit in _RANGES:
            if low in schema or high in schema:
                told |= {low, high}
                yield escape(_range(schema.get(low), schema.get(high), unit))
        for keyword, value in schema.items():
            if keyword not in told:
                yield from self._note(keyword, value)
        for inner in _inner(schema):
            yield from self._notes(inner)

    def _note(self, keyword: str, value: Any) -> Iterator[Markup]:
        if keyword in _WORDS and value is True:
            yield escape(_WORDS[keyword])
        elif keyword == "enum":
            yield Markup("one of ") + Markup(", ").join(code(json_text(entry)) for entry in value)
        elif keyword == "default":
            yield Markup("default ") + code(json_text(value))
        elif keyword == "pattern":
            yield Markup("matches ") + code(value)
        elif keyword == "format":
            yield Markup("format ") + code(value)
        elif keyword == "propertyNames":
            yield from (Markup("member names: ") + note for note in self.notes(value))
        elif keyword == "additionalProperties":
            yield from self._additional(value)
        else:
            yield _mark(keyword, value)

    def _additional(self, value: Any) -> Iterator[Markup]:
        if value is False:
            yield Markup("no other members")
        elif isinstance(value, Mapping):
            yield from (Markup("each value: ") + note for note in self.notes(value))

    def shape(self, schema: Any, prefix: str = "") -> Shape:
        """Return what is inside of a schema; members of nested objects come with their path."""
        if not isinstance(schema, Mapping) or "$ref" in schema:
            return Shape()
        required = schema.get("required", ())
        rows = [
            row
            for name, member in schema.get("properties", {}).items()
            for row in self._member(prefix + name, member, name in required)
        ]
        includes: list[Markup] = []
        choices: list[Choice] = []
        for part in (part for keyword in _PARTS for part in schema.get(keyword, ())):
            if "if" in part:
                choices.append(self._choice(part))
                continue
            inner = self.shape(part, prefix)
            rows += inner.rows
            choices += inner.choices
        includes += [self.type(part) for part in schema.get("allOf", ()) if "$ref" in part]
        return Shape(tuple(includes), tuple(rows), (*choices, *self._discriminated(schema)))

    def _member(self, path: str, member: Any, required: bool) -> Iterator[Row]:
        described = self._prose.line(self.described(member))
        yield Row(path, required, self.type(member), self.notes(member), described)
        yield from self._inside(path, member)

    def described(self, schema: Any) -> str:
        """Return the description of a schema, or the beginning of that of the schema it refers to."""
        if not isinstance(schema, Mapping):
            return ""
        if "description" in schema or "$ref" not in schema:
            return str(schema.get("description", ""))
        target = self._schemas[schema["$ref"].removeprefix(_SCHEMA_REF)]
        return self.described(target).strip().partition("\n\n")[0]

    def _inside(self, path: str, member: Any) -> Iterator[Row]:
        if not isinstance(member, Mapping):
            return
        yield from self.shape(member, f"{path}.").rows
        yield from self._below(path, member.get("items"), "[]")
        yield from self._below(path, member.get("additionalProperties"), ".*")

    def _below(self, path: str, schema: Any, step: str) -> Iterator[Row]:
        if isinstance(schema, Mapping) and "$ref" not in schema:
            yield from self._inside(path + step, schema)

    def _choice(self, schema: Mapping[str, Any]) -> Choice:
        condition = [
            code(name) + " is " + self.type(member)
            for name, member in schema["if"].get("properties", {}).items()
        ]
        rows = self.shape(schema.get("then", {})).rows
        meaning = [code(row.name) + ": " + row.type for row in rows]
        rest = {keyword: schema[keyword] for keyword in ("then", "else") if keyword in schema}
        return Choice(
            Markup(" and ").join(condition) or code(json_text(schema["if"])),
            Markup(", ").join(meaning) if meaning and "else" not in rest else code(json_text(rest)),
        )

    def _discriminated(self, schema: Mapping[str, Any]) -> Iterator[Choice]:
        told = schema.get("discriminator", {})
        for value, reference in told.get("mapping", {}).items():
            yield Choice(code(told["propertyName"]) + " is " + code(value), self.type({"$ref": reference}))


def _inner(schema: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yield the unnamed schemas whose limits are limits of this one, too."""
    for keyword in _PARTS:
        yield from (part for part in schema.get(keyword, ()) if "if" not in part and "$ref" not in part)
    items = schema.get("items")
    if isinstance(items, Mapping) and "$ref" not in items:
        yield {keyword: value for keyword, value in items.items() if keyword not in ("x-dw-plain",)}


def _range(low: Any, high: Any, unit: tuple[str, ...]) -> str:
    number = high if high is not None else low
    noun = f" {unit[number != 1]}" if unit else ""
    if low is None:
        return f"at most {high}{noun}"
    if high is None:
        return f"at least {low}{noun}"
    return f"exactly {low}{noun}" if low == high else f"{low} to {high}{noun}"


def _mark(keyword: str, value: Any) -> Markup:
    if keyword == "x-dw-since":
        return escape("ours: came with the reference server" if value == "ours" else f"since {value}")
    if keyword == "x-dw-capability":
        return Markup("capability ") + code(value)
    if keyword == "x-dw-legacy":
        return Markup("legacy spelling, read only") + ("" if value is True else f": {value}")
    if keyword == "x-dw-open":
        return Markup("open: {}").format(value)
    return Markup("{}: ").format(keyword) + code(json_text(value))
