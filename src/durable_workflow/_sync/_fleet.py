# Generated from src/durable_workflow/client by ./codegen.sh. Never edit: run ./codegen.sh.
"""Workers and task queues, as operators see them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from durable_workflow_api.api.task_queues import (
    describe_task_queue,
    drain_task_queue_build_id,
    list_task_queue_build_ids,
    list_task_queues,
    resume_task_queue_build_id,
)
from durable_workflow_api.api.workers import (
    delete_worker,
    describe_worker,
    list_workers,
)

from .._client_common import checks
from .._client_common.bodies import without_none
from ._cluster import ClusterCalls

if TYPE_CHECKING:
    from durable_workflow_api.models import (
        BuildIdDrainState,
        BuildIdList,
        DeletedWorker,
        TaskQueueDescription,
        TaskQueueListItem,
        WorkerDescription,
        WorkerDetails,
    )

__all__ = ["FleetCalls"]


class FleetCalls(ClusterCalls):
    """Calls of the control plane about workers, task queues and builds."""

    def list_workers(
        self, *, task_queue: str | None = None, status: str | None = None
    ) -> list[WorkerDescription]:
        """Return the workers of the namespace, the newest heartbeat first.

        Operation `listWorkers`.

        Args:
            task_queue: only those of this queue.
            status: only `active`, or only `draining` ones.

        Raises:
            InvalidArgument: an argument is not acceptable.
            CallError: the call did not end well.
        """
        from durable_workflow_api.models import WorkerList

        filters: dict[str, Any] = without_none(
            task_queue=checks.optional_name("task_queue", task_queue),
            status=checks.optional_name("status", status),
        )
        parts = list_workers.build_request(**filters)
        return (self._transport.call(parts, list_workers.parse_response, WorkerList)).workers

    def describe_worker(self, worker_id: str) -> WorkerDetails:
        """Return what the server knows of a worker.

        Operation `describeWorker`.

        Args:
            worker_id: the worker.

        Raises:
            WorkerNotFound: there is no such worker.
            CallError: the call did not end well.
        """
        from durable_workflow_api.models import WorkerDetails

        parts = describe_worker.build_request(checks.name("worker_id", worker_id))
        return self._transport.call(parts, describe_worker.parse_response, WorkerDetails)

    def delete_worker(self, worker_id: str) -> DeletedWorker:
        """Forget a worker; it is told to register again when it polls.

        Operation `deleteWorker`.

        Args:
            worker_id: the worker.

        Raises:
            WorkerNotFound: there is no such worker.
            CallError: the call did not end well.
        """
        from durable_workflow_api.models import DeletedWorker

        parts = delete_worker.build_request(checks.name("worker_id", worker_id))
        return self._transport.call(parts, delete_worker.parse_response, DeletedWorker)

    def list_task_queues(self) -> list[TaskQueueListItem]:
        """Return the queues of the namespace that have tasks or workers, by name.

        Operation `listTaskQueues`.

        Raises:
            CallError: the call did not end well.
        """
        from durable_workflow_api.models import TaskQueueList

        parts = list_task_queues.build_request()
        return (self._transport.call(parts, list_task_queues.parse_response, TaskQueueList)).task_queues

    def describe_task_queue(self, task_queue: str) -> TaskQueueDescription:
        """Return pollers, backlog and leases of a queue; an unknown queue has none.

        Operation `describeTaskQueue`.

        Args:
            task_queue: the queue.

        Raises:
            CallError: the call did not end well.
        """
        from durable_workflow_api.models import TaskQueueDescription

        parts = describe_task_queue.build_request(checks.name("task_queue", task_queue))
        return self._transport.call(parts, describe_task_queue.parse_response, TaskQueueDescription)

    def list_task_queue_build_ids(self, task_queue: str) -> BuildIdList:
        """Return the builds of a queue's workers and how far each is rolled out.

        Operation `listTaskQueueBuildIds`.

        Args:
            task_queue: the queue.

        Raises:
            CallError: the call did not end well.
        """
        from durable_workflow_api.models import BuildIdList

        parts = list_task_queue_build_ids.build_request(checks.name("task_queue", task_queue))
        return self._transport.call(parts, list_task_queue_build_ids.parse_response, BuildIdList)

    def drain_task_queue_build_id(self, task_queue: str, build_id: str | None) -> BuildIdDrainState:
        """Have the workers of a build take no more tasks.

        Operation `drainTaskQueueBuildId`. Repeating it changes nothing.

        Args:
            task_queue: the queue.
            build_id: the build; None means the workers without one.

        Raises:
            CallError: the call did not end well.
        """
        from durable_workflow_api.models import BuildIdDrainState, BuildIdRequest

        body = BuildIdRequest(build_id=checks.optional_name("build_id", build_id))
        parts = drain_task_queue_build_id.build_request(checks.name("task_queue", task_queue), body=body)
        return self._transport.call(parts, drain_task_queue_build_id.parse_response, BuildIdDrainState)

    def resume_task_queue_build_id(self, task_queue: str, build_id: str | None) -> BuildIdDrainState:
        """Let the workers of a drained build take tasks again.

        Operation `resumeTaskQueueBuildId`.

        Args:
            task_queue: the queue.
            build_id: the build; None means the workers without one.

        Raises:
            CallError: the call did not end well.
        """
        from durable_workflow_api.models import BuildIdDrainState, BuildIdRequest

        body = BuildIdRequest(build_id=checks.optional_name("build_id", build_id))
        parts = resume_task_queue_build_id.build_request(checks.name("task_queue", task_queue), body=body)
        return self._transport.call(parts, resume_task_queue_build_id.parse_response, BuildIdDrainState)
