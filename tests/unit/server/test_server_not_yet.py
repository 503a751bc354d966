"""What the server does not have yet stands in one list, and is refused as the specification allows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from durable_workflow.server._execution import SERVICE_OPERATIONS
from durable_workflow.server._not_yet import NOT_YET
from durable_workflow.server.engine import HANDLERS
from durable_workflow.testing import DevServer
from durable_workflow_api.operations import OPERATIONS
from durable_workflow_api.spec import spec

HEADERS = {"X-Durable-Workflow-Control-Plane-Version": "2", "X-Durable-Workflow-Protocol-Version": "1.0"}


@pytest.fixture(scope="module")
def server() -> Iterator[DevServer]:
    with DevServer() as running:
        yield running
        assert not running.violations


def body_of(operation_id: str) -> Any:
    operation = OPERATIONS[operation_id]
    content = spec()["paths"][operation.path][operation.method.lower()].get("requestBody")
    while content is not None and "$ref" in content:
        content = spec()["components"]["requestBodies"][content["$ref"].rpartition("/")[2]]
    if content is None:
        return None
    return next(iter(content["content"]["application/json"]["examples"].values()))["value"]


def test_every_operation_is_served_or_in_the_list_and_never_both() -> None:
    served = {*HANDLERS, *SERVICE_OPERATIONS}
    assert served | NOT_YET == set(OPERATIONS)
    assert served & NOT_YET == set()


@pytest.mark.parametrize("operation_id", sorted(NOT_YET))
def test_it_is_refused_as_the_specification_allows(server: DevServer, operation_id: str) -> None:
    operation = OPERATIONS[operation_id]
    url = server.url + re.sub(r"\{\w+\}", "x1", operation.path)
    answer = httpx.request(operation.method, url, headers=HEADERS, json=body_of(operation_id))
    assert (answer.status_code, answer.json()["reason"]) == (404, "not_found")
    assert operation_id in answer.json()["message"]


def test_readiness_is_told_with_its_checks(server: DevServer) -> None:
    answer = httpx.get(server.url + "/api/ready")
    assert answer.status_code == 200
    assert {check["status"] for check in answer.json()["checks"].values()} == {"ok"}
