# Generated from src/durable_workflow/client by ./codegen.sh. Never edit: run ./codegen.sh.
"""Calls that a workflow answers: query and update."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Literal, TypeVar, cast, overload

from durable_workflow_api.api.workflows import (
    query_workflow,
    query_workflow_run,
    update_workflow,
    update_workflow_run,
)

from .. import converters, serializer
from .._client_common import checks
from .._client_common.messages import (
    QUERY_PATIENCE,
    Update,
    closing_event_of,
    make_update,
    query_error,
    query_result,
    update_failed,
    update_result,
    was_handled,
)
from ..errors import CallError, ServerError, UpdateStillRunning
from ..transport import understood
from ._commands import WorkflowCommands
from ._handles import WorkflowUpdateHandle

if TYPE_CHECKING:
    from durable_workflow_api.models import UpdateWorkflowResponse
    from durable_workflow_api.types import RequestParts

    from ._client import Client

__all__ = ["MessageCalls"]

T = TypeVar("T")


class MessageCalls(WorkflowCommands):
    """Calls of the control plane that wait for the workflow's own answer."""

    @overload
    def query_workflow(
        self,
        workflow_id: str,
        query_name: str,
        *,
        args: list[Any] | None = None,
        run_id: str | None = None,
        result_type: type[T],
    ) -> T: ...

    @overload
    def query_workflow(
        self,
        workflow_id: str,
        query_name: str,
        *,
        args: list[Any] | None = None,
        run_id: str | None = None,
        result_type: Any = None,
    ) -> Any: ...

    def query_workflow(
        self,
        workflow_id: str,
        query_name: str,
        *,
        args: list[Any] | None = None,
        run_id: str | None = None,
        result_type: Any = None,
    ) -> Any:
        """Ask a workflow something, open or closed, without changing it.

        Operations `queryWorkflow` and, with `run_id`, `queryWorkflowRun`. A worker of the workflow's queue
        replays its history and answers; history is not touched.

        Args:
            workflow_id: id of the workflow.
            query_name: name of the query.
            args: positional arguments of the query.
            run_id: refuse if this is not the workflow's current run.
            result_type: type of the result; any annotation will do.

        Returns:
            The decoded result of the query's handler, of `result_type` if there is one.

        Raises:
            QueryFailed: no worker answered, none knows the query, or its handler raised.
            WorkflowNotFound: there is no such workflow.
            PayloadDecodeError: the result cannot be decoded, or is not of `result_type`.
            CallError: the call did not end well.
        """
        from durable_workflow_api.models import QueryWorkflowResponse

        parts = self._query_parts(workflow_id, query_name, args, run_id)
        try:
            answer = self._transport.call(
                parts,
                query_workflow.parse_response,
                QueryWorkflowResponse,
                timeout=max(self.timeout, QUERY_PATIENCE),
            )
        except ServerError as refused:
            raise query_error(refused, workflow_id, query_name) from refused
        return converters.from_plain(
            query_result(answer), result_type, context=f"the result of query {query_name!r}"
        )

    def _query_parts(
        self, workflow_id: str, query_name: str, args: list[Any] | None, run_id: str | None
    ) -> RequestParts:
        from durable_workflow_api.models import QueryWorkflowRequest

        body = QueryWorkflowRequest(input_=converters.envelope(checks.arguments("args", args)))
        workflow_id = checks.workflow_id(workflow_id)
        query_name = checks.message_name("query_name", query_name)
        if run_id is None:
            return query_workflow.build_request(workflow_id, query_name, body=body)
        run_id = checks.name("run_id", run_id)
        return query_workflow_run.build_request(workflow_id, run_id, query_name, body=body)

    @overload
    def update_workflow(
        self,
        workflow_id: str,
        update_name: str,
        *,
        args: list[Any] | None = None,
        wait_for: Literal["accepted"],
        wait_timeout_seconds: int | None = None,
        request_id: str | None = None,
        run_id: str | None = None,
        result_type: Any = None,
    ) -> WorkflowUpdateHandle: ...

    @overload
    def update_workflow(
        self,
        workflow_id: str,
        update_name: str,
        *,
        args: list[Any] | None = None,
        wait_for: Literal["completed"] | None = None,
        wait_timeout_seconds: int | None = None,
        request_id: str | None = None,
        run_id: str | None = None,
        result_type: type[T],
    ) -> T: ...

    @overload
    def update_workflow(
        self,
        workflow_id: str,
        update_name: str,
        *,
        args: list[Any] | None = None,
        wait_for: str | None = None,
        wait_timeout_seconds: int | None = None,
        request_id: str | None = None,
        run_id: str | None = None,
        result_type: Any = None,
    ) -> Any: ...

    def update_workflow(
        self,
        workflow_id: str,
        update_name: str,
        *,
        args: list[Any] | None = None,
        wait_for: str | None = None,
        wait_timeout_seconds: int | None = None,
        request_id: str | None = None,
        run_id: str | None = None,
        result_type: Any = None,
    ) -> Any:
        """Call an update handler of a running workflow and return what it returns.

        Operations `updateWorkflow` and, with `run_id`, `updateWorkflowRun`.

        Args:
            workflow_id: id of the workflow.
            update_name: name of the update.
            args: positional arguments of the update.
            wait_for: `completed` (default) waits for the handler; `accepted` returns once the server has
                accepted the update.
            wait_timeout_seconds: how long the server waits for the handler; default is its own setting,
                10 seconds on most.
            request_id: names this update for repeats of your own; one is made if you give none.
            run_id: refuse if this is not the workflow's current run.
            result_type: type of the result; any annotation will do.

        Returns:
            The handler's decoded result, of `result_type` if there is one; with `accepted` a
            `WorkflowUpdateHandle`.

        Raises:
            UpdateRejected: the workflow's validator refused it.
            UpdateFailed: its handler raised.
            UpdateStillRunning: it is accepted, and not completed within the time.
            UnknownUpdate: the workflow does not declare the update.
            WorkflowNotFound: there is no such workflow.
            WorkflowNotActive: the workflow is closed, or `run_id` is not its current run.
            InvalidArgument: an argument is not acceptable.
            OutcomeUnknown: the answer was lost and this server would run a repeat again.
            CallError: the call did not end well.
        """
        update = make_update(
            workflow_id, update_name, args, wait_for, wait_timeout_seconds, request_id, run_id, result_type
        )
        receipt = self._send_update(update)
        if update.wait_for == "accepted":
            return WorkflowUpdateHandle(cast("Client", self), update, receipt.update_id, receipt.run_id)
        return update_result(receipt, update)

    def _send_update(self, update: Update) -> UpdateWorkflowResponse:
        from durable_workflow_api.models import UpdateWorkflowResponse

        call = self._transport.begin(
            self._update_parts(update), repeatable=False, timeout=update.patience(self.timeout)
        )
        try:
            answer = self._run_keyed(call, "command_request_ids")
        except ServerError as refused:
            if not was_handled(refused):
                raise
            raise self._failure_of(update, refused) from refused
        return understood(call, answer, update_workflow.parse_response, UpdateWorkflowResponse)

    def _update_parts(self, update: Update) -> RequestParts:
        body = update.model()
        if update.run_id is None:
            return update_workflow.build_request(update.workflow_id, update.name, body=body)
        return update_workflow_run.build_request(update.workflow_id, update.run_id, update.name, body=body)

    def _failure_of(self, update: Update, refused: ServerError) -> Exception:
        """Return the error for an update whose handler failed; what kind of failure it was is in history."""
        body: dict[str, Any] = refused.body or {}
        event, run_id, update_id = None, body.get("run_id"), body.get("update_id")
        try:
            if isinstance(run_id, str) and isinstance(update_id, str):
                event = self._update_event(update.workflow_id, run_id, update_id)
        except CallError:
            # That it failed is certain; the message alone must do then.
            event = None
        return update_failed(update, body, event)

    def _update_event(self, workflow_id: str, run_id: str, update_id: str) -> dict[str, Any] | None:
        """Return the closing event of an update, None while it has none."""
        token = None
        while True:
            page = self._history_page(workflow_id, run_id, token)
            event = closing_event_of(page["events"], update_id)
            token = page.get("next_page_token")
            if event is not None or not token:
                return event

    def _update_outcome(
        self,
        update: Update,
        update_id: str | None,
        run_id: str | None,
        timeout: float | None,
        poll_interval: float,
    ) -> Any:
        """Wait for an accepted update: by its repeat where the server recognises one, else by its history."""
        limit = math.inf if timeout is None else checks.seconds("timeout", timeout)
        deadline = self._transport.monotonic() + limit
        by_key = self._advertises("command_request_ids")
        while True:
            left = deadline - self._transport.monotonic()
            if left <= 0:
                raise UpdateStillRunning(update_id, update_name=update.name, workflow_id=update.workflow_id)
            if by_key:
                receipt = self._send_update(update.waiting(left))
                if receipt.update_status != "accepted":
                    return update_result(receipt, update)
            else:
                event = self._update_event(update.workflow_id, run_id or "", update_id or "")
                if event is not None:
                    return self._outcome_in(update, event)
                self._transport.sleep(min(max(poll_interval, 0.01), left))

    def _outcome_in(self, update: Update, event: dict[str, Any]) -> Any:
        payload = event["payload"]
        if payload.get("failure_id") or payload.get("exception_class"):
            raise update_failed(update, payload, event)
        return update.typed(serializer.decode_envelope(payload.get("result"), payload.get("payload_codec")))
