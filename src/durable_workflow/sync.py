"""The same client for programs without an event loop.

    from durable_workflow.sync import Client

    with Client("http://localhost:8080") as client:
        print(client.describe_workflow("order-1001").status)

It is made from the asynchronous client, works on real blocking connections, and may be used from several
threads, in notebooks and after a fork.
"""

from __future__ import annotations

from ._sync import (
    Client,
    CommandReceipt,
    ScheduleAction,
    ScheduleBackfillResult,
    ScheduleDescription,
    ScheduleHandle,
    ScheduleList,
    ScheduleSpec,
    ScheduleTriggerResult,
    WorkflowExecution,
    WorkflowHandle,
    WorkflowList,
    WorkflowRun,
    WorkflowUpdateHandle,
)

__all__ = [
    "Client",
    "CommandReceipt",
    "ScheduleAction",
    "ScheduleBackfillResult",
    "ScheduleDescription",
    "ScheduleHandle",
    "ScheduleList",
    "ScheduleSpec",
    "ScheduleTriggerResult",
    "WorkflowExecution",
    "WorkflowHandle",
    "WorkflowList",
    "WorkflowRun",
    "WorkflowUpdateHandle",
]
