"""Repairing runs that nothing moves on, and archiving closed ones."""

from __future__ import annotations

import json

import pytest

from durable_workflow import serializer

DONE = {"type": "complete_workflow"}
WAIT = {"type": "open_condition_wait", "condition_key": "k"}
TIMER = {"type": "start_timer", "delay_seconds": 600}
ACTIVITY = {"type": "schedule_activity", "activity_type": "charge"}
ON_W1 = {"workflowId": "w1"}


async def repair(server, status=200, **body):
    return await server.call("repairWorkflow", status, path=ON_W1, body=body)


async def archive(server, status=200, **body):
    return await server.call("archiveWorkflow", status, path=ON_W1, body=body)


async def test_repair_ends_the_back_off_of_a_failed_task(server):
    await server.register()
    run = await server.start()
    for _ in range(5):
        await server.answer("failWorkflowTask", await server.take(), failure={"message": "bug"})
        assert await server.poll() is None
        receipt = await repair(server)
        assert (receipt["outcome"], receipt["reason"]) == ("repair_dispatched", None)
    event = await server.last(run, "RepairRequested")
    task = await server.take()
    assert (event["outcome"], event["liveness_state"]) == ("repair_dispatched", "repair_needed")
    assert (event["task_id"], event["task_type"]) == (task["task_id"], "workflow")
    assert (event["task"]["id"], event["task"]["status"]) == (task["task_id"], "ready")
    assert serializer.decode(event["command"]["payload"]) == {
        name: event[name] for name in ("liveness_state", "wait_kind", "task_id", "task_type")
    }


async def test_a_run_that_waits_for_nothing_gets_a_task(server):
    await server.begun()
    assert await server.poll() is None
    assert (await repair(server))["outcome"] == "repair_dispatched"
    await server.complete(await server.take())


@pytest.mark.parametrize("command", [WAIT, TIMER, ACTIVITY], ids=lambda command: command["type"])
async def test_what_waits_for_something_needs_no_repair(server, command):
    run = await server.begun(command)
    assert (await repair(server))["outcome"] == "repair_not_needed"
    event = await server.last(run, "RepairRequested")
    assert event["liveness_state"].startswith("waiting_for_")
    assert "task" not in event
    assert await server.poll() is None


async def test_a_task_that_is_there_needs_no_repair(server):
    await server.register()
    run = await server.start()
    assert (await repair(server))["outcome"] == "repair_not_needed"
    task = await server.take()
    assert (await repair(server))["outcome"] == "repair_not_needed"
    event = await server.last(run, "RepairRequested")
    assert (event["liveness_state"], event["task_id"]) == ("workflow_task_leased", task["task_id"])
    await server.complete(task, DONE)


async def test_a_repeated_repair_is_recorded_once(server):
    run = await server.begun(WAIT)
    first = await repair(server, request_id="r")
    assert await repair(server, request_id="r") == first
    assert (await server.types(run)).count("RepairRequested") == 1


async def test_a_closed_run_cannot_be_repaired(server):
    run = await server.begun(DONE)
    body = await repair(server, 409)
    assert (body["outcome"], body["reason"]) == ("rejected_not_active", "run_not_active")
    assert (await server.types(run))[-1] == "WorkflowCompleted"


async def test_a_closed_run_is_archived_once(server):
    run = await server.begun(DONE)
    first = await archive(server, reason="tidy")
    assert (first["outcome"], first["reason"]) == ("archived", "tidy")
    second = await archive(server)
    assert (second["outcome"], second["reason"]) == ("archive_not_needed", None)
    assert (await server.types(run))[-3:] == ["ArchiveRequested", "WorkflowArchived", "ArchiveRequested"]
    event = await server.last(run, "WorkflowArchived")
    assert (event["archive_command_id"], event["reason"]) == (first["command_id"], "tidy")
    assert (await server.last(run, "ArchiveRequested"))["outcome"] == "archive_not_needed"
    row = "SELECT archived_at, archive_command_id, archive_reason FROM runs"
    kept = await server.store.read(lambda tx: tx.execute(row).fetchone())
    assert kept == (server.clock.now(), first["command_id"], "tidy")
    assert (await server.describe())["status"] == "completed"


async def test_an_open_run_cannot_be_archived(server):
    await server.begun(WAIT)
    body = await archive(server, 409)
    assert (body["outcome"], body["reason"]) == ("rejected_run_not_closed", "run_not_closed")


async def test_a_repeated_archiving_is_recorded_once(server):
    run = await server.begun(DONE)
    first = await archive(server, request_id="r")
    assert await archive(server, request_id="r") == first
    assert (await server.types(run)).count("ArchiveRequested") == 1


@pytest.mark.parametrize("operation", ["repairWorkflow", "archiveWorkflow"])
async def test_a_workflow_that_is_not_there(server, operation):
    body = await server.call(operation, 404, path={"workflowId": "none"})
    assert body["reason"] == "instance_not_found"


async def test_describe_says_what_can_be_done(server):
    await server.begun(WAIT)
    can = (await server.describe())["actions"]
    assert (can["can_cancel"], can["can_terminate"], can["can_repair"], can["can_archive"]) == (
        True,
        True,
        True,
        False,
    )
    await server.call("cancelWorkflow", path=ON_W1)
    can = (await server.describe())["actions"]
    assert (can["can_cancel"], can["can_terminate"], can["can_repair"], can["can_archive"]) == (
        False,
        False,
        False,
        True,
    )
    await archive(server)
    assert (await server.describe())["actions"]["can_archive"] is False


async def test_a_run_keeps_why_its_task_failed_and_stays_open(server):
    await server.register()
    await server.start()
    failure = {"message": "expected charge, got refund", "type": "NonDeterminism", "stack_trace": "line 3"}
    for _ in range(12):
        task = await server.take()
        await server.answer("failWorkflowTask", task, failure=failure)
        await server.advance(60)
    assert (await server.describe())["status"] == "pending"
    row = "SELECT task_failures, last_task_failure FROM runs"
    failures, kept = await server.store.read(lambda tx: tx.execute(row).fetchone())
    assert failures == 12
    kept = json.loads(kept)
    assert {name: kept[name] for name in failure} == failure
    assert (kept["task_id"], kept["lease_owner"]) == (task["task_id"], "k1")
    await server.complete(await server.take(), DONE)
    assert (await server.describe())["status"] == "completed"
