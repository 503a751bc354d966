"""exportWorkflowHistory: every part tells what happened to the run."""

from __future__ import annotations

import pytest

from durable_workflow import serializer

ACTIVITY = {"type": "schedule_activity", "activity_type": "charge"}
TIMER = {"type": "start_timer", "delay_seconds": 60}
CHILD = {"type": "start_child_workflow", "workflow_type": "shipment"}
WAIT = {"type": "open_condition_wait", "condition_key": "paid"}
DONE = {"type": "complete_workflow", "result": serializer.envelope("ok")}


async def export(server, run, status=200):
    path = {"workflowId": run["workflow_id"], "runId": run["run_id"]}
    return await server.call("exportWorkflowHistory", status, path=path)


def only(rows, **members):
    found = [row for row in rows if members.items() <= row.items()]
    assert len(found) == 1, found
    return found[0]


async def everything(server):
    """A run that did a bit of everything, and is still open."""
    policy = {"max_attempts": 2, "backoff_seconds": [5]}
    run = await server.begun(
        ACTIVITY | {"retry_policy": policy, "arguments": serializer.envelope([1])},
        TIMER,
        WAIT | {"timeout_seconds": 30},
        input=["Ada"],
        memo={"m": 1},
        search_attributes={"K": "v"},
        business_key="b",
    )
    await server.answer("failActivityTask", await server.take_activity(), failure={"message": "no"})
    await server.advance(5)
    await server.answer("completeActivityTask", await server.take_activity(), result=serializer.envelope(7))
    await server.signal("approve", "x")
    await server.start("w1", 409)
    return run


async def test_the_whole_history_is_there_with_its_context(server):
    run = await everything(server)
    bundle = await export(server, run)
    events = await server.events(run)
    assert [(event["sequence"], event["type"]) for event in bundle["history_events"]] == [
        (event["sequence"], event["event_type"]) for event in events
    ]
    assert [event["payload"] for event in bundle["history_events"]] == [event["payload"] for event in events]
    assert bundle["history_complete"] is False
    assert bundle["workflow"]["last_history_sequence"] == len(events)
    assert bundle["workflow"]["memo"] == {"m": 1}
    assert bundle["workflow"]["search_attributes"] == {"K": "v"}
    progress = bundle["workflow"]["last_progress_at"]
    assert bundle["dedupe_key"] == f"{run['run_id']}:{len(events)}:{progress}"
    assert [entry["sequence"] for entry in bundle["timeline"]] == [event["sequence"] for event in events]


async def test_the_timeline_names_what_each_event_is_about(server):
    run = await everything(server)
    timeline = (await export(server, run))["timeline"]
    started = only(timeline, type="WorkflowStarted")
    assert (started["kind"], started["source_kind"], started["source_id"]) == (
        "workflow",
        "workflow_run",
        run["run_id"],
    )
    accepted = only(timeline, type="StartAccepted")
    assert accepted["kind"] == "command"
    assert accepted["command"]["payload"] == ["Ada"]
    assert accepted["command_outcome"] == "started_new"
    rejected = only(timeline, type="StartRejected")
    assert rejected["summary"] == "Start rejected: instance_already_started."
    signal = only(timeline, type="SignalReceived")
    assert (signal["signal_name"], signal["summary"]) == ("approve", "Signal approve received.")
    scheduled = only(timeline, type="ActivityScheduled")
    assert (scheduled["kind"], scheduled["activity_type"]) == ("activity", "charge")
    assert scheduled["task"]["type"] == "workflow"
    assert scheduled["activity"]["id"] == scheduled["source_id"]
    assert scheduled["summary"] == "Activity charge scheduled."
    retried = only(timeline, type="ActivityRetryScheduled")
    assert (retried["retry_backoff_seconds"], retried["retry_max_attempts"]) == (5, 2)
    timer = only(timeline, type="TimerScheduled", condition_wait_id=None)
    assert timer["timer"]["delay_seconds"] == timer["delay_seconds"] == 60


async def test_waits_are_open_resolved_or_cancelled(server):
    run = await everything(server)
    waits = (await export(server, run))["waits"]
    activity = only(waits, kind="activity")
    assert (activity["status"], activity["source_status"]) == ("resolved", "completed")
    timer = only(waits, kind="timer")
    assert (timer["status"], timer["task_type"]) == ("open", "timer")
    condition = only(waits, kind="condition")
    assert (condition["status"], condition["condition_key"]) == ("open", "paid")
    assert condition["deadline_at"] is not None
    await server.call("terminateWorkflow", path={"workflowId": "w1"})
    waits = (await export(server, run))["waits"]
    assert {wait["kind"]: wait["status"] for wait in waits} == {
        "activity": "resolved",
        "timer": "cancelled",
        "condition": "cancelled",
    }
    assert None not in {wait["resolved_at"] for wait in waits}


async def test_a_wait_that_timed_out_says_so(server):
    run = await server.begun(WAIT | {"timeout_seconds": 30})
    await server.advance(30)
    condition = only((await export(server, run))["waits"], kind="condition")
    assert (condition["status"], condition["source_status"]) == ("resolved", "timed_out")
    assert condition["timeout_fired_at"] == condition["resolved_at"]


async def test_a_wait_that_was_satisfied_says_so(server):
    run = await server.begun(WAIT | {"timeout_seconds": 30})
    await server.signal("go")
    await server.complete(await server.take(), ACTIVITY)
    waits = (await export(server, run))["waits"]
    assert only(waits, kind="condition")["source_status"] == "satisfied"
    activity = only(waits, kind="activity")
    assert (activity["status"], activity["source_status"], activity["task_status"]) == (
        "open",
        "pending",
        "ready",
    )


async def test_commands_and_signals_are_there_rejected_ones_too(server):
    run = await everything(server)
    await server.call("terminateWorkflow", path={"workflowId": "w1"}, body={"reason": "over"})
    await server.signal("late", "y", status=409)
    bundle = await export(server, run)
    assert [(command["type"], command["status"]) for command in bundle["commands"]] == [
        ("start", "accepted"),
        ("signal", "accepted"),
        ("start", "rejected"),
        ("terminate", "accepted"),
        ("signal", "rejected"),
    ]
    received = only(bundle["signals"], name="approve")
    assert (received["status"], serializer.decode(received["arguments"])) == ("received", ["x"])
    rejected = only(bundle["signals"], name="late")
    assert (rejected["status"], serializer.decode(rejected["arguments"])) == ("rejected", ["y"])
    assert rejected["rejection_reason"] == "run_not_active"


async def test_tasks_activities_and_timers_are_there(server):
    run = await everything(server)
    bundle = await export(server, run)
    assert [(task["type"], task["status"]) for task in bundle["tasks"]] == [
        ("workflow", "completed"),
        ("workflow", "ready"),
        ("activity", "completed"),
        ("activity", "completed"),
        ("timer", "ready"),
        ("timer", "ready"),
    ]
    assert bundle["tasks"][1]["payload"]["workflow_wait_kind"] == "activity"
    (activity,) = bundle["activities"]
    assert (activity["status"], activity["attempt_count"]) == ("completed", 2)
    assert [(attempt["attempt_number"], attempt["status"]) for attempt in activity["attempts"]] == [
        (1, "failed"),
        (2, "completed"),
    ]
    assert serializer.decode(activity["result"]) == 7
    assert [(timer["kind"], timer["status"], timer["delay_seconds"]) for timer in bundle["timers"]] == [
        ("timer", "pending", 60),
        ("condition_timeout", "pending", 30),
    ]


async def test_a_failed_task_without_events_is_there(server):
    await server.register()
    run = await server.start()
    await server.answer("failWorkflowTask", await server.take(), failure={"message": "boom"})
    bundle = await export(server, run)
    assert [task["status"] for task in bundle["tasks"]] == ["failed", "delayed"]
    assert bundle["summary"]["liveness_state"] == "repair_needed"
    assert bundle["summary"]["task_problem_badge"]["description"] == "boom"


async def test_failures_name_their_source(server):
    run = await server.begun(ACTIVITY)
    task = await server.take_activity()
    failure = {"message": "declined", "type": "CardError", "non_retryable": True}
    await server.answer("failActivityTask", task, failure=failure)
    await server.complete(await server.take(), {"type": "fail_workflow", "message": "no money"})
    bundle = await export(server, run)
    activity, workflow = bundle["failures"]
    assert (activity["source_kind"], activity["source_id"]) == (
        "activity_execution",
        task["activity_execution_id"],
    )
    assert (activity["message"], activity["exception_type"], activity["non_retryable"]) == (
        "declined",
        "CardError",
        True,
    )
    assert (workflow["source_kind"], workflow["propagation_kind"]) == ("workflow_run", "terminal")
    assert bundle["summary"]["exception_count"] == 2
    assert only(bundle["timeline"], type="WorkflowFailed")["failure"]["message"] == "no money"


async def test_a_continued_run_is_a_child_and_knows_its_parent(server):
    first = await server.begun({"type": "continue_as_new"})
    bundle = await export(server, first)
    (child,) = bundle["links"]["children"]
    assert (child["type"], child["run_number"], child["status"]) == ("continue_as_new", 2, "pending")
    assert bundle["workflow"]["is_current_run"] is False
    assert bundle["history_complete"] is True
    second = await export(server, {"workflow_id": "w1", "run_id": child["child_workflow_run_id"]})
    (parent,) = second["links"]["parents"]
    assert parent["parent_workflow_run_id"] == first["run_id"]
    assert parent["id"] == child["id"]


async def test_signals_that_were_carried_over_are_there(server):
    await server.register()
    await server.start()
    task = await server.take()
    await server.signal("late", 1)
    await server.complete(task, {"type": "continue_as_new"})
    described = await server.describe()
    bundle = await export(server, described)
    (signal,) = bundle["signals"]
    assert (signal["name"], serializer.decode(signal["arguments"])) == ("late", [1])


async def test_the_summary_says_what_the_run_waits_for(server):
    run = await server.begun(ACTIVITY | {"start_to_close_timeout": 30})
    summary = (await export(server, run))["summary"]
    assert summary["wait_kind"] == "activity"
    assert summary["open_wait_id"] == f"activity:{summary['resume_source_id']}"
    assert (summary["next_task_type"], summary["next_task_status"]) == ("activity", "ready")
    assert summary["liveness_state"] == "waiting_for_activity"
    await server.answer("completeActivityTask", await server.take_activity())
    task = await server.take()
    summary = (await export(server, run))["summary"]
    assert (summary["liveness_state"], summary["next_task_id"]) == ("workflow_task_leased", task["task_id"])
    assert summary["next_task_lease_expires_at"] == task["lease_expires_at"]
    server.clock.advance(1.5)
    await server.complete(task, DONE)
    bundle = await export(server, run)
    summary = bundle["summary"]
    assert (summary["liveness_state"], summary["wait_kind"], summary["duration_ms"]) == ("closed", None, 1500)
    assert serializer.decode(bundle["payloads"]["output"]["data"]) == "ok"


@pytest.mark.parametrize(
    ("command", "kind", "next_type"),
    [
        (TIMER, "timer", "timer"),
        (WAIT, "condition", None),
        (WAIT | {"timeout_seconds": 9}, "condition", None),
    ],
)
async def test_the_summary_of_other_waits(server, command, kind, next_type):
    run = await server.begun(command)
    summary = (await export(server, run))["summary"]
    assert (summary["wait_kind"], summary["next_task_type"]) == (kind, next_type)
    assert summary["liveness_state"] == f"waiting_for_{kind}"
    assert (summary["wait_deadline_at"] is None) == (command is WAIT)


async def test_an_archived_run_says_by_whom_and_why(server):
    run = await server.begun(DONE)
    body = await server.call("archiveWorkflow", path={"workflowId": "w1"}, body={"reason": "tidy"})
    bundle = await export(server, run)
    for part in ("workflow", "summary"):
        assert bundle[part]["archive_reason"] == "tidy"
        assert bundle[part]["archive_command_id"] == body["command_id"]
        assert bundle[part]["archived_at"] is not None


async def test_an_unknown_run_cannot_be_exported(server):
    await server.start()
    body = await export(server, {"workflow_id": "w1", "run_id": "0" * 26}, 404)
    assert body["reason"] == "run_not_found"


async def test_updates_are_told_however_they_ended(server):
    run = await server.begun(WAIT)
    receipts = [await server.update("rename", "a"), await server.update("rename", "b")]
    result = serializer.envelope("done")
    done = {"type": "complete_update", "update_id": receipts[0]["update_id"], "result": result}
    failed = {"type": "fail_update", "update_id": receipts[1]["update_id"], "message": "no"}
    await server.complete(await server.take(), done)
    await server.complete(await server.take(), failed)
    receipts.append(await server.update("rename", "c"))
    bundle = await export(server, run)
    assert [(row["id"], row["status"], row["outcome"]) for row in bundle["updates"]] == [
        (receipts[0]["update_id"], "completed", "update_completed"),
        (receipts[1]["update_id"], "failed", "update_failed"),
        (receipts[2]["update_id"], "accepted", None),
    ]
    first, second, third = bundle["updates"]
    assert serializer.decode(first["arguments"]) == ["a"]
    assert first["result"] == result["blob"]
    assert first["workflow_sequence"] is not None
    assert second["failure_id"] == bundle["failures"][0]["id"]
    assert third["closed_at"] is None
    waits = [wait for wait in bundle["waits"] if wait["kind"] == "update"]
    assert [(wait["status"], wait["source_status"]) for wait in waits] == [
        ("resolved", "completed"),
        ("resolved", "failed"),
        ("open", "accepted"),
    ]
    assert waits[0]["sequence"] == first["workflow_sequence"]
    manifest = {entry["path"]: entry["available"] for entry in bundle["payload_manifest"]["entries"]}
    assert (manifest["updates.0.result"], manifest["updates.1.result"]) == (True, False)


async def test_updates_to_a_closed_run_are_there(server):
    run = await server.begun(DONE)
    receipt = await server.update("rename", "a", status=409)
    (update,) = (await export(server, run))["updates"]
    assert (update["id"], update["status"]) == (receipt["update_id"], "rejected")
    assert (update["outcome"], update["rejection_reason"]) == ("rejected_not_active", "run_not_active")
    assert update["rejected_at"] == update["closed_at"] is not None


async def test_an_update_that_was_carried_over_is_answered_in_the_next_run(server):
    run = await server.begun(WAIT)
    await server.signal("go")
    task = await server.take()
    receipt = await server.update("rename", "a")
    await server.complete(task, {"type": "continue_as_new"})
    following = await server.take()
    answer = {"type": "complete_update", "update_id": receipt["update_id"]}
    await server.complete(following, answer)
    assert [row["status"] for row in (await export(server, run))["updates"]] == ["accepted"]
    assert [row["status"] for row in (await export(server, following))["updates"]] == ["completed"]


async def test_children_are_waited_for_and_linked(server):
    run = await server.begun(CHILD | {"arguments": serializer.envelope([1])})
    child = await server.take()
    bundle = await export(server, run)
    assert (bundle["summary"]["wait_kind"], bundle["summary"]["liveness_state"]) == (
        "child",
        "waiting_for_child",
    )
    assert bundle["summary"]["resume_source_id"] == child["run_id"]
    (wait,) = bundle["waits"]
    assert wait["id"] == bundle["summary"]["open_wait_id"]
    assert (wait["kind"], wait["status"], wait["target_name"]) == ("child", "open", "shipment")
    (link,) = bundle["links"]["children"]
    assert (link["type"], link["child_workflow_run_id"]) == ("child_workflow", child["run_id"])
    assert (link["status"], link["sequence"]) == ("pending", wait["sequence"])
    started = only(bundle["timeline"], type="ChildRunStarted")
    assert (started["kind"], started["source_id"]) == ("child", child["run_id"])
    assert started["child"]["child_workflow_type"] == "shipment"
    (parent,) = (await export(server, child))["links"]["parents"]
    assert (parent["id"], parent["parent_workflow_run_id"]) == (link["id"], run["run_id"])
    assert parent["workflow_type"] == "order"
    await server.complete(child, {"type": "fail_workflow", "message": "lost"})
    bundle = await export(server, run)
    assert bundle["waits"][0]["source_status"] == "failed"
    assert (bundle["failures"][0]["source_kind"], bundle["failures"][0]["message"]) == (
        "child_workflow_run",
        "lost",
    )
    assert bundle["links"]["children"][0]["status"] == "failed"
