"""The workers of an environment: one for each queue that its workflows name."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from durable_workflow.testing._mocks import Mocks, activity_key, workflow_key

if TYPE_CHECKING:
    from durable_workflow.testing._client import EnvironmentClient
    from durable_workflow.testing._watch import Watch

__all__ = ["Fleet", "Hosted"]


class Hosted:
    """What an environment hosts, stand-ins included.

    Args:
        workflows: Workflow classes.
        activities: Activities.
        mocks: The stand-ins.
    """

    def __init__(
        self, workflows: Sequence[type], activities: Sequence[Callable[..., Any]], mocks: Mocks
    ) -> None:
        self._workflows = list(workflows)
        self._activities = list(activities)
        self._mocks = mocks

    def add(self, workflow: type) -> bool:
        """Host one more workflow class; False if it is hosted already."""
        if workflow in self._workflows:
            return False
        self._workflows.append(workflow)
        return True

    def workflows(self) -> list[type]:
        """Give the workflow classes for a worker."""
        return self._mocks.workflows_beside(self._workflows)

    def activities(self) -> list[Callable[..., Any]]:
        """Give the activities for a worker."""
        return self._mocks.activities_beside(self._activities)


class Fleet:
    """Runs a worker for each queue, from the moment at which the queue is named.

    Args:
        client: The connection to the server.
        hosted: What every worker hosts.
        watch: Is told what is hosted, and when a worker ends.
        options: Further settings of every worker.
    """

    def __init__(
        self, client: EnvironmentClient, hosted: Hosted, watch: Watch, options: Mapping[str, Any]
    ) -> None:
        self._client = client
        self._hosted = hosted
        self._watch = watch
        self._options = options
        self._running: dict[str, tuple[Any, asyncio.Task[None]]] = {}

    @property
    def is_running(self) -> bool:
        """Whether any worker runs."""
        return bool(self._running)

    def serve(self, queue: str) -> None:
        """Run a worker for a queue, unless one runs."""
        if queue in self._running:
            return
        from durable_workflow.worker import Worker

        workflows, activities = self._hosted.workflows(), self._hosted.activities()
        self._watch.known_workflows = frozenset(workflow_key(each) for each in workflows)
        self._watch.known_activities = frozenset(activity_key(each) for each in activities)
        worker = Worker(
            self._client, task_queue=queue, workflows=workflows, activities=activities, **self._options
        )
        running = asyncio.create_task(worker.run())
        running.add_done_callback(self._watch.ended)
        self._running[queue] = worker, running

    async def restart(self) -> None:
        """End all workers and begin anew with what is hosted now."""
        queues = list(self._running)
        await self.stop()
        for queue in queues:
            self.serve(queue)

    async def stop(self) -> None:
        """End all workers."""
        workers, self._running = self._running, {}
        for _, running in workers.values():
            running.remove_done_callback(self._watch.ended)
        await asyncio.gather(*(worker.stop() for worker, _ in workers.values()))
        await asyncio.gather(*(running for _, running in workers.values()), return_exceptions=True)
