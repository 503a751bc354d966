"""What becomes of updates when their run ends or continues, and when the server starts anew."""

from __future__ import annotations

import pytest

from durable_workflow import serializer
from durable_workflow.server._calls import Pending

WAIT = {"type": "open_condition_wait", "condition_key": "go"}
PATH = {"workflowId": "w1", "updateName": "rename"}


def blob(value):
    return serializer.envelope(value)


def answer(update, result="done"):
    return {"type": "complete_update", "update_id": update["update_id"], "result": blob(result)}


async def held(server, **body):
    """Send an update whose caller waits for the answer."""
    body = {"input": ["a"], "wait_for": "completed", **body}
    pending = await server.raw("updateWorkflow", path=PATH, body=body)
    assert isinstance(pending, Pending)
    return pending


async def looked(server, pending):
    return await server.again("updateWorkflow", pending, path=PATH)


@pytest.mark.parametrize("ending", ["terminate", "time out", "complete", "fail"])
async def test_an_update_that_its_run_leaves_unanswered(server, ending):
    run = await server.begun(WAIT, run_timeout_seconds=60)
    pending = await held(server, request_id="u1")
    server.topics.clear()
    if ending == "terminate":
        await server.call("terminateWorkflow", path={"workflowId": "w1"})
    elif ending == "time out":
        await server.advance(61)
    else:
        command = {"type": f"{ending}_workflow", "message": "no"}
        await server.complete(await server.take(), command)
    assert pending.topic in server.topics
    reply = await looked(server, pending)
    body = reply.body
    assert (reply.status, body["reason"], body["outcome"]) == (409, "run_not_active", "update_failed")
    assert (body["update_status"], body["command_status"]) == ("failed", "accepted")
    assert "before the update was answered" in body["failure_message"]
    assert body["closed_at"] is not None
    again = await server.update("rename", "a", status=409, request_id="u1")
    assert again["update_id"] == body["update_id"]
    assert "UpdateCompleted" not in await server.types(run)


async def test_open_updates_move_to_the_run_that_continues(server):
    run = await server.begun(WAIT)
    pending = await held(server)
    body = pending.empty.body
    task = await server.take()
    await server.signal()
    later = await server.update()
    done = await server.complete(task, {"type": "continue_as_new"})
    described = await server.describe()
    following = {"workflow_id": "w1", "run_id": described["run_id"]}
    assert following["run_id"] != run["run_id"]
    assert (await server.types(following))[1:] == ["UpdateAccepted", "SignalReceived", "UpdateAccepted"]
    accepted = await server.last(following, "UpdateAccepted")
    assert accepted["workflow_run_id"] == following["run_id"]
    assert accepted["command"]["id"] == later["command_id"]
    first = await server.take()
    assert first["task_id"] in done["created_task_ids"]
    assert first["workflow_update_id"] is None
    await server.complete(first, WAIT)
    named = await server.take()
    assert named["workflow_update_id"] == body["update_id"]
    await server.complete(named, answer(body, 5))
    reply = await looked(server, pending)
    assert (reply.status, reply.body["result"]) == (200, 5)
    assert (reply.body["run_id"], reply.body["resolved_run_id"]) == (run["run_id"], following["run_id"])
    assert (await server.last(following, "MessageCursorAdvanced"))["new_position"] == 1
    fresh = await server.update()
    assert (await server.last(following, "UpdateAccepted"))["command"]["message_sequence"] == 4
    assert fresh["run_id"] == following["run_id"]


async def test_an_update_survives_a_restart(server):
    run = await server.begun(WAIT)
    pending = await held(server, request_id="u1")
    await server.reopen()
    await server.complete(await server.take(), answer(pending.empty.body, 3))
    again = await server.update("rename", "a", status=200, request_id="u1", wait_for="completed")
    assert again["result"] == 3
    assert (await server.types(run)).count("UpdateAccepted") == 1
