"""New code takes over runs that old code began: the real server, and a worker of each age."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from durable_workflow import Client, Worker, WorkflowHandle, activity, workflow
from durable_workflow.testing import dev_server

QUEUE = "new-code"


@activity.defn(name="stamp")
async def stamp(text: str) -> str:
    return f"<{text}>"


def release(age: str) -> type:
    """Make the workflow as it is in a release."""

    @workflow.defn(name="letter")
    class Letter:
        def __init__(self) -> None:
            self.sent = False

        @workflow.signal("send")
        def send(self) -> None:
            self.sent = True

        async def run(self, ctx: workflow.WorkflowContext) -> Any:
            texts = []
            if age != "old" and await ctx.get_version("greeting", -1, 2) == 2:
                texts.append(await ctx.schedule_activity(stamp, ["dear"]))
            texts.append(await ctx.schedule_activity(stamp, ["body"]))
            await ctx.wait_condition(lambda: self.sent, key="sent")
            if age != "old":
                signed = await ctx.patched("signature")
                texts.append(await ctx.schedule_activity(stamp, ["signed" if signed else "unsigned"]))
            return texts

    return Letter


@asynccontextmanager
async def working(client: Client, age: str) -> AsyncIterator[None]:
    worker = Worker(client, task_queue=QUEUE, workflows=[release(age)], activities=[stamp])
    running = asyncio.create_task(worker.run())
    try:
        yield
        assert not running.done()
    finally:
        await worker.stop()
        await running


async def started(client: Client, workflow_id: str) -> WorkflowHandle:
    return await client.start_workflow(
        workflow_type="letter",
        task_queue=QUEUE,
        workflow_id=workflow_id,
        execution_timeout_seconds=None,
        run_timeout_seconds=None,
    )


async def waits(client: Client, handle: WorkflowHandle) -> None:
    """Return when the run stands at its wait."""
    execution = await handle.describe()
    while True:
        history = await client.get_history(execution.workflow_id, execution.run_id)
        if any(event["event_type"] == "ConditionWaitOpened" for event in history["events"]):
            return
        await asyncio.sleep(0.02)


async def test_old_runs_keep_their_way_and_new_ones_take_the_new() -> None:
    with dev_server() as url:
        async with Client(url) as client:
            async with working(client, "old"):
                old = await started(client, "begun-by-old-code")
                await asyncio.wait_for(waits(client, old), 20)
            async with working(client, "new"):
                new = await started(client, "begun-by-new-code")
                await asyncio.wait_for(waits(client, new), 20)
                for handle in (old, new):
                    await handle.signal("send")
                # The old run was past the greeting, but not past the signature.
                assert await old.result(timeout=20) == ["<body>", "<signed>"]
                assert await new.result(timeout=20) == ["<dear>", "<body>", "<signed>"]
