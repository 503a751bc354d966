# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
"""The operation `updateWorkflow`: POST /api/workflows/{workflow_id}/update/{update_name}."""

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
    from ...models.server_fault import ServerFault
    from ...models.update_workflow_request import UpdateWorkflowRequest
    from ...models.update_workflow_response import UpdateWorkflowResponse


__all__ = ["asyncio", "asyncio_detailed", "build_request", "parse_response", "sync", "sync_detailed"]


def build_request(
    workflow_id: str,
    update_name: str,
    *,
    body: UpdateWorkflowRequest | Unset = UNSET,
    x_durable_workflow_control_plane_version: str = "2",
    x_namespace: str | Unset = "default",
) -> RequestParts:
    """Run an update handler in the newest run of a workflow.

    Records `UpdateAccepted` and wakes the run; the worker answers with a result or a failure. With
    `wait_for: completed` the server waits for that, with 200 for a result, 422 for a failure and 202
    when the wait is over first. The end of a wait does not end the update. A rejected update is
    recorded too and has an id. Servers check in this order: never started, closed, name, arguments,
    earlier signals, definition, limits.

    Args:
        workflow_id (str): Names a workflow. Chosen by the caller, or a lower-case ULID made by
            the server.
        update_name (str): The name of the update, at most 256 bytes and without control
            characters.
        x_durable_workflow_control_plane_version (str): The control-plane version that the client
            speaks. Default: '2'.
        x_namespace (str | Unset): The namespace of everything that the request names. Read
            without regard to case. Default: 'default'.
        body (UpdateWorkflowRequest | Unset): The arguments of an update and how long to wait for
            it. A member `wait_policy` is refused.

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
        operation_id="updateWorkflow",
        method="POST",
        path=f"/api/workflows/{quote_path(workflow_id)}/update/{quote_path(update_name)}",
        query=_query,
        headers=_headers,
        json=_json,
    )


def parse_response(
    *, status_code: int, headers: Mapping[str, str], content: bytes
) -> ControlPlaneError | ControlPlaneError | UpdateWorkflowResponse | ServerFault | UpdateWorkflowResponse:
    """Parse an answer to `updateWorkflow`.

    Args:
        status_code: The HTTP status.
        headers: The headers of the answer.
        content: The body as received.

    Raises:
        errors.UnexpectedStatus: The spec does not document this status.
        KeyError, TypeError, ValueError: The body is not what the spec says.
    """
    if status_code in (200, 202):
        from ...models.update_workflow_response import UpdateWorkflowResponse

        return UpdateWorkflowResponse.from_dict(json.loads(content))

    if status_code in (400, 401, 403, 413, 415):
        from ...models.control_plane_error import ControlPlaneError

        return ControlPlaneError.from_dict(json.loads(content))

    if status_code == 404:
        from ...models.control_plane_error import ControlPlaneError
        from ...models.update_workflow_response import UpdateWorkflowResponse

        def _parse_response_404(data: object) -> ControlPlaneError | UpdateWorkflowResponse:
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                componentsschemas_update_refusal_type_0 = UpdateWorkflowResponse.from_dict(data)

                return componentsschemas_update_refusal_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            if not isinstance(data, dict):
                raise TypeError("response_404 has the wrong type")
            componentsschemas_update_refusal_type_1 = ControlPlaneError.from_dict(data)

            return componentsschemas_update_refusal_type_1

        response_404 = _parse_response_404(json.loads(content))

        return response_404

    if status_code == 409:
        from ...models.control_plane_error import ControlPlaneError
        from ...models.update_workflow_response import UpdateWorkflowResponse

        def _parse_response_409(data: object) -> ControlPlaneError | UpdateWorkflowResponse:
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                componentsschemas_update_refusal_type_0 = UpdateWorkflowResponse.from_dict(data)

                return componentsschemas_update_refusal_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            if not isinstance(data, dict):
                raise TypeError("response_409 has the wrong type")
            componentsschemas_update_refusal_type_1 = ControlPlaneError.from_dict(data)

            return componentsschemas_update_refusal_type_1

        response_409 = _parse_response_409(json.loads(content))

        return response_409

    if status_code == 422:
        from ...models.control_plane_error import ControlPlaneError
        from ...models.update_workflow_response import UpdateWorkflowResponse

        def _parse_response_422(data: object) -> ControlPlaneError | UpdateWorkflowResponse:
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                componentsschemas_update_refusal_type_0 = UpdateWorkflowResponse.from_dict(data)

                return componentsschemas_update_refusal_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            if not isinstance(data, dict):
                raise TypeError("response_422 has the wrong type")
            componentsschemas_update_refusal_type_1 = ControlPlaneError.from_dict(data)

            return componentsschemas_update_refusal_type_1

        response_422 = _parse_response_422(json.loads(content))

        return response_422

    if status_code == 500:
        from ...models.server_fault import ServerFault

        return ServerFault.from_dict(json.loads(content))

    if status_code == 504:
        from ...models.control_plane_error import ControlPlaneError
        from ...models.update_workflow_response import UpdateWorkflowResponse

        def _parse_response_504(data: object) -> ControlPlaneError | UpdateWorkflowResponse:
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                componentsschemas_update_refusal_type_0 = UpdateWorkflowResponse.from_dict(data)

                return componentsschemas_update_refusal_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            if not isinstance(data, dict):
                raise TypeError("response_504 has the wrong type")
            componentsschemas_update_refusal_type_1 = ControlPlaneError.from_dict(data)

            return componentsschemas_update_refusal_type_1

        response_504 = _parse_response_504(json.loads(content))

        return response_504

    raise errors.UnexpectedStatus(status_code, content)


def _build_response(
    client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[
    ControlPlaneError | ControlPlaneError | UpdateWorkflowResponse | ServerFault | UpdateWorkflowResponse
]:
    parsed: (
        ControlPlaneError
        | ControlPlaneError
        | UpdateWorkflowResponse
        | ServerFault
        | UpdateWorkflowResponse
        | None
    ) = None
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
    update_name: str,
    *,
    client: AuthenticatedClient | Client,
    body: UpdateWorkflowRequest | Unset = UNSET,
    x_durable_workflow_control_plane_version: str = "2",
    x_namespace: str | Unset = "default",
) -> Response[
    ControlPlaneError | ControlPlaneError | UpdateWorkflowResponse | ServerFault | UpdateWorkflowResponse
]:
    """Send the request and return status, headers and parsed body; for the arguments see `build_request`."""
    request = build_request(
        workflow_id=workflow_id,
        update_name=update_name,
        body=body,
        x_durable_workflow_control_plane_version=x_durable_workflow_control_plane_version,
        x_namespace=x_namespace,
    )
    return _build_response(client, client.get_httpx_client().request(**request.as_httpx_arguments()))


def sync(
    workflow_id: str,
    update_name: str,
    *,
    client: AuthenticatedClient | Client,
    body: UpdateWorkflowRequest | Unset = UNSET,
    x_durable_workflow_control_plane_version: str = "2",
    x_namespace: str | Unset = "default",
) -> (
    ControlPlaneError
    | ControlPlaneError
    | UpdateWorkflowResponse
    | ServerFault
    | UpdateWorkflowResponse
    | None
):
    """Send the request and return the parsed body; for the arguments see `build_request`."""
    return sync_detailed(
        workflow_id=workflow_id,
        update_name=update_name,
        client=client,
        body=body,
        x_durable_workflow_control_plane_version=x_durable_workflow_control_plane_version,
        x_namespace=x_namespace,
    ).parsed


async def asyncio_detailed(
    workflow_id: str,
    update_name: str,
    *,
    client: AuthenticatedClient | Client,
    body: UpdateWorkflowRequest | Unset = UNSET,
    x_durable_workflow_control_plane_version: str = "2",
    x_namespace: str | Unset = "default",
) -> Response[
    ControlPlaneError | ControlPlaneError | UpdateWorkflowResponse | ServerFault | UpdateWorkflowResponse
]:
    """Send the request and return status, headers and parsed body; for the arguments see `build_request`."""
    request = build_request(
        workflow_id=workflow_id,
        update_name=update_name,
        body=body,
        x_durable_workflow_control_plane_version=x_durable_workflow_control_plane_version,
        x_namespace=x_namespace,
    )
    return _build_response(
        client, await client.get_async_httpx_client().request(**request.as_httpx_arguments())
    )


async def asyncio(
    workflow_id: str,
    update_name: str,
    *,
    client: AuthenticatedClient | Client,
    body: UpdateWorkflowRequest | Unset = UNSET,
    x_durable_workflow_control_plane_version: str = "2",
    x_namespace: str | Unset = "default",
) -> (
    ControlPlaneError
    | ControlPlaneError
    | UpdateWorkflowResponse
    | ServerFault
    | UpdateWorkflowResponse
    | None
):
    """Send the request and return the parsed body; for the arguments see `build_request`."""
    return (
        await asyncio_detailed(
            workflow_id=workflow_id,
            update_name=update_name,
            client=client,
            body=body,
            x_durable_workflow_control_plane_version=x_durable_workflow_control_plane_version,
            x_namespace=x_namespace,
        )
    ).parsed
