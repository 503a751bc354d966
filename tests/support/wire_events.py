"""The history events in recorded answers, and the check of one event against the spec."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from support.wire import Exchange, Problem, WireSpec, exchanges

# Four surfaces show events, each in a shape of its own; the members tell them apart.
_SHAPES = {
    frozenset({"event_type", "timestamp"}): "WorkflowHistoryEvent",
    frozenset({"event_type", "workflow_task_id", "recorded_at"}): "HistoryEvent",
    frozenset({"event_type", "workflow_run_id", "recorded_at"}): "ScheduleHistoryEvent",
    frozenset({"type", "workflow_task_id", "recorded_at"}): "ExportedEvent",
}


@dataclass(frozen=True, slots=True)
class RecordedEvent:
    """One history event, where it was recorded, and the schema of the shape it has."""

    exchange: Exchange
    shape: str
    kind: str
    node: Mapping[str, Any]

    def __str__(self) -> str:
        return f"{self.exchange.file} {self.exchange.seq}: {self.kind} {self.node.get('sequence')}"


@functools.cache
def recorded_events() -> tuple[RecordedEvent, ...]:
    """Every event of every answer, in the order of the recordings."""
    return tuple(
        RecordedEvent(exchange, shape, str(node.get("event_type") or node.get("type")), node)
        for exchange in exchanges()
        for shape, node in _events(exchange.response_body)
    )


def event_problems(spec: WireSpec, event: RecordedEvent) -> list[Problem]:
    """What the spec does not allow in an event: its shape, or the payload of its kind."""
    return [
        Problem(part, f"{'/'.join(map(str, error.instance_path)) or '(all)'}: {error.message[:200]}")
        for part, schema, value in (
            ("event", event.shape, event.node),
            ("payload", payload_schema(spec, event.kind), event.node["payload"]),
        )
        for error in spec.component(schema).iter_errors(value)
    ]


def payload_schema(spec: WireSpec, kind: str) -> str:
    """The name of the schema that the spec selects for the payload of an event kind."""
    schemas = spec.document.content["components"]["schemas"]
    reference: str = schemas["HistoryEventByType"]["x-dw-event-payloads"][kind]
    return reference.rpartition("/")[2]


def _events(node: Any) -> Iterator[tuple[str, Mapping[str, Any]]]:
    if isinstance(node, dict):
        if {"sequence", "payload"} <= node.keys():
            yield from ((shape, node) for members, shape in _SHAPES.items() if members <= node.keys())
        for value in node.values():
            yield from _events(value)
    elif isinstance(node, list):
        for value in node:
            yield from _events(value)
