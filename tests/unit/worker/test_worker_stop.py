"""How a worker ends."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
import time
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest

from durable_workflow import activity
from durable_workflow.errors import ActivityCancelled, ConnectionFailed
from durable_workflow.worker import Worker
from support.scripted_client import ScriptedClient, activity_task, until


class Slow:
    """An activity that lasts until it is released."""

    def __init__(self) -> None:
        self.begun = asyncio.Event()
        self.release = asyncio.Event()
        self.cancelled = False

    @activity.defn(name="slow")
    async def work(self) -> str:
        self.begun.set()
        try:
            await self.release.wait()
        except asyncio.CancelledError:
            self.cancelled = True
            raise
        return "done"


Started = tuple[ScriptedClient, Worker, asyncio.Task[None], Slow]


@pytest.fixture
async def start() -> AsyncIterator[Callable[..., Any]]:
    ended: list[tuple[Slow, asyncio.Task[None]]] = []

    async def begin(**options: Any) -> Started:
        client, slow = ScriptedClient(), Slow()
        worker = Worker(client, task_queue="queue", activities=[slow.work], **options)
        running = asyncio.create_task(worker.run())
        ended.append((slow, running))
        client.activity_tasks.put_nowait(activity_task("slow"))
        await slow.begun.wait()
        return client, worker, running, slow

    yield begin
    for slow, running in ended:
        slow.release.set()
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


async def test_stop_waits_for_work_in_hand_and_takes_no_more(start: Any) -> None:
    client, worker, running, slow = await start()
    stopping = asyncio.create_task(worker.stop())
    await asyncio.sleep(0.4)
    client.activity_tasks.put_nowait(activity_task("slow"))
    assert not stopping.done()
    slow.release.set()
    await stopping
    await running
    assert [done["result"] for done in client.of("complete_activity_task")] == ["done"]
    assert client.activity_tasks.qsize() == 1


async def test_stop_may_be_called_often_and_by_many(start: Any) -> None:
    _, worker, running, slow = await start()
    slow.release.set()
    await asyncio.gather(worker.stop(), worker.stop(), worker.stop())
    await running
    await worker.stop()


async def test_a_stop_that_overtakes_the_start_is_kept() -> None:
    client = ScriptedClient()
    worker = Worker(client, task_queue="queue", activities=[Slow().work])
    running = asyncio.create_task(worker.run())
    await worker.stop()
    await asyncio.wait_for(running, 5)
    assert not client.of("poll_activity_task")


async def test_a_task_that_arrives_with_the_stop_is_still_done(start: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr("durable_workflow.worker._session._LAST_POLLS_SECONDS", 2.0)
    client, worker, running, slow = await start()
    stopping = asyncio.create_task(worker.stop())
    await asyncio.sleep(0.02)
    client.activity_tasks.put_nowait(activity_task("slow"))
    await until(lambda: client.activity_tasks.empty())
    slow.release.set()
    await stopping
    await running
    assert len(client.of("complete_activity_task")) == 2


async def test_work_that_takes_too_long_is_cancelled_and_not_reported(start: Any) -> None:
    client, worker, running, slow = await start(shutdown_timeout=0.1)
    await worker.stop()
    await running
    assert slow.cancelled
    assert not client.of("complete_activity_task")
    assert not client.of("fail_activity_task"), "the next worker gets the attempt when the lease is over"


async def test_finished_work_is_reported_although_the_time_to_stop_is_over(start: Any) -> None:
    client, worker, running, slow = await start(shutdown_timeout=0.0)
    client.script("complete_activity_task", ConnectionFailed("away"), ConnectionFailed("away"))
    slow.release.set()
    await client.seen("complete_activity_task")
    await worker.stop()
    await running
    assert len(client.of("complete_activity_task")) == 3


async def test_a_worker_never_waits_for_ever_for_a_server_that_is_away(start: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr("durable_workflow.worker._jobs.LAST_REPORTS_SECONDS", 0.2)
    client, worker, running, slow = await start(shutdown_timeout=0.1)
    client.script("complete_activity_task", *[ConnectionFailed("away")] * 1000)
    slow.release.set()
    await client.seen("complete_activity_task")
    await asyncio.wait_for(worker.stop(), 3)
    await running


async def test_a_cancelled_run_ends_its_work_first_and_then_says_so(start: Any) -> None:
    client, _, running, slow = await start()
    running.cancel()
    await asyncio.sleep(0.05)
    assert not running.done()
    slow.release.set()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert client.of("complete_activity_task")


async def test_a_run_cancelled_twice_does_not_wait(start: Any) -> None:
    _, _, running, slow = await start()
    running.cancel()
    await asyncio.sleep(0.05)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asyncio.wait_for(running, 2)
    assert slow.cancelled


async def test_an_activity_may_stop_its_own_worker() -> None:
    client = ScriptedClient()

    @activity.defn(name="last one")
    async def last_one() -> None:
        await worker.stop()

    worker = Worker(client, task_queue="queue", activities=[last_one])
    client.activity_tasks.put_nowait(activity_task("last one"))
    await asyncio.wait_for(worker.run(), 5)
    assert client.of("complete_activity_task")


async def test_a_plain_function_that_never_ends_does_not_hold_the_worker() -> None:
    client, begun, release = ScriptedClient(), threading.Event(), threading.Event()
    verdict: list[BaseException] = []

    @activity.defn(name="stuck")
    def stuck() -> None:
        begun.set()
        release.wait(10)
        try:
            activity.context().heartbeat_sync()
        except ActivityCancelled as error:
            verdict.append(error)

    worker = Worker(client, task_queue="queue", activities=[stuck], shutdown_timeout=0.1)
    client.activity_tasks.put_nowait(activity_task("stuck"))
    running = asyncio.create_task(worker.run())
    await asyncio.to_thread(begun.wait)
    own = [thread for thread in threading.enumerate() if thread.name.startswith("durable-workflow")]
    assert own
    assert all(thread.daemon for thread in own), "a process must be able to exit although they run"
    stopped_at = time.monotonic()
    await worker.stop()
    await running
    assert time.monotonic() - stopped_at < 2
    release.set()
    await until(lambda: bool(verdict))
    assert not client.of("heartbeat_activity_task")
    assert all(
        thread.daemon for thread in threading.enumerate() if thread.name.startswith("durable-workflow")
    )


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_a_signal_stops_the_worker_gracefully(start: Any, number: signal.Signals) -> None:
    before = signal.getsignal(number)
    client, _, running, slow = await start()
    assert signal.getsignal(number) is not before
    os.kill(os.getpid(), number)
    await asyncio.sleep(0.05)
    assert not running.done()
    slow.release.set()
    await running
    assert client.of("complete_activity_task")
    assert signal.getsignal(number) is before


async def test_a_second_signal_cancels_at_once(start: Any) -> None:
    _, _, running, slow = await start()
    os.kill(os.getpid(), signal.SIGTERM)
    await asyncio.sleep(0.05)
    os.kill(os.getpid(), signal.SIGTERM)
    await asyncio.wait_for(running, 2)
    assert slow.cancelled


async def test_a_signal_stops_all_workers_of_the_process(start: Any) -> None:
    before = signal.getsignal(signal.SIGTERM)
    _, _, first, slow = await start()
    _, _, second, other = await start()
    slow.release.set()
    other.release.set()
    os.kill(os.getpid(), signal.SIGTERM)
    await asyncio.wait_for(asyncio.gather(first, second), 5)
    assert signal.getsignal(signal.SIGTERM) is before


def test_a_worker_outside_of_the_main_thread_leaves_signals_alone() -> None:
    seen: list[Any] = []

    async def main() -> None:
        client = ScriptedClient()
        worker = Worker(client, task_queue="queue", activities=[Slow().work])
        running = asyncio.create_task(worker.run())
        await client.seen("poll_activity_task")
        seen.append(signal.getsignal(signal.SIGTERM))
        await worker.stop()
        await running

    thread = threading.Thread(target=lambda: asyncio.run(main()))
    thread.start()
    thread.join(10)
    assert seen == [signal.getsignal(signal.SIGTERM)]
