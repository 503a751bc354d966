"""Faults on a real socket, for everything that sends."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from email.utils import formatdate
from typing import Any

import pytest

from durable_workflow import Client, InMemoryMetrics, TransportRetryPolicy, errors
from support.rude_server import Drop, Received, Say, Trickle, in_turn, refused_url, rude_server
from support.wire_answers import description

HEALTHY = Say(
    body={"status": "serving", "timestamp": "2026-11-22T14:15:18+00:00", "checks": {"database": "ok"}}
)

Health = Callable[..., Awaitable[dict[str, Any]]]


@pytest.fixture
def health(use: Callable[..., Any]) -> Health:
    """Call a server's health in every way."""
    return lambda url, **options: use(url, lambda client: client.health(), **options)


async def test_a_success(health: Health) -> None:
    with rude_server(in_turn(HEALTHY)) as server:
        assert (await health(server.url))["status"] == "serving"
        assert [r.target for r in server.received] == ["/api/health"]


async def test_nobody_listens(health: Health) -> None:
    with pytest.raises(errors.ConnectionFailed) as caught:
        await health(refused_url())
    assert caught.value.attempts == 3
    assert caught.value.safe_to_retry
    assert caught.value.operation == "getHealth"
    assert caught.value.__cause__ is not None
    assert "127.0.0.1" in str(caught.value)


async def test_an_unknown_host(health: Health) -> None:
    with pytest.raises(errors.ConnectionFailed):
        await health("http://no-such-host.invalid:1")


async def test_a_lost_answer_is_asked_for_again(health: Health) -> None:
    with rude_server(
        in_turn(Drop(), Drop(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{"), HEALTHY)
    ) as server:
        assert (await health(server.url))["status"] == "serving"
        assert len(server.received) == 3


async def test_an_answer_that_is_always_lost(health: Health) -> None:
    with rude_server(in_turn(Drop())) as server:
        with pytest.raises(errors.ConnectionFailed, match="connection lost"):
            await health(server.url)
        assert len(server.received) == 3


async def test_retries_can_be_switched_off(health: Health) -> None:
    with rude_server(in_turn(Drop())) as server:
        with pytest.raises(errors.ConnectionFailed):
            await health(server.url, retry_policy=TransportRetryPolicy(max_attempts=1))
        assert len(server.received) == 1


async def test_a_transient_refusal_is_tried_again(health: Health) -> None:
    with rude_server(in_turn(Say(503, {"message": "busy"}), Say(500, b"<h1>oops</h1>"), HEALTHY)) as server:
        assert (await health(server.url))["status"] == "serving"
        assert len(server.received) == 3


async def test_retry_after_in_seconds_is_honoured(health: Health) -> None:
    with rude_server(in_turn(Say(503, {}, {"Retry-After": "0.4"}), HEALTHY)) as server:
        await health(server.url)
        first, second = server.received
        assert 0.4 <= second.at - first.at < 2.0


async def test_retry_after_as_a_date_is_honoured(health: Health) -> None:
    date = formatdate(time.time() + 2, usegmt=True)
    with rude_server(in_turn(Say(429, {}, {"Retry-After": date}), HEALTHY)) as server:
        await health(server.url)
        first, second = server.received
        assert 0.9 <= second.at - first.at < 3.0


async def test_retry_after_beyond_the_deadline_is_not_waited_for(health: Health) -> None:
    with rude_server(in_turn(Say(503, {"message": "later"}, {"Retry-After": "30"}))) as server:
        began = time.monotonic()
        with pytest.raises(errors.ServerError, match="later") as caught:
            await health(server.url, timeout=5.0)
        assert time.monotonic() - began < 2.0
        assert caught.value.status == 503
        assert len(server.received) == 1


async def test_a_login_page_with_status_200(health: Health) -> None:
    page = b"<!DOCTYPE html>\n<html><title>Please log in</title></html>"
    with rude_server(in_turn(Say(200, page, {"Content-Type": "text/html; charset=utf-8"}))) as server:
        with pytest.raises(errors.ResponseNotUnderstood) as caught:
            await health(server.url)
        assert len(server.received) == 1
    assert "text/html; charset=utf-8" in str(caught.value)
    assert "Please log in" in str(caught.value)
    assert caught.value.status == 200


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b"5",
        b'{"other": 1}',
        b"\xff\xfe\x00",
        b'{"status": 5, "timestamp": [], "checks": 1}',
    ],
)
async def test_a_body_of_another_shape(health: Health, body: bytes) -> None:
    with (
        rude_server(in_turn(Say(200, body))) as server,
        pytest.raises(errors.ResponseNotUnderstood) as caught,
    ):
        await health(server.url)
    assert caught.value.operation == "getHealth"


async def test_another_success_status_is_understood(health: Health) -> None:
    with rude_server(in_turn(Say(201, HEALTHY.body))) as server:
        assert (await health(server.url))["status"] == "serving"


async def test_a_500_that_is_not_json(health: Health) -> None:
    with rude_server(in_turn(Say(500, b"<h1>Server Error</h1>", {"Content-Type": "text/html"}))) as server:
        with pytest.raises(errors.ServerError, match="Server Error") as caught:
            await health(server.url)
        assert len(server.received) == 3
    assert (caught.value.status, caught.value.attempts) == (500, 3)


async def test_what_is_not_http(health: Health) -> None:
    with (
        rude_server(in_turn(Drop(b"SSH-2.0-OpenSSH_9.6\r\n"))) as server,
        pytest.raises(errors.ConnectionFailed),
    ):
        await health(server.url)


async def test_a_broken_compression(health: Health) -> None:
    broken = Say(200, b"this is no gzip", {"Content-Encoding": "gzip"})
    with rude_server(in_turn(broken)) as server, pytest.raises(errors.ResponseNotUnderstood):
        await health(server.url)


async def test_a_silent_server_takes_the_call_timeout_once(health: Health) -> None:
    with rude_server(in_turn(Say(200, HEALTHY.body, after=30.0))) as server:
        began = time.monotonic()
        with pytest.raises(errors.CallTimeout) as caught:
            await health(server.url, timeout=0.5)
        assert 0.4 < time.monotonic() - began < 2.0
        assert len(server.received) == 1
    assert isinstance(caught.value, TimeoutError)
    assert caught.value.safe_to_retry


async def test_a_trickle_does_not_stretch_the_deadline(health: Health) -> None:
    with rude_server(in_turn(Trickle(HEALTHY, 0.02))) as server:
        began = time.monotonic()
        with pytest.raises(errors.CallTimeout):
            await health(server.url, timeout=0.4)
        # The headers of the answer alone take longer than this.
        assert time.monotonic() - began < 12.0


async def test_redirects_are_not_followed(health: Health) -> None:
    elsewhere = Say(302, b"", {"Location": "/api/login"})
    with rude_server(in_turn(elsewhere)) as server:
        with pytest.raises(errors.ResponseNotUnderstood, match="/api/login"):
            await health(server.url)
        assert len(server.received) == 1


async def test_attempts_are_measured_by_operation_and_status(health: Health) -> None:
    metrics = InMemoryMetrics()
    with rude_server(in_turn(Drop(), Say(503, {}), HEALTHY)) as server:
        await health(server.url, metrics=metrics)
    for status in ("lost", "503", "200"):
        tags = {"operation": "getHealth", "status": status}
        assert metrics.counter_value("durable_workflow_client_requests", tags) == 1
        (seconds,) = metrics.observations("durable_workflow_client_request_duration_seconds", tags)
        assert 0 < seconds < 5


async def test_a_broken_recorder_does_not_break_calls(health: Health) -> None:
    class Broken:
        def increment(self, *args: Any, **kwargs: Any) -> None:
            raise RuntimeError("no disk")

        record = increment

    with rude_server(in_turn(HEALTHY)) as server:
        assert (await health(server.url, metrics=Broken()))["status"] == "serving"


async def test_a_cancelled_call_leaves_a_usable_client(sender: str) -> None:
    def behave(request: Received) -> Say:
        return Say(200, description(), after=30.0 if request.path.endswith("slow") else 0.0)

    metrics = InMemoryMetrics()
    with rude_server(behave) as server:
        async with Client(server.url, metrics=metrics) as client:
            tasks = [asyncio.create_task(client.describe_workflow("slow")) for _ in range(120)]
            await asyncio.sleep(0.3)
            for task in tasks:
                task.cancel()
            ended = await asyncio.gather(*tasks, return_exceptions=True)
            assert {type(each) for each in ended} == {asyncio.CancelledError}
            async with asyncio.timeout(5):
                assert (await client.describe_workflow("order-1")).status == "waiting"
    tags = {"operation": "describeWorkflow", "status": "cancelled"}
    assert metrics.counter_value("durable_workflow_client_requests", tags) == 120
