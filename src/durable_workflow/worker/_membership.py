"""The worker's standing with the server: what the server can do, registration, signs of life."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from durable_workflow.errors import CallError, NotSupportedByServer, WorkerNotRegistered
from durable_workflow.worker._catalogue import Catalogue
from durable_workflow.worker._options import Options
from durable_workflow.worker._trouble import insist, is_refused_token

if TYPE_CHECKING:
    from durable_workflow.client import Client

__all__ = ["Membership"]

_LOG = logging.getLogger("durable_workflow.worker")

_CONTROL_PLANE = "2"
_WORKER_PROTOCOL_MAJOR = "1"


class Membership:
    """One worker's registration.

    Attributes:
        capabilities: what the server said it can do for workers.
        registration: counts registrations, so that two pollers do not repair the same loss twice.
    """

    def __init__(self, client: Client, options: Options, catalogue: Catalogue) -> None:
        self.capabilities: Mapping[str, Any] = {}
        self.registration = 0
        self._client = client
        self._options = options
        self._catalogue = catalogue
        self._repair = asyncio.Lock()
        self._heartbeat_seconds = float(options.heartbeat_interval)

    async def join(self) -> None:
        """Check the server and register; waits for a server that is not there yet.

        Raises:
            NotSupportedByServer: the server speaks another protocol.
            CallError: the server refused.
        """
        info = await insist(self._client.get_cluster_info, what="cluster info")
        self.capabilities = checked_capabilities(info)
        await self._register()

    async def rejoin(self, lost: int) -> None:
        """Register again, unless somebody else did since.

        Args:
            lost: the registration that the server no longer knows.

        Raises:
            CallError: the server refused.
        """
        async with self._repair:
            # All of `join`: a server that forgot its workers may be another one, or another version.
            if lost == self.registration:
                _LOG.warning("worker %s is no longer registered; registering again", self._options.worker_id)
                await self.join()

    async def beat_forever(self) -> None:
        """Tell the server every few seconds that this worker is alive.

        Raises:
            Unauthorized: the server refuses the token.
            Forbidden: the token may not do this.
        """
        while True:
            await asyncio.sleep(self._heartbeat_seconds)
            seen = self.registration
            try:
                await self._client.heartbeat_worker(worker_id=self._options.worker_id)
            except WorkerNotRegistered:
                await self.rejoin(seen)
            except CallError as error:
                if is_refused_token(error):
                    raise
                _LOG.debug("heartbeat of worker %s failed: %s", self._options.worker_id, error)

    async def _register(self) -> None:
        options = self._options
        answer = await insist(
            lambda: self._client.register_worker(
                worker_id=options.worker_id,
                task_queue=options.task_queue,
                supported_workflow_types=sorted(self._catalogue.workflows),
                supported_activity_types=sorted(self._catalogue.activities),
                max_concurrent_workflow_tasks=options.workflow_slots,
                max_concurrent_activity_tasks=options.activity_slots,
            ),
            what="registration",
        )
        self.registration += 1
        wanted = answer.get("heartbeat_interval_seconds") if isinstance(answer, Mapping) else None
        if isinstance(wanted, int | float) and not isinstance(wanted, bool) and wanted > 0:
            self._heartbeat_seconds = min(float(wanted), float(self._options.heartbeat_interval))
        _LOG.info("worker %s is registered for task queue %s", options.worker_id, options.task_queue)


def checked_capabilities(info: Any) -> Mapping[str, Any]:
    """Return the capabilities in a cluster info of a server that this worker can work for.

    Args:
        info: the cluster info.

    Raises:
        NotSupportedByServer: another control plane, another worker protocol, or none at all.
    """
    control = _version(info, "control_plane")
    if control != _CONTROL_PLANE:
        raise _unsupported("control plane", control, _CONTROL_PLANE)
    protocol = _version(info, "worker_protocol")
    if protocol.partition(".")[0] != _WORKER_PROTOCOL_MAJOR:
        raise _unsupported("worker protocol", protocol, f"{_WORKER_PROTOCOL_MAJOR}.x")
    capabilities = info["worker_protocol"].get("server_capabilities")
    return capabilities if isinstance(capabilities, Mapping) else {}


def _version(info: Any, plane: str) -> str:
    manifest = info.get(plane) if isinstance(info, Mapping) else None
    version = manifest.get("version") if isinstance(manifest, Mapping) else None
    return "" if version is None else str(version)


def _unsupported(what: str, found: str, needed: str) -> NotSupportedByServer:
    return NotSupportedByServer(
        f"the server offers {what} {found or 'of no stated version'}, this worker needs {needed}; "
        "check the server's URL, or use a version of durable-workflow made for it",
        operation="getClusterInfo",
    )
