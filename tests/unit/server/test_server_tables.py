"""Payloads of events are checked by the type of the event wherever an answer has events."""

from __future__ import annotations

from typing import Any

import jsonschema_rs
import pytest

from durable_workflow.server._contract import Contract, packaged_contract
from durable_workflow.server._document import Document, Place
from durable_workflow.server._tables import Choice, choices_of, without_tables
from durable_workflow_api.spec import spec

RIGHT = {"timer_id": "t", "sequence": 3, "delay_seconds": 1, "fire_at": "2026-04-25T12:34:56.000000Z"}
WRONG = {**RIGHT, "delay_seconds": "1"}


@pytest.fixture(scope="module")
def contract() -> Contract:
    return packaged_contract().anew()


def found(contract: Contract, operation: str) -> list[tuple[tuple[str, ...], str, str]]:
    choices = contract[operation].responses[200].choices
    return [(choice.path, choice.member, choice.target) for choice in choices]


@pytest.mark.parametrize(
    ("operation", "path", "member"),
    [
        ("getWorkflowHistory", ("events", "*"), "event_type"),
        ("exportWorkflowHistory", ("history_events", "*"), "type"),
        ("pollWorkflowTask", ("task", "history_events", "*"), "event_type"),
        ("getWorkflowTaskHistory", ("history_events", "*"), "event_type"),
        ("pollQueryTask", ("task", "history_events", "*"), "event_type"),
    ],
)
def test_every_answer_with_events_has_its_table(
    contract: Contract, operation: str, path: tuple[str, ...], member: str
) -> None:
    assert (path, member, "payload") in found(contract, operation)


def test_every_type_of_event_is_in_the_tables(contract: Contract) -> None:
    kinds = spec()["components"]["schemas"]["HistoryEventByType"]["x-dw-event-payloads"].keys()
    for operation in ("getWorkflowHistory", "exportWorkflowHistory", "pollWorkflowTask"):
        (choice,) = contract[operation].responses[200].choices
        assert choice.validators.keys() == kinds


def page(*payloads: Any, kind: str = "TimerScheduled") -> dict[str, Any]:
    events = [
        {
            "sequence": number,
            "event_type": kind,
            "timestamp": "2026-04-25T12:34:56.000000Z",
            "payload": payload,
        }
        for number, payload in enumerate(payloads, start=1)
    ]
    return {"workflow_id": "w", "run_id": "r", "events": events, "next_page_token": None}


def problems(contract: Contract, body: Any) -> list[str]:
    headers = ["x-durable-workflow-control-plane-version", "cache-control"]
    return contract["getWorkflowHistory"].violations(200, headers, body)


def test_a_payload_that_does_not_fit_its_type_is_a_violation(contract: Contract) -> None:
    assert problems(contract, page(RIGHT, RIGHT)) == []
    expected = "events.1.payload.delay_seconds: The events.1.payload.delay_seconds must be an integer."
    assert problems(contract, page(RIGHT, WRONG)) == [expected]
    assert problems(contract, page(RIGHT, {})) != []


def test_a_type_that_nobody_knows_may_have_any_payload(contract: Contract) -> None:
    assert problems(contract, page(WRONG, kind="SomethingNew")) == []


def test_what_surrounds_the_payload_is_checked_as_ever(contract: Contract) -> None:
    body = page(RIGHT)
    body["events"][0]["sequence"] = 0
    assert problems(contract, body) != []


EVENT = {"id": "e1", "kind": "A", "value": 1}


@pytest.fixture
def choice() -> Choice:
    def case(kind: str, schema: dict[str, Any]) -> dict[str, Any]:
        return {
            "if": {"properties": {"kind": {"const": kind}}, "required": ["kind"]},
            "then": {"properties": {"value": schema}},
        }

    table = {"allOf": [case(kind, {"type": "integer"}) for kind in "ABCDEFGHIJ"]}
    tree = {"properties": {"deeper": {"$ref": "#/tree"}, "events": {"anyOf": [{"items": table}, {}]}}}
    document = Document({"tree": tree})
    (only,) = choices_of(document, Place("/tree", tree))
    return only


def test_an_event_with_an_id_is_looked_at_until_it_was_right(choice: Choice) -> None:
    wrong = {**EVENT, "value": "1"}
    for _ in range(2):
        assert [path for path, _ in choice.problems({"events": [wrong]})] == ["events.0.value"]
    assert list(choice.problems({"events": [EVENT]})) == []
    assert list(choice.problems({"events": [wrong]})) == []
    nameless = {"kind": "A", "value": "1"}
    for _ in range(2):
        assert [path for path, _ in choice.problems({"events": [EVENT, nameless]})] == ["events.1.value"]


def test_no_more_ids_are_remembered_than_fit(choice: Choice, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("durable_workflow.server._tables._REMEMBERED", 3)
    for number in range(10):
        assert list(choice.problems({"events": [{**EVENT, "id": str(number)}]})) == []
        assert len(choice.passed) <= 3


@pytest.mark.parametrize("body", [None, [], {"events": None}, {"events": {"id": 1}}, {"events": [1, {}, []]}])
def test_bodies_of_other_shapes_have_no_events(choice: Choice, body: Any) -> None:
    assert list(choice.problems(body)) == []


def test_a_schema_with_few_conditions_stays_as_it_is() -> None:
    few = {"allOf": [{"if": {}, "then": {}}] * 9 + [{"type": "object"}]}
    assert without_tables({"a": few}) == {"a": few}
    assert jsonschema_rs.Draft202012Validator(without_tables(few)).is_valid({})
