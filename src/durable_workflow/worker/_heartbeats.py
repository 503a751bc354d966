"""Signs of life of one running activity, no more often than the server needs them."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from durable_workflow.errors import ActivityCancelled, CallError, InvalidArgument, TaskLost

__all__ = ["Heartbeats", "has_heartbeat_timeout", "heartbeat_interval"]

_LOG = logging.getLogger("durable_workflow.worker")

_LONGEST_INTERVAL = 30.0
_LONGEST_CALL = 10.0
_AGAIN_AFTER = 2.0


def heartbeat_interval(task: Mapping[str, Any]) -> float:
    """Return the shortest time between two heartbeats on the wire, in seconds.

    Args:
        task: the activity task; its heartbeat time-out leaves room for two lost beats.
    """
    timeout = _heartbeat_timeout(task)
    return _LONGEST_INTERVAL if timeout is None else min(timeout / 3, _LONGEST_INTERVAL)


def has_heartbeat_timeout(task: Mapping[str, Any]) -> bool:
    """Return whether an activity is given up when it does not beat.

    Args:
        task: the activity task.
    """
    return _heartbeat_timeout(task) is not None


def _heartbeat_timeout(task: Mapping[str, Any]) -> float | None:
    policy = task.get("retry_policy")
    timeout = policy.get("heartbeat_timeout") if isinstance(policy, Mapping) else None
    if isinstance(timeout, bool) or not isinstance(timeout, int | float) or timeout <= 0:
        return None
    return float(timeout)


class Heartbeats:
    """The heartbeats of one attempt.

    The first goes at once. One that comes too early is kept and goes, with the newest details, when its time
    has come: the server hears of every sign of life, though late.

    Args:
        send: sends one heartbeat and returns the server's answer.
        interval: shortest time between two of them on the wire, in seconds.
        stopped: called once when the server says that the attempt should stop.
    """

    def __init__(
        self,
        send: Callable[[Any], Awaitable[Mapping[str, Any]]],
        interval: float,
        stopped: Callable[[], None],
    ) -> None:
        self.lost = False
        self._send_one = send
        self._interval = interval
        self._stopped = stopped
        self._why: str | None = None
        self._refusal: InvalidArgument | None = None
        self._details: Any = None
        self._unsent = False
        self._next_at = 0.0
        self._later: asyncio.Task[None] | None = None

    @property
    def why(self) -> str | None:
        """Why the attempt should stop, None if it may go on."""
        return self._why

    async def beat(self, details: Any = None) -> None:
        """Note a sign of life; send it now or soon.

        Args:
            details: the activity's progress.

        Raises:
            ActivityCancelled: the attempt should stop, or is no longer this worker's.
            InvalidArgument: these details, or those of the beat before, cannot be sent.
        """
        self.check()
        self._details, self._unsent = details, True
        if self._later is None and self._wait() <= 0:
            await self._send()
        if self._unsent and self._later is None:
            self._later = asyncio.create_task(self._send_later())
        self.check()

    def check(self) -> None:
        """Raise what is known already.

        Raises:
            ActivityCancelled: the attempt should stop, or is no longer this worker's.
            InvalidArgument: the details of the beat before cannot be sent.
        """
        refusal, self._refusal = self._refusal, None
        if refusal is not None:
            raise refusal
        if self._why is not None:
            raise ActivityCancelled(self._why)

    async def close(self) -> None:
        """Send nothing more."""
        if self._later is not None:
            self._later.cancel()
            await asyncio.gather(self._later, return_exceptions=True)

    def _wait(self) -> float:
        return self._next_at - asyncio.get_running_loop().time()

    async def _send_later(self) -> None:
        while self._unsent and self._why is None:
            await asyncio.sleep(max(0.0, self._wait()))
            await self._send()
        self._later = None

    async def _send(self) -> None:
        self._unsent = False
        self._next_at = asyncio.get_running_loop().time() + self._interval
        try:
            async with asyncio.timeout(_LONGEST_CALL):
                answer = await self._send_one(self._details)
        except TaskLost as error:
            self.lose(error)
        except InvalidArgument as error:
            self._refusal = error
        except (CallError, TimeoutError) as error:
            # The server has not heard of this beat, so it goes again without waiting for the next one.
            _LOG.debug("activity heartbeat failed: %s", error)
            self._unsent = True
            self._next_at = asyncio.get_running_loop().time() + min(self._interval, _AGAIN_AFTER)
        else:
            self.judge(answer)

    def judge(self, answer: Mapping[str, Any]) -> None:
        """Read from the answer to a heartbeat, or to a renewal of the lease, whether to go on.

        Args:
            answer: the answer.
        """
        reason = answer.get("reason")
        if answer.get("cancel_requested"):
            self._stop(f"the activity should stop ({reason or 'cancelled'})", lost=False)
        elif answer.get("can_continue") is False:
            self._stop(f"this attempt is no longer held by this worker ({reason})", lost=True)

    def lose(self, refusal: TaskLost) -> None:
        """Note that the attempt is no longer this worker's.

        Args:
            refusal: what the server said.
        """
        self._stop(f"this attempt is no longer held by this worker ({refusal.reason_code})", lost=True)

    def _stop(self, why: str, *, lost: bool) -> None:
        if self._why is None:
            self._why, self.lost = why, lost
            self._stopped()
