"""One use of an environment: a server on virtual time, a client and workers, in one event loop."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from durable_workflow.testing._dev_server import DevServer
from durable_workflow.testing._mocks import workflow_key

if TYPE_CHECKING:
    from durable_workflow.client import WorkflowHandle
    from durable_workflow.testing._fleet import Hosted

__all__ = ["Session", "Settings"]

Settings = Mapping[str, Any]


class Session:
    """The running parts; made and used in one event loop.

    Args:
        server: A server that runs on virtual time moved by hand.
        hosted: What the workers host.
        task_queue: The queue of the workflows that are started.
        iteration_limit: Most tasks of one run.
        patience: Real seconds for which nothing may happen while a test waits.
        worker_options: Further settings of the workers.
    """

    def __init__(
        self,
        server: DevServer,
        hosted: Hosted,
        *,
        task_queue: str,
        iteration_limit: int,
        patience: float,
        worker_options: Settings,
    ) -> None:
        from durable_workflow.testing._client import EnvironmentClient, FlowOfTime
        from durable_workflow.testing._fleet import Fleet
        from durable_workflow.testing._watch import Watch

        self.server = server
        self.task_queue = task_queue
        self._hosted = hosted
        self.watch = Watch(server, iteration_limit=iteration_limit, patience=patience)
        self.time = FlowOfTime(server)
        self.client = EnvironmentClient(server.url, watch=self.watch, time=self.time)
        self.fleet = Fleet(self.client, hosted, self.watch, worker_options)
        self.watch.queue_named = self.fleet.serve

    async def start(
        self,
        workflow: str | type,
        arguments: tuple[Any, ...],
        *,
        workflow_id: str | None = None,
        run_id: str | None = None,
        working: bool = True,
        **options: Any,
    ) -> WorkflowHandle[Any]:
        """Start a workflow, without time limits unless they are given.

        Args:
            workflow: The class, hosted from now on, or the type key.
            arguments: The positional arguments of `run`.
            workflow_id: The id; one of its own by default.
            run_id: The id by which workers know the run.
            working: Whether workers run from now on.
            options: Further options of `Client.start_workflow`.
        """
        if isinstance(workflow, type) and self._hosted.add(workflow) and self.fleet.is_running:
            await self.fleet.restart()
        handle = await self.client.start_workflow(
            workflow_type=workflow_key(workflow),
            task_queue=self.task_queue,
            workflow_id=workflow_id or f"{workflow_key(workflow)}-{uuid.uuid4().hex[:8]}",
            input=list(arguments),
            **{"execution_timeout_seconds": None, "run_timeout_seconds": None, **options},
        )
        if run_id is not None and handle.run_id is not None:
            self.client.call_run(handle.run_id, run_id)
        if working:
            self.fleet.serve(self.task_queue)
        return handle

    async def sleep(self, seconds: float) -> None:
        """Let virtual time pass, stopping at everything that is due on the way."""
        await asyncio.to_thread(self.server.advance, seconds)

    async def close(self) -> None:
        """End the workers and the connections."""
        try:
            await self.fleet.stop()
        finally:
            await self.client.aclose()
