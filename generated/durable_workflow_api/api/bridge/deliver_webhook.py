# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
"""The operation `deliverWebhook`: POST /api/bridge-adapters/webhook/{adapter}."""

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
    from ...models.server_fault import ServerFault
    from ...models.signal_workflow_event import SignalWorkflowEvent
    from ...models.start_workflow_event import StartWorkflowEvent
    from ...models.update_workflow_event import UpdateWorkflowEvent
    from ...models.webhook_outcome import WebhookOutcome
    from ...models.webhook_refusal import WebhookRefusal


__all__ = ["asyncio", "asyncio_detailed", "build_request", "parse_response", "sync", "sync_detailed"]


def build_request(
    adapter: str,
    *,
    body: SignalWorkflowEvent | StartWorkflowEvent | UpdateWorkflowEvent,
    x_durable_workflow_control_plane_version: str = "2",
    x_namespace: str | Unset = "default",
) -> RequestParts:
    """Turn an external event into a command.

    For systems that can only call a webhook. The event names the command by `action` and itself by
    `idempotency_key`: a repeated delivery of the same key to the same adapter changes nothing and is
    answered 200 `duplicate`. A start without `workflow_id` gets the id `bridge-<adapter>-` and the
    first 32 hex digits of the key's sha256. A start that is refused because its workflow id is taken is
    reported as 202 with `control_plane_outcome: rejected_duplicate`.

    Args:
        adapter (str): The name of the adapter, chosen by the operator who points a webhook here.
        x_durable_workflow_control_plane_version (str): The control-plane version that the client
            speaks. Default: '2'.
        x_namespace (str | Unset): The namespace of everything that the request names. Read
            without regard to case. Default: 'default'.
        body (SignalWorkflowEvent | StartWorkflowEvent | UpdateWorkflowEvent): One external event
            and the command that it means, told apart by `action`.

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

    from ...models.signal_workflow_event import SignalWorkflowEvent
    from ...models.start_workflow_event import StartWorkflowEvent

    _json: Any

    if isinstance(body, StartWorkflowEvent):
        _json = body.to_dict()
    elif isinstance(body, SignalWorkflowEvent):
        _json = body.to_dict()
    else:
        _json = body.to_dict()

    return RequestParts(
        operation_id="deliverWebhook",
        method="POST",
        path=f"/api/bridge-adapters/webhook/{quote_path(adapter)}",
        query=_query,
        headers=_headers,
        json=_json,
    )


def parse_response(
    *, status_code: int, headers: Mapping[str, str], content: bytes
) -> ControlPlaneError | ServerFault | WebhookOutcome | WebhookRefusal:
    """Parse an answer to `deliverWebhook`.

    Args:
        status_code: The HTTP status.
        headers: The headers of the answer.
        content: The body as received.

    Raises:
        errors.UnexpectedStatus: The spec does not document this status.
        KeyError, TypeError, ValueError: The body is not what the spec says.
    """
    if status_code in (200, 202):
        from ...models.webhook_outcome import WebhookOutcome

        return WebhookOutcome.from_dict(json.loads(content))

    if status_code in (400, 401, 403, 404, 413, 415):
        from ...models.control_plane_error import ControlPlaneError

        return ControlPlaneError.from_dict(json.loads(content))

    if status_code == 422:
        from ...models.webhook_refusal import WebhookRefusal

        return WebhookRefusal.from_dict(json.loads(content))

    if status_code == 500:
        from ...models.server_fault import ServerFault

        return ServerFault.from_dict(json.loads(content))

    raise errors.UnexpectedStatus(status_code, content)


def _build_response(
    client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[ControlPlaneError | ServerFault | WebhookOutcome | WebhookRefusal]:
    parsed: ControlPlaneError | ServerFault | WebhookOutcome | WebhookRefusal | None = None
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
    adapter: str,
    *,
    client: AuthenticatedClient | Client,
    body: SignalWorkflowEvent | StartWorkflowEvent | UpdateWorkflowEvent,
    x_durable_workflow_control_plane_version: str = "2",
    x_namespace: str | Unset = "default",
) -> Response[ControlPlaneError | ServerFault | WebhookOutcome | WebhookRefusal]:
    """Send the request and return status, headers and parsed body; for the arguments see `build_request`."""
    request = build_request(
        adapter=adapter,
        body=body,
        x_durable_workflow_control_plane_version=x_durable_workflow_control_plane_version,
        x_namespace=x_namespace,
    )
    return _build_response(client, client.get_httpx_client().request(**request.as_httpx_arguments()))


def sync(
    adapter: str,
    *,
    client: AuthenticatedClient | Client,
    body: SignalWorkflowEvent | StartWorkflowEvent | UpdateWorkflowEvent,
    x_durable_workflow_control_plane_version: str = "2",
    x_namespace: str | Unset = "default",
) -> ControlPlaneError | ServerFault | WebhookOutcome | WebhookRefusal | None:
    """Send the request and return the parsed body; for the arguments see `build_request`."""
    return sync_detailed(
        adapter=adapter,
        client=client,
        body=body,
        x_durable_workflow_control_plane_version=x_durable_workflow_control_plane_version,
        x_namespace=x_namespace,
    ).parsed


async def asyncio_detailed(
    adapter: str,
    *,
    client: AuthenticatedClient | Client,
    body: SignalWorkflowEvent | StartWorkflowEvent | UpdateWorkflowEvent,
    x_durable_workflow_control_plane_version: str = "2",
    x_namespace: str | Unset = "default",
) -> Response[ControlPlaneError | ServerFault | WebhookOutcome | WebhookRefusal]:
    """Send the request and return status, headers and parsed body; for the arguments see `build_request`."""
    request = build_request(
        adapter=adapter,
        body=body,
        x_durable_workflow_control_plane_version=x_durable_workflow_control_plane_version,
        x_namespace=x_namespace,
    )
    return _build_response(
        client, await client.get_async_httpx_client().request(**request.as_httpx_arguments())
    )


async def asyncio(
    adapter: str,
    *,
    client: AuthenticatedClient | Client,
    body: SignalWorkflowEvent | StartWorkflowEvent | UpdateWorkflowEvent,
    x_durable_workflow_control_plane_version: str = "2",
    x_namespace: str | Unset = "default",
) -> ControlPlaneError | ServerFault | WebhookOutcome | WebhookRefusal | None:
    """Send the request and return the parsed body; for the arguments see `build_request`."""
    return (
        await asyncio_detailed(
            adapter=adapter,
            client=client,
            body=body,
            x_durable_workflow_control_plane_version=x_durable_workflow_control_plane_version,
            x_namespace=x_namespace,
        )
    ).parsed
