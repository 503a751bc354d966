"""What a caller reads about a request that does not fit the specification."""

from __future__ import annotations

from typing import Any

import pytest

from durable_workflow.server._calls import Refusal
from durable_workflow.server._contract import ABSENT, Arguments, packaged_contract

CONTRACT = packaged_contract().anew()
NOTHING = Arguments({}, (), {})


def errors(operation: str, body: Any = ABSENT, arguments: Arguments = NOTHING) -> dict[str, list[str]]:
    try:
        CONTRACT[operation].check_request(arguments, body)
    except Refusal as refusal:
        assert (refusal.status, refusal.reason) == (422, "validation_failed")
        assert refusal.members["errors"] == refusal.members["validation_errors"]
        found: dict[str, list[str]] = refusal.members["errors"]
        return found
    return {}


def command_errors(command: Any) -> dict[str, list[str]]:
    body = {"lease_owner": "w", "workflow_task_attempt": 1, "commands": [command]}
    return errors("completeWorkflowTask", body, Arguments({"taskId": "t"}, (), {}))


@pytest.mark.parametrize(
    ("members", "path", "message"),
    [
        ({"workflow_type": None}, "workflow_type", "The workflow_type must be a string."),
        (
            {"workflow_type": "x" * 256},
            "workflow_type",
            "The workflow_type must have at most 255 characters.",
        ),
        ({"workflow_id": "a b"}, "workflow_id", "The workflow_id must match ^[a-zA-Z0-9._:-]+$."),
        ({"workflow_id": 5}, "workflow_id", "The workflow_id must be a string or null."),
        ({"input": 5}, "input", "The input must be an object, an array or null."),
        ({"memo": []}, "memo", "The memo must be an object or null."),
        (
            {"execution_timeout_seconds": 0},
            "execution_timeout_seconds",
            "The execution_timeout_seconds must be at least 1.",
        ),
        (
            {"execution_timeout_seconds": "9"},
            "execution_timeout_seconds",
            "The execution_timeout_seconds must be an integer or null.",
        ),
        (
            {"run_timeout_seconds": 1.5},
            "run_timeout_seconds",
            "The run_timeout_seconds must be an integer or null.",
        ),
    ],
)
def test_a_member_is_named_with_what_it_must_be(members: Any, path: str, message: str) -> None:
    assert errors("startWorkflow", {"workflow_type": "t", **members}) == {path: [message]}


def test_a_value_outside_an_enumeration_is_told_what_is_inside() -> None:
    (message,) = errors("startWorkflow", {"workflow_type": "t", "duplicate_policy": "replace"})[
        "duplicate_policy"
    ]
    assert message.startswith("The duplicate_policy must be one of ")
    assert '"use-existing"' in message


def test_every_fault_is_told_at_once() -> None:
    found = errors("startWorkflow", {"task_queue": 5, "business_key": ""})
    assert found.keys() == {"workflow_type", "task_queue", "business_key"}
    assert found["workflow_type"] == ["The workflow_type is required."]


@pytest.mark.parametrize("body", [[], "x", None, 5, [{}]])
def test_a_body_that_is_no_object_is_refused_as_a_whole(body: Any) -> None:
    assert errors("startWorkflow", body) == {"body": ["The body must be an object."]}


def test_a_missing_body_is_told_apart_from_an_empty_one() -> None:
    assert errors("startWorkflow") == {"body": ["The body is required; send a JSON object."]}


def test_unknown_members_are_ignored() -> None:
    assert errors("startWorkflow", {"workflow_type": "t", "colour": "red"}) == {}


@pytest.mark.parametrize(
    ("command", "path", "words"),
    [
        ({"type": "start_timer"}, "commands.0.delay_seconds", "is required"),
        ({"type": "start_timer", "delay_seconds": 1.5}, "commands.0.delay_seconds", "must be an integer"),
        ({"type": "fly"}, "commands.0.type", 'must be one of "schedule_activity", "start_timer"'),
        ({}, "commands.0.type", "is required"),
        (7, "commands.0", "must be an object"),
        (
            {
                "type": "schedule_activity",
                "activity_type": "a",
                "retry_policy": {"backoff_seconds": [1, "2"]},
            },
            "commands.0.retry_policy.backoff_seconds.1",
            "must be an integer",
        ),
        (
            {"type": "schedule_activity", "activity_type": "a", "arguments": {"codec": "avro"}},
            "commands.0.arguments.blob",
            "is required",
        ),
        (
            {"type": "complete_workflow", "result": 3},
            "commands.0.result",
            "must be an object, a string or null",
        ),
    ],
)
def test_a_command_is_explained_by_the_kind_that_was_meant(command: Any, path: str, words: str) -> None:
    found = command_errors(command)
    assert list(found) == [path]
    assert words in found[path][0]


@pytest.mark.parametrize(
    ("query", "converted"),
    [
        ((("page_size", "10"), ("wait_new_event", "1")), {"page_size": 10, "wait_new_event": True}),
        (
            (("wait_new_event", "false"), ("next_page_token", "12")),
            {"wait_new_event": False, "next_page_token": "12"},
        ),
        ((("colour", "red"), ("colour", "blue")), {}),
    ],
)
def test_query_parameters_get_the_type_of_their_schema(query: Any, converted: dict[str, Any]) -> None:
    arguments = Arguments({"workflowId": "w", "runId": "r"}, query, {})
    assert CONTRACT["getWorkflowHistory"].check_request(arguments, ABSENT) == (converted, {})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("page_size", "+5"),
        ("page_size", " 5"),
        ("page_size", "5.0"),
        ("page_size", "05"),
        ("page_size", "1e1"),
        ("page_size", "\u0665"),
        ("page_size", ""),
        ("page_size", "1001"),
        ("wait_new_event", "yes"),
        ("wait_new_event", "True"),
        ("wait_new_event", ""),
    ],
)
def test_nothing_is_guessed_in_a_query(name: str, value: str) -> None:
    arguments = Arguments({"workflowId": "w", "runId": "r"}, ((name, value),), {})
    assert list(errors("getWorkflowHistory", arguments=arguments)) == [name]


def test_a_parameter_may_be_given_once() -> None:
    arguments = Arguments({"workflowId": "w", "runId": "r"}, (("page_size", "1"), ("page_size", "2")), {})
    assert errors("getWorkflowHistory", arguments=arguments) == {
        "page_size": ["The page_size is given more than once."]
    }


def test_path_and_header_parameters_are_checked() -> None:
    arguments = Arguments({"workflowId": "a b", "signalName": "s"}, (), {})
    assert list(errors("signalWorkflow", {}, arguments)) == ["workflow_id"]
    keyed = Arguments({}, (), {"idempotency-key": "two words"})
    assert list(errors("startWorkflow", {"workflow_type": "t"}, keyed)) == ["Idempotency-Key"]


def test_an_answer_must_be_documented() -> None:
    health = CONTRACT["getHealth"]
    good = {"status": "serving", "timestamp": "2026-04-25T12:34:56+00:00", "checks": {"database": "ok"}}
    assert health.violations(200, ["cache-control"], good) == []
    assert health.violations(418, [], good) == ["the status 418 is not documented"]
    (problem,) = health.violations(200, [], {**good, "timestamp": "noon"})
    assert problem.startswith("timestamp:")


def test_an_answer_needs_its_headers_and_a_documented_reason() -> None:
    body = {"message": "no", "reason": "moody"}
    assert CONTRACT["describeWorkflow"].violations(404, [], body) == [
        "the header x-durable-workflow-control-plane-version is missing",
        "the reason moody is not documented for the status 404",
    ]


def test_our_own_answers_may_not_use_legacy_spellings() -> None:
    def history(payload: Any) -> list[str]:
        event = {
            "sequence": 1,
            "event_type": "X",
            "timestamp": "2026-04-25T12:34:56.000000Z",
            "payload": payload,
        }
        page = {"workflow_id": "w", "run_id": "r", "events": [event], "next_page_token": None}
        headers = ["x-durable-workflow-control-plane-version"]
        return CONTRACT["getWorkflowHistory"].violations(200, headers, page)

    assert history({}) == []
    assert history([]) != []
