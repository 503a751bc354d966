"""Where tasks of one kind come in, by polls and with the answers to completions."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from durable_workflow.worker._jobs import Jobs, Work
from durable_workflow.worker._membership import Membership
from durable_workflow.worker._options import Options
from durable_workflow.worker._rates import Pace

__all__ = ["Handover", "Intake"]


class Intake:
    """Takes tasks in hand, no more at once than there are slots.

    Args:
        work: the kind of task.
        slots: tasks of this kind in hand at the same time.
        jobs: where tasks go.
        stopping: set when no more tasks shall be taken.
        pace: how fast tasks may be taken.
    """

    def __init__(
        self, work: Work, slots: int, jobs: Jobs, stopping: asyncio.Event, pace: Pace | None = None
    ) -> None:
        self.work = work
        self.size = slots
        self._free = asyncio.Semaphore(slots)
        self._jobs = jobs
        self._stopping = stopping
        self._pace = pace

    async def wait(self) -> None:
        """Wait for a slot and hold it."""
        await self._free.acquire()
        if self._pace is not None:
            try:
                await self._pace.take()
            except BaseException:
                self._free.release()
                raise

    async def reserve(self) -> bool:
        """Hold a slot if one is free right now; returns whether it is held."""
        if self._stopping.is_set() or self._free.locked():
            return False
        if self._pace is not None and not self._pace.take_now():
            return False
        return await self._free.acquire()

    def release(self) -> None:
        """Give a slot up for which no task came."""
        self._free.release()
        if self._pace is not None:
            self._pace.give_back()

    def start(self, task: Mapping[str, Any]) -> None:
        """Take a task in hand, in a slot that is held."""
        self._jobs.start(self.work, task, self._free.release)


class Handover:
    """Lets completions bring the next task along, on servers that offer it and when a slot is free for it.

    Attributes:
        intake: where such tasks go; None if the worker takes none of their kind.
    """

    def __init__(self, membership: Membership, options: Options) -> None:
        self.intake: Intake | None = None
        self._membership = membership
        self._queue = options.task_queue

    async def send(self, complete: Callable[..., Awaitable[Mapping[str, Any]]]) -> None:
        """Send a completion and take in hand what comes with its answer.

        Args:
            complete: sends it; takes `next_task_queue`, the queue to ask a task of.

        Raises:
            CallError: the call did not end well.
        """
        intake = self.intake
        offered = self._membership.capabilities.get("next_task_with_completion") is True
        if intake is None or not offered or not await intake.reserve():
            await complete()
            return
        task = None
        try:
            task = (await complete(next_task_queue=self._queue)).get("next_task")
        finally:
            if not isinstance(task, dict):
                intake.release()
        if isinstance(task, dict):
            intake.start(task)
