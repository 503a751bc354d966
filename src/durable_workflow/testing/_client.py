"""The client of an environment: a real one that tells the environment what passes through it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, TypeVar, overload

from durable_workflow.client import Client

if TYPE_CHECKING:
    from durable_workflow.client import WorkflowHandle
    from durable_workflow.testing._dev_server import DevServer
    from durable_workflow.testing._watch import Watch

__all__ = ["EnvironmentClient", "FlowOfTime"]

T = TypeVar("T")


class FlowOfTime:
    """Lets virtual time leap while somebody waits for a result, and holds it otherwise.

    Args:
        server: The server on virtual time.
    """

    def __init__(self, server: DevServer) -> None:
        self._server = server
        self._waiting = 0
        self._lock = asyncio.Lock()

    @asynccontextmanager
    async def free(self) -> AsyncIterator[None]:
        """Let time leap inside the block."""
        await self._count(1)
        try:
            yield
        finally:
            await self._count(-1)

    async def _count(self, difference: int) -> None:
        async with self._lock:
            before, self._waiting = self._waiting, self._waiting + difference
            if (before > 0) != (self._waiting > 0):
                await asyncio.to_thread(self._server.leap_freely, self._waiting > 0)


class EnvironmentClient(Client):
    """A client whose waits for results let virtual time leap, and end when a workflow cannot go on.

    Args:
        base_url: Address of the server.
        watch: Learns what workers take and answer.
        time: Virtual time.
    """

    def __init__(self, base_url: str, *, watch: Watch, time: FlowOfTime) -> None:
        super().__init__(base_url)
        self._watch = watch
        self._time = time
        self._names: dict[str, str] = {}

    def call_run(self, run_id: str, name: str) -> None:
        """Have workers know a run by another id, which seeds its random numbers."""
        self._names[run_id] = name

    @overload
    async def get_result(
        self,
        handle: WorkflowHandle[Any],
        *,
        poll_interval: float = 0.5,
        timeout: float | None = 30.0,
        result_type: type[T],
    ) -> T: ...

    @overload
    async def get_result(
        self,
        handle: WorkflowHandle[T],
        *,
        poll_interval: float = 0.5,
        timeout: float | None = 30.0,
        result_type: Any = None,
    ) -> T: ...

    async def get_result(
        self,
        handle: WorkflowHandle[Any],
        *,
        poll_interval: float = 0.5,
        timeout: float | None = 30.0,
        result_type: Any = None,
    ) -> Any:
        """Wait for a workflow to end and return its result; see `Client.get_result`.

        Virtual time leaps meanwhile; `timeout` is real time.

        Raises:
            WorkflowStuck: If nothing will ever happen to it.
            WorkflowTaskFailed: If its code, or a payload, made a task fail.
            DurableWorkflowError: As `Client.get_result`.
        """
        async with self._time.free():
            result = super().get_result(
                handle, poll_interval=poll_interval, timeout=timeout, result_type=result_type
            )
            return await self._watch.over(result, f"workflow {handle.workflow_id}")

    async def poll_workflow_task(self, **request: Any) -> dict[str, Any] | None:
        """Wait for a workflow task; see `Client.poll_workflow_task`."""
        return self._workflow_task(await super().poll_workflow_task(**request))

    async def poll_activity_task(self, **request: Any) -> dict[str, Any] | None:
        """Wait for an activity task; see `Client.poll_activity_task`."""
        return self._renamed(await super().poll_activity_task(**request))

    async def poll_query_task(self, **request: Any) -> dict[str, Any] | None:
        """Wait for a query task; see `Client.poll_query_task`."""
        return self._renamed(await super().poll_query_task(**request))

    async def complete_workflow_task(
        self, *, task_id: str, commands: Sequence[Mapping[str, Any]], **report: Any
    ) -> dict[str, Any]:
        """Report a workflow task as done; see `Client.complete_workflow_task`."""
        self._watch.completed(task_id, commands)
        answer = await super().complete_workflow_task(task_id=task_id, commands=commands, **report)
        self._renamed(answer.get("next_task"))
        return answer

    async def fail_workflow_task(
        self,
        *,
        task_id: str,
        message: str,
        failure_type: str | None = None,
        stack_trace: str | None = None,
        **report: Any,
    ) -> dict[str, Any]:
        """Report that a workflow task could not be processed; see `Client.fail_workflow_task`."""
        self._watch.failed(task_id, message, failure_type, stack_trace)
        return await super().fail_workflow_task(
            task_id=task_id, message=message, failure_type=failure_type, stack_trace=stack_trace, **report
        )

    async def complete_activity_task(self, **report: Any) -> dict[str, Any]:
        """Report an activity attempt as done; see `Client.complete_activity_task`."""
        answer = await super().complete_activity_task(**report)
        self._workflow_task(answer.get("next_task"))
        return answer

    def _workflow_task(self, task: dict[str, Any] | None) -> dict[str, Any] | None:
        if self._renamed(task) is not None and task is not None:
            self._watch.taken(task)
        return task

    def _renamed(self, task: dict[str, Any] | None) -> dict[str, Any] | None:
        if isinstance(task, dict) and task.get("run_id") in self._names:
            task["run_id"] = self._names[task["run_id"]]
        return task
