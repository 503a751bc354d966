"""Our answers beside those that a server of protocol 1.0 gave to the same requests."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest

from durable_workflow.server._control_plane import control_plane_object
from durable_workflow.server._routing import Router
from durable_workflow.server._settings import EngineSettings
from durable_workflow.server.app import App, Credentials
from durable_workflow.server.clock import SystemClock
from durable_workflow.server.store import Store
from durable_workflow_api.operations import OPERATIONS
from support.asgi import call
from support.imports import ROOT

RECORDED = [
    json.loads(line) for line in (ROOT / "tests/data/recorded_answers.jsonl").read_text().splitlines()
]
ROUTER = Router(OPERATIONS.values())
# Decided before any state is looked at.
REFUSALS = {
    "malformed_json",
    "missing_control_plane_version",
    "missing_protocol_version",
    "namespace_not_found",
    "payload_too_large",
    "unauthorized",
    "unsupported_media_type",
    "unsupported_protocol_version",
}


@pytest.fixture
async def app() -> AsyncIterator[App]:
    store = Store.open(":memory:", SystemClock(), EngineSettings(poll_timeout=0.0))
    yield App(store, credentials=Credentials("full"))
    await store.close()


def name_of(record: Any) -> str:
    body = record["response_body"]
    return f"{record['operation']}-{record['status']}-{body.get('reason') or body.get('outcome') or ''}"


WITH_METADATA = [record for record in RECORDED if "control_plane" in record["response_body"]]
REFUSED = [record for record in RECORDED if record["response_body"].get("reason") in REFUSALS]


@pytest.mark.parametrize("record", WITH_METADATA, ids=name_of)
def test_the_control_plane_object_is_the_recorded_one(record: Any) -> None:
    body = {name: value for name, value in record["response_body"].items() if name != "control_plane"}
    route = ROUTER.find(record["path"])
    path = {} if route is None else route.path
    made = control_plane_object(record["operation"], path, body)
    assert json.dumps(made) == json.dumps(record["response_body"]["control_plane"])


def requested(record: Any) -> tuple[Any, dict[str, str]]:
    body, headers = record["request_body"], dict(record["request_headers"])
    if headers.get("Authorization") == "Bearer <full>":
        headers["Authorization"] = "Bearer full"
    if isinstance(body, dict) and "__large__" in body:
        return b"x" * 2_097_153, headers
    if isinstance(body, dict) and "__raw__" in body:
        return body["__raw__"].encode(), headers
    return body, headers


@pytest.mark.parametrize("record", REFUSED, ids=name_of)
async def test_a_refusal_is_made_like_the_recorded_one(app: App, record: Any) -> None:
    body, headers = requested(record)
    answered = await call(app, record["method"], record["path"], body, headers=headers)
    recorded = record["response_body"]
    assert (answered.status, answered.body["reason"]) == (record["status"], recorded["reason"])
    assert answered.body.keys() - {"server_capabilities"} == recorded.keys()
    ours = {name for name in answered.headers if name not in ("content-length", "date")}
    assert ours == set(record["response_headers"])
    assert {name: answered.headers[name] for name in ours} == record["response_headers"]


def test_the_recordings_cover_every_refusal() -> None:
    assert {record["response_body"]["reason"] for record in REFUSED} == REFUSALS
    assert len(WITH_METADATA) > 20
