"""Time makes each thing happen for itself: what is broken is undone, put off and shown; the rest goes on."""

from __future__ import annotations

import logging

import pytest

from durable_workflow.server import engine
from durable_workflow.server.store import Transaction, children, setbacks
from durable_workflow.server.store.errors import StoreUnavailable


async def slept(server, workflow_id, seconds=60):
    """A run that has got as far as a timer."""
    run = await server.start(workflow_id)
    await server.complete(await server.take(), {"type": "start_timer", "delay_seconds": seconds})
    return run


@pytest.fixture
def choking(monkeypatch):
    """Makes firing the timers of some runs fail half-way, after history was written."""
    from durable_workflow.server.engine import timers, wakeups

    runs = set()
    wake = wakeups.wake

    def choke(tx, run, *rest):
        if run.run_id in runs:
            tx.raise_topic("half-way")
            tx.due(1.0)
            raise LookupError(f"no wait of {run.run_id}")
        return wake(tx, run, *rest)

    monkeypatch.setattr(timers.wakeups, "wake", choke)
    return runs


async def put_off(server):
    return await server.store.read(setbacks.all_setbacks)


async def test_a_broken_thing_does_not_hold_up_the_rest(server, choking, caplog):
    await server.register()
    bad, good = await slept(server, "bad"), await slept(server, "good")
    choking.add(bad["run_id"])
    server.topics.clear()
    with caplog.at_level(logging.ERROR):
        due = await server.advance(60)
    assert await server.types(good) == [*(await server.types(bad)), "TimerFired"]
    assert "half-way" not in server.topics
    (setback,) = await put_off(server)
    assert (setback.chore, setback.failures) == ("timer", 1)
    assert setback.error == f"LookupError: no wait of {bad['run_id']}"
    assert setback.item in caplog.text
    assert bad["run_id"] in caplog.text
    assert due == setback.again_at == server.clock.now() + 1


async def test_it_is_tried_again_later_and_later_and_ends_well(server, choking):
    await server.register()
    bad = await slept(server, "bad")
    choking.add(bad["run_id"])
    due = await server.advance(60)
    waits = []
    for _ in range(10):
        waits.append(due - server.clock.now())
        due = await server.advance(waits[-1])
    assert waits == [1, 2, 4, 8, 16, 32, 64, 128, 256, 300]
    assert [setback.failures for setback in await put_off(server)] == [11]
    choking.clear()
    assert await server.advance(299) == due, "not before its time"
    assert await server.advance(1) is None
    assert (await server.types(bad))[-1] == "TimerFired"
    assert await put_off(server) == []


@pytest.mark.parametrize("settings", [engine.EngineSettings(tick_batch=2)])
async def test_more_broken_things_than_one_tick_takes_do_not_block_those_behind(server, choking):
    await server.register()
    for number in range(5):
        choking.add((await slept(server, f"bad-{number}", 10))["run_id"])
    good = await slept(server, "good", 20)
    server.clock.advance(20)
    for _ in range(4):
        await server.tick()
    assert (await server.types(good))[-1] == "TimerFired"
    assert len(await put_off(server)) == 5


async def test_what_ended_otherwise_is_forgotten(server, choking):
    await server.register()
    bad = await slept(server, "bad")
    choking.add(bad["run_id"])
    await server.advance(60)
    await server.call("terminateWorkflow", path={"workflowId": "bad"}, body={})
    assert await server.advance(1) is None
    assert await put_off(server) == []


@pytest.mark.parametrize("chore", [chore.name for chore in engine.ticks.CHORES])
async def test_the_store_leaves_out_what_is_put_off(server, chore):
    """Each kind of thing, under the name and the key that its queries use."""
    await server.register(heartbeat_interval_seconds=10, capabilities=["sticky_execution"])
    activity = {"type": "schedule_activity", "activity_type": "a", "queue": "q"}
    retry = {"max_attempts": 3, "backoff_seconds": [50]}
    limits = {"start_to_close_timeout": 30, "retry_policy": retry}
    await server.start("one", run_timeout_seconds=20)
    commands = [{"type": "start_timer", "delay_seconds": 5}, activity | limits, activity]
    await server.complete(await server.take(), *commands)
    await server.take_activity()
    await server.start("two")
    two = await server.take()
    await server.start("three")
    three = await server.take()
    await server.answer("failWorkflowTask", three, failure={"message": "no"})
    assert two["workflow_id"] == "two"
    four = await server.start("four")
    child = {"type": "start_child_workflow", "workflow_type": "c", "parent_close_policy": "terminate"}
    commands = [activity | {"retry_policy": retry}, child | {"queue": "q2"}]
    await server.complete(await server.take(), *commands)
    await server.store.write(lambda tx: children.mark_due(tx, four["run_id"]))
    for _ in range(2):
        task = await server.take_activity()
    await server.answer("failActivityTask", task, failure={"message": "no"})
    await server.signal(workflow_id="four")
    (found,) = [one for one in engine.ticks.CHORES if one.name == chore]
    far = server.clock.now() + 1e6

    def put_off_one_after_the_other(tx: Transaction) -> int:
        things = found.due(tx, far, 100)
        for number in range(len(things)):
            left = found.due(tx, far, 100)
            assert len(left) == len(things) - number
            assert found.next_due(tx) is not None
            key = found.key(left[0])
            setbacks.add_setback(tx, setbacks.Setback(chore, key, 1, "", tx.now, tx.now + 1))
        assert found.due(tx, far, 100) == []
        assert found.next_due(tx) is None
        return len(things)

    assert await server.store.write(put_off_one_after_the_other) > 0
    await server.store.write(lambda tx: tx.execute("DELETE FROM setbacks") and None)


async def test_a_fault_of_the_file_ends_the_tick_and_is_not_put_off(server, choking, monkeypatch):
    from durable_workflow.server.engine import timers

    await server.register()
    good = await slept(server, "good")
    before = await server.types(good)
    fire = timers.wakeups.wake
    pages = await server.store.write(lambda tx: tx.scalar("PRAGMA page_count"))

    def fill(tx, run, *rest):
        tx.execute(f"PRAGMA max_page_count = {pages}").fetchone()
        tx.execute("INSERT INTO facts VALUES ('big', ?)", ("x" * 1_000_000,))
        return fire(tx, run, *rest)

    with monkeypatch.context() as patch:
        patch.setattr(timers.wakeups, "wake", fill)
        with pytest.raises(StoreUnavailable, match="no space"):
            await server.advance(60)
    await server.store.write(lambda tx: tx.execute("PRAGMA max_page_count = 1073741823").fetchone())
    assert await put_off(server) == []
    assert await server.types(good) == before
    await server.tick()
    assert (await server.types(good))[-1] == "TimerFired"
