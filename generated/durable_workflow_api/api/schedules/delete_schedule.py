# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
"""The operation `deleteSchedule`: DELETE /api/schedules/{schedule_id}."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ... import errors
from ...types import RequestParts, Response, Unset, quote_path

if TYPE_CHECKING:
    import httpx

    from ...client import AuthenticatedClient, Client
    from ...models.control_plane_error import ControlPlaneError
    from ...models.schedule_receipt import ScheduleReceipt
    from ...models.schedule_refusal import ScheduleRefusal
    from ...models.server_fault import ServerFault


__all__ = ["asyncio", "asyncio_detailed", "build_request", "parse_response", "sync", "sync_detailed"]


def build_request(
    schedule_id: str,
    *,
    x_durable_workflow_control_plane_version: str = "2",
    x_namespace: str | Unset = "default",
) -> RequestParts:
    """Delete a schedule.

    It no longer fires. Workflows that it started go on, and its history stays readable.

    Args:
        schedule_id (str): The id of the schedule.
        x_durable_workflow_control_plane_version (str): The control-plane version that the client
            speaks. Default: '2'.
        x_namespace (str | Unset): The namespace of everything that the request names. Read
            without regard to case. Default: 'default'.

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

    return RequestParts(
        operation_id="deleteSchedule",
        method="DELETE",
        path=f"/api/schedules/{quote_path(schedule_id)}",
        query=_query,
        headers=_headers,
    )


def parse_response(
    *, status_code: int, headers: Mapping[str, str], content: bytes
) -> ControlPlaneError | ScheduleReceipt | ScheduleRefusal | ServerFault:
    """Parse an answer to `deleteSchedule`.

    Args:
        status_code: The HTTP status.
        headers: The headers of the answer.
        content: The body as received.

    Raises:
        errors.UnexpectedStatus: The spec does not document this status.
        KeyError, TypeError, ValueError: The body is not what the spec says.
    """
    if status_code == 200:
        from ...models.schedule_receipt import ScheduleReceipt

        return ScheduleReceipt.from_dict(json.loads(content))

    if status_code in (400, 401, 403, 415, 422):
        from ...models.control_plane_error import ControlPlaneError

        return ControlPlaneError.from_dict(json.loads(content))

    if status_code == 404:
        from ...models.schedule_refusal import ScheduleRefusal

        return ScheduleRefusal.from_dict(json.loads(content))

    if status_code == 500:
        from ...models.server_fault import ServerFault

        return ServerFault.from_dict(json.loads(content))

    raise errors.UnexpectedStatus(status_code, content)


def _build_response(
    client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[ControlPlaneError | ScheduleReceipt | ScheduleRefusal | ServerFault]:
    parsed: ControlPlaneError | ScheduleReceipt | ScheduleRefusal | ServerFault | None = None
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
    schedule_id: str,
    *,
    client: AuthenticatedClient | Client,
    x_durable_workflow_control_plane_version: str = "2",
    x_namespace: str | Unset = "default",
) -> Response[ControlPlaneError | ScheduleReceipt | ScheduleRefusal | ServerFault]:
    """Send the request and return status, headers and parsed body; for the arguments see `build_request`."""
    request = build_request(
        schedule_id=schedule_id,
        x_durable_workflow_control_plane_version=x_durable_workflow_control_plane_version,
        x_namespace=x_namespace,
    )
    return _build_response(client, client.get_httpx_client().request(**request.as_httpx_arguments()))


def sync(
    schedule_id: str,
    *,
    client: AuthenticatedClient | Client,
    x_durable_workflow_control_plane_version: str = "2",
    x_namespace: str | Unset = "default",
) -> ControlPlaneError | ScheduleReceipt | ScheduleRefusal | ServerFault | None:
    """Send the request and return the parsed body; for the arguments see `build_request`."""
    return sync_detailed(
        schedule_id=schedule_id,
        client=client,
        x_durable_workflow_control_plane_version=x_durable_workflow_control_plane_version,
        x_namespace=x_namespace,
    ).parsed


async def asyncio_detailed(
    schedule_id: str,
    *,
    client: AuthenticatedClient | Client,
    x_durable_workflow_control_plane_version: str = "2",
    x_namespace: str | Unset = "default",
) -> Response[ControlPlaneError | ScheduleReceipt | ScheduleRefusal | ServerFault]:
    """Send the request and return status, headers and parsed body; for the arguments see `build_request`."""
    request = build_request(
        schedule_id=schedule_id,
        x_durable_workflow_control_plane_version=x_durable_workflow_control_plane_version,
        x_namespace=x_namespace,
    )
    return _build_response(
        client, await client.get_async_httpx_client().request(**request.as_httpx_arguments())
    )


async def asyncio(
    schedule_id: str,
    *,
    client: AuthenticatedClient | Client,
    x_durable_workflow_control_plane_version: str = "2",
    x_namespace: str | Unset = "default",
) -> ControlPlaneError | ScheduleReceipt | ScheduleRefusal | ServerFault | None:
    """Send the request and return the parsed body; for the arguments see `build_request`."""
    return (
        await asyncio_detailed(
            schedule_id=schedule_id,
            client=client,
            x_durable_workflow_control_plane_version=x_durable_workflow_control_plane_version,
            x_namespace=x_namespace,
        )
    ).parsed
