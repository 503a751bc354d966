# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
"""The operation `renewActivityTaskLease`: POST /api/worker/activity-tasks/{task_id}/renew-lease."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ... import errors
from ...types import RequestParts, Response, Unset, quote_path

if TYPE_CHECKING:
    import httpx

    from ...client import AuthenticatedClient, Client
    from ...models.renew_activity_task_lease_request import RenewActivityTaskLeaseRequest
    from ...models.server_fault import ServerFault


__all__ = ["asyncio", "asyncio_detailed", "build_request", "parse_response", "sync", "sync_detailed"]


def build_request(
    task_id: str,
    *,
    body: RenewActivityTaskLeaseRequest,
    x_durable_workflow_protocol_version: str = "1.0",
    x_namespace: str | Unset = "default",
) -> RequestParts:
    """Keep an activity attempt whose code does not report progress.

    Renews the lease and nothing else: no event is written, and the heartbeat time-out of the activity
    runs on. Meant for workers that keep the lease of a long attempt in the background. The answer is
    that of a heartbeat; `heartbeat_recorded` is always false.

    Args:
        task_id (str): An id made by the server. Compare it as it is, case included.
        x_durable_workflow_protocol_version (str): The worker protocol version that the client
            speaks. A server refuses with 400 a major version other than its own and a minor above its
            own. Default: '1.0'.
        x_namespace (str | Unset): The namespace of everything that the request names. Read
            without regard to case. Default: 'default'.
        body (RenewActivityTaskLeaseRequest): Whose lease it is.

    Returns:
        The request; nothing is sent.

    Raises:
        ValueError: A path parameter is empty.
    """
    _headers: dict[str, str] = {}
    _headers["X-Durable-Workflow-Protocol-Version"] = x_durable_workflow_protocol_version

    if not isinstance(x_namespace, Unset):
        _headers["X-Namespace"] = x_namespace

    _query: dict[str, Any] = {}

    _json = body.to_dict()

    return RequestParts(
        operation_id="renewActivityTaskLease",
        method="POST",
        path=f"/api/worker/activity-tasks/{quote_path(task_id)}/renew-lease",
        query=_query,
        headers=_headers,
        json=_json,
    )


def parse_response(*, status_code: int, headers: Mapping[str, str], content: bytes) -> Any | ServerFault:
    """Parse an answer to `renewActivityTaskLease`.

    Args:
        status_code: The HTTP status.
        headers: The headers of the answer.
        content: The body as received.

    Raises:
        errors.UnexpectedStatus: The spec does not document this status.
        KeyError, TypeError, ValueError: The body is not what the spec says.
    """
    if status_code in (200, 400, 401, 403, 404, 409, 413, 415, 422, 503):
        return json.loads(content)

    if status_code == 500:
        from ...models.server_fault import ServerFault

        return ServerFault.from_dict(json.loads(content))

    raise errors.UnexpectedStatus(status_code, content)


def _build_response(
    client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[Any | ServerFault]:
    parsed: Any | ServerFault | None = None
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
    task_id: str,
    *,
    client: AuthenticatedClient | Client,
    body: RenewActivityTaskLeaseRequest,
    x_durable_workflow_protocol_version: str = "1.0",
    x_namespace: str | Unset = "default",
) -> Response[Any | ServerFault]:
    """Send the request and return status, headers and parsed body; for the arguments see `build_request`."""
    request = build_request(
        task_id=task_id,
        body=body,
        x_durable_workflow_protocol_version=x_durable_workflow_protocol_version,
        x_namespace=x_namespace,
    )
    return _build_response(client, client.get_httpx_client().request(**request.as_httpx_arguments()))


def sync(
    task_id: str,
    *,
    client: AuthenticatedClient | Client,
    body: RenewActivityTaskLeaseRequest,
    x_durable_workflow_protocol_version: str = "1.0",
    x_namespace: str | Unset = "default",
) -> Any | ServerFault | None:
    """Send the request and return the parsed body; for the arguments see `build_request`."""
    return sync_detailed(
        task_id=task_id,
        client=client,
        body=body,
        x_durable_workflow_protocol_version=x_durable_workflow_protocol_version,
        x_namespace=x_namespace,
    ).parsed


async def asyncio_detailed(
    task_id: str,
    *,
    client: AuthenticatedClient | Client,
    body: RenewActivityTaskLeaseRequest,
    x_durable_workflow_protocol_version: str = "1.0",
    x_namespace: str | Unset = "default",
) -> Response[Any | ServerFault]:
    """Send the request and return status, headers and parsed body; for the arguments see `build_request`."""
    request = build_request(
        task_id=task_id,
        body=body,
        x_durable_workflow_protocol_version=x_durable_workflow_protocol_version,
        x_namespace=x_namespace,
    )
    return _build_response(
        client, await client.get_async_httpx_client().request(**request.as_httpx_arguments())
    )


async def asyncio(
    task_id: str,
    *,
    client: AuthenticatedClient | Client,
    body: RenewActivityTaskLeaseRequest,
    x_durable_workflow_protocol_version: str = "1.0",
    x_namespace: str | Unset = "default",
) -> Any | ServerFault | None:
    """Send the request and return the parsed body; for the arguments see `build_request`."""
    return (
        await asyncio_detailed(
            task_id=task_id,
            client=client,
            body=body,
            x_durable_workflow_protocol_version=x_durable_workflow_protocol_version,
            x_namespace=x_namespace,
        )
    ).parsed
