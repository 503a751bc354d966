# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
"""The operation `queryWorkflow`: POST /api/workflows/{workflow_id}/query/{query_name}."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ... import errors
from ...types import UNSET, RequestParts, Response, Unset, quote_path

if TYPE_CHECKING:
    import httpx

    from ...client import AuthenticatedClient, Client
    from ...models.control_plane_error import ControlPlaneError
    from ...models.query_refusal import QueryRefusal
    from ...models.query_workflow_request import QueryWorkflowRequest
    from ...models.query_workflow_response import QueryWorkflowResponse
    from ...models.server_fault import ServerFault


__all__ = ["asyncio", "asyncio_detailed", "build_request", "parse_response", "sync", "sync_detailed"]


def build_request(
    workflow_id: str,
    query_name: str,
    *,
    body: QueryWorkflowRequest | Unset = UNSET,
    x_durable_workflow_control_plane_version: str = "2",
    x_namespace: str | Unset = "default",
) -> RequestParts:
    """Ask the newest run of a workflow for a value.

    A worker of the run's queue that hosts the type answers; the server waits for it. Without such a
    worker the server tries to answer itself and else says `query_not_found`. Closed runs can be asked
    too. A query changes nothing and leaves no event.

    Args:
        workflow_id (str): Names a workflow. Chosen by the caller, or a lower-case ULID made by
            the server.
        query_name (str): The name of the query, at most 256 bytes and without control characters.
        x_durable_workflow_control_plane_version (str): The control-plane version that the client
            speaks. Default: '2'.
        x_namespace (str | Unset): The namespace of everything that the request names. Read
            without regard to case. Default: 'default'.
        body (QueryWorkflowRequest | Unset): The arguments of a query.

    Returns:
        The request; nothing is sent.

    Raises:
        ValueError: A path parameter is empty.
    """
    _headers: dict[str, str] = {}
    _headers["X-Durable-Workflow-Control-Plane-Version"] = x_durable_workflow_control_plane_version

    if not isinstance(x_namespace, Unset):
        _headers["X-Namespace"] = x_namespace

    _query: dict[str, Any] = {}

    _json: Any = UNSET

    if not isinstance(body, Unset):
        _json = body.to_dict()

    return RequestParts(
        operation_id="queryWorkflow",
        method="POST",
        path=f"/api/workflows/{quote_path(workflow_id)}/query/{quote_path(query_name)}",
        query=_query,
        headers=_headers,
        json=_json,
    )


def parse_response(
    *, status_code: int, headers: Mapping[str, str], content: bytes
) -> ControlPlaneError | QueryRefusal | QueryWorkflowResponse | ServerFault:
    """Parse an answer to `queryWorkflow`.

    Args:
        status_code: The HTTP status.
        headers: The headers of the answer.
        content: The body as received.

    Raises:
        errors.UnexpectedStatus: The spec does not document this status.
        KeyError, TypeError, ValueError: The body is not what the spec says.
    """
    if status_code == 200:
        from ...models.query_workflow_response import QueryWorkflowResponse

        return QueryWorkflowResponse.from_dict(json.loads(content))

    if status_code in (400, 401, 403, 413, 415):
        from ...models.control_plane_error import ControlPlaneError

        return ControlPlaneError.from_dict(json.loads(content))

    if status_code in (404, 409, 422, 429, 503, 504):
        from ...models.query_refusal import QueryRefusal

        return QueryRefusal.from_dict(json.loads(content))

    if status_code == 500:
        from ...models.server_fault import ServerFault

        return ServerFault.from_dict(json.loads(content))

    raise errors.UnexpectedStatus(status_code, content)


def _build_response(
    client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[ControlPlaneError | QueryRefusal | QueryWorkflowResponse | ServerFault]:
    parsed: ControlPlaneError | QueryRefusal | QueryWorkflowResponse | ServerFault | None = None
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
    workflow_id: str,
    query_name: str,
    *,
    client: AuthenticatedClient | Client,
    body: QueryWorkflowRequest | Unset = UNSET,
    x_durable_workflow_control_plane_version: str = "2",
    x_namespace: str | Unset = "default",
) -> Response[ControlPlaneError | QueryRefusal | QueryWorkflowResponse | ServerFault]:
    """Send the request and return status, headers and parsed body; for the arguments see `build_request`."""
    request = build_request(
        workflow_id=workflow_id,
        query_name=query_name,
        body=body,
        x_durable_workflow_control_plane_version=x_durable_workflow_control_plane_version,
        x_namespace=x_namespace,
    )
    return _build_response(client, client.get_httpx_client().request(**request.as_httpx_arguments()))


def sync(
    workflow_id: str,
    query_name: str,
    *,
    client: AuthenticatedClient | Client,
    body: QueryWorkflowRequest | Unset = UNSET,
    x_durable_workflow_control_plane_version: str = "2",
    x_namespace: str | Unset = "default",
) -> ControlPlaneError | QueryRefusal | QueryWorkflowResponse | ServerFault | None:
    """Send the request and return the parsed body; for the arguments see `build_request`."""
    return sync_detailed(
        workflow_id=workflow_id,
        query_name=query_name,
        client=client,
        body=body,
        x_durable_workflow_control_plane_version=x_durable_workflow_control_plane_version,
        x_namespace=x_namespace,
    ).parsed


async def asyncio_detailed(
    workflow_id: str,
    query_name: str,
    *,
    client: AuthenticatedClient | Client,
    body: QueryWorkflowRequest | Unset = UNSET,
    x_durable_workflow_control_plane_version: str = "2",
    x_namespace: str | Unset = "default",
) -> Response[ControlPlaneError | QueryRefusal | QueryWorkflowResponse | ServerFault]:
    """Send the request and return status, headers and parsed body; for the arguments see `build_request`."""
    request = build_request(
        workflow_id=workflow_id,
        query_name=query_name,
        body=body,
        x_durable_workflow_control_plane_version=x_durable_workflow_control_plane_version,
        x_namespace=x_namespace,
    )
    return _build_response(
        client, await client.get_async_httpx_client().request(**request.as_httpx_arguments())
    )


async def asyncio(
    workflow_id: str,
    query_name: str,
    *,
    client: AuthenticatedClient | Client,
    body: QueryWorkflowRequest | Unset = UNSET,
    x_durable_workflow_control_plane_version: str = "2",
    x_namespace: str | Unset = "default",
) -> ControlPlaneError | QueryRefusal | QueryWorkflowResponse | ServerFault | None:
    """Send the request and return the parsed body; for the arguments see `build_request`."""
    return (
        await asyncio_detailed(
            workflow_id=workflow_id,
            query_name=query_name,
            client=client,
            body=body,
            x_durable_workflow_control_plane_version=x_durable_workflow_control_plane_version,
            x_namespace=x_namespace,
        )
    ).parsed
