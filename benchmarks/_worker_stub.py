"""A server of protocol 1.0 that plays chains of activities from memory: what workers are measured against.

`POST /api/play {"runs": 100, "activities": 10}` plays so many runs and answers when all are over. It offers
what the reference server adds for live runs (the new events alone), which workers that do not register it
never see.
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import gzip
import json
import sys
import time
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from benchmarks._processes import ROOT
from durable_workflow.codec import envelope

__all__ = ["main"]

_MOMENT = "2026-11-22T07:28:58.123456Z"
_LEASE_END = "2036-11-22T07:28:58.123456Z"
_HOLD_SECONDS = 5.0
_PAGE_SIZE = 500
_CONTEXT = [
    "workflow_wait_kind",
    "open_wait_id",
    "resume_source_kind",
    "resume_source_id",
    "workflow_update_id",
    "workflow_signal_id",
    "signal_name",
    "signal_wait_id",
    "workflow_command_id",
    "activity_execution_id",
    "activity_attempt_id",
    "activity_type",
    "child_call_id",
    "child_workflow_run_id",
    "workflow_sequence",
    "workflow_event_type",
    "timer_id",
    "condition_wait_id",
    "condition_key",
    "condition_definition_fingerprint",
]
_STICKY = ["sticky_execution", "sticky_history_tail"]


@dataclass(slots=True)
class _Run:
    """One run and its history."""

    number: int
    arguments: dict[str, str]
    events: list[str] = field(default_factory=list)
    seen: int = 0
    open: tuple[int, Any] | None = None

    def add(self, event_type: str, **payload: Any) -> int:
        """Append an event and return its number."""
        sequence = len(self.events) + 1
        event = {
            "id": f"01m81event{self.number}x{sequence}",
            "sequence": sequence,
            "event_type": event_type,
            "payload": payload,
            "workflow_task_id": None,
            "workflow_command_id": None,
            "recorded_at": _MOMENT,
        }
        # As text at once: the stub must not be what is measured.
        self.events.append(json.dumps(event))
        return sequence

    def page(self, begin: int, size: int | None) -> list[str]:
        """Return the events after so many, as many as a page takes."""
        return self.events[begin : begin + (size or _PAGE_SIZE)]

    def token(self, begin: int, page: list[str]) -> str | None:
        """Return what asks for the events behind a page; None if there are no more."""
        end = begin + len(page)
        return None if end == len(self.events) else base64.b64encode(str(end).encode()).decode()


class _Stub:
    """All runs, and who waits for their tasks."""

    def __init__(self, *, plain: bool) -> None:
        self._document = _recorded_info()
        self._capabilities: dict[str, Any] = self._document["worker_protocol"]["server_capabilities"]
        if not plain:
            self._capabilities |= dict.fromkeys(_STICKY, True)
        self._sticky: set[str] = set()
        self._runs: dict[str, _Run] = {}
        self._workflow_tasks: deque[_Run] = deque()
        self._activity_tasks: deque[_Run] = deque()
        self._news = asyncio.Condition()
        self._left = 0
        self._tasks = 0

    async def answer(self, path: str, body: Mapping[str, Any]) -> str:
        """Return the answer to a call, as JSON text."""
        parts = path.removeprefix("/api/").split("/")
        if parts[0] == "play":
            return json.dumps(await self._play(body["runs"], body["activities"]))
        if parts == ["cluster", "info"]:
            return json.dumps(self._document)
        if parts[1] == "register":
            if set(_STICKY) <= set(body.get("capabilities") or ()):
                self._sticky.add(body["worker_id"])
            return self._said(worker_id=body["worker_id"], registered=True)
        if parts[1] == "workflow-tasks":
            return await self._workflow(parts[2:], body)
        if parts[1] == "activity-tasks":
            return await self._activity(parts[2:], body)
        if parts[1] == "query-tasks":
            await asyncio.sleep(_HOLD_SECONDS)
            return self._said(task=None)
        return self._said(acknowledged=True)

    def _said(self, **members: Any) -> str:
        return json.dumps({**members, "protocol_version": "1.0", "server_capabilities": self._capabilities})

    async def _play(self, runs: int, activities: int) -> dict[str, Any]:
        begun, self._left, self._tasks = time.perf_counter(), runs, 0
        arguments = envelope([activities])
        for number in range(runs):
            run = _Run(number, arguments)
            run.add("StartAccepted", workflow_type="chain", outcome="started_new")
            run.add("WorkflowStarted", workflow_type="chain", workflow_run_id=f"run{number}")
            self._runs[f"run{number}"] = run
            self._workflow_tasks.append(run)
        async with self._news:
            self._news.notify_all()
            await self._news.wait_for(lambda: not self._left)
        return {"seconds": time.perf_counter() - begun, "tasks": self._tasks}

    async def _take(self, tasks: deque[_Run]) -> _Run | None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_HOLD_SECONDS), self._news:
                await self._news.wait_for(lambda: bool(tasks))
                return tasks.popleft()
        return None

    async def _put(self, tasks: deque[_Run], run: _Run) -> None:
        self._tasks += 1
        async with self._news:
            tasks.append(run)
            self._news.notify_all()

    async def _workflow(self, parts: list[str], body: Mapping[str, Any]) -> str:
        if parts == ["poll"]:
            run = await self._take(self._workflow_tasks)
            return self._said(task=None) if run is None else self._workflow_task(run, body)
        run = self._runs[parts[0]]
        if parts[1] == "history":
            return self._history(run, body)
        if parts[1] == "complete":
            for command in body["commands"]:
                await self._apply(run, command)
        else:
            self._tasks += 1
        members = {"outcome": "completed", "recorded": True, "reason": None, "created_task_ids": []}
        return self._said(task_id=parts[0], run_status="waiting", **members)

    def _history(self, run: _Run, body: Mapping[str, Any]) -> str:
        begin = int(base64.b64decode(body["next_history_page_token"]))
        page = run.page(begin, body.get("history_page_size"))
        text = self._said(
            task_id=f"run{run.number}",
            workflow_task_attempt=1,
            history_events="EVENTS",
            total_history_events=len(run.events),
            next_history_page_token=run.token(begin, page),
        )
        return text.replace('"EVENTS"', f"[{','.join(page)}]", 1)

    def _workflow_task(self, run: _Run, body: Mapping[str, Any]) -> str:
        worker_id = body["worker_id"]
        tail = run.seen if worker_id in self._sticky else 0
        run.seen = len(run.events)
        page = run.page(tail, body.get("history_page_size"))
        name = f"run{run.number}"
        text = self._said(
            task={
                **dict.fromkeys(_CONTEXT),
                "task_id": name,
                "workflow_id": f"w{run.number}",
                "run_id": name,
                "workflow_task_attempt": 1,
                "workflow_type": "chain",
                "payload_codec": "avro",
                "arguments": run.arguments,
                "run_status": "running",
                "last_history_sequence": len(run.events),
                "history_events": "EVENTS",
                "total_history_events": len(run.events),
                "next_history_page_token": run.token(tail, page),
                "task_queue": "benchmark",
                "connection": None,
                "compatibility": None,
                "lease_owner": worker_id,
                "lease_expires_at": _LEASE_END,
                "sticky_replay_mode": "tail" if tail else None,
            }
        )
        return text.replace('"EVENTS"', f"[{','.join(page)}]", 1)

    async def _apply(self, run: _Run, command: Mapping[str, Any]) -> None:
        if command["type"] == "schedule_activity":
            run.open = len(run.events) + 1, command["arguments"]
            run.add("ActivityScheduled", **_activity(run))
            await self._put(self._activity_tasks, run)
        elif command["type"] == "complete_workflow":
            self._tasks += 1
            self._left -= 1
            async with self._news:
                self._news.notify_all()
        else:
            raise RuntimeError(f"a chain does not {command['type']}")

    async def _activity(self, parts: list[str], body: Mapping[str, Any]) -> str:
        if parts == ["poll"]:
            run = await self._take(self._activity_tasks)
            return self._said(task=None if run is None else _activity_task(run, body["worker_id"]))
        run = self._runs[parts[0]]
        if parts[1] != "complete":
            raise RuntimeError(f"an activity of a chain does not {parts[1]}: {body}")
        result = body["result"]["blob"]
        run.add("ActivityCompleted", **_activity(run), result=result, payload_codec="avro")
        await self._put(self._workflow_tasks, run)
        members = {"outcome": "completed", "recorded": True, "reason": None, "next_task_id": None}
        return self._said(task_id=parts[0], activity_attempt_id=body["activity_attempt_id"], **members)


def _recorded_info() -> dict[str, Any]:
    """Return what a server of April 2026 said of itself; the peer refuses to work for less."""
    for path in sorted((ROOT / "tests" / "data" / "wire").glob("*.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                exchange = json.loads(line)
                if exchange["path"] == "/api/cluster/info" and exchange["status"] == 200:
                    document: dict[str, Any] = exchange["response_body"]
                    return document
    raise LookupError("no recording has a cluster info")


def _activity(run: _Run) -> dict[str, Any]:
    step = run.open[0] if run.open else 0
    snapshot = {"id": f"execution{step}", "sequence": step, "type": "increment", "class": "increment"}
    return {
        "activity_execution_id": f"execution{step}",
        "activity_class": "increment",
        "activity_type": "increment",
        "sequence": step,
        "activity": {**snapshot, "status": "pending", "attempt_count": 1, "queue": "benchmark"},
    }


def _activity_task(run: _Run, worker_id: str) -> dict[str, Any]:
    assert run.open is not None
    step, arguments = run.open
    run.add("ActivityStarted", **_activity(run), activity_attempt_id=f"a{step}", attempt_number=1)
    return {
        "task_id": f"run{run.number}",
        "workflow_id": f"w{run.number}",
        "run_id": f"run{run.number}",
        "activity_execution_id": f"execution{step}",
        "activity_attempt_id": f"a{step}",
        "attempt_number": 1,
        "activity_type": "increment",
        "payload_codec": "avro",
        "arguments": arguments,
        "task_queue": "benchmark",
        "lease_owner": worker_id,
        "lease_expires_at": _LEASE_END,
        "deadlines": {},
    }


async def _talk(stub: _Stub, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
        while True:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            length = int(head.lower().partition("content-length:")[2].split("\r\n")[0] or 0)
            content = await reader.readexactly(length) if length else b"{}"
            path = head.split(" ", 2)[1].partition("?")[0]
            text = (await stub.answer(path, json.loads(content))).encode()
            writer.write(
                b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                b"X-Durable-Workflow-Protocol-Version: 1.0\r\nX-Durable-Workflow-Control-Plane-Version: 2\r\n"
                b"Content-Length: %d\r\n\r\n" % len(text) + text
            )
    writer.close()


async def main(*, plain: bool) -> None:
    """Serve until the process is ended.

    Args:
        plain: Whether to offer nothing but protocol 1.0.
    """
    stub = _Stub(plain=plain)
    server = await asyncio.start_server(lambda *both: _talk(stub, *both), "127.0.0.1", 0, limit=2**24)
    print(f"ready at http://127.0.0.1:{server.sockets[0].getsockname()[1]}", flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(main(plain="--plain" in sys.argv))
