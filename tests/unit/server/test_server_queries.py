"""Queries over HTTP: callers that wait, workers that poll, and those of both that hang up."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from durable_workflow.server._settings import EngineSettings
from durable_workflow.server.app import App
from durable_workflow.server.clock import SystemClock
from durable_workflow.server.store import Store
from durable_workflow.testing import DevServer
from support.asgi import Answered, Caller, call
from support.over_http import CONTROL, WORKER, left_open, post, register, start, waiting

PATH = "/api/workflows/one/query/status"
POLL = "/api/worker/query-tasks/poll"


@pytest.fixture
def server() -> Iterator[DevServer]:
    with DevServer(poll_timeout=20) as running:
        yield running
    assert running.violations == ()


@pytest.fixture
def worker(server: DevServer) -> dict[str, str]:
    start(server.url, "one")
    return register(server.url)


def finish(url: str, task: dict[str, Any], result: Any) -> None:
    lease = {name: task[name] for name in ("lease_owner", "query_task_attempt")}
    path = f"/api/worker/query-tasks/{task['query_task_id']}/complete"
    status, body = post(url, path, {**lease, "result": result})
    assert status == 200, body


def test_a_waiting_worker_gets_the_query_and_a_waiting_caller_its_answer(
    server: DevServer, worker: dict[str, str]
) -> None:
    before = time.monotonic()
    with ThreadPoolExecutor() as pool:
        polling = pool.submit(post, server.url, POLL, worker)
        waiting(server, 1)
        asking = pool.submit(post, server.url, PATH, {}, CONTROL)
        status, polled = polling.result(10)
        assert (status, polled["task"]["query_name"]) == (200, "status")
        finish(server.url, polled["task"], {"v": 1})
        status, body = asking.result(10)
    assert time.monotonic() - before < 5
    assert (status, body["result"], body["result_envelope"]) == (200, {"v": 1}, None)
    control = body["control_plane"]
    assert (control["operation"], control["operation_name"]) == ("query", "status")
    assert control["result"] == {"v": 1}


def test_each_of_many_pollers_gets_one_of_many_queries(server: DevServer, worker: dict[str, str]) -> None:
    workers = [register(server.url, f"w{number}") for number in range(12)]
    with ThreadPoolExecutor(24) as pool:
        polls = [pool.submit(post, server.url, POLL, each) for each in workers]
        waiting(server, 12)
        asks = [pool.submit(post, server.url, PATH, {"input": [number]}, CONTROL) for number in range(12)]
        tasks = [poll.result(10)[1]["task"] for poll in polls]
        for task in tasks:
            finish(server.url, task, task["query_arguments"])
        answers = [ask.result(10)[1]["result"]["blob"] for ask in asks]
    assert len({task["query_task_id"] for task in tasks}) == 12
    assert len(set(answers)) == 12


def test_who_asks_and_hangs_up_frees_the_query(server: DevServer, worker: dict[str, str]) -> None:
    asking = [left_open(server.url, PATH, {}, CONTROL) for _ in range(3)]
    waiting(server, 3)
    for one in asking:
        one.close()
    waiting(server, 0)
    assert post(server.url, POLL, {**worker, "timeout_seconds": 0})[1]["task"] is None


def test_who_polls_and_hangs_up_takes_no_query(server: DevServer, worker: dict[str, str]) -> None:
    polls = [left_open(server.url, POLL, worker) for _ in range(3)]
    waiting(server, 3)
    for poll in polls:
        poll.close()
    waiting(server, 0)
    with ThreadPoolExecutor() as pool:
        asking = pool.submit(post, server.url, PATH, {}, CONTROL)
        task = post(server.url, POLL, worker)[1]["task"]
        assert task["query_task_attempt"] == 1
        finish(server.url, task, 1)
        assert asking.result(10)[0] == 200


def test_stopping_answers_those_who_ask() -> None:
    server = DevServer(poll_timeout=60)
    server.start()
    start(server.url, "one")
    register(server.url)
    with ThreadPoolExecutor() as pool:
        asking = pool.submit(post, server.url, PATH, {}, CONTROL)
        waiting(server, 1)
        before = time.monotonic()
        server.stop()
        status, body = asking.result(5)
    assert time.monotonic() - before < 5
    assert (status, body["reason"]) == (503, "query_task_queue_unavailable")


def test_virtual_time_does_not_leap_over_a_query() -> None:
    with DevServer(virtual_time=True) as server:
        worker = register(server.url)
        start(server.url, "one")
        task = post(server.url, "/api/worker/workflow-tasks/poll", worker)[1]["task"]
        lease = {name: task[name] for name in ("lease_owner", "workflow_task_attempt")}
        timer = {"type": "start_timer", "delay_seconds": 86_400}
        with ThreadPoolExecutor() as pool:
            asking = pool.submit(post, server.url, PATH, {}, CONTROL)
            query = post(server.url, POLL, worker)[1]["task"]
            path = f"/api/worker/workflow-tasks/{task['task_id']}/complete"
            assert post(server.url, path, {**lease, "commands": [timer]})[0] == 200
            time.sleep(0.5)
            finish(server.url, query, 1)
            assert asking.result(10)[0] == 200


@pytest.fixture
async def app() -> AsyncIterator[App]:
    """An application in this process, with a run and a worker, whose queries wait for a moment only."""
    store = Store.open(":memory:", SystemClock(), EngineSettings(query_wait=0.2))
    made = App(store)
    registration = {"worker_id": "w", "task_queue": "q", "runtime": "go"}
    assert (await call(made, "POST", "/api/worker/register", registration, headers=WORKER)).status == 201
    run = {"workflow_type": "t", "task_queue": "q", "workflow_id": "one"}
    assert (await call(made, "POST", "/api/workflows", run, headers=CONTROL)).status == 201
    yield made
    assert not made.violations
    await store.close()


async def polled(app: App) -> Any:
    poll = {"worker_id": "w", "task_queue": "q", "timeout_seconds": 0}
    return (await call(app, "POST", POLL, poll, headers=WORKER)).body["task"]


async def test_nobody_answers_in_time(app: App) -> None:
    asking = asyncio.create_task(call(app, "POST", PATH, headers=CONTROL))
    while len(app.hub) == 0:
        await asyncio.sleep(0.001)
    task = await polled(app)
    answered = await asking
    assert (answered.status, answered.body["reason"]) == (504, "query_worker_timeout")
    late = {"lease_owner": "w", "query_task_attempt": 1, "result": 1}
    path = f"/api/worker/query-tasks/{task['query_task_id']}/complete"
    refused = await call(app, "POST", path, late, headers=WORKER)
    assert (refused.status, refused.body["reason"]) == (409, "query_task_not_leased")


async def test_a_query_for_a_worker_that_is_gone_is_taken_back(app: App) -> None:
    asking: asyncio.Task[Answered] = asyncio.create_task(call(app, "POST", PATH, headers=CONTROL))
    while len(app.hub) == 0:
        await asyncio.sleep(0.001)
    caller = Caller(app)
    caller.hang_up()
    poll = {"worker_id": "w", "task_queue": "q"}
    assert await caller.call("POST", POLL, poll, headers=WORKER) is None
    assert (await polled(app))["query_name"] == "status"
    assert (await asking).status == 504
