"""The thin layer over ASGI: one request in, one answer out."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, quote

__all__ = [
    "Answer",
    "BodyTooLarge",
    "BodyTooSlow",
    "ClientGone",
    "Receive",
    "Request",
    "Scope",
    "Send",
    "read_body",
    "read_head",
    "until_gone",
    "write",
]

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]


class BodyTooLarge(Exception):
    """The body is longer than the server takes."""


class BodyTooSlow(Exception):
    """Nothing more of the body came for too long."""


class ClientGone(Exception):
    """The caller hung up; nobody waits for the answer."""


@dataclass(frozen=True, slots=True)
class Request:
    """The head of a request.

    Args:
        method: The HTTP method.
        path: The path as it was sent, still percent-encoded.
        query: Names and values in the order sent, decoded.
        headers: Values by lower-case name; a repeated header is joined with commas.
    """

    method: str
    path: str
    query: tuple[tuple[str, str], ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back over the wire."""

    status: int
    content: bytes
    headers: Mapping[str, str] = field(default_factory=dict)


def read_head(scope: Scope) -> Request:
    """Return the head of the request in an ASGI scope."""
    raw = scope.get("raw_path")
    path = raw.decode("latin-1").partition("?")[0] if raw else quote(scope["path"])
    query = parse_qsl(scope.get("query_string", b"").decode("latin-1"), keep_blank_values=True)
    return Request(scope["method"].upper(), path, tuple(query), _headers(scope))


def _headers(scope: Scope) -> dict[str, str]:
    headers: dict[str, str] = {}
    for raw_name, raw_value in scope["headers"]:
        name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1").strip()
        headers[name] = f"{headers[name]}, {value}" if name in headers else value
    return headers


async def read_body(receive: Receive, headers: Mapping[str, str], limit: int, patience: float) -> bytes:
    """Return the whole body.

    Args:
        receive: The ASGI receiver.
        headers: The request's headers; a declared length over the limit is refused without reading.
        limit: The longest body in bytes.
        patience: For how many seconds nothing of the body may come.

    Raises:
        BodyTooLarge: If the body is longer, whether or not its length was declared.
        BodyTooSlow: If nothing came for too long.
        ClientGone: If the caller hung up while sending.
    """
    declared = headers.get("content-length", "")
    if declared.isdecimal() and int(declared[:20]) > limit:
        raise BodyTooLarge
    chunks: list[bytes] = []
    size = 0
    while True:
        try:
            async with asyncio.timeout(patience):
                message = await receive()
        except TimeoutError:
            raise BodyTooSlow from None
        if message["type"] == "http.disconnect":
            raise ClientGone
        chunks.append(message.get("body", b""))
        size += len(chunks[-1])
        if size > limit:
            raise BodyTooLarge
        if not message.get("more_body", False):
            return b"".join(chunks)


async def until_gone(receive: Receive) -> None:
    """Return when the caller hangs up."""
    message = await receive()
    while message["type"] != "http.disconnect":
        message = await receive()


async def write(send: Send, answer: Answer, *, head: bool) -> None:
    """Send an answer.

    Args:
        send: The ASGI sender.
        answer: The answer.
        head: Whether to leave out the content, as for a HEAD request.
    """
    headers = {
        "content-type": "application/json",
        "content-length": str(len(answer.content)),
        **answer.headers,
    }
    raw = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": answer.status, "headers": raw})
    await send({"type": "http.response.body", "body": b"" if head else answer.content})
