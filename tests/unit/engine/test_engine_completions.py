"""Completed and failed workflow tasks, and the commands in them."""

from __future__ import annotations

import pytest

from durable_workflow import serializer

ACTIVITY = {"type": "schedule_activity", "activity_type": "a"}
MARKER = {
    "type": "record_version_marker",
    "change_id": "c",
    "version": 2,
    "min_supported": 1,
    "max_supported": 2,
}


async def taken(server, **start):
    await server.register()
    await server.start(**start)
    return await server.take()


async def test_every_kind_that_does_not_close(server):
    commands = [
        {"type": "record_side_effect", "result": " AAI3Ag== "},
        MARKER,
        {"type": "upsert_search_attributes", "attributes": {"K2": 5, "K1": " v "}},
        {**ACTIVITY, "arguments": serializer.envelope([1])},
        {"type": "start_timer", "delay_seconds": 60},
        {"type": "open_condition_wait", "condition_key": "k", "timeout_seconds": 9},
        {"type": "open_condition_wait", "timeout_seconds": 0},
    ]
    task = await taken(server)
    body = await server.complete(task, *commands)
    assert (body["outcome"], body["recorded"], body["run_status"], body["reason"]) == (
        "completed",
        True,
        "waiting",
        None,
    )
    assert len(body["created_task_ids"]) == 3
    events = (await server.events(task))[2:]
    assert [(event["event_type"], event["payload"]["sequence"]) for event in events] == [
        ("SideEffectRecorded", 3),
        ("VersionMarkerRecorded", 4),
        ("SearchAttributesUpserted", 5),
        ("ActivityScheduled", 6),
        ("TimerScheduled", 7),
        ("ConditionWaitOpened", 8),
        ("TimerScheduled", 8),
        ("ConditionWaitOpened", 9),
    ]
    payloads = [event["payload"] for event in events]
    assert payloads[0]["result"] == "AAI3Ag=="
    assert payloads[2]["attributes"] == payloads[2]["merged"] == {"K1": "v", "K2": 5}
    assert payloads[3]["activity"]["arguments"] == serializer.encode([1])
    assert payloads[6]["timer_kind"] == "condition_timeout"
    assert payloads[6]["condition_wait_id"] == payloads[5]["condition_wait_id"]
    assert payloads[5]["condition_wait_id"].isupper()
    assert all(payload["task"]["id"] == task["task_id"] for payload in payloads)
    described = await server.describe()
    assert (described["status"], described["wait_kind"]) == ("waiting", "activity")
    assert described["search_attributes"] == {"K1": "v", "K2": 5}


async def test_attributes_are_merged_and_removed(server):
    run = await server.begun(
        {"type": "upsert_search_attributes", "attributes": {"a": None, "b": 2, "c": True}},
        search_attributes={"a": 1, "z": "keep"},
    )
    payload = await server.last(run, "SearchAttributesUpserted")
    assert payload["merged"] == {"b": 2, "c": True, "z": "keep"}


async def test_the_closing_command_comes_last_wherever_it_stands(server):
    result = serializer.envelope({"ok": True})
    task = await taken(server)
    await server.complete(task, {"type": "complete_workflow", "result": result}, MARKER)
    assert (await server.types(task))[2:] == ["VersionMarkerRecorded", "WorkflowCompleted"]
    described = await server.describe()
    assert (described["status"], described["closed_reason"]) == ("completed", "completed")
    assert (described["output"], described["output_envelope"]) == ({"ok": True}, result)


@pytest.mark.parametrize(("result", "output"), [(None, None), ("AAgib2siAg==", "ok"), ("not base64", None)])
async def test_results_in_every_form(server, result, output):
    await server.begun({"type": "complete_workflow", "result": result})
    described = await server.describe()
    assert described["output"] == output
    assert (described["output_envelope"] or {}).get("blob") == result


async def test_a_failed_workflow(server):
    command = {
        "type": "fail_workflow",
        "message": "no stock",
        "exception_type": "OutOfStock",
        "non_retryable": True,
    }
    run = await server.begun(command)
    payload = await server.last(run, "WorkflowFailed")
    assert payload["failure_category"] == "application"
    assert (payload["exception_type"], payload["non_retryable"]) == ("OutOfStock", True)
    assert (payload["source_kind"], payload["source_id"]) == ("workflow_run", run["run_id"])
    assert payload["exception"]["message"] == "no stock"
    described = await server.describe()
    assert (described["status"], described["closed_reason"]) == ("failed", "failed")


@pytest.mark.parametrize(
    ("message", "category"),
    [("it Timed Out", "timeout"), ("Structural limit exceeded: x", "structural_limit"), ("x", "application")],
)
async def test_the_category_of_a_failure(server, message, category):
    run = await server.begun({"type": "fail_workflow", "message": message})
    assert (await server.last(run, "WorkflowFailed"))["failure_category"] == category


async def test_continue_as_new(server):
    start = {"memo": {"m": 1}, "search_attributes": {"K": 1}, "business_key": "b", "run_timeout_seconds": 50}
    await server.register()
    old = await server.start(**start, execution_timeout_seconds=100)
    server.clock.advance(30)
    body = await server.complete(
        await server.take(), {"type": "continue_as_new", "arguments": serializer.envelope([9])}
    )
    assert body["run_status"] == "completed"
    task = await server.take()
    assert body["created_task_ids"] == [task["task_id"]]
    payload = await server.last(old, "WorkflowContinuedAsNew")
    assert (payload["continued_to_run_id"], payload["continued_to_run_number"]) == (task["run_id"], 2)
    new = await server.describe()
    assert (new["run_number"], new["input"], new["memo"], new["search_attributes"]) == (
        2,
        [9],
        {"m": 1},
        {"K": 1},
    )
    path = {"workflowId": "w1", "runId": old["run_id"]}
    first = await server.call("describeWorkflowRun", path=path)
    assert (first["status"], first["closed_reason"], first["is_current_run"]) == (
        "completed",
        "continued",
        False,
    )
    assert new["execution_deadline_at"] == first["execution_deadline_at"]
    assert new["run_deadline_at"] > first["run_deadline_at"]
    started = await server.last(new, "WorkflowStarted")
    assert started["continued_from_run_id"] == old["run_id"]
    assert started["workflow_link_id"] == payload["workflow_link_id"]


async def test_continue_as_new_may_change_type_and_queue(server):
    await server.begun({"type": "continue_as_new", "workflow_type": "other", "queue": "q2"}, input=[4])
    described = await server.describe()
    assert (described["workflow_type"], described["task_queue"], described["input"]) == ("other", "q2", [4])


async def test_a_signal_the_worker_had_not_seen_moves_to_the_next_run(server):
    await server.register()
    await server.start()
    await server.signal("seen")
    task = await server.take()
    await server.signal("unseen", 7)
    await server.complete(task, {"type": "continue_as_new"})
    following = await server.take()
    signals = [e["payload"] for e in following["history_events"] if e["event_type"] == "SignalReceived"]
    assert [(s["signal_name"], s["workflow_run_id"]) for s in signals] == [("unseen", following["run_id"])]
    assert serializer.decode(signals[0]["arguments"]) == [7]


async def test_a_signal_read_from_a_later_page_counts_as_seen(server):
    task = await taken(server)
    await server.signal("s")
    await server.answer("getWorkflowTaskHistory", task, next_history_page_token="Mg==")
    await server.complete(task, {"type": "continue_as_new"})
    assert [e["event_type"] for e in (await server.take())["history_events"]] == ["WorkflowStarted"]


async def test_nothing_to_do(server):
    task = await taken(server)
    body = await server.complete(task)
    assert (body["run_status"], body["created_task_ids"]) == ("waiting", [])
    assert await server.types(task) == ["StartAccepted", "WorkflowStarted"]
    assert await server.poll() is None


async def test_what_arrives_meanwhile_makes_one_following_task(server):
    task = await taken(server)
    for name in ("a", "b"):
        await server.signal(name)
    assert await server.poll() is None
    server.topics.clear()
    await server.complete(task)
    assert "wf:default:q" in server.topics
    following = await server.take()
    assert following["signal_name"] == "a"
    assert [e["event_type"] for e in following["history_events"]].count("SignalReceived") == 2
    await server.complete(following)
    assert await server.poll() is None


async def test_a_following_task_is_dropped_when_the_run_closes(server):
    task = await taken(server)
    await server.signal()
    await server.complete(task, {"type": "complete_workflow"})
    assert await server.poll() is None


async def test_a_second_completion_is_refused(server):
    task = await taken(server)
    await server.complete(task, ACTIVITY)
    assert (await server.complete(task, status=409))["reason"] == "task_not_leased"
    await server.signal()
    task = await server.take()
    await server.complete(task, {"type": "complete_workflow"})
    closed = await server.complete(task, status=409)
    assert (closed["reason"], closed["stop_reason"], closed["cancel_requested"]) == (
        "run_closed",
        "run_completed",
        False,
    )


TOO_EARLY = [
    ({"type": "start_timer", "delay_seconds": 1, "retry_policy": {"max_attempts": 1}}, "retry_policy"),
    ({"type": "complete_workflow", "heartbeat_timeout": 1}, "heartbeat_timeout"),
    ({**ACTIVITY, "run_timeout_seconds": 1}, "run_timeout_seconds"),
    ({**ACTIVITY, "non_retryable": True}, "non_retryable"),
    ({**ACTIVITY, "heartbeat_timeout": 3, "start_to_close_timeout": 2}, "heartbeat_timeout"),
    ({**ACTIVITY, "start_to_close_timeout": 3, "schedule_to_close_timeout": 2}, "start_to_close_timeout"),
    (
        {**ACTIVITY, "schedule_to_start_timeout": 3, "schedule_to_close_timeout": 2},
        "schedule_to_start_timeout",
    ),
    (
        {
            "type": "start_child_workflow",
            "workflow_type": "x",
            "run_timeout_seconds": 9,
            "execution_timeout_seconds": 5,
        },
        "run_timeout_seconds",
    ),
]
AFTER_OWNERSHIP = [
    ({"type": "start_child_workflow"}, "workflow_type"),
    ({"type": "nonsense"}, "type"),
    ({"type": "open_signal_wait", "signal_name": "approve"}, "type"),
    ({**ACTIVITY, "delay_seconds": 1}, "delay_seconds"),
    ({**ACTIVITY, "timeout_seconds": 1}, "timeout_seconds"),
    ({**ACTIVITY, "parent_close_policy": "abandon"}, "parent_close_policy"),
    ({"type": "schedule_activity", "activity_type": " "}, "activity_type"),
    ({**ACTIVITY, "arguments": {"codec": "avro"}}, "arguments"),
    ({**ACTIVITY, "arguments": {"codec": "json", "blob": "[]"}}, "arguments.codec"),
    ({**ACTIVITY, "arguments": {"codec": "avro", "external_storage": {}}}, "arguments.external_storage"),
    ({**ACTIVITY, "arguments": [1]}, "arguments"),
    ({"type": "start_timer"}, "delay_seconds"),
    ({"type": "start_timer", "delay_seconds": 1.5}, "delay_seconds"),
    ({"type": "start_timer", "delay_seconds": True}, "delay_seconds"),
    ({"type": "open_condition_wait", "timeout_seconds": -1}, "timeout_seconds"),
    ({"type": "open_condition_wait", "condition_key": " "}, "condition_key"),
    ({"type": "record_side_effect", "result": serializer.envelope(1)}, "result"),
    ({"type": "record_side_effect", "result": ""}, "result"),
    ({"type": "record_version_marker"}, ""),
    ({"type": "upsert_search_attributes", "attributes": {}}, "attributes"),
    ({"type": "complete_update"}, "update_id"),
    ({"type": "fail_update", "update_id": "u"}, "message"),
    ({"type": "complete_workflow", "result": {"codec": "nope", "blob": "1"}}, "result.codec"),
    ({"type": "complete_workflow", "result": 5}, "result"),
    ({"type": "fail_workflow"}, "message"),
    ({"type": "continue_as_new", "arguments": 1}, "arguments"),
]


@pytest.mark.parametrize(("command", "member"), TOO_EARLY + AFTER_OWNERSHIP)
async def test_commands_that_are_not_valid(server, command, member):
    task = await taken(server)
    body = await server.complete(task, MARKER, command, status=422)
    path = f"commands.1.{member}" if member else "commands.1"
    assert (body["reason"], list(body["errors"])) == ("validation_failed", [path])
    await still_untouched(server, task)


async def still_untouched(server, task):
    assert await server.types(task) == ["StartAccepted", "WorkflowStarted"]
    await server.complete(task, {"type": "complete_workflow"})


async def test_the_order_of_checks(server):
    task = await taken(server)
    unknown = {**task, "task_id": "nope"}
    await server.complete(unknown, TOO_EARLY[0][0], status=422)
    await server.complete(unknown, AFTER_OWNERSHIP[0][0], status=404)


@pytest.mark.parametrize(
    ("commands", "named"),
    [
        ([{"type": "complete_workflow"}, {"type": "fail_workflow", "message": "m"}], False),
        ([{**MARKER, "version": 3}], False),
        ([{**MARKER, "min_supported": 3}], False),
        ([{"type": "upsert_search_attributes", "attributes": {"a b": 1}}], False),
        ([{"type": "upsert_search_attributes", "attributes": {"a": [1]}}], False),
        ([{"type": "upsert_search_attributes", "attributes": {"a": "é" * 96}}], False),
        ([{"type": "complete_update", "update_id": "u"}], True),
        ([{"type": "fail_update", "update_id": "u", "message": "m"}], True),
    ],
)
async def test_commands_that_the_engine_refuses(server, commands, named):
    task = await taken(server)
    body = await server.complete(task, ACTIVITY, *commands, status=409)
    assert (body["reason"], body["outcome"], body["recorded"]) == ("invalid_commands", "completed", False)
    assert (body["run_id"], body["created_task_ids"]) == (task["run_id"] if named else None, [])
    await still_untouched(server, task)


async def fail(server, task, **failure):
    return await server.answer("failWorkflowTask", task, failure={"message": "m", **failure})


async def test_a_failed_task_is_tried_again_later_and_later(server):
    task = await taken(server)
    delays = []
    for _ in range(8):
        body = await fail(server, task, type="NonDeterministic")
        assert (body["outcome"], body["recorded"], body["reason"]) == ("failed", True, None)
        assert await server.poll() is None
        due = await server.tick()
        delays.append(due - server.clock.now())
        await server.advance(delays[-1])
        previous, task = task, await server.take()
        assert (task["task_id"], previous["task_id"] == task["task_id"]) == (body["next_task_id"], False)
    assert delays == pytest.approx([1, 2, 4, 8, 16, 32, 60, 60])
    assert await server.types(task) == ["StartAccepted", "WorkflowStarted"]
    assert (await server.describe())["status"] == "pending"
    await server.complete(task)
    await server.signal()
    await fail(server, await server.take())
    assert await server.tick() - server.clock.now() == pytest.approx(1), "a completion ends the back-off"


async def test_the_retry_keeps_the_context(server):
    await server.begun()
    await server.signal("s")
    task = await server.take()
    await fail(server, task)
    await server.advance(1)
    assert (await server.take())["workflow_signal_id"] == task["workflow_signal_id"]


async def test_news_ends_the_back_off(server):
    task = await taken(server)
    body = await fail(server, task)
    await server.signal()
    assert (await server.take())["task_id"] == body["next_task_id"]


async def test_a_failed_task_hands_over_to_the_held_one(server):
    task = await taken(server)
    await server.signal()
    body = await fail(server, task)
    assert (await server.take())["task_id"] == body["next_task_id"]


async def test_waiting_for_history_is_no_failure(server):
    task = await taken(server)
    body = await fail(server, task, type="WorkflowTaskWaitingForHistory")
    assert body["next_task_id"] is None
    assert await server.advance(1000) is None
    assert await server.poll() is None
    await server.signal()
    task = await server.take()
    await server.signal()
    body = await fail(server, task, type="WorkflowTaskWaitingForHistory")
    task = await server.take()
    assert task["task_id"] == body["next_task_id"]
    await fail(server, task)
    assert await server.tick() - server.clock.now() == pytest.approx(1), "only real failures are counted"
