"""Sticky runs: the next task waits a moment for the worker that holds its run live, never longer."""

from __future__ import annotations

import base64

import pytest

from durable_workflow.server import engine
from durable_workflow.server._backlog import backlog
from durable_workflow.server._calls import Pending

DONE = {"type": "complete_workflow"}
ACTIVITY = {"type": "schedule_activity", "activity_type": "charge"}
STICKY = {"capabilities": ["sticky_execution"]}
TAIL = {"capabilities": ["sticky_execution", "sticky_history_tail"]}
STICKY_MEMBERS = {"sticky_worker_id", "sticky_until", "sticky_replay_mode"}


async def held_live(server, *commands, **registration):
    """A run that k1 holds live, with another worker of the queue."""
    await server.register(**(registration or STICKY))
    await server.register("k2", **STICKY)
    run = await server.start()
    first = await server.take()
    assert not STICKY_MEMBERS & first.keys()
    await server.complete(first, *commands)
    return run


async def waiting(server, worker_id="k1"):
    pending = await server.raw("pollWorkflowTask", body={"worker_id": worker_id, "task_queue": "q"})
    assert isinstance(pending, Pending)
    return pending


async def test_the_next_task_is_kept_for_the_worker_that_had_the_last(server):
    await held_live(server)
    await server.signal()
    assert await server.poll("k2") is None
    task = await server.take()
    assert (task["sticky_worker_id"], task["sticky_replay_mode"]) == ("k1", "full")
    assert task["sticky_until"] is not None
    assert task["history_events"][0]["sequence"] == 1


async def test_after_a_moment_anybody_gets_it(server):
    await held_live(server)
    await server.signal()
    await server.advance(0.9)
    assert await server.poll("k2") is None
    server.topics.clear()
    assert await server.advance(0.1) is None
    assert "wf:default:q" in server.topics
    task = await server.take("k2")
    assert not STICKY_MEMBERS & task.keys()
    await server.complete(task)
    await server.signal()
    assert await server.poll("k1") is None
    assert (await server.take("k2"))["sticky_worker_id"] == "k2"


async def test_the_time_is_over_without_a_tick(server):
    await held_live(server)
    await server.signal()
    server.clock.advance(1)
    assert not STICKY_MEMBERS & (await server.take("k2")).keys()


async def test_a_kept_task_is_told_to_its_worker_alone(server):
    await held_live(server)
    server.topics.clear()
    await server.signal()
    assert "wfs:default:k1" in server.topics
    assert "wf:default:q" not in server.topics
    for topic, count in (("wfs:default:k1", 1), ("wf:default:q", 0), ("wfs:default:k2", 0)):
        assert await server.store.read(lambda tx, topic=topic: backlog(tx, topic)) == count
    await server.start("w2")
    assert await server.store.read(lambda tx: backlog(tx, "wf:default:q")) == 1


async def test_only_sticky_workers_wait_for_kept_tasks(server):
    await server.register(**STICKY)
    await server.register("plain")
    assert (await waiting(server)).own_topic == "wfs:default:k1"
    assert (await waiting(server, "plain")).own_topic is None


async def test_a_worker_that_is_not_sticky_gets_no_task_kept(server):
    await server.register()
    await server.register("k2")
    await server.start()
    await server.complete(await server.take())
    await server.signal()
    assert not STICKY_MEMBERS & (await server.take("k2")).keys()


async def test_a_following_task_is_kept_too(server):
    await held_live(server)
    await server.signal()
    task = await server.take()
    await server.signal("again")
    await server.complete(task)
    assert await server.poll("k2") is None
    assert (await server.take())["sticky_worker_id"] == "k1"


async def deregister(server):
    await server.call("deregisterWorker", path={"workerId": "k1"})


async def move(server):
    await server.register(task_queue="elsewhere", **STICKY)


async def drain(server):
    sql = "UPDATE workers SET status = 'draining' WHERE worker_id = 'k1'"
    await server.store.write(lambda tx: tx.execute(sql) and None)


async def fall_silent(server):
    await server.advance(30)


@pytest.mark.parametrize("leave", [deregister, move, drain, fall_silent])
async def test_nothing_is_kept_for_a_worker_that_is_gone(server, leave):
    await held_live(server, heartbeat_interval_seconds=10, **STICKY)
    await leave(server)
    await server.signal()
    assert not STICKY_MEMBERS & (await server.take("k2")).keys()


async def test_a_worker_that_leaves_lets_kept_tasks_go(server):
    await held_live(server)
    await server.signal()
    server.topics.clear()
    await deregister(server)
    assert "wf:default:q" in server.topics
    await server.take("k2")


async def test_a_failed_task_goes_to_anybody(server):
    await held_live(server)
    await server.signal()
    await server.answer("failWorkflowTask", await server.take(), failure={"message": "lost the thread"})
    await server.advance(1)
    task = await server.take("k2")
    assert not STICKY_MEMBERS & task.keys()


async def test_a_lost_lease_goes_to_anybody(server):
    await held_live(server)
    await server.signal()
    task = await server.take()
    await server.advance(300)
    again = await server.take("k2")
    assert again["task_id"] == task["task_id"]
    assert not STICKY_MEMBERS & again.keys()


async def test_only_what_is_new_is_sent_to_those_who_ask_for_that(server):
    run = await held_live(server, ACTIVITY, **TAIL)
    await server.answer("completeActivityTask", await server.take_activity(), result=1)
    task = await server.take(poll_request_id="p")
    assert (task["sticky_replay_mode"], task["total_history_events"]) == ("tail", 5)
    assert [event["event_type"] for event in task["history_events"]] == [
        "ActivityScheduled",
        "ActivityStarted",
        "ActivityCompleted",
    ]
    assert [event["sequence"] for event in task["history_events"]] == [3, 4, 5]
    assert await server.take(poll_request_id="p") == task
    token = base64.b64encode(b"0").decode()
    page = await server.answer("getWorkflowTaskHistory", task, next_history_page_token=token)
    assert [event["sequence"] for event in page["history_events"]] == [1, 2, 3, 4, 5]
    await server.complete(task)
    await server.signal()
    task = await server.take()
    assert [event["event_type"] for event in task["history_events"]] == ["SignalReceived"]
    await server.complete(task, DONE)
    assert len(await server.types(run)) == 7


async def test_the_tail_comes_in_pages_too(server):
    await held_live(server, ACTIVITY, ACTIVITY, **TAIL)
    await server.signal()
    task = await server.take(history_page_size=2)
    assert [event["sequence"] for event in task["history_events"]] == [3, 4]
    token = task["next_history_page_token"]
    page = await server.answer("getWorkflowTaskHistory", task, next_history_page_token=token)
    assert [event["sequence"] for event in page["history_events"]] == [5]
    assert page["next_history_page_token"] is None


async def test_another_worker_gets_the_whole_history(server):
    await held_live(server, **TAIL)
    await server.signal()
    await server.advance(1)
    task = await server.take("k2")
    assert [event["sequence"] for event in task["history_events"]] == [1, 2, 3]


async def test_what_was_written_while_the_task_was_out_is_new_with_the_next(server):
    await held_live(server, ACTIVITY, **TAIL)
    await server.signal()
    task = await server.take()
    await server.take_activity()
    await server.complete(task)
    await server.signal("again")
    following = await server.take()
    assert [event["event_type"] for event in following["history_events"]] == [
        "ActivityStarted",
        "SignalReceived",
    ]


class TestSwitchedOff:
    @pytest.fixture
    def settings(self) -> engine.EngineSettings:
        return engine.EngineSettings(sticky_seconds=0)

    async def test_no_task_is_kept(self, server):
        await held_live(server)
        await server.signal()
        await server.take("k2")
