"""The reference server in this process, on virtual time."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any, TypeVar
from urllib.parse import urlencode

from durable_workflow.server._settings import EngineSettings
from durable_workflow.server.app import App, Credentials
from durable_workflow.server.clock import VirtualClock
from durable_workflow.server.store import Store, Transaction
from support.asgi import Answered, call
from support.scenarios.clockwork import VirtualLoop
from support.wire import Exchange

T = TypeVar("T")

# More than what an answered job sets off needs to reach the store again.
_QUIET_ROUNDS = 15


class WatchedStore(Store):
    """A store that knows how many jobs it is at work on."""

    jobs = 0

    async def write(self, job: Callable[[Transaction], T], **options: Any) -> T:
        return await self._counted(super().write(job, **options))

    async def read(self, job: Callable[[Transaction], T], **options: Any) -> T:
        return await self._counted(super().read(job, **options))

    async def _counted(self, work: Awaitable[T]) -> T:
        self.jobs += 1
        try:
            return await work
        finally:
            self.jobs -= 1


class ReplayServer:
    """A server whose time stands still until it is told to pass."""

    def __init__(self, store: WatchedStore, loop: VirtualLoop) -> None:
        self.app = App(store, credentials=Credentials("<full>"))
        self._store = store
        self._loop = loop

    async def send(self, exchange: Exchange, path: str, query: Mapping[str, str], body: Any) -> Answered:
        """Make the request of an exchange, to this path and with this query and body."""
        target = f"{path}?{urlencode(query)}" if query else path
        content = _content(body)
        # Without this the test client would name a type of its own.
        headers = {**({} if content is None else {"Content-Type": ""}), **exchange.request_headers}
        return await call(self.app, exchange.method, target, content, headers=headers)

    async def settle(self) -> None:
        """Let everything happen that needs no time to pass."""
        quiet = 0
        while quiet < _QUIET_ROUNDS:
            quiet = 0 if self._store.jobs else quiet + 1
            await asyncio.sleep(0)

    async def pass_time(self, seconds: float) -> None:
        """Let so much time pass, stopping at every moment at which something is due."""
        end = self._loop.time() + seconds
        while self._loop.time() < end:
            await self.to_next_moment(end)

    async def to_next_moment(self, end: float | None = None) -> None:
        """Let time pass until something is due, at most until `end`."""
        await self.settle()
        moments = [moment for moment in (self._loop.next_moment(), end) if moment is not None]
        assert moments, "somebody waits for a time that nobody has set"
        self._loop.advance_to(min(moments))
        await self.settle()


@asynccontextmanager
async def replay_server() -> AsyncIterator[ReplayServer]:
    """A running server; the running loop has to be a `VirtualLoop`."""
    loop = asyncio.get_running_loop()
    assert isinstance(loop, VirtualLoop)
    store = WatchedStore.open(":memory:", loop.clock, EngineSettings())
    assert isinstance(store, WatchedStore)
    server = ReplayServer(store, loop)
    await server.app.start()
    try:
        yield server
    finally:
        await server.app.stop()
        await store.close()


def on_virtual_time(play: Callable[[], Awaitable[T]]) -> T:
    """Run a coroutine function on a loop of its own, whose time is virtual."""

    async def run() -> T:
        return await play()

    with asyncio.Runner(loop_factory=lambda: VirtualLoop(VirtualClock())) as runner:
        return runner.run(run())


def _content(body: Any) -> bytes | None:
    if isinstance(body, dict) and "__raw__" in body:
        return str(body["__raw__"]).encode()
    if isinstance(body, dict) and "__omitted_large_body__" in body:
        return b"x" * int(body["bytes"])
    return None if body is None else json.dumps(body).encode()
