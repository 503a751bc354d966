"""One seeded change for each way to make a retained history unreadable; all that is found is named."""

from __future__ import annotations

import pytest

from support.breaking_specs import EVENT, STARTED, STEP, Change, S, add, both, breaks, drop, put, small_spec

CASES: dict[str, tuple[Change, set[str]]] = {
    "event member removed": (
        drop(*EVENT, "properties", "worker"),
        {
            "client schemas.HistoryEvent.worker: member removed",
            "history schemas.HistoryEvent.worker: member removed",
        },
    ),
    "event member no longer null": (
        put(*EVENT, "properties", "worker", "type", to="string"),
        {
            "history schemas.HistoryEvent.worker: the type null is no longer allowed",
            "server schemas.HistoryEvent.worker: the type null is no longer allowed",
        },
    ),
    "event member required now": (
        add(*EVENT, "required", value="worker"),
        {
            "history schemas.HistoryEvent.worker: required now",
            "server schemas.HistoryEvent.worker: required now",
        },
    ),
    "event limit raised": (
        put(*EVENT, "properties", "sequence", "minimum", to=10),
        {
            "history schemas.HistoryEvent.sequence: minimum changed from 1 to 10",
            "server schemas.HistoryEvent.sequence: minimum changed from 1 to 10",
        },
    ),
    "event closed": (
        put(*EVENT, "additionalProperties", to=False),
        {
            "history schemas.HistoryEvent.*: members that are not described are no longer allowed",
            "server schemas.HistoryEvent.*: members that are not described are no longer allowed",
        },
    ),
    "event types listed": (
        put(*EVENT, "properties", "event_type", "enum", to=["RunStarted"]),
        {
            'history schemas.HistoryEvent.event_type: only the values "RunStarted" are allowed now',
            'server schemas.HistoryEvent.event_type: only the values "RunStarted" are allowed now',
        },
    ),
    "event type removed": (
        drop(*EVENT, "x-dw-event-payloads", "StepScheduled"),
        {"history event StepScheduled: event type removed"},
    ),
    "payload member removed": (
        drop(*STARTED, "properties", "cause"),
        {
            "client schemas.RunStarted.cause: member removed",
            "history schemas.RunStarted.cause: member removed",
        },
    ),
    "payload type changed": (
        put(*STARTED, "properties", "attempt", "type", to="string"),
        {
            "client schemas.RunStarted.attempt: type changed from integer to string",
            "history schemas.RunStarted.attempt: type changed from integer to string",
            "server schemas.RunStarted.attempt: type changed from integer to string",
        },
    ),
    "payload enum narrowed": (
        drop(*STARTED, "properties", "cause", "enum", "call"),
        {
            'history schemas.RunStarted.cause: the value "call" is no longer allowed',
            'server schemas.RunStarted.cause: the value "call" is no longer allowed',
        },
    ),
    "payload const changed": (
        put(*STARTED, "properties", "kind", "const", to="execution"),
        {
            'client schemas.RunStarted.kind: the value "execution" is allowed now',
            'history schemas.RunStarted.kind: the value "run" is no longer allowed',
            'server schemas.RunStarted.kind: the value "run" is no longer allowed',
        },
    ),
    "payload member required now": (
        add(*STARTED, "required", value="cause"),
        {"history schemas.RunStarted.cause: required now", "server schemas.RunStarted.cause: required now"},
    ),
    "required payload member added": (
        both(
            add(*STARTED, "required", value="zone"),
            put(*STARTED, "properties", "zone", to={"type": "string"}),
        ),
        {
            "history schemas.RunStarted.zone: required member added",
            "server schemas.RunStarted.zone: required member added",
        },
    ),
    "payload default changed": (
        put(*STARTED, "properties", "attempt", "default", to=0),
        {
            "client schemas.RunStarted.attempt: default changed from 1 to 0",
            "history schemas.RunStarted.attempt: default changed from 1 to 0",
        },
    ),
    "deeper schema narrowed": (
        put(*S, "Retry", "properties", "delays", "items", "maximum", to=60),
        {
            "history schemas.Retry.delays[]: maximum changed from none to 60",
            "server schemas.Retry.delays[]: maximum changed from none to 60",
        },
    ),
    "payload alternative gone": (
        drop(*S, "Blob", "anyOf", 1),
        {
            "client schemas.Blob: the type string is no longer allowed",
            "history schemas.Blob: the type string is no longer allowed",
            "server schemas.Blob: the type string is no longer allowed",
        },
    ),
    "recorded command member removed": (
        drop(*STEP, "step"),
        {
            "client schemas.StepCommand.step: member removed",
            "history schemas.StepCommand.step: member removed",
        },
    ),
    "recorded command member narrowed": (
        put(*STEP, "step", "maxLength", to=100),
        {
            "client schemas.StepCommand.step: maxLength changed from 255 to 100",
            "history schemas.StepCommand.step: maxLength changed from 255 to 100",
        },
    ),
    "event schema removed": (
        both(drop("paths", "/api/runs/{runId}/history"), drop(*EVENT)),
        {
            "client readHistory: operation removed",
            "history event RunStarted: event type removed",
            "history event StepScheduled: event type removed",
            "history schemas.HistoryEvent: schema removed",
        },
    ),
    "events no longer described": (
        put(*S, "Page", "properties", "events", "items", to={"type": "string"}),
        {
            "client schemas.Page.events[]: type changed from object to string",
            "history schemas.Page.events[]: type changed from object to string",
            "server schemas.Page.events[]: type changed from object to string",
        },
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_what_breaks_histories_is_found_with_its_kind_and_place(name: str) -> None:
    change, expected = CASES[name]
    assert any(key.startswith("history ") for key in expected)
    assert breaks(small_spec(), change) == expected
