"""The two planes: how each one checks its version and dresses its answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from durable_workflow.server._calls import Reply
from durable_workflow.server._control_plane import control_plane_object
from durable_workflow.server._versions import (
    CONTROL_PLANE_HEADER,
    CONTROL_PLANE_VERSION,
    WORKER_PROTOCOL_HEADER,
    WORKER_PROTOCOL_VERSION,
    check_control_plane_version,
    check_worker_protocol_version,
)

if TYPE_CHECKING:
    from durable_workflow_api.operations import Operation

__all__ = ["NO_STORE", "Dressed", "Planes"]

NO_STORE = {"cache-control": "no-cache, private"}
_WORKER_PREFIX = "/api/worker/"
_PATH_MEMBERS = {"workflowId": "workflow_id", "runId": "run_id"}


@dataclass(frozen=True, slots=True)
class Dressed:
    """A reply with everything that its plane adds."""

    status: int
    body: dict[str, Any]
    headers: dict[str, str]


class Planes:
    """Adds to replies what callers of each plane expect.

    Args:
        server_capabilities: The object that every worker-plane answer repeats.
    """

    def __init__(self, server_capabilities: Mapping[str, Any]) -> None:
        self._worker_members = {
            "protocol_version": WORKER_PROTOCOL_VERSION,
            "server_capabilities": server_capabilities,
        }

    def check_version(self, operation: Operation, headers: Mapping[str, str]) -> None:
        """Do nothing if the request names a version of the operation's plane that is served.

        Raises:
            Refusal: If it does not.
        """
        if operation.plane == "control":
            check_control_plane_version(headers)
        elif operation.plane == "worker":
            check_worker_protocol_version(headers)

    def dress(self, operation: Operation, path: Mapping[str, str], reply: Reply) -> Dressed:
        """Return the reply of an operation with the envelope and headers of its plane.

        Args:
            operation: The operation.
            path: The path parameters of the request.
            reply: The reply.
        """
        if operation.plane == "worker":
            return self._worker(reply)
        if operation.plane == "service" and reply.status in (200, 503):
            return Dressed(reply.status, reply.body, dict(NO_STORE))
        return self._control(operation.id, path, reply)

    def dress_stray(self, raw_path: str, reply: Reply) -> Dressed:
        """Return a reply to a request that met no operation, dressed for the plane of its path."""
        if raw_path.startswith(_WORKER_PREFIX):
            return self._worker(reply)
        return Dressed(reply.status, reply.body, {**NO_STORE, CONTROL_PLANE_HEADER: CONTROL_PLANE_VERSION})

    def _worker(self, reply: Reply) -> Dressed:
        headers = {**NO_STORE, WORKER_PROTOCOL_HEADER: WORKER_PROTOCOL_VERSION}
        return Dressed(reply.status, {**reply.body, **self._worker_members}, headers)

    def _control(self, operation_id: str, path: Mapping[str, str], reply: Reply) -> Dressed:
        headers = {**NO_STORE, CONTROL_PLANE_HEADER: CONTROL_PLANE_VERSION}
        body = dict(reply.body)
        for parameter, member in _PATH_MEMBERS.items():
            if parameter in path:
                body.setdefault(member, path[parameter])
        metadata = control_plane_object(operation_id, path, body)
        if metadata is not None:
            body["control_plane"] = metadata
        return Dressed(reply.status, body, headers)
