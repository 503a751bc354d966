# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
"""The operation `startWorkflow`: POST /api/workflows."""

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
    from ...models.start_workflow_conflict import StartWorkflowConflict
    from ...models.start_workflow_request import StartWorkflowRequest
    from ...models.start_workflow_response import StartWorkflowResponse


__all__ = ["asyncio", "asyncio_detailed", "build_request", "parse_response", "sync", "sync_detailed"]


def build_request(
    *,
    body: StartWorkflowRequest,
    x_durable_workflow_control_plane_version: str = "2",
    x_namespace: str | Unset = "default",
    idempotency_key: str | Unset = UNSET,
) -> RequestParts:
    """Start a workflow.

    Creates the workflow and its first run, records `StartAccepted` and `WorkflowStarted`, and makes the
    first workflow task ready on the task queue. What happens when the `workflow_id` is taken depends on
    `duplicate_policy`; the answer's `outcome` says which case it was.

    The members `workflow_execution_timeout`, `workflow_run_timeout`, `workflow_task_timeout`,
    `retry_policy`, `idempotency_key` and `request_id` are refused by name with 422, even when null.

    Args:
        x_durable_workflow_control_plane_version (str): The control-plane version that the client
            speaks. Default: '2'.
        x_namespace (str | Unset): The namespace of everything that the request names. Read
            without regard to case. Default: 'default'.
        idempotency_key (str | Unset): Names this start for its repeats: a server that advertises
            the capability answers a repeat with the same key and the same request as it answered the
            first, and one with another request with 409 `request_id_conflict`.
        body (StartWorkflowRequest): What to start, where it runs and with which arguments.

    Returns:
        The request; nothing is sent.
    """
    _headers: dict[str, str] = {}
    _headers["X-Durable-Workflow-Control-Plane-Version"] = x_durable_workflow_control_plane_version

    if not isinstance(x_namespace, Unset):
        _headers["X-Namespace"] = x_namespace

    if not isinstance(idempotency_key, Unset):
        _headers["Idempotency-Key"] = idempotency_key

    _query: dict[str, Any] = {}

    _json = body.to_dict()

    return RequestParts(
        operation_id="startWorkflow",
        method="POST",
        path="/api/workflows",
        query=_query,
        headers=_headers,
        json=_json,
    )


def parse_response(
    *, status_code: int, headers: Mapping[str, str], content: bytes
) -> ControlPlaneError | ServerFault | StartWorkflowConflict | StartWorkflowResponse:
    """Parse an answer to `startWorkflow`.

    Args:
        status_code: The HTTP status.
        headers: The headers of the answer.
        content: The body as received.

    Raises:
        errors.UnexpectedStatus: The spec does not document this status.
        KeyError, TypeError, ValueError: The body is not what the spec says.
    """
    if status_code in (200, 201):
        from ...models.start_workflow_response import StartWorkflowResponse

        return StartWorkflowResponse.from_dict(json.loads(content))

    if status_code in (400, 401, 403, 404, 413, 415, 422):
        from ...models.control_plane_error import ControlPlaneError

        return ControlPlaneError.from_dict(json.loads(content))

    if status_code == 409:
        from ...models.start_workflow_conflict import StartWorkflowConflict

        return StartWorkflowConflict.from_dict(json.loads(content))

    if status_code == 500:
        from ...models.server_fault import ServerFault

        return ServerFault.from_dict(json.loads(content))

    raise errors.UnexpectedStatus(status_code, content)


def _build_response(
    client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[ControlPlaneError | ServerFault | StartWorkflowConflict | StartWorkflowResponse]:
    parsed: ControlPlaneError | ServerFault | StartWorkflowConflict | StartWorkflowResponse | None = None
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
    body: StartWorkflowRequest,
    x_durable_workflow_control_plane_version: str = "2",
    x_namespace: str | Unset = "default",
    idempotency_key: str | Unset = UNSET,
) -> Response[ControlPlaneError | ServerFault | StartWorkflowConflict | StartWorkflowResponse]:
    """Send the request and return status, headers and parsed body; for the arguments see `build_request`."""
    request = build_request(
        body=body,
        x_durable_workflow_control_plane_version=x_durable_workflow_control_plane_version,
        x_namespace=x_namespace,
        idempotency_key=idempotency_key,
    )
    return _build_response(client, client.get_httpx_client().request(**request.as_httpx_arguments()))


def sync(
    *,
    client: AuthenticatedClient | Client,
    body: StartWorkflowRequest,
    x_durable_workflow_control_plane_version: str = "2",
    x_namespace: str | Unset = "default",
    idempotency_key: str | Unset = UNSET,
) -> ControlPlaneError | ServerFault | StartWorkflowConflict | StartWorkflowResponse | None:
    """Send the request and return the parsed body; for the arguments see `build_request`."""
    return sync_detailed(
        client=client,
        body=body,
        x_durable_workflow_control_plane_version=x_durable_workflow_control_plane_version,
        x_namespace=x_namespace,
        idempotency_key=idempotency_key,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: StartWorkflowRequest,
    x_durable_workflow_control_plane_version: str = "2",
    x_namespace: str | Unset = "default",
    idempotency_key: str | Unset = UNSET,
) -> Response[ControlPlaneError | ServerFault | StartWorkflowConflict | StartWorkflowResponse]:
    """Send the request and return status, headers and parsed body; for the arguments see `build_request`."""
    request = build_request(
        body=body,
        x_durable_workflow_control_plane_version=x_durable_workflow_control_plane_version,
        x_namespace=x_namespace,
        idempotency_key=idempotency_key,
    )
    return _build_response(
        client, await client.get_async_httpx_client().request(**request.as_httpx_arguments())
    )


async def asyncio(
    *,
    client: AuthenticatedClient | Client,
    body: StartWorkflowRequest,
    x_durable_workflow_control_plane_version: str = "2",
    x_namespace: str | Unset = "default",
    idempotency_key: str | Unset = UNSET,
) -> ControlPlaneError | ServerFault | StartWorkflowConflict | StartWorkflowResponse | None:
    """Send the request and return the parsed body; for the arguments see `build_request`."""
    return (
        await asyncio_detailed(
            client=client,
            body=body,
            x_durable_workflow_control_plane_version=x_durable_workflow_control_plane_version,
            x_namespace=x_namespace,
            idempotency_key=idempotency_key,
        )
    ).parsed
