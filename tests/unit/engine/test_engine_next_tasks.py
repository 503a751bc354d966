"""Tasks that come with the answer to a completion."""

from __future__ import annotations

import pytest

from durable_workflow import serializer

ACTIVITY = {"type": "schedule_activity", "activity_type": "charge"}
ASK = {"next_task_poll_request_id": "key-1"}
WAIT = {"type": "open_condition_wait", "condition_key": "never"}


async def complete(server, task, *commands, **body):
    return await server.answer("completeWorkflowTask", task, commands=list(commands), **body)


async def finish(server, task, **body):
    return await server.answer("completeActivityTask", task, result=serializer.envelope(1), **body)


async def first_task(server, **worker):
    await server.register(**worker)
    await server.start()
    return await server.take()


async def test_activities_and_workflow_tasks_hand_each_other_on(server):
    task = await first_task(server)
    first = (await complete(server, task, ACTIVITY, **ASK))["next_task"]
    assert (first["activity_type"], first["lease_owner"], first["attempt_number"]) == ("charge", "k1", 1)
    resumed = (await finish(server, first, **ASK))["next_task"]
    assert resumed["workflow_task_attempt"] == 1
    assert [event["event_type"] for event in resumed["history_events"]][-3:] == [
        "ActivityScheduled",
        "ActivityStarted",
        "ActivityCompleted",
    ]
    done = await complete(server, resumed, {"type": "complete_workflow", "result": None}, **ASK)
    assert (done["run_status"], done["next_task"]) == ("completed", None)


async def test_the_task_is_the_one_that_a_poll_would_have_brought(server):
    task = await first_task(server)
    polled = {**await server.start("w2"), **await server.take()}
    handed = (await complete(server, task, ACTIVITY, **ASK))["next_task"]
    await complete(server, polled, ACTIVITY)
    taken = await server.take_activity()
    assert set(handed) == set(taken)
    by_completion = (await finish(server, handed, **ASK))["next_task"]
    await finish(server, taken)
    assert set(by_completion) == set(await server.take())


async def test_only_who_asks_gets_one(server):
    task = await first_task(server)
    answer = await complete(server, task, ACTIVITY)
    assert "next_task" not in answer
    handed = await server.take_activity()
    assert "next_task" not in await finish(server, handed)
    assert (await server.take())["run_id"] == task["run_id"]


async def test_a_lost_answer_is_asked_for_again_by_a_poll_with_its_key(server):
    task = await first_task(server)
    handed = (await complete(server, task, ACTIVITY, **ASK))["next_task"]
    assert await server.take_activity(poll_request_id="key-1") == handed
    resumed = (await finish(server, handed, **ASK))["next_task"]
    assert await server.take(poll_request_id="key-1") == resumed


async def test_what_was_handed_on_is_not_announced_to_pollers(server):
    task = await first_task(server)
    server.topics.clear()
    handed = (await complete(server, task, ACTIVITY, **ASK))["next_task"]
    assert "act:default:q" not in server.topics
    await finish(server, handed, **ASK)
    assert "wf:default:q" not in server.topics


async def test_the_second_activity_is_left_to_pollers(server):
    task = await first_task(server)
    server.topics.clear()
    answer = await complete(server, task, ACTIVITY, ACTIVITY, **ASK)
    assert answer["next_task"]["task_id"] == answer["created_task_ids"][0]
    assert "act:default:q" in server.topics
    assert (await server.take_activity())["task_id"] == answer["created_task_ids"][1]


async def test_a_task_that_the_run_waits_with_already_goes_to_pollers(server):
    task = await first_task(server)
    handed = (await complete(server, task, ACTIVITY, **ASK))["next_task"]
    await server.signal()
    leased = await server.take()
    assert (await finish(server, handed, **ASK))["next_task"] is None
    await complete(server, leased, WAIT)
    assert (await server.take())["run_id"] == task["run_id"]


@pytest.mark.parametrize(
    ("worker", "command"),
    [
        ({}, {"queue": "elsewhere"}),
        ({"supported_activity_types": ["other"]}, {}),
    ],
)
async def test_an_activity_that_is_not_for_the_worker_waits_for_another(server, worker, command):
    task = await first_task(server, **worker)
    assert (await complete(server, task, ACTIVITY | command, **ASK))["next_task"] is None


async def test_a_timer_is_no_task_to_hand_on(server):
    task = await first_task(server)
    assert (await complete(server, task, {"type": "start_timer", "delay_seconds": 1}, **ASK))[
        "next_task"
    ] is None


async def test_a_workflow_task_that_is_not_for_the_worker_waits_for_another(server):
    await server.register("k2", supported_workflow_types=["other"])
    task = await first_task(server)
    await complete(server, task, ACTIVITY)
    handed = await server.take_activity("k2")
    answer = await finish(server, handed, **ASK)
    assert answer["next_task"] is None
    assert (await server.take())["task_id"] == answer["next_task_id"]


async def test_a_build_gets_no_task_of_another_build(server):
    await server.register("k2", build_id="b2")
    task = await first_task(server, build_id="b1")
    await server.store.write(lambda tx: tx.execute("UPDATE runs SET compatibility = 'b1'") and None)
    handed = (await complete(server, task, ACTIVITY, **ASK))["next_task"]
    await server.store.write(
        lambda tx: tx.execute("UPDATE activity_attempts SET lease_owner = 'k2'") and None
    )
    answer = await finish(server, {**handed, "lease_owner": "k2"}, **ASK)
    assert answer["next_task"] is None


async def test_a_worker_that_is_not_registered_gets_none(server):
    task = await first_task(server)
    await server.store.write(lambda tx: tx.execute("DELETE FROM workers") and None)
    assert (await complete(server, task, ACTIVITY, **ASK))["next_task"] is None


async def test_who_cannot_tell_of_a_cancellation_gets_no_task_that_has_to(server):
    task = await first_task(server)
    handed = (await complete(server, task, ACTIVITY, **ASK))["next_task"]
    await server.store.write(lambda tx: tx.execute("UPDATE runs SET cancel_command_id = 'c1'") and None)
    assert (await finish(server, handed, **ASK))["next_task"] is None
    await server.store.write(lambda tx: tx.execute("UPDATE runs SET cancel_command_id = NULL") and None)
