# Generated from src/durable_workflow/client by ./codegen.sh. Never edit: run ./codegen.sh.
"""The synchronous client of a Durable Workflow server, and the values that it returns."""

from __future__ import annotations

from .._client_common.values import CommandReceipt, WorkflowExecution, WorkflowList, WorkflowRun
from ._client import Client
from ._handles import WorkflowHandle, WorkflowUpdateHandle

__all__ = [
    "Client",
    "CommandReceipt",
    "WorkflowExecution",
    "WorkflowHandle",
    "WorkflowList",
    "WorkflowRun",
    "WorkflowUpdateHandle",
]
