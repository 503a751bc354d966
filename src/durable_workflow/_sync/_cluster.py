# Generated from src/durable_workflow/client by ./codegen.sh. Never edit: run ./codegen.sh.
"""The server itself: health, and what it says that it can do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from durable_workflow_api.api.cluster import get_cluster_info
from durable_workflow_api.api.health import get_health

from .._client_common import capabilities
from ..errors import CallError, NotSupportedByServer
from ._base import ClientBase

if TYPE_CHECKING:
    from ..transport import Answer, Call

__all__ = ["ClusterCalls"]


class ClusterCalls(ClientBase):
    """Calls of the service plane, and decisions by their answers."""

    def health(self) -> dict[str, Any]:
        """Ask the server whether it serves.

        Operation `getHealth`; needs no token.

        Returns:
            The answer as plain JSON, with `status` and `checks`.

        Raises:
            ServerError: the server is there and not healthy (503).
            CallError: it is not there.
        """
        from durable_workflow_api.models import HealthStatus

        parts = get_health.build_request()
        status = self._transport.call(parts, get_health.parse_response, HealthStatus)
        return status.to_dict()

    def get_cluster_info(self) -> dict[str, Any]:
        """Fetch the server's identity, capabilities and protocol manifests.

        Operation `getClusterInfo`; any valid token will do.

        Returns:
            The answer as plain JSON.

        Raises:
            Unauthorized: the server wants a token, or another one.
            CallError: the call did not end well.
        """
        self._info.forget()
        return self._known_info()

    def _known_info(self) -> dict[str, Any]:
        return self._info.get(self._fetch_info)

    def _fetch_info(self) -> dict[str, Any]:
        parts = get_cluster_info.build_request()
        info = self._transport.call(parts, get_cluster_info.parse_response, dict)
        self.payload_gate.note_info(info)
        return info

    def _protocol_version(self) -> str:
        if self._worker_version is None:
            info = self._known_info()
            protocol = info.get("worker_protocol")
            advertised = protocol.get("version") if isinstance(protocol, dict) else None
            self._worker_version = capabilities.worker_version(advertised)
        return self._worker_version

    def _advertises(self, capability: str) -> bool:
        """Return True if the server is known to have a capability; a server that does not say has not."""
        try:
            info = self._known_info()
        except CallError:
            return False
        return capabilities.advertises(info, capability)

    def _require_policy(self, policy: str) -> bool:
        """Return whether starts of the server are deduplicated, once it takes the duplicate policy.

        Raises:
            NotSupportedByServer: it does not; nothing was sent.
        """
        info = self._known_info()
        known = capabilities.start_policies(info)
        if policy not in known:
            takes = ", ".join(known) or "no other"
            raise NotSupportedByServer(
                f"this server does not take duplicate_policy {policy!r}; it takes {takes}",
                operation="startWorkflow",
            )
        return capabilities.advertises(info, "start_idempotency_key")

    def _run_keyed(self, call: Call, capability: str) -> Answer:
        """Run a call that carries a key: repeated only on servers that recognise the key."""
        try:
            return self._transport.run(call)
        except CallError:
            if not call.obstacle or not self._advertises(capability):
                raise
        call.allow_repeats()
        return self._transport.run(call)
