"""Calls an ASGI application directly, without a socket."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Answered:
    """What an application answered."""

    status: int
    headers: Mapping[str, str]
    content: bytes

    @property
    def body(self) -> Any:
        return json.loads(self.content)


class Caller:
    """A client that is there until `hang_up`."""

    def __init__(self, app: Any) -> None:
        self._app = app
        self._gone = asyncio.Event()

    def hang_up(self) -> None:
        self._gone.set()

    async def call(
        self,
        method: str,
        target: str,
        body: Any = None,
        *,
        headers: Mapping[str, str] | None = None,
        chunks: list[bytes] | None = None,
    ) -> Answered | None:
        """Make a request; `body` is sent as JSON unless it is bytes. None if nothing was answered."""
        path, _, query = target.partition("?")
        sent = {"content-type": "application/json"} if body is not None or chunks else {}
        sent |= {name.lower(): value for name, value in (headers or {}).items()}
        if chunks is None:
            chunks = [body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()]
        scope = {
            "type": "http",
            "method": method,
            "path": path,
            "raw_path": path.encode(),
            "query_string": query.encode(),
            "headers": [(name.encode(), value.encode()) for name, value in sent.items()],
        }
        messages: list[Any] = []
        waiting = list(chunks)

        async def receive() -> Any:
            if waiting:
                chunk = waiting.pop(0)
                return {"type": "http.request", "body": chunk, "more_body": bool(waiting)}
            await self._gone.wait()
            return {"type": "http.disconnect"}

        async def send(message: Any) -> None:
            messages.append(message)

        await self._app(scope, receive, send)
        if not messages:
            return None
        start, rest = messages[0], messages[1:]
        names = {name.decode(): value.decode() for name, value in start["headers"]}
        return Answered(start["status"], names, b"".join(message["body"] for message in rest))


async def call(app: Any, method: str, target: str, body: Any = None, **options: Any) -> Answered:
    """Make one request and expect an answer."""
    answered = await Caller(app).call(method, target, body, **options)
    assert answered is not None
    return answered
