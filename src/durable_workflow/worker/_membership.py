"""The worker's standing with the server: what the server can do, registration, signs of life."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from durable_workflow.errors import (
    CallError,
    DefinitionError,
    NotSupportedByServer,
    ServerError,
    WorkerNotFound,
    WorkerNotRegistered,
)
from durable_workflow.worker._catalogue import Catalogue
from durable_workflow.worker._fingerprints import fingerprints
from durable_workflow.worker._options import Options
from durable_workflow.worker._trouble import insist, is_refused_token

if TYPE_CHECKING:
    from durable_workflow.client import Client

__all__ = ["Membership"]

_LOG = logging.getLogger("durable_workflow.worker")

_ALWAYS = ("query_tasks", "workflow_updates")
_IF_OFFERED = ("answers_any_update", "cancellation_delivery", "memo_upserts")
_STICKY = ("sticky_execution", "sticky_history_tail")
_GOODBYE_SECONDS = 3.0
_CONTROL_PLANE = "2"
_WORKER_PROTOCOL_MAJOR = "1"


class Membership:
    """One worker's registration.

    Attributes:
        capabilities: what the server said it can do for workers.
        registration: counts registrations, so that two pollers do not repair the same loss twice.
        last_heard_at: when the server last heard of this worker (UTC).
    """

    def __init__(self, client: Client, options: Options, catalogue: Catalogue) -> None:
        self.capabilities: Mapping[str, Any] = {}
        self.registration = 0
        self._client = client
        self._options = options
        self._catalogue = catalogue
        self._repair = asyncio.Lock()
        self.last_heard_at: datetime | None = None
        self._fingerprints = fingerprints(catalogue.workflows)
        self._heartbeat_seconds = float(options.heartbeat_interval)

    def offers(self, capability: str) -> bool:
        """Return whether the server has a capability."""
        return self.capabilities.get(capability) is True

    async def join(self, *, budget: float | None = None) -> None:
        """Check the server and register; waits for a server that is not there yet.

        Args:
            budget: how long to wait for the server, in seconds; None waits for ever.

        Raises:
            NotSupportedByServer: the server speaks another protocol.
            DefinitionError: the server knows this worker's id with other workflow code.
            CallError: the server refused, or was not there in time.
        """
        info = await insist(self._client.get_cluster_info, what="cluster info", budget=budget)
        self.capabilities = checked_capabilities(info)
        try:
            await self._register(budget)
        except ServerError as refusal:
            if refusal.reason() != "workflow_definition_changed":
                raise
            await self._replace_registration(refusal, budget)

    async def leave(self) -> None:
        """Say that this worker is gone, so that what it could not finish goes to others at once."""
        if not self.registration or not self.offers("worker_deregistration"):
            return
        try:
            async with asyncio.timeout(_GOODBYE_SECONDS):
                await self._client.deregister_worker(worker_id=self._options.worker_id)
        except (CallError, TimeoutError) as error:
            _LOG.debug("worker %s could not deregister: %s", self._options.worker_id, error)

    async def _replace_registration(self, refusal: ServerError, budget: float | None) -> None:
        """Take the place of an earlier process of the same id, which ran other code and was not stopped."""
        worker_id = self._options.worker_id
        if not self.offers("worker_deregistration"):
            raise DefinitionError(
                f"the server knows worker {worker_id!r} with other code: {refusal}. Give this worker another "
                "worker_id, or none, for one is made then."
            ) from refusal
        _LOG.warning("worker %s was registered with other code; taking its place", worker_id)
        with suppress(WorkerNotFound):
            await self._client.deregister_worker(worker_id=worker_id)
        await self._register(budget)

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
                self.last_heard_at = datetime.now(UTC)
            except WorkerNotRegistered:
                await self.rejoin(seen)
            except CallError as error:
                if is_refused_token(error):
                    raise
                _LOG.debug("heartbeat of worker %s failed: %s", self._options.worker_id, error)

    async def _register(self, budget: float | None) -> None:
        options, workflows = self._options, self._catalogue.workflows
        answer = await insist(
            lambda: self._client.register_worker(
                worker_id=options.worker_id,
                task_queue=options.task_queue,
                supported_workflow_types=sorted(workflows),
                supported_activity_types=sorted(self._catalogue.activities),
                max_concurrent_workflow_tasks=options.workflow_slots,
                max_concurrent_activity_tasks=options.activity_slots,
                build_id=options.build_id,
                workflow_definition_fingerprints=self._fingerprints or None,
                workflow_command_contracts={name: each.contract() for name, each in workflows.items()}
                or None,
                capabilities=self._own_capabilities(),
                heartbeat_interval_seconds=options.heartbeat_interval,
            ),
            what="registration",
            budget=budget,
        )
        self.registration += 1
        self.last_heard_at = datetime.now(UTC)
        wanted = answer.get("heartbeat_interval_seconds") if isinstance(answer, Mapping) else None
        if isinstance(wanted, int | float) and not isinstance(wanted, bool) and wanted > 0:
            self._heartbeat_seconds = min(float(wanted), float(options.heartbeat_interval))
        _LOG.info("worker %s is registered for task queue %s", options.worker_id, options.task_queue)

    def _own_capabilities(self) -> list[str] | None:
        if not self._catalogue.workflows:
            return None
        sticky = _STICKY if self._options.cached_workflows else ()
        # Later servers may give a name another meaning: what they do not offer they are not told.
        return [*_ALWAYS, *(name for name in (*_IF_OFFERED, *sticky) if self.offers(name))]


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
