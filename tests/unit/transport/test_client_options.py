"""What a user can set about connections, tokens and times, in both twins and on real sockets."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from durable_workflow import Client, TransportRetryPolicy, errors, sync
from durable_workflow.client import RawAnswer
from support.rude_server import Drop, Received, Say, in_turn, rude_server
from support.wire_answers import description

REFUSED = Say(401, {"message": "no", "reason": "unauthorized"})
FOUND = Say(body=description())


def describe(client: Any) -> Any:
    return client.describe_workflow("order-1")


def tokens(requests: list[Received]) -> list[str]:
    return [request.headers["authorization"] for request in requests]


async def test_a_refused_token_is_asked_for_once_more(use: Callable[..., Any]) -> None:
    given = iter(["old", "new"])
    with rude_server(in_turn(REFUSED, FOUND)) as server:
        execution = await use(server.url, describe, token=lambda: next(given))
        assert execution.workflow_id == "order-1"
        assert tokens(server.received) == ["Bearer old", "Bearer new"]


async def test_a_token_that_stays_refused_is_an_error(use: Callable[..., Any]) -> None:
    given = iter(["one", "two", "three"])
    with rude_server(in_turn(REFUSED, REFUSED, FOUND)) as server:
        with pytest.raises(errors.Unauthorized):
            await use(server.url, describe, token=lambda: next(given))
        assert tokens(server.received) == ["Bearer one", "Bearer two"]


async def test_a_fixed_token_is_not_tried_again(use: Callable[..., Any]) -> None:
    with rude_server(in_turn(REFUSED, FOUND)) as server:
        with pytest.raises(errors.Unauthorized):
            await use(server.url, describe, token="fixed")
        assert len(server.received) == 1


async def test_a_rotating_token_is_asked_before_every_attempt(use: Callable[..., Any]) -> None:
    given = iter(["one", "two"])
    with rude_server(in_turn(Say(503, {"message": "busy"}), FOUND)) as server:
        await use(server.url, describe, control_token=lambda: next(given))
        assert tokens(server.received) == ["Bearer one", "Bearer two"]


async def test_the_asynchronous_client_awaits_tokens() -> None:
    async def token() -> str:
        await asyncio.sleep(0)
        return "awaited"

    with rude_server(in_turn(FOUND)) as server:
        async with Client(server.url, token=token) as client:
            await client.describe_workflow("order-1")
        assert tokens(server.received) == ["Bearer awaited"]


@pytest.mark.parametrize("wrong", ["", "a\nb", None, 7])
async def test_what_a_token_function_returns_is_checked(use: Callable[..., Any], wrong: Any) -> None:
    with rude_server(in_turn(FOUND)) as server:
        with pytest.raises(errors.InvalidArgument, match="token"):
            await use(server.url, describe, token=lambda: wrong)
        assert not server.received


async def test_a_deadline_outlives_an_attempt_that_times_out(use: Callable[..., Any]) -> None:
    late = Say(body=description(), after=0.6)
    with rude_server(in_turn(late)) as server, pytest.raises(errors.CallTimeout):
        await use(server.url, describe, timeout=0.3)
    with rude_server(in_turn(late, FOUND)) as server:
        execution = await use(server.url, describe, timeout=0.3, deadline=10)
        assert execution.workflow_id == "order-1"
        assert len(server.received) == 2


async def test_a_deadline_bounds_all_attempts(use: Callable[..., Any]) -> None:
    patient = TransportRetryPolicy(max_attempts=1000, initial_backoff_seconds=0.05, jitter=False)
    with rude_server(lambda request: Say(503, {"message": "busy"})) as server:
        began = time.monotonic()
        with pytest.raises(errors.ServerError):
            await use(server.url, describe, timeout=5, deadline=0.5, retry_policy=patient)
        assert time.monotonic() - began < 3
        assert len(server.received) > 1


async def test_a_view_shares_connections_and_differs_in_settings(use: Callable[..., Any]) -> None:
    def both(client: Any) -> Any:
        other = client.with_options(namespace="other", timeout=7, deadline=9)
        assert (client.namespace, client.timeout, client.deadline) == ("default", 60.0, None)
        assert (other.timeout, other.deadline) == (7.0, 9.0)
        return other.describe_workflow("order-1")

    with rude_server(in_turn(FOUND)) as server:
        await use(server.url, both)
        (request,) = server.received
        assert request.headers["x-namespace"] == "other"


async def test_raw_calls_return_any_answer(use: Callable[..., Any]) -> None:
    missing = Say(404, {"message": "none", "reason": "instance_not_found", "workflow_id": "w"})
    with rude_server(in_turn(missing, FOUND)) as server:
        refused = await use(server.url, lambda c: c.raw.describe_workflow("w"), token="t")
        assert isinstance(refused, RawAnswer)
        assert (refused.status, refused.json()["reason"]) == (404, "instance_not_found")
        found = await use(server.url, lambda c: c.raw.describe_workflow("order-1"))
        assert found.model().workflow_id == "order-1"
        assert tokens(server.received[:1]) == ["Bearer t"]
        assert "x-durable-workflow-control-plane-version" in server.received[0].headers


async def test_raw_calls_are_repeated_and_their_faults_typed(use: Callable[..., Any]) -> None:
    with rude_server(in_turn(Drop(), FOUND)) as server:
        answer = await use(server.url, lambda c: c.raw.describe_workflow("order-1"))
        assert (answer.status, len(server.received)) == (200, 2)
    with rude_server(lambda request: Drop()) as server, pytest.raises(errors.ConnectionFailed):
        await use(server.url, lambda c: c.raw.describe_workflow("order-1"))


def test_raw_names_its_operations() -> None:
    raw = Client("http://localhost:1").raw
    assert {"describe_workflow", "create_schedule", "poll_query_task"} <= set(dir(raw))
    with pytest.raises(AttributeError, match="descibe"):
        raw.descibe_workflow  # noqa: B018 - reading it is the test


async def test_an_own_client_is_used_and_left_open() -> None:
    with rude_server(lambda request: FOUND) as server:
        async with httpx.AsyncClient(headers={"X-Own": "yes"}) as own:
            async with Client(server.url, http_client=own) as client:
                await client.describe_workflow("order-1")
            assert not own.is_closed
        with httpx.Client(headers={"X-Own": "yes"}) as own_sync:
            with sync.Client(server.url, http_client=own_sync) as client_sync:
                client_sync.describe_workflow("order-1")
            assert not own_sync.is_closed
        assert [request.headers["x-own"] for request in server.received] == ["yes", "yes"]


async def test_a_proxy_is_asked(use: Callable[..., Any]) -> None:
    with rude_server(lambda request: FOUND) as proxy:
        await use("http://durable.invalid", describe, proxy=proxy.url)
        assert proxy.received[0].target.startswith("http://durable.invalid/api/workflows/")


@pytest.mark.parametrize(
    "options",
    [
        {"max_connections": 0},
        {"max_connections": True},
        {"deadline": -1},
        {"proxy": "http://p", "http_client": object()},
    ],
)
def test_options_are_checked(options: dict[str, Any]) -> None:
    with pytest.raises(errors.InvalidArgument):
        Client("http://localhost:1", **options)


async def test_certificates_that_cannot_be_read_are_named(use: Callable[..., Any]) -> None:
    with pytest.raises(errors.InvalidArgument, match="verify or cert"):
        await use("https://localhost:1", describe, cert="/no/such/file.pem")


async def test_the_server_says_how_long_to_wait(use: Callable[..., Any]) -> None:
    busy = Say(429, {"message": "slow down", "reason": "query_task_queue_full"}, {"Retry-After": "120"})
    with rude_server(in_turn(busy)) as server:
        with pytest.raises(errors.ServerError) as caught:
            await use(server.url, describe, timeout=5)
        assert caught.value.retry_after == 120
        assert caught.value.safe_to_retry
