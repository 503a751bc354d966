"""The asynchronous client of a Durable Workflow server, and the values that it returns."""

from __future__ import annotations

from .._client_common.raw import RawAnswer
from .._client_common.schedules import (
    ScheduleAction,
    ScheduleBackfillResult,
    ScheduleDescription,
    ScheduleList,
    ScheduleSpec,
    ScheduleTriggerResult,
)
from .._client_common.values import CommandReceipt, WorkflowExecution, WorkflowList, WorkflowRun
from ._client import Client
from ._handles import WorkflowHandle, WorkflowUpdateHandle
from ._schedule_handles import ScheduleHandle

__all__ = [
    "Client",
    "CommandReceipt",
    "RawAnswer",
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
