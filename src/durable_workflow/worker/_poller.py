"""Asking for tasks, without pause and without end."""

from __future__ import annotations

import asyncio
import logging
import time
from datetime import UTC, datetime
from typing import Any

from durable_workflow.errors import CallError, WorkerNotRegistered
from durable_workflow.metrics import WORKER_POLL_DURATION_SECONDS, WORKER_POLLS
from durable_workflow.worker._intake import Intake
from durable_workflow.worker._membership import Membership
from durable_workflow.worker._options import Options
from durable_workflow.worker._trouble import Backoff, is_refused_token
from durable_workflow.worker.health import LoopHealth

__all__ = ["Poller"]

_LOG = logging.getLogger("durable_workflow.worker")

_SUSPICIOUSLY_FAST = 0.25
"""An empty answer within this time, in seconds, was no long poll: pause, or polling becomes a storm."""

_MOST_POLLS = 16
"""Open polls of one kind while tasks keep coming: one alone brings a task for each round trip and no more."""


class Poller:
    """Polls for one kind of task whenever there is a free slot.

    An idle worker has one poll open. A poll that brings a task calls for another one beside it; one that
    brings none ends unless it is the last.

    Args:
        intake: where tasks go.
        membership: the worker's registration.
        options: the worker's settings.
        stopping: set when no more tasks shall be taken.
    """

    def __init__(
        self,
        intake: Intake,
        *,
        membership: Membership,
        options: Options,
        stopping: asyncio.Event,
    ) -> None:
        self._intake = intake
        self._work = intake.work
        self._most = min(intake.size, _MOST_POLLS)
        self._polls = asyncio.TaskGroup()
        self._open = 0
        self._asking = 0
        self._membership = membership
        self._options = options
        self._stopping = stopping
        self._trouble = Backoff()
        self._last_error: CallError | None = None
        self._polled_at: datetime | None = None
        self._answered_at: datetime | None = None
        self._idle = Backoff(longest=1.0)

    @property
    def asking(self) -> bool:
        """Whether the server may be handing out a task at this moment."""
        return self._asking > 0

    @property
    def kind(self) -> str:
        """What it asks for."""
        return self._work.kind

    def health(self) -> LoopHealth:
        """Return what can be said of this loop at this moment."""
        failing = self._trouble.failures > 0
        return LoopHealth(
            kind=self.kind,
            open_polls=self._asking,
            last_polled_at=self._polled_at,
            last_answered_at=self._answered_at,
            failures=self._trouble.failures,
            last_error=str(self._last_error) if failing else None,
        )

    async def run(self) -> None:
        """Poll until the worker stops.

        Raises:
            Unauthorized: the server refuses the token.
            Forbidden: the token may not do this.
        """
        try:
            async with self._polls:
                self._poll_more()
        except BaseExceptionGroup as refused:
            raise refused.exceptions[0] from None

    def _poll_more(self) -> None:
        if self._open < self._most and not self._stopping.is_set():
            self._open += 1
            self._polls.create_task(self._poll())

    async def _poll(self) -> None:
        try:
            going = True
            while going and not self._stopping.is_set():
                going = await self._take_one()
        finally:
            self._open -= 1

    async def _take_one(self) -> bool:
        """Take one task in hand; returns whether this poll goes on."""
        # First the slot, then the poll: a leased task that waits for a slot is a task taken from others.
        await self._intake.wait()
        task = None
        try:
            task = await self._next_task()
        finally:
            if task is None:
                self._intake.release()
        if task is None:
            return self._open == 1
        self._intake.start(task)
        self._poll_more()
        return True

    async def _next_task(self) -> dict[str, Any] | None:
        registration, begun = self._membership.registration, time.monotonic()
        try:
            task = await self._ask()
        except WorkerNotRegistered:
            await self._membership.rejoin(registration)
            return None
        except CallError as error:
            await self._bear(error)
            return None
        await self._settle(task, time.monotonic() - begun)
        return task

    async def _ask(self) -> dict[str, Any] | None:
        begun, outcome = time.monotonic(), "cancelled"
        self._asking += 1
        self._polled_at = datetime.now(UTC)
        try:
            task = await self._work.poll()
            outcome = "empty" if task is None else "task"
            self._answered_at = datetime.now(UTC)
        except CallError:
            outcome = "error"
            raise
        finally:
            self._asking -= 1
            self._measure(outcome, time.monotonic() - begun)
        return task

    async def _settle(self, task: dict[str, Any] | None, seconds: float) -> None:
        if self._trouble.failures:
            _LOG.info("%s polls succeed again", self._work.kind)
            self._trouble.reset()
        if task is not None:
            self._idle.reset()
        elif seconds < min(_SUSPICIOUSLY_FAST, self._options.poll_timeout / 2):
            await self._pause(self._idle.next())

    async def _bear(self, error: CallError) -> None:
        if is_refused_token(error):
            raise error
        pause, self._last_error = self._trouble.next(error), error
        _LOG.log(
            self._trouble.log_level, "%s poll failed: %s; next one in %.1f s", self._work.kind, error, pause
        )
        await self._pause(pause)

    async def _pause(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._stopping.wait()
        except TimeoutError:
            return

    def _measure(self, outcome: str, seconds: float) -> None:
        tags = {"task_queue": self._options.task_queue, "kind": self._work.kind, "outcome": outcome}
        self._options.metrics.increment(WORKER_POLLS, tags=tags)
        self._options.metrics.record(WORKER_POLL_DURATION_SECONDS, seconds, tags=tags)
