"""The worker as users see it."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from durable_workflow.errors import DefinitionError, DurableWorkflowError, InvalidArgument
from durable_workflow.metrics import MetricsRecorder
from durable_workflow.replay import GuardMode
from durable_workflow.worker._catalogue import Catalogue
from durable_workflow.worker._options import Options, default_worker_id
from durable_workflow.worker._session import Session
from durable_workflow.worker._stop_signals import stop_signals
from durable_workflow.worker._until import closed_execution, watched
from durable_workflow.worker.health import WorkerHealth
from durable_workflow.worker.interceptors import WorkerInterceptor, checked_interceptors

if TYPE_CHECKING:
    from durable_workflow.client import Client, WorkflowExecution

__all__ = ["Worker"]


class Worker:
    """Runs workflows and activities of one task queue.

    It outlives outages of the server: it waits, comes back, registers again and sends what it finished
    meanwhile. It ends when it is stopped, and when the server refuses its token.

    Args:
        client: the connection to the server; stays open when the worker ends.
        task_queue: the queue whose tasks it takes.
        workflows: classes decorated with `@workflow.defn`.
        activities: functions, or bound methods of objects, decorated with `@activity.defn`.
        worker_id: name of this worker towards the server; made of host, process and chance by default. Two
            workers must never share one.
        poll_timeout: longest wait for the answer to one poll, in seconds.
        max_concurrent_workflow_tasks: workflow tasks in hand at the same time.
        max_concurrent_activity_tasks: activities that run at the same time.
        shutdown_timeout: how long tasks in hand may go on after a stop, in seconds.
        metrics: where measurements go; to the client's recorder by default.
        build_id: build of this worker's code, for servers that route by it. On a plain server of protocol
            1.0 a worker with a build gets no activities: leave it out there unless runs are marked.
        max_concurrent_query_tasks: queries answered at the same time.
        max_cached_workflows: runs kept live between their tasks, so that a task costs only what is new; 0
            keeps none, and replays the whole history for each task.
        heartbeat_interval: whole seconds between two signs of life. Servers that read it take the tasks of
            a worker away that misses three of them.
        start_timeout: how long to wait at the start for a server that is not there yet, in seconds; None
            waits for ever. Later outages are outlived however long they are.
        interceptors: what stands around tasks, the outermost first; see
            `durable_workflow.worker.interceptors`.
        max_activities_per_second: activities that this worker begins per second; it polls no faster.
        activity_rates: the same by type of activity; a task beyond the rate waits in its slot.
        max_activity_processes: processes for activities declared with `process=True`; as many as there are
            processors by default.
        determinism_guard: what to do about workflow code that reads clocks, chance or the environment, or
            does IO. `"warn"` logs each place once, from a sample of the runs; `"raise"` watches every run
            and fails the task, for tests; `"off"` watches none.

    Raises:
        DefinitionError: something is not decorated, or two things have the same name.
        InvalidArgument: a setting is out of its range.
    """

    def __init__(
        self,
        client: Client,
        *,
        task_queue: str,
        workflows: Iterable[type] = (),
        activities: Iterable[Callable[..., Any]] = (),
        worker_id: str | None = None,
        poll_timeout: float = 35.0,
        max_concurrent_workflow_tasks: int = 10,
        max_concurrent_activity_tasks: int = 10,
        shutdown_timeout: float = 30.0,
        metrics: MetricsRecorder | None = None,
        build_id: str | None = None,
        max_concurrent_query_tasks: int = 10,
        max_cached_workflows: int = 1000,
        heartbeat_interval: int = 20,
        start_timeout: float | None = 300.0,
        interceptors: Iterable[WorkerInterceptor] = (),
        max_activities_per_second: float | None = None,
        activity_rates: Mapping[str, float] | None = None,
        max_activity_processes: int | None = None,
        determinism_guard: GuardMode = "warn",
    ) -> None:
        self._client = client
        self._options = Options(
            task_queue=task_queue,
            worker_id=default_worker_id() if worker_id is None else worker_id,
            poll_timeout=poll_timeout,
            workflow_slots=max_concurrent_workflow_tasks,
            activity_slots=max_concurrent_activity_tasks,
            shutdown_timeout=shutdown_timeout,
            metrics=client.metrics if metrics is None else metrics,
            build_id=build_id,
            query_slots=max_concurrent_query_tasks,
            cached_workflows=max_cached_workflows,
            heartbeat_interval=heartbeat_interval,
            start_timeout=start_timeout,
            interceptors=checked_interceptors(interceptors),
            activities_per_second=max_activities_per_second,
            activity_rates=dict(activity_rates or {}),
            activity_processes=max_activity_processes or os.cpu_count() or 1,
            determinism_guard=determinism_guard,
        )
        self._catalogue = Catalogue.of(workflows, activities)
        self._session: Session | None = None
        self._ran = False
        self._stopped_early = False

    @property
    def task_queue(self) -> str:
        """The queue whose tasks the worker takes."""
        return self._options.task_queue

    @property
    def worker_id(self) -> str:
        """Name of the worker towards the server."""
        return self._options.worker_id

    def health(self) -> WorkerHealth:
        """Say how the worker is: whether it runs, what it has in hand, and per loop when it last polled."""
        if self._session is not None:
            return self._session.health()
        return WorkerHealth(state="stopped" if self._ran else "new", worker_id=self.worker_id)

    async def run(self) -> None:
        """Take and do tasks until the worker is stopped.

        Returns after `stop`, and in the main thread after SIGINT or SIGTERM: no more tasks are taken, and
        those in hand may end within `shutdown_timeout`. A second signal cancels them at once. The same
        happens before a cancellation of `run` goes on to the caller.

        Raises:
            DefinitionError: the worker hosts neither workflows nor activities.
            DurableWorkflowError: the worker is running already.
            Unauthorized: the server refuses the token.
            Forbidden: the token may not do a worker's calls.
            NotSupportedByServer: the server speaks another protocol.
            ConnectionFailed: the server was not there for `start_timeout`.
        """
        session = self._new_session()
        self._session = session
        try:
            with stop_signals(session.stop_or_hurry):
                await session.serve()
        finally:
            self._session = None
            session.ended.set()

    async def run_until(
        self, *, workflow_id: str, timeout: float = 60.0, poll_interval: float = 0.5
    ) -> WorkflowExecution:
        """Run until one workflow is closed, then stop.

        Args:
            workflow_id: the workflow to wait for, started already.
            timeout: how long to wait for it, in seconds.
            poll_interval: pause between two looks at it, in seconds.

        Returns:
            The closed workflow, however it ended.

        Raises:
            InvalidArgument: a time is not positive.
            ResultTimeout: the workflow was still open when the time was over.
            WorkflowNotFound: there is no such workflow.
            DurableWorkflowError: the worker was stopped before the workflow was closed.
            CallError: as for `run`.
        """
        if not timeout > 0 or not poll_interval > 0:
            raise InvalidArgument("timeout and poll_interval must be more than 0 seconds")
        running = asyncio.create_task(self.run())
        watching = asyncio.create_task(closed_execution(self._client, workflow_id, poll_interval))
        over_time = False
        try:
            await asyncio.wait({watching, running}, timeout=timeout, return_when=asyncio.FIRST_COMPLETED)
            over_time = not watching.done() and not running.done()
        finally:
            await self._end_both(running, watching)
        running.result()
        return watched(watching, workflow_id, over_time)

    async def stop(self) -> None:
        """Take no more tasks, wait for those in hand (`shutdown_timeout` at most), and end `run`.

        Harmless when repeated. Called from inside an activity it does not wait.
        """
        session = self._session
        if session is None:
            # A stop that overtakes the start of `run` must not get lost.
            self._stopped_early = not self._ran
            return
        session.stop()
        if not session.called_from_inside():
            await session.ended.wait()

    def _new_session(self) -> Session:
        if self._session is not None:
            raise DurableWorkflowError(f"worker {self.worker_id} is running already; make a second Worker")
        if not self._catalogue.workflows and not self._catalogue.activities:
            raise DefinitionError("this worker has nothing to do: pass workflows=[...] or activities=[...].")
        session = Session(self._client, self._options, self._catalogue)
        if self._stopped_early:
            session.stop()
        self._ran, self._stopped_early = True, False
        return session

    async def _end_both(self, running: asyncio.Task[None], watching: asyncio.Task[Any]) -> None:
        watching.cancel()
        if self._session is None:
            running.cancel()
        else:
            self._session.stop()
        try:
            await asyncio.wait({running, watching})
        except asyncio.CancelledError:
            running.cancel()
            await asyncio.wait({running, watching})
            raise
        finally:
            # Only one of two errors can be raised; the other one must not count as forgotten.
            for ended in (running, watching):
                _ = ended.done() and not ended.cancelled() and ended.exception()
