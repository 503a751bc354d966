"""Planes and headers: which token and which version header a request carries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..errors import InvalidArgument

if TYPE_CHECKING:
    from durable_workflow_api.operations import Operation

    from ._settings import Settings, Token

__all__ = [
    "CONTROL_VERSION_HEADER",
    "WORKER_VERSION_HEADER",
    "Credential",
    "credential_of",
    "plane_headers",
    "token_parameters",
]

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
        headers["X-Namespace"] = _header_value("namespace", settings.namespace)
    if operation.plane == "control":
        headers[CONTROL_VERSION_HEADER] = _CONTROL_VERSION
    elif operation.plane == "worker" and worker_version is not None:
        headers[WORKER_VERSION_HEADER] = worker_version
    return headers


@dataclass(frozen=True, slots=True)
class Credential:
    """The token of a plane.

    Args:
        parameter: the client's parameter that it came from.
        source: the token, or what returns it.
    """

    parameter: str
    source: Token

    @property
    def is_rotating(self) -> bool:
        """Whether the token is asked for anew for every attempt."""
        return callable(self.source)

    def header(self, token: Any) -> str:
        """Return the header value for a token.

        Raises:
            InvalidArgument: the token cannot be a header value.
        """
        return "Bearer " + _header_value(self.parameter, token)


def credential_of(settings: Settings, operation: Operation) -> Credential | None:
    """Return the token that calls of an operation carry, None if they carry none."""
    if not operation.roles:
        return None
    for parameter in token_parameters(operation.plane):
        source = getattr(settings, parameter)
        if source is not None:
            return Credential(parameter, source)
    return None


def _header_value(parameter: str, value: Any) -> str:
    if isinstance(value, str) and value.strip() and value.isascii() and value.isprintable():
        return value
    raise InvalidArgument(f"{parameter} must be non-empty printable ASCII text")
