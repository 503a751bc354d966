"""Calls describe with one client, over and over, and prints the processor time of a call.

Run in the environment of whoever is measured: `python client_driver.py WHO URL IN_FLIGHT CALLS`. It imports
nothing of this project except for ``ours``, so that the peer runs without us.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from typing import Any

Call = Callable[[], Awaitable[Any]]
TOKEN = "any"  # noqa: S105  # the canned server looks at none
PATH = "/api/workflows/order-1"
HEADERS = {
    "Accept": "application/json",
    "Authorization": f"Bearer {TOKEN}",
    "X-Namespace": "default",
    "X-Durable-Workflow-Control-Plane-Version": "2",
}
# Fills caches and opens the connections before anything is measured.
WARM_UP = 200


async def client_of_durable_workflow(url: str, stack: AsyncExitStack) -> Call:
    """Return a describe by the installed durable-workflow, ours or the peer's: both have this door."""
    from durable_workflow import Client

    client = await stack.enter_async_context(Client(url, token=TOKEN))
    return lambda: client.describe_workflow("order-1")


async def ours_on_httpx(url: str, stack: AsyncExitStack) -> Call:
    """Return our describe on a plain httpx client."""
    import httpx

    from durable_workflow import Client

    own = await stack.enter_async_context(httpx.AsyncClient(limits=httpx.Limits(max_connections=None)))
    client = await stack.enter_async_context(Client(url, token=TOKEN, http_client=own))
    return lambda: client.describe_workflow("order-1")


async def plain_httpx(url: str, stack: AsyncExitStack) -> Call:
    """Return the same request by httpx alone, its answer decoded."""
    import httpx

    client = await stack.enter_async_context(httpx.AsyncClient(limits=httpx.Limits(max_connections=None)))

    async def call() -> Any:
        return (await client.get(url + PATH, headers=HEADERS)).json()

    return call


async def plain_aiohttp(url: str, stack: AsyncExitStack) -> Call:
    """Return the same request by aiohttp alone, its answer decoded."""
    import aiohttp

    connector = aiohttp.TCPConnector(limit=0)
    session = await stack.enter_async_context(aiohttp.ClientSession(connector=connector))

    async def call() -> Any:
        async with session.get(url + PATH, headers=HEADERS) as response:
            return json.loads(await response.read())

    return call


async def plain_pyreqwest(url: str, stack: AsyncExitStack) -> Call:
    """Return the same request by pyreqwest alone, its answer decoded."""
    from pyreqwest.client import ClientBuilder

    client = await stack.enter_async_context(ClientBuilder().build())

    async def call() -> Any:
        response = await client.get(url + PATH).headers(HEADERS).build().send()
        return json.loads(bytes(await response.bytes()))

    return call


DRIVERS: dict[str, Callable[[str, AsyncExitStack], Awaitable[Call]]] = {
    "ours": client_of_durable_workflow,
    "ours on httpx": ours_on_httpx,
    "peer": client_of_durable_workflow,
    "httpx": plain_httpx,
    "aiohttp": plain_aiohttp,
    "pyreqwest": plain_pyreqwest,
}


async def _repeat(call: Call, times: int) -> None:
    for _ in range(times):
        await call()


async def _in_flight(call: Call, in_flight: int, calls: int) -> None:
    await asyncio.gather(*(_repeat(call, calls // in_flight) for _ in range(in_flight)))


async def measure(who: str, url: str, in_flight: int, calls: int) -> float:
    """Return the microseconds of processor time that one call takes in this process."""
    async with AsyncExitStack() as stack:
        call = await DRIVERS[who](url, stack)
        await _in_flight(call, in_flight, max(WARM_UP, in_flight))
        before = time.process_time()
        await _in_flight(call, in_flight, calls)
        return (time.process_time() - before) / (calls // in_flight * in_flight) * 1e6


if __name__ == "__main__":
    given_who, given_url, given_in_flight, given_calls = sys.argv[1:]
    print(asyncio.run(measure(given_who, given_url, int(given_in_flight), int(given_calls))))
