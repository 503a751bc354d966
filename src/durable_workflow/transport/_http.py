"""The only file that speaks httpx: building its clients, and reading its faults as ours.

It carries every call of the synchronous client, and of the asynchronous one what `_direct` does not: TLS,
proxies, and transports that the user passed in.
"""

from __future__ import annotations

import asyncio
import functools
import ssl
from typing import TYPE_CHECKING, Any

import httpx

from ._retry import Answer, Fault

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
        http_transport: an httpx transport to use instead of sockets.
    """

    def __init__(self, base_url: str, http_transport: httpx.AsyncBaseTransport | None) -> None:
        make = functools.partial(httpx.AsyncClient, transport=http_transport, verify=_verify(base_url))
        self._calls = make(limits=_limits(long_polls=False))
        self._polls = make(limits=_limits(long_polls=True))

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
        """Close all connections."""
        await self._calls.aclose()
        await self._polls.aclose()


def sync_client(
    base_url: str, http_transport: httpx.BaseTransport | None, *, long_polls: bool
) -> httpx.Client:
    """Return a connection pool for threads."""
    return httpx.Client(transport=http_transport, limits=_limits(long_polls), verify=_verify(base_url))


def _verify(base_url: str) -> ssl.SSLContext | bool:
    # Loading the certificate authorities takes longer than a hundred calls; plain http has no use for them.
    return _tls_context() if base_url.startswith("https:") else False


@functools.cache
def _tls_context() -> ssl.SSLContext:
    return httpx.create_ssl_context()


def _limits(long_polls: bool) -> httpx.Limits:
    # Every waiting poll holds a connection, so a limit there would only make polls wait for polls.
    most = None if long_polls else 100
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
