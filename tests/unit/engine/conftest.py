"""Drives the engine's rules over a real store on virtual time, and checks after every test that it holds.

Every call is checked against the specification, both ways.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from durable_workflow import serializer
from durable_workflow.server import engine
from durable_workflow.server._calls import Call, Pending, Refusal, Reply
from durable_workflow.server._capabilities import server_capabilities
from durable_workflow.server._contract import packaged_contract
from durable_workflow.server._planes import Planes
from durable_workflow.server.clock import VirtualClock
from durable_workflow.server.store import Store, Transaction
from durable_workflow.server.store._checks import find_problems
from durable_workflow_api.operations import OPERATIONS


class Judge:
    """Holds calls and answers against the specification."""

    def __init__(self) -> None:
        self.contract = packaged_contract().anew()
        self.planes = Planes(server_capabilities(engine.SUPPORTED_COMMANDS, 30.0))

    def check(self, call: Call, reply: Reply) -> None:
        operation = OPERATIONS[call.operation]
        dressed = self.planes.dress(operation, call.path, reply)
        body = json.loads(json.dumps(dressed.body, allow_nan=False))
        violations = self.contract[call.operation].violations(
            dressed.status, map(str.lower, dressed.headers), body
        )
        assert not violations, f"{call.operation} answered {dressed.status} {body}: {violations}"


class Driver:
    """Speaks to the engine as the server would, without HTTP."""

    def __init__(self, path: Path, judge: Judge, settings: engine.EngineSettings | None = None) -> None:
        self.path = path
        self.judge = judge
        self.settings = settings
        self.clock = VirtualClock()
        self.topics: set[str] = set()
        self.open()

    def open(self) -> None:
        self.store = Store.open(str(self.path), self.clock, self.settings)
        self.store.on_commit(self.topics.update)

    async def reopen(self) -> None:
        await self.store.close()
        self.open()

    async def raw(self, operation: str, *, namespace: str = "default", **parts: Any) -> Reply | Pending:
        """Make a call; a refusal becomes its reply, as it does in the server."""
        call = Call(operation, namespace, role="admin", **parts)
        run = self.store.read if operation in engine.READ_ONLY else self.store.write
        try:
            outcome = await run(lambda tx: engine.HANDLERS[operation](tx, call))
        except Refusal as refusal:
            outcome = Reply(refusal.status, refusal.body())
        self.judge.check(call, outcome.empty if isinstance(outcome, Pending) else outcome)
        return outcome

    async def again(self, operation: str, pending: Reply | Pending, **parts: Any) -> Reply | Pending:
        """Look again at what a held call waits for, as the server does when the topic was raised."""
        assert isinstance(pending, Pending), f"{operation} was answered: {pending.body}"
        assert pending.again is not None
        outcome = await self.store.read(pending.again)
        call = Call(operation, "default", role="admin", **parts)
        self.judge.check(call, outcome.empty if isinstance(outcome, Pending) else outcome)
        return outcome

    async def call(self, operation: str, status: int = 200, **parts: Any) -> dict[str, Any]:
        """Make a call that must be answered with ``status``; return the body."""
        outcome = await self.raw(operation, **parts)
        assert isinstance(outcome, Reply), f"{operation} waits on {outcome.topic}"
        assert outcome.status == status, f"{operation}: {outcome.status} {outcome.body}"
        return outcome.body

    async def tick(self) -> float | None:
        return await self.store.write(lambda tx: engine.tick(tx, tx.now))

    async def advance(self, seconds: float) -> float | None:
        """Let virtual time pass and do what is due."""
        self.clock.advance(seconds)
        return await self.tick()

    async def start(self, workflow_id: str = "w1", status: int = 201, **body: Any) -> dict[str, Any]:
        headers = body.pop("headers", {})
        body = {"workflow_id": workflow_id, "workflow_type": "order", "task_queue": "q", **body}
        return await self.call("startWorkflow", status, body=body, headers=headers)

    async def register(self, worker_id: str = "k1", status: int = 201, **body: Any) -> dict[str, Any]:
        body = {"worker_id": worker_id, "task_queue": "q", "runtime": "python", **body}
        return await self.call("registerWorker", status, body=body)

    async def poll(self, worker_id: str = "k1", kind: str = "Workflow", **body: Any) -> dict[str, Any] | None:
        body = {"worker_id": worker_id, "task_queue": "q", "timeout_seconds": 0, **body}
        return (await self.call(f"poll{kind}Task", body=body))["task"]

    async def take(self, worker_id: str = "k1", **body: Any) -> dict[str, Any]:
        task = await self.poll(worker_id, **body)
        assert task is not None, "no workflow task is ready"
        return task

    async def take_activity(self, worker_id: str = "k1", **body: Any) -> dict[str, Any]:
        task = await self.poll(worker_id, "Activity", **body)
        assert task is not None, "no activity task is ready"
        return task

    async def complete(self, task: Mapping[str, Any], *commands: Any, status: int = 200) -> dict[str, Any]:
        return await self.answer("completeWorkflowTask", task, status, commands=list(commands))

    async def answer(
        self, operation: str, task: Mapping[str, Any], status: int = 200, **body: Any
    ) -> dict[str, Any]:
        lease = {"lease_owner": task["lease_owner"]}
        for name in ("workflow_task_attempt", "activity_attempt_id"):
            if (
                name in task
                and task[name] is not None
                and (name[0] == "w" or "workflow_task_attempt" not in task)
            ):
                lease[name] = task[name]
        return await self.call(operation, status, path={"taskId": task["task_id"]}, body={**lease, **body})

    async def signal(
        self, name: str = "approve", *arguments: Any, status: int = 202, workflow_id: str = "w1", **body: Any
    ) -> dict[str, Any]:
        path = {"workflowId": workflow_id, "signalName": name}
        return await self.call("signalWorkflow", status, path=path, body={"input": list(arguments), **body})

    async def update(
        self, name: str = "rename", *arguments: Any, status: int = 202, workflow_id: str = "w1", **body: Any
    ) -> dict[str, Any]:
        path = {"workflowId": workflow_id, "updateName": name}
        return await self.call("updateWorkflow", status, path=path, body={"input": list(arguments), **body})

    async def describe(self, workflow_id: str = "w1") -> dict[str, Any]:
        return await self.call("describeWorkflow", path={"workflowId": workflow_id})

    async def events(self, run: Mapping[str, Any]) -> list[dict[str, Any]]:
        path = {"workflowId": run["workflow_id"], "runId": run["run_id"]}
        page = await self.call("getWorkflowHistory", path=path, query={"page_size": 1000})
        return page["events"]

    async def types(self, run: Mapping[str, Any]) -> list[str]:
        return [event["event_type"] for event in await self.events(run)]

    async def last(self, run: Mapping[str, Any], event_type: str) -> dict[str, Any]:
        """Return the payload of the last event of a type."""
        found = [event["payload"] for event in await self.events(run) if event["event_type"] == event_type]
        assert found, f"no {event_type}"
        return found[-1]

    async def begun(self, *commands: Any, **start: Any) -> dict[str, Any]:
        """Start a workflow and complete its first task with commands."""
        await self.register()
        run = await self.start(**start)
        await self.complete(await self.take(), *commands)
        return run


def blob(value: Any) -> dict[str, str]:
    return serializer.envelope(value)


def hold_together(tx: Transaction) -> None:
    """Check what must be true of every database between two transactions: the rules of `store._checks`."""
    assert find_problems(tx.execute) == []


@pytest.fixture(scope="session")
def judge() -> Judge:
    return Judge()


@pytest.fixture
def settings() -> engine.EngineSettings:
    return engine.EngineSettings()


@pytest.fixture
async def server(tmp_path: Path, judge: Judge, settings: engine.EngineSettings) -> AsyncIterator[Driver]:
    driver = Driver(tmp_path / "engine.db", judge, settings)
    yield driver
    await driver.store.read(hold_together)
    await driver.store.close()
