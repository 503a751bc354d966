"""Compares what an operation takes (parameters, body) and answers (statuses, headers, bodies)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tools.breaking_findings import Change, Context, Effect, Findings, Kind, Mode
from tools.breaking_schemas import SchemaComparison
from tools.breaking_shapes import ANYTHING, Part, Parts, Shapes, as_part

__all__ = ["MessageComparison"]

_Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class MessageComparison:
    """The messages of one operation, which `name` names."""

    schemas: SchemaComparison
    findings: Findings
    name: str

    def parameters(self, old: Sequence[Any], new: Sequence[Any], context: Context) -> None:
        """Compare parameters by where they stand and their name."""
        before = self._by_name(self.schemas.old, old)
        after = self._by_name(self.schemas.new, new)
        for key, part in before.items():
            if key in after:
                self._carrier("parameter", part, after[key], self._announced(after[key], context))
            else:
                self._report(Effect.REMOVED, part.place, "parameter removed", context)
        for key, part in after.items():
            if key not in before:
                self._arrival("parameter", part, self._announced(part, context))

    def _by_name(self, shapes: Shapes, raw: Sequence[Any]) -> dict[_Key, Part]:
        found: dict[_Key, Part] = {}
        for entry in raw:
            node = shapes.spec.resolve(entry)
            where, name = str(node.get("in")), str(node.get("name"))
            part = shapes.follow(entry, f"{self.name}.{where}.{name}")
            found.setdefault((where, name.lower() if where == "header" else name), part)
        return found

    def body(self, old: Any, new: Any, context: Context) -> None:
        """Compare request bodies, each of which may be missing (None)."""
        before = None if old is None else self.schemas.old.follow(old, f"{self.name}.request")
        after = None if new is None else self.schemas.new.follow(new, f"{self.name}.request")
        if before is not None and after is not None:
            self._required("request body", before, after, context)
            self._media(before, after, context)
        elif before is not None:
            self._report(Effect.REMOVED, before.place, "request body removed", context)
        elif after is not None:
            self._arrival("request body", after, context)

    def responses(self, old: Mapping[str, Any], new: Mapping[str, Any]) -> None:
        """Compare answers by status."""
        for status in sorted(old.keys() & new.keys()):
            place, context = f"{self.name}.{status}", Context(Mode.RESPONSE, f"{self.name} {status}")
            before = self.schemas.old.follow(old[status], place)
            after = self.schemas.new.follow(new[status], place)
            self._media(before, after, context)
            self._headers(before, after, context)
            self._reasons(before, after, context)
        for status in sorted(old.keys() - new.keys()):
            self._status_removed(status)
        for status in sorted(new.keys() - old.keys()):
            self._status_added(status)

    def _status_removed(self, status: str) -> None:
        place, what = f"{self.name}.{status}", "status removed"
        if status.startswith("2"):
            how = "released clients wait for a success that no longer comes"
            self.findings.add(Kind.CLIENT, place, what, how)
        self.findings.add(Kind.SERVER, place, what, "released servers still answer so")

    def _status_added(self, status: str) -> None:
        place, what = f"{self.name}.{status}", "status added"
        if not status.startswith("2"):
            self.findings.note(place, what)
            return
        how = "released clients take a success they do not know for an error"
        self.findings.add(Kind.CLIENT, place, what, how)
        self.findings.add(Kind.SERVER, place, what, "released servers do not answer so")

    def _media(self, old: Part, new: Part, context: Context) -> None:
        before, after = old.node.get("content", {}), new.node.get("content", {})
        for media, node in before.items():
            if media in after:
                inner = self._announced(Part(after[media], new.place), context)
                self.schemas.compare(_schema(node, old.place), _schema(after[media], new.place), inner)
            else:
                self._report(Effect.REMOVED, old.place, f"media type {media} removed", context)
        for media in sorted(after.keys() - before.keys()):
            inner = self._announced(Part(after[media], new.place), context)
            self._report(Effect.WIDENED, new.place, f"media type {media} added", inner)

    def _headers(self, old: Part, new: Part, context: Context) -> None:
        before, after = _headers(self.schemas.old, old), _headers(self.schemas.new, new)
        for name, part in before.items():
            if name in after:
                self._carrier("header", part, after[name], context)
            else:
                self._report(Effect.REMOVED, f"{old.place}.header.{name}", "header removed", context)
        for name, part in after.items():
            if name not in before:
                self._arrival("header", Part(part.node, f"{new.place}.header.{name}"), context)

    def _reasons(self, old: Part, new: Part, context: Context) -> None:
        before, after = (frozenset(part.node.get("x-dw-reasons", ())) for part in (old, new))
        for reason in sorted(before - after):
            how = "released clients that decide by it never see it again"
            self.findings.add(Kind.CLIENT, new.place, f"reason {reason} removed", how, context.via)
        for reason in sorted(after - before):
            self.findings.note(new.place, f"reason {reason} added")

    def _carrier(self, noun: str, old: Part, new: Part, context: Context) -> None:
        self._required(noun, old, new, context)
        self.schemas.compare(_schema(old.node, old.place), _schema(new.node, new.place), context)

    def _required(self, noun: str, old: Part, new: Part, context: Context) -> None:
        was, now = bool(old.node.get("required")), bool(new.node.get("required"))
        if was != now:
            effect = Effect.NARROWED if now else Effect.WIDENED
            self._report(
                effect, new.place, f"{noun} {'required now' if now else 'no longer required'}", context
            )

    def _arrival(self, noun: str, part: Part, context: Context) -> None:
        required = part.node.get("required") is True
        effect = Effect.ADDED_REQUIRED if required else Effect.ADDED
        self._report(effect, part.place, f"{'required' if required else 'optional'} {noun} added", context)

    def _announced(self, part: Part, context: Context) -> Context:
        return context.excuse(self.schemas.marks.announce(_marked(part.node)))

    def _report(self, effect: Effect, place: str, what: str, context: Context) -> None:
        self.findings.add_change(Change(effect, place, what), context)


def _marked(node: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
    schema = node.get("schema")
    return (node, schema) if isinstance(schema, Mapping) else (node,)


def _schema(carrier: Mapping[str, Any], place: str) -> Parts:
    return (as_part(carrier.get("schema", ANYTHING), place),)


def _headers(shapes: Shapes, response: Part) -> dict[str, Part]:
    raw = response.node.get("headers", {})
    return {
        name.lower(): shapes.follow(node, f"{response.place}.header.{name.lower()}")
        for name, node in raw.items()
    }
