"""Which updates a worker answers in one task, and what it tells servers that it can do."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from durable_workflow import workflow
from durable_workflow.codec import encode
from durable_workflow.worker import Worker
from support.scripted_client import INFO, ScriptedClient, event, started, workflow_task


@workflow.defn(name="votes")
class Votes:
    @workflow.update("vote")
    def vote(self, who: str) -> str:
        return who

    async def run(self, ctx: workflow.WorkflowContext) -> None:
        await ctx.wait_condition(lambda: False)


def accepted(sequence: int, update_id: str) -> dict[str, Any]:
    return event(
        sequence, "UpdateAccepted", update_id=update_id, update_name="vote", arguments=encode([update_id])
    )


def offering(*names: str) -> dict[str, Any]:
    protocol = {**INFO["worker_protocol"], "server_capabilities": dict.fromkeys(names, True)}
    return {**INFO, "worker_protocol": protocol}


@pytest.mark.parametrize(
    ("offered", "named", "answered"),
    [
        ([], "u2", ["u2"]),
        ([], None, ["u1", "u2"]),
        (["answers_any_update", "cancellation_delivery"], "u2", ["u1", "u2"]),
    ],
)
async def test_updates_are_answered_as_the_server_takes_it(
    offered: list[str], named: str | None, answered: list[str]
) -> None:
    client = ScriptedClient()
    client.script("get_cluster_info", offering(*offered))
    worker = Worker(client, task_queue="queue", workflows=[Votes])
    running = asyncio.create_task(worker.run())
    history = [started("r"), accepted(2, "u1"), accepted(3, "u2")]
    client.workflow_tasks.put_nowait(
        workflow_task("votes", run_id="r", history_events=history, workflow_update_id=named)
    )
    (completion,) = await client.seen("complete_workflow_task")
    await worker.stop()
    await running
    ids = [each["update_id"] for each in completion["commands"] if each["type"] == "complete_update"]
    assert ids == answered
    (registration,) = client.of("register_worker")
    assert set(offered) <= set(registration["capabilities"])
    assert {"answers_any_update", "cancellation_delivery"}.isdisjoint(
        set(registration["capabilities"]) - set(offered)
    ), "a server is not told of what it does not offer"
    assert registration["workflow_command_contracts"]["votes"]["updates"] == ["vote"]
