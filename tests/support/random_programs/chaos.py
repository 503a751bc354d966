"""A client that loses tasks and answers, gets tasks twice, and dies: chance is drawn from a seed."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Coroutine
from typing import Any

from durable_workflow import Client
from durable_workflow.errors import TaskLost

Send = Callable[[], Coroutine[Any, Any, dict[str, Any]]]


class ChaoticClient(Client):
    """Carries a worker's calls, not all of them, and some twice.

    Args:
        base_url: the server.
        seed: of all chance.
        rate: how many of a hundred reports meet a fault.
        faults: receives the failures of workflow tasks, which no fault of the network excuses.
    """

    def __init__(self, base_url: str, *, seed: int, rate: int, faults: list[str]) -> None:
        super().__init__(base_url)
        self.dead = False
        self.injected = 0
        self._random = random.Random(seed)
        self._rate = rate
        self._faults = faults
        self._again: list[dict[str, Any]] = []

    async def poll_workflow_task(self, **request: Any) -> dict[str, Any] | None:
        if self._again:
            return self._again.pop()
        task = await super().poll_workflow_task(**request)
        if task is not None and self._hits():
            # Delivered twice; once it has been answered, the server knows the second answer for what it is.
            self._again.append(task)
        return task

    async def complete_workflow_task(self, **report: Any) -> dict[str, Any]:
        send = super().complete_workflow_task
        return await self._report(lambda: send(**report))

    async def complete_activity_task(self, **report: Any) -> dict[str, Any]:
        send = super().complete_activity_task
        return await self._report(lambda: send(**report))

    async def fail_workflow_task(self, **report: Any) -> dict[str, Any]:
        if not self.dead:
            self._faults.append(f"{report.get('failure_type')}: {report.get('message')}")
        return await super().fail_workflow_task(**report)

    async def _report(self, send: Send) -> dict[str, Any]:
        if self.dead:
            raise TaskLost("the worker is dead")
        if not self._hits():
            return await send()
        match self._random.randrange(3):
            case 0:
                raise TaskLost("the report never arrived")
            case 1:
                await send()
                raise TaskLost("the answer never arrived")
        answer = await send()
        repeated = asyncio.create_task(send())
        await asyncio.gather(repeated, return_exceptions=True)
        return answer

    def _hits(self) -> bool:
        hit = self._random.randrange(100) < self._rate
        self.injected += hit
        return hit
