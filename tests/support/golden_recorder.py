"""Records golden histories from the engine of the reference server.

    PYTHONPATH=tests python -m support.golden_recorder [NAME ...]

Each scenario says which commands it expects of its program; a recording that differs is no golden.
"""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
from collections.abc import Awaitable, Callable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from durable_workflow import serializer
from durable_workflow.replay import replay_task
from durable_workflow.server import engine
from durable_workflow.server._calls import Call, Refusal, Reply
from durable_workflow.server.clock import VirtualClock
from durable_workflow.server.store import Store
from support import golden_programs
from support.golden import FOLDER, Golden, Task

_DETAIL = ("activity_type", "workflow_type", "change_id", "condition_key", "delay_seconds")


class Recorder:
    """A workflow on a server of its own, driven step by step on virtual time."""

    def __init__(self, store: Store, clock: VirtualClock) -> None:
        self.store = store
        self.clock = clock
        self.tasks: list[Task] = []
        self.shows: list[str] = []
        self.program = ""
        self.arguments: list[Any] = []
        self.run: Mapping[str, Any] = {}

    async def call(self, operation: str, **parts: Any) -> dict[str, Any]:
        call = Call(operation, "default", role="admin", **parts)
        run = self.store.read if operation in engine.READ_ONLY else self.store.write
        try:
            outcome = await run(lambda tx: engine.HANDLERS[operation](tx, call))
        except Refusal as refusal:
            return refusal.body()
        return dict(outcome.body if isinstance(outcome, Reply) else outcome.empty.body)

    async def start(
        self, program: str, *arguments: Any, shows: list[str], can: Sequence[str] = (), **body: Any
    ) -> None:
        """Start the workflow of a program.

        Args:
            program: Name of its class.
            arguments: Its arguments.
            shows: What it is an example of.
            can: Capabilities of the worker.
            body: Further members of the start.
        """
        self.program, self.arguments, self.shows = program, list(arguments), shows
        worker = {"worker_id": "k1", "task_queue": "q", "runtime": "python", "capabilities": list(can)}
        await self.call("registerWorker", body=worker)
        start = {
            "workflow_id": "w1",
            "workflow_type": "golden",
            "task_queue": "q",
            "input": self.arguments,
            **body,
        }
        self.run = await self.call("startWorkflow", body=start)
        self.clock.advance(1)

    async def poll(self, kind: str) -> dict[str, Any]:
        body = {"worker_id": "k1", "task_queue": "q", "timeout_seconds": 0}
        task: dict[str, Any] = (await self.call(f"poll{kind}Task", body=body))["task"]
        assert task is not None, f"no {kind.lower()} task is ready"
        return task

    async def answer(self, operation: str, task: Mapping[str, Any], **body: Any) -> dict[str, Any]:
        names = ("lease_owner", "activity_attempt_id", "workflow_task_attempt")
        lease = {name: task[name] for name in names if task.get(name) is not None}
        if "workflow_task_attempt" in lease:
            lease.pop("activity_attempt_id", None)
        answer = await self.call(operation, path={"taskId": task["task_id"]}, body={**lease, **body})
        self.clock.advance(1)
        return answer

    async def task(self, *expected: str, meanwhile: Callable[[], Awaitable[Any]] | None = None) -> None:
        """Run the program's next workflow task and complete it.

        Args:
            expected: The commands that must follow, as `type detail`.
            meanwhile: Something that happens between claim and completion.
        """
        task = await self.poll("Workflow")
        seen = task["history_events"]
        reasons = {"cause": task["resume_source_kind"], "only_update": task["workflow_update_id"]}
        golden = Golden("", [], self.program, self.arguments, seen, [Task(len(seen), [], 0, **reasons)])
        outcome = replay_task(golden.task_input(seen, **golden.reasons(len(seen))))
        found = [_words(command) for command in outcome.commands]
        assert found == list(expected), f"{self.program} asks for {found} after {len(seen)} events"
        if meanwhile is not None:
            await meanwhile()
        answer = await self.answer("completeWorkflowTask", task, commands=list(outcome.commands))
        assert answer["outcome"] == "completed", answer
        until = len(await self.events()) if outcome.commands else len(seen)
        commands: list[Any] = [dict(command) for command in outcome.commands]
        self.tasks.append(Task(len(seen), commands, until, **reasons))

    async def wait(self, seconds: float) -> None:
        """Let time pass and do what is due."""
        self.clock.advance(seconds)
        await self.store.write(lambda tx: engine.tick(tx, tx.now))

    async def activity(self, result: Any = None) -> None:
        """Run the next activity to its result."""
        task = await self.poll("Activity")
        await self.answer("completeActivityTask", task, result=serializer.envelope(result))

    async def fail_activity(self, message: str, **failure: Any) -> None:
        """Run the next attempt of an activity to a failure."""
        task = await self.poll("Activity")
        await self.answer("failActivityTask", task, failure={"message": message, **failure})

    async def child(self, *commands: Mapping[str, Any]) -> None:
        """Complete the next workflow task, which is that of a child, with commands."""
        await self.answer("completeWorkflowTask", await self.poll("Workflow"), commands=list(commands))

    async def signal(self, name: str, *arguments: Any) -> None:
        path = {"workflowId": "w1", "signalName": name}
        await self.call("signalWorkflow", path=path, body={"input": list(arguments)})
        self.clock.advance(1)

    async def update(self, name: str, *arguments: Any) -> None:
        path = {"workflowId": "w1", "updateName": name}
        body = {"input": list(arguments), "wait_for": "accepted"}
        await self.call("updateWorkflow", path=path, body=body)
        self.clock.advance(1)

    async def command(self, operation: str, workflow_id: str = "w1", **body: Any) -> dict[str, Any]:
        answer = await self.call(operation, path={"workflowId": workflow_id}, body=body)
        self.clock.advance(1)
        return answer

    async def events(self) -> list[dict[str, Any]]:
        path = {"workflowId": self.run["workflow_id"], "runId": self.run["run_id"]}
        page = await self.call("getWorkflowHistory", path=path, query={"page_size": 1000})
        events: list[dict[str, Any]] = page["events"]
        return events

    async def save(self, name: str) -> None:
        golden = {
            "shows": self.shows,
            "program": self.program,
            "arguments": self.arguments,
            "tasks": [vars(task) for task in self.tasks],
            "events": await self.events(),
        }
        assert hasattr(golden_programs, self.program)
        write(name, golden)


def write(name: str, golden: Mapping[str, Any]) -> None:
    """Write a golden file: one line per event, so that a reader can compare them."""
    parts = {key: json.dumps(value, ensure_ascii=False) for key, value in golden.items()}
    for key in ("events", "tasks"):
        rows = ",\n".join(f"    {json.dumps(row, ensure_ascii=False)}" for row in golden[key])
        parts[key] = f"[\n{rows}\n  ]"
    text = ",\n".join(f'  "{key}": {value}' for key, value in parts.items())
    (FOLDER / f"{name}.json").write_text(f"{{\n{text}\n}}\n")


def _words(command: Mapping[str, Any]) -> str:
    detail = next((str(command[name]) for name in _DETAIL if command.get(name) is not None), "")
    return f"{command['type']} {detail}".strip()


Scenario = Callable[[Recorder], Awaitable[None]]
SCENARIOS: dict[str, Scenario] = {}


def scenario(function: Scenario) -> Scenario:
    """Note a scenario; its name is that of its file."""
    SCENARIOS[function.__name__] = function
    return function


async def _record(name: str, scenario: Callable[[Recorder], Awaitable[None]], folder: str) -> None:
    clock = VirtualClock()
    store = Store.open(str(Path(folder) / f"{name}.db"), clock, engine.EngineSettings())
    try:
        recorder = Recorder(store, clock)
        await scenario(recorder)
        await recorder.save(name)
    finally:
        await store.close()


async def main(names: list[str]) -> None:
    """Record the named scenarios; all of them without names."""
    # The file that runs as a program is another module than the one that scenarios import.
    recorder = import_module("support.golden_recorder")
    for scenarios in ("golden_messages", "golden_scenarios"):
        import_module(f"support.{scenarios}")
    written = import_module("support.golden_written").WRITTEN
    with tempfile.TemporaryDirectory() as folder:
        for name, scenario in recorder.SCENARIOS.items():
            if not names or name in names:
                await _record(name, scenario, folder)
    for name, golden in written.items():
        if not names or name in names:
            write(name, golden())


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1:]))
