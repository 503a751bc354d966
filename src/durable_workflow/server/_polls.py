"""Long polls: who waits for which topic, and who is woken when it is raised."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from itertools import islice

from durable_workflow.server._calls import Pending, Reply
from durable_workflow.server._http import ClientGone
from durable_workflow.server.clock import elapsed

__all__ = ["Hub", "Probe", "hold"]

# A queue's tasks go to one poller each; whatever else is raised concerns everybody who waits for it.
_SHARED_OUT = ("wf:", "wfs:", "act:", "query:")


@dataclass(frozen=True, slots=True)
class Probe:
    """What one look at the store brought.

    Args:
        result: The reply, or what to wait for.
        backlog: How many tasks of the topic others could still take.
    """

    result: Reply | Pending
    backlog: int = 0


@dataclass(slots=True, eq=False)
class _Waiter:
    woken: asyncio.Future[None]
    generation: int = 0


@dataclass(slots=True)
class _Topic:
    """Those who wait for one topic.

    ``idle`` wait for the next raise; ``due`` waited when the topic was raised and have not looked since.
    """

    idle: dict[_Waiter, None] = field(default_factory=dict)
    due: dict[_Waiter, None] = field(default_factory=dict)
    looking: int = 0
    generation: int = 0

    def empty(self) -> bool:
        return not (self.idle or self.due or self.looking)

    def all_due(self) -> None:
        if not self.due:
            self.idle, self.due = self.due, self.idle
        else:
            self.due.update(self.idle)
            self.idle.clear()

    def all_idle(self) -> None:
        # Those who have waited longest stay in front.
        self.due.update(self.idle)
        self.idle, self.due = self.due, {}


class Hub:
    """Wakes waiters when topics are raised, for the queues one waiter for each task.

    Everything here happens on one event loop.
    """

    def __init__(self) -> None:
        self.closed = asyncio.Event()
        self._topics: dict[str, _Topic] = {}
        self._open: dict[int, None] = {}
        self._raised: deque[tuple[int, frozenset[str]]] = deque()
        self._clock = 0

    def __len__(self) -> int:
        return sum(len(topic.idle) + len(topic.due) for topic in self._topics.values())

    def raise_topics(self, topics: frozenset[str]) -> None:
        """Wake those who wait for one of the topics."""
        self._clock += 1
        if self._open:
            self._raised.append((self._clock, topics))
        for name in topics:
            topic = self._topics.get(name)
            if topic is not None:
                topic.generation += 1
                topic.all_due()
                shared = name.startswith(_SHARED_OUT)
                self._wake(topic, 1 - topic.looking if shared else len(topic.due))

    def open(self) -> None:
        """Let waits last again after `close`."""
        self.closed.clear()

    def close(self) -> None:
        """End every wait, now and until `open`."""
        self.closed.set()
        for topic in self._topics.values():
            topic.all_due()
            self._wake(topic, len(topic.due))

    def begin(self) -> int:
        """Start to remember raised topics for a look at the store; returns its mark."""
        self._clock += 1
        self._open[self._clock] = None
        return self._clock

    def end(self, mark: int) -> set[str]:
        """Return what was raised since a mark, and forget it."""
        raised = {name for moment, topics in self._raised if moment > mark for name in topics}
        del self._open[mark]
        oldest = next(iter(self._open), self._clock)
        while self._raised and self._raised[0][0] <= oldest:
            self._raised.popleft()
        return raised

    def join(self, name: str) -> _Waiter:
        """Wait for a topic from now on."""
        waiter = _Waiter(asyncio.get_running_loop().create_future())
        self._topics.setdefault(name, _Topic()).idle[waiter] = None
        return waiter

    def leave(self, name: str, waiter: _Waiter, backlog: int | None = None) -> None:
        """Stop waiting for a topic, or report what a woken waiter found.

        Args:
            name: The topic.
            waiter: The waiter.
            backlog: After a look how many tasks are left; None if the waiter goes without having looked.
        """
        topic = self._topics[name]
        topic.idle.pop(waiter, None)
        topic.due.pop(waiter, None)
        if waiter.woken.done():
            topic.looking -= 1
            self._hand_on(topic, waiter, backlog)
        if topic.empty():
            del self._topics[name]

    def _hand_on(self, topic: _Topic, waiter: _Waiter, backlog: int | None) -> None:
        if backlog is None or waiter.generation != topic.generation:
            # Nobody has looked since the last raise.
            self._wake(topic, max(1, backlog or 0) - topic.looking)
        elif backlog > 0:
            self._wake(topic, backlog - topic.looking)
        elif not topic.looking:
            topic.all_idle()

    def _wake(self, topic: _Topic, count: int) -> None:
        for waiter in list(islice(topic.due, max(count, 0))):
            del topic.due[waiter]
            waiter.generation = topic.generation
            topic.looking += 1
            waiter.woken.set_result(None)


async def hold(
    hub: Hub,
    look: Callable[[str | None], Awaitable[Probe]],
    watch: Callable[[], asyncio.Future[None]],
    *,
    longest: float,
    now: Callable[[], float],
    rest: Callable[[], AbstractContextManager[None]] = nullcontext,
) -> Reply:
    """Return the reply of a call as soon as there is one, or its empty reply when the time is over.

    The caller waits for real, so the time of a wait is real time, however far the clock leaps meanwhile.

    Args:
        hub: Where topics are raised.
        look: Makes the call once; it is given the topic whose raising was the cause, if any.
        watch: Returns what is done when the caller hangs up.
        longest: How many seconds to wait where the call names no time.
        now: The clock, epoch seconds.
        rest: Entered while the call does nothing but wait.

    Raises:
        ClientGone: If the caller hung up while it waited.
    """
    arrival = elapsed()
    woken: _Wait | None = None
    while True:
        pending, raised = await _look(hub, look, woken)
        if isinstance(pending, Reply):
            return pending
        allowed = longest if pending.deadline_seconds is None else pending.deadline_seconds
        left = arrival + allowed - elapsed()
        if hub.closed.is_set():
            return pending.stopped or pending.empty
        if left <= 0:
            return pending.empty
        woken = None
        topics = [pending.topic] if pending.own_topic is None else [pending.own_topic, pending.topic]
        if raised.isdisjoint(topics):
            probe_in = None if pending.next_probe_at is None else max(0.0, pending.next_probe_at - now())
            waits = [_Wait(topic, hub.join(topic)) for topic in topics]
            gone = watch()
            with rest():
                woken = await _sleep(hub, waits, gone, left, probe_in)
            if woken is None and (probe_in is None or probe_in >= left):
                return pending.empty


@dataclass(frozen=True, slots=True)
class _Wait:
    topic: str
    waiter: _Waiter


async def _look(
    hub: Hub, look: Callable[[str | None], Awaitable[Probe]], woken: _Wait | None
) -> tuple[Reply | Pending, set[str]]:
    """Make the call once; return its result and what was raised meanwhile."""
    mark = hub.begin()
    raised: set[str] = set()
    backlog = None
    try:
        probe = await look(None if woken is None else woken.topic)
        backlog = probe.backlog
    finally:
        raised = hub.end(mark)
        if woken is not None:
            hub.leave(woken.topic, woken.waiter, backlog)
    return probe.result, raised


async def _sleep(
    hub: Hub, waits: Sequence[_Wait], gone: asyncio.Future[None], left: float, probe_in: float | None
) -> _Wait | None:
    """Sleep until woken; None when the time was over first."""
    timeout = left if probe_in is None else min(left, probe_in)
    woken: _Wait | None = None
    try:
        futures = [wait.waiter.woken for wait in waits]
        await asyncio.wait((*futures, gone), timeout=timeout, return_when=asyncio.FIRST_COMPLETED)
        if gone.done():
            raise ClientGone
        woken = next((wait for wait in waits if wait.waiter.woken.done()), None)
    finally:
        for wait in waits:
            if wait is not woken:
                hub.leave(wait.topic, wait.waiter)
    return woken
