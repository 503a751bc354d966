"""Keeping what a worker holds while work on it takes long."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from durable_workflow.errors import CallError, TaskLost

__all__ = ["LeaseKeeper", "renewal_interval"]

_LOG = logging.getLogger("durable_workflow.worker")

_LONGEST_INTERVAL = 60.0
_SHORTEST_INTERVAL = 0.5


def renewal_interval(task: Mapping[str, Any], *, longest: float = _LONGEST_INTERVAL) -> float:
    """Return how often to renew a task's lease, in seconds: it may fail twice before the lease is over.

    Args:
        task: the task as it came.
        longest: the longest interval, in seconds.
    """
    try:
        expires = datetime.fromisoformat(str(task.get("lease_expires_at")))
    except ValueError:
        return longest
    # Clocks of other machines, and virtual ones, may say anything, hence the bounds.
    left = (expires.replace(tzinfo=expires.tzinfo or UTC) - datetime.now(UTC)).total_seconds()
    return min(max(left / 3, _SHORTEST_INTERVAL), longest)


class LeaseKeeper:
    """Renews a lease from `start` to `stop`, or for as long as it is entered.

    Args:
        renew: renews it once.
        every: seconds between two renewals, and before the first.
        what: what is held, for the log.
        answered: called with the answer to each renewal.
        lost: called with the refusal when the lease is somebody else's.
    """

    def __init__(
        self,
        renew: Callable[[], Awaitable[Mapping[str, Any]]],
        every: float,
        what: str,
        *,
        answered: Callable[[Mapping[str, Any]], None] | None = None,
        lost: Callable[[TaskLost], None] | None = None,
    ) -> None:
        self._renew = renew
        self._every = every
        self._what = what
        self._answered = answered
        self._lost = lost
        self._first: asyncio.TimerHandle | None = None
        self._keeping: asyncio.Task[None] | None = None
        self._ended: Callable[[], None] | None = None

    def __enter__(self) -> LeaseKeeper:
        self.start()
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.stop()

    def start(self) -> None:
        """Renew the lease from now on."""
        # A timer, because nearly all work is done before it would fire: no task is made for nothing.
        self._first = asyncio.get_running_loop().call_later(self._every, self._begin)

    def stop(self) -> None:
        """Renew it no more."""
        if self._first is not None:
            self._first.cancel()
        if self._keeping is not None:
            self._keeping.cancel()

    def _begin(self) -> None:
        self._keeping = asyncio.create_task(self._keep())

    def on_end(self, ended: Callable[[], None]) -> None:
        """Call a function when there is nothing left to keep.

        Args:
            ended: the function.
        """
        self._ended = ended

    async def _keep(self) -> None:
        try:
            await self._keep_until_lost()
        finally:
            if self._ended is not None:
                self._ended()

    async def _keep_until_lost(self) -> None:
        while True:
            try:
                answer = await self._renew()
            except TaskLost as error:
                _LOG.debug("lease of %s is lost: %s", self._what, error)
                if self._lost is not None:
                    self._lost(error)
                return
            except CallError as error:
                _LOG.debug("lease of %s could not be renewed: %s", self._what, error)
            else:
                if self._answered is not None:
                    self._answered(answer)
                if answer.get("can_continue") is False:
                    return
            await asyncio.sleep(self._every)
