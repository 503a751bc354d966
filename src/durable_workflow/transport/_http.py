"""The only file that speaks httpx: building its clients, and reading its faults as ours.

It carries every call of the synchronous client. Of the asynchronous one it carries what `_aiohttp` does not:
proxies, transports and clients that the user passed in, and everything where aiohttp is not installed.
"""

from __future__ import annotations

import asyncio
import functools
from typing import TYPE_CHECKING, Any

import httpx

from ._options import HttpOptions
from ._retry import Answer, Fault
from ._tls import tls_context

if TYPE_CHECKING:
    from ._call import Call

__all__ = [
    "FAULTS",
    "HttpxSender",
    "fault_of",
    "read_answer",
    "read_in_time",
    "request_arguments",
    "sync_client",
]

_CONNECT_SECONDS = 10.0

_UNSENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.UnsupportedProtocol,
    httpx.InvalidURL,
)
_GARBLED = (httpx.DecodingError, httpx.TooManyRedirects)
FAULTS = (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError)


class HttpxSender:
    """The connections of one event loop: polls wait in a pool of their own, so calls never wait for them.

    Args:
        base_url: address of the server.
        options: how connections are made.
    """

    def __init__(self, base_url: str, options: HttpOptions) -> None:
        self._owned = options.client is None
        make = functools.partial(httpx.AsyncClient, **_client_arguments(base_url, options))
        self._calls = options.client or make(limits=_limits(options.max_connections))
        self._polls = options.client or make(limits=_limits(None))

    async def send(self, call: Call) -> Answer | Fault:
        """Send a call once, within its time."""
        http = self._polls if call.held else self._calls
        try:
            async with asyncio.timeout(call.remaining()):
                response = await http.request(**request_arguments(call))
            return read_answer(response, response.content)
        except FAULTS as error:
            return fault_of(error)

    async def aclose(self) -> None:
        """Close all connections, unless they are somebody else's."""
        if self._owned:
            await self._calls.aclose()
            await self._polls.aclose()


def sync_client(base_url: str, options: HttpOptions, *, long_polls: bool) -> httpx.Client:
    """Return a connection pool for threads."""
    if options.client is not None:
        client: httpx.Client = options.client
        return client
    # Every waiting poll holds a connection, so a limit there would only make polls wait for polls.
    limits = _limits(None if long_polls else options.max_connections)
    return httpx.Client(limits=limits, **_client_arguments(base_url, options))


def _client_arguments(base_url: str, options: HttpOptions) -> dict[str, Any]:
    return {
        "transport": options.transport,
        "proxy": options.proxy,
        "verify": tls_context(base_url, options),
    }


def _limits(most: int | None) -> httpx.Limits:
    return httpx.Limits(max_connections=most, max_keepalive_connections=20, keepalive_expiry=30.0)


def request_arguments(call: Call) -> dict[str, Any]:
    """Return the arguments of an httpx request for the next attempt of a call."""
    return {
        "method": call.parts.method,
        "url": call.url,
        # An empty mapping would leave a bare question mark behind the path.
        "params": call.parts.query or None,
        "headers": call.headers,
        "content": call.content,
        "timeout": _attempt_timeout(call),
    }


def _attempt_timeout(call: Call) -> httpx.Timeout:
    # A timeout of zero would mean "none" to some layers below.
    remaining = max(call.remaining(), 0.001)
    return httpx.Timeout(remaining, connect=min(remaining, _CONNECT_SECONDS))


def read_in_time(call: Call, response: httpx.Response) -> bytes:
    """Return the body, read by the clock: httpx only bounds the wait for each part of it.

    Raises:
        TimeoutError: the call's time is over.
    """
    parts: list[bytes] = []
    for part in response.iter_bytes():
        parts.append(part)
        if not call.remaining():
            raise TimeoutError("the answer takes too long")
    return b"".join(parts)


def read_answer(response: httpx.Response, content: bytes) -> Answer:
    """Return a response as an answer; the header names become lower case."""
    return Answer(
        response.status_code, {name.lower(): value for name, value in response.headers.items()}, content
    )


def fault_of(error: Exception) -> Fault:
    """Return what an exception of the HTTP library means for a call."""
    if isinstance(error, _UNSENT):
        return Fault("unsent", error)
    if isinstance(error, _GARBLED):
        return Fault("garbled", error)
    if isinstance(error, httpx.TimeoutException | TimeoutError):
        return Fault("timeout", error)
    return Fault("lost", error)
