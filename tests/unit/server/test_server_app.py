"""The order in which a request is refused, and what surrounds an answer."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

from durable_workflow.server._calls import Call, Refusal, Reply
from durable_workflow.server._settings import EngineSettings
from durable_workflow.server.app import App, Credentials, Engine
from durable_workflow.server.clock import SystemClock
from durable_workflow.server.store import Store, Transaction
from durable_workflow_api.operations import OPERATIONS
from support.asgi import Answered, Caller, call

CONTROL = {"X-Durable-Workflow-Control-Plane-Version": "2"}
WORKER = {"X-Durable-Workflow-Protocol-Version": "1.0"}
REGISTRATION = {"worker_id": "w", "task_queue": "q", "runtime": "go"}
TOKENS = Credentials("full", {"worker": "w", "operator": "o"})
LIMIT = 2_097_152


def answer(tx: Transaction, asked: Call) -> Reply:
    """Register every worker, and know no workflow."""
    if asked.operation == "registerWorker":
        return Reply(201, {"worker_id": asked.body["worker_id"], "registered": True})
    raise Refusal(404, "instance_not_found", "Workflow not found.")


def engine(**handlers: Any) -> Engine:
    table = handlers or dict.fromkeys(OPERATIONS, answer)
    return Engine(table, lambda tx, now: None, ("complete_workflow",))


@pytest.fixture
async def store() -> AsyncIterator[Store]:
    opened = Store.open(":memory:", SystemClock(), EngineSettings(poll_timeout=0.0))
    yield opened
    await opened.close()


@pytest.fixture
def app(store: Store) -> App:
    return App(store, engine=engine(), credentials=TOKENS)


@pytest.fixture
def open_app(store: Store) -> App:
    return App(store, engine=engine())


def signed(plane: dict[str, str], token: str) -> dict[str, str]:
    return {**plane, "Authorization": f"Bearer {token}"}


def bare(answered: Answered) -> tuple[int, str | None]:
    return answered.status, answered.body.get("reason")


# Each step mends the first fault of the request before it, so the next check has its turn.
CONTROL_STEPS: list[tuple[Any, dict[str, str], tuple[int, str]]] = [
    (b"x" * (LIMIT + 1), {"Content-Type": "text/plain"}, (413, "payload_too_large")),
    (b"{bad", {"Content-Type": "text/plain"}, (415, "unsupported_media_type")),
    (b"{bad", {}, (400, "malformed_json")),
    ([], {"X-Namespace": "ghost"}, (401, "unauthorized")),
    ([], {"X-Namespace": "ghost", "Authorization": "Bearer w"}, (403, "forbidden")),
    ([], {"X-Namespace": "ghost", "Authorization": "Bearer o"}, (400, "missing_control_plane_version")),
    ([], {"X-Namespace": "ghost", **signed(CONTROL, "o")}, (404, "namespace_not_found")),
    ([], signed(CONTROL, "o"), (422, "validation_failed")),
    ({}, signed(CONTROL, "o"), (404, "instance_not_found")),
]


@pytest.mark.parametrize(("body", "sent", "expected"), CONTROL_STEPS, ids=[s[2][1] for s in CONTROL_STEPS])
async def test_control_plane_checks_have_their_order(app: App, body: Any, sent: Any, expected: Any) -> None:
    answered = await call(app, "POST", "/api/workflows/w/terminate", body, headers=sent)
    assert bare(answered) == expected
    assert answered.headers["x-durable-workflow-control-plane-version"] == "2"
    assert answered.body["control_plane"]["operation"] == "terminate"
    assert not app.violations


WORKER_STEPS: list[tuple[Any, dict[str, str], tuple[int, str | None]]] = [
    (b"x" * (LIMIT + 1), {"Content-Type": "text/plain"}, (413, "payload_too_large")),
    (b"{bad", {"Content-Type": "text/plain"}, (415, "unsupported_media_type")),
    (b"{bad", {}, (400, "malformed_json")),
    ([], {"X-Namespace": "ghost"}, (401, "unauthorized")),
    ([], {"X-Namespace": "ghost", "Authorization": "Bearer o"}, (403, "forbidden")),
    ([], {"X-Namespace": "ghost", "Authorization": "Bearer w"}, (400, "missing_protocol_version")),
    ([], {"X-Namespace": "ghost", **signed(WORKER, "w")}, (404, "namespace_not_found")),
    ([], signed(WORKER, "w"), (422, "validation_failed")),
    (REGISTRATION, signed(WORKER, "w"), (201, None)),
]


@pytest.mark.parametrize(("body", "sent", "expected"), WORKER_STEPS, ids=[str(s[2][1]) for s in WORKER_STEPS])
async def test_worker_plane_checks_have_their_order(app: App, body: Any, sent: Any, expected: Any) -> None:
    answered = await call(app, "POST", "/api/worker/register", body, headers=sent)
    assert bare(answered) == expected
    assert answered.headers["x-durable-workflow-protocol-version"] == "1.0"
    assert answered.body["protocol_version"] == "1.0"
    assert answered.body["server_capabilities"]["supported_workflow_task_commands"] == ["complete_workflow"]
    assert "control_plane" not in answered.body
    assert not app.violations


@pytest.mark.parametrize("version", ["1", "1.1", "0.9", "2.0", "1.00", "v1.0", "1.0.0", ""])
async def test_only_the_served_protocol_version_is_accepted(open_app: App, version: str) -> None:
    sent = {"X-Durable-Workflow-Protocol-Version": version}
    answered = await call(open_app, "POST", "/api/worker/register", REGISTRATION, headers=sent)
    assert answered.status == 400
    assert answered.body["requested_version"] == (version or None)
    assert answered.body["supported_version"] == "1.0"
    assert "error" in answered.body


async def test_the_ids_of_the_path_are_filled_in(open_app: App) -> None:
    answered = await call(open_app, "GET", "/api/workflows/w/runs/r", headers={})
    assert (answered.body["workflow_id"], answered.body["run_id"]) == ("w", "r")
    assert answered.body["control_plane"]["run_id"] == "r"


@pytest.mark.parametrize("method", ["GET", "DELETE", "TRACE", "QUERY", "OPTIONS", "HEAD"])
async def test_a_method_that_is_not_there_is_told_which_are(open_app: App, method: str) -> None:
    answered = await call(open_app, method, "/api/worker/register")
    assert answered.status == 405
    assert answered.headers["allow"] == "POST"
    if method != "HEAD":
        assert answered.body["reason"] == "method_not_allowed"


async def test_a_path_that_leads_nowhere_belongs_to_its_plane(open_app: App) -> None:
    control = await call(open_app, "GET", "/api/nope")
    worker = await call(open_app, "POST", "/api/worker/nope", {})
    assert bare(control) == bare(worker) == (404, "not_found")
    assert control.headers["x-durable-workflow-control-plane-version"] == "2"
    assert worker.body["protocol_version"] == "1.0"


async def test_head_is_get_without_content(open_app: App) -> None:
    whole = await call(open_app, "GET", "/api/cluster/info")
    head = await call(open_app, "HEAD", "/api/cluster/info")
    assert head.status == 200
    assert head.content == b""
    assert head.headers == whole.headers


async def test_a_body_without_declared_length_is_limited_too(open_app: App) -> None:
    chunks = [b"x" * 1_000_000] * 3
    answered = await call(open_app, "POST", "/api/workflows", chunks=chunks, headers=CONTROL)
    assert bare(answered) == (413, "payload_too_large")
    assert answered.body["limit"] == LIMIT


@pytest.mark.parametrize(
    "media_type", ["application/json", "Application/JSON; charset=utf-8", "application/vnd.x+json"]
)
async def test_json_may_be_called_by_its_other_names(open_app: App, media_type: str) -> None:
    sent = {**CONTROL, "Content-Type": media_type}
    assert (await call(open_app, "POST", "/api/workflows", {}, headers=sent)).status == 422


async def test_the_header_wins_over_the_query_and_case_does_not_matter(open_app: App) -> None:
    target = "/api/workflows/w?namespace=ghost"
    by_query = await call(open_app, "GET", target, headers=CONTROL)
    by_header = await call(open_app, "GET", target, headers={**CONTROL, "X-Namespace": "DEFAULT"})
    empty = await call(open_app, "GET", "/api/workflows/w", headers={**CONTROL, "X-Namespace": ""})
    assert by_query.body["namespace"] == "ghost"
    assert by_header.body["reason"] == "instance_not_found"
    assert (empty.body["reason"], empty.body["namespace"]) == ("namespace_not_found", "")


async def test_an_answer_against_the_specification_is_a_fault_of_the_server(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    def wrong(tx: Transaction, asked: Call) -> Reply:
        return Reply(201, {"worker_id": 5, "registered": True})

    app = App(store, engine=engine(registerWorker=wrong))
    answered = await call(app, "POST", "/api/worker/register", REGISTRATION, headers=WORKER)
    assert (answered.status, answered.body) == (500, {"message": "Server Error"})
    assert [found.problem for found in app.violations] == ["worker_id: The worker_id must be a string."]
    assert "registerWorker" in caplog.text


async def test_an_uncaught_fault_says_nothing_about_itself(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(tx: Transaction, asked: Call) -> Reply:
        raise ZeroDivisionError("secret")

    app = App(store, engine=engine(describeWorkflow=broken))
    answered = await call(app, "GET", "/api/workflows/w", headers=CONTROL)
    assert (answered.status, answered.body) == (500, {"message": "Server Error"})
    assert not [name for name in answered.headers if name.startswith("x-durable-workflow")]
    assert "secret" in caplog.text


async def test_the_specification_is_served_to_everybody(app: App) -> None:
    text = await call(app, "GET", "/openapi.yaml")
    parsed = await call(app, "GET", "/openapi.json")
    assert text.headers["content-type"] == "application/yaml"
    assert text.content.startswith(b"openapi: 3.1")
    assert parsed.body["openapi"].startswith("3.1")
    assert (await call(app, "HEAD", "/openapi.json")).content == b""
    assert (await call(app, "POST", "/openapi.json", {})).status == 404


async def test_cluster_info_takes_the_token_of_either_plane(app: App) -> None:
    for token in ("w", "o", "full"):
        answered = await call(app, "GET", "/api/cluster/info", headers={"Authorization": f"Bearer {token}"})
        assert answered.status == 200
        assert not [name for name in answered.headers if name.startswith("x-durable-workflow")]
    refused = await call(app, "GET", "/api/cluster/info")
    assert bare(refused) == (401, "unauthorized")
    assert refused.headers["x-durable-workflow-control-plane-version"] == "2"


async def test_cluster_info_says_what_is_there(open_app: App) -> None:
    info = (await call(open_app, "GET", "/api/cluster/info")).body
    assert info["control_plane"]["version"] == "2"
    assert info["worker_protocol"]["version"] == "1.0"
    start = info["control_plane"]["request_contract"]["operations"]["start"]
    assert start["fields"]["duplicate_policy"]["canonical_values"] == [
        "fail",
        "use-existing",
        "reject",
        "allow",
        "terminate_existing",
    ]
    assert info["worker_fleet"]["namespace"] == "default"


async def test_advertised_additions_are_those_of_the_specification(open_app: App) -> None:
    info = (await call(open_app, "GET", "/api/cluster/info")).body
    capabilities = info["worker_protocol"]["server_capabilities"]
    schemas = (await call(open_app, "GET", "/openapi.json")).body["components"]["schemas"]
    known = schemas["ServerCapabilities"]["properties"]
    ours = {name for name, member in known.items() if member.get("x-dw-since") == "ours"}
    assert ours
    # True where it holds: here time is real.
    assert capabilities["virtual_time"] is False
    assert {name for name in ours if capabilities.get(name) is not True} == {"virtual_time"}
    assert capabilities.keys() <= known.keys()


async def test_cluster_info_echoes_a_namespace_without_asking_whether_it_exists(open_app: App) -> None:
    answered = await call(open_app, "GET", "/api/cluster/info", headers={"X-Namespace": "ghost"})
    assert answered.status == 200
    assert answered.body["worker_fleet"]["namespace"] == "ghost"


async def test_health_tells_of_a_store_that_does_not_answer(store: Store, app: App) -> None:
    serving = await call(app, "GET", "/api/health")
    assert (serving.status, serving.body["status"]) == (200, "serving")
    await store.close()
    degraded = await call(app, "GET", "/api/health")
    assert (degraded.status, degraded.body["checks"]) == (503, {"database": "unavailable"})
    assert not app.violations


@pytest.mark.parametrize("kind", ["workflow", "activity"])
async def test_a_task_for_somebody_who_is_gone_is_taken_back(store: Store, kind: str) -> None:
    app = App(store)
    await call(app, "POST", "/api/worker/register", REGISTRATION, headers=WORKER)
    await call(app, "POST", "/api/workflows", {"workflow_type": "t", "task_queue": "q"}, headers=CONTROL)
    poll = {"worker_id": "w", "task_queue": "q", "timeout_seconds": 0}
    if kind == "activity":
        task = (await call(app, "POST", "/api/worker/workflow-tasks/poll", poll, headers=WORKER)).body["task"]
        lease = {name: task[name] for name in ("lease_owner", "workflow_task_attempt")}
        done = {**lease, "commands": [{"type": "schedule_activity", "activity_type": "a"}]}
        target = f"/api/worker/workflow-tasks/{task['task_id']}/complete"
        assert (await call(app, "POST", target, done, headers=WORKER)).status == 200
    caller = Caller(app)
    caller.hang_up()
    assert await caller.call("POST", f"/api/worker/{kind}-tasks/poll", poll, headers=WORKER) is None
    again = await call(app, "POST", f"/api/worker/{kind}-tasks/poll", poll, headers=WORKER)
    assert again.body["task"] is not None
