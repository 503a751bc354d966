"""Updates: their admission, their way to a worker, its answers, and those who wait for them."""

from __future__ import annotations

import pytest

from durable_workflow import serializer
from durable_workflow.server._calls import Pending, Reply

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


async def test_an_update_is_recorded_and_makes_a_task_that_names_it(server):
    run = await server.begun(WAIT)
    receipt = await server.update("rename", "a")
    assert (receipt["outcome"], receipt["update_status"], receipt["reason"]) == (None, "accepted", None)
    assert (receipt["update_name"], receipt["run_id"]) == ("rename", run["run_id"])
    assert (receipt["wait_for"], receipt["wait_timed_out"]) == ("accepted", False)
    assert receipt["wait_timeout_seconds"] is receipt["closed_at"] is receipt["result"] is None
    accepted = await server.last(run, "UpdateAccepted")
    assert accepted["update_id"] == receipt["update_id"]
    assert accepted["arguments"] == blob(["a"])["blob"]
    command = accepted["command"]
    assert (command["type"], command["target_name"], command["message_sequence"]) == ("update", "rename", 1)
    assert "outcome" not in command
    assert (await server.describe())["wait_kind"] == "update"
    task = await server.take()
    assert (task["workflow_wait_kind"], task["resume_source_kind"]) == ("update", "workflow_update")
    assert task["workflow_update_id"] == task["resume_source_id"] == receipt["update_id"]
    assert task["open_wait_id"] == f"update:{receipt['update_id']}"
    assert task["workflow_command_id"] == receipt["command_id"]


async def test_a_completed_update(server):
    run = await server.begun(WAIT)
    pending = await held(server)
    assert pending.deadline_seconds == 10
    assert (pending.empty.status, pending.empty.body["wait_timed_out"]) == (202, True)
    assert pending.empty.body["wait_timeout_seconds"] == 10
    assert isinstance(await looked(server, pending), Pending), "nobody has answered yet"
    server.topics.clear()
    done = await server.complete(await server.take(), answer(pending.empty.body, {"old": 1}))
    assert done["created_task_ids"] == []
    assert pending.topic in server.topics
    reply = await looked(server, pending)
    assert isinstance(reply, Reply)
    body = reply.body
    assert (reply.status, body["outcome"], body["update_status"]) == (200, "update_completed", "completed")
    assert (body["result"], body["result_envelope"]) == ({"old": 1}, blob({"old": 1}))
    assert body["workflow_sequence"] == 5
    assert body["applied_at"] == body["closed_at"] is not None
    assert (body["wait_for"], body["wait_timed_out"], body["wait_timeout_seconds"]) == (
        "completed",
        False,
        10,
    )
    applied, completed = await server.last(run, "UpdateApplied"), await server.last(run, "UpdateCompleted")
    assert (applied["sequence"], completed["sequence"]) == (5, 5)
    assert applied["arguments"] == blob(["a"])["blob"]
    assert completed["result"] == blob({"old": 1})["blob"]
    assert applied["command"]["id"] == completed["command"]["id"] == body["command_id"]
    assert applied["task"]["type"] == completed["task"]["type"] == "workflow"
    cursor = await server.last(run, "MessageCursorAdvanced")
    assert (cursor["stream_key"], cursor["previous_position"], cursor["new_position"]) == (
        "instance:w1",
        0,
        1,
    )
    assert (await server.types(run))[-4:-1] == ["UpdateAccepted", "UpdateApplied", "UpdateCompleted"]
    assert await server.poll() is None, "an answered update needs no further task"


async def test_a_failed_update(server):
    run = await server.begun(WAIT)
    pending = await held(server)
    failure = {
        "type": "fail_update",
        "update_id": pending.empty.body["update_id"],
        "message": "title must not be empty",
        "exception_type": "UpdateRejected",
        "exception_class": "errors.UpdateRejected",
        "non_retryable": True,
    }
    await server.complete(await server.take(), failure)
    reply = await looked(server, pending)
    body = reply.body
    assert (reply.status, body["outcome"], body["update_status"]) == (422, "update_failed", "failed")
    assert (body["failure_message"], body["reason"], body["result"]) == (
        "title must not be empty",
        None,
        None,
    )
    completed = await server.last(run, "UpdateCompleted")
    assert completed["failure_id"] == body["failure_id"]
    assert (completed["failure_category"], completed["code"]) == ("application", 0)
    assert (completed["exception_type"], completed["exception_class"]) == (
        "UpdateRejected",
        "errors.UpdateRejected",
    )
    assert completed["non_retryable"] is True
    assert completed["exception"]["message"] == completed["message"] == "title must not be empty"
    types = await server.types(run)
    assert "UpdateApplied" not in types
    assert types[-1] == "MessageCursorAdvanced"


async def test_the_wait_is_as_long_as_the_caller_says(server):
    await server.begun(WAIT)
    pending = await held(server, wait_timeout_seconds=90)
    assert pending.deadline_seconds == 90
    assert pending.empty.body["wait_timeout_seconds"] == 90


async def test_an_update_is_answered_with_the_commands_that_follow_from_it(server):
    run = await server.begun(WAIT)
    update = await server.update()
    await server.complete(await server.take(), answer(update), {"type": "complete_workflow"})
    assert (await server.types(run))[-4:] == [
        "UpdateApplied",
        "UpdateCompleted",
        "MessageCursorAdvanced",
        "WorkflowCompleted",
    ]


async def test_a_repeat_waits_for_the_same_update(server):
    run = await server.begun(WAIT)
    first = await server.update("rename", "a", request_id="u1")
    again = await server.update("rename", "a", request_id="u1")
    assert again == first
    pending = await held(server, request_id="u1")
    assert pending.empty.body["update_id"] == first["update_id"]
    assert (await server.types(run)).count("UpdateAccepted") == 1
    await server.complete(await server.take(), answer(first, 7))
    assert (await looked(server, pending)).body["result"] == 7
    late = await server.update("rename", "a", status=200, request_id="u1")
    assert (late["update_id"], late["result"], late["wait_for"]) == (first["update_id"], 7, "accepted")


async def test_a_key_of_another_update(server):
    await server.begun(WAIT)
    await server.update("rename", "a", request_id="u1")
    refused = await server.update("rename", "b", status=409, request_id="u1")
    assert refused["reason"] == "request_id_conflict"
    refused = await server.update("explode", "a", status=409, request_id="u1")
    assert refused["reason"] == "request_id_conflict"


async def test_a_repeat_for_a_run_that_continued_gets_its_receipt(server):
    run = await server.begun(WAIT)
    path = {**PATH, "runId": run["run_id"]}
    body = {"input": ["a"], "request_id": "u1"}
    first = await server.call("updateWorkflowRun", 202, path=path, body=body)
    await server.complete(await server.take(), answer(first), {"type": "continue_as_new"})
    again = await server.call("updateWorkflowRun", 200, path=path, body=body)
    assert again["update_id"] == first["update_id"]
    refused = await server.call("updateWorkflowRun", 409, path=path, body={"input": ["a"]})
    assert refused["reason"] == "historical_run_command_rejected"


async def test_an_update_to_a_closed_run(server):
    run = await server.begun({"type": "complete_workflow"})
    before = await server.types(run)
    refused = await server.update(status=409, wait_for="completed", wait_timeout_seconds=3)
    assert (refused["outcome"], refused["reason"]) == ("rejected_not_active", "run_not_active")
    assert (refused["update_status"], refused["command_status"]) == ("rejected", "rejected")
    assert refused["rejected_at"] == refused["closed_at"] is not None
    assert refused["accepted_at"] is None
    assert (refused["wait_for"], refused["wait_timeout_seconds"]) == ("completed", 3)
    assert await server.types(run) == before, "the history of a closed run stays as it is"


@pytest.mark.parametrize("name", ["", "a\nb", "x" * 257])
async def test_names_that_are_none(server, name):
    await server.begun(WAIT)
    path = {"workflowId": "w1", "updateName": name}
    refused = await server.call("updateWorkflow", 422, path=path)
    assert "update_name" in refused["errors"]


async def test_the_old_name_of_wait_for_is_refused(server):
    await server.begun(WAIT)
    refused = await server.call("updateWorkflow", 422, path=PATH, body={"wait_policy": "completed"})
    assert "wait_policy" in refused["errors"]


async def test_an_update_to_nothing(server):
    refused = await server.update(status=404)
    assert refused["reason"] == "instance_not_found"


async def test_an_update_during_a_leased_task_gets_a_task_of_its_own(server):
    await server.begun(WAIT)
    await server.signal()
    task = await server.take()
    update = await server.update()
    assert await server.poll() is None
    await server.complete(task, WAIT)
    following = await server.take()
    assert following["workflow_update_id"] == update["update_id"]
    await server.complete(following, answer(update))


async def test_an_update_before_another_task_was_taken_is_named_by_the_next(server):
    await server.begun(WAIT)
    await server.signal()
    update = await server.update()
    task = await server.take()
    assert task["workflow_wait_kind"] == "signal"
    assert task["workflow_update_id"] is None
    await server.complete(task, WAIT)
    assert (await server.take())["workflow_update_id"] == update["update_id"]


async def test_a_task_that_names_none_may_answer_all(server):
    await server.begun(WAIT)
    await server.signal()
    updates = [await server.update() for _ in range(3)]
    await server.complete(await server.take(), WAIT, *map(answer, updates))
    assert await server.poll() is None
    for update in updates:
        again = await server.last(update, "UpdateCompleted")
        assert again["result"] == blob("done")["blob"]


async def test_every_update_is_named_by_a_task_of_its_own_the_oldest_first(server):
    await server.begun(WAIT)
    updates = [await server.update() for _ in range(3)]
    for update in updates:
        task = await server.take()
        assert task["workflow_update_id"] == update["update_id"]
        await server.complete(task, answer(update))
    assert await server.poll() is None


async def test_updates_are_named_in_their_order_whenever_they_came(server):
    await server.begun(WAIT)
    updates = [await server.update(), await server.update()]
    task = await server.take()
    updates.append(await server.update())
    named = [task["workflow_update_id"]]
    for _ in updates[1:]:
        await server.complete(task, WAIT)
        task = await server.take()
        named.append(task["workflow_update_id"])
    assert named == [update["update_id"] for update in updates]


async def test_an_update_that_was_answered_meanwhile_is_not_named(server):
    await server.begun(WAIT)
    await server.signal()
    task = await server.take()
    update = await server.update()
    await server.complete(task, WAIT, answer(update))
    following = await server.take()
    assert following["workflow_update_id"] is following["workflow_wait_kind"] is None
    later = await server.update()
    await server.complete(following, answer(later))


async def test_an_update_that_a_worker_leaves_open_makes_no_endless_tasks(server):
    await server.begun(WAIT)
    update = await server.update()
    await server.complete(await server.take())
    assert await server.poll() is None
    assert (await server.describe())["wait_kind"] == "update"
    await server.signal()
    await server.complete(await server.take(), WAIT, answer(update))
    assert (await server.describe())["wait_kind"] == "condition"


async def test_a_failed_task_does_not_lose_the_update_it_names(server):
    await server.begun(WAIT)
    update = await server.update()
    task = await server.take()
    await server.signal()
    await server.answer("failWorkflowTask", task, failure={"message": "broken", "type": "Broken"})
    task = await server.take()
    assert task["workflow_wait_kind"] == "signal"
    await server.complete(task, WAIT)
    task = await server.take()
    assert task["workflow_update_id"] == update["update_id"]
    await server.answer("failWorkflowTask", task, failure={"message": "broken", "type": "Broken"})
    await server.advance(1)
    assert (await server.take())["workflow_update_id"] == update["update_id"]


async def test_nothing_to_do_as_a_failure_leaves_the_other_updates_a_task(server):
    await server.begun(WAIT)
    await server.update()
    second = await server.update()
    nothing = {"message": "Nothing to do.", "type": "WorkflowTaskWaitingForHistory"}
    await server.answer("failWorkflowTask", await server.take(), failure=nothing)
    task = await server.take()
    assert task["workflow_update_id"] == second["update_id"]
    await server.answer("failWorkflowTask", task, failure=nothing)
    assert await server.poll() is None


async def test_a_worker_may_answer_every_update_that_it_sees(server):
    await server.register(capabilities=["answers_any_update"])
    run = await server.start()
    await server.complete(await server.take(), WAIT)
    first, second = await server.update(), await server.update()
    task = await server.take()
    assert task["workflow_update_id"] == first["update_id"]
    answers = [{"type": "complete_update", "update_id": each["update_id"]} for each in (second, first)]
    await server.complete(task, *answers)
    assert (await server.types(run)).count("UpdateApplied") == 2
    assert await server.poll() is None


@pytest.mark.parametrize("kind", ["complete_update", "fail_update"])
async def test_answers_to_updates_that_are_not_the_tasks(server, kind):
    run = await server.begun(WAIT)
    await server.start("w2")
    task = await server.take()
    foreign = await server.update(workflow_id="w2")
    first, second = await server.update(), await server.update()
    own = {"type": kind, "message": "no"}
    refusals = {
        "01hzzzzzzzzzzzzzzzzzzzzzzz": "no open update",
        foreign["update_id"]: "no open update",
        second["update_id"]: "names the update",
    }
    await server.complete(task, WAIT)
    named = await server.take()
    while named["workflow_id"] != "w1":
        named = await server.take()
    for update_id, text in refusals.items():
        refused = await server.complete(named, {**own, "update_id": update_id}, status=409)
        assert (refused["reason"], refused["recorded"]) == ("invalid_commands", False)
        assert text in refused["error"]
        assert (refused["run_id"], refused["run_status"]) == (run["run_id"], "waiting")
    twice = {**own, "update_id": first["update_id"]}
    refused = await server.complete(named, twice, twice, status=409)
    assert "answered twice" in refused["error"]
    await server.complete(named, twice)
    refused = await server.complete(await server.take(), twice, status=409)
    assert "no open update" in refused["error"], "it was answered before"


async def test_the_cursor_never_goes_back(server):
    run = await server.begun(WAIT)
    first = await server.update()
    await server.complete(await server.take())
    await server.signal()
    second = await server.update()
    task = await server.take()
    await server.complete(task, WAIT, answer(second), answer(first))
    cursors = [
        event["payload"]["new_position"]
        for event in await server.events(run)
        if event["event_type"] == "MessageCursorAdvanced"
    ]
    assert cursors == [3], "the signal has position 2, the older update position 1"


async def test_an_earlier_signal_is_no_reason_to_reject(server):
    run = await server.begun(WAIT)
    await server.signal()
    await server.update()
    assert (await server.types(run))[-2:] == ["SignalReceived", "UpdateAccepted"]


async def test_named_arguments_travel_by_position(server):
    run = await server.begun(WAIT)
    await server.call("updateWorkflow", 202, path=PATH, body={"input": {"b": 1, "a": 2}})
    assert (await server.last(run, "UpdateAccepted"))["arguments"] == blob([1, 2])["blob"]


async def test_input_that_cannot_be_read(server):
    await server.begun(WAIT)
    refused = await server.call(
        "updateWorkflow", 422, path=PATH, body={"input": {"codec": "json", "blob": "[]"}}
    )
    assert "input.codec" in refused["errors"]
    refused = await server.call("updateWorkflow", 422, path=PATH, body={"input": blob({"a": 1})})
    assert "input.blob" in refused["errors"]
