"""Structural limits: each is enforced where it would be crossed, and nothing is recorded then."""

from __future__ import annotations

from dataclasses import replace

import pytest

from durable_workflow import serializer
from durable_workflow.server import engine
from durable_workflow.server._capabilities import cluster_info, server_capabilities
from durable_workflow.server._limits import HistoryBudget, StructuralLimits
from durable_workflow.server.engine.refusals import to_json

ACTIVITY = {"type": "schedule_activity", "activity_type": "charge"}
TIMER = {"type": "start_timer", "delay_seconds": 60}
WAIT = {"type": "open_condition_wait", "timeout_seconds": 60}
DONE = {"type": "complete_workflow"}

SMALL = StructuralLimits(
    pending_activity_count=2,
    pending_timer_count=2,
    pending_signal_count=3,
    pending_update_count=2,
    command_batch_size=4,
    payload_size_bytes=100,
    memo_size_bytes=60,
    search_attribute_size_bytes=40,
    history_transaction_size=3,
)


@pytest.fixture
def settings():
    return engine.EngineSettings(limits=SMALL, budget=HistoryBudget(events=10, size_bytes=10**6, fan_out=3))


def upsert(**attributes):
    return {"type": "upsert_search_attributes", "attributes": attributes}


def memo(**entries):
    return {"type": "upsert_memo", "entries": serializer.envelope(entries)}


BIG = serializer.envelope("x" * 100)
MARKER = {
    "type": "record_version_marker",
    "change_id": "c",
    "version": 1,
    "min_supported": 1,
    "max_supported": 1,
}


@pytest.mark.parametrize(
    ("commands", "kind", "value", "limit"),
    [
        ([ACTIVITY] * 3, "pending_activity_count", 3, 2),
        ([TIMER, WAIT, TIMER], "pending_timer_count", 3, 2),
        ([MARKER] * 5, "command_batch_size", 5, 4),
        ([ACTIVITY | {"arguments": BIG}], "payload_size", len(BIG["blob"]), 100),
        ([DONE | {"result": BIG["blob"]}], "payload_size", len(BIG["blob"]), 100),
        ([memo(a="x" * 30), memo(b="y/" * 10)], "memo_size", len('{"a":"","b":""}') + 30 + 30, 60),
        ([upsert(Region="x" * 30)], "search_attribute_size", len('{"Region":""}') + 30, 40),
        ([WAIT, WAIT], "history_transaction_size", 4, 3),
    ],
)
async def test_commands_beyond_a_limit_are_refused_as_a_whole(server, commands, kind, value, limit):
    await server.register()
    run = await server.start()
    task, before = await server.take(), await server.events(run)
    body = await server.complete(task, *commands, status=422)
    assert {name: body[name] for name in body if name != "error"} == {
        "task_id": task["task_id"],
        "workflow_task_attempt": 1,
        "outcome": "rejected",
        "reason": "structural_limit_exceeded",
        "limit_kind": kind,
        "current_value": value,
        "configured_limit": limit,
    }
    assert await server.events(run) == before
    assert (await server.describe())["memo"] == {}
    assert (await server.complete(task, MARKER))["recorded"]


async def test_what_is_open_counts_with_what_is_asked_for(server):
    await server.begun(ACTIVITY, WAIT)
    await server.signal("go")
    body = await server.complete(await server.take(), ACTIVITY, ACTIVITY, status=422)
    assert (body["limit_kind"], body["current_value"]) == ("pending_activity_count", 3)


async def test_what_has_ended_does_not_count(server):
    await server.begun(ACTIVITY, ACTIVITY, TIMER)
    for _ in range(2):
        await server.answer("completeActivityTask", await server.take_activity())
    await server.advance(60)
    await server.complete(await server.take(), ACTIVITY, ACTIVITY, TIMER)


async def test_a_wait_without_a_time_limit_is_no_timer(server):
    await server.begun(TIMER, TIMER)
    await server.signal("go")
    await server.complete(await server.take(), {"type": "open_condition_wait", "timeout_seconds": 0})


@pytest.mark.parametrize("settings", [engine.EngineSettings(limits=replace(SMALL, pending_timer_count=0))])
async def test_a_limit_of_nothing_is_none(server):
    await server.begun(TIMER, TIMER, TIMER)


async def test_a_memo_beyond_the_limit_cannot_start_a_workflow(server):
    body = await server.start(status=422, memo={"a": "x" * 60})
    assert list(body["errors"]) == ["memo"]
    body = await server.start(status=422, search_attributes={"A": "x" * 40})
    assert list(body["errors"]) == ["search_attributes"]
    await server.start(memo={"a": "x" * 52})


async def test_a_result_beyond_the_limit_fails_its_activity_for_good(server):
    policy = {"retry_policy": {"max_attempts": 5}}
    run = await server.begun(ACTIVITY | policy)
    report = await server.answer("completeActivityTask", await server.take_activity(), result=BIG)
    assert report["outcome"] == "failed"
    failed = await server.last(run, "ActivityFailed")
    assert failed["failure_category"] == "structural_limit"
    assert failed["non_retryable"] is True
    assert failed["structural_limit_kind"] == "payload_size"
    assert failed["structural_limit_value"] == len(BIG["blob"])
    assert failed["structural_limit_configured"] == 100


def test_cluster_info_tells_the_limits_in_force():
    info = cluster_info(server_capabilities((), 1.0), {}, "default", SMALL)
    assert info["structural_limits"]["pending_activity_count"] == 2
    assert info["limits"]["max_pending_activities"] == 2
    assert info["limits"]["max_memo_bytes"] == 60
    assert len(info["structural_limits"]) == 11
    assert len(info["limits"]) == 8


def budget(task):
    return task["history_budget_pressure"], task["history_budget_pressure_dimensions"]


async def test_a_task_tells_how_much_history_there_is(server):
    await server.register()
    run = await server.start()
    task = await server.take()
    assert task["history_size_bytes"] == sum(
        len(event["event_type"]) + len(to_json(event["payload"])) for event in task["history_events"]
    )
    assert task["history_fan_out"] == 0
    assert budget(task) == ("ok", [])
    await server.complete(task, ACTIVITY, ACTIVITY)
    await server.signal("go")
    task = await server.take()
    assert task["total_history_events"] == len(await server.events(run)) == 5
    assert task["history_fan_out"] == 2
    assert task["continue_as_new_recommended"] is False


async def test_long_or_wide_histories_recommend_to_continue_as_new(server):
    await server.begun(ACTIVITY, ACTIVITY, TIMER)
    await server.signal("go")
    task = await server.take()
    assert budget(task) == ("continue_as_new_recommended", ["history_fan_out"])
    assert task["continue_as_new_recommended"] is True
    await server.complete(task, MARKER)
    await server.signal("go")
    task = await server.take()
    assert (task["total_history_events"], budget(task)[1]) == (8, ["history_fan_out"])
    for _ in range(2):
        await server.answer("completeActivityTask", await server.take_activity())
    await server.complete(task)
    task = await server.take()
    assert budget(task) == ("continue_as_new_recommended", ["history_event_count"])
    await server.complete(task, {"type": "continue_as_new"})
    assert budget(await server.take()) == ("ok", [])


async def test_coming_close_to_the_budget_is_said(server):
    await server.begun(MARKER, MARKER, MARKER)
    for _ in range(3):
        await server.signal("go")
    task = await server.take()
    assert (task["total_history_events"], budget(task)) == (8, ("approaching", ["history_event_count"]))
    assert task["continue_as_new_recommended"] is False


async def test_more_signals_than_a_run_may_leave_unseen(server):
    run = await server.begun(MARKER)
    for _ in range(3):
        await server.signal("go")
    refused = await server.signal("go", status=409)
    assert (refused["outcome"], refused["reason"]) == (None, "structural_limit_exceeded")
    assert (await server.types(run)).count("SignalReceived") == 3
    await server.complete(await server.take(), MARKER)
    await server.signal("go")


async def test_more_updates_than_a_run_may_leave_open(server):
    run = await server.begun(MARKER)
    first = await server.update()
    await server.update()
    refused = await server.update(status=409)
    assert (refused["outcome"], refused["reason"]) == (None, "structural_limit_exceeded")
    assert (refused["update_status"], refused["command_status"]) == ("rejected", "rejected")
    assert (await server.types(run))[-1] == "UpdateRejected"
    answer = {"type": "complete_update", "update_id": first["update_id"]}
    await server.complete(await server.take(), answer)
    await server.update()


async def test_a_message_that_is_too_large(server):
    run = await server.begun(MARKER)
    refused = await server.signal("go", "x" * 200, status=409)
    assert refused["reason"] == "structural_limit_exceeded"
    refused = await server.update("go", "x" * 200, status=409)
    assert refused["reason"] == "structural_limit_exceeded"
    assert "SignalReceived" not in await server.types(run)


async def test_a_signal_during_a_task_still_counts_after_it(server):
    await server.begun(WAIT)
    await server.signal("a")
    task = await server.take()
    await server.signal("b")
    await server.complete(task, WAIT)
    await server.signal("c")
    await server.signal("d")
    await server.signal("e", status=409)
