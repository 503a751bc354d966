# Generated from src/durable_workflow/client by ./codegen.sh. Never edit: run ./codegen.sh.
"""A workflow id bound to a client."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .._client_common.values import WorkflowExecution
    from ._client import Client

__all__ = ["WorkflowHandle"]


class WorkflowHandle:
    """Calls on one workflow without repeating its id.

    Made by `Client.start_workflow` and `Client.get_workflow_handle`. Only the latter, with `run_id`, pins
    the handle to one run; any other handle sends its calls to the workflow's current run.

    Args:
        client: the client that makes the calls.
        workflow_id: id of the workflow.
        run_id: the run that was current when the handle was made, where `result` begins to wait.
        workflow_type: type key, used in texts only.
    """

    def __init__(
        self, client: Client, workflow_id: str, run_id: str | None = None, workflow_type: str = ""
    ) -> None:
        self.client = client
        self.workflow_id = workflow_id
        self.run_id = run_id
        self.workflow_type = workflow_type
        self._pinned_run_id: str | None = None

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.workflow_type or 'workflow'} {self.workflow_id}>"

    def result(self, *, poll_interval: float = 0.5, timeout: float | None = 30.0) -> Any:
        """Wait for the workflow to end and return its result; see `Client.get_result`."""
        return self.client.get_result(self, poll_interval=poll_interval, timeout=timeout)

    def describe(self) -> WorkflowExecution:
        """Return the server's view of the workflow; see `Client.describe_workflow`."""
        return self.client.describe_workflow(self.workflow_id, run_id=self._pinned_run_id)

    def signal(self, signal_name: str, args: list[Any] | None = None) -> None:
        """Send a signal to the workflow; see `Client.signal_workflow`."""
        self.client.signal_workflow(self.workflow_id, signal_name, args=args, run_id=self._pinned_run_id)

    def terminate(self, *, reason: str | None = None) -> None:
        """Stop the workflow at once; see `Client.terminate_workflow`."""
        self.client.terminate_workflow(self.workflow_id, reason=reason, run_id=self._pinned_run_id)
