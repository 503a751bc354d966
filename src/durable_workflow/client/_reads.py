"""Reading workflows: describe, list, runs, debug."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Any

from durable_workflow_api.api.workflows import (
    debug_workflow,
    debug_workflow_run,
    describe_workflow,
    describe_workflow_run,
    list_workflow_runs,
    list_workflows,
)

from .._client_common import checks
from .._client_common.listing import listing
from .._client_common.values import (
    WorkflowExecution,
    WorkflowList,
    WorkflowRun,
    execution_of,
    list_of,
    runs_of,
)
from ._cluster import ClusterCalls

if TYPE_CHECKING:
    from durable_workflow_api.models import WorkflowDescription

__all__ = ["WorkflowReads"]


class WorkflowReads(ClusterCalls):
    """Calls of the control plane that read workflows."""

    async def describe_workflow(self, workflow_id: str, *, run_id: str | None = None) -> WorkflowExecution:
        """Return the server's view of a workflow.

        Operations `describeWorkflow` and, with `run_id`, `describeWorkflowRun`.

        Args:
            workflow_id: id of the workflow.
            run_id: one run of it; default is the newest, also after continue-as-new.

        Raises:
            WorkflowNotFound: there is no such workflow or run.
            CallError: the call did not end well.
        """
        return execution_of(await self._describe(workflow_id, run_id))

    async def _describe(
        self,
        workflow_id: str,
        run_id: str | None = None,
        *,
        wait_seconds: int | None = None,
        timeout: float | None = None,
    ) -> WorkflowDescription:
        from durable_workflow_api.models import WorkflowDescription
        from durable_workflow_api.types import UNSET

        checks.workflow_id(workflow_id)
        wait = UNSET if wait_seconds is None else wait_seconds
        if run_id is None:
            parts = describe_workflow.build_request(workflow_id, wait_closed_seconds=wait)
        else:
            run_id = checks.name("run_id", run_id)
            parts = describe_workflow_run.build_request(workflow_id, run_id, wait_closed_seconds=wait)
        # Both operations have the same answers.
        parse = describe_workflow.parse_response
        return await self._transport.call(parts, parse, WorkflowDescription, timeout=timeout)

    async def list_workflows(
        self,
        *,
        workflow_type: str | None = None,
        status: str | None = None,
        query: str | None = None,
        page_size: int | None = None,
        next_page_token: str | None = None,
    ) -> WorkflowList:
        """Fetch one page of the namespace's runs, the newest start first.

        Operation `listWorkflows`. A workflow that continued as new has a row for each of its runs. Rows hold
        no payloads: `input` and `output` are None.

        Args:
            workflow_type: only runs of this type.
            status: `running` for all open runs, `completed`, `failed` for all that ended otherwise; or, where
                the server takes it, one exact status such as `cancelled`.
            query: text to look for in workflow ids and business keys; on servers that know predicates also
                one of these.
            page_size: rows of a page, 1 to 200; default is the server's.
            next_page_token: `next_page_token` of the page before, with the same filters.

        Raises:
            InvalidArgument: an argument is not acceptable.
            CallError: the call did not end well.
        """
        from durable_workflow_api.models import WorkflowList as Page

        parts = list_workflows.build_request(
            **listing(workflow_type, status, query, page_size, next_page_token)
        )
        return list_of(await self._transport.call(parts, list_workflows.parse_response, Page), self.namespace)

    async def iter_workflows(
        self,
        *,
        workflow_type: str | None = None,
        status: str | None = None,
        query: str | None = None,
        page_size: int | None = None,
    ) -> AsyncIterator[WorkflowExecution]:
        """Go through all runs that match, fetching a page whenever the one before is used up.

        Operation `listWorkflows`; for the arguments see `list_workflows`.

        Yields:
            One run after the other, the newest start first.

        Raises:
            InvalidArgument: an argument is not acceptable.
            CallError: a call did not end well.
        """
        token = None
        while True:
            page = await self.list_workflows(
                workflow_type=workflow_type,
                status=status,
                query=query,
                page_size=page_size,
                next_page_token=token,
            )
            for execution in page.executions:
                yield execution
            token = page.next_page_token
            if token is None:
                return

    async def list_workflow_runs(self, workflow_id: str) -> list[WorkflowRun]:
        """Return all runs of a workflow, the first one first.

        Operation `listWorkflowRuns`.

        Args:
            workflow_id: id of the workflow.

        Raises:
            WorkflowNotFound: there is no such workflow.
            CallError: the call did not end well.
        """
        from durable_workflow_api.models import WorkflowRunList

        parts = list_workflow_runs.build_request(checks.workflow_id(workflow_id))
        return runs_of(await self._transport.call(parts, list_workflow_runs.parse_response, WorkflowRunList))

    async def debug_workflow(
        self, workflow_id: str, *, run_id: str | None = None, include_last_event_payload: bool = False
    ) -> dict[str, Any]:
        """Fetch what an operator wants to know of a workflow that does not go on.

        Operations `debugWorkflow` and, with `run_id`, `debugWorkflowRun`.

        Args:
            workflow_id: id of the workflow.
            run_id: one run of it; default is the newest.
            include_last_event_payload: whether to show the start of the newest event's payload.

        Returns:
            The answer as plain JSON: `diagnostic_status`, `execution`, pending tasks and activities,
            `recent_failures` and `findings`.

        Raises:
            WorkflowNotFound: there is no such workflow or run.
            CallError: the call did not end well.
        """
        from durable_workflow_api.types import UNSET

        checks.workflow_id(workflow_id)
        shown = True if include_last_event_payload else UNSET
        if run_id is None:
            parts = debug_workflow.build_request(workflow_id, include_last_event_payload=shown)
        else:
            run_id = checks.name("run_id", run_id)
            parts = debug_workflow_run.build_request(workflow_id, run_id, include_last_event_payload=shown)
        return await self._transport.call(parts, debug_workflow.parse_response, dict)
