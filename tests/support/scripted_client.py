"""A client without a server: what the worker asks is recorded, what it gets is scripted."""

from __future__ import annotations

import asyncio
import itertools
from collections import defaultdict, deque
from collections.abc import Callable, Mapping
from typing import Any

from durable_workflow import serializer
from durable_workflow.metrics import InMemoryMetrics

INFO: dict[str, Any] = {
    "control_plane": {"version": "2"},
    "worker_protocol": {
        "version": "1.0",
        "server_capabilities": {"empty_workflow_task_completion": True},
    },
}
_numbers = itertools.count(1)


class ScriptedClient:
    """Stands in for `Client`; `script` decides what a call brings instead of its usual answer."""

    def __init__(self) -> None:
        self.metrics = InMemoryMetrics()
        self.workflow_tasks: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.activity_tasks: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.query_tasks: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.scripts: defaultdict[str, deque[Any]] = defaultdict(deque)
        self.polling: defaultdict[str, int] = defaultdict(int)
        self._news = asyncio.Condition()

    def script(self, name: str, *reactions: Any) -> None:
        """Queue reactions of a call: an exception is raised, a function is called, anything else returned."""
        self.scripts[name].extend(reactions)

    def of(self, name: str) -> list[dict[str, Any]]:
        """Return the arguments of all calls of this name."""
        return [arguments for called, arguments in self.calls if called == name]

    async def seen(self, name: str, count: int = 1, timeout: float = 5) -> list[dict[str, Any]]:
        """Wait until a call was made so many times."""
        async with asyncio.timeout(timeout), self._news:
            await self._news.wait_for(lambda: len(self.of(name)) >= count)
        return self.of(name)

    async def _call(self, name: str, usual: Any, arguments: Mapping[str, Any]) -> Any:
        async with self._news:
            self.calls.append((name, dict(arguments)))
            self._news.notify_all()
        if not self.scripts[name]:
            return await usual() if callable(usual) else usual
        reaction = self.scripts[name].popleft()
        if isinstance(reaction, BaseException):
            raise reaction
        if not callable(reaction):
            return reaction
        answer = reaction()
        return await answer if asyncio.iscoroutine(answer) else answer

    async def get_cluster_info(self) -> Any:
        return await self._call("get_cluster_info", INFO, {})

    async def register_worker(self, **arguments: Any) -> Any:
        answer = {"worker_id": arguments["worker_id"], "registered": True}
        return await self._call("register_worker", answer, arguments)

    async def heartbeat_worker(self, **arguments: Any) -> Any:
        return await self._call("heartbeat_worker", {"acknowledged": True}, arguments)

    async def poll_workflow_task(self, **arguments: Any) -> Any:
        return await self._poll("poll_workflow_task", self.workflow_tasks, arguments)

    async def poll_activity_task(self, **arguments: Any) -> Any:
        return await self._poll("poll_activity_task", self.activity_tasks, arguments)

    async def poll_query_task(self, **arguments: Any) -> Any:
        return await self._poll("poll_query_task", self.query_tasks, arguments)

    async def complete_query_task(self, **arguments: Any) -> Any:
        return await self._call("complete_query_task", {"outcome": "completed"}, arguments)

    async def fail_query_task(self, **arguments: Any) -> Any:
        return await self._call("fail_query_task", {"outcome": "failed"}, arguments)

    async def deregister_worker(self, **arguments: Any) -> Any:
        return await self._call("deregister_worker", {"outcome": "deregistered"}, arguments)

    async def renew_activity_task_lease(self, **arguments: Any) -> Any:
        answer = {"cancel_requested": False, "can_continue": True, "reason": None}
        return await self._call("renew_activity_task_lease", answer, arguments)

    async def _poll(self, name: str, tasks: asyncio.Queue[dict[str, Any]], arguments: dict[str, Any]) -> Any:
        async def wait() -> dict[str, Any] | None:
            try:
                async with asyncio.timeout(arguments["timeout"]):
                    return await tasks.get()
            except TimeoutError:
                return None

        self.polling[name] += 1
        try:
            return await self._call(name, wait, arguments)
        finally:
            self.polling[name] -= 1

    async def workflow_task_history(self, **arguments: Any) -> Any:
        page = {"history_events": [], "next_history_page_token": None}
        return await self._call("workflow_task_history", page, arguments)

    async def heartbeat_workflow_task(self, **arguments: Any) -> Any:
        return await self._call("heartbeat_workflow_task", {"renewed": True}, arguments)

    async def complete_workflow_task(self, **arguments: Any) -> Any:
        return await self._call("complete_workflow_task", {"recorded": True}, arguments)

    async def fail_workflow_task(self, **arguments: Any) -> Any:
        return await self._call("fail_workflow_task", {"recorded": True}, arguments)

    async def complete_activity_task(self, **arguments: Any) -> Any:
        serializer.envelope(arguments["result"], arguments["codec"])
        return await self._call("complete_activity_task", {"recorded": True}, arguments)

    async def fail_activity_task(self, **arguments: Any) -> Any:
        return await self._call("fail_activity_task", {"recorded": True}, arguments)

    async def heartbeat_activity_task(self, **arguments: Any) -> Any:
        answer = {"cancel_requested": False, "can_continue": True, "reason": None}
        return await self._call("heartbeat_activity_task", answer, arguments)


def started(run_id: str, **payload: Any) -> dict[str, Any]:
    """Return the first event of a history."""
    return event(1, "WorkflowStarted", run_id=run_id, **payload)


def event(sequence: int, kind: str, /, *, task: str | None = None, **payload: Any) -> dict[str, Any]:
    """Return an event."""
    return {
        "id": f"event-{sequence}",
        "sequence": sequence,
        "event_type": kind,
        "payload": payload,
        "workflow_task_id": task,
        "workflow_command_id": None,
        "recorded_at": "2026-04-25T07:28:58.123456Z",
    }


def workflow_task(workflow_type: str, *arguments: Any, run_id: str = "", **members: Any) -> dict[str, Any]:
    """Return a workflow task as a poll brings it."""
    number = next(_numbers)
    run_id = run_id or f"run-{number}"
    task = {
        "task_id": f"wt-{number}",
        "workflow_id": f"wf-{run_id}",
        "run_id": run_id,
        "workflow_task_attempt": 1,
        "workflow_type": workflow_type,
        "payload_codec": "avro",
        "arguments": serializer.envelope(list(arguments)),
        "history_events": [started(run_id)],
        "next_history_page_token": None,
        "task_queue": "queue",
        "lease_owner": "worker",
        "resume_source_kind": None,
    }
    return {**task, **members}


def activity_task(activity_type: str, *arguments: Any, **members: Any) -> dict[str, Any]:
    """Return an activity task as a poll brings it."""
    number = next(_numbers)
    task = {
        "task_id": f"at-{number}",
        "workflow_id": "wf",
        "run_id": "run",
        "activity_execution_id": f"execution-{number}",
        "activity_attempt_id": f"attempt-{number}",
        "attempt_number": 1,
        "activity_type": activity_type,
        "payload_codec": "avro",
        "arguments": serializer.envelope(list(arguments)),
        "task_queue": "queue",
        "lease_owner": "worker",
    }
    return {**task, **members}


def until(condition: Callable[[], bool], timeout: float = 5) -> Any:
    """Wait, in a test, until something is true."""

    async def wait() -> None:
        async with asyncio.timeout(timeout):
            while not condition():
                await asyncio.sleep(0.005)

    return wait()
