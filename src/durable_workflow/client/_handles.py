"""A workflow, or an update of one, bound to a client."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeVar, overload

if TYPE_CHECKING:
    from .._client_common.messages import Update
    from .._client_common.values import CommandReceipt, WorkflowExecution, WorkflowRun
    from ._client import Client

__all__ = ["WorkflowHandle", "WorkflowUpdateHandle"]

ResultT = TypeVar("ResultT", covariant=True)
T = TypeVar("T")


class WorkflowHandle(Generic[ResultT]):
    """Calls on one workflow without repeating its id.

    Made by `Client.start_workflow` and `Client.get_workflow_handle`. Only the latter, with `run_id`, pins
    the handle to one run; any other handle sends its calls to the workflow's current run. A handle from a
    start by class is typed: `result` returns what the workflow's `run` returns.

    Args:
        client: the client that makes the calls.
        workflow_id: id of the workflow.
        run_id: the run that was current when the handle was made, where `result` begins to wait.
        workflow_type: type key, used in texts only.
        result_type: type of the workflow's result; plain data is returned if there is none.
    """

    def __init__(
        self,
        client: Client,
        workflow_id: str,
        run_id: str | None = None,
        workflow_type: str = "",
        *,
        result_type: Any = None,
    ) -> None:
        self.client = client
        self.workflow_id = workflow_id
        self.run_id = run_id
        self.workflow_type = workflow_type
        self.result_type = result_type
        self._pinned_run_id: str | None = None

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.workflow_type or 'workflow'} {self.workflow_id}>"

    async def result(self, *, poll_interval: float = 0.5, timeout: float | None = 30.0) -> ResultT:
        """Wait for the workflow to end and return its result; see `Client.get_result`."""
        return await self.client.get_result(self, poll_interval=poll_interval, timeout=timeout)

    async def describe(self) -> WorkflowExecution:
        """Return the server's view of the workflow; see `Client.describe_workflow`."""
        return await self.client.describe_workflow(self.workflow_id, run_id=self._pinned_run_id)

    async def signal(self, signal_name: str, args: list[Any] | None = None) -> None:
        """Send a signal to the workflow; see `Client.signal_workflow`."""
        await self.client.signal_workflow(
            self.workflow_id, signal_name, args=args, run_id=self._pinned_run_id
        )

    @overload
    async def query(self, query_name: str, args: list[Any] | None = None, *, result_type: type[T]) -> T: ...

    @overload
    async def query(
        self, query_name: str, args: list[Any] | None = None, *, result_type: Any = None
    ) -> Any: ...

    async def query(self, query_name: str, args: list[Any] | None = None, *, result_type: Any = None) -> Any:
        """Ask the workflow something without changing it; see `Client.query_workflow`."""
        return await self.client.query_workflow(
            self.workflow_id, query_name, args=args, run_id=self._pinned_run_id, result_type=result_type
        )

    async def cancel(self, *, reason: str | None = None) -> None:
        """Ask the workflow to end; see `Client.cancel_workflow`."""
        await self.client.cancel_workflow(self.workflow_id, reason=reason, run_id=self._pinned_run_id)

    async def terminate(self, *, reason: str | None = None) -> None:
        """Stop the workflow at once; see `Client.terminate_workflow`."""
        await self.client.terminate_workflow(self.workflow_id, reason=reason, run_id=self._pinned_run_id)

    @overload
    async def update(
        self,
        update_name: str,
        args: list[Any] | None = None,
        *,
        wait_for: Literal["accepted"],
        wait_timeout_seconds: int | None = None,
        request_id: str | None = None,
        result_type: Any = None,
    ) -> WorkflowUpdateHandle: ...

    @overload
    async def update(
        self,
        update_name: str,
        args: list[Any] | None = None,
        *,
        wait_for: Literal["completed"] | None = None,
        wait_timeout_seconds: int | None = None,
        request_id: str | None = None,
        result_type: type[T],
    ) -> T: ...

    @overload
    async def update(
        self,
        update_name: str,
        args: list[Any] | None = None,
        *,
        wait_for: str | None = None,
        wait_timeout_seconds: int | None = None,
        request_id: str | None = None,
        result_type: Any = None,
    ) -> Any: ...

    async def update(
        self,
        update_name: str,
        args: list[Any] | None = None,
        *,
        wait_for: str | None = None,
        wait_timeout_seconds: int | None = None,
        request_id: str | None = None,
        result_type: Any = None,
    ) -> Any:
        """Call an update handler of the workflow and return its result; see `Client.update_workflow`."""
        return await self.client.update_workflow(
            self.workflow_id,
            update_name,
            args=args,
            wait_for=wait_for,
            wait_timeout_seconds=wait_timeout_seconds,
            request_id=request_id,
            run_id=self._pinned_run_id,
            result_type=result_type,
        )

    async def runs(self) -> list[WorkflowRun]:
        """Return all runs of the workflow; see `Client.list_workflow_runs`."""
        return await self.client.list_workflow_runs(self.workflow_id)

    async def repair(self) -> CommandReceipt:
        """Have a lost task of the workflow made anew; see `Client.repair_workflow`."""
        return await self.client.repair_workflow(self.workflow_id)

    async def archive(self, *, reason: str | None = None) -> CommandReceipt:
        """Mark the closed workflow as archived; see `Client.archive_workflow`."""
        return await self.client.archive_workflow(self.workflow_id, reason=reason)

    async def debug(self, *, include_last_event_payload: bool = False) -> dict[str, Any]:
        """Fetch what an operator wants to know of the workflow; see `Client.debug_workflow`."""
        return await self.client.debug_workflow(
            self.workflow_id,
            run_id=self._pinned_run_id,
            include_last_event_payload=include_last_event_payload,
        )

    async def history(self) -> dict[str, Any]:
        """Fetch the whole history of the pinned or current run; see `Client.get_history`."""
        return await self.client.get_history(self.workflow_id, await self._run_id_now())

    async def iter_history(self, *, follow: bool = False) -> AsyncIterator[dict[str, Any]]:
        """Go through the events of the pinned or current run; see `Client.iter_history`."""
        run_id = await self._run_id_now()
        async for event in self.client.iter_history(self.workflow_id, run_id, follow=follow):
            yield event

    async def export_history(self) -> dict[str, Any]:
        """Fetch the replay bundle of the pinned or current run; see `Client.export_history`."""
        return await self.client.export_history(self.workflow_id, await self._run_id_now())

    async def _run_id_now(self) -> str:
        if self._pinned_run_id is not None:
            return self._pinned_run_id
        return (await self.describe()).run_id


class WorkflowUpdateHandle:
    """An update that the server has accepted; made by `update` with `wait_for="accepted"`.

    Args:
        client: the client that makes the calls.
        update: the update as it was sent.
        update_id: the server's id of the update.
        run_id: the run that accepted it.
    """

    def __init__(self, client: Client, update: Update, update_id: str | None, run_id: str | None) -> None:
        self.client = client
        self.workflow_id = update.workflow_id
        self.update_name = update.name
        self.update_id = update_id
        self.request_id = update.request_id
        self.run_id = run_id
        self._update = update

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.update_name} {self.update_id} of {self.workflow_id}>"

    async def result(self, *, timeout: float | None = 30.0, poll_interval: float = 0.5) -> Any:
        """Wait for the update's handler and return its decoded result.

        Operation `updateWorkflow` with the same `request_id`, or `getWorkflowHistory` on servers that do not
        recognise a repeat.

        Args:
            timeout: seconds to wait; None to wait for ever.
            poll_interval: seconds between two looks at the history.

        Raises:
            UpdateRejected: the workflow's validator refused it.
            UpdateFailed: its handler raised.
            UpdateStillRunning: it had not completed after `timeout`.
            CallError: a call did not end well.
        """
        return await self.client._update_outcome(
            self._update, self.update_id, self.run_id, timeout, poll_interval
        )
