"""A worker beside a client, for tests against a real server."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from durable_workflow import Client, Worker, WorkflowHandle


@dataclass(frozen=True)
class Served:
    """A client and the worker that serves its workflows."""

    client: Client
    worker: Worker
    running: asyncio.Task[None]

    async def start(self, workflow_type: str, *arguments: Any) -> WorkflowHandle:
        """Start a workflow on the worker's queue, under an id of its own."""
        return await self.client.start_workflow(
            workflow_type=workflow_type,
            task_queue=self.worker.task_queue,
            workflow_id=f"{uuid.uuid4()}",
            input=list(arguments),
            execution_timeout_seconds=None,
            run_timeout_seconds=None,
        )

    async def result(self, workflow_type: str, *arguments: Any) -> Any:
        """Run a workflow to its end."""
        handle = await self.start(workflow_type, *arguments)
        return await handle.result(timeout=30)

    async def events(self, handle: WorkflowHandle) -> list[dict[str, Any]]:
        """Return the history of a workflow's newest run."""
        execution = await handle.describe()
        history = await self.client.get_history(execution.workflow_id, execution.run_id)
        events: list[dict[str, Any]] = history["events"]
        return events


@asynccontextmanager
async def served(
    url: str,
    *,
    workflows: Iterable[type] = (),
    activities: Iterable[Callable[..., Any]] = (),
    client: Client | None = None,
    **options: Any,
) -> AsyncIterator[Served]:
    """Run a worker on a queue of its own; it must still be running at the end."""
    async with client or Client(url) as client:
        queue = f"queue-{uuid.uuid4()}"
        worker = Worker(client, task_queue=queue, workflows=workflows, activities=activities, **options)
        running = asyncio.create_task(worker.run())
        try:
            yield Served(client, worker, running)
            assert not running.done(), "the worker must live on"
        finally:
            await worker.stop()
            await running
