"""Calls over asyncio."""

from __future__ import annotations

import asyncio
import contextlib
import threading
import time
import weakref
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from . import _direct
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


class _Sender(Protocol):
    """The connections of one event loop."""

    async def send(self, call: Call) -> Answer | Fault:
        """Send a call once, within its time."""
        ...

    async def aclose(self) -> None:
        """Close all connections."""
        ...


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
        inherited = dict(getattr(self, "_senders", {}))
        self._lock = threading.Lock()
        self._senders: weakref.WeakKeyDictionary[asyncio.AbstractEventLoop, _Sender] = (
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
        sender = self._sender_here()
        with measured(call) as measurement:
            measurement.result = await sender.send(call)
        return measurement.result

    def _sender_here(self) -> _Sender:
        loop = asyncio.get_running_loop()
        with self._lock:
            sender = self._senders.get(loop)
            if sender is None:
                self._drop_ended_loops()
                sender = self._senders[loop] = self._make_sender()
            return sender

    def _make_sender(self) -> _Sender:
        if self._http_transport is None and _direct.reaches(self._settings.base_url):
            return _direct.DirectSender(self._settings.base_url)
        from ._http import HttpxSender

        return HttpxSender(self._settings.base_url, self._http_transport)

    def _drop_ended_loops(self) -> None:
        # Connections refer to their loop, so a weak key alone would keep both for ever.
        for loop in [loop for loop in self._senders if loop.is_closed()]:
            del self._senders[loop]

    async def sleep(self, seconds: float) -> None:
        """Let other tasks run for some seconds."""
        await asyncio.sleep(seconds)

    def monotonic(self) -> float:
        """Return the time that deadlines are measured in."""
        return time.monotonic()

    async def aclose(self) -> None:
        """Close the connections of every event loop; a later call opens new ones."""
        with self._lock:
            senders, self._senders = self._senders, weakref.WeakKeyDictionary()
        here = asyncio.get_running_loop()
        for loop, sender in list(senders.items()):
            if loop is here:
                await sender.aclose()
            elif not loop.is_closed():
                # It may stop at this very moment; then its connections end with it.
                with contextlib.suppress(RuntimeError):
                    asyncio.run_coroutine_threadsafe(sender.aclose(), loop)
