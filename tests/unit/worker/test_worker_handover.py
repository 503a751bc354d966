"""Tasks that come with the answer to a completion, as a worker takes them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from durable_workflow import activity, workflow
from durable_workflow.worker import Worker
from support.scripted_client import INFO, ScriptedClient, activity_task, workflow_task

OFFERED = {
    **INFO,
    "worker_protocol": {
        "version": "1.0",
        "server_capabilities": {"empty_workflow_task_completion": True, "next_task_with_completion": True},
    },
}


@workflow.defn(name="one echo")
class OneEcho:
    def run(self, ctx: workflow.WorkflowContext) -> Any:
        return (yield ctx.schedule_activity("echo", [1]))


@workflow.defn(name="no echo")
class NoEcho:
    def run(self, ctx: workflow.WorkflowContext) -> Any:
        return None


@activity.defn(name="echo")
async def echo(value: Any) -> Any:
    return value


@asynccontextmanager
async def worker_of(client: ScriptedClient, info: Any = OFFERED, **options: Any) -> AsyncIterator[Worker]:
    client.script("get_cluster_info", info)
    hosted: dict[str, Any] = {"workflows": [OneEcho, NoEcho], "activities": [echo]}
    worker = Worker(client, task_queue="queue", worker_id="worker", **{**hosted, **options})  # type: ignore[arg-type]
    running = asyncio.create_task(worker.run())
    try:
        yield worker
    finally:
        await worker.stop()
        await running


async def test_the_next_task_is_done_without_a_poll() -> None:
    client = ScriptedClient()
    client.script("complete_workflow_task", {"next_task": activity_task("echo", "a")})
    client.script("complete_activity_task", {"next_task": workflow_task("no echo")})
    async with worker_of(client):
        client.workflow_tasks.put_nowait(workflow_task("one echo"))
        completions = await client.seen("complete_workflow_task", 2)
        results = client.of("complete_activity_task")
    assert [completion.get("next_task_queue") for completion in completions] == ["queue", None]
    assert [(result["result"], result["next_task_queue"]) for result in results] == [("a", "queue")]


async def test_an_answer_without_a_task_frees_the_slot_that_was_held_for_it() -> None:
    client = ScriptedClient()
    client.script("complete_workflow_task", *[{"next_task": None}] * 3)
    async with worker_of(client, max_concurrent_activity_tasks=2):
        for count in (1, 2, 3):
            client.workflow_tasks.put_nowait(workflow_task("one echo"))
            await client.seen("complete_workflow_task", count)
        for _ in range(2):
            client.activity_tasks.put_nowait(activity_task("echo", 1))
        await client.seen("complete_activity_task", 2)
    assert {completion["next_task_queue"] for completion in client.of("complete_workflow_task")} == {"queue"}


async def test_no_task_is_asked_for_without_a_free_slot() -> None:
    client, inside, leave = ScriptedClient(), asyncio.Event(), asyncio.Event()

    @activity.defn(name="echo")
    async def slow(value: Any) -> Any:
        inside.set()
        await leave.wait()

    async with worker_of(client, activities=[slow], max_concurrent_activity_tasks=1):
        client.activity_tasks.put_nowait(activity_task("echo", 1))
        await asyncio.wait_for(inside.wait(), 5)
        client.workflow_tasks.put_nowait(workflow_task("one echo"))
        (completion,) = await client.seen("complete_workflow_task")
        leave.set()
    assert "next_task_queue" not in completion


async def test_servers_that_do_not_offer_it_are_not_asked() -> None:
    client = ScriptedClient()
    async with worker_of(client, INFO):
        client.workflow_tasks.put_nowait(workflow_task("one echo"))
        client.activity_tasks.put_nowait(activity_task("echo", 1))
        completions = await client.seen("complete_workflow_task") + await client.seen(
            "complete_activity_task"
        )
    assert not any("next_task_queue" in completion for completion in completions)


async def test_a_worker_without_activities_asks_for_none() -> None:
    client = ScriptedClient()
    async with worker_of(client, activities=[]):
        client.workflow_tasks.put_nowait(workflow_task("one echo"))
        (completion,) = await client.seen("complete_workflow_task")
    assert "next_task_queue" not in completion
