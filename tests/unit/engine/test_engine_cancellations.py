"""Cancellation: told to the workflow where its workers can tell it, else the run is closed at once."""

from __future__ import annotations

import pytest

from durable_workflow import serializer
from durable_workflow.server import engine
from durable_workflow.server.engine import cancellations
from durable_workflow.server.engine.lookup import run_of

ACTIVITY = {"type": "schedule_activity", "activity_type": "charge"}
TIMER = {"type": "start_timer", "delay_seconds": 600}
WAIT = {"type": "open_condition_wait", "condition_key": "k"}
GIVE_IN = {"type": "cancel_workflow"}
DONE = {"type": "complete_workflow"}
TELLING = {"capabilities": ["cancellation_delivery"]}


async def cancel(server, status=200, workflow_id="w1", run_id=None, **body):
    operation, path = "cancelWorkflow", {"workflowId": workflow_id}
    if run_id is not None:
        operation, path = "cancelWorkflowRun", {**path, "runId": run_id}
    return await server.call(operation, status, path=path, body=body)


async def told(server, *commands, **body):
    """A run whose worker can tell of cancellations, after its first task; with its worker."""
    await server.register(**TELLING, **body)
    run = await server.start()
    await server.complete(await server.take(), *commands)
    return run


async def test_without_a_worker_that_can_tell_the_run_is_closed_at_once(server):
    run = await server.begun(ACTIVITY, TIMER, ACTIVITY)
    await server.take_activity()
    receipt = await cancel(server, reason="ordered twice")
    assert (receipt["outcome"], receipt["reason"]) == ("cancelled", "ordered twice")
    assert (await server.types(run))[-5:] == [
        "CancelRequested",
        "ActivityCancelled",
        "ActivityCancelled",
        "TimerCancelled",
        "WorkflowCancelled",
    ]
    described = await server.describe()
    assert (described["status"], described["closed_reason"]) == ("cancelled", "cancelled")
    ending = await server.last(run, "WorkflowCancelled")
    assert ending["message"] == "Workflow cancelled: ordered twice"
    assert ending["workflow_command_id"] == receipt["command_id"]
    kept = ending["command"]["payload"]
    assert serializer.decode(kept) == {"reason": "ordered twice"}


async def test_a_worker_that_can_tell_gets_a_task_and_ends_the_run(server):
    run = await told(server, ACTIVITY, TIMER)
    receipt = await cancel(server, 202, reason="too late")
    assert (receipt["outcome"], receipt["command_status"]) == ("cancel_requested", "accepted")
    assert (await server.types(run))[-1] == "CancelRequested"
    assert (await server.describe())["status"] == "waiting"
    task = await server.take()
    assert task["history_events"][-1]["event_type"] == "CancelRequested"
    assert task["resume_source_kind"] == "workflow_cancellation"
    assert task["resume_source_id"] == task["workflow_command_id"] == receipt["command_id"]
    assert (await server.complete(task, GIVE_IN))["run_status"] == "cancelled"
    assert (await server.types(run))[-4:] == [
        "CancelRequested",
        "ActivityCancelled",
        "TimerCancelled",
        "WorkflowCancelled",
    ]
    ending = await server.last(run, "WorkflowCancelled")
    assert (ending["reason"], ending["workflow_command_id"]) == ("too late", receipt["command_id"])
    assert ending["task"]["id"] == task["task_id"]


async def test_a_workflow_may_clean_up_before_it_gives_in(server):
    run = await told(server, WAIT)
    await cancel(server, 202)
    await server.complete(await server.take(), ACTIVITY)
    await server.answer("completeActivityTask", await server.take_activity(), result=None)
    await server.complete(await server.take(), GIVE_IN)
    assert (await server.types(run))[-2:] == ["ActivityCompleted", "WorkflowCancelled"]


async def test_a_workflow_that_swallows_its_cancellation_ends_as_it_ends(server):
    await told(server, WAIT)
    await cancel(server, 202)
    await server.complete(await server.take(), DONE)
    assert (await server.describe())["status"] == "completed"
    assert await server.advance(120) is None
    assert (await server.describe())["status"] == "completed"


async def test_the_grace_ends_a_run_that_does_not_end(server):
    run = await told(server, WAIT)
    await cancel(server, 202, reason="enough")
    await server.complete(await server.take(), TIMER)
    await server.advance(59)
    assert (await server.describe())["status"] == "waiting"
    await server.advance(1)
    assert (await server.describe())["status"] == "cancelled"
    assert (await server.types(run))[-2:] == ["TimerCancelled", "WorkflowCancelled"]
    assert (await server.last(run, "WorkflowCancelled"))["reason"] == "enough"


async def test_the_grace_is_over_while_the_task_is_out(server):
    await told(server, WAIT)
    await cancel(server, 202)
    task = await server.take()
    await server.advance(60)
    body = await server.answer("completeWorkflowTask", task, 409, commands=[GIVE_IN])
    assert (body["reason"], body["stop_reason"]) == ("run_closed", "run_cancelled")
    assert body["cancel_requested"] is True


async def test_a_task_that_nobody_picks_up_does_not_keep_the_run(server):
    await told(server, WAIT)
    await cancel(server, 202)
    await server.advance(60)
    assert (await server.describe())["status"] == "cancelled"
    assert await server.poll() is None


async def test_a_cancel_while_a_task_is_out_makes_a_following_task(server):
    run = await told(server)
    await server.signal()
    task = await server.take()
    await cancel(server, 202)
    assert (await server.complete(task, ACTIVITY))["run_status"] == "waiting"
    follow = await server.take()
    assert "CancelRequested" in [event["event_type"] for event in follow["history_events"]]
    await server.complete(follow, GIVE_IN)
    assert (await server.types(run))[-2:] == ["ActivityCancelled", "WorkflowCancelled"]


async def test_a_completion_on_its_way_wins_over_a_cancel(server):
    run = await told(server)
    await server.signal()
    task = await server.take()
    await cancel(server, 202)
    await server.complete(task, DONE)
    assert (await server.describe())["status"] == "completed"
    assert (await server.types(run))[-2:] == ["CancelRequested", "WorkflowCompleted"]
    assert await server.poll() is None


async def test_an_answer_that_has_not_seen_the_cancel_may_not_give_in_to_none(server):
    run = await told(server)
    await server.signal()
    body = await server.complete(await server.take(), GIVE_IN, status=409)
    assert (body["reason"], body["recorded"]) == ("invalid_commands", False)
    assert (await server.types(run))[-1] == "SignalReceived"


async def test_an_activity_goes_on_until_the_workflow_has_ended(server):
    await told(server, ACTIVITY)
    activity = await server.take_activity()
    await cancel(server, 202)
    beat = await server.answer("heartbeatActivityTask", activity)
    assert (beat["cancel_requested"], beat["can_continue"]) == (False, True)
    await server.complete(await server.take(), GIVE_IN)
    beat = await server.answer("heartbeatActivityTask", activity)
    assert (beat["cancel_requested"], beat["can_continue"]) == (True, False)
    assert beat["reason"] == "run_cancelled"
    body = await server.answer("completeActivityTask", activity, 409, result=None)
    assert (body["outcome"], body["reason"]) == ("ignored", "run_cancelled")


async def test_a_second_cancel_changes_nothing(server):
    run = await told(server, WAIT)
    first = await cancel(server, 202, reason="one")
    await server.advance(30)
    second = await cancel(server, 202, reason="two")
    assert second["outcome"] == "cancel_requested"
    assert second["command_id"] != first["command_id"]
    assert (await server.types(run)).count("CancelRequested") == 1
    await server.advance(30)
    ending = await server.last(run, "WorkflowCancelled")
    assert (ending["reason"], ending["workflow_command_id"]) == ("one", first["command_id"])


async def test_a_repeated_request_is_answered_as_before(server):
    run = await told(server, WAIT)
    first = await cancel(server, 202, request_id="r")
    assert await cancel(server, 202, request_id="r") == first
    await server.complete(await server.take(), GIVE_IN)
    assert await cancel(server, 202, request_id="r") == first
    conflict = await cancel(server, 409, request_id="r", reason="other")
    assert conflict["reason"] == "request_id_conflict"
    assert (await server.types(run)).count("CancelRequested") == 1


async def test_terminate_does_not_wait_for_a_cancellation(server):
    run = await told(server, WAIT)
    await cancel(server, 202)
    task = await server.take()
    await server.call("terminateWorkflow", path={"workflowId": "w1"})
    assert (await server.describe())["status"] == "terminated"
    assert (await server.types(run))[-1] == "WorkflowTerminated"
    await server.complete(task, GIVE_IN, status=409)
    assert await server.advance(120) is None


async def test_a_closed_run_cannot_be_cancelled(server):
    run = await server.begun(DONE)
    for run_id in (None, run["run_id"]):
        body = await cancel(server, 409, run_id=run_id)
        assert (body["outcome"], body["reason"]) == ("rejected_not_active", "run_not_active")
    assert (await server.types(run))[-1] == "WorkflowCompleted"


async def test_only_the_newest_run_takes_a_cancel(server):
    old = await server.begun({"type": "continue_as_new"})
    body = await cancel(server, 409, run_id=old["run_id"])
    assert (body["reason"], body["target_scope"]) == ("historical_run_command_rejected", "run")
    newest = (await server.describe())["run_id"]
    assert (await cancel(server, run_id=newest))["run_id"] == newest
    missing = await cancel(server, 404, workflow_id="none", run_id=newest)
    assert (missing["reason"], missing["run_id"]) == ("instance_not_found", newest)


async def test_a_cancel_that_the_worker_had_not_seen_moves_to_the_next_run(server):
    await told(server)
    await server.signal()
    task = await server.take()
    receipt = await cancel(server, 202, reason="stop")
    await server.complete(task, {"type": "continue_as_new"})
    following = await server.describe()
    carried = await server.last(following, "CancelRequested")
    assert carried["workflow_command_id"] == receipt["command_id"]
    assert carried["workflow_run_id"] == following["run_id"]
    await server.advance(60)
    ending = await server.last(following, "WorkflowCancelled")
    assert ending["reason"] == "stop"


async def test_a_cancel_that_was_seen_and_swallowed_stays_with_its_run(server):
    await told(server)
    await cancel(server, 202)
    await server.complete(await server.take(), {"type": "continue_as_new"})
    following = await server.describe()
    assert "CancelRequested" not in await server.types(following)
    await server.advance(120)
    assert (await server.describe())["status"] == "pending"


@pytest.mark.parametrize(
    "worker",
    [
        {"capabilities": ["query_tasks"]},
        {"task_queue": "other", **TELLING},
        {"supported_workflow_types": ["invoice"], **TELLING},
    ],
    ids=["cannot tell", "another queue", "another type"],
)
async def test_a_worker_that_will_not_have_the_task_does_not_count(server, worker):
    await server.start()
    await server.register("other", **worker)
    assert (await cancel(server))["outcome"] == "cancelled"


@pytest.mark.parametrize(
    ("promise", "silence", "status"),
    [({}, 60, 202), ({}, 61, 200), ({"heartbeat_interval_seconds": 30}, 89, 202), ({}, 600, 200)],
)
async def test_a_worker_that_is_gone_does_not_count(server, promise, silence, status):
    await server.register(**TELLING, **promise)
    await server.start()
    await server.advance(silence)
    await cancel(server, status)


async def test_a_worker_that_missed_its_heartbeats_does_not_count(server):
    await server.register(**TELLING, heartbeat_interval_seconds=10)
    await server.start()
    await server.advance(30)
    assert (await cancel(server))["outcome"] == "cancelled"


async def test_tasks_of_a_cancelled_run_go_to_workers_that_can_tell(server):
    await server.register("deaf")
    await told(server, WAIT)
    await cancel(server, 202)
    assert await server.poll("deaf") is None
    await server.start("w2")
    assert (await server.take("deaf"))["workflow_id"] == "w2"
    assert (await server.take("k1"))["workflow_id"] == "w1"


async def test_a_worker_that_leaves_in_the_middle_hands_the_cancellation_on(server):
    await told(server, WAIT)
    await cancel(server, 202)
    task = await server.take()
    await server.call("deregisterWorker", path={"workerId": "k1"})
    await server.register("k2", **TELLING)
    again = await server.take("k2")
    assert again["task_id"] == task["task_id"]
    assert again["history_events"][-1]["event_type"] == "CancelRequested"
    await server.complete(task, GIVE_IN, status=409)
    await server.complete(again, GIVE_IN)
    assert (await server.describe())["status"] == "cancelled"


async def test_the_last_worker_that_can_tell_leaves_and_the_grace_ends_the_run(server):
    await server.register("deaf")
    run = await told(server, WAIT)
    await cancel(server, 202)
    await server.call("deregisterWorker", path={"workerId": "k1"})
    assert await server.poll("deaf") is None
    await server.signal()
    await server.advance(60)
    assert (await server.types(run))[-2:] == ["SignalReceived", "WorkflowCancelled"]
    assert await server.poll("deaf") is None


async def test_a_cancel_ends_the_back_off_of_a_failed_task(server):
    await told(server, WAIT)
    await server.signal()
    await server.answer("failWorkflowTask", await server.take(), failure={"message": "bug"})
    assert await server.poll() is None
    await cancel(server, 202)
    await server.complete(await server.take(), GIVE_IN)
    assert (await server.describe())["status"] == "cancelled"


async def test_a_deadline_of_the_run_comes_before_the_grace(server):
    await server.register(**TELLING)
    await server.start(run_timeout_seconds=30)
    await cancel(server, 202)
    await server.advance(30)
    assert (await server.describe())["closed_reason"] == "timed_out"


async def test_a_cancellation_on_its_way_outlives_the_server(server):
    await told(server, WAIT)
    await cancel(server, 202)
    await server.reopen()
    await server.advance(60)
    assert (await server.describe())["status"] == "cancelled"


async def test_the_server_may_cancel_by_itself(server):
    run = await server.begun(WAIT)

    def job(tx):
        return cancellations.cancel_run(tx, None, run_of(tx, run["run_id"]), "the parent is gone")

    assert (await server.store.write(job)).outcome == "cancelled"
    note = (await server.last(run, "WorkflowCancelled"))["command"]
    assert (note["source"], note["auth_status"]) == ("server", "not_applicable")
    assert "request_fingerprint" not in note


class TestWithoutGrace:
    @pytest.fixture
    def settings(self) -> engine.EngineSettings:
        return engine.EngineSettings(cancel_grace=0)

    async def test_no_workflow_is_told(self, server):
        await told(server, WAIT)
        assert (await cancel(server))["outcome"] == "cancelled"
