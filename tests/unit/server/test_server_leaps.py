"""When virtual time leaps, as seen from outside: what is served holds it, what only waits does not."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from durable_workflow.server._calls import Call, Pending, Reply
from durable_workflow.server._leaper import LeapRules
from durable_workflow.server._settings import EngineSettings
from durable_workflow.server._traffic import Traffic
from durable_workflow.server.app import App, Engine
from durable_workflow.server.clock import LeapingClock
from durable_workflow.server.engine.leaps import Outlook
from durable_workflow.server.store import Store, Transaction
from support.asgi import call

CONTROL = {"X-Durable-Workflow-Control-Plane-Version": "2"}
WORKER = {"X-Durable-Workflow-Protocol-Version": "1.0"}
POLL = {"worker_id": "w", "task_queue": "q"}
EMPTY = Reply(200, {"task": None})


@dataclass
class Rules:
    """An engine in which something is always due, with a record of its leaps."""

    view: Outlook = field(default_factory=lambda: Outlook(busy=False, unserved=False, moment=1.0))
    leaps: int = 0
    polled: set[Any] = field(default_factory=set)
    broken: bool = False

    def look_ahead(self, tx: Transaction, polled: Any) -> Outlook:
        self.polled = set(polled)
        if self.broken:
            raise LookupError("no such row")
        return self.view

    def leap(self, tx: Transaction, moment: float) -> float | None:
        self.leaps += 1
        return None

    def hold(self, tx: Transaction, asked: Call) -> Reply | Pending:
        empty = (
            EMPTY
            if asked.operation.startswith("poll")
            else Reply(404, {"message": "-", "reason": "instance_not_found"})
        )
        return Pending("topic", empty, deadline_seconds=0.4)

    @property
    def engine(self) -> Engine:
        handlers = dict.fromkeys(("pollWorkflowTask", "queryWorkflow", "describeWorkflow"), self.hold)
        return Engine(handlers, lambda tx, now: None, leaps=LeapRules(self.look_ahead, self.leap))


@pytest.fixture
def rules() -> Rules:
    return Rules()


@pytest.fixture
async def app(rules: Rules) -> AsyncIterator[App]:
    store = Store.open(":memory:", LeapingClock(), EngineSettings())
    app = App(store, engine=rules.engine)
    await app.start()
    yield app
    await app.stop()
    await store.close()


async def leaps_during(rules: Rules, seconds: float) -> int:
    before = rules.leaps
    await asyncio.sleep(seconds)
    return rules.leaps - before


async def test_time_leaps_on_while_nothing_is_in_flight(app: App, rules: Rules) -> None:
    assert await leaps_during(rules, 0.5) > 3


@pytest.mark.parametrize(
    "view", [Outlook(busy=True, unserved=False, moment=1.0), Outlook(busy=False, unserved=False, moment=None)]
)
async def test_it_stands_while_a_task_is_out_or_nothing_is_due(app: App, rules: Rules, view: Outlook) -> None:
    rules.view = view
    await asyncio.sleep(0.05)
    assert await leaps_during(rules, 0.3) == 0


@pytest.mark.parametrize(
    ("method", "path", "body", "headers"),
    [
        ("POST", "/api/worker/workflow-tasks/poll", POLL, WORKER),
        ("GET", "/api/workflows/w", None, CONTROL),
    ],
)
async def test_a_held_wait_lets_time_leap(
    app: App, rules: Rules, method: str, path: str, body: Any, headers: dict[str, str]
) -> None:
    held = asyncio.create_task(call(app, method, path, body, headers=headers))
    await asyncio.sleep(0.1)
    assert await leaps_during(rules, 0.2) > 0
    assert not held.done(), "its own time is real"
    await held


async def test_a_query_under_way_holds_time(app: App, rules: Rules) -> None:
    held = asyncio.create_task(call(app, "POST", "/api/workflows/w/query/q", {}, headers=CONTROL))
    await asyncio.sleep(0.05)
    assert await leaps_during(rules, 0.25) == 0
    await held
    assert await leaps_during(rules, 0.5) > 0


async def test_a_client_has_a_moment_to_go_on(app: App, rules: Rules) -> None:
    for _ in range(10):
        await call(app, "GET", "/api/health")
        before = rules.leaps
        await asyncio.sleep(0.02)
        assert rules.leaps == before
    await asyncio.sleep(0.2)
    assert rules.leaps > before


async def test_a_worker_has_longer_to_come_for_tasks(app: App, rules: Rules) -> None:
    await call(app, "GET", "/api/health")
    rules.view = Outlook(busy=False, unserved=True, moment=1.0)
    assert await leaps_during(rules, 1.5) == 0
    assert await leaps_during(rules, 1.5) > 0


async def test_who_polls_is_told_to_the_engine(app: App, rules: Rules) -> None:
    await call(
        app, "POST", "/api/worker/workflow-tasks/poll", POLL, headers={**WORKER, "X-Namespace": "default"}
    )
    await asyncio.sleep(0.1)
    assert rules.polled == {("pollWorkflowTask", "default", "w")}


async def test_a_failure_is_logged_and_tried_again(
    app: App, rules: Rules, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        rules.broken = True
        await asyncio.sleep(0.3)
        rules.broken = False
        await asyncio.sleep(1.2)
    assert "virtual time could not leap" in caplog.text
    assert rules.leaps > 0


def test_traffic_counts_what_is_served_and_what_only_waits() -> None:
    traffic = Traffic()
    with traffic.served("/api/worker/x"):
        assert traffic.serving == 1
        assert traffic.still() == 0
        with traffic.held():
            assert traffic.serving == 0
        assert traffic.serving == 1
    assert traffic.serving == 0
    assert traffic.unchanged() >= traffic.still() > 0
