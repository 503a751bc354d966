"""The only file that speaks aiohttp: the asynchronous client's calls, where the extra `fast` is installed."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode, urlsplit

import aiohttp
from aiohttp.connector import Connection
from aiohttp.http_exceptions import ContentEncodingError
from yarl import URL

from ._options import HttpOptions
from ._retry import Answer, Fault
from ._tls import tls_context

if not hasattr(aiohttp, "ClientMiddlewareType"):
    raise ImportError("aiohttp 3.12 or newer is needed")

if TYPE_CHECKING:
    from ._call import Call

__all__ = ["AiohttpSender"]

# The call's own time is kept around the whole attempt; aiohttp keeps that of the connection alone.
_TIMES = aiohttp.ClientTimeout(total=None, sock_connect=10.0)
_IDLE_SECONDS = 30.0

_NEVER_CONNECTED = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.InvalidURL)


class AiohttpSender:
    """The connections of one event loop: polls wait in a pool of their own, so calls never wait for them.

    Args:
        base_url: address of the server.
        options: how connections are made; nothing of httpx may be among them.

    Raises:
        InvalidArgument: a certificate cannot be read.
    """

    def __init__(self, base_url: str, options: HttpOptions) -> None:
        self._loop = asyncio.get_running_loop()
        # The host in the form that DNS knows; the path as it is, quoted where HTTP wants it.
        self._address = str(URL(base_url).origin()) + quote(urlsplit(base_url).path, safe="/%:@!$&'()*+,;=~")
        tls = tls_context(base_url, options)
        self._calls = _session(tls, options.max_connections)
        # A limit on what is held would only make polls wait for polls.
        self._polls = _session(tls, 0)

    async def send(self, call: Call) -> Answer | Fault:
        """Send a call once, within its time."""
        session = self._polls if call.held else self._calls
        try:
            async with asyncio.timeout(call.remaining()):
                return await self._exchange(session, call)
        except TimeoutError as error:
            return Fault("timeout", error)

    async def aclose(self) -> None:
        """Close all connections."""
        await self._calls.close()
        await self._polls.close()
        # The event loop closes sockets in its next round, which might be its last.
        await asyncio.sleep(0)

    def __del__(self) -> None:
        # An event loop that has ended took its connections with it, so nobody forgot to close them. Those
        # of a living loop are reported by aiohttp.
        if self._loop.is_closed():
            for session in (self._calls, self._polls):
                _drop(session)

    async def _exchange(self, session: aiohttp.ClientSession, call: Call) -> Answer | Fault:
        try:
            response = await session.request(
                call.parts.method,
                self._url(call),
                headers=call.headers,
                data=call.content,
                allow_redirects=False,
                timeout=_TIMES,
            )
            content = await response.read()
        except _Broken as broken:
            return Fault("lost", broken.cause)
        except _FAULTS as error:
            return _fault_of(error)
        return Answer(response.status, _headers(response.headers), content)

    def _url(self, call: Call) -> URL:
        target = self._address + call.parts.path
        if call.parts.query:
            target += "?" + urlencode([(name, _text(value)) for name, value in call.parts.query.items()])
        # Taken as it is: anything else would resolve `..`, which is a legal workflow id.
        return URL(target, encoded=True)


class _Broken(Exception):
    """A connection broke under a request."""

    def __init__(self, cause: Exception) -> None:
        super().__init__(cause)
        self.cause = cause


class _OutOfStep(Exception):
    """A connection on which the server spoke unasked."""


_UNSENT = (*_NEVER_CONNECTED, _OutOfStep)
_FAULTS = (aiohttp.ClientError, _OutOfStep, OSError, ValueError)


class _Request(aiohttp.ClientRequest):
    """A request that goes out only where no answer has come in before it."""

    async def send(self, conn: Connection) -> aiohttp.ClientResponse:
        # Some servers say "408 Request Timeout" to an idle connection: that is no answer to what comes next.
        if conn.protocol is None or conn.protocol.should_close:
            raise _OutOfStep("the server spoke before it was asked")
        return await super().send(conn)


async def _once(request: aiohttp.ClientRequest, send: aiohttp.ClientHandlerType) -> aiohttp.ClientResponse:
    # aiohttp would send some requests a second time by itself, behind the back of retry policy and metrics.
    try:
        return await send(request)
    except _NEVER_CONNECTED:
        raise
    except (aiohttp.ClientOSError, aiohttp.ServerDisconnectedError) as error:
        raise _Broken(error) from error


def _session(tls: Any, most: int) -> aiohttp.ClientSession:
    connector = aiohttp.TCPConnector(
        limit=most, keepalive_timeout=_IDLE_SECONDS, ssl=tls, resolver=aiohttp.ThreadedResolver()
    )
    return aiohttp.ClientSession(
        connector=connector,
        cookie_jar=aiohttp.DummyCookieJar(),
        skip_auto_headers=("Content-Type",),
        request_class=_Request,
        middlewares=(_once,),
    )


def _drop(session: aiohttp.ClientSession) -> None:
    # On a closed loop there is nothing to wait for, so the first step is the last one.
    closing = session.close()
    with contextlib.suppress(StopIteration):
        closing.send(None)
    closing.close()


def _fault_of(error: Exception) -> Fault:
    if isinstance(error, _UNSENT):
        return Fault("unsent", error)
    if isinstance(error, aiohttp.ClientPayloadError) and isinstance(error.__cause__, ContentEncodingError):
        return Fault("garbled", error)
    if isinstance(error, TimeoutError):
        return Fault("timeout", error)
    return Fault("lost", error)


def _headers(found: Mapping[str, str]) -> dict[str, str]:
    headers: dict[str, str] = {}
    for given, value in found.items():
        name = given.lower()
        headers[name] = f"{headers[name]}, {value}" if name in headers else value
    return headers


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)
