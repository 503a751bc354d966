"""Runs that stay live between their tasks: what they save, and when they must not be trusted."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from durable_workflow import workflow
from durable_workflow.errors import InvalidArgument, TaskLost
from durable_workflow.worker import Worker
from support.scripted_client import ScriptedClient, event, started, until, workflow_task

begun: list[str] = []
ended: list[str] = []


@pytest.fixture(autouse=True)
def nothing_begun() -> None:
    begun.clear()
    ended.clear()


@workflow.defn(name="three timers")
class ThreeTimers:
    def run(self, ctx: Any) -> Any:
        begun.append(ctx.info.run_id)
        try:
            for delay in (1, 2, 3):
                yield ctx.start_timer(delay)
        finally:
            ended.append(ctx.info.run_id)


def timers(fired: int) -> list[dict[str, Any]]:
    """Return the history of a run whose first timers have fired."""
    events = [started("r")]
    for step in range(1, fired + 1):
        timer = {"timer_id": f"t{step}", "delay_seconds": step, "sequence": step}
        events.append(event(len(events) + 1, "TimerScheduled", **timer))
        events.append(event(len(events) + 1, "TimerFired", **timer))
    return events


def task(fired: int, **members: Any) -> dict[str, Any]:
    return workflow_task("three timers", run_id="r", **{"history_events": timers(fired), **members})


@asynccontextmanager
async def working(client: ScriptedClient, **options: Any) -> AsyncIterator[None]:
    worker = Worker(client, task_queue="queue", workflows=[ThreeTimers], **options)
    running = asyncio.create_task(worker.run())
    try:
        yield
    finally:
        await worker.stop()
        await running


async def commands_of(client: ScriptedClient, *tasks: dict[str, Any]) -> list[Any]:
    """Handle tasks one after the other; returns the delays of the timers that each one starts."""
    for count, each in enumerate(tasks, start=len(client.of("complete_workflow_task")) + 1):
        client.workflow_tasks.put_nowait(each)
        await client.seen("complete_workflow_task", count)
    return [
        [command.get("delay_seconds") for command in completion["commands"]]
        for completion in client.of("complete_workflow_task")
    ]


async def test_a_live_run_gets_only_what_is_new_and_its_code_runs_once() -> None:
    client = ScriptedClient()
    async with working(client):
        tail = task(2, history_events=timers(2)[3:], sticky_replay_mode="tail")
        assert await commands_of(client, task(0), task(1), tail) == [[1], [2], [3]]
    assert begun == ["r"]
    assert not client.of("workflow_task_history")


async def test_without_a_cache_the_code_runs_for_each_task_and_says_the_same() -> None:
    client = ScriptedClient()
    async with working(client, max_cached_workflows=0):
        assert await commands_of(client, task(0), task(1), task(2)) == [[1], [2], [3]]
    assert begun == ["r", "r", "r"]
    assert ended == ["r", "r", "r"]


async def test_a_tail_for_a_run_that_is_not_live_any_more_is_read_from_its_beginning() -> None:
    client = ScriptedClient()
    client.script("workflow_task_history", {"history_events": timers(2), "next_history_page_token": None})
    async with working(client):
        tail = task(2, history_events=timers(2)[3:], sticky_replay_mode="tail")
        assert await commands_of(client, tail) == [[3]]
    (page,) = client.of("workflow_task_history")
    assert page["page_token"] == "MA=="


async def test_an_empty_tail_for_a_run_that_is_not_live_any_more_is_read_from_its_beginning() -> None:
    client = ScriptedClient()
    client.script("workflow_task_history", {"history_events": timers(2), "next_history_page_token": None})
    async with working(client):
        assert await commands_of(client, task(2, history_events=[], sticky_replay_mode="tail")) == [[3]]


async def test_pages_that_a_live_run_knows_are_not_read() -> None:
    client = ScriptedClient()
    news = {"history_events": timers(2)[3:], "next_history_page_token": None}
    client.script("workflow_task_history", news)
    async with working(client):
        first_page = task(2, history_events=timers(2)[:2], next_history_page_token="Mg==")
        assert await commands_of(client, task(0), task(1), first_page) == [[1], [2], [3]]
    (page,) = client.of("workflow_task_history")
    assert page["page_token"] == "Mw==", "the page behind what the run has seen"


@pytest.mark.parametrize("refusal", [TaskLost("task_not_leased", status=409), None])
async def test_a_run_whose_commands_were_not_recorded_is_replayed(refusal: TaskLost | None) -> None:
    client = ScriptedClient()
    if refusal is not None:
        client.script("complete_workflow_task", refusal)
    async with working(client):
        await commands_of(client, task(0))
        assert (await commands_of(client, task(0)))[-1] == ([1] if refusal else [])
    assert begun == (["r", "r"] if refusal else ["r"])


async def test_the_run_that_was_used_longest_ago_makes_room() -> None:
    client = ScriptedClient()
    async with working(client, max_cached_workflows=1):
        other = workflow_task("three timers", run_id="other")
        await commands_of(client, task(0), other)
        await until(lambda: ended == ["r"])
        await commands_of(client, task(1))
    assert begun == ["r", "other", "r"]


async def test_a_stopped_worker_drops_its_runs() -> None:
    client = ScriptedClient()
    async with working(client):
        await commands_of(client, task(0))
        assert ended == []
    assert ended == ["r"]


async def test_a_finished_run_is_not_kept() -> None:
    client = ScriptedClient()
    async with working(client):
        await commands_of(client, task(3), task(3))
    assert begun == ["r", "r"]


def test_a_negative_cache_is_refused() -> None:
    with pytest.raises(InvalidArgument, match="max_cached_workflows"):
        Worker(ScriptedClient(), task_queue="queue", workflows=[ThreeTimers], max_cached_workflows=-1)


async def test_a_task_that_takes_long_is_renewed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("durable_workflow.worker._leases._SHORTEST_INTERVAL", 0.01)
    client, renewed = ScriptedClient(), threading.Event()

    @workflow.defn(name="computes for long")
    class Computes:
        def run(self, ctx: Any) -> bool:
            return renewed.wait(10)

    async def renew() -> dict[str, Any]:
        renewed.set()
        return {"renewed": True}

    client.script("heartbeat_workflow_task", {"renewed": True}, renew)
    worker = Worker(client, task_queue="queue", workflows=[Computes])
    running = asyncio.create_task(worker.run())
    ends = (datetime.now(UTC) + timedelta(seconds=0.1)).isoformat()
    long = workflow_task("computes for long", lease_expires_at=ends)
    client.workflow_tasks.put_nowait(long)
    (completion,) = await client.seen("complete_workflow_task")
    assert completion["commands"][0]["type"] == "complete_workflow"
    beats = client.of("heartbeat_workflow_task")
    assert len(beats) >= 2
    assert beats[0] == {
        "task_id": long["task_id"],
        "lease_owner": "worker",
        "workflow_task_attempt": 1,
    }
    await worker.stop()
    await running
