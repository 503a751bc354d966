"""The calls of a worker: tokens, protocol version, polls, tasks."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import pytest

from durable_workflow import Client, TransportRetryPolicy, errors, serializer
from support.rude_server import Drop, Reaction, Received, Say, in_turn, refused_url, rude_server
from support.wire_answers import cluster_info, description, with_info

QUICK = TransportRetryPolicy(initial_backoff_seconds=0.01, jitter=False)
EMPTY = Say(body={"task": None, "protocol_version": "1.0"})
TASK = Say(body={"task": {"task_id": "t1"}, "protocol_version": "1.0"})
POLLER = {"worker_id": "w1", "task_queue": "orders"}
LEASE: dict[str, Any] = {"task_id": "t1", "lease_owner": "w1", "workflow_task_attempt": 2}
ATTEMPT = {"task_id": "t1", "lease_owner": "w1", "activity_attempt_id": "a1"}
DONE = Say(body={"task_id": "t1", "outcome": "completed", "recorded": True})


def client_of(url: str, **options: Any) -> Client:
    return Client(url, retry_policy=QUICK, **options)


@pytest.mark.parametrize(
    ("tokens", "service", "control", "worker"),
    [
        ({"token": "t"}, "Bearer t", "Bearer t", "Bearer t"),
        ({"control_token": "c", "worker_token": "w"}, "Bearer c", "Bearer c", "Bearer w"),
        ({"token": "t", "worker_token": "w"}, "Bearer t", "Bearer t", "Bearer w"),
        ({"token": "t", "control_token": "c"}, "Bearer t", "Bearer c", "Bearer t"),
        ({"control_token": "c"}, "Bearer c", "Bearer c", None),
        ({"worker_token": "w"}, "Bearer w", None, "Bearer w"),
        ({}, None, None, None),
    ],
)
async def test_each_plane_has_its_token(
    tokens: dict[str, str], service: str | None, control: str | None, worker: str | None
) -> None:
    def behave(request: Received) -> Reaction:
        return EMPTY if "/worker/" in request.path else Say(body=description())

    with rude_server(with_info(behave)) as server:
        async with client_of(server.url, namespace="shop", **tokens) as client:
            await client.poll_workflow_task(**POLLER)
            await client.describe_workflow("order-1")
        info, poll, describe = server.received
    assert [r.headers.get("authorization") for r in (info, describe, poll)] == [service, control, worker]
    assert {r.headers["x-namespace"] for r in server.received} == {"shop"}
    assert poll.headers["x-durable-workflow-protocol-version"] == "1.0"
    assert "x-durable-workflow-control-plane-version" not in poll.headers
    assert describe.headers["x-durable-workflow-control-plane-version"] == "2"
    assert "x-durable-workflow-protocol-version" not in describe.headers


async def test_health_carries_no_token() -> None:
    healthy = Say(
        body={"status": "serving", "timestamp": "2026-11-22T14:15:18+00:00", "checks": {"database": "ok"}}
    )
    with rude_server(in_turn(healthy)) as server:
        async with client_of(server.url, token="t") as client:
            await client.health()
        assert "authorization" not in server.received[0].headers


@pytest.mark.parametrize("token", ["", "a\r\nX-Evil: 1", "schlüssel", " "])
async def test_a_token_that_is_no_header_value_is_not_sent(token: str) -> None:
    with rude_server(in_turn(EMPTY)) as server:
        async with client_of(server.url, control_token=token) as client:
            with pytest.raises(errors.InvalidArgument, match="control_token") as caught:
                await client.describe_workflow("order-1")
        assert server.received == []
    assert "schlüssel" not in str(caught.value)


async def test_a_token_can_be_exchanged() -> None:
    with rude_server(in_turn(Say(body=description()))) as server:
        async with client_of(server.url, token="old") as client:
            await client.describe_workflow("order-1")
            client.token = "new"
            await client.describe_workflow("order-1")
        assert [r.headers["authorization"] for r in server.received] == ["Bearer old", "Bearer new"]


async def test_refused_tokens_are_not_tried_again() -> None:
    for status, kind in ((401, errors.Unauthorized), (403, errors.Forbidden)):
        body = {"reason": "unauthorized", "message": "m", "role": "operator", "allowed_roles": ["worker"]}
        with rude_server(with_info(in_turn(Say(status, body)))) as server:
            async with client_of(server.url, token="t") as client:
                with pytest.raises(kind, match="worker"):
                    await client.poll_activity_task(**POLLER)
            assert len(server.to("/poll")) == 1


@pytest.mark.parametrize(
    ("advertised", "sent"),
    [("1.0", "1.0"), ("1.7", "1.7"), ("1.13", "1.13"), ("1.20", "1.13"), (" 1.4 ", "1.4")],
)
async def test_the_protocol_version_is_negotiated_once(advertised: str, sent: str) -> None:
    with rude_server(with_info(in_turn(EMPTY), cluster_info(advertised))) as server:
        async with client_of(server.url) as client:
            await asyncio.gather(*(client.poll_workflow_task(**POLLER) for _ in range(5)))
        assert len(server.to("/cluster/info")) == 1
        assert {r.headers["x-durable-workflow-protocol-version"] for r in server.to("/poll")} == {sent}


@pytest.mark.parametrize("advertised", ["2.0", "", None, 1.0, "1", "1.x", "1.-1"])
async def test_another_major_version_is_refused(advertised: Any) -> None:
    with rude_server(with_info(in_turn(EMPTY), cluster_info(advertised))) as server:
        async with client_of(server.url) as client:
            with pytest.raises(errors.NotSupportedByServer, match=r"1\.13"):
                await client.poll_workflow_task(**POLLER)
        assert server.to("/poll") == []


async def test_a_server_exchanged_for_an_older_one_is_spoken_to_in_its_version() -> None:
    def behave(request: Received) -> Reaction:
        version = request.headers["x-durable-workflow-protocol-version"]
        body = {
            "reason": "unsupported_protocol_version",
            "supported_version": "1.0",
            "requested_version": version,
        }
        return TASK if version == "1.0" else Say(400, body)

    with rude_server(with_info(behave, cluster_info("1.13"))) as server:
        async with client_of(server.url) as client:
            assert await client.poll_workflow_task(**POLLER) == {"task_id": "t1"}
            assert await client.poll_workflow_task(**POLLER) == {"task_id": "t1"}
        versions = [r.headers["x-durable-workflow-protocol-version"] for r in server.to("/poll")]
    assert versions == ["1.13", "1.0", "1.0"]


async def test_a_version_that_is_refused_again_is_an_error() -> None:
    body = {"reason": "unsupported_protocol_version", "supported_version": "1.0"}
    with rude_server(with_info(in_turn(Say(400, body)))) as server:
        async with client_of(server.url) as client:
            with pytest.raises(errors.ServerError, match="unsupported_protocol_version"):
                await client.poll_workflow_task(**POLLER)
        assert len(server.to("/poll")) == 1


async def test_a_poll_says_how_long_it_may_be_held() -> None:
    with rude_server(with_info(in_turn(TASK))) as server:
        async with client_of(server.url) as client:
            assert await client.poll_workflow_task(**POLLER, history_page_size=100, build_id="b") == {
                "task_id": "t1"
            }
            assert await client.poll_activity_task(**POLLER, timeout=1) == {"task_id": "t1"}
        first, second = (request.json for request in server.to("/poll"))
    assert first.pop("poll_request_id") != second.pop("poll_request_id")
    assert first == {**POLLER, "timeout_seconds": 30, "history_page_size": 100, "build_id": "b"}
    assert second == {**POLLER, "timeout_seconds": 1}


async def test_a_repeated_poll_has_the_same_key() -> None:
    with rude_server(with_info(in_turn(Drop(), Say(503, {"retryable": True}), TASK))) as server:
        async with client_of(server.url) as client:
            assert await client.poll_activity_task(**POLLER) == {"task_id": "t1"}
        keys = [request.json["poll_request_id"] for request in server.to("/poll")]
    assert len(keys) == 3
    assert len(set(keys)) == 1


async def test_one_deadline_is_one_poll_and_its_key_is_used_again() -> None:
    behave = with_info(in_turn(Say(body=TASK.body, after=30), TASK, TASK))
    with rude_server(behave) as server:
        async with client_of(server.url) as client:
            began = time.monotonic()
            assert await client.poll_workflow_task(**POLLER, timeout=0) is None
            assert 1.5 < time.monotonic() - began < 4
            assert len(server.to("/poll")) == 1
            await client.poll_workflow_task(**POLLER)
            await client.poll_workflow_task(**POLLER)
        keys = [request.json["poll_request_id"] for request in server.to("/poll")]
    assert keys[0] == keys[1] != keys[2]


async def test_the_key_of_a_cancelled_poll_is_used_again() -> None:
    with rude_server(with_info(in_turn(Say(body=TASK.body, after=30), TASK))) as server:
        async with client_of(server.url) as client:
            poll = asyncio.create_task(client.poll_activity_task(**POLLER))
            while not server.to("/poll"):
                await asyncio.sleep(0.01)
            poll.cancel()
            with pytest.raises(asyncio.CancelledError):
                await poll
            await client.poll_activity_task(**POLLER)
        keys = [request.json["poll_request_id"] for request in server.to("/poll")]
    assert keys[0] == keys[1]


async def test_a_poll_that_never_arrives_is_an_error() -> None:
    async with client_of(refused_url()) as client:
        with pytest.raises(errors.ConnectionFailed):
            await client.poll_workflow_task(**POLLER)
    with rude_server(with_info(in_turn(Drop()))) as server:
        async with client_of(server.url) as client:
            with pytest.raises(errors.ConnectionFailed) as caught:
                await client.poll_workflow_task(**POLLER)
    assert caught.value.safe_to_retry


async def test_polls_do_not_keep_calls_waiting() -> None:
    def behave(request: Received) -> Reaction:
        return Say(body=EMPTY.body, after=20) if request.path.endswith("poll") else Say(body=description())

    with rude_server(with_info(behave)) as server:
        async with client_of(server.url) as client:
            polls = [asyncio.create_task(client.poll_activity_task(**POLLER)) for _ in range(120)]
            async with asyncio.timeout(15):
                while len(server.to("/poll")) < 120:
                    await asyncio.sleep(0.02)
                await client.describe_workflow("order-1")
            for poll in polls:
                poll.cancel()
            await asyncio.gather(*polls, return_exceptions=True)


@pytest.mark.parametrize("body", [{"task": "t1"}, {"other": 1}, {"task": []}, None, "t1"])
async def test_what_is_no_answer_to_a_poll_is_not_taken_for_an_empty_queue(body: Any) -> None:
    with rude_server(with_info(in_turn(Say(body=body)))) as server:
        async with client_of(server.url) as client:
            with pytest.raises(errors.ResponseNotUnderstood):
                await client.poll_workflow_task(**POLLER)


async def test_registration() -> None:
    with rude_server(with_info(in_turn(Say(201, {"worker_id": "w1", "registered": True})))) as server:
        async with client_of(server.url) as client:
            answer = await client.register_worker(**POLLER, supported_workflow_types=["order"])
            await client.register_worker(
                **POLLER, max_concurrent_activity_tasks=3, sdk_version="mine/1", runtime="go"
            )
            with pytest.raises(errors.InvalidArgument, match="runtime"):
                await client.register_worker(**POLLER, runtime="cobol")
        first, second = (request.json for request in server.to("/register"))
    assert answer == {"worker_id": "w1", "registered": True}
    assert first == {
        **POLLER,
        "supported_workflow_types": ["order"],
        "supported_activity_types": [],
        "runtime": "python",
        "sdk_version": "durable-workflow-python/0.9.0",
    }
    assert (second["max_concurrent_activity_tasks"], second["sdk_version"], second["runtime"]) == (
        3,
        "mine/1",
        "go",
    )


async def test_an_unknown_worker_is_told_to_register() -> None:
    for status in (404, 412):
        body = {"reason": "worker_not_registered", "error": "e", "worker_id": "w1"}
        with rude_server(with_info(in_turn(Say(status, body)))) as server:
            async with client_of(server.url) as client:
                with pytest.raises(errors.WorkerNotRegistered) as caught:
                    await client.heartbeat_worker(worker_id="w1")
        assert (caught.value.name, caught.value.status) == ("w1", status)


async def test_workflow_tasks_are_answered() -> None:
    command = {"type": "complete_workflow", "result": serializer.envelope(1)}
    with rude_server(with_info(in_turn(DONE))) as server:
        async with client_of(server.url) as client:
            assert await client.complete_workflow_task(**LEASE, commands=[command]) == DONE.body
            await client.fail_workflow_task(**LEASE, message="", failure_type="Boom", stack_trace="")
            await client.workflow_task_history(**LEASE, page_token="NTAw")
            await client.heartbeat_workflow_task(**LEASE)
        sent = [(r.path.removeprefix("/api/worker/workflow-tasks/t1/"), r.json) for r in server.received[1:]]
    guard = {"lease_owner": "w1", "workflow_task_attempt": 2}
    assert sent == [
        ("complete", {**guard, "commands": [command]}),
        ("fail", {**guard, "failure": {"message": "Boom", "type": "Boom"}}),
        ("history", {**guard, "next_history_page_token": "NTAw"}),
        ("heartbeat", guard),
    ]


async def test_activity_tasks_are_answered() -> None:
    with rude_server(with_info(in_turn(DONE))) as server:
        async with client_of(server.url) as client:
            await client.complete_activity_task(**ATTEMPT, result={"ok": True})
            await client.fail_activity_task(
                **ATTEMPT, message="no money", failure_type="Declined", non_retryable=True
            )
            await client.fail_activity_task(**ATTEMPT, message="m", details={"code": 51})
            await client.heartbeat_activity_task(**ATTEMPT, details={"done": 3})
            await client.heartbeat_activity_task(**ATTEMPT)
        complete, fail, detailed, beat, plain = (request.json for request in server.received[1:])
    assert complete["result"] == serializer.envelope({"ok": True})
    assert fail["failure"] == {
        "message": "no money",
        "type": "Declined",
        "non_retryable": True,
        "details": serializer.envelope(None),
    }
    assert serializer.decode_envelope(detailed["failure"]["details"]) == {"code": 51}
    assert beat["details"] == {"done": 3}
    assert "details" not in plain


@pytest.mark.parametrize(
    "details",
    [
        "text",
        {"a": {"b": 1}},
        {"a": ""},
        {"a": "x" * 192},
        {"ü": 1},
        {"a": float("inf")},
        {str(n): n for n in range(21)},
    ],
)
async def test_details_that_a_server_would_choke_on_are_not_sent(details: Any) -> None:
    with rude_server(with_info(in_turn(DONE))) as server:
        async with client_of(server.url) as client:
            with pytest.raises(errors.InvalidArgument, match="details"):
                await client.heartbeat_activity_task(**ATTEMPT, details=details)
        assert server.received == []


async def test_a_lost_completion_is_repeated_and_found_done() -> None:
    gone = Say(409, {"reason": "task_not_leased", "error": "e", "task_id": "t1"})
    with rude_server(with_info(in_turn(Drop(), gone))) as server:
        async with client_of(server.url) as client:
            with pytest.raises(errors.TaskLost) as caught:
                await client.complete_workflow_task(**LEASE, commands=[])
        assert len(server.to("/complete")) == 2
    assert (caught.value.name, caught.value.attempts, caught.value.reason()) == ("t1", 2, "task_not_leased")


async def test_cluster_info_is_always_fetched_anew_when_asked_for() -> None:
    with rude_server(with_info(in_turn(EMPTY))) as server:
        async with client_of(server.url) as client:
            assert await client.get_cluster_info() == cluster_info()
            await client.get_cluster_info()
            await client.poll_workflow_task(**POLLER)
        assert len(server.to("/cluster/info")) == 2


@pytest.mark.parametrize(
    ("parameter", "value"),
    [
        ("worker_id", ""),
        ("task_queue", "x" * 256),
        ("timeout", -1),
        ("poll_request_id", ""),
        ("history_page_size", 0),
        ("history_page_size", 1001),
        ("build_id", 5),
    ],
)
async def test_bad_arguments_of_a_poll_are_named(parameter: str, value: Any) -> None:
    async with client_of(refused_url()) as client:
        with pytest.raises(errors.InvalidArgument, match=parameter):
            await client.poll_workflow_task(**{**POLLER, parameter: value})
