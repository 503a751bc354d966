"""Seeded changes of the real spec: named ones of each kind, and a sample of all that can be damaged."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

import pytest
from tools.spec_document import SpecDocument

from support.breaking_specs import Change, S, add, both, breaks, drop, put, real_spec, rename

START = ("paths", "/api/workflows", "post")
REQUEST = (*S, "StartWorkflowRequest", "properties")
RESPONSE = (*S, "StartWorkflowResponse")
POLL = (*S, "PollWorkflowTaskRequest")
ACTIVITY = (*S, "ScheduleActivityCommand", "properties")
EVENT = (*S, "HistoryEvent")

CASES: dict[str, Change] = {
    "client startWorkflow: operation removed": drop(*START),
    "client startWorkflow: method changed from POST to PUT": rename(*START, to="put"),
    "client schemas.StartWorkflowResponse.run_id: no longer required": drop(*RESPONSE, "required", "run_id"),
    "client schemas.StartWorkflowResponse.outcome: member removed": both(
        drop(*RESPONSE, "required", "outcome"), drop(*RESPONSE, "properties", "outcome")
    ),
    "client schemas.StartWorkflowResponse.outcome: the type null is allowed now": put(
        *RESPONSE, "properties", "outcome", "type", to=["string", "null"]
    ),
    "client startWorkflow.201: status removed": drop(*START, "responses", "201"),
    "client schemas.PollWorkflowTaskRequest.build_id: required now": add(*POLL, "required", value="build_id"),
    'client schemas.DuplicatePolicy: the value "fail" is no longer allowed': drop(
        *S, "DuplicatePolicy", "enum", "fail"
    ),
    "client headers.ControlPlaneVersion: header no longer required": put(
        "components", "headers", "ControlPlaneVersion", "required", to=False
    ),
    "client parameters.Namespace: parameter required now": put(
        "components", "parameters", "Namespace", "required", to=True
    ),
    "client getHealth: security changed from none to bearer http": drop(
        "paths", "/api/health", "get", "security"
    ),
    "server schemas.StartWorkflowResponse.zone: required member added": both(
        add(*RESPONSE, "required", value="zone"), put(*RESPONSE, "properties", "zone", to={"type": "string"})
    ),
    "server startWorkflow.202: status added": put(*START, "responses", "202", to={"description": "Later."}),
    "server schemas.StartWorkflowRequest.zone: optional member added": put(
        *REQUEST, "zone", to={"type": "string"}
    ),
    "server schemas.WorkflowTaskCommand: the alternative type=nap is new": both(
        put(*S, "NapCommand", to={"type": "object", "properties": {"type": {"const": "nap"}}}),
        add(*S, "WorkflowTaskCommand", "oneOf", value={"$ref": "#/components/schemas/NapCommand"}),
    ),
    "history schemas.HistoryEvent.workflow_task_id: member removed": both(
        drop(*EVENT, "properties", "workflow_task_id"), drop(*EVENT, "required", "workflow_task_id")
    ),
    "history schemas.HistoryEvent.sequence: type changed from integer to string": put(
        *EVENT, "properties", "sequence", to={"type": "string"}
    ),
    "history schemas.WorkflowHistoryEvent.recorded_by: required member added": both(
        put(*S, "WorkflowHistoryEvent", "properties", "recorded_by", to={"type": "string"}),
        add(*S, "WorkflowHistoryEvent", "required", value="recorded_by"),
    ),
    'history schemas.Timestamp: pattern changed from none to "Z$"': put(*S, "Timestamp", "pattern", to="Z$"),
    "history schemas.PayloadEnvelope.blob: minLength changed from 0 to 1": put(
        *S, "PayloadEnvelope", "properties", "blob", "minLength", to=1
    ),
    "history schemas.ScheduleActivityCommand.arguments: member removed": drop(*ACTIVITY, "arguments"),
}


@pytest.mark.parametrize("key", CASES)
def test_a_seeded_break_of_the_real_spec_is_found(key: str) -> None:
    assert key in breaks(real_spec(), CASES[key])


def _damages(spec: dict[str, Any]) -> Iterator[tuple[str, Change]]:
    """Yield a break for every required member, every member, every enum value and every status."""
    for place in SpecDocument(spec).places:
        if place.kind == "operation":
            for status in place.node["responses"]:
                yield f"{place.path} {status}", drop(*place.path, "responses", status)
        if place.kind != "schema" or "if" in place.path or "x-dw-open" in place.node:
            continue
        for name in place.node.get("required", ()):
            yield f"{place.path} {name} optional", drop(*_keys(place.path), "required", name)
        for name, schema in place.node.get("properties", {}).items():
            if schema is not False:
                yield f"{place.path} {name} removed", drop(*_keys(place.path), "properties", name)
        for value in place.node.get("enum", ()):
            yield f"{place.path} {value} gone", drop(*_keys(place.path), "enum", value)


def _keys(path: tuple[str, ...]) -> tuple[Any, ...]:
    """Return a path in which the positions in `allOf` and other lists are numbers."""
    lists = ("allOf", "anyOf", "oneOf")
    return tuple(
        int(key) if key.isdigit() and before in lists else key
        for before, key in zip(("", *path), path, strict=False)
    )


def _unnoticed(sample: int) -> list[str]:
    spec = real_spec()
    damages = list(_damages(spec))
    assert len(damages) > 500
    # Drawn by name, so that a new member of the spec does not exchange all the others.
    drawn = sorted(damages, key=lambda damage: hashlib.sha256(damage[0].encode()).digest())[:sample]
    return [name for name, damage in drawn if not breaks(spec, damage)]


def test_hardly_any_damage_goes_unnoticed() -> None:
    assert _unnoticed(20) == []


@pytest.mark.deep
def test_hardly_any_of_much_damage_goes_unnoticed() -> None:
    assert _unnoticed(120) == []
