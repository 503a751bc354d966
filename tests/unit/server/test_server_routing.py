"""From paths to operations."""

from __future__ import annotations

import pytest

from durable_workflow.server._routing import Router
from durable_workflow_api.operations import OPERATIONS, Operation

ROUTER = Router(OPERATIONS.values())


@pytest.mark.parametrize("operation", OPERATIONS.values(), ids=OPERATIONS)
def test_every_operation_is_found_by_its_own_path(operation: Operation) -> None:
    path = operation.path.replace("{", "").replace("}", "")
    route = ROUTER.find(path)
    assert route is not None
    assert route.operation(operation.method) is operation
    assert set(route.path) == {part[1:-1] for part in operation.path.split("/") if part.startswith("{")}


def test_a_segment_is_decoded_once() -> None:
    route = ROUTER.find("/api/workflows/a%2520b%3F%C3%A9%23")
    assert route is not None
    assert route.path == {"workflowId": "a%20b?é#"}


def test_dots_that_a_client_escaped_are_an_id() -> None:
    route = ROUTER.find("/api/workflows/%2E%2E")
    assert route is not None
    assert route.path == {"workflowId": ".."}


@pytest.mark.parametrize("path", ["/api/workflows/x/", "/api/health/"])
def test_one_trailing_slash_is_accepted(path: str) -> None:
    assert ROUTER.find(path) is not None


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "",
        "/api",
        "/api/workflows/a%2Fb",
        "/api/workflows/a%2fb/signal/s",
        "/api//workflows",
        "/api/workflows//",
        "/api/workflows//signal/s",
        "/api/Workflows/x",
        "/api/workflows/x//",
        "/api/workflows/%FF",
        "/api/workflows/x/unknown",
        "*",
    ],
)
def test_other_paths_lead_nowhere(path: str) -> None:
    assert ROUTER.find(path) is None


def test_head_is_understood_where_get_is() -> None:
    health = ROUTER.find("/api/health")
    register = ROUTER.find("/api/worker/register")
    assert health is not None
    assert register is not None
    assert health.operation("HEAD") is OPERATIONS["getHealth"]
    assert health.allow == "GET, HEAD"
    assert register.operation("HEAD") is None
    assert register.allow == "POST"
