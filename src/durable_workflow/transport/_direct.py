"""Calls over asyncio's own sockets: for plain http without a proxy.

A call is one write and one wake-up here; an HTTP library takes several times as long for it, and longer
the more connections there are.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import quote, urlencode, urlsplit

from ._http1 import Garbled, ResponseReader, UnreadableResponse, request_bytes
from ._retry import Answer, Fault

if TYPE_CHECKING:
    from ._call import Call

__all__ = ["DirectSender", "reaches"]

_CONNECT_SECONDS = 10.0
_IDLE_SECONDS = 30.0
_MOST_CALLS = 100


def reaches(base_url: str) -> bool:
    """Return whether a server is reached by a plain connection: no TLS, no proxy, nothing to translate."""
    import urllib.request

    plain = base_url.isascii() and urlsplit(base_url).scheme == "http"
    return plain and not {"http", "all"} & urllib.request.getproxies().keys()


class DirectSender:
    """The connections of one event loop to one server.

    Args:
        base_url: address of the server.
    """

    def __init__(self, base_url: str) -> None:
        address = urlsplit(base_url)
        self._address = address
        self._prefix = quote(address.path, safe="/%:@!$&'()*+,;=~")
        self._host = address.netloc.removesuffix(":80")
        # Held polls are not counted: a limit would only make polls wait for polls.
        self._calls = asyncio.Semaphore(_MOST_CALLS)
        self._idle: list[_Connection] = []
        self._open: set[_Connection] = set()

    async def send(self, call: Call) -> Answer | Fault:
        """Send a call once, within its time.

        Raises:
            InvalidArgument: a header cannot be sent.
        """
        request = self._request(call)
        try:
            async with asyncio.timeout(call.remaining()):
                if call.held:
                    return await self._exchange(request)
                async with self._calls:
                    return await self._exchange(request)
        except TimeoutError as error:
            return Fault("timeout", error)

    async def aclose(self) -> None:
        """Close all connections."""
        for connection in list(self._open):
            connection.abort()
        # The event loop closes them in its next round, which might be its last.
        await asyncio.sleep(0)

    def _request(self, call: Call) -> bytes:
        target = self._prefix + call.parts.path
        if call.parts.query:
            target += "?" + urlencode([(name, _text(value)) for name, value in call.parts.query.items()])
        headers = {"Host": self._host, **call.headers}
        return request_bytes(call.parts.method, target, headers, call.content)

    async def _exchange(self, request: bytes) -> Answer | Fault:
        connection = self._pop_idle()
        if connection is None:
            try:
                connection = await self._connect()
            except (OSError, ValueError) as error:
                return Fault("unsent", error)
        try:
            answer = await connection.exchange(request)
        except (OSError, UnreadableResponse) as error:
            return Fault("lost", error)
        except Garbled as error:
            return Fault("garbled", error)
        return answer

    async def _connect(self) -> _Connection:
        connection = _Connection(self._idle, self._open)
        try:
            async with asyncio.timeout(_CONNECT_SECONDS):
                await asyncio.get_running_loop().create_connection(
                    lambda: connection, self._address.hostname or "", self._address.port or 80
                )
        except TimeoutError as error:
            raise ConnectionError("the server does not take the connection") from error
        return connection

    def _pop_idle(self) -> _Connection | None:
        # The newest first: what has been idle for longest is what the other side closes next.
        while self._idle:
            connection = self._idle.pop()
            if connection.is_open and time.monotonic() - connection.idle_since < _IDLE_SECONDS:
                return connection
            connection.abort()
        return None


class _Connection(asyncio.Protocol):
    """One connection, with at most one request on it."""

    def __init__(self, idle: list[_Connection], opened: set[_Connection]) -> None:
        self.idle_since = 0.0
        self._idle = idle
        self._opened = opened
        self._transport: asyncio.Transport | None = None
        self._reader = ResponseReader()
        self._answer: asyncio.Future[Answer] | None = None

    @property
    def is_open(self) -> bool:
        """Whether a request can be sent."""
        return self._transport is not None and not self._transport.is_closing()

    async def exchange(self, request: bytes) -> Answer:
        """Send a request and return the answer.

        Raises:
            OSError: The connection broke.
            UnreadableResponse: The answer is not HTTP.
            Garbled: The answer cannot be unpacked.
        """
        assert self._transport is not None
        self._reader = ResponseReader()
        self._answer = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        try:
            answer = await self._answer
        except BaseException:
            self.abort()
            raise
        finally:
            self._answer = None
        self._keep()
        return answer

    def abort(self) -> None:
        """Close at once."""
        if self._transport is not None:
            self._transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Called by the event loop."""
        # Not asked with isinstance: the transports of other event loops do not inherit from it.
        self._transport = cast(asyncio.Transport, transport)
        self._opened.add(self)

    def data_received(self, data: bytes) -> None:
        """Called by the event loop."""
        if self._answer is None or self._answer.done():
            self.abort()
            return
        try:
            if self._reader.feed(data):
                self._answer.set_result(self._reader.answer())
        except (UnreadableResponse, Garbled) as error:
            self._answer.set_exception(error)

    def connection_lost(self, exc: Exception | None) -> None:
        """Called by the event loop."""
        self._opened.discard(self)
        with contextlib.suppress(ValueError):
            self._idle.remove(self)
        if self._answer is None or self._answer.done():
            return
        try:
            if exc is not None or not self._reader.end():
                raise exc or ConnectionResetError("the server closed the connection without an answer")
            self._answer.set_result(self._reader.answer())
        except Exception as broken:
            self._answer.set_exception(broken)

    def _keep(self) -> None:
        if self._reader.reusable and self.is_open:
            self.idle_since = time.monotonic()
            self._idle.append(self)
        else:
            self.abort()


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)
