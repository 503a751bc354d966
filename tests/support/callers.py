"""One client that makes many calls, for property tests: whatever library sends, and either twin."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from durable_workflow import Client, sync

Caller = Callable[[Callable[[Any], Any]], Any]


@contextmanager
def caller(how: str, url: str, **options: Any) -> Iterator[Caller]:
    """Keep a client open and let functions call it.

    Args:
        how: "sync" for the synchronous twin, anything else for the asynchronous client.
        url: address of the server.
        options: options of the client.
    """
    if how == "sync":
        with sync.Client(url, **options) as client:
            yield lambda call: call(client)
        return

    async def use(call: Callable[[Any], Any]) -> Any:
        value = call(tasks)
        return await value if inspect.isawaitable(value) else value

    tasks = Client(url, **options)
    with asyncio.Runner() as runner:
        yield lambda call: runner.run(use(call))
        runner.run(tasks.aclose())
