# Generated from src/durable_workflow/client by ./codegen.sh. Never edit: run ./codegen.sh.
"""The synchronous client of a Durable Workflow server, and the values that it returns."""

from __future__ import annotations

from .._client_common.values import WorkflowExecution, WorkflowList
from ._client import Client
from ._handles import WorkflowHandle

__all__ = ["Client", "WorkflowExecution", "WorkflowHandle", "WorkflowList"]
