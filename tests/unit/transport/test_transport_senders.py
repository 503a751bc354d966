"""What must not depend on the library that sends."""

from __future__ import annotations

import asyncio
import gc
import logging
import warnings
from collections.abc import Callable
from typing import Any

import pytest

from durable_workflow import Client, TransportRetryPolicy, errors
from durable_workflow.transport import _async
from support.rude_server import Drop, Received, Say, Unasked, in_turn, rude_server
from support.wire_answers import description

FOUND = Say(body=description())
HEALTHY = Say(
    body={"status": "serving", "timestamp": "2026-11-22T14:15:18+00:00", "checks": {"database": "ok"}}
)
ONCE = TransportRetryPolicy(max_attempts=1)
PROXIES = ("http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY")


def describe(client: Any) -> Any:
    return client.describe_workflow("order-1")


async def test_aiohttp_sends_where_it_is_installed(sender: str) -> None:
    with rude_server(lambda request: FOUND) as server:
        async with Client(server.url) as client:
            await describe(client)
    assert sender in server.received[0].headers["user-agent"]


@pytest.mark.parametrize("base_url", ["http://localhost:8080", "https://localhost:8080"])
def test_proxies_of_the_environment_are_left_to_httpx(base_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in PROXIES:
        monkeypatch.delenv(name, raising=False)
    assert not _async._is_proxied(base_url)
    monkeypatch.setenv(f"{base_url.split(':')[0]}_proxy", "http://proxy:3128")
    assert _async._is_proxied(base_url)


async def test_the_target_is_sent_as_it_was_made(use: Callable[..., Any]) -> None:
    targets = []
    with rude_server(lambda request: FOUND) as server:
        for workflow_id in (".", "..", "...", "a:b", "a.b..", "-"):
            await use(server.url, lambda client, w=workflow_id: client.describe_workflow(w))
        await use(server.url + "/pre fix/ü%20", describe)
        targets = [request.target for request in server.received]
    assert targets == [
        *(f"/api/workflows/{each}" for each in ("%2E", "%2E%2E", "...", "a%3Ab", "a.b..", "-")),
        "/pre%20fix/%C3%BC%20/api/workflows/order-1",
    ]


async def test_nothing_is_sent_again_behind_the_retry_policy(use: Callable[..., Any]) -> None:
    async def twice(client: Any) -> None:
        await client.health()
        await client.health()

    def twice_in_threads(client: Any) -> None:
        client.health()
        client.health()

    healthy = Say(
        body={"status": "serving", "timestamp": "2026-11-22T14:15:18+00:00", "checks": {"database": "ok"}}
    )
    with rude_server(in_turn(healthy, Drop(), healthy)) as server:
        work = twice_in_threads if use.__name__ == "by_threads" else twice
        with pytest.raises(errors.ConnectionFailed) as caught:
            await use(server.url, work, retry_policy=ONCE)
        assert caught.value.attempts == 1
        assert [request.connection for request in server.received] == [1, 1]


async def test_what_nobody_asked_for_reaches_nobody(sender: str) -> None:
    unasked = Unasked(Say(408, {"message": "Request Timeout"}).bytes())

    def behave(request: Received) -> Say:
        name = request.path.rsplit("/", 1)[1]
        return Say(body=description(name), then=unasked if name == "first" else None)

    with rude_server(behave) as server:
        async with Client(server.url) as client:
            assert (await client.describe_workflow("first")).workflow_id == "first"
            unasked.may_go.set()
            assert await asyncio.to_thread(unasked.has_gone.wait, 10)
            assert (await client.describe_workflow("second")).workflow_id == "second"


async def test_most_connections_are_kept_to(sender: str) -> None:
    with rude_server(lambda request: Say(body=description(), after=0.05)) as server:
        async with Client(server.url, max_connections=3) as client:
            await asyncio.gather(*(describe(client) for _ in range(12)))
        assert server.connections <= 3


def test_a_loop_that_ended_is_forgotten_in_silence(sender: str, caplog: pytest.LogCaptureFixture) -> None:
    with rude_server(lambda request: FOUND) as server, warnings.catch_warnings():
        # The sockets say it themselves.
        warnings.simplefilter("ignore", ResourceWarning)
        client = Client(server.url)
        asyncio.run(describe(client))
        asyncio.run(describe(client))
        del client
        gc.collect()
    assert not [record for record in caplog.records if record.levelno > logging.INFO]


async def test_closing_twice_and_calling_afterwards(sender: str) -> None:
    with rude_server(lambda request: FOUND) as server:
        client = Client(server.url)
        await describe(client)
        await client.aclose()
        await client.aclose()
        await describe(client)
        await client.aclose()
        assert server.connections == 2


@pytest.mark.parametrize("value", ["a\r\nX: y", "a\nb", "\0", "ü"])
async def test_a_header_cannot_smuggle_another_one(use: Callable[..., Any], value: str) -> None:
    with rude_server(lambda request: FOUND) as server:
        with pytest.raises(errors.InvalidArgument):
            await use(server.url, lambda client: client.with_options(namespace=value).describe_workflow("w"))
        assert not server.received
