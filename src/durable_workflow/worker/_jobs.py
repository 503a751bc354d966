"""Tasks in hand: what runs now, and how it ends when the worker stops."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Protocol

from durable_workflow.errors import CallError, TaskLost
from durable_workflow.metrics import WORKER_TASK_DURATION_SECONDS, WORKER_TASKS, MetricsRecorder
from durable_workflow.worker._trouble import insist, is_refused_token

__all__ = ["Job", "Jobs", "Work"]

_LOG = logging.getLogger("durable_workflow.worker")

REPORT_BUDGET_SECONDS = 300.0
"""How long a result is worth sending: the usual lease."""

LAST_REPORTS_SECONDS = 3.0
"""How long results that exist already may take when the time to stop is over."""


class Work(Protocol):
    """One kind of task."""

    kind: str

    async def poll(self) -> dict[str, Any] | None:
        """Ask the server for a task; None if there was none in time."""
        ...

    async def handle(self, task: Mapping[str, Any], job: Job) -> str:
        """Do what a task asks for, report it through the job, and say in a word how it ended."""
        ...


class Job:
    """One task in hand.

    Attributes:
        name: what is done, for the log.
        kind: its kind of task.
        reporting: the work is done and its report is on the way: too late to cancel.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.kind = ""
        self.reporting = False

    async def deliver(self, send: Callable[[], Awaitable[object]]) -> None:
        """Send the report of finished work, through outages of the server.

        Args:
            send: sends it once.

        Raises:
            CallError: the server refused it, or was away for longer than a lease.
        """
        self.reporting = True
        await insist(send, what=f"report of {self.name}", budget=REPORT_BUDGET_SECONDS)


class Jobs:
    """All tasks in hand of one run of a worker.

    Args:
        metrics: where measurements go.
        task_queue: the worker's queue, a tag of the measurements.
        refuse: called with the error when the server refuses the worker's token.
    """

    def __init__(
        self, metrics: MetricsRecorder, task_queue: str, refuse: Callable[[BaseException], None]
    ) -> None:
        self._metrics = metrics
        self._tags = {"task_queue": task_queue}
        self._refuse = refuse
        self._jobs: dict[asyncio.Task[None], Job] = {}

    def __len__(self) -> int:
        return len(self._jobs)

    def start(self, work: Work, task: Mapping[str, Any], ended: Callable[[], None]) -> None:
        """Take a task in hand.

        Args:
            work: the kind of the task.
            task: the task as it came.
            ended: called when it is out of hand again.
        """
        job = Job(f"{work.kind} task {task.get('task_id') or task.get('query_task_id')}")
        running = asyncio.create_task(self._run(work, task, job), name=job.name)
        job.kind = work.kind
        self._jobs[running] = job

        def out_of_hand(done: asyncio.Task[None]) -> None:
            del self._jobs[done]
            ended()

        running.add_done_callback(out_of_hand)

    def by_kind(self) -> dict[str, int]:
        """Return how many tasks of each kind are in hand."""
        return dict(Counter(job.kind for job in self._jobs.values()))

    def current(self) -> bool:
        """Return whether the caller runs inside one of the tasks in hand."""
        return asyncio.current_task() in self._jobs

    async def drain(self, seconds: float, hurry: asyncio.Event) -> None:
        """Wait for the tasks in hand; cancel those that take too long, except for results on their way.

        Args:
            seconds: how long to wait before anything is cancelled.
            hurry: set it to wait no longer.
        """
        # Polls that were still open may have added tasks since, hence the loop.
        impatience = asyncio.create_task(hurry.wait())
        deadline = time.monotonic() + seconds
        while self._jobs and not hurry.is_set() and (left := deadline - time.monotonic()) > 0:
            await asyncio.wait({*self._jobs, impatience}, timeout=left, return_when=asyncio.FIRST_COMPLETED)
        impatience.cancel()
        await self._cancel(lambda job: not job.reporting, LAST_REPORTS_SECONDS)
        await self._cancel(lambda job: True, LAST_REPORTS_SECONDS)

    async def _cancel(self, chosen: Callable[[Job], bool], seconds: float) -> None:
        for running, job in list(self._jobs.items()):
            if chosen(job):
                running.cancel()
        if self._jobs:
            await asyncio.wait(set(self._jobs), timeout=seconds)

    async def _run(self, work: Work, task: Mapping[str, Any], job: Job) -> None:
        begun, outcome = time.monotonic(), "abandoned"
        try:
            outcome = await self._outcome(work, task, job)
        finally:
            tags = {**self._tags, "kind": work.kind, "outcome": outcome}
            self._metrics.increment(WORKER_TASKS, tags=tags)
            self._metrics.record(WORKER_TASK_DURATION_SECONDS, time.monotonic() - begun, tags=tags)

    async def _outcome(self, work: Work, task: Mapping[str, Any], job: Job) -> str:
        try:
            return await work.handle(task, job)
        except TaskLost as error:
            _LOG.info("%s dropped: %s", job.name, error)
            return "lost"
        except CallError as error:
            if is_refused_token(error):
                self._refuse(error)
            _LOG.error("%s could not be reported: %s", job.name, error)
            return "unreported"
        except asyncio.CancelledError:
            _LOG.warning("%s abandoned; the server hands it out again when its lease is over", job.name)
            raise
        except Exception:
            _LOG.exception("%s could not be handled", job.name)
            return "unreported"
