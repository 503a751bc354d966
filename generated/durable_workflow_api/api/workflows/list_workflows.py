# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
"""The operation `listWorkflows`: GET /api/workflows."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ... import errors
from ...types import UNSET, RequestParts, Response, Unset

if TYPE_CHECKING:
    import httpx

    from ...client import AuthenticatedClient, Client
    from ...models.control_plane_error import ControlPlaneError
    from ...models.server_fault import ServerFault
    from ...models.workflow_list import WorkflowList
    from ...models.workflow_status_filter import WorkflowStatusFilter


__all__ = ["asyncio", "asyncio_detailed", "build_request", "parse_response", "sync", "sync_detailed"]


def build_request(
    *,
    workflow_type: str | Unset = UNSET,
    status: WorkflowStatusFilter | Unset = UNSET,
    query: str | Unset = UNSET,
    page_size: int | Unset = 50,
    next_page_token: str | Unset = UNSET,
    x_durable_workflow_control_plane_version: str = "2",
    x_namespace: str | Unset = "default",
) -> RequestParts:
    """List runs of workflows.

    One row for each run, so a workflow that continued as new has several. Newest start first. On
    protocol 1.0 pages count rows from the beginning, and a run that starts meanwhile shifts the ones
    after it; where `workflow_list_predicates` is advertised a token goes on behind the last run listed.

    Args:
        workflow_type (str | Unset): Only runs of this type.
        status (WorkflowStatusFilter | Unset): `running`, `completed` and `failed` select by
            bucket: `running` are all open runs, `failed` all that ended in any other way than by
            completing. The other values select by exact status; servers of protocol 1.0 refuse them,
            and the request contract lists what a server takes.
        query (str | Unset): Only runs whose workflow id or business key contains this text; `%`
            and `_` stand for any characters. Blank means all. Where the cluster capability
            `workflow_list_predicates` is advertised, text that is a predicate is one: comparisons
            joined by `AND` and `OR`, with parentheses.

            * A comparison is `name operator literal` or `name IN (literal, ...)`. Operators: `=`,
            `!=` (also `<>`),
              `<`, `<=`, `>`, `>=`. Words are case-insensitive, names are not.
            * A literal is text in single or double quotes (a quote within is doubled), a number,
            `true` or `false`.
            * `WorkflowType`, `WorkflowId`, `RunId`, `TaskQueue` and `BuildId` are compared with text,
            `StartTime`
              and `CloseTime` with a timestamp in quotes, `Status` by `=`, `!=` and `IN` with what the
            parameter
              `status` takes.
            * Any other name is a search attribute. Text and numbers are never equal. A list is equal
            to each of its
              elements, and unequal to what is none of them. A run without the attribute fits no
            comparison.

            A predicate that compares an attribute with what it cannot be, or that has more than 100
            conditions, is refused, as is a query of more than 4096 characters.
        page_size (int | Unset): Number of rows on the page. Default: 50.
        next_page_token (str | Unset): Token of the previous page. One that cannot be decoded
            counts as the beginning. Where `workflow_list_predicates` is advertised, a token of a list
            with other filters is refused.
        x_durable_workflow_control_plane_version (str): The control-plane version that the client
            speaks. Default: '2'.
        x_namespace (str | Unset): The namespace of everything that the request names. Read
            without regard to case. Default: 'default'.

    Returns:
        The request; nothing is sent.
    """
    _headers: dict[str, str] = {}
    _headers["X-Durable-Workflow-Control-Plane-Version"] = x_durable_workflow_control_plane_version

    if not isinstance(x_namespace, Unset):
        _headers["X-Namespace"] = x_namespace

    _query: dict[str, Any] = {}
    if workflow_type is not UNSET and workflow_type is not None:
        _query["workflow_type"] = workflow_type
    json_status: str | Unset = UNSET
    if not isinstance(status, Unset):
        json_status = status

    if json_status is not UNSET and json_status is not None:
        _query["status"] = json_status
    if query is not UNSET and query is not None:
        _query["query"] = query
    if page_size is not UNSET and page_size is not None:
        _query["page_size"] = page_size
    if next_page_token is not UNSET and next_page_token is not None:
        _query["next_page_token"] = next_page_token

    return RequestParts(
        operation_id="listWorkflows",
        method="GET",
        path="/api/workflows",
        query=_query,
        headers=_headers,
    )


def parse_response(
    *, status_code: int, headers: Mapping[str, str], content: bytes
) -> ControlPlaneError | ServerFault | WorkflowList:
    """Parse an answer to `listWorkflows`.

    Args:
        status_code: The HTTP status.
        headers: The headers of the answer.
        content: The body as received.

    Raises:
        errors.UnexpectedStatus: The spec does not document this status.
        KeyError, TypeError, ValueError: The body is not what the spec says.
    """
    if status_code == 200:
        from ...models.workflow_list import WorkflowList

        return WorkflowList.from_dict(json.loads(content))

    if status_code in (400, 401, 403, 404, 422):
        from ...models.control_plane_error import ControlPlaneError

        return ControlPlaneError.from_dict(json.loads(content))

    if status_code == 500:
        from ...models.server_fault import ServerFault

        return ServerFault.from_dict(json.loads(content))

    raise errors.UnexpectedStatus(status_code, content)


def _build_response(
    client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[ControlPlaneError | ServerFault | WorkflowList]:
    parsed: ControlPlaneError | ServerFault | WorkflowList | None = None
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
    workflow_type: str | Unset = UNSET,
    status: WorkflowStatusFilter | Unset = UNSET,
    query: str | Unset = UNSET,
    page_size: int | Unset = 50,
    next_page_token: str | Unset = UNSET,
    x_durable_workflow_control_plane_version: str = "2",
    x_namespace: str | Unset = "default",
) -> Response[ControlPlaneError | ServerFault | WorkflowList]:
    """Send the request and return status, headers and parsed body; for the arguments see `build_request`."""
    request = build_request(
        workflow_type=workflow_type,
        status=status,
        query=query,
        page_size=page_size,
        next_page_token=next_page_token,
        x_durable_workflow_control_plane_version=x_durable_workflow_control_plane_version,
        x_namespace=x_namespace,
    )
    return _build_response(client, client.get_httpx_client().request(**request.as_httpx_arguments()))


def sync(
    *,
    client: AuthenticatedClient | Client,
    workflow_type: str | Unset = UNSET,
    status: WorkflowStatusFilter | Unset = UNSET,
    query: str | Unset = UNSET,
    page_size: int | Unset = 50,
    next_page_token: str | Unset = UNSET,
    x_durable_workflow_control_plane_version: str = "2",
    x_namespace: str | Unset = "default",
) -> ControlPlaneError | ServerFault | WorkflowList | None:
    """Send the request and return the parsed body; for the arguments see `build_request`."""
    return sync_detailed(
        client=client,
        workflow_type=workflow_type,
        status=status,
        query=query,
        page_size=page_size,
        next_page_token=next_page_token,
        x_durable_workflow_control_plane_version=x_durable_workflow_control_plane_version,
        x_namespace=x_namespace,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    workflow_type: str | Unset = UNSET,
    status: WorkflowStatusFilter | Unset = UNSET,
    query: str | Unset = UNSET,
    page_size: int | Unset = 50,
    next_page_token: str | Unset = UNSET,
    x_durable_workflow_control_plane_version: str = "2",
    x_namespace: str | Unset = "default",
) -> Response[ControlPlaneError | ServerFault | WorkflowList]:
    """Send the request and return status, headers and parsed body; for the arguments see `build_request`."""
    request = build_request(
        workflow_type=workflow_type,
        status=status,
        query=query,
        page_size=page_size,
        next_page_token=next_page_token,
        x_durable_workflow_control_plane_version=x_durable_workflow_control_plane_version,
        x_namespace=x_namespace,
    )
    return _build_response(
        client, await client.get_async_httpx_client().request(**request.as_httpx_arguments())
    )


async def asyncio(
    *,
    client: AuthenticatedClient | Client,
    workflow_type: str | Unset = UNSET,
    status: WorkflowStatusFilter | Unset = UNSET,
    query: str | Unset = UNSET,
    page_size: int | Unset = 50,
    next_page_token: str | Unset = UNSET,
    x_durable_workflow_control_plane_version: str = "2",
    x_namespace: str | Unset = "default",
) -> ControlPlaneError | ServerFault | WorkflowList | None:
    """Send the request and return the parsed body; for the arguments see `build_request`."""
    return (
        await asyncio_detailed(
            client=client,
            workflow_type=workflow_type,
            status=status,
            query=query,
            page_size=page_size,
            next_page_token=next_page_token,
            x_durable_workflow_control_plane_version=x_durable_workflow_control_plane_version,
            x_namespace=x_namespace,
        )
    ).parsed
