# Generated from src/durable_workflow/client by ./codegen.sh. Never edit: run ./codegen.sh.
"""Workflows: start, describe, history, signal, terminate."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any, cast

from durable_workflow_api.api.workflows import (
    describe_workflow,
    describe_workflow_run,
    get_workflow_history,
    signal_workflow,
    signal_workflow_run,
    start_workflow,
    terminate_workflow,
    terminate_workflow_run,
)

from .. import serializer
from .._client_common import checks
from .._client_common.outcomes import last_closing
from .._client_common.shapes import with_events
from .._client_common.starts import START_KEY_CAPABILITY, Start, make_start
from .._client_common.values import WorkflowExecution, execution_of
from ..errors import CallError, WorkflowAlreadyStarted, WorkflowNotActive
from ..transport import understood
from ._cluster import ClusterCalls
from ._handles import WorkflowHandle

if TYPE_CHECKING:
    from collections.abc import Mapping

    from durable_workflow_api.models import WorkflowDescription
    from durable_workflow_api.types import RequestParts

    from ._client import Client

__all__ = ["WorkflowCalls"]

_HISTORY_PAGE = 1000


class WorkflowCalls(ClusterCalls):
    """Calls of the control plane about workflows."""

    def start_workflow(
        self,
        *,
        workflow_type: str,
        task_queue: str,
        workflow_id: str,
        input: list[Any] | None = None,
        execution_timeout_seconds: int | None = 3600,
        run_timeout_seconds: int | None = 600,
        duplicate_policy: str | None = None,
        memo: Mapping[str, Any] | None = None,
        search_attributes: Mapping[str, Any] | None = None,
    ) -> WorkflowHandle:
        """Start a workflow and return a handle on it.

        Operation `startWorkflow`. If an answer is lost the start is sent again with the same key, and its own
        run is recognised.

        Args:
            workflow_type: language-neutral type key, as in `@workflow.defn(name=...)`.
            task_queue: queue whose workers run the workflow.
            workflow_id: id that you choose; it can be taken, see `duplicate_policy`.
            input: positional arguments of the workflow.
            execution_timeout_seconds: time for the workflow with all its runs; None for no limit.
            run_timeout_seconds: time for one run; None for no limit.
            duplicate_policy: `reject` (default) refuses a taken id; `use-existing` returns the open run;
                `allow` and `terminate_existing` need a server that advertises them.
            memo: notes for people and programs.
            search_attributes: indexed facts.

        Returns:
            A handle; its `run_id` tells which run was started and does not pin the handle.

        Raises:
            InvalidArgument: an argument is not acceptable.
            WorkflowAlreadyStarted: the id is taken; `ambiguous` if perhaps by this very call.
            NotSupportedByServer: the server does not take the duplicate policy; nothing was sent.
            CallError: the call did not end well.
        """
        start = make_start(
            workflow_type=workflow_type,
            task_queue=task_queue,
            workflow_id=workflow_id,
            input=input,
            execution_timeout_seconds=execution_timeout_seconds,
            run_timeout_seconds=run_timeout_seconds,
            duplicate_policy=duplicate_policy,
            memo=memo,
            search_attributes=search_attributes,
        )
        run_id = self._send_start(start)
        return self._handle(workflow_id, run_id, workflow_type)

    def _send_start(self, start: Start) -> str | None:
        from durable_workflow_api.models import StartWorkflowResponse

        # By the common policies an id is started at most once: a repeat only meets the first attempt's run.
        repeatable = not start.needs_advertised_policy or self._require_policy(str(start.policy))
        parts = start_workflow.build_request(body=start.model(), idempotency_key=start.key)
        call = self._transport.begin(parts, repeatable=repeatable)
        try:
            answer = self._transport.run(call)
        except WorkflowAlreadyStarted as refused:
            if not refused.ambiguous:
                raise
            return self._own_run(start, refused)
        return understood(call, answer, start_workflow.parse_response, StartWorkflowResponse).run_id

    def _own_run(self, start: Start, refused: WorkflowAlreadyStarted) -> str:
        """Return the run that an unanswered attempt started; raise the refusal if it is somebody else's."""
        if self._advertises(START_KEY_CAPABILITY):
            # Such a server would have answered a repeat like the first attempt.
            refused.ambiguous = False
            raise refused
        try:
            description = self._describe(refused.workflow_id)
        except CallError as unknown:
            raise refused from unknown
        if start.is_own(description):
            return description.run_id
        raise refused

    def describe_workflow(self, workflow_id: str, *, run_id: str | None = None) -> WorkflowExecution:
        """Return the server's view of a workflow.

        Operations `describeWorkflow` and, with `run_id`, `describeWorkflowRun`.

        Args:
            workflow_id: id of the workflow.
            run_id: one run of it; default is the newest, also after continue-as-new.

        Raises:
            WorkflowNotFound: there is no such workflow or run.
            CallError: the call did not end well.
        """
        return execution_of(self._describe(workflow_id, run_id))

    def _describe(
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
        return self._transport.call(parts, parse, WorkflowDescription, timeout=timeout)

    def get_history(self, workflow_id: str, run_id: str) -> dict[str, Any]:
        """Fetch the whole history of one run.

        Operation `getWorkflowHistory`, as many pages as there are.

        Args:
            workflow_id: id of the workflow.
            run_id: the run.

        Returns:
            Plain JSON with `workflow_id`, `run_id` and all `events`; `next_page_token` is None.

        Raises:
            WorkflowNotFound: there is no such run.
            CallError: a call did not end well.
        """
        page = self._history_page(workflow_id, run_id, None)
        events = list(page["events"])
        while page.get("next_page_token"):
            page = self._history_page(workflow_id, run_id, page["next_page_token"])
            events += page["events"]
        return {**page, "events": events, "next_page_token": None}

    def _closing_event(self, workflow_id: str, run_id: str) -> Mapping[str, Any] | None:
        token, closing = None, None
        while True:
            page = self._history_page(workflow_id, run_id, token)
            closing = last_closing(page["events"]) or closing
            token = page.get("next_page_token")
            if not token:
                return closing

    def _history_page(self, workflow_id: str, run_id: str, token: str | None) -> dict[str, Any]:
        from durable_workflow_api.types import UNSET

        parts = get_workflow_history.build_request(
            checks.workflow_id(workflow_id),
            checks.name("run_id", run_id),
            page_size=_HISTORY_PAGE,
            next_page_token=UNSET if token is None else token,
        )
        return self._transport.call(parts, with_events(get_workflow_history.parse_response), dict)

    def signal_workflow(
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
        self._run_keyed(call, "command_request_ids")

    def _signal_parts(
        self, workflow_id: str, signal_name: str, args: list[Any] | None, run_id: str | None
    ) -> RequestParts:
        from durable_workflow_api.models import SignalWorkflowRequest

        body = SignalWorkflowRequest(
            input_=serializer.envelope(checks.arguments("args", args)),
            request_id=f"sdk-python-signal-{uuid.uuid4().hex}",
        )
        workflow_id, signal_name = checks.workflow_id(workflow_id), checks.signal_name(signal_name)
        if run_id is None:
            return signal_workflow.build_request(workflow_id, signal_name, body=body)
        run_id = checks.name("run_id", run_id)
        return signal_workflow_run.build_request(workflow_id, run_id, signal_name, body=body)

    def terminate_workflow(
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
        call = self._transport.begin(self._terminate_parts(workflow_id, reason, run_id))
        try:
            self._transport.run(call)
        except WorkflowNotActive:
            # An unanswered attempt may have done it already; then the wish is fulfilled.
            if not call.ambiguous or (self._describe(workflow_id, run_id)).status != "terminated":
                raise

    def _terminate_parts(self, workflow_id: str, reason: str | None, run_id: str | None) -> RequestParts:
        from durable_workflow_api.models import TerminateWorkflowRequest

        reason = checks.optional_name("reason", reason or None, 1000)
        body = TerminateWorkflowRequest(request_id=f"sdk-python-terminate-{uuid.uuid4().hex}")
        if reason is not None:
            body.reason = reason
        workflow_id = checks.workflow_id(workflow_id)
        if run_id is None:
            return terminate_workflow.build_request(workflow_id, body=body)
        return terminate_workflow_run.build_request(workflow_id, checks.name("run_id", run_id), body=body)

    def get_workflow_handle(
        self, workflow_id: str, *, run_id: str | None = None, workflow_type: str = ""
    ) -> WorkflowHandle:
        """Return a handle on an existing workflow, without asking the server.

        Args:
            workflow_id: id of the workflow.
            run_id: pins the handle to one run; without it every call goes to the run that is then current.
            workflow_type: used in texts only.

        Raises:
            InvalidArgument: an id is not acceptable.
        """
        run_id = checks.optional_name("run_id", run_id)
        handle = self._handle(checks.workflow_id(workflow_id), run_id, workflow_type)
        handle._pinned_run_id = run_id
        return handle

    def _handle(self, workflow_id: str, run_id: str | None, workflow_type: str) -> WorkflowHandle:
        # Every client is built from all its parts.
        return WorkflowHandle(cast("Client", self), workflow_id, run_id, workflow_type)
