"""Waiting for one workflow to close."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING

from durable_workflow.errors import (
    DurableWorkflowError,
    PayloadDecodeError,
    ResultTimeout,
    WorkflowOutcomeError,
)
from durable_workflow.worker._trouble import insist

if TYPE_CHECKING:
    from durable_workflow.client import Client, WorkflowExecution

__all__ = ["closed_execution", "watched"]


async def closed_execution(client: Client, workflow_id: str, poll_interval: float) -> WorkflowExecution:
    """Return a workflow's description as soon as it is closed, however it ended.

    Args:
        client: asks the server.
        workflow_id: the workflow.
        poll_interval: pause between two looks, in seconds, on servers that cannot hold the question.

    Raises:
        WorkflowNotFound: there is no such workflow.
        CallError: the server refused to tell.
    """
    handle = client.get_workflow_handle(workflow_id)

    async def look() -> WorkflowExecution:
        with suppress(WorkflowOutcomeError, PayloadDecodeError):
            await client.get_result(handle, poll_interval=poll_interval, timeout=None)
        return await client.describe_workflow(workflow_id)

    return await insist(look, what=f"waiting for workflow {workflow_id}")


def watched(
    watching: asyncio.Task[WorkflowExecution], workflow_id: str, over_time: bool
) -> WorkflowExecution:
    """Return what a wait brought.

    Args:
        watching: the ended task of the wait.
        workflow_id: the workflow.
        over_time: the wait was cancelled because its time was over.

    Raises:
        ResultTimeout: the workflow was still open when the time was over.
        DurableWorkflowError: the worker was stopped before.
        CallError: the server refused to tell.
    """
    if not watching.cancelled():
        return watching.result()
    if over_time:
        raise ResultTimeout(f"workflow {workflow_id} was not closed in time; it goes on, run a worker again")
    raise DurableWorkflowError(f"the worker was stopped before workflow {workflow_id} was closed")
