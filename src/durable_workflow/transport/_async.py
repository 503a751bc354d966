"""Calls over asyncio."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import threading
import time
import weakref
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from ._answers import Parse, understood
from ._call import Call, prepare
from ._fork import watch
from ._measure import measured
from ._retry import Answer, Fault
from ._settings import Settings

if TYPE_CHECKING:
    import httpx

    from durable_workflow_api.types import RequestParts

__all__ = ["AsyncTransport"]

T = TypeVar("T")


@dataclass(slots=True)
class _Pools:
    """The connections of one event loop: polls wait in a pool of their own, so calls never wait for them."""

    calls: httpx.AsyncClient
    polls: httpx.AsyncClient

    async def aclose(self) -> None:
        await self.calls.aclose()
        await self.polls.aclose()


class AsyncTransport:
    """Sends calls, and sends them again where that is safe.

    Works in any number of event loops, one after the other or at once: each has its own connections.

    Args:
        settings: the client, whose attributes are read for every call.
        http_transport: an httpx transport to use instead of sockets, for example one around an ASGI app.
    """

    def __init__(self, settings: Settings, http_transport: httpx.AsyncBaseTransport | None = None) -> None:
        self._settings = settings
        self._http_transport = http_transport
        self.reset_after_fork()
        watch(self)

    def reset_after_fork(self) -> object:
        """Have no connections."""
        inherited = dict(getattr(self, "_pools", {}))
        self._lock = threading.Lock()
        self._pools: weakref.WeakKeyDictionary[asyncio.AbstractEventLoop, _Pools] = (
            weakref.WeakKeyDictionary()
        )
        return inherited

    async def call(self, parts: RequestParts, parse: Parse[Any], expected: type[T], **options: Any) -> T:
        """Make one call from request to model.

        Args:
            parts: what the operation's `build_request` returned.
            parse: the operation's `parse_response`.
            expected: class of the model that a success has.
            options: as for `begin`.

        Raises:
            CallError: the call did not end well.
        """
        call = self.begin(parts, **options)
        return understood(call, await self.run(call), parse, expected)

    def begin(
        self,
        parts: RequestParts,
        *,
        timeout: float | None = None,
        repeatable: bool | None = None,
        worker_version: str | None = None,
    ) -> Call:
        """Prepare a call; for the arguments see `prepare`."""
        return prepare(
            self._settings, parts, timeout=timeout, repeatable=repeatable, worker_version=worker_version
        )

    async def run(self, call: Call) -> Answer:
        """Send a call until it is settled; a call that was given up can be run on after `allow_repeats`.

        Raises:
            CallError: the call did not end well.
        """
        while True:
            if call.attempts:
                await asyncio.sleep(call.pause)
            answer = call.settled(await self._attempt(call))
            if answer is not None:
                return answer

    async def _attempt(self, call: Call) -> Answer | Fault:
        from . import _http

        pools = self._pools_here()
        http = pools.polls if call.held else pools.calls
        with measured(call) as measurement:
            try:
                async with asyncio.timeout(call.remaining()):
                    response = await http.request(**_http.request_arguments(call))
                measurement.result = _http.read_answer(response, response.content)
            except _http.FAULTS as error:
                measurement.result = _http.fault_of(error)
        return measurement.result

    def _pools_here(self) -> _Pools:
        from . import _http

        loop = asyncio.get_running_loop()
        with self._lock:
            pools = self._pools.get(loop)
            if pools is None:
                self._drop_ended_loops()
                make = functools.partial(_http.async_client, self._settings.base_url, self._http_transport)
                pools = _Pools(calls=make(long_polls=False), polls=make(long_polls=True))
                self._pools[loop] = pools
            return pools

    def _drop_ended_loops(self) -> None:
        # Connections refer to their loop, so a weak key alone would keep both for ever.
        for loop in [loop for loop in self._pools if loop.is_closed()]:
            del self._pools[loop]

    async def sleep(self, seconds: float) -> None:
        """Let other tasks run for some seconds."""
        await asyncio.sleep(seconds)

    def monotonic(self) -> float:
        """Return the time that deadlines are measured in."""
        return time.monotonic()

    async def aclose(self) -> None:
        """Close the connections of every event loop; a later call opens new ones."""
        with self._lock:
            pools, self._pools = self._pools, weakref.WeakKeyDictionary()
        here = asyncio.get_running_loop()
        for loop, pool in list(pools.items()):
            if loop is here:
                await pool.aclose()
            elif not loop.is_closed():
                # It may stop at this very moment; then its connections end with it.
                with contextlib.suppress(RuntimeError):
                    asyncio.run_coroutine_threadsafe(pool.aclose(), loop)
