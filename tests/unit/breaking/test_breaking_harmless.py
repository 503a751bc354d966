"""Changes that break nobody pass, and the ways to say the same thing differently count as no change."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from tools.breaking import compare
from tools.spec_document import SpecDocument

from support.breaking_specs import (
    COMPLETE,
    EVENT,
    REQUEST,
    RUN,
    START,
    STARTED,
    Change,
    Node,
    S,
    add,
    at,
    both,
    breaks,
    drop,
    put,
    real_spec,
    rename_schema,
    small_spec,
)

MARKED = {"x-dw-since": "ours", "x-dw-capability": "start_zone"}
STRING_OR_NULL = {"oneOf": [{"type": "null"}, {"type": "string"}]}
NAP = {"type": "object", "required": ["type"], "properties": {"type": {"const": "nap"}}}


def _reordered(node: Any) -> Any:
    if isinstance(node, dict):
        return {key: _reordered(node[key]) for key in reversed(node)}
    return [_reordered(entry) for entry in node] if isinstance(node, list) else node


def _reorder(spec: Node) -> None:
    spec["paths"], spec["components"] = _reordered(spec["paths"]), _reordered(spec["components"])


def _reorder_unions(spec: Node) -> None:
    for union in (at(spec, (*S, "Blob", "anyOf")), at(spec, (*S, "WorkflowTaskCommand", "oneOf"))):
        union.reverse()


def _inline_base(spec: Node) -> None:
    at(spec, (*S, "Run", "allOf"))[0] = copy.deepcopy(at(spec, (*S, "Base")))


def _flatten_run(spec: Node) -> None:
    base, own = at(spec, (*S, "Base")), at(spec, RUN)
    spec["components"]["schemas"]["Run"] = {
        "type": "object",
        "required": [*base["required"], *own["required"]],
        "properties": {**base["properties"], **own["properties"]},
    }


def _share_the_body(spec: Node) -> None:
    bodies = spec["components"].setdefault("requestBodies", {})
    bodies["Start"] = at(spec, (*START, "requestBody"))
    put(*START, "requestBody", to={"$ref": "#/components/requestBodies/Start"})(spec)


def _events_by_condition(spec: Node) -> None:
    table = at(spec, EVENT).pop("x-dw-event-payloads")
    at(spec, EVENT)["allOf"] = [
        {
            "if": {"properties": {"event_type": {"const": event_type}}},
            "then": {"properties": {"payload": {"$ref": reference}}},
        }
        for event_type, reference in table.items()
    ]


CASES: dict[str, Change] = {
    "nothing": lambda spec: None,
    "descriptions": both(
        put(*START, "description", to="Starts."), put(*REQUEST, "priority", "description", to="How urgent.")
    ),
    "examples": put(*RUN, "examples", to=[{"run_id": "a"}]),
    "keys in another order": _reorder,
    "alternatives in another order": _reorder_unions,
    "a renamed schema": rename_schema("StartRequest", "RunRequest"),
    "a renamed event schema": rename_schema("HistoryEvent", "Event"),
    "a renamed command union": rename_schema("WorkflowTaskCommand", "Command"),
    "a renamed payload schema": rename_schema("StepScheduled", "StepScheduledPayload"),
    "a part written in place": _inline_base,
    "allOf merged": _flatten_run,
    "a body moved to components": _share_the_body,
    "nullable by a union": put(*S, "Page", "properties", "next_token", to=STRING_OR_NULL),
    "an enum of one for a const": put(*STARTED, "properties", "kind", to={"type": "string", "enum": ["run"]}),
    "payloads selected by conditions": _events_by_condition,
    "payloads named as references": put(
        *EVENT, "x-dw-event-payloads", "RunStarted", to={"$ref": "#/components/schemas/RunStarted"}
    ),
    "a new operation": put(
        "paths", "/api/naps", to={"post": {"operationId": "nap", "responses": {"200": {}}}}
    ),
    "a new optional response member": put(*RUN, "properties", "zone", to={"type": "string"}),
    "a new optional event member": put(*EVENT, "properties", "zone", to={"type": "string"}),
    "a new event type": put(*EVENT, "x-dw-event-payloads", "RunNapped", to="#/components/schemas/Retry"),
    "a new error status": put(*START, "responses", "429", to={"description": "Too many."}),
    "a new reason": add(*START, "responses", "409", "x-dw-reasons", value="frozen"),
    "a new optional header of an answer": put(
        *START, "responses", "201", "headers", "X-New", to={"schema": {"type": "string"}}
    ),
    "a marked new request member": put(*REQUEST, "zone", to={"type": "string", **MARKED}),
    "a new request member of a newer version": put(
        *REQUEST, "zone", to={"type": "string", "x-dw-since": "1.12"}
    ),
    "a marked new parameter": add(
        *START, "parameters", value={"name": "z", "in": "query", "schema": {"type": "string"}, **MARKED}
    ),
    "a marked request limit": put(*REQUEST, "run_id", to={"type": "string", "pattern": "^[a-z]+$", **MARKED}),
    "a marked new command": both(
        add(*S, "WorkflowTaskCommand", "oneOf", value={"$ref": "#/components/schemas/Nap"}),
        put(*S, "Nap", to=NAP | MARKED),
    ),
    "a marked new body media type": put(*START, "requestBody", "content", "application/cbor", to=MARKED),
    "a payload that may hold more": both(
        add(*STARTED, "properties", "cause", "enum", value="retry"),
        drop(*S, "StepScheduled", "properties", "step", "maxLength"),
    ),
    "the same security said again": put(*COMPLETE, "security", to=[{"bearer": []}]),
    "another way in": put(*COMPLETE, "security", to=[{"bearer": []}, {"bearer": [], "basic": []}]),
}
LOOSER_ANSWERS = {"a payload that may hold more"}


@pytest.mark.parametrize("name", CASES)
def test_what_breaks_nobody_passes(name: str) -> None:
    found = breaks(small_spec(), CASES[name])
    if name in LOOSER_ANSWERS:
        found = {key for key in found if key.startswith("history")}
    assert found == set()


def test_additions_are_listed() -> None:
    base, current = small_spec(), small_spec()
    for name in ("a new operation", "a marked new request member", "a new event type", "a new reason"):
        CASES[name](current)
    assert set(compare(SpecDocument(base), SpecDocument(current)).additions) == {
        "nap: operation added",
        "schemas.StartRequest.zone: optional member added",
        "event RunNapped: event type added",
        "startRun.409: reason frozen added",
    }


def test_the_real_spec_does_not_break_itself() -> None:
    base, current = real_spec(), real_spec()
    _reorder(current)
    findings = compare(SpecDocument(base), SpecDocument(current))
    assert list(findings) == []
    assert findings.additions == ()


@pytest.mark.parametrize(
    "name",
    ["HistoryEvent", "WorkflowTaskCommand", "StartWorkflowRequest", "CommandReceipt", "PayloadEnvelope"],
)
def test_a_schema_of_the_real_spec_may_be_renamed(name: str) -> None:
    assert breaks(real_spec(), rename_schema(name, f"{name}Renamed")) == set()
