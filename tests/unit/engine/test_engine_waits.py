"""Timers and condition waits."""

from __future__ import annotations

import pytest

from durable_workflow.server.engine import EngineSettings

WAIT = {"type": "open_condition_wait", "condition_key": "go", "condition_definition_fingerprint": "f"}


async def test_a_timer_fires_once_and_wakes_the_run(server):
    run = await server.begun({"type": "start_timer", "delay_seconds": 5})
    assert "clock" in server.topics
    assert (await server.describe())["wait_kind"] == "timer"
    assert await server.tick() - server.clock.now() == pytest.approx(5)
    await server.advance(4.9)
    assert await server.poll() is None
    await server.advance(0.2)
    task = await server.take()
    scheduled, fired = await server.last(run, "TimerScheduled"), await server.last(run, "TimerFired")
    assert scheduled["timer_id"] == fired["timer_id"] == task["timer_id"] == task["resume_source_id"]
    assert (fired["sequence"], fired["delay_seconds"], fired["fire_at"]) == (3, 5, scheduled["fire_at"])
    assert "timer_kind" not in fired
    assert fired["fired_at"] > fired["fire_at"]
    assert fired["task"]["type"] == "timer"
    assert (task["workflow_wait_kind"], task["resume_source_kind"]) == ("timer", "timer")
    assert (task["open_wait_id"], task["workflow_sequence"]) == (f"timer:{task['timer_id']}", 3)
    assert task["workflow_event_type"] == "TimerFired"
    await server.advance(100)
    assert (await server.types(run)).count("TimerFired") == 1


async def test_a_timer_of_zero_fires_at_the_next_tick(server):
    run = await server.begun({"type": "start_timer", "delay_seconds": 0})
    await server.tick()
    assert "TimerFired" in await server.types(run)


async def test_timers_fire_in_the_order_of_their_times(server):
    commands = [{"type": "start_timer", "delay_seconds": seconds} for seconds in (3, 1, 2, 2)]
    run = await server.begun(*commands)
    await server.advance(10)
    fired = [e["payload"]["sequence"] for e in await server.events(run) if e["event_type"] == "TimerFired"]
    assert fired == [4, 5, 6, 3]


async def test_a_timer_survives_a_restart(server):
    run = await server.begun({"type": "start_timer", "delay_seconds": 5})
    await server.reopen()
    await server.advance(5)
    assert (await server.types(run))[-1] == "TimerFired"


async def test_timers_of_a_closed_run_do_not_fire(server):
    run = await server.begun({"type": "start_timer", "delay_seconds": 5}, {"type": "complete_workflow"})
    assert await server.tick() is None, "nothing of a closed run is pending"
    assert await server.advance(10) is None
    assert (await server.types(run))[-1] == "WorkflowCompleted"


async def test_a_condition_wait_times_out(server):
    run = await server.begun({**WAIT, "timeout_seconds": 2})
    assert (await server.describe())["wait_kind"] == "condition"
    opened = await server.last(run, "ConditionWaitOpened")
    await server.advance(2)
    fired = await server.last(run, "TimerFired")
    task = await server.take()
    assert fired["timer_kind"] == "condition_timeout"
    for payload in (fired, task):
        assert payload["condition_wait_id"] == opened["condition_wait_id"]
        assert (payload["condition_key"], payload["condition_definition_fingerprint"]) == ("go", "f")
    assert (task["workflow_wait_kind"], task["resume_source_kind"]) == ("condition", "timer")
    assert task["open_wait_id"] == opened["condition_wait_id"]
    assert "ConditionWaitTimedOut" not in await server.types(run)
    await server.complete(task)
    assert (await server.describe())["wait_kind"] is None


async def test_a_signal_that_makes_the_condition_true(server):
    run = await server.begun({**WAIT, "timeout_seconds": 30})
    opened = await server.last(run, "ConditionWaitOpened")
    await server.signal()
    task = await server.take()
    await server.complete(task, {"type": "complete_workflow"})
    types = await server.types(run)
    assert types[-4:] == ["SignalReceived", "ConditionWaitSatisfied", "TimerCancelled", "WorkflowCompleted"]
    satisfied, cancelled = (
        await server.last(run, "ConditionWaitSatisfied"),
        await server.last(run, "TimerCancelled"),
    )
    assert satisfied["condition_wait_id"] == cancelled["condition_wait_id"] == opened["condition_wait_id"]
    assert (satisfied["sequence"], satisfied["signal_name"]) == (3, "approve")
    assert satisfied["workflow_signal_id"] == task["workflow_signal_id"]
    assert satisfied["timer_id"] == cancelled["timer_id"]
    assert satisfied["timeout_seconds"] == 30


async def test_a_signal_that_leaves_the_condition_false(server):
    run = await server.begun({**WAIT, "timeout_seconds": 30})
    await server.signal()
    await server.complete(await server.take(), {**WAIT, "timeout_seconds": 30})
    assert "ConditionWaitSatisfied" not in await server.types(run)
    await server.signal()
    await server.complete(await server.take(), {"type": "record_side_effect", "result": "AAI3Ag=="})
    satisfied = await server.last(run, "ConditionWaitSatisfied")
    events = await server.events(run)
    opened = [e["payload"] for e in events if e["event_type"] == "ConditionWaitOpened"]
    assert satisfied["condition_wait_id"] == opened[-1]["condition_wait_id"], "the newest wait is the one"
    side_effect = await server.last(run, "SideEffectRecorded")
    assert side_effect["sequence"] == len(events), "steps follow the events that the signal caused"
    await server.advance(30)
    fired = await server.last(run, "TimerFired")
    assert fired["condition_wait_id"] == opened[0]["condition_wait_id"], "the older wait kept its timer"


async def test_nothing_to_do_after_a_signal_satisfies_nothing(server):
    run = await server.begun(WAIT)
    await server.signal()
    await server.complete(await server.take())
    assert "ConditionWaitSatisfied" not in await server.types(run)


async def test_another_cause_than_a_signal_satisfies_nothing(server):
    run = await server.begun(WAIT, {"type": "start_timer", "delay_seconds": 1})
    await server.advance(1)
    await server.complete(await server.take(), {"type": "start_timer", "delay_seconds": 1})
    assert "ConditionWaitSatisfied" not in await server.types(run)


@pytest.mark.parametrize("settings", [EngineSettings(tick_batch=2)])
async def test_a_tick_is_bounded_and_says_that_more_is_due(server, settings):
    run = await server.begun(*[{"type": "start_timer", "delay_seconds": 1}] * 5)
    due = await server.advance(1)
    for expected in (2, 4, 5):
        assert (await server.types(run)).count("TimerFired") == expected
        assert (due is not None and due <= server.clock.now()) == (expected < 5)
        due = await server.tick()
