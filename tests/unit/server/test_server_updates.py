"""Callers that wait for an update, over real sockets."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from durable_workflow.testing import DevServer
from support.over_http import CONTROL, left_open, post, register, start, waiting

PATH = "/api/workflows/one/update/rename"
COMPLETED = {"input": ["a"], "wait_for": "completed", "wait_timeout_seconds": 60, "request_id": "u1"}


@pytest.fixture
def server() -> Iterator[DevServer]:
    with DevServer(poll_timeout=20) as running:
        yield running
    assert running.violations == ()


@pytest.fixture
def worker(server: DevServer) -> dict[str, str]:
    """A worker whose one run waits for messages."""
    worker = register(server.url)
    start(server.url, "one")
    complete(server.url, take(server.url, worker), {"type": "open_condition_wait", "condition_key": "go"})
    return worker


def take(url: str, worker: dict[str, str]) -> dict[str, Any]:
    status, body = post(url, "/api/worker/workflow-tasks/poll", worker)
    assert status == 200
    task: dict[str, Any] = body["task"]
    return task


def complete(url: str, task: dict[str, Any], *commands: dict[str, Any]) -> None:
    body = {name: task[name] for name in ("lease_owner", "workflow_task_attempt")} | {"commands": commands}
    status, answer = post(url, f"/api/worker/workflow-tasks/{task['task_id']}/complete", body)
    assert status == 200, answer


def answer(url: str, task: dict[str, Any]) -> None:
    complete(url, task, {"type": "complete_update", "update_id": task["workflow_update_id"]})


def test_the_caller_is_answered_when_the_worker_is_done(server: DevServer, worker: dict[str, str]) -> None:
    with ThreadPoolExecutor() as pool:
        calling = pool.submit(post, server.url, PATH, COMPLETED, CONTROL)
        task = take(server.url, worker)
        waiting(server, 1)
        before = time.monotonic()
        answer(server.url, task)
        status, body = calling.result(10)
    assert time.monotonic() - before < 5
    assert (status, body["update_status"], body["update_id"]) == (
        200,
        "completed",
        task["workflow_update_id"],
    )
    control = body["control_plane"]
    assert (control["operation"], control["operation_name"]) == ("update", "rename")
    assert (control["update_id"], control["outcome"]) == (body["update_id"], "update_completed")


def test_the_end_of_the_wait_leaves_the_update_open(server: DevServer, worker: dict[str, str]) -> None:
    body = {**COMPLETED, "wait_timeout_seconds": 1}
    before = time.monotonic()
    status, waited = post(server.url, PATH, body, CONTROL)
    assert 1 <= time.monotonic() - before < 5
    assert (status, waited["wait_timed_out"], waited["wait_timeout_seconds"]) == (202, True, 1)
    answer(server.url, take(server.url, worker))
    status, done = post(server.url, PATH, body, CONTROL)
    assert (status, done["update_id"], done["wait_timed_out"]) == (200, waited["update_id"], False)


def test_who_hangs_up_is_forgotten_but_the_update_is_not(server: DevServer, worker: dict[str, str]) -> None:
    callers = [left_open(server.url, PATH, COMPLETED, CONTROL) for _ in range(3)]
    waiting(server, 3)
    for caller in callers:
        caller.close()
    waiting(server, 0)
    task = take(server.url, worker)
    answer(server.url, task)
    status, body = post(server.url, PATH, COMPLETED, CONTROL)
    assert (status, body["update_id"]) == (200, task["workflow_update_id"])
    idle = {**worker, "timeout_seconds": 0}
    assert post(server.url, "/api/worker/workflow-tasks/poll", idle)[1]["task"] is None, (
        "there was one update"
    )


def test_stopping_answers_those_who_wait() -> None:
    server = DevServer(poll_timeout=60)
    server.start()
    register(server.url)
    start(server.url, "one")
    with ThreadPoolExecutor() as pool:
        calling = pool.submit(post, server.url, PATH, COMPLETED, CONTROL)
        waiting(server, 1)
        before = time.monotonic()
        server.stop()
        status, body = calling.result(5)
    assert time.monotonic() - before < 5
    assert (status, body["update_status"], body["wait_timed_out"]) == (202, "accepted", True)
