"""The fleet of workers: leaving, draining, falling silent, coming back; leases kept without a report."""

from __future__ import annotations

import pytest

from durable_workflow.server._calls import Pending

DONE = {"type": "complete_workflow"}
ACTIVITY = {"type": "schedule_activity", "activity_type": "charge"}


async def deregister(server, worker_id="k1", status=200):
    return await server.call("deregisterWorker", status, path={"workerId": worker_id})


async def set_status(server, worker_id, status):
    """Mark a worker as an operator's order to drain its build would."""
    sql = "UPDATE workers SET status = ? WHERE worker_id = ?"
    await server.store.write(lambda tx: tx.execute(sql, (status, worker_id)) and None)


async def lease_of(server, task):
    sql = "SELECT lease_expires_at FROM activity_tasks WHERE task_id = ?"
    return await server.store.read(lambda tx: tx.scalar(sql, (task["task_id"],)))


async def test_a_worker_that_leaves_gives_its_tasks_back(server):
    await server.begun(ACTIVITY)
    await server.start("w2")
    task, activity = await server.take(), await server.take_activity()
    body = await deregister(server)
    assert (body["worker_id"], body["outcome"], body["recovered_workflow_task_count"]) == (
        "k1",
        "deregistered",
        1,
    )
    await server.register("k2")
    again = await server.take("k2")
    assert (again["task_id"], again["workflow_task_attempt"]) == (task["task_id"], 2)
    once_more = await server.take_activity("k2")
    assert once_more["activity_execution_id"] == activity["activity_execution_id"]
    assert once_more["attempt_number"] == 2
    refused = await server.complete(task, DONE, status=409)
    assert refused["reason"] == "lease_owner_mismatch"


async def test_a_worker_leaves_once(server):
    await server.register()
    assert (await deregister(server))["recovered_workflow_task_count"] == 0
    assert (await deregister(server, status=404))["reason"] == "worker_not_found"
    polled = await server.call("pollWorkflowTask", 412, body={"worker_id": "k1", "task_queue": "q"})
    assert polled["reason"] == "worker_not_registered"


async def test_what_a_worker_declared_leaves_with_it(server):
    await server.register(workflow_command_contracts={"order": {"signals": ["approve"]}})
    await server.start()
    await server.signal("refuse", status=404)
    await deregister(server)
    await server.signal("refuse")


async def test_a_worker_of_another_namespace_is_not_there(server):
    await server.register()
    body = await server.call("deregisterWorker", 404, path={"workerId": "k1"}, namespace="other")
    assert body["reason"] == "worker_not_found"
    assert await server.poll() is None


async def test_an_answer_after_leaving_is_refused_until_the_task_is_out_again(server):
    await server.register()
    await server.start()
    task = await server.take()
    await deregister(server)
    assert (await server.complete(task, DONE, status=409))["reason"] == "task_not_leased"


async def test_a_late_result_counts_as_long_as_nobody_has_the_activity(server):
    run = await server.begun(ACTIVITY)
    activity = await server.take_activity()
    await deregister(server)
    await server.answer("completeActivityTask", activity, result="paid")
    assert (await server.types(run))[-1] == "ActivityCompleted"
    await server.register("k2")
    assert await server.poll("k2", "Activity") is None


async def test_registration_says_how_often_to_beat(server):
    body = await server.register()
    assert (body["heartbeat_interval_seconds"], body["stale_after_seconds"]) == (20, 60)
    body = await server.register("k2", heartbeat_interval_seconds=7)
    assert (body["heartbeat_interval_seconds"], body["stale_after_seconds"]) == (7, 21)


async def test_a_heartbeat_may_change_how_often_the_worker_beats(server):
    await server.register(heartbeat_interval_seconds=10)
    await server.start()
    await server.take()
    beat = {"worker_id": "k1", "heartbeat_interval_seconds": 40}
    body = await server.call("heartbeatWorker", body=beat)
    assert (body["heartbeat_interval_seconds"], body["stale_after_seconds"]) == (40, 120)
    await server.register("k2")
    await server.advance(119)
    assert await server.poll("k2") is None
    await server.advance(1)
    assert await server.poll("k2") is not None


async def test_a_worker_that_is_back_can_be_lost_again(server):
    await server.register(heartbeat_interval_seconds=10)
    await server.register("k2")
    await server.start()
    await server.advance(30)
    first = await server.take()
    await server.advance(29)
    assert await server.poll("k2") is None
    await server.advance(1)
    assert (await server.take("k2"))["task_id"] == first["task_id"]


async def test_a_draining_worker_gets_no_tasks_and_keeps_what_it_has(server):
    await server.begun(ACTIVITY)
    await server.start("w2")
    task = await server.take()
    await set_status(server, "k1", "draining")
    await server.start("w3")
    for kind in ("Workflow", "Activity"):
        ask = {"worker_id": "k1", "task_queue": "q", "timeout_seconds": 0}
        body = await server.call(f"poll{kind}Task", body=ask)
        assert (body["task"], body["poll_status"], body["drain_reason"]) == (
            None,
            "draining",
            "build_id_draining",
        )
    await server.complete(task, DONE)
    await set_status(server, "k1", "active")
    assert (await server.take())["workflow_id"] == "w3"


async def test_the_poll_of_a_draining_worker_is_held(server):
    await server.register()
    await set_status(server, "k1", "draining")
    ask = {"worker_id": "k1", "task_queue": "q", "timeout_seconds": 30}
    waiting = await server.raw("pollWorkflowTask", body=ask)
    assert isinstance(waiting, Pending)
    assert waiting.topic == "worker:default:k1"
    assert waiting.empty.body["poll_status"] == "draining"


async def test_a_poll_says_what_it_came_to(server):
    await server.register()
    ask = {"worker_id": "k1", "task_queue": "q"}
    waiting = await server.raw("pollWorkflowTask", body=ask)
    assert isinstance(waiting, Pending)
    assert waiting.empty.body["poll_status"] == "timeout"
    empty = await server.call("pollActivityTask", body={**ask, "timeout_seconds": 0})
    assert empty["poll_status"] == "empty"
    await server.start()
    assert (await server.call("pollWorkflowTask", body=ask))["poll_status"] == "leased"


async def test_a_marked_task_goes_to_workers_of_its_build(server):
    await server.start()
    for sql in ("UPDATE runs SET compatibility = 'b2'", "UPDATE workflow_tasks SET compatibility = 'b2'"):
        await server.store.write(lambda tx, sql=sql: tx.execute(sql) and None)
    await server.register("none")
    await server.register("old", build_id="b1")
    await server.register("new", build_id="b2")
    assert await server.poll("none") is None
    assert await server.poll("old") is None
    task = await server.take("new")
    assert task["compatibility"] == "b2"
    await server.complete(task, ACTIVITY)
    for stranger in ("none", "old"):
        assert await server.poll(stranger, "Activity") is None
    await server.take_activity("new")


async def test_renewing_a_lease_writes_no_event(server):
    run = await server.begun({**ACTIVITY, "heartbeat_timeout": 400})
    activity = await server.take_activity()
    before = await server.types(run)
    await server.advance(200)
    body = await server.answer("renewActivityTaskLease", activity)
    assert (body["can_continue"], body["cancel_requested"], body["reason"]) == (True, False, None)
    assert (body["heartbeat_recorded"], body["last_heartbeat_at"]) == (False, None)
    assert await lease_of(server, activity) == server.clock.now() + 300
    assert await server.types(run) == before
    await server.advance(199)
    assert await server.types(run) == before
    await server.advance(1)
    assert (await server.last(run, "ActivityTimedOut"))["timeout_kind"] == "heartbeat"


async def test_renewing_a_lease_tells_of_the_end(server):
    await server.begun(ACTIVITY)
    activity = await server.take_activity()
    await server.call("cancelWorkflow", path={"workflowId": "w1"})
    body = await server.answer("renewActivityTaskLease", activity)
    assert (body["can_continue"], body["cancel_requested"]) == (False, True)
    assert (body["reason"], body["lease_expires_at"]) == ("run_cancelled", None)


async def test_only_its_holder_renews_a_lease(server):
    await server.begun(ACTIVITY)
    activity = await server.take_activity() | {"lease_owner": "thief"}
    body = await server.answer("renewActivityTaskLease", activity, 409)
    assert (body["reason"], body["lease_owner"]) == ("lease_owner_mismatch", "k1")


async def test_renewing_the_lease_of_a_workflow_task_writes_no_event(server):
    await server.register()
    run = await server.start()
    task = await server.take()
    before = await server.types(run)
    await server.advance(299)
    assert (await server.answer("heartbeatWorkflowTask", task))["renewed"] is True
    await server.advance(299)
    await server.complete(task, DONE)
    assert before == (await server.types(run))[:-1]


@pytest.mark.parametrize("report", ["completeActivityTask", "failActivityTask"])
async def test_a_repeated_report_of_an_activity_changes_nothing(server, report):
    run = await server.begun(ACTIVITY)
    activity = await server.take_activity()
    body = {"result": 1} if report.startswith("complete") else {"failure": {"message": "no"}}
    await server.answer(report, activity, **body)
    before = await server.types(run)
    again = await server.answer(report, activity, 409, **body)
    assert (again["reason"], again["recorded"]) == ("stale_attempt", False)
    assert await server.types(run) == before


@pytest.mark.parametrize(
    ("operation", "body"),
    [
        ("completeWorkflowTask", {"commands": [ACTIVITY]}),
        ("failWorkflowTask", {"failure": {"message": "no"}}),
    ],
)
async def test_a_repeated_answer_to_a_workflow_task_changes_nothing(server, operation, body):
    await server.register()
    run = await server.start()
    task = await server.take()
    await server.answer(operation, task, **body)
    before = await server.types(run)
    again = await server.answer(operation, task, 409, **body)
    assert again["reason"] == "task_not_leased"
    assert await server.types(run) == before


async def test_a_repeated_poll_gets_the_same_task(server):
    await server.begun(ACTIVITY)
    await server.start("w2")
    await server.start("w3")
    for kind in ("Workflow", "Activity"):
        first = await server.poll(kind=kind, poll_request_id="p")
        assert await server.poll(kind=kind, poll_request_id="p") == first
    other = await server.take(poll_request_id="another")
    assert other["workflow_id"] == "w3"
