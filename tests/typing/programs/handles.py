"""What a checker knows of starts, handles and results."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from typing import Any, assert_type

from durable_workflow import Client, WorkflowExecution, WorkflowHandle, sync, workflow
from durable_workflow.client import CommandReceipt, WorkflowRun, WorkflowUpdateHandle


@dataclass
class Invoice:
    total: int


@workflow.defn(name="billing")
class Billing:
    async def run(self, ctx: workflow.WorkflowContext, order: str) -> Invoice:
        return Invoice(len(order))


@workflow.defn(name="counting")
class Counting:
    def run(self, ctx: workflow.WorkflowContext, upto: int) -> Generator[Any, Any, list[int]]:
        yield ctx.sleep(1)
        return list(range(upto))


@workflow.defn(name="naming")
class Naming:
    def run(self, ctx: workflow.WorkflowContext) -> str:
        return "name"


class NoWorkflow:
    pass


async def typed(client: Client) -> None:
    billing = await client.start_workflow(workflow_type=Billing, task_queue="q", workflow_id="b")
    assert_type(billing, WorkflowHandle[Invoice])
    assert_type(await billing.result(), Invoice)
    assert_type((await billing.result()).total, int)
    assert_type((await billing.result()).sum, int)  # must fail

    counting = await client.start_workflow(workflow_type=Counting, task_queue="q", workflow_id="c")
    assert_type(await counting.result(timeout=None), list[int])

    naming = await client.start_workflow(workflow_type=Naming, task_queue="q", workflow_id="n")
    assert_type(await client.get_result(naming), str)


async def untyped(client: Client) -> None:
    handle = await client.start_workflow(workflow_type="billing", task_queue="q", workflow_id="b")
    assert_type(handle, WorkflowHandle[Any])
    assert_type(await handle.describe(), WorkflowExecution)
    assert_type(await handle.update("rename", ["x"], wait_for="accepted"), WorkflowUpdateHandle)
    assert_type(await client.list_workflow_runs("b"), list[WorkflowRun])
    assert_type(await handle.repair(), CommandReceipt)


async def refused(client: Client) -> None:
    await client.start_workflow(workflow_type=NoWorkflow, task_queue="q", workflow_id="b")  # must fail
    await client.start_workflow(workflow_type="billing", task_queue="q")  # must fail
    await client.start_workflow("billing", task_queue="q", workflow_id="b")  # must fail
    await client.start_workflow(workflow_type=Billing, task_queue="q", workflow_id="b", args=[])  # must fail
    await client.signal_workflow("b", "approve", args="Ada")  # must fail
    await client.describe_workflow(7)  # must fail
    Client("http://localhost:8080", timeout="60")  # must fail


def synchronous(client: sync.Client) -> None:
    billing = client.start_workflow(workflow_type=Billing, task_queue="q", workflow_id="b")
    assert_type(billing.result(), Invoice)
    assert_type(client.describe_workflow("b"), WorkflowExecution)
    for execution in client.iter_workflows(status="running"):
        assert_type(execution, WorkflowExecution)


async def awaiting_the_twin(client: sync.Client) -> None:
    await client.describe_workflow("b")  # must fail
