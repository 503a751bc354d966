"""What servers said, as recorded, and which error says it here."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from durable_workflow import Client, errors
from durable_workflow.transport._call import Call, prepare
from durable_workflow.transport._refusals import refusal
from durable_workflow.transport._retry import Answer
from durable_workflow_api.operations import OPERATIONS
from durable_workflow_api.types import RequestParts

RECORDED = [
    json.loads(line)
    for line in (Path(__file__).parents[2] / "data/recorded_refusals.jsonl").read_text().splitlines()
]

BY_REASON = {
    "attempt_not_found": errors.TaskLost,
    "build_id_mismatch": errors.ServerError,
    "forbidden": errors.Forbidden,
    "historical_run_command_rejected": errors.WorkflowNotActive,
    "instance_not_found": errors.WorkflowNotFound,
    "invalid_commands": errors.ServerError,
    "invalid_page_token": errors.ServerError,
    "invalid_signal_arguments": errors.InvalidArgument,
    "lease_owner_mismatch": errors.TaskLost,
    "malformed_json": errors.ServerError,
    "missing_control_plane_version": errors.ServerError,
    "missing_protocol_version": errors.ServerError,
    "namespace_not_found": errors.NamespaceNotFound,
    "not_found": errors.NotSupportedByServer,
    "payload_too_large": errors.ServerError,
    "run_already_closed": errors.TaskLost,
    "run_cancelled": errors.TaskLost,
    "run_closed": errors.TaskLost,
    "run_not_active": errors.WorkflowNotActive,
    "run_not_found": errors.WorkflowNotFound,
    "run_terminated": errors.TaskLost,
    "stale_attempt": errors.TaskLost,
    "task_mismatch": errors.TaskLost,
    "task_not_found": errors.TaskLost,
    "task_not_leased": errors.TaskLost,
    "task_queue_mismatch": errors.ServerError,
    "unauthorized": errors.Unauthorized,
    "unknown_signal": errors.UnknownSignal,
    "unsupported_media_type": errors.ServerError,
    "unsupported_protocol_version": errors.ServerError,
    "validation_failed": errors.InvalidArgument,
    "worker_not_registered": errors.WorkerNotRegistered,
    "workflow_id_reserved_in_namespace": errors.WorkflowAlreadyStarted,
    "workflow_task_attempt_mismatch": errors.TaskLost,
}


def call_of(operation: str, path: str, body: Any = None) -> Call:
    parts = RequestParts(operation, OPERATIONS[operation].method, path, {}, {}, body or {})
    return prepare(Client("http://localhost:1"), parts)


def error_for(record: dict[str, Any]) -> errors.CallError:
    content = json.dumps(record["body"]).encode()
    return refusal(
        call_of(record["operation"], record["path"]), Answer(record["status"], record["headers"], content)
    )


@pytest.mark.parametrize(
    "record", RECORDED, ids=lambda r: f"{r['operation']}-{r['status']}-{r['body'].get('reason')}"
)
def test_every_recorded_refusal_has_its_class(record: dict[str, Any]) -> None:
    error, body = error_for(record), record["body"]
    if body.get("outcome") == "rejected_duplicate":
        expected: type = errors.WorkflowAlreadyStarted
    else:
        expected = errors.ServerError if body.get("reason") is None else BY_REASON[body["reason"]]
    assert type(error) is expected
    assert (error.status, error.body, error.operation) == (record["status"], body, record["operation"])
    assert error.reason() == (body.get("reason") or body.get("outcome"))
    assert str(error)


def test_an_error_names_what_it_is_about() -> None:
    found = {type(error_for(record)): error_for(record) for record in RECORDED}
    assert found[errors.WorkflowNotFound].workflow_id == "missing"  # type: ignore[attr-defined]
    assert found[errors.UnknownSignal].name == "nope"  # type: ignore[attr-defined]
    refused = refusal(
        call_of("startWorkflow", "/api/workflows", {"workflow_id": "w-1"}),
        Answer(409, {}, b'{"outcome": "rejected_duplicate"}'),
    )
    assert isinstance(refused, errors.WorkflowAlreadyStarted)
    assert refused.workflow_id == "w-1"
    lost = refusal(
        call_of("completeWorkflowTask", "/api/worker/workflow-tasks/t%201/complete"),
        Answer(409, {}, b'{"reason": "lease_expired"}'),
    )
    assert isinstance(lost, errors.TaskLost)
    assert lost.name == "t 1"


def test_invalid_arguments_are_named_in_the_text() -> None:
    body = {"message": "no", "reason": "validation_failed", "errors": {"input.blob": ["is not base64"]}}
    error = refusal(call_of("startWorkflow", "/api/workflows"), Answer(422, {}, json.dumps(body).encode()))
    assert isinstance(error, errors.InvalidArgument)
    assert isinstance(error, ValueError)
    assert error.errors == {"input.blob": ["is not base64"]}
    assert "input.blob" in str(error)


def test_later_servers_give_a_duplicate_start_a_reason() -> None:
    for reason in ("duplicate_not_allowed", "instance_already_started"):
        answer = Answer(409, {}, json.dumps({"reason": reason, "message": "m"}).encode())
        error = refusal(call_of("startWorkflow", "/api/workflows", {"workflow_id": "w"}), answer)
        assert type(error) is errors.WorkflowAlreadyStarted


@pytest.mark.parametrize(
    ("status", "kind"), [(401, errors.Unauthorized), (403, errors.Forbidden), (502, errors.ServerError)]
)
def test_a_page_of_a_proxy_is_quoted(status: int, kind: type) -> None:
    page = b"<html><body><h1>Gateway</h1></body></html>"
    error = refusal(call_of("getHealth", "/api/health"), Answer(status, {"content-type": "text/html"}, page))
    assert type(error) is kind
    assert error.body == page.decode()
    if status == 502:
        assert "text/html" in str(error)
        assert "Gateway" in str(error)


def test_a_redirect_to_a_login_page_says_where_it_leads() -> None:
    answer = Answer(302, {"location": "https://login.example/"}, b"")
    error = refusal(call_of("getHealth", "/api/health"), answer)
    assert type(error) is errors.ResponseNotUnderstood
    assert "https://login.example/" in str(error)


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"null", b'"text"', b'{"reason": 5, "message": []}', b"\xff\xfe", b"[" * 100_000]
)
def test_no_body_is_too_odd_for_an_error(body: bytes) -> None:
    error = refusal(call_of("completeWorkflowTask", "/x"), Answer(409, {}, body))
    assert type(error) is errors.ServerError
    assert "409" in str(error)
