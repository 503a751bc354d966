"""The server on a real socket, in a thread of this process."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from durable_workflow.testing import DevServer, dev_server
from support.over_http import CONTROL, connect, left_open, post, register, start, waiting

POLL = "/api/worker/workflow-tasks/poll"


@pytest.fixture
def server() -> Iterator[DevServer]:
    with DevServer(poll_timeout=20) as running:
        yield running
    assert running.violations == ()


def test_a_poll_is_answered_when_the_task_appears(server: DevServer) -> None:
    worker = register(server.url)
    with ThreadPoolExecutor() as pool:
        polling = pool.submit(post, server.url, POLL, worker)
        waiting(server, 1)
        before = time.monotonic()
        start(server.url, "one")
        status, body = polling.result(10)
    assert (status, body["task"]["workflow_id"]) == (200, "one")
    assert time.monotonic() - before < 5


def test_who_hangs_up_is_forgotten_and_takes_no_task(server: DevServer) -> None:
    worker = register(server.url)
    polls = [left_open(server.url, POLL, worker) for _ in range(3)]
    waiting(server, 3)
    for poll in polls:
        poll.close()
    waiting(server, 0)
    start(server.url, "one")
    _, body = post(server.url, POLL, {**worker, "timeout_seconds": 0})
    assert body["task"]["workflow_id"] == "one"
    assert body["task"]["workflow_task_attempt"] == 1


def test_stopping_answers_those_who_wait() -> None:
    server = DevServer(poll_timeout=60)
    server.start()
    worker = register(server.url)
    with ThreadPoolExecutor() as pool:
        polling = [pool.submit(post, server.url, POLL, worker) for _ in range(3)]
        waiting(server, 3)
        before = time.monotonic()
        server.stop()
        answers = [poll.result(5) for poll in polling]
    assert time.monotonic() - before < 5
    assert [(status, body["task"]) for status, body in answers] == [(200, None)] * 3


def test_hundreds_of_idle_polls_cost_nearly_nothing() -> None:
    with DevServer(poll_timeout=60) as server:
        workers = [register(server.url, f"w{number}") for number in range(20)]
        polls = [left_open(server.url, POLL, workers[number % 20]) for number in range(400)]
        waiting(server, 400)
        before = time.process_time()
        time.sleep(1)
        spent = time.process_time() - before
        start(server.url, "one")
        waiting(server, 399)
        for poll in polls:
            poll.close()
    assert spent < 0.25


def test_a_body_that_is_too_long_is_refused_while_it_is_sent(server: DevServer) -> None:
    connection = connect(server.url)
    chunks = (b"x" * 65536 for _ in range(48))
    connection.request("POST", "/api/workflows", chunks, CONTROL, encode_chunked=True)
    response = connection.getresponse()
    assert (response.status, json.loads(response.read())["reason"]) == (413, "payload_too_large")
    connection.close()
    declared = connect(server.url)
    declared.request("POST", "/api/workflows", b"x" * 3_000_000, CONTROL)
    assert declared.getresponse().status == 413
    declared.close()


def test_ids_stay_whole_on_the_wire(server: DevServer) -> None:
    start(server.url, "..")
    connection = connect(server.url)
    connection.request("GET", "/api/workflows/%2E%2E", headers=CONTROL)
    assert json.loads(connection.getresponse().read())["workflow_id"] == ".."
    connection.request("GET", "/api/workflows/a%2Fb", headers=CONTROL)
    response = connection.getresponse()
    assert (response.status, json.loads(response.read())["reason"]) == (404, "not_found")
    connection.close()


def test_describe_waits_until_the_run_is_closed(server: DevServer) -> None:
    start(server.url, "one")

    def describe() -> Any:
        connection = connect(server.url)
        connection.request("GET", "/api/workflows/one?wait_closed_seconds=20", headers=CONTROL)
        answer = json.loads(connection.getresponse().read())
        connection.close()
        return answer

    with ThreadPoolExecutor() as pool:
        waited = pool.submit(describe)
        waiting(server, 1)
        assert post(server.url, "/api/workflows/one/terminate", {}, CONTROL)[0] == 200
        assert waited.result(10)["status"] == "terminated"


def test_time_passes_without_being_asked() -> None:
    with DevServer(workflow_lease=0.2) as server:
        worker = register(server.url)
        start(server.url, "one")
        _, first = post(server.url, POLL, worker)
        _, second = post(server.url, POLL, worker)
    assert [one["task"]["workflow_task_attempt"] for one in (first, second)] == [1, 2]


def test_a_cancelled_workflow_has_the_grace_that_was_set() -> None:
    with DevServer(cancel_grace=0.2) as server:
        worker = register(server.url, capabilities=["cancellation_delivery"])
        start(server.url, "one")
        post(server.url, POLL, worker)
        assert post(server.url, "/api/workflows/one/cancel", {}, CONTROL)[0] == 202
        connection = connect(server.url)
        connection.request("GET", "/api/workflows/one?wait_closed_seconds=20", headers=CONTROL)
        assert json.loads(connection.getresponse().read())["status"] == "cancelled"
        connection.close()


def test_cluster_info_shows_the_workers(server: DevServer) -> None:
    register(server.url)
    connection = connect(server.url)
    connection.request("GET", "/api/cluster/info")
    fleet = json.loads(connection.getresponse().read())["worker_fleet"]
    connection.close()
    assert (fleet["active_workers"], fleet["queues"]) == (1, ["q"])
    assert fleet["workers"][0]["worker_id"] == "w"


def test_a_token_is_asked_for() -> None:
    with dev_server(token="s3cret") as url:
        assert post(url, "/api/workflows", {"workflow_type": "t"}, CONTROL)[0] == 401
        signed = {**CONTROL, "Authorization": "Bearer s3cret"}
        assert post(url, "/api/workflows", {"workflow_type": "t"}, signed)[0] == 201


def test_a_server_keeps_what_it_was_told(tmp_path: Any) -> None:
    database = str(tmp_path / "kept.sqlite")
    with dev_server(database) as url:
        start(url, "one")
    with dev_server(database) as url:
        assert post(url, "/api/workflows", {"workflow_type": "t", "workflow_id": "one"}, CONTROL)[0] == 409


def test_two_servers_run_side_by_side_and_end_their_threads() -> None:
    before = threading.active_count()
    with dev_server() as one, dev_server() as other:
        assert one != other
        start(one, "same")
        start(other, "same")
    assert threading.active_count() == before


def test_a_server_that_was_not_started_says_so() -> None:
    with pytest.raises(RuntimeError, match="not started"):
        _ = DevServer().url
