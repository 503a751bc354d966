"""When virtual time may leap, how far, and what goes along with it."""

from __future__ import annotations

import pytest

from durable_workflow.server import engine
from durable_workflow.server.clock import LeapingClock, SystemClock, VirtualClock
from durable_workflow.server.store import Store, StoreAhead

WORKFLOWS = ("pollWorkflowTask", "default", "k1")
ACTIVITIES = ("pollActivityTask", "default", "k1")
ACTIVITY = {"type": "schedule_activity", "activity_type": "a", "queue": "q"}
TIMER = {"type": "start_timer", "delay_seconds": 60}


@pytest.fixture
async def leaping(server):
    """The driver, on the clock of a server on virtual time."""
    await server.store.close()
    server.clock = LeapingClock()
    server.open()
    return server


async def ahead(server, *polled):
    return await server.store.read(lambda tx: engine.look_ahead(tx, set(polled)))


async def leap(server, moment):
    return await server.store.write(lambda tx: engine.leap(tx, moment))


async def test_nothing_is_due_on_an_empty_server(server):
    await server.register(heartbeat_interval_seconds=10)
    view = await ahead(server)
    assert (view.busy, view.unserved, view.moment) == (False, False, None), "no worker makes time leap"


async def test_a_leased_task_keeps_time(server):
    await server.register()
    await server.start()
    task = await server.take()
    assert (await ahead(server)).busy
    await server.complete(task, ACTIVITY, TIMER)
    activity = await server.take_activity()
    assert (await ahead(server)).busy
    await server.answer("completeActivityTask", activity, result=None)
    await server.complete(await server.take())
    view = await ahead(server, WORKFLOWS, ACTIVITIES)
    assert (view.busy, view.moment) == (False, server.clock.now() + 60), "a lease is not what time leaps to"


async def test_a_ready_task_keeps_time_for_a_live_worker_that_asks_for_its_kind(server):
    await server.begun(ACTIVITY | {"schedule_to_start_timeout": 30})
    nobody, other, kind = await ahead(server), await ahead(server, WORKFLOWS), await ahead(server, ACTIVITIES)
    assert (nobody.busy, nobody.unserved) == (False, True)
    assert (other.busy, other.unserved) == (False, True)
    assert kind.busy
    assert nobody.moment == server.clock.now() + 30


@pytest.mark.parametrize(
    "change",
    [
        {"task_queue": "other"},
        {"supported_activity_types": ["b"]},
        {"heartbeat_interval_seconds": 1},
        {"worker_id": "k2"},
    ],
)
async def test_a_worker_that_cannot_take_the_task_keeps_no_time(server, change):
    await server.register("gone", heartbeat_interval_seconds=1)
    await server.start()
    await server.complete(await server.take("gone"), ACTIVITY)
    await server.advance(10)
    await server.register(**{"worker_id": "k1", **change})
    if "heartbeat_interval_seconds" in change:
        assert (await ahead(server, ACTIVITIES)).busy
        await server.advance(3)
    assert not (await ahead(server, ACTIVITIES, ("pollActivityTask", "default", "gone"))).busy


async def test_a_worker_without_heartbeats_counts_for_a_while(server):
    await server.register()
    await server.start()
    await server.advance(59)
    assert (await ahead(server, WORKFLOWS)).busy
    await server.advance(1)
    assert not (await ahead(server, WORKFLOWS)).busy


async def test_a_leap_reaches_the_due_moment_exactly(leaping):
    run = await leaping.begun(TIMER)
    moment = (await ahead(leaping)).moment
    assert moment is not None
    await leap(leaping, moment)
    fired = await leaping.last(run, "TimerFired")
    assert fired["fired_at"] == fired["fire_at"]
    assert 0 <= leaping.clock.now() - moment < 5
    assert 50 < leaping.clock.skipped <= 60


async def test_a_past_moment_only_does_what_is_due(leaping):
    await leaping.begun(TIMER)
    before = leaping.clock.skipped
    await leap(leaping, leaping.clock.now() - 5)
    assert leaping.clock.skipped == before


async def test_the_watch_over_workers_goes_along(leaping):
    await leaping.register(heartbeat_interval_seconds=10)
    await leaping.start()
    await leaping.start("w2")
    task = await leaping.take()
    await leaping.complete(await leaping.take(), ACTIVITY)
    activity = await leaping.take_activity()
    await leap(leaping, leaping.clock.now() + 86_400)
    await leaping.call("heartbeatWorker", body={"worker_id": "k1"})
    await leaping.answer("completeActivityTask", activity, result=None)
    await leaping.complete(task, TIMER)
    assert (await ahead(leaping, WORKFLOWS)).busy, "the worker counts as alive"


async def test_a_database_goes_on_where_its_virtual_time_stands(leaping):
    run = await leaping.begun(TIMER)
    await leap(leaping, leaping.clock.now() + 1000)
    skipped = leaping.clock.skipped
    leaping.clock = LeapingClock()
    await leaping.reopen()
    assert leaping.clock.skipped == skipped
    await leap(leaping, leaping.clock.now() + 1)
    assert (await leaping.types(run))[-1] == "TimerFired"


async def test_a_database_of_the_future_is_refused_on_real_time(leaping):
    path = str(leaping.path)
    await leap(leaping, leaping.clock.now() + 1000)
    await leaping.store.close()
    with pytest.raises(StoreAhead, match=r"1000 s ahead .* --virtual-time"):
        Store.open(path, SystemClock())
    leaping.open()


async def test_a_clock_that_cannot_leap_says_so(server):
    with pytest.raises(TypeError, match="real time"):
        await leap(server, server.clock.now() + 1)


def test_a_leaping_clock_runs_on_and_never_back():
    clock, real = LeapingClock(), SystemClock()
    assert abs(clock.now() - real.now()) < 5
    clock.skip(100)
    times = [clock.now() for _ in range(100)]
    assert times == sorted(times)
    assert 99 < times[0] - real.now() <= 100
    with pytest.raises(ValueError, match="not be negative"):
        clock.skip(-1)
    assert not isinstance(VirtualClock(), LeapingClock)
