"""Every way a request is sent: aiohttp, httpx where that is all there is, and the synchronous twin."""

from __future__ import annotations

import asyncio
import inspect
import sys
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from durable_workflow import Client, TransportRetryPolicy, sync

QUICK = TransportRetryPolicy(initial_backoff_seconds=0.01, jitter=False)

Use = Callable[..., Awaitable[Any]]


def without_aiohttp(patch: pytest.MonkeyPatch) -> None:
    """Be an installation without the extra `fast`."""
    patch.setitem(sys.modules, "durable_workflow.transport._aiohttp", None)


@pytest.fixture(params=["aiohttp", "httpx"])
def sender(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """What the asynchronous client sends with."""
    if request.param == "httpx":
        without_aiohttp(monkeypatch)
    name: str = request.param
    return name


@pytest.fixture(params=["aiohttp", "httpx", "sync"])
def use(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Use:
    """Make a client, let a function make one call with it, and return what the call returns."""
    if request.param == "httpx":
        without_aiohttp(monkeypatch)
    return by_threads if request.param == "sync" else by_tasks


async def by_tasks(url: str, call: Callable[[Any], Any], **options: Any) -> Any:
    async with Client(url, **{"retry_policy": QUICK, **options}) as client:
        value = call(client)
        return await value if inspect.isawaitable(value) else value


async def by_threads(url: str, call: Callable[[Any], Any], **options: Any) -> Any:
    def work() -> Any:
        with sync.Client(url, **{"retry_policy": QUICK, **options}) as client:
            return call(client)

    return await asyncio.to_thread(work)


@pytest.fixture(params=["aiohttp", "httpx", "sync"])
def sender_or_sync(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """What sends, by name."""
    if request.param == "httpx":
        without_aiohttp(monkeypatch)
    name: str = request.param
    return name
