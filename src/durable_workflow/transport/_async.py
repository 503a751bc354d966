"""Calls over asyncio."""

from __future__ import annotations

import asyncio
import contextlib
import copy
import inspect
import threading
import time
import weakref
from typing import TYPE_CHECKING, Any, Protocol, TypeVar
from urllib.parse import urlsplit

from ._answers import Parse, understood
from ._call import Call, prepare
from ._fork import watch
from ._observe import observed
from ._options import HttpOptions
from ._retry import Answer, Fault
from ._settings import Settings

if TYPE_CHECKING:
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


class _Connections:
    """Everything open, of every event loop; views of one transport share it."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.senders: weakref.WeakKeyDictionary[asyncio.AbstractEventLoop, _Sender] = (
            weakref.WeakKeyDictionary()
        )

    def drop_ended_loops(self) -> None:
        """Forget what belonged to event loops that are closed: a weak key alone would keep both for ever."""
        for loop in [loop for loop in self.senders if loop.is_closed()]:
            del self.senders[loop]


class AsyncTransport:
    """Sends calls, and sends them again where that is safe.

    Works in any number of event loops, one after the other or at once: each has its own connections.

    Args:
        settings: the client, whose attributes are read for every call.
        options: how connections are made.
    """

    def __init__(self, settings: Settings, options: HttpOptions | None = None) -> None:
        self._settings = settings
        self._options = HttpOptions() if options is None else options
        self.reset_after_fork()
        watch(self)

    def reset_after_fork(self) -> object:
        """Have no connections."""
        inherited = getattr(self, "_connections", None)
        self._connections = _Connections()
        return inherited

    def sharing(self, settings: Settings) -> AsyncTransport:
        """Return a transport for other settings on the same connections."""
        view = copy.copy(self)
        view._settings = settings
        watch(view)
        return view

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
        raw: bool = False,
    ) -> Call:
        """Prepare a call; for the arguments see `prepare`."""
        return prepare(
            self._settings,
            parts,
            timeout=timeout,
            repeatable=repeatable,
            worker_version=worker_version,
            raw=raw,
        )

    async def run(self, call: Call) -> Answer:
        """Send a call until it is settled; a call that was given up can be run on after `allow_repeats`.

        Raises:
            CallError: the call did not end well.
        """
        while True:
            if call.attempts:
                await asyncio.sleep(call.pause)
            if call.credential is not None and call.credential.is_rotating:
                call.authorize(await _token_of(call.credential.source))
            answer = call.settled(await self._attempt(call))
            if answer is not None:
                return await self._opened(call, answer)

    async def _opened(self, call: Call, answer: Answer) -> Answer:
        if call.opens_slowly(answer):
            return await asyncio.to_thread(call.opened, answer)
        return call.opened(answer)

    async def _attempt(self, call: Call) -> Answer | Fault:
        sender = self._sender_here()
        with observed(call) as observation:
            observation.result = await sender.send(call)
        return observation.result

    def _sender_here(self) -> _Sender:
        loop = asyncio.get_running_loop()
        connections = self._connections
        with connections.lock:
            sender = connections.senders.get(loop)
            if sender is None:
                connections.drop_ended_loops()
                sender = connections.senders[loop] = self._make_sender()
            return sender

    def _make_sender(self) -> _Sender:
        if not self._options.wants_httpx and not _is_proxied(self._settings.base_url):
            # An optional library, that of the extra `fast`.
            with contextlib.suppress(ImportError):
                from ._aiohttp import AiohttpSender

                return AiohttpSender(self._settings.base_url, self._options)
        from ._http import HttpxSender

        return HttpxSender(self._settings.base_url, self._options)

    async def sleep(self, seconds: float) -> None:
        """Let other tasks run for some seconds."""
        await asyncio.sleep(seconds)

    def monotonic(self) -> float:
        """Return the time that deadlines are measured in."""
        return time.monotonic()

    async def aclose(self) -> None:
        """Close the connections of every event loop; a later call opens new ones."""
        with self._connections.lock:
            senders = dict(self._connections.senders)
            self._connections.senders.clear()
        here = asyncio.get_running_loop()
        for loop, sender in list(senders.items()):
            if loop is here:
                await sender.aclose()
            elif not loop.is_closed():
                # It may stop at this very moment; then its connections end with it.
                with contextlib.suppress(RuntimeError):
                    asyncio.run_coroutine_threadsafe(sender.aclose(), loop)


async def _token_of(source: Any) -> Any:
    token = source()
    return await token if inspect.isawaitable(token) else token


def _is_proxied(base_url: str) -> bool:
    """Return whether the environment names a proxy that the way to this server may lead through."""
    import urllib.request

    return bool({urlsplit(base_url).scheme, "all"} & urllib.request.getproxies().keys())
