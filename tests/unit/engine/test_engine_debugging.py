"""debugWorkflow and debugWorkflowRun: what a run waits for, and what looks wrong."""

from __future__ import annotations

import pytest

ACTIVITY = {"type": "schedule_activity", "activity_type": "charge", "heartbeat_timeout": 900}
TIMER = {"type": "start_timer", "delay_seconds": 60}
WAIT = {"type": "open_condition_wait"}
DONE = {"type": "complete_workflow"}


async def debug(server, workflow_id="w1", status=200, **query):
    return await server.call("debugWorkflow", status, path={"workflowId": workflow_id}, query=query)


def codes(report):
    return [finding["code"] for finding in report["findings"]]


async def test_a_run_that_waits_for_a_worker(server):
    await server.register()
    run = await server.start()
    report = await debug(server)
    assert (report["diagnostic_status"], codes(report)) == ("pending_work", [])
    (task,) = report["pending_workflow_tasks"]
    assert (task["status"], task["transport_state"], task["lease_expired"]) == ("ready", "ready", False)
    execution = report["execution"]
    assert execution["liveness_state"] == "workflow_task_ready"
    assert execution["next_scheduled_event"]["task_id"] == task["task_id"]
    assert execution["last_event"]["event_type"] == "WorkflowStarted"
    assert "closed_at" not in execution
    same = await server.call("debugWorkflowRun", path={"workflowId": "w1", "runId": run["run_id"]})
    assert same == report


async def test_a_queue_that_nobody_polls_is_found(server):
    await server.start()
    report = await debug(server)
    assert (report["diagnostic_status"], codes(report)) == ("needs_attention", ["no_active_pollers"])
    await server.register()
    assert codes(await debug(server)) == []
    server.clock.advance(61)
    report = await debug(server)
    assert codes(report) == ["no_active_pollers"]
    (poller,) = report["compatibility"]["task_queue_pollers"]
    assert (poller["status"], poller["is_stale"]) == ("stale", True)


async def test_activities_are_told_with_their_attempt(server):
    await server.begun(ACTIVITY)
    (activity,) = (await debug(server))["pending_activities"]
    assert (activity["status"], activity["attempt_count"]) == ("pending", 0)
    assert "current_attempt" not in activity
    task = await server.take_activity()
    report = await debug(server)
    (activity,) = report["pending_activities"]
    assert activity["current_attempt"]["lease_owner"] == "k1"
    assert activity["current_attempt"]["lease_expires_at"] == task["lease_expires_at"]
    assert (report["diagnostic_status"], codes(report)) == ("pending_work", [])


async def test_leases_that_have_ended_are_found(server):
    await server.register(heartbeat_interval_seconds=60)
    await server.start()
    await server.take()
    server.clock.advance(301)
    report = await debug(server)
    (task,) = report["pending_workflow_tasks"]
    assert (task["transport_state"], task["lease_expired"]) == ("lease_expired", True)
    assert "expired_leases" in codes(report)
    assert report["task_queue"]["repair"]["expired_leases"] == 1
    assert report["task_queue"]["current_leases"][0]["is_expired"] is True


@pytest.mark.parametrize(
    ("kind", "code", "severity"),
    [
        ("ValueError", "task_problem", "warning"),
        ("NonDeterministicReplayError", "workflow_replay_blocked", "error"),
    ],
)
async def test_a_failing_task_is_found(server, kind, code, severity):
    await server.register()
    await server.start()
    await server.answer("failWorkflowTask", await server.take(), failure={"message": "boom", "type": kind})
    report = await debug(server)
    assert report["findings"][0]["code"] == code
    assert report["findings"][0]["severity"] == severity
    assert report["execution"]["task_problem"] is True
    assert report["execution"]["task_problem_badge"]["description"] == "boom"
    (task,) = report["pending_workflow_tasks"]
    assert (task["transport_state"], task["last_error"]) == ("repair_backoff", "boom")
    await server.advance(1)
    await server.complete(await server.take(), WAIT)
    report = await debug(server)
    assert (report["diagnostic_status"], codes(report)) == ("waiting", [])
    assert report["execution"]["task_problem"] is False


async def test_a_run_that_nothing_moves_is_found(server):
    await server.begun()
    report = await debug(server)
    assert codes(report) == ["repair_attention"]
    (task,) = report["pending_workflow_tasks"]
    assert (task["task_missing"], task["synthetic"], task["transport_state"]) == (True, True, "missing")
    assert report["execution"]["repair_attention"] is True


async def test_a_closed_run_is_terminal(server):
    await server.begun(DONE)
    report = await debug(server)
    assert (report["diagnostic_status"], codes(report)) == ("terminal", [])
    assert report["execution"]["is_terminal"] is True
    assert report["pending_workflow_tasks"] == []


async def test_the_queue_is_told(server):
    await server.begun(ACTIVITY)
    server.clock.advance(1)
    await server.start("w2")
    server.clock.advance(74)
    queue = (await debug(server))["task_queue"]
    stats = queue["stats"]
    assert queue["name"] == "q"
    assert (stats["approximate_backlog_count"], stats["approximate_backlog_age"]) == (2, "1m15s")
    assert stats["oldest_ready_task"]["task_type"] == "activity"
    assert stats["oldest_ready_task"]["workflow_id"] == "w1"
    assert stats["workflow_tasks"] == {"ready_count": 1, "leased_count": 0, "expired_lease_count": 0}
    assert queue["repair"]["dispatch_overdue"] == 2
    task, activity = await server.take(), await server.take_activity()
    leases = {lease["task_id"]: lease for lease in (await debug(server))["task_queue"]["current_leases"]}
    assert leases[task["task_id"]]["workflow_task_attempt"] == 1
    assert leases[activity["task_id"]]["activity_attempt_id"] == activity["activity_attempt_id"]


async def test_a_run_without_a_queue_has_none(server):
    await server.start(task_queue=None)
    assert (await debug(server))["task_queue"] is None


async def test_the_last_event_is_shown_when_asked_for(server):
    await server.start(memo={"m": "x" * 5000})
    event = (await debug(server))["execution"]["last_event"]
    assert "payload_preview" not in event
    assert event["payload_summary"]["top_level_keys"][0] == "workflow_class"
    event = (await debug(server, include_last_event_payload=True))["execution"]["last_event"]
    assert event["payload_preview"]["truncated"] is True
    assert len(event["payload_preview"]["data"]) == 4096
    assert event["payload_preview"]["size_bytes"] == event["payload_summary"]["size_bytes"] > 5000


async def test_the_last_failures_are_shown_newest_first(server):
    await server.begun(*[ACTIVITY] * 12)
    for number in range(12):
        task = await server.take_activity()
        await server.answer("failActivityTask", task, failure={"message": f"no {number}"})
    failures = (await debug(server))["recent_failures"]
    assert [failure["message"] for failure in failures] == [f"no {number}" for number in range(11, 1, -1)]
    assert failures[0]["source_kind"] == "activity_execution"


async def test_what_is_unknown_is_not_found(server):
    await server.start()
    assert (await debug(server, "w2", 404))["reason"] == "instance_not_found"
    path = {"workflowId": "w1", "runId": "0" * 26}
    assert (await server.call("debugWorkflowRun", 404, path=path))["reason"] == "run_not_found"
