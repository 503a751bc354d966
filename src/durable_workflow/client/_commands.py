"""Commands to workflows: signal, cancel, terminate, repair, archive."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from durable_workflow_api.api.workflows import (
    archive_workflow,
    cancel_workflow,
    cancel_workflow_run,
    repair_workflow,
    signal_workflow,
    signal_workflow_run,
    terminate_workflow,
    terminate_workflow_run,
)

from .. import converters
from .._client_common import checks
from .._client_common.bodies import new_request_id, without_none
from .._client_common.values import CommandReceipt, receipt_of
from ..errors import WorkflowNotActive
from ._histories import HistoryCalls

if TYPE_CHECKING:
    from durable_workflow_api.types import RequestParts

__all__ = ["WorkflowCommands"]

_REASON_LENGTH = 1000


class WorkflowCommands(HistoryCalls):
    """Calls of the control plane that tell a workflow something."""

    async def signal_workflow(
        self, workflow_id: str, signal_name: str, *, args: list[Any] | None = None, run_id: str | None = None
    ) -> None:
        """Send a signal to a running workflow; do not wait for the workflow to see it.

        Operations `signalWorkflow` and, with `run_id`, `signalWorkflowRun`.

        Args:
            workflow_id: id of the workflow.
            signal_name: name of the signal.
            args: positional arguments of the signal.
            run_id: refuse if this is not the workflow's current run.

        Raises:
            WorkflowNotFound: there is no such workflow.
            WorkflowNotActive: the workflow is closed, or `run_id` is not its current run.
            UnknownSignal: the workflow does not declare the signal.
            OutcomeUnknown: the answer was lost and this server would deliver a repeat again.
            CallError: the call did not end well.
        """
        parts = self._signal_parts(workflow_id, signal_name, args, run_id)
        call = self._transport.begin(parts, repeatable=False)
        await self._run_keyed(call, "command_request_ids")

    def _signal_parts(
        self, workflow_id: str, signal_name: str, args: list[Any] | None, run_id: str | None
    ) -> RequestParts:
        from durable_workflow_api.models import SignalWorkflowRequest

        body = SignalWorkflowRequest(
            input_=converters.envelope(checks.arguments("args", args)), request_id=new_request_id("signal")
        )
        workflow_id, signal_name = checks.workflow_id(workflow_id), checks.signal_name(signal_name)
        if run_id is None:
            return signal_workflow.build_request(workflow_id, signal_name, body=body)
        run_id = checks.name("run_id", run_id)
        return signal_workflow_run.build_request(workflow_id, run_id, signal_name, body=body)

    async def cancel_workflow(
        self, workflow_id: str, *, reason: str | None = None, run_id: str | None = None
    ) -> None:
        """Ask a workflow to end.

        Operations `cancelWorkflow` and, with `run_id`, `cancelWorkflowRun`. Where server and workers can
        deliver it, the workflow's code sees the request and may clean up first; elsewhere the run is closed
        when this call returns. A second request changes nothing.

        Args:
            workflow_id: id of the workflow.
            reason: text for people, at most 1000 characters; history keeps it.
            run_id: refuse if this is not the workflow's current run.

        Raises:
            WorkflowNotFound: there is no such workflow.
            WorkflowNotActive: the workflow is closed, or `run_id` is not its current run.
            CallError: the call did not end well.
        """
        from durable_workflow_api.models import CancelWorkflowRequest

        body = CancelWorkflowRequest.from_dict(_ending("cancel", reason))
        workflow_id = checks.workflow_id(workflow_id)
        if run_id is None:
            parts = cancel_workflow.build_request(workflow_id, body=body)
        else:
            parts = cancel_workflow_run.build_request(workflow_id, checks.name("run_id", run_id), body=body)
        await self._end(parts, workflow_id, run_id, "cancelled")

    async def terminate_workflow(
        self, workflow_id: str, *, reason: str | None = None, run_id: str | None = None
    ) -> None:
        """Stop a workflow at once, without giving its code a chance to clean up.

        Operations `terminateWorkflow` and, with `run_id`, `terminateWorkflowRun`.

        Args:
            workflow_id: id of the workflow.
            reason: text for people, at most 1000 characters; history keeps it.
            run_id: refuse if this is not the workflow's current run.

        Raises:
            WorkflowNotFound: there is no such workflow.
            WorkflowNotActive: the workflow is closed, or `run_id` is not its current run.
            CallError: the call did not end well.
        """
        from durable_workflow_api.models import TerminateWorkflowRequest

        body = TerminateWorkflowRequest.from_dict(_ending("terminate", reason))
        workflow_id = checks.workflow_id(workflow_id)
        if run_id is None:
            parts = terminate_workflow.build_request(workflow_id, body=body)
        else:
            run_id = checks.name("run_id", run_id)
            parts = terminate_workflow_run.build_request(workflow_id, run_id, body=body)
        await self._end(parts, workflow_id, run_id, "terminated")

    async def _end(self, parts: RequestParts, workflow_id: str, run_id: str | None, status: str) -> None:
        call = self._transport.begin(parts)
        try:
            await self._transport.run(call)
        except WorkflowNotActive:
            # An unanswered attempt may have done it already; then the wish is fulfilled.
            if not call.ambiguous or (await self._describe(workflow_id, run_id)).status != status:
                raise

    async def repair_workflow(self, workflow_id: str) -> CommandReceipt:
        """Have the server look whether a workflow has lost its next task, and make it anew if so.

        Operation `repairWorkflow`.

        Args:
            workflow_id: id of the workflow.

        Returns:
            The receipt; its `outcome` is `repair_dispatched` or `repair_not_needed`.

        Raises:
            WorkflowNotFound: there is no such workflow.
            WorkflowNotActive: the workflow is closed.
            CallError: the call did not end well.
        """
        from durable_workflow_api.models import CommandReceipt as Receipt
        from durable_workflow_api.models import RepairWorkflowRequest

        body = RepairWorkflowRequest(request_id=new_request_id("repair"))
        parts = repair_workflow.build_request(checks.workflow_id(workflow_id), body=body)
        return receipt_of(await self._transport.call(parts, repair_workflow.parse_response, Receipt))

    async def archive_workflow(self, workflow_id: str, *, reason: str | None = None) -> CommandReceipt:
        """Mark a closed workflow as archived, which keeps its history when old ones are removed.

        Operation `archiveWorkflow`.

        Args:
            workflow_id: id of the workflow.
            reason: text for people, at most 1000 characters; history keeps it.

        Returns:
            The receipt; its `outcome` is `archived` or `archive_not_needed`.

        Raises:
            WorkflowNotFound: there is no such workflow.
            WorkflowStillOpen: the workflow has not ended yet.
            CallError: the call did not end well.
        """
        from durable_workflow_api.models import ArchiveWorkflowRequest
        from durable_workflow_api.models import CommandReceipt as Receipt

        body = ArchiveWorkflowRequest.from_dict(_ending("archive", reason))
        parts = archive_workflow.build_request(checks.workflow_id(workflow_id), body=body)
        return receipt_of(await self._transport.call(parts, archive_workflow.parse_response, Receipt))


def _ending(command: str, reason: str | None) -> dict[str, Any]:
    reason = checks.optional_name("reason", reason or None, _REASON_LENGTH)
    return without_none(reason=reason, request_id=new_request_id(command))
