"""One run of a worker, from registration to the last report."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any

from durable_workflow.worker._activity_tasks import ActivityTasks
from durable_workflow.worker._catalogue import Catalogue
from durable_workflow.worker._executors import Executors
from durable_workflow.worker._intake import Handover, Intake
from durable_workflow.worker._jobs import Jobs, Work
from durable_workflow.worker._membership import Membership
from durable_workflow.worker._options import Options
from durable_workflow.worker._poller import Poller
from durable_workflow.worker._query_tasks import QueryTasks
from durable_workflow.worker._rates import Pace
from durable_workflow.worker._residents import Residents
from durable_workflow.worker._workflow_tasks import WorkflowTasks
from durable_workflow.worker.health import WorkerHealth, WorkerState

if TYPE_CHECKING:
    from durable_workflow.client import Client

__all__ = ["Session"]

_LOG = logging.getLogger("durable_workflow.worker")

_LAST_POLLS_SECONDS = 0.25
"""How long polls may still bring a task when the worker stops: one cut off in the middle of handing out a
task would leave that task leased, and so untouched for minutes."""


class Session:
    """Pollers, tasks in hand and heartbeat of a running worker.

    Attributes:
        ended: set when everything has ended.
    """

    def __init__(self, client: Client, options: Options, catalogue: Catalogue) -> None:
        self.ended = asyncio.Event()
        self._options = options
        self._failure: BaseException | None = None
        self._stopping = asyncio.Event()
        self._hurry = asyncio.Event()
        self._executors = Executors(f"durable-workflow-{options.task_queue}", options.activity_processes)
        self._membership = Membership(client, options, catalogue)
        self._jobs = Jobs(options.metrics, options.task_queue, self._fail)
        self._loops: dict[asyncio.Task[None], Poller | None] = {}
        self._pollers: list[Poller] = []
        self._begun = False
        self._activities: ActivityTasks | None = None
        self._residents = Residents(
            options.cached_workflows, self._executors.threads, options.determinism_guard
        )
        to_activities, to_workflows = (Handover(self._membership, options) for _ in range(2))
        if catalogue.workflows:
            workflows = WorkflowTasks(
                client, options, catalogue, self._membership, self._residents, to_activities
            )
            to_workflows.intake = self._open(workflows, options.workflow_slots)
            self._open(QueryTasks(client, options, catalogue, self._residents), options.query_slots)
        if catalogue.activities:
            activities = self._activities = ActivityTasks(
                client, options, catalogue, self._membership, self._executors, to_workflows
            )
            pace = options.activities_per_second
            to_activities.intake = self._open(
                activities, options.activity_slots, None if pace is None else Pace(pace)
            )

    async def serve(self) -> None:
        """Work until the worker is stopped or cancelled, or the server refuses it.

        Raises:
            CallError: the server refuses this worker.
        """
        try:
            if await self._unless_stopped(self._membership.join(budget=self._options.start_timeout)):
                self._begin()
                await self._stopping.wait()
        finally:
            await self._wind_up()
        if self._failure is not None:
            raise self._failure

    def stop(self) -> None:
        """Take no more tasks, and end when those in hand are done."""
        if not self._stopping.is_set():
            _LOG.info("worker %s stops; %d tasks in hand", self._options.worker_id, len(self._jobs))
            self._stopping.set()

    def stop_or_hurry(self) -> None:
        """Stop; when asked a second time, wait for no task in hand."""
        if self._stopping.is_set():
            self._hurry.set()
        self.stop()

    def health(self) -> WorkerHealth:
        """Return what can be said of the worker at this moment."""
        polling = [poller for poller in self._loops.values() if poller is not None]
        return WorkerHealth(
            state=self._state(),
            worker_id=self._options.worker_id,
            last_heartbeat_at=self._membership.last_heard_at,
            tasks_in_hand=self._jobs.by_kind(),
            live_runs=len(self._residents),
            loops={poller.kind: poller.health() for poller in polling},
        )

    def _state(self) -> WorkerState:
        if self.ended.is_set():
            return "stopped"
        if self._stopping.is_set():
            return "draining"
        return "running" if self._begun else "starting"

    def called_from_inside(self) -> bool:
        """Return whether the caller is one of the tasks in hand."""
        return self._jobs.current()

    def _open(self, work: Work, slots: int, pace: Pace | None = None) -> Intake:
        intake = Intake(work, slots, self._jobs, self._stopping, pace)
        poller = Poller(intake, membership=self._membership, options=self._options, stopping=self._stopping)
        self._pollers.append(poller)
        return intake

    def _begin(self) -> None:
        # The heartbeat goes on until the end: tasks in hand belong to a worker that is alive.
        self._loop(self._membership.beat_forever(), None)
        for poller in self._pollers:
            if poller.kind != "query" or self._membership.offers("query_tasks"):
                self._loop(poller.run(), poller)
        self._begun = True

    def _loop(self, forever: Coroutine[Any, Any, None], poller: Poller | None) -> None:
        loop = asyncio.create_task(forever)
        self._loops[loop] = poller
        loop.add_done_callback(self._loop_ended)

    def _loop_ended(self, loop: asyncio.Task[None]) -> None:
        if not loop.cancelled() and (error := loop.exception()) is not None:
            self._fail(error)

    def _fail(self, error: BaseException) -> None:
        if self._failure is None:
            self._failure = error
            _LOG.error("worker %s cannot go on: %s", self._options.worker_id, error)
        self.stop()

    async def _unless_stopped(self, start: Coroutine[Any, Any, None]) -> bool:
        starting, stopping = asyncio.create_task(start), asyncio.create_task(self._stopping.wait())
        try:
            await asyncio.wait({starting, stopping}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            stopping.cancel()
            starting.cancel()
            await asyncio.gather(starting, stopping, return_exceptions=True)
        if starting.cancelled():
            return False
        starting.result()
        return True

    async def _wind_up(self) -> None:
        self.stop()
        # A cancellation may arrive at any moment, and must not tear results on their way to the server.
        ending = asyncio.create_task(self._end())
        try:
            await asyncio.shield(ending)
        except asyncio.CancelledError:
            self._hurry.set()
            await ending
            raise
        finally:
            self.ended.set()

    async def _end(self) -> None:
        await self._end_polls()
        await self._jobs.drain(self._options.shutdown_timeout, self._hurry)
        if self._activities is not None:
            self._activities.close()
        for loop in self._loops:
            loop.cancel()
        await asyncio.gather(*self._loops, return_exceptions=True)
        await self._membership.leave()
        await self._residents.close()
        await self._executors.close()
        _LOG.info("worker %s has stopped", self._options.worker_id)

    async def _end_polls(self) -> None:
        polls = {loop: poller for loop, poller in self._loops.items() if poller is not None}
        for loop, poller in polls.items():
            if not poller.asking:
                loop.cancel()
        if polls:
            await asyncio.wait(set(polls), timeout=_LAST_POLLS_SECONDS)
        for loop in polls:
            loop.cancel()
        await asyncio.gather(*polls, return_exceptions=True)
