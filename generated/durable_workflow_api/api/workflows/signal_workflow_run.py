# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
"""The operation `signalWorkflowRun`: POST /api/workflows/{workflow_id}/runs/{run_id}/signal/{signal_name}."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ... import errors
from ...types import UNSET, RequestParts, Response, Unset, quote_path

if TYPE_CHECKING:
    import httpx

    from ...client import AuthenticatedClient, Client
    from ...models.command_refusal import CommandRefusal
    from ...models.control_plane_error import ControlPlaneError
    from ...models.server_fault import ServerFault
    from ...models.signal_workflow_request import SignalWorkflowRequest
    from ...models.signal_workflow_response import SignalWorkflowResponse


__all__ = ["asyncio", "asyncio_detailed", "build_request", "parse_response", "sync", "sync_detailed"]


def build_request(
    workflow_id: str,
    run_id: str,
    signal_name: str,
    *,
    body: SignalWorkflowRequest | Unset = UNSET,
    x_durable_workflow_control_plane_version: str = "2",
    x_namespace: str | Unset = "default",
) -> RequestParts:
    """Send a signal to a workflow if the named run is still its newest.

    Like signalWorkflow, but refused with 409 when the path names any other run than the newest.

    Args:
        workflow_id (str): Names a workflow. Chosen by the caller, or a lower-case ULID made by
            the server.
        run_id (str): An id made by the server. Compare it as it is, case included.
        signal_name (str): The name of the signal, at most 256 bytes and without control
            characters.
        x_durable_workflow_control_plane_version (str): The control-plane version that the client
            speaks. Default: '2'.
        x_namespace (str | Unset): The namespace of everything that the request names. Read
            without regard to case. Default: 'default'.
        body (SignalWorkflowRequest | Unset): The arguments of a signal.

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
        operation_id="signalWorkflowRun",
        method="POST",
        path=f"/api/workflows/{quote_path(workflow_id)}/runs/{quote_path(run_id)}/signal/{quote_path(signal_name)}",
        query=_query,
        headers=_headers,
        json=_json,
    )


def parse_response(
    *, status_code: int, headers: Mapping[str, str], content: bytes
) -> CommandRefusal | ControlPlaneError | ServerFault | SignalWorkflowResponse:
    """Parse an answer to `signalWorkflowRun`.

    Args:
        status_code: The HTTP status.
        headers: The headers of the answer.
        content: The body as received.

    Raises:
        errors.UnexpectedStatus: The spec does not document this status.
        KeyError, TypeError, ValueError: The body is not what the spec says.
    """
    if status_code == 202:
        from ...models.signal_workflow_response import SignalWorkflowResponse

        return SignalWorkflowResponse.from_dict(json.loads(content))

    if status_code in (400, 401, 403, 413, 415):
        from ...models.control_plane_error import ControlPlaneError

        return ControlPlaneError.from_dict(json.loads(content))

    if status_code in (404, 409, 422):
        from ...models.command_refusal import CommandRefusal

        return CommandRefusal.from_dict(json.loads(content))

    if status_code == 500:
        from ...models.server_fault import ServerFault

        return ServerFault.from_dict(json.loads(content))

    raise errors.UnexpectedStatus(status_code, content)


def _build_response(
    client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[CommandRefusal | ControlPlaneError | ServerFault | SignalWorkflowResponse]:
    parsed: CommandRefusal | ControlPlaneError | ServerFault | SignalWorkflowResponse | None = None
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
    run_id: str,
    signal_name: str,
    *,
    client: AuthenticatedClient | Client,
    body: SignalWorkflowRequest | Unset = UNSET,
    x_durable_workflow_control_plane_version: str = "2",
    x_namespace: str | Unset = "default",
) -> Response[CommandRefusal | ControlPlaneError | ServerFault | SignalWorkflowResponse]:
    """Send the request and return status, headers and parsed body; for the arguments see `build_request`."""
    request = build_request(
        workflow_id=workflow_id,
        run_id=run_id,
        signal_name=signal_name,
        body=body,
        x_durable_workflow_control_plane_version=x_durable_workflow_control_plane_version,
        x_namespace=x_namespace,
    )
    return _build_response(client, client.get_httpx_client().request(**request.as_httpx_arguments()))


def sync(
    workflow_id: str,
    run_id: str,
    signal_name: str,
    *,
    client: AuthenticatedClient | Client,
    body: SignalWorkflowRequest | Unset = UNSET,
    x_durable_workflow_control_plane_version: str = "2",
    x_namespace: str | Unset = "default",
) -> CommandRefusal | ControlPlaneError | ServerFault | SignalWorkflowResponse | None:
    """Send the request and return the parsed body; for the arguments see `build_request`."""
    return sync_detailed(
        workflow_id=workflow_id,
        run_id=run_id,
        signal_name=signal_name,
        client=client,
        body=body,
        x_durable_workflow_control_plane_version=x_durable_workflow_control_plane_version,
        x_namespace=x_namespace,
    ).parsed


async def asyncio_detailed(
    workflow_id: str,
    run_id: str,
    signal_name: str,
    *,
    client: AuthenticatedClient | Client,
    body: SignalWorkflowRequest | Unset = UNSET,
    x_durable_workflow_control_plane_version: str = "2",
    x_namespace: str | Unset = "default",
) -> Response[CommandRefusal | ControlPlaneError | ServerFault | SignalWorkflowResponse]:
    """Send the request and return status, headers and parsed body; for the arguments see `build_request`."""
    request = build_request(
        workflow_id=workflow_id,
        run_id=run_id,
        signal_name=signal_name,
        body=body,
        x_durable_workflow_control_plane_version=x_durable_workflow_control_plane_version,
        x_namespace=x_namespace,
    )
    return _build_response(
        client, await client.get_async_httpx_client().request(**request.as_httpx_arguments())
    )


async def asyncio(
    workflow_id: str,
    run_id: str,
    signal_name: str,
    *,
    client: AuthenticatedClient | Client,
    body: SignalWorkflowRequest | Unset = UNSET,
    x_durable_workflow_control_plane_version: str = "2",
    x_namespace: str | Unset = "default",
) -> CommandRefusal | ControlPlaneError | ServerFault | SignalWorkflowResponse | None:
    """Send the request and return the parsed body; for the arguments see `build_request`."""
    return (
        await asyncio_detailed(
            workflow_id=workflow_id,
            run_id=run_id,
            signal_name=signal_name,
            client=client,
            body=body,
            x_durable_workflow_control_plane_version=x_durable_workflow_control_plane_version,
            x_namespace=x_namespace,
        )
    ).parsed
