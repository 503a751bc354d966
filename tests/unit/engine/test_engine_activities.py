"""Activities: attempts, retries, the four time-outs, heartbeats, late reports."""

from __future__ import annotations

import pytest

from durable_workflow import serializer

DETAILS = serializer.envelope({"why": 1})


def activity(retries=None, **members):
    command = {
        "type": "schedule_activity",
        "activity_type": "charge",
        "arguments": serializer.envelope([1]),
        **members,
    }
    return command if retries is None else {**command, "retry_policy": retries}


async def fail(server, task, status=200, **failure):
    return await server.answer("failActivityTask", task, status, failure={"message": "boom", **failure})


async def complete(server, task, result=DETAILS, status=200):
    return await server.answer("completeActivityTask", task, status, result=result)


async def test_an_activity_from_schedule_to_result(server):
    run = await server.begun(activity())
    assert "act:default:q" in server.topics
    task = await server.take_activity()
    assert set(task) == {
        "task_id",
        "workflow_id",
        "run_id",
        "activity_execution_id",
        "activity_attempt_id",
        "attempt_number",
        "activity_type",
        "payload_codec",
        "arguments",
        "task_queue",
        "lease_owner",
        "lease_expires_at",
    }
    assert task["activity_attempt_id"].isupper()
    assert task["attempt_number"] == 1
    body = await complete(server, task)
    assert (body["outcome"], body["recorded"], body["reason"]) == ("completed", True, None)
    resumed = await server.take()
    assert resumed["task_id"] == body["next_task_id"]
    assert (resumed["workflow_wait_kind"], resumed["resume_source_kind"]) == (
        "activity",
        "activity_execution",
    )
    assert resumed["open_wait_id"] == f"activity:{task['activity_execution_id']}"
    assert resumed["activity_execution_id"] == resumed["resume_source_id"] == task["activity_execution_id"]
    assert resumed["activity_attempt_id"] == task["activity_attempt_id"]
    assert (resumed["workflow_sequence"], resumed["workflow_event_type"]) == (3, "ActivityCompleted")
    assert (await server.types(run))[2:] == ["ActivityScheduled", "ActivityStarted", "ActivityCompleted"]
    payload = await server.last(run, "ActivityCompleted")
    assert (payload["result"], payload["payload_codec"], payload["sequence"]) == (DETAILS["blob"], "avro", 3)
    assert payload["activity"]["status"] == "completed"


@pytest.mark.parametrize(
    ("value", "kept"), [(None, None), (5, 5), ("text", "text"), ({"codec": "avro"}, {"codec": "avro"})]
)
async def test_results_that_are_no_envelope_are_data(server, value, kept):
    run = await server.begun(activity())
    await complete(server, await server.take_activity(), value)
    assert serializer.decode((await server.last(run, "ActivityCompleted")).get("result")) == kept


async def test_a_result_in_another_codec_is_refused(server):
    await server.begun(activity())
    task = await server.take_activity()
    body = await complete(server, task, {"codec": "json", "blob": "1"}, status=422)
    assert list(body["errors"]) == ["result.codec"]
    body = await fail(server, task, status=422, details={"codec": "json", "blob": "1"})
    assert list(body["errors"]) == ["failure.details.codec"]
    await complete(server, task)


async def test_the_guard_of_activity_tasks(server):
    await server.register()
    await server.start()
    workflow_task = await server.take()
    await server.complete(workflow_task, activity())
    task = await server.take_activity()
    for operation, body in (
        ("completeActivityTask", {}),
        ("failActivityTask", {"failure": {"message": "m"}}),
        ("heartbeatActivityTask", {}),
    ):
        for changed, status, reason in (
            ({"task_id": "nope"}, 404, "task_not_found"),
            ({"activity_attempt_id": "nope"}, 404, "attempt_not_found"),
            ({"task_id": workflow_task["task_id"]}, 409, "task_mismatch"),
            ({"lease_owner": "k2"}, 409, "lease_owner_mismatch"),
        ):
            refused = await server.answer(operation, {**task, **changed}, status, **body)
            assert refused["reason"] == reason
            assert {"task_id", "activity_attempt_id", "error"} <= set(refused)
        assert refused["lease_owner"] == "k1"


async def test_without_a_policy_there_is_one_attempt(server):
    run = await server.begun(activity())
    body = await fail(server, await server.take_activity(), type="ValueError", details=DETAILS)
    assert (await server.take())["task_id"] == body["next_task_id"]
    payload = await server.last(run, "ActivityFailed")
    assert (payload["failure_category"], payload["non_retryable"]) == ("activity", False)
    assert (payload["exception_type"], payload["message"], payload["code"]) == ("ValueError", "boom", 0)
    assert payload["exception"]["details"] == DETAILS["blob"]
    assert payload["exception"]["details_payload_codec"] == "avro"
    assert serializer.decode(payload["activity"]["exception"])["message"] == "boom"


async def test_retries_follow_the_list_of_delays(server):
    run = await server.begun(activity({"max_attempts": 4, "backoff_seconds": [1, 3]}))
    seen = []
    for delay in (1, 3, 3):
        task = await server.take_activity()
        seen.append(task)
        body = await fail(server, task, type="E")
        assert await server.poll("k1", "Activity") is None
        assert await server.poll() is None
        payload = await server.last(run, "ActivityRetryScheduled")
        assert (payload["retry_backoff_seconds"], payload["retry_task_id"]) == (delay, body["next_task_id"])
        assert (payload["retry_after_attempt"], payload["max_attempts"]) == (len(seen), 4)
        assert payload["exception"]["type"] == "E"
        await server.advance(delay - 0.1)
        assert await server.poll("k1", "Activity") is None
        server.topics.clear()
        await server.advance(0.1)
        assert "act:default:q" in server.topics
    task = await server.take_activity()
    seen.append(task)
    await complete(server, task)
    assert [one["attempt_number"] for one in seen] == [1, 2, 3, 4]
    assert len({one["task_id"] for one in seen}) == len({one["activity_attempt_id"] for one in seen}) == 4
    assert len({one["activity_execution_id"] for one in seen}) == 1
    for earlier in seen[:-1]:
        stale = await complete(server, earlier, status=409)
        assert (stale["reason"], stale["recorded"], stale["next_task_id"]) == ("stale_attempt", False, None)


async def test_the_last_attempt_fails_the_activity(server):
    run = await server.begun(activity({"max_attempts": 2}))
    await fail(server, await server.take_activity())
    await fail(server, await server.take_activity())
    assert (await server.types(run))[-1] == "ActivityFailed"
    assert (await server.last(run, "ActivityFailed"))["attempt_number"] == 2


@pytest.mark.parametrize(
    "failure",
    [{"non_retryable": True}, {"type": "Fatal"}, {"cancelled": True}, {"kind": "cancellation"}],
)
async def test_failures_that_end_the_retries(server, failure):
    run = await server.begun(activity({"max_attempts": 5, "non_retryable_error_types": ["Fatal"]}))
    await fail(server, await server.take_activity(), **failure)
    assert (await server.last(run, "ActivityFailed"))["non_retryable"] is True


async def test_the_snapshot_of_the_policy(server):
    await server.begun(activity(start_to_close_timeout=5))
    task = await server.take_activity()
    assert task["retry_policy"] == {
        "snapshot_version": 1,
        "max_attempts": 1,
        "backoff_seconds": [],
        "start_to_close_timeout": 5,
        "schedule_to_start_timeout": None,
        "schedule_to_close_timeout": None,
        "heartbeat_timeout": None,
        "non_retryable_error_types": [],
    }
    assert list(task["deadlines"]) == ["start_to_close"]
    assert task["deadlines"]["start_to_close"].endswith("+00:00")


TIMES = {
    "schedule_to_start": {"schedule_to_start_timeout": 4},
    "start_to_close": {"start_to_close_timeout": 4},
    "heartbeat": {"heartbeat_timeout": 4},
    "schedule_to_close": {"schedule_to_close_timeout": 4},
}


@pytest.mark.parametrize("kind", TIMES)
async def test_a_time_out_ends_the_activity(server, kind):
    run = await server.begun(activity(**TIMES[kind]))
    task = None if kind == "schedule_to_start" else await server.take_activity()
    await server.advance(3.9)
    assert await server.poll() is None
    await server.advance(0.1)
    payload = await server.last(run, "ActivityTimedOut")
    assert (payload["timeout_kind"], payload["failure_category"]) == (kind, "timeout")
    assert kind in payload["message"]
    resumed = await server.take()
    assert resumed["workflow_event_type"] == "ActivityTimedOut"
    assert await server.poll("k1", "Activity") is None
    if task is not None:
        assert (await complete(server, task, status=409))["reason"] == "stale_attempt"
        beat = await server.answer("heartbeatActivityTask", task)
        assert (beat["can_continue"], beat["reason"]) == (False, "attempt_closed")


@pytest.mark.parametrize("kind", ["start_to_close", "heartbeat"])
async def test_a_timed_out_attempt_is_retried(server, kind):
    run = await server.begun(activity({"max_attempts": 2, "backoff_seconds": [2]}, **TIMES[kind]))
    first = await server.take_activity()
    await server.advance(4)
    payload = await server.last(run, "ActivityRetryScheduled")
    assert (payload["timeout_kind"], payload["retry_backoff_seconds"]) == (kind, 2)
    assert "exception" not in payload
    await server.advance(2)
    second = await server.take_activity()
    assert second["attempt_number"] == 2
    beat = await server.answer("heartbeatActivityTask", first)
    assert (beat["can_continue"], beat["reason"]) == (False, "stale_attempt")
    await server.advance(4)
    assert (await server.types(run))[-1] == "ActivityTimedOut"


async def test_waiting_for_a_worker_uses_up_attempts_too(server):
    run = await server.begun(activity({"max_attempts": 3}, schedule_to_start_timeout=4))
    for _ in range(2):
        await server.advance(4)
        assert (await server.types(run))[-1] == "ActivityRetryScheduled"
    await server.advance(4)
    assert (await server.types(run))[-1] == "ActivityTimedOut"
    assert (await server.last(run, "ActivityTimedOut"))["attempt_number"] == 0


async def test_the_whole_time_covers_all_attempts_and_waits(server):
    run = await server.begun(
        activity({"max_attempts": 9, "backoff_seconds": [3]}, schedule_to_close_timeout=5)
    )
    await fail(server, await server.take_activity())
    await server.advance(3)
    await fail(server, await server.take_activity())
    await server.advance(2)
    assert (await server.last(run, "ActivityTimedOut"))["timeout_kind"] == "schedule_to_close"
    await server.advance(10)
    assert await server.poll("k1", "Activity") is None


async def test_a_heartbeat_moves_the_heartbeat_deadline(server):
    run = await server.begun(activity(heartbeat_timeout=4, start_to_close_timeout=60))
    task = await server.take_activity()
    for _ in range(5):
        await server.advance(3)
        beat = await server.answer("heartbeatActivityTask", task)
        assert (beat["can_continue"], beat["heartbeat_recorded"], beat["reason"]) == (True, True, None)
    assert beat["last_heartbeat_at"] < beat["lease_expires_at"]
    assert (await server.types(run)).count("ActivityHeartbeatRecorded") == 5
    assert "progress" not in await server.last(run, "ActivityHeartbeatRecorded")
    await server.advance(4)
    assert (await server.last(run, "ActivityTimedOut"))["timeout_kind"] == "heartbeat"


async def test_progress_is_kept_and_reaches_the_next_attempt(server):
    run = await server.begun(activity({"max_attempts": 2}))
    task = await server.take_activity()
    assert "last_heartbeat_details" not in task
    progress = {
        "message": "half",
        "current": 1,
        "total": 2.5,
        "unit": "steps",
        "details": {"i": 3, "x": None},
    }
    await server.answer("heartbeatActivityTask", task, **progress)
    payload = await server.last(run, "ActivityHeartbeatRecorded")
    assert payload["progress"] == progress
    assert payload["activity_attempt"]["id"] == task["activity_attempt_id"]
    await fail(server, task)
    assert (await server.take_activity())["last_heartbeat_details"] == {"i": 3, "x": None}
    started = await server.last(run, "ActivityStarted")
    assert "last_heartbeat_at" not in started["activity"], "the new attempt has not beaten yet"


@pytest.mark.parametrize(
    ("progress", "member"),
    [
        ({"unit": "x"}, "unit"),
        ({"current": float("inf")}, "current"),
        ({"total": -1}, "total"),
        ({"details": {"a": float("nan")}}, "details.a"),
    ],
)
async def test_progress_that_is_not_valid(server, progress, member):
    await server.begun(activity())
    task = await server.take_activity()
    body = await server.answer("heartbeatActivityTask", task, 422, **progress)
    assert list(body["errors"]) == [member]


async def test_a_lost_lease_gives_the_attempt_to_the_next_worker(server):
    await server.begun(activity(schedule_to_start_timeout=50))
    await server.register("k2")
    first = await server.take_activity("k1")
    await server.advance(300)
    second = await server.take_activity("k2")
    assert (second["task_id"], second["attempt_number"]) == (first["task_id"], 2)
    assert second["activity_attempt_id"] != first["activity_attempt_id"]
    assert (await complete(server, first, status=409))["reason"] == "stale_attempt"
    await complete(server, second)


async def test_a_late_result_counts_while_nobody_has_the_task(server):
    run = await server.begun(activity())
    task = await server.take_activity()
    await server.advance(300)
    beat = await server.answer("heartbeatActivityTask", task)
    assert (beat["can_continue"], beat["reason"]) == (False, "task_not_leased")
    assert (await complete(server, task))["recorded"] is True
    assert await server.poll("k1", "Activity") is None
    assert (await server.types(run)).count("ActivityCompleted") == 1


async def test_a_result_after_the_end_of_the_run_is_stored_without_event(server):
    run = await server.begun(activity(start_to_close_timeout=9), activity())
    out = await server.take_activity()
    await server.signal()
    await server.complete(await server.take(), {"type": "complete_workflow"})
    assert await server.tick() - server.clock.now() == pytest.approx(300), "only the lease is left"
    assert await server.poll("k1", "Activity") is None
    beat = await server.answer("heartbeatActivityTask", out)
    assert (beat["reason"], beat["cancel_requested"]) == ("run_closed", False)
    body = await complete(server, out)
    assert (body["recorded"], body["next_task_id"]) == (True, None)
    assert (await complete(server, out, status=409))["reason"] == "stale_attempt"
    await server.advance(400)
    assert (await server.types(run))[-1] == "WorkflowCompleted"


async def test_parallel_activities_wake_the_run_once_while_it_is_out(server):
    run = await server.begun(activity(), activity(), activity())
    tasks = [await server.take_activity() for _ in range(3)]
    first = await complete(server, tasks[0])
    out = await server.take()
    assert out["task_id"] == first["next_task_id"]
    held = [(await complete(server, task))["next_task_id"] for task in tasks[1:]]
    assert held[0] == held[1]
    assert await server.poll() is None
    await server.complete(out)
    assert (await server.take())["task_id"] == held[0]
    steps = [
        e["payload"]["sequence"] for e in await server.events(run) if e["event_type"] == "ActivityCompleted"
    ]
    assert steps == [3, 4, 5]


async def test_an_activity_on_another_queue(server):
    await server.begun(activity(queue="gpu"))
    assert await server.poll("k1", "Activity") is None
    await server.register("g1", task_queue="gpu")
    assert (await server.take_activity("g1", task_queue="gpu"))["task_queue"] == "gpu"


async def test_activity_types_decide_who_gets_a_task(server):
    await server.begun(activity())
    await server.register("k2", supported_activity_types=["other"])
    assert await server.poll("k2", "Activity") is None
    await server.register("k2", supported_activity_types=["other", "charge"])
    assert await server.poll("k2", "Activity") is not None


async def test_nothing_is_lost_by_a_restart(server):
    run = await server.begun(activity({"max_attempts": 2, "backoff_seconds": [5]}), activity())
    failed, out = await server.take_activity(), await server.take_activity()
    await fail(server, failed)
    before = await server.events(run)
    await server.reopen()
    assert await server.events(run) == before
    await complete(server, out)
    await server.advance(5)
    retried = await server.take_activity()
    assert (retried["activity_execution_id"], retried["attempt_number"]) == (
        failed["activity_execution_id"],
        2,
    )
    await complete(server, retried)
    await server.complete(await server.take(), {"type": "complete_workflow"})
    assert (await server.describe())["status"] == "completed"
