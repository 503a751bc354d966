"""A full disk and a damaged file: what callers are told, that nothing half is kept, and how it goes on."""

from __future__ import annotations

import contextlib
import json
import logging
import resource
import sqlite3
import urllib.error
import urllib.request
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from durable_workflow.server._settings import EngineSettings
from durable_workflow.server.app import App
from durable_workflow.server.clock import SystemClock
from durable_workflow.server.store import Store
from durable_workflow.server.store._checks import find_problems
from support.asgi import call
from support.processes import ServerProcess

CONTROL = {"X-Durable-Workflow-Control-Plane-Version": "2"}
WORKER = {"X-Durable-Workflow-Protocol-Version": "1.0"}
POLL = {"worker_id": "w", "task_queue": "q", "poll_request_id": "p-1"}


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    opened = Store.open(str(tmp_path / "own.sqlite"), SystemClock(), EngineSettings(poll_timeout=0.0))
    yield opened
    await opened.close()


@pytest.fixture
async def app(store: Store) -> App:
    app = App(store)
    registration = {"worker_id": "w", "task_queue": "q", "runtime": "go"}
    assert (await call(app, "POST", "/api/worker/register", registration, headers=WORKER)).status == 201
    return app


async def start(app: App, size: int = 0, **body: Any) -> Any:
    body = {"workflow_type": "t", "task_queue": "q", "memo": {"fill": "x" * size}, **body}
    return await call(app, "POST", "/api/workflows", body, headers=CONTROL)


async def limit(store: Store, pages: int) -> None:
    await store.write(lambda tx: tx.execute(f"PRAGMA max_page_count = {pages}").fetchone())


async def fill(app: App, store: Store) -> None:
    """Leave no room for anything."""
    await limit(store, 1)
    for size in (10_000, 1_000, 10, 0):
        while (await start(app, size)).status == 201:
            pass


async def test_a_full_disk_is_told_and_nothing_half_is_kept(app: App, store: Store) -> None:
    assert (await start(app, workflow_id="before")).status == 201
    await fill(app, store)
    counted = "SELECT (SELECT count(*) FROM workflows), (SELECT count(*) FROM runs)"
    before = await store.read(lambda tx: tx.execute(counted).fetchone())

    refused = await start(app, 10_000)
    assert (refused.status, refused.body["reason"]) == (500, "storage_unavailable")
    assert "no space left" in refused.body["message"]
    assert (await call(app, "GET", "/api/workflows/before", headers=CONTROL)).status == 200

    assert await store.read(lambda tx: tx.execute(counted).fetchone()) == before
    assert await store.read(lambda tx: find_problems(tx.execute)) == []
    await limit(store, 1_073_741_823)
    assert (await call(app, "GET", "/api/health")).status == 200
    assert (await start(app, 10_000)).status == 201
    assert app.violations == type(app.violations)()


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Statements that the disk refuses."""
    refused: set[str] = set()

    class Failing(sqlite3.Connection):
        def execute(self, sql: str, *rest: Any) -> sqlite3.Cursor:
            if sql in refused:
                raise sqlite3.OperationalError("disk I/O error")
            return super().execute(sql, *rest)

    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *args, **named: connect(*args, **named, factory=Failing))
    return refused


async def test_workers_are_told_to_come_again(failing: set[str], app: App) -> None:
    failing.add("COMMIT")
    registration = {"worker_id": "other", "task_queue": "q", "runtime": "go"}
    registered = await call(app, "POST", "/api/worker/register", registration, headers=WORKER)
    polled = await call(app, "POST", "/api/worker/workflow-tasks/poll", POLL, headers=WORKER)
    for answered in (registered, polled):
        assert (answered.status, answered.body["reason"]) == (503, "backend_unavailable")
        assert (answered.body["retryable"], answered.body["retry_after_seconds"]) == (True, 2)
    assert (polled.body["task"], polled.body["poll_status"]) == (None, "backend_unavailable")
    assert (polled.body["retry_same_poll_request_id"], polled.body["poll_request_id"]) == (True, "p-1")
    assert "poll_status" not in registered.body
    health = await call(app, "GET", "/api/health")
    assert (health.status, health.body["checks"]) == (503, {"database": "unavailable"})
    assert (await call(app, "GET", "/api/ready")).status == 503
    failing.clear()
    assert (await call(app, "GET", "/api/health")).status == 200
    again = await call(app, "POST", "/api/worker/register", registration, headers=WORKER)
    assert again.status == 201
    assert app.violations == type(app.violations)()


async def test_a_fault_of_a_rule_is_no_fault_of_the_file(app: App, store: Store) -> None:
    await store.write(lambda tx: tx.execute("ALTER TABLE workers RENAME TO gone") and None)
    polled = await call(app, "POST", "/api/worker/workflow-tasks/poll", POLL, headers=WORKER)
    assert (polled.status, polled.body) == (500, {"message": "Server Error"})
    assert (await call(app, "GET", "/api/health")).status == 200


async def test_a_damaged_file_is_told_at_run_time(
    app: App, store: Store, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(50):
        assert (await start(app, 20_000)).status == 201
    await store.write(lambda tx: None)
    await store.close()
    again = Store.open(store.path, SystemClock(), EngineSettings(poll_timeout=0.0))
    app = App(again)
    file = Path(store.path)
    content = file.read_bytes()
    file.write_bytes(content[:4096] + b"\xaa" * (len(content) - 4096))
    with caplog.at_level(logging.ERROR):
        listed = await call(app, "GET", "/api/workflows", headers=CONTROL)
        polled = await call(app, "POST", "/api/worker/workflow-tasks/poll", POLL, headers=WORKER)
    for answered in (listed, polled):
        assert (answered.status, answered.body["reason"]) == (500, "storage_corrupt")
        assert "restore a backup" in answered.body["message"]
    assert (await call(app, "GET", "/api/health")).status == 503
    assert "is damaged" in caplog.text
    assert "Traceback" not in caplog.text
    assert app.violations == type(app.violations)()
    await again.close()


class Served:
    """A server process whose files may not grow beyond a limit, as on a disk that is full."""

    def __init__(self, folder: Path, room: int) -> None:
        self.process = ServerProcess(folder)
        self.process.start()
        self._limit(room)

    def _limit(self, size: int) -> None:
        resource.prlimit(self.process.pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

    def free_some(self) -> None:
        self._limit(resource.RLIM_INFINITY)

    def ask(self, path: str, body: dict[str, Any] | None = None) -> tuple[int, dict[str, Any]]:
        data = None if body is None else json.dumps(body).encode()
        headers = {"Content-Type": "application/json", **CONTROL, **WORKER}
        request = urllib.request.Request(self.process.url + path, data, headers)
        try:
            with urllib.request.urlopen(request, timeout=10) as response:
                return response.status, json.load(response)
        except urllib.error.HTTPError as error:
            with error:
                return error.code, json.load(error)

    def start(self, number: int, size: int = 50_000) -> tuple[int, dict[str, Any]]:
        body = {"workflow_id": f"w-{number}", "workflow_type": "t", "memo": {"fill": "x" * size}}
        return self.ask("/api/workflows", body)


def test_a_server_outlives_a_full_disk(tmp_path: Path) -> None:
    served = Served(tmp_path, room=2_000_000)
    started = []
    try:
        for size in (50_000, 5_000, 0):
            status = 201
            while status == 201:
                started.append(len(started))
                status, body = served.start(started[-1], size)
            assert (status, body["reason"]) == (500, "storage_unavailable")
            started.pop()
        assert len(started) > 5
        for number in range(1000):
            registration = {"worker_id": f"w-{number}", "task_queue": "q", "runtime": "go"}
            status, body = served.ask("/api/worker/register", registration)
            if status != 201:
                break
        assert (status, body["reason"]) == (503, "backend_unavailable")
        assert served.ask(f"/api/workflows/w-{started[-1]}")[0] == 200, "it still reads"
        served.free_some()
        assert served.ask("/api/health")[0] == 200
        assert served.start(6000)[0] == 201
        assert served.process.stop() == 0
    finally:
        served.process.kill()
    with contextlib.closing(sqlite3.connect(served.process.database)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        kept = {name for (name,) in connection.execute("SELECT workflow_id FROM workflows")}
        assert kept == {f"w-{number}" for number in (*started, 6000)}
        assert find_problems(connection.execute) == []
    assert "no space" in served.process.log or "disk I/O error" in served.process.log
