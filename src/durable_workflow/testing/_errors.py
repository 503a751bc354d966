"""What a test environment has to say of a workflow that cannot go on."""

from __future__ import annotations

from durable_workflow.errors import DurableWorkflowError

__all__ = ["WorkflowStuck", "WorkflowTaskFailed"]


class WorkflowStuck(DurableWorkflowError):
    """The workflow is open, and nothing will ever happen to it, or it goes round in circles."""


class WorkflowTaskFailed(DurableWorkflowError):
    """The worker could not carry out a task of a workflow.

    A server would try the task again until other code is there; a test shall not wait for that.

    Attributes:
        failure_type: Name of the exception's class, as the server was told.
        stack_trace: Where it was raised.
    """

    def __init__(self, message: str, *, failure_type: str | None, stack_trace: str | None) -> None:
        super().__init__(message)
        self.failure_type = failure_type
        self.stack_trace = stack_trace
