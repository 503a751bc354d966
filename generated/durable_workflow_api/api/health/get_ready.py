# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
"""The operation `getReady`: GET /api/ready."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ... import errors
from ...types import RequestParts, Response

if TYPE_CHECKING:
    import httpx

    from ...client import AuthenticatedClient, Client
    from ...models.readiness import Readiness
    from ...models.server_fault import ServerFault


__all__ = ["asyncio", "asyncio_detailed", "build_request", "parse_response", "sync", "sync_detailed"]


def build_request() -> RequestParts:
    """Report whether the server can take traffic.

    Looks deeper than getHealth: store, tables, default namespace, cache and authentication. Answers
    without authentication and without version headers.

    Returns:
        The request; nothing is sent.
    """
    _headers: dict[str, str] = {}

    _query: dict[str, Any] = {}

    return RequestParts(
        operation_id="getReady",
        method="GET",
        path="/api/ready",
        query=_query,
        headers=_headers,
    )


def parse_response(
    *, status_code: int, headers: Mapping[str, str], content: bytes
) -> Readiness | ServerFault:
    """Parse an answer to `getReady`.

    Args:
        status_code: The HTTP status.
        headers: The headers of the answer.
        content: The body as received.

    Raises:
        errors.UnexpectedStatus: The spec does not document this status.
        KeyError, TypeError, ValueError: The body is not what the spec says.
    """
    if status_code in (200, 503):
        from ...models.readiness import Readiness

        return Readiness.from_dict(json.loads(content))

    if status_code == 500:
        from ...models.server_fault import ServerFault

        return ServerFault.from_dict(json.loads(content))

    raise errors.UnexpectedStatus(status_code, content)


def _build_response(
    client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[Readiness | ServerFault]:
    parsed: Readiness | ServerFault | None = None
    try:
        parsed = parse_response(
            status_code=response.status_code, headers=response.headers, content=response.content
        )
    except errors.UnexpectedStatus:
        if client.raise_on_unexpected_status:
            raise
    return Response(
        status_code=response.status_code,
        content=response.content,
        headers=response.headers,
        parsed=parsed,
    )


def sync_detailed(
    *,
    client: AuthenticatedClient | Client,
) -> Response[Readiness | ServerFault]:
    """Send the request and return status, headers and parsed body; for the arguments see `build_request`."""
    request = build_request()
    return _build_response(client, client.get_httpx_client().request(**request.as_httpx_arguments()))


def sync(
    *,
    client: AuthenticatedClient | Client,
) -> Readiness | ServerFault | None:
    """Send the request and return the parsed body; for the arguments see `build_request`."""
    return sync_detailed(
        client=client,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
) -> Response[Readiness | ServerFault]:
    """Send the request and return status, headers and parsed body; for the arguments see `build_request`."""
    request = build_request()
    return _build_response(
        client, await client.get_async_httpx_client().request(**request.as_httpx_arguments())
    )


async def asyncio(
    *,
    client: AuthenticatedClient | Client,
) -> Readiness | ServerFault | None:
    """Send the request and return the parsed body; for the arguments see `build_request`."""
    return (
        await asyncio_detailed(
            client=client,
        )
    ).parsed
