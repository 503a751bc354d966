"""How much a worker takes in hand at once."""

from __future__ import annotations

import asyncio
import threading
from typing import Any

from durable_workflow import activity, workflow
from durable_workflow.worker import Worker
from support.scripted_client import (
    ScriptedClient,
    activity_task,
    event,
    started,
    until,
    workflow_task,
)


class Gate:
    """Activities that count themselves and wait at a gate."""

    def __init__(self) -> None:
        self.open = asyncio.Event()
        self.inside = 0
        self.most = 0

    @activity.defn(name="pass")
    async def walk_through(self) -> None:
        self.inside += 1
        self.most = max(self.most, self.inside)
        await self.open.wait()
        self.inside -= 1


async def test_it_polls_on_while_work_is_in_hand_and_never_beyond_its_slots() -> None:
    client, gate = ScriptedClient(), Gate()
    for _ in range(7):
        client.activity_tasks.put_nowait(activity_task("pass"))
    worker = Worker(
        client, task_queue="queue", activities=[gate.walk_through], max_concurrent_activity_tasks=3
    )
    running = asyncio.create_task(worker.run())
    await until(lambda: gate.inside == 3)
    await asyncio.sleep(0.05)
    assert gate.inside == 3
    assert client.activity_tasks.qsize() == 4, "no task is leased that no slot is free for"
    assert client.polling["poll_activity_task"] == 0
    gate.open.set()
    await client.seen("complete_activity_task", 7)
    await worker.stop()
    await running
    assert gate.most == 3


async def test_plain_functions_run_in_threads_as_many_as_slots_and_the_threads_are_used_again() -> None:
    client = ScriptedClient()
    barrier = threading.Barrier(3)
    names: set[str] = set()

    @activity.defn(name="meet")
    def meet() -> None:
        names.add(threading.current_thread().name)
        barrier.wait(5)

    worker = Worker(client, task_queue="queue", activities=[meet], max_concurrent_activity_tasks=3)
    running = asyncio.create_task(worker.run())
    for count in (3, 6, 9):
        for _ in range(3):
            client.activity_tasks.put_nowait(activity_task("meet"))
        await client.seen("complete_activity_task", count)
    await worker.stop()
    await running
    assert len(names) == 3
    assert threading.current_thread().name not in names


async def test_workflow_and_activity_slots_are_separate() -> None:
    client, gate = ScriptedClient(), Gate()

    @workflow.defn(name="short")
    class Short:
        def run(self, ctx: Any) -> str:
            return "done"

    worker = Worker(
        client,
        task_queue="queue",
        workflows=[Short],
        activities=[gate.walk_through],
        max_concurrent_activity_tasks=1,
        max_concurrent_workflow_tasks=1,
    )
    client.activity_tasks.put_nowait(activity_task("pass"))
    running = asyncio.create_task(worker.run())
    await until(lambda: gate.inside == 1)
    client.workflow_tasks.put_nowait(workflow_task("short"))
    await client.seen("complete_workflow_task")
    gate.open.set()
    await worker.stop()
    await running


@workflow.defn(name="two steps")
class TwoSteps:
    def run(self, ctx: Any) -> Any:
        yield ctx.start_timer(1)
        yield ctx.start_timer(2)


TIMER = {"timer_id": "t1", "delay_seconds": 1}


async def run_two_tasks(
    client: ScriptedClient, first: dict[str, Any], second: dict[str, Any], **options: Any
) -> list[dict[str, Any]]:
    """Handle two tasks of which the second arrives while the first is being reported."""
    reporting = asyncio.Event()

    async def report_slowly() -> dict[str, Any]:
        reporting.set()
        await asyncio.sleep(0.1)
        return {"recorded": True}

    client.script("complete_workflow_task", report_slowly)
    worker = Worker(client, task_queue="queue", workflows=[TwoSteps], **options)
    running = asyncio.create_task(worker.run())
    client.workflow_tasks.put_nowait(first)
    await reporting.wait()
    client.workflow_tasks.put_nowait(second)
    await asyncio.sleep(0.05)
    assert len(client.of("complete_workflow_task")) == 1, "one task of a run at a time"
    completions = await client.seen("complete_workflow_task", 2)
    await worker.stop()
    await running
    return completions


async def test_a_second_task_of_a_run_waits_and_learns_what_the_first_one_did() -> None:
    client = ScriptedClient()
    first, second = workflow_task("two steps", run_id="r"), workflow_task("two steps", run_id="r")
    news = [event(2, "TimerScheduled", task=first["task_id"], sequence=1, **TIMER)]
    client.script("workflow_task_history", {"history_events": news, "next_history_page_token": None})
    completions = await run_two_tasks(client, first, second, max_cached_workflows=0)
    (page,) = client.of("workflow_task_history")
    assert (page["task_id"], page["page_token"]) == (second["task_id"], "MQ==")
    assert [command["type"] for command in completions[0]["commands"]] == ["start_timer"]
    assert completions[1]["commands"] == [], "the stale history alone would have started the timer again"


async def test_a_live_run_remembers_what_the_first_task_did() -> None:
    client = ScriptedClient()
    first, second = workflow_task("two steps", run_id="r"), workflow_task("two steps", run_id="r")
    completions = await run_two_tasks(client, first, second)
    assert not client.of("workflow_task_history")
    assert completions[1]["commands"] == []


async def test_a_second_task_that_knows_the_first_ones_events_fetches_nothing() -> None:
    client = ScriptedClient()
    first = workflow_task("two steps", run_id="r")
    history = [started("r"), event(2, "TimerScheduled", task=first["task_id"], sequence=1, **TIMER)]
    second = workflow_task("two steps", run_id="r", history_events=history)
    await run_two_tasks(client, first, second)
    assert not client.of("workflow_task_history")


async def test_tasks_of_different_runs_do_not_wait_for_each_other() -> None:
    client = ScriptedClient()
    never = asyncio.Event()
    client.script("complete_workflow_task", never.wait)
    worker = Worker(client, task_queue="queue", workflows=[TwoSteps], shutdown_timeout=0)
    running = asyncio.create_task(worker.run())
    client.workflow_tasks.put_nowait(workflow_task("two steps"))
    client.workflow_tasks.put_nowait(workflow_task("two steps"))
    await client.seen("complete_workflow_task", 2)
    never.set()
    await worker.stop()
    await running
