"""Waiting for topics: nothing is missed, nobody is woken for nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from durable_workflow.server._calls import Pending, Reply
from durable_workflow.server._http import ClientGone
from durable_workflow.server._polls import Hub, Probe, hold

EMPTY = Reply(200, {"task": None})
TASKS = "wf:default:q"
EVENTS = "run:1"


class Queue:
    """Tasks that pollers take, with a count of how often somebody looked."""

    def __init__(self, hub: Hub, topic: str = TASKS) -> None:
        self.hub = hub
        self.topic = topic
        self.ready: list[int] = []
        self.looks = 0

    def put(self, *tasks: int) -> None:
        self.ready += tasks
        self.hub.raise_topics(frozenset({self.topic}))

    async def look(self, topic: str | None) -> Probe:
        self.looks += 1
        await asyncio.sleep(0)
        if self.ready:
            return Probe(Reply(200, {"task": self.ready.pop(0)}), len(self.ready))
        return Probe(Pending(self.topic, EMPTY), 0)


def poll(
    hub: Hub,
    look: Callable[[str | None], Awaitable[Probe]],
    *,
    longest: float = 5.0,
    gone: asyncio.Future[None] | None = None,
    now: float = 0.0,
) -> asyncio.Task[Reply]:
    future = gone or asyncio.get_running_loop().create_future()
    return asyncio.ensure_future(hold(hub, look, lambda: future, longest=longest, now=lambda: now))


async def settle(rounds: int = 20) -> None:
    for _ in range(rounds):
        await asyncio.sleep(0)


async def test_what_is_there_is_answered_at_once() -> None:
    hub = Hub()
    queue = Queue(hub)
    queue.put(1)
    assert (await poll(hub, queue.look)).body == {"task": 1}
    assert len(hub) == 0


async def test_a_raised_topic_ends_the_wait() -> None:
    hub = Hub()
    queue = Queue(hub)
    polling = poll(hub, queue.look)
    await settle()
    assert len(hub) == 1
    queue.put(7)
    assert (await polling).body == {"task": 7}
    assert queue.looks == 2


async def test_a_hub_that_was_closed_can_be_opened_again() -> None:
    hub = Hub()
    hub.close()
    queue = Queue(hub)
    assert await poll(hub, queue.look) == EMPTY
    hub.open()
    polling = poll(hub, queue.look)
    await settle()
    assert len(hub) == 1
    queue.put(7)
    assert (await polling).body == {"task": 7}


async def test_the_time_over_gives_the_empty_reply() -> None:
    hub = Hub()
    assert await poll(hub, Queue(hub).look, longest=0.01) == EMPTY
    assert len(hub) == 0


async def test_a_call_may_name_its_own_time() -> None:
    hub = Hub()

    async def look(topic: str | None) -> Probe:
        return Probe(Pending(TASKS, EMPTY, deadline_seconds=0.01))

    async with asyncio.timeout(2):
        assert await poll(hub, look, longest=60) == EMPTY


async def test_other_topics_wake_nobody() -> None:
    hub = Hub()
    queue = Queue(hub)
    polling = poll(hub, queue.look, longest=0.05)
    await settle()
    hub.raise_topics(frozenset({"wf:default:other", "clock"}))
    assert await polling == EMPTY
    assert queue.looks == 1


OWN = "wfs:default:k1"


def owner(queue: Queue, own: Queue) -> Callable[[str | None], Awaitable[Probe]]:
    """A caller that looks at what is kept for it, then at the queue, and waits for both."""

    async def look(topic: str | None) -> Probe:
        queue.looks += 1
        await asyncio.sleep(0)
        ready = own.ready or queue.ready
        task = ready.pop(0) if ready else None
        left = len(own.ready if topic == OWN else queue.ready)
        return Probe(
            Pending(TASKS, EMPTY, own_topic=OWN) if task is None else Reply(200, {"task": task}), left
        )

    return look


async def test_what_is_kept_for_one_caller_wakes_only_that_caller() -> None:
    hub = Hub()
    queue, own = Queue(hub), Queue(hub, topic=OWN)
    others = [poll(hub, queue.look, longest=0.2) for _ in range(100)]
    mine = poll(hub, owner(queue, own))
    await settle()
    queue.looks = 0
    own.put(3)
    assert (await mine).body == {"task": 3}
    assert queue.looks == 1
    assert {(await other) == EMPTY for other in others} == {True}
    assert len(hub) == 0


async def test_a_caller_with_a_topic_of_its_own_takes_part_in_the_queue() -> None:
    hub = Hub()
    queue, own = Queue(hub), Queue(hub, topic=OWN)
    mine = poll(hub, owner(queue, own))
    await settle()
    queue.put(4)
    assert (await mine).body == {"task": 4}
    assert len(hub) == 0


async def test_tasks_kept_for_one_caller_wake_its_other_polls_one_by_one() -> None:
    hub = Hub()
    queue, own = Queue(hub), Queue(hub, topic=OWN)
    mine = [poll(hub, owner(queue, own)) for _ in range(3)]
    await settle()
    own.put(1, 2, 3)
    async with asyncio.timeout(2):
        assert sorted([(await one).body["task"] for one in mine]) == [1, 2, 3]
    assert len(hub) == 0


async def test_both_topics_at_once_lose_no_task() -> None:
    hub = Hub()
    queue, own = Queue(hub), Queue(hub, topic=OWN)
    mine = poll(hub, owner(queue, own))
    other = poll(hub, queue.look)
    await settle()
    own.ready.append(1)
    queue.ready.append(2)
    hub.raise_topics(frozenset({OWN, TASKS}))
    async with asyncio.timeout(2):
        assert [(await mine).body, (await other).body] == [{"task": 1}, {"task": 2}]
    assert len(hub) == 0


async def test_one_task_wakes_one_of_a_thousand() -> None:
    hub = Hub()
    queue = Queue(hub)
    polling = [poll(hub, queue.look) for _ in range(1000)]
    await settle()
    queue.looks = 0
    queue.put(1)
    await settle()
    assert queue.looks == 1
    assert sum(one.done() for one in polling) == 1
    assert polling[0].done(), "the one that has waited longest"
    queue.put(2, 3, 4)
    await settle()
    assert queue.looks == 4
    assert sorted(one.result().body["task"] for one in polling if one.done()) == [1, 2, 3, 4]
    hub.close()
    assert {one.status for one in await asyncio.gather(*polling)} == {200}
    assert len(hub) == 0


async def test_a_task_that_the_first_cannot_take_reaches_the_next() -> None:
    hub = Hub()
    there: list[str] = []

    def look_for(kind: str) -> Callable[[str | None], Awaitable[Probe]]:
        async def look(topic: str | None) -> Probe:
            await asyncio.sleep(0)
            if kind in there:
                there.remove(kind)
                return Probe(Reply(200, {"task": kind}), len(there))
            return Probe(Pending(TASKS, EMPTY), len(there))

        return look

    polling = [poll(hub, look_for(kind), longest=1) for kind in ("php", "go", "java", "python")]
    await settle()
    there.append("python")
    hub.raise_topics(frozenset({TASKS}))
    assert (await polling[3]).body == {"task": "python"}
    assert len(hub) == 3
    hub.close()
    await asyncio.gather(*polling)


async def test_events_of_a_run_wake_everybody_who_reads_it() -> None:
    hub = Hub()
    happened: list[str] = []

    async def look(topic: str | None) -> Probe:
        return Probe(Reply(200, {"events": happened[:]}) if happened else Pending(EVENTS, EMPTY))

    reading = [poll(hub, look) for _ in range(5)]
    await settle()
    happened.append("closed")
    hub.raise_topics(frozenset({EVENTS}))
    assert [one.body for one in await asyncio.gather(*reading)] == [{"events": ["closed"]}] * 5


@pytest.mark.parametrize("topic", [TASKS, EVENTS])
async def test_what_is_raised_during_a_look_is_not_missed(topic: str) -> None:
    hub = Hub()
    queue = Queue(hub, topic)
    stale = [True]

    async def look(asked: str | None) -> Probe:
        if stale.pop() if stale else False:
            # The look saw nothing, and the task was put there before its answer came back.
            queue.put(1)
            return Probe(Pending(topic, EMPTY))
        return await queue.look(asked)

    async with asyncio.timeout(2):
        assert (await poll(hub, look)).body == {"task": 1}


async def test_a_poller_that_goes_while_woken_hands_on() -> None:
    hub = Hub()
    queue = Queue(hub)
    loop = asyncio.get_running_loop()
    gone: asyncio.Future[None] = loop.create_future()
    first, second = poll(hub, queue.look, gone=gone), poll(hub, queue.look)
    await settle()
    gone.set_result(None)
    queue.put(1)
    assert (await second).body == {"task": 1}
    with pytest.raises(ClientGone):
        await first
    assert len(hub) == 0


async def test_a_cancelled_wait_leaves_nothing_behind() -> None:
    hub = Hub()
    queue = Queue(hub)
    first, second = poll(hub, queue.look), poll(hub, queue.look)
    await settle()
    first.cancel()
    await settle()
    assert len(hub) == 1
    queue.put(1)
    assert (await second).body == {"task": 1}


async def test_a_look_that_fails_hands_on() -> None:
    hub = Hub()
    queue = Queue(hub)
    looks: list[int] = []

    async def failing(topic: str | None) -> Probe:
        looks.append(1)
        if len(looks) > 1:
            raise OSError("gone")
        return Probe(Pending(TASKS, EMPTY))

    broken, sound = poll(hub, failing), poll(hub, queue.look)
    await settle()
    queue.put(1)
    assert (await sound).body == {"task": 1}
    with pytest.raises(OSError, match="gone"):
        await broken


async def test_a_known_future_moment_is_looked_at() -> None:
    hub = Hub()
    looks: list[Any] = []

    async def look(topic: str | None) -> Probe:
        looks.append(topic)
        if len(looks) > 1:
            return Probe(EMPTY)
        return Probe(Pending(TASKS, EMPTY, next_probe_at=100.02))

    async with asyncio.timeout(2):
        await poll(hub, look, longest=60, now=100.0)
    assert looks == [None, None]


async def test_closing_ends_every_wait_now_and_later() -> None:
    hub = Hub()
    queue = Queue(hub)
    polling = [poll(hub, queue.look) for _ in range(3)]
    await settle()
    hub.close()
    assert await asyncio.gather(*polling) == [EMPTY] * 3
    assert await poll(hub, queue.look) == EMPTY
    assert len(hub) == 0


async def test_no_task_is_forgotten_under_a_storm() -> None:
    hub = Hub()
    queue = Queue(hub)
    taken: list[int] = []

    async def worker() -> None:
        while len(taken) < 500:
            reply = await poll(hub, queue.look, longest=0.2)
            if reply.body["task"] is not None:
                taken.append(reply.body["task"])

    async def producer(start: int) -> None:
        for number in range(start, 500, 5):
            queue.put(number)
            await asyncio.sleep(0)

    async with asyncio.timeout(20):
        await asyncio.gather(*(worker() for _ in range(50)), *(producer(start) for start in range(5)))
    assert sorted(taken) == list(range(500))
    assert len(hub) == 0
