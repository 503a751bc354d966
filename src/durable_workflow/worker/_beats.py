"""How a running activity and the server hear of each other."""

from __future__ import annotations

import asyncio
import concurrent.futures
import functools
from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any

from durable_workflow.errors import ActivityCancelled
from durable_workflow.worker._heartbeats import Heartbeats, has_heartbeat_timeout, heartbeat_interval
from durable_workflow.worker._leases import LeaseKeeper, renewal_interval
from durable_workflow.worker._process_child import Ask

if TYPE_CHECKING:
    from durable_workflow.client import Client

__all__ = ["Beats"]

_LONGEST_WATCH = 10.0
"""At least this often, in seconds, an activity is looked after that does not beat itself."""

_LONGEST_WITHOUT_RENEWAL = 100.0
"""Where only heartbeats renew a lease each one is an event in history: no more than it takes."""


_UNTIL_NEXT_BEAT = 10.0
"""How long code that beats may take, in seconds, to hear with its next beat that it should stop."""


class Beats:
    """Heartbeats of one attempt, in all styles, and the renewal of its lease between them.

    Args:
        client: the connection to the server.
        task: the activity task.
        lease: what the server wants to see of the lease.
        stopped: called when the server says that the attempt should stop.
        interrupt: called when the code would not hear of it by itself.
        renews: whether the server renews leases without a heartbeat.
    """

    def __init__(
        self,
        client: Client,
        task: Mapping[str, Any],
        lease: Mapping[str, str],
        stopped: Callable[[], None],
        interrupt: Callable[[], None],
        *,
        renews: bool,
    ) -> None:
        self._client = client
        self._task = task
        self._lease = dict(lease)
        self._stopped = stopped
        self._interrupt = interrupt
        self._interrupting: asyncio.TimerHandle | None = None
        self._has_beaten = False
        self._renews = renews
        self._loop = asyncio.get_running_loop()
        self._beating = 0
        self._is_cancelled = False
        self._beats = Heartbeats(self._send, heartbeat_interval(task), self._stop)

    @property
    def lost(self) -> bool:
        """Whether the attempt is somebody else's, or nobody's, by now."""
        return self._beats.lost

    @property
    def why(self) -> str:
        """Why the attempt should stop."""
        return self._beats.why or "the activity should stop"

    def keeper(self) -> LeaseKeeper | None:
        """Return what renews the lease meanwhile; None if that is the activity's own business."""
        what = f"activity task {self._task['task_id']}"
        renew: Callable[[], Awaitable[Mapping[str, Any]]]
        if self._renews:
            renew = functools.partial(self._client.renew_activity_task_lease, **self._lease)
            every = renewal_interval(self._task, longest=_LONGEST_WATCH)
        elif has_heartbeat_timeout(self._task):
            # A heartbeat of the worker's own would hide that the activity hangs.
            return None
        else:
            renew = functools.partial(self._send, None)
            every = renewal_interval(self._task, longest=_LONGEST_WITHOUT_RENEWAL)
        return LeaseKeeper(renew, every, what, answered=self._beats.judge, lost=self._beats.lose)

    async def beat(self, details: Any = None) -> None:
        """Send a heartbeat, from any event loop.

        Raises:
            ActivityCancelled: the attempt should stop.
        """
        if asyncio.get_running_loop() is self._loop:
            await self._beat(details)
        else:
            # A plain activity may run an event loop of its own; the client's connections live in this one.
            await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(self._beat(details), self._loop))

    def beat_from_thread(self, details: Any = None) -> None:
        """Send a heartbeat, from a thread.

        Raises:
            ActivityCancelled: the attempt should stop.
        """
        self._beats.check()
        if self._is_cancelled:
            raise ActivityCancelled("the activity should stop: its worker gave it up")
        beat = self._beat(details)
        try:
            asyncio.run_coroutine_threadsafe(beat, self._loop).result()
        except (concurrent.futures.CancelledError, RuntimeError) as error:
            beat.close()
            raise ActivityCancelled("the activity should stop: its worker has ended") from error

    def answer_process(self, question: Ask) -> bool | None:
        """Answer what an activity asks that runs in a process.

        Raises:
            ActivityCancelled: the attempt should stop.
        """
        if question.what == "cancelled":
            return self._is_cancelled
        self.beat_from_thread(question.details)
        return None

    def give_up(self) -> None:
        """Note that the worker itself ends the attempt."""
        self._is_cancelled = True

    async def close(self) -> None:
        """Send nothing more."""
        if self._interrupting is not None:
            self._interrupting.cancel()
        await self._beats.close()

    async def _beat(self, details: Any) -> None:
        self._beating += 1
        self._has_beaten = True
        try:
            await self._beats.beat(details)
        except ActivityCancelled:
            # Heard: from here on the code may take its time to clean up.
            if self._interrupting is not None:
                self._interrupting.cancel()
            raise
        finally:
            self._beating -= 1

    async def _send(self, details: Any) -> Mapping[str, Any]:
        answer: Mapping[str, Any] = await self._client.heartbeat_activity_task(**self._lease, details=details)
        return answer

    def _stop(self) -> None:
        self._is_cancelled = True
        self._stopped()
        if not self._beating:
            # Code that beats hears of it in its own way, if it beats.
            wait = _UNTIL_NEXT_BEAT if self._has_beaten else 0.0
            self._interrupting = self._loop.call_later(wait, self._interrupt)
