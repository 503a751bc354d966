"""Planes and headers: which token and which version header a request carries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..errors import InvalidArgument

if TYPE_CHECKING:
    from durable_workflow_api.operations import Operation

    from ._settings import Settings

__all__ = ["CONTROL_VERSION_HEADER", "WORKER_VERSION_HEADER", "plane_headers", "token_parameters"]

CONTROL_VERSION_HEADER = "X-Durable-Workflow-Control-Plane-Version"
WORKER_VERSION_HEADER = "X-Durable-Workflow-Protocol-Version"

_CONTROL_VERSION = "2"
_TOKENS = {
    "control": ("control_token", "token"),
    "worker": ("worker_token", "token"),
    "service": ("token", "control_token", "worker_token"),
}


def token_parameters(plane: str) -> tuple[str, ...]:
    """Return the client parameters that may authorise calls of a plane, the strongest first.

    A plane's token never stands in for another plane's: a server may log what it refuses.
    """
    return _TOKENS[plane]


def plane_headers(settings: Settings, operation: Operation, worker_version: str | None) -> dict[str, str]:
    """Return the headers that a request of this operation needs because of its plane.

    Args:
        settings: the client.
        operation: row of the operation table.
        worker_version: negotiated worker protocol, for calls of the worker plane.

    Raises:
        InvalidArgument: a token or the namespace cannot be a header value.
    """
    headers: dict[str, str] = {}
    if operation.roles:
        headers.update(_authorization(settings, operation.plane))
        headers["X-Namespace"] = _header_value("namespace", settings.namespace)
    if operation.plane == "control":
        headers[CONTROL_VERSION_HEADER] = _CONTROL_VERSION
    elif operation.plane == "worker" and worker_version is not None:
        headers[WORKER_VERSION_HEADER] = worker_version
    return headers


def _authorization(settings: Settings, plane: str) -> dict[str, str]:
    for parameter in token_parameters(plane):
        token = getattr(settings, parameter)
        if token is not None:
            return {"Authorization": "Bearer " + _header_value(parameter, token)}
    return {}


def _header_value(parameter: str, value: Any) -> str:
    if isinstance(value, str) and value.strip() and value.isascii() and value.isprintable():
        return value
    raise InvalidArgument(f"{parameter} must be non-empty printable ASCII text")
