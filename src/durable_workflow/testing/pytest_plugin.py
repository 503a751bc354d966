"""Fixtures for pytest; installed with the package, and loaded by pytest itself."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from durable_workflow.testing import ActivityEnvironment, DevServer, WorkflowEnvironment

__all__ = ["activity_environment", "durable_workflow_server", "workflow_environment"]

_MARK = "durable_workflow"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that drops cached runs."""
    parser.getgroup("durable-workflow").addoption(
        "--always-replay",
        action="store_true",
        help="the workflow_environment fixture replays a run from its beginning for every workflow task",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Declare the marker that configures an environment."""
    config.addinivalue_line(
        "markers",
        f"{_MARK}(**settings): settings of the workflow_environment fixture, see WorkflowEnvironment",
    )


def pytest_unconfigure() -> None:
    """End the server that plain tests shared."""
    portal = sys.modules.get("durable_workflow.testing._portal")
    if portal is not None:
        portal.Portal.close_shared()


@pytest.fixture
def workflow_environment(request: pytest.FixtureRequest) -> WorkflowEnvironment:
    """A `WorkflowEnvironment` with the arguments of the marks ``durable_workflow``; the closest one wins.

    Plain tests call `execute_workflow`; asynchronous ones enter it: `async with workflow_environment as env`.
    """
    from durable_workflow.testing import WorkflowEnvironment

    settings: dict[str, Any] = {"always_replay": request.config.getoption("--always-replay")}
    for mark in reversed(list(request.node.iter_markers(_MARK))):
        settings |= mark.kwargs
    return WorkflowEnvironment(**settings)


@pytest.fixture
def activity_environment() -> ActivityEnvironment:
    """An `ActivityEnvironment` with made-up facts of the attempt."""
    from durable_workflow.testing import ActivityEnvironment

    return ActivityEnvironment()


@pytest.fixture(scope="session")
def durable_workflow_server() -> Iterator[DevServer]:
    """A server on real time that the whole test session shares; give every test a task queue of its own."""
    from durable_workflow.testing import DevServer

    with DevServer() as server:
        yield server
