"""Holds retained histories against the current document: what was once written must stay readable."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from tools.breaking_cases import members
from tools.breaking_findings import Change, Context, Effect, Findings, Mode
from tools.breaking_members import event_types_of
from tools.breaking_schemas import SchemaComparison
from tools.breaking_shapes import Case, Part, Parts, Shapes, as_part, place_of

__all__ = ["HistoryComparison"]

_ROOTS = ("HistoryEvent", "WorkflowHistoryEvent", "HistoryEventPayload")
_COMMANDS = "WorkflowTaskCommand"
_TABLE = "x-dw-event-payloads"
_PAYLOAD_MEMBERS = frozenset({"arguments", "result"})
_HISTORY = Context(Mode.HISTORY, "retained histories")


@dataclass(frozen=True, slots=True)
class HistoryComparison:
    """Finds what makes a retained history unreadable. Runs after the comparison of the operations."""

    schemas: SchemaComparison
    findings: Findings

    def compare(self) -> None:
        """Compare events, the payload of each event type, and what commands leave in events."""
        for name in (*_ROOTS, *_holders(self.schemas.old)):
            for old, new in self._counterparts(f"schemas.{name}", name):
                self.schemas.compare(old, new, _HISTORY)
        before, after = event_payloads(self.schemas.old), event_payloads(self.schemas.new)
        for event_type, payload in before.items():
            self._event(event_type, payload, after.get(event_type))
        for event_type in sorted(after.keys() - before.keys()):
            self.findings.note(f"event {event_type}", "event type added")
        recorded = _PAYLOAD_MEMBERS | _member_names(self.schemas.old, before.values())
        for old, new in self._counterparts(f"schemas.{_COMMANDS}", _COMMANDS):
            self._commands(old, new, recorded - {"type"})

    def _counterparts(self, place: str, name: str) -> Iterator[tuple[Parts, Parts]]:
        """Yield a schema of the base with what stands in its place now, whatever it is called."""
        old, new = self.schemas.old.component(name), self.schemas.new.component(name)
        met = [meeting for meeting in self.schemas.meetings if meeting.name == place]
        yield from ((meeting.old, meeting.new) for meeting in met)
        if old is not None and new is not None:
            yield old, new
        elif old is not None and not met:
            self._report(Effect.REMOVED, place, "schema removed")

    def _event(self, event_type: str, old: Parts, new: Parts | None) -> None:
        if new is None:
            self._report(Effect.REMOVED, f"event {event_type}", "event type removed")
            return
        self.schemas.compare(old, new, Context(Mode.RESPONSE, f"event {event_type}"))
        self.schemas.compare(old, new, _HISTORY)

    def _commands(self, old: Parts, new: Parts, recorded: frozenset[str]) -> None:
        after = {_command_type(case): case for case in self.schemas.new.cases(new)}
        for case in self.schemas.old.cases(old):
            if (command := _command_type(case)) in after:
                self._command(case, after[command], recorded)

    def _command(self, old: Case, new: Case, recorded: frozenset[str]) -> None:
        before, after = members(old), members(new)
        for name in sorted(recorded & before.keys()):
            if name in after:
                self.schemas.compare(before[name], after[name], _HISTORY)
            else:
                self._report(Effect.REMOVED, before[name][0].place, "member removed")

    def _report(self, effect: Effect, place: str, what: str) -> None:
        self.findings.add_change(Change(effect, place, what), _HISTORY)


def event_payloads(shapes: Shapes) -> dict[str, Parts]:
    """Return the payload schema of each event type, from the table of payloads or from conditions."""
    found: dict[str, Parts] = {}
    for place in shapes.spec.places:
        table = place.node.get(_TABLE)
        entries = table.items() if isinstance(table, dict) else ()
        for event_type, target in entries:
            found[event_type] = (*found.get(event_type, ()), _target(shapes, event_type, target))
        if place.kind == "schema" and "then" in place.node:
            for event_type in event_types_of(place.node.get("if")):
                found[event_type] = (*found.get(event_type, ()), _payload(event_type, place.node["then"]))
    return found


def _target(shapes: Shapes, event_type: str, target: Any) -> Part:
    """Return what an entry of the table points at: a reference, its text, or the name of a schema."""
    if isinstance(target, str):
        reference = target if target.startswith("#") else f"#/components/schemas/{target}"
        return as_part(shapes.spec.resolve({"$ref": reference}), place_of(reference))
    return shapes.follow(target, f"event {event_type}")


def _payload(event_type: str, event: Any) -> Part:
    described = event.get("properties", {}) if isinstance(event, dict) else {}
    return as_part(described.get("payload", event), f"event {event_type}")


def _command_type(case: Case) -> frozenset[str]:
    return frozenset(label for label in case.labels if label.startswith("type="))


def _holders(shapes: Shapes) -> Iterator[str]:
    """Yield the named schemas that hold a table of payloads."""
    for place in shapes.spec.of_kind("schema"):
        if place.is_component and _TABLE in place.node and place.path[2] not in _ROOTS:
            yield place.path[2]


def _member_names(shapes: Shapes, payloads: Iterable[Parts]) -> frozenset[str]:
    cases = (case for payload in payloads for case in shapes.cases(payload))
    return frozenset(name for case in cases for name in members(case))
