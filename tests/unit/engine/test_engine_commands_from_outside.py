"""Signals and terminations."""

from __future__ import annotations

import pytest

from durable_workflow import serializer


async def test_a_signal_is_recorded_and_makes_a_task(server):
    run = await server.begun({"type": "open_condition_wait", "condition_key": "k"})
    receipt = await server.signal("approve", "Ada", 1)
    assert (receipt["outcome"], receipt["signal_name"], receipt["command_sequence"]) == (
        "signal_received",
        "approve",
        2,
    )
    event = await server.last(run, "SignalReceived")
    assert serializer.decode(event["arguments"]) == ["Ada", 1]
    inside = serializer.decode(event["command"]["payload"])
    assert inside == {"name": "approve", "arguments": ["Ada", 1], "validation_errors": []}
    assert event["signal_wait_id"] == f"signal-command:{receipt['command_id']}"
    task = await server.take()
    assert task["run_status"] == "waiting"
    assert task["workflow_wait_kind"] == "signal"
    assert task["resume_source_kind"] == "workflow_signal"
    assert task["open_wait_id"] == f"signal-application:{task['workflow_signal_id']}"
    assert task["workflow_signal_id"] == task["resume_source_id"] == event["signal_id"]
    assert (task["signal_name"], task["workflow_command_id"]) == ("approve", receipt["command_id"])


async def test_the_signals_own_blob_is_kept(server):
    run = await server.start()
    envelope = serializer.envelope(["x"])
    await server.call(
        "signalWorkflow", 202, path={"workflowId": "w1", "signalName": "s"}, body={"input": envelope}
    )
    assert (await server.last(run, "SignalReceived"))["arguments"] == envelope["blob"]


async def test_of_several_signals_the_task_names_the_first(server):
    await server.begun()
    first = await server.signal("one")
    await server.signal("two")
    assert (await server.take())["workflow_command_id"] == first["command_id"]
    assert await server.poll() is None


async def test_a_signal_before_the_first_task_leaves_its_context_empty(server):
    await server.register()
    await server.start()
    await server.signal()
    task = await server.take()
    assert task["workflow_wait_kind"] is None
    assert [event["event_type"] for event in task["history_events"]][-1] == "SignalReceived"


async def test_a_repeated_signal_is_delivered_once(server):
    run = await server.start()
    first = await server.signal("s", 1, request_id="r")
    assert await server.signal("s", 1, request_id="r") == first
    assert (await server.types(run)).count("SignalReceived") == 1
    await server.reopen()
    assert await server.signal("s", 1, request_id="r") == first


@pytest.mark.parametrize(("name", "argument"), [("s", 2), ("t", 1)])
async def test_a_request_id_of_another_signal_is_a_conflict(server, name, argument):
    await server.start()
    await server.signal("s", 1, request_id="r")
    body = await server.signal(name, argument, request_id="r", status=409)
    assert body["reason"] == "request_id_conflict"


async def test_request_ids_belong_to_one_workflow(server):
    await server.start("w1")
    await server.start("w2")
    first = await server.signal(request_id="r", workflow_id="w1")
    second = await server.signal(request_id="r", workflow_id="w2")
    assert first["run_id"] != second["run_id"]


async def test_a_closed_run_takes_no_signal(server):
    run = await server.begun({"type": "complete_workflow"})
    body = await server.signal(status=409)
    assert (body["outcome"], body["reason"]) == ("rejected_not_active", "run_not_active")
    assert (body["command_status"], body["command_sequence"]) == ("rejected", 2)
    assert "SignalReceived" not in await server.types(run)


@pytest.mark.parametrize("name", ["a\nb", "\x7f", "é" * 129])
async def test_names_that_no_signal_has(server, name):
    body = await server.signal(name, status=422, workflow_id="nope")
    assert list(body["errors"]) == ["signal_name"]


async def test_a_signal_needs_a_workflow(server):
    assert (await server.signal(workflow_id="nope", status=404))["reason"] == "instance_not_found"


async def test_only_the_newest_run_takes_commands(server):
    old = await server.begun({"type": "continue_as_new"})
    new = await server.describe()
    for operation, extra in (("signalWorkflowRun", {"signalName": "s"}), ("terminateWorkflowRun", {})):
        for run_id in (old["run_id"], "nonsense"):
            path = {"workflowId": "w1", "runId": run_id, **extra}
            body = await server.call(operation, 409, path=path)
            assert (body["reason"], body["target_scope"]) == ("historical_run_command_rejected", "run")
        unknown = {"workflowId": "nope", "runId": new["run_id"], **extra}
        assert (await server.call(operation, 404, path=unknown))["reason"] == "instance_not_found"
    path = {"workflowId": "w1", "runId": new["run_id"], "signalName": "s"}
    assert (await server.call("signalWorkflowRun", 202, path=path))["target_scope"] == "instance"


async def terminate(server, status=200, **body):
    return await server.call("terminateWorkflow", status, path={"workflowId": "w1"}, body=body)


async def test_terminate_ends_everything_at_once(server):
    commands = [
        {"type": "schedule_activity", "activity_type": "a"},
        {"type": "schedule_activity", "activity_type": "b"},
        {"type": "start_timer", "delay_seconds": 5},
        {"type": "open_condition_wait", "timeout_seconds": 9},
    ]
    run = await server.begun(*commands)
    activity = await server.take_activity()
    body = await terminate(server, reason="enough")
    assert (body["outcome"], body["reason"], body["rejection_reason"]) == ("terminated", "enough", None)
    ends = [
        "TerminateRequested",
        "ActivityCancelled",
        "ActivityCancelled",
        "TimerCancelled",
        "TimerCancelled",
    ]
    assert (await server.types(run))[-6:] == [*ends, "WorkflowTerminated"]
    closing = await server.last(run, "WorkflowTerminated")
    assert (closing["reason"], closing["message"]) == ("enough", "Workflow terminated: enough")
    described = await server.describe()
    assert (described["status"], described["closed_reason"], described["wait_kind"]) == (
        "terminated",
        "terminated",
        None,
    )
    beat = await server.answer("heartbeatActivityTask", activity)
    assert (beat["reason"], beat["cancel_requested"], beat["can_continue"]) == ("run_terminated", True, False)
    assert beat["heartbeat_recorded"] is False
    late = await server.answer("completeActivityTask", activity, 409, result=None)
    assert (late["reason"], late["outcome"], late["recorded"]) == ("run_terminated", "ignored", False)
    assert {late["activity_status"], late["attempt_status"], late["task_status"]} == {"cancelled"}
    assert await server.advance(100) is None
    assert (await server.types(run))[-1] == "WorkflowTerminated"


async def test_a_leased_task_learns_of_the_termination(server):
    await server.register()
    await server.start()
    task = await server.take()
    await terminate(server)
    calls = {
        "heartbeatWorkflowTask": {},
        "completeWorkflowTask": {"commands": []},
        "failWorkflowTask": {"failure": {"message": "m"}},
        "getWorkflowTaskHistory": {"next_history_page_token": "MQ=="},
    }
    for operation, body in calls.items():
        refused = await server.answer(operation, task, 409, **body)
        assert (refused["reason"], refused["stop_reason"]) == ("run_closed", "run_terminated")
        assert (refused["cancel_requested"], refused["can_continue"]) == (True, False)
        assert (refused["task_status"], refused["run_status"]) == ("cancelled", "terminated")


async def test_a_second_termination_is_refused_but_a_repeat_is_not(server):
    await server.start()
    first = await terminate(server, request_id="r")
    assert await terminate(server, request_id="r") == first
    again = await terminate(server, status=409)
    assert (again["outcome"], again["reason"]) == ("rejected_not_active", "run_not_active")


@pytest.mark.parametrize(
    ("operation", "status", "extra"),
    [
        ("signalWorkflowRun", 202, {"signalName": "s"}),
        ("cancelWorkflowRun", 200, {}),
        ("terminateWorkflowRun", 200, {}),
    ],
)
async def test_a_repeat_gets_its_receipt_although_another_run_is_the_newest(server, operation, status, extra):
    run = await server.start()
    path = {"workflowId": "w1", "runId": run["run_id"], **extra}
    first = await server.call(operation, status, path=path, body={"request_id": "r"})
    await server.start(duplicate_policy="terminate_existing")
    assert await server.call(operation, status, path=path, body={"request_id": "r"}) == first
    fresh = await server.call(operation, 409, path=path, body={"request_id": "other"})
    assert fresh["reason"] == "historical_run_command_rejected"
