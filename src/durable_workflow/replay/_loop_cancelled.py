"""Cancellations that the workflow's code and asyncio's own code both understand."""

from __future__ import annotations

import asyncio

from durable_workflow.errors import WorkflowCancelled
from durable_workflow.workflow._cancellation import ScopeCancelled

__all__ = ["DeliveredCancellation", "DeliveredToScope"]


class DeliveredCancellation(WorkflowCancelled, asyncio.CancelledError):
    """Somebody asked to cancel the run: task groups and time-outs clean up as for any cancellation."""


class DeliveredToScope(ScopeCancelled, asyncio.CancelledError):
    """A scope was cancelled: task groups and time-outs clean up as for any cancellation."""
