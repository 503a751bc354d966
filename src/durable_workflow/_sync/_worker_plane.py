# Generated from src/durable_workflow/client by ./codegen.sh. Never edit: run ./codegen.sh.
"""Negotiation of the worker protocol, registration and worker heartbeat."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from durable_workflow_api.api.workers import deregister_worker, heartbeat_worker, register_worker

from .._client_common import checks
from .._client_common.bodies import without_none
from .._client_common.capabilities import worker_version
from ..errors import ServerError
from ..transport import Parse, understood_json
from ._cluster import ClusterCalls

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from durable_workflow_api.types import RequestParts

__all__ = ["WorkerPlaneCalls"]

_SDK_VERSION = "durable-workflow-python/0.9.0"


class WorkerPlaneCalls(ClusterCalls):
    """Calls of the worker plane that are about the worker itself."""

    def register_worker(
        self,
        *,
        worker_id: str,
        task_queue: str,
        supported_workflow_types: Sequence[str] | None = None,
        supported_activity_types: Sequence[str] | None = None,
        runtime: str = "python",
        sdk_version: str | None = None,
        build_id: str | None = None,
        workflow_definition_fingerprints: Mapping[str, str] | None = None,
        max_concurrent_workflow_tasks: int | None = None,
        max_concurrent_activity_tasks: int | None = None,
        capabilities: Sequence[str] | None = None,
        workflow_command_contracts: Mapping[str, Any] | None = None,
        heartbeat_interval_seconds: int | None = None,
    ) -> dict[str, Any]:
        """Register a worker for a task queue; needed before its first poll.

        Operation `registerWorker`. `Worker` does this; call it only for a worker of your own making.

        Args:
            worker_id: id of the worker.
            task_queue: its one queue.
            supported_workflow_types: workflow types that it hosts; none means any.
            supported_activity_types: activity types that it hosts; none means any.
            runtime: its language, in the server's words.
            sdk_version: name and version of its SDK; default is this package's.
            build_id: its build.
            workflow_definition_fingerprints: opaque fingerprint of each workflow definition.
            max_concurrent_workflow_tasks: how many workflow tasks it takes at once; advisory.
            max_concurrent_activity_tasks: how many activity tasks it takes at once; advisory.
            capabilities: what it can do beyond protocol 1.0, for example `query_tasks`.
            workflow_command_contracts: by workflow type, the signals, queries and updates that it declares.
            heartbeat_interval_seconds: how often it means to beat.

        Returns:
            The answer as plain JSON.

        Raises:
            InvalidArgument: an argument is not acceptable.
            NotSupportedByServer: the server speaks another major version of the protocol.
            CallError: the call did not end well.
        """
        from durable_workflow_api.models import RegisterWorkerRequest

        body = without_none(
            worker_id=checks.name("worker_id", worker_id),
            task_queue=checks.name("task_queue", task_queue),
            supported_workflow_types=checks.text_list("supported_workflow_types", supported_workflow_types),
            supported_activity_types=checks.text_list("supported_activity_types", supported_activity_types),
            runtime=checks.one_of("runtime", runtime, ("php", "python", "typescript", "go", "java", "rust")),
            sdk_version=checks.name("sdk_version", sdk_version or _SDK_VERSION, 64),
            build_id=checks.optional_name("build_id", build_id),
            workflow_definition_fingerprints=checks.mapping(
                "workflow_definition_fingerprints", workflow_definition_fingerprints
            ),
            max_concurrent_workflow_tasks=checks.optional_whole(
                "max_concurrent_workflow_tasks", max_concurrent_workflow_tasks
            ),
            max_concurrent_activity_tasks=checks.optional_whole(
                "max_concurrent_activity_tasks", max_concurrent_activity_tasks
            ),
            # Servers of protocol 1.0 ignore these.
            capabilities=checks.text_list("capabilities", capabilities) or None,
            workflow_command_contracts=checks.mapping(
                "workflow_command_contracts", workflow_command_contracts
            ),
            heartbeat_interval_seconds=checks.optional_whole(
                "heartbeat_interval_seconds", heartbeat_interval_seconds
            ),
        )
        parts = register_worker.build_request(body=RegisterWorkerRequest.from_dict(body))
        return self._worker_call(parts, register_worker.parse_response)

    def heartbeat_worker(self, *, worker_id: str) -> dict[str, Any]:
        """Say that a worker is alive.

        Operation `heartbeatWorker`.

        Args:
            worker_id: id of the worker.

        Returns:
            The answer as plain JSON.

        Raises:
            WorkerNotRegistered: the server does not know the worker; register it again.
            CallError: the call did not end well.
        """
        from durable_workflow_api.models import WorkerHeartbeatRequest

        body = WorkerHeartbeatRequest(worker_id=checks.name("worker_id", worker_id))
        parts = heartbeat_worker.build_request(body=body)
        return self._worker_call(parts, heartbeat_worker.parse_response)

    def deregister_worker(self, *, worker_id: str) -> dict[str, Any]:
        """Say that a worker is gone, so that its tasks go to others at once.

        Operation `deregisterWorker`, on servers that have it.

        Args:
            worker_id: id of the worker.

        Returns:
            The answer as plain JSON, with `recovered_workflow_task_count`.

        Raises:
            WorkerNotFound: the server does not know the worker (any more).
            NotSupportedByServer: the server lacks the operation; leases end by themselves.
            CallError: the call did not end well.
        """
        parts = deregister_worker.build_request(checks.name("worker_id", worker_id))
        return self._worker_call(parts, deregister_worker.parse_response)

    def _worker_call(
        self,
        parts: RequestParts,
        parse: Parse[Any],
        *,
        timeout: float | None = None,
        repeatable: bool | None = None,
    ) -> dict[str, Any]:
        """Make a call of the worker plane in the version of the protocol that both sides speak."""
        version = self._protocol_version()
        call = self._transport.begin(parts, timeout=timeout, repeatable=repeatable, worker_version=version)
        try:
            answer = self._transport.run(call)
        except ServerError as error:
            other = self._version_instead(error, version)
            if other is None:
                raise
            call = self._transport.begin(parts, timeout=timeout, repeatable=repeatable, worker_version=other)
            answer = self._transport.run(call)
        return understood_json(call, answer, parse)

    def _version_instead(self, error: ServerError, refused: str) -> str | None:
        """Return the version that a server wants instead: it may have been exchanged for another one."""
        if error.reason() != "unsupported_protocol_version" or not isinstance(error.body, dict):
            return None
        self._info.forget()
        supported = worker_version(error.body.get("supported_version"))
        self._worker_version = supported
        return None if supported == refused else supported
