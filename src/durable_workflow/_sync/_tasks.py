# Generated from src/durable_workflow/client by ./codegen.sh. Never edit: run ./codegen.sh.
"""Workflow tasks and activity tasks, as a worker answers them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from durable_workflow_api.api.activity_tasks import (
    complete_activity_task,
    fail_activity_task,
    heartbeat_activity_task,
    renew_activity_task_lease,
)
from durable_workflow_api.api.workflow_tasks import (
    complete_workflow_task,
    fail_workflow_task,
    get_workflow_task_history,
    heartbeat_workflow_task,
)

from .. import converters, serializer
from .._client_common import checks
from .._client_common.bodies import activity_failure, workflow_task_failure
from ._polls import PollCalls

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..converters import Framing

__all__ = ["TaskCalls"]


class TaskCalls(PollCalls):
    """Calls about leased tasks. `Worker` makes them; use them for a worker of your own making."""

    def workflow_task_history(
        self, *, task_id: str, page_token: str, lease_owner: str, workflow_task_attempt: int
    ) -> dict[str, Any]:
        """Fetch a further page of history for a leased workflow task.

        Operation `getWorkflowTaskHistory`; the first page comes with the task.

        Args:
            task_id: the task.
            page_token: `next_history_page_token` of the page before.
            lease_owner: the worker that holds the task.
            workflow_task_attempt: attempt of the task.

        Returns:
            The page as plain JSON, with `history_events` and `next_history_page_token`.

        Raises:
            TaskLost: the task is no longer this worker's.
            CallError: the call did not end well.
        """
        from durable_workflow_api.models import WorkflowTaskHistoryRequest

        body = WorkflowTaskHistoryRequest(
            **_lease(lease_owner, workflow_task_attempt), next_history_page_token=page_token
        )
        parts = get_workflow_task_history.build_request(checks.name("task_id", task_id), body=body)
        return self._worker_call(parts, get_workflow_task_history.parse_response)

    def heartbeat_workflow_task(
        self, *, task_id: str, lease_owner: str, workflow_task_attempt: int
    ) -> dict[str, Any]:
        """Renew the lease of a workflow task; writes no event.

        Operation `heartbeatWorkflowTask`.

        Args:
            task_id: the task.
            lease_owner: the worker that holds the task.
            workflow_task_attempt: attempt of the task.

        Returns:
            The answer as plain JSON, with `lease_expires_at`.

        Raises:
            TaskLost: the task is no longer this worker's.
            CallError: the call did not end well.
        """
        from durable_workflow_api.models import WorkflowTaskHeartbeatRequest

        body = WorkflowTaskHeartbeatRequest(**_lease(lease_owner, workflow_task_attempt))
        parts = heartbeat_workflow_task.build_request(checks.name("task_id", task_id), body=body)
        return self._worker_call(parts, heartbeat_workflow_task.parse_response)

    def complete_workflow_task(
        self,
        *,
        task_id: str,
        lease_owner: str,
        workflow_task_attempt: int,
        commands: Sequence[Mapping[str, Any]],
        next_task_queue: str | None = None,
    ) -> dict[str, Any]:
        """Report a workflow task as done, with the commands that the workflow issued.

        Operation `completeWorkflowTask`.

        Args:
            task_id: the task.
            lease_owner: the worker that holds the task.
            workflow_task_attempt: attempt of the task.
            commands: wire commands in the order in which they were issued.
            next_task_queue: the worker's queue, to get an activity task that the commands create along with
                the answer; only for servers with the capability `next_task_with_completion`.

        Returns:
            The answer as plain JSON, with `run_status`, `created_task_ids` and, if asked for, `next_task`.

        Raises:
            TaskLost: the task is no longer this worker's; after several attempts also if the first one, whose
                answer was lost, has completed it.
            InvalidArgument: the server refused a command.
            CallError: the call did not end well.
        """
        from durable_workflow_api.models import CompleteWorkflowTaskRequest

        body = CompleteWorkflowTaskRequest(
            **_lease(lease_owner, workflow_task_attempt), commands=[dict(command) for command in commands]
        )
        parts = complete_workflow_task.build_request(checks.name("task_id", task_id), body=body)
        parse = complete_workflow_task.parse_response
        return self._complete("activity", parts, parse, lease_owner, next_task_queue)

    def fail_workflow_task(
        self,
        *,
        task_id: str,
        lease_owner: str,
        workflow_task_attempt: int,
        message: str,
        failure_type: str | None = None,
        stack_trace: str | None = None,
    ) -> dict[str, Any]:
        """Report that a workflow task could not be processed; this does not fail the workflow.

        Operation `failWorkflowTask`.

        Args:
            task_id: the task.
            lease_owner: the worker that holds the task.
            workflow_task_attempt: attempt of the task.
            message: what happened.
            failure_type: kind of failure.
            stack_trace: where it happened.

        Returns:
            The answer as plain JSON.

        Raises:
            TaskLost: the task is no longer this worker's.
            CallError: the call did not end well.
        """
        from durable_workflow_api.models import FailWorkflowTaskRequest

        failure = workflow_task_failure(message, failure_type, stack_trace)
        body = FailWorkflowTaskRequest.from_dict(
            {**_lease(lease_owner, workflow_task_attempt), "failure": failure}
        )
        parts = fail_workflow_task.build_request(checks.name("task_id", task_id), body=body)
        return self._worker_call(parts, fail_workflow_task.parse_response)

    def complete_activity_task(
        self,
        *,
        task_id: str,
        activity_attempt_id: str,
        lease_owner: str,
        result: Any,
        codec: str = serializer.AVRO_CODEC,
        framing: Framing = "wrapper",
        next_task_queue: str | None = None,
    ) -> dict[str, Any]:
        """Report an activity attempt as done.

        Operation `completeActivityTask`.

        Args:
            task_id: the task.
            activity_attempt_id: the attempt.
            lease_owner: the worker that holds the task.
            result: what the activity returned; it is encoded here.
            codec: codec of the run.
            framing: layout of the run's payloads.
            next_task_queue: the worker's queue, to get the workflow task that the result creates along with
                the answer; only for servers with the capability `next_task_with_completion`.

        Returns:
            The answer as plain JSON, with `next_task` if asked for.

        Raises:
            PayloadEncodeError: the result cannot be encoded; nothing was sent.
            TaskLost: the attempt is no longer this worker's; after several attempts also if the first one,
                whose answer was lost, has recorded the result.
            CallError: the call did not end well.
        """
        from durable_workflow_api.models import CompleteActivityTaskRequest

        body = CompleteActivityTaskRequest(
            **_attempt(activity_attempt_id, lease_owner),
            result=converters.envelope(result, codec, framing=framing),
        )
        parts = complete_activity_task.build_request(checks.name("task_id", task_id), body=body)
        parse = complete_activity_task.parse_response
        return self._complete("workflow", parts, parse, lease_owner, next_task_queue)

    def fail_activity_task(
        self,
        *,
        task_id: str,
        activity_attempt_id: str,
        lease_owner: str,
        message: str,
        failure_type: str | None = None,
        stack_trace: str | None = None,
        non_retryable: bool = False,
        details: Any = None,
        codec: str = serializer.AVRO_CODEC,
        framing: Framing = "wrapper",
    ) -> dict[str, Any]:
        """Report a failed activity attempt; the server decides whether another one follows.

        Operation `failActivityTask`.

        Args:
            task_id: the task.
            activity_attempt_id: the attempt.
            lease_owner: the worker that holds the task.
            message: what happened.
            failure_type: type of the failure, compared with `non_retryable_error_types`.
            stack_trace: where it happened.
            non_retryable: True if trying again will not help.
            details: data for the workflow; it is encoded here.
            codec: codec of the run.
            framing: layout of the run's payloads.

        Returns:
            The answer as plain JSON.

        Raises:
            PayloadEncodeError: the details cannot be encoded; nothing was sent.
            TaskLost: the attempt is no longer this worker's.
            CallError: the call did not end well.
        """
        from durable_workflow_api.models import FailActivityTaskRequest

        failure = activity_failure(
            message,
            failure_type,
            stack_trace,
            non_retryable=non_retryable,
            details=converters.envelope(details, codec, framing=framing),
        )
        body = FailActivityTaskRequest.from_dict(
            {**_attempt(activity_attempt_id, lease_owner), "failure": failure}
        )
        parts = fail_activity_task.build_request(checks.name("task_id", task_id), body=body)
        return self._worker_call(parts, fail_activity_task.parse_response)

    def heartbeat_activity_task(
        self,
        *,
        task_id: str,
        activity_attempt_id: str,
        lease_owner: str,
        details: Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        """Say that an activity attempt is alive, and learn whether it shall stop.

        Operation `heartbeatActivityTask`. Every accepted beat is an event of the history: beat seldom.

        Args:
            task_id: the task.
            activity_attempt_id: the attempt.
            lease_owner: the worker that holds the task.
            details: facts about the progress: at most 20, not nested.

        Returns:
            The answer as plain JSON: go on if `can_continue`; if not, `cancel_requested` tells a cancellation
            from a lost lease.

        Raises:
            InvalidArgument: the details are not acceptable; nothing was sent.
            TaskLost: the server does not know the attempt.
            CallError: the call did not end well.
        """
        from durable_workflow_api.models import ActivityTaskHeartbeatRequest

        body = ActivityTaskHeartbeatRequest(**_attempt(activity_attempt_id, lease_owner))
        checked = checks.heartbeat_details(details)
        if checked is not None:
            body.details = checked
        parts = heartbeat_activity_task.build_request(checks.name("task_id", task_id), body=body)
        return self._worker_call(parts, heartbeat_activity_task.parse_response)

    def renew_activity_task_lease(
        self, *, task_id: str, activity_attempt_id: str, lease_owner: str
    ) -> dict[str, Any]:
        """Keep an activity task without a report of progress; writes no event.

        Operation `renewActivityTaskLease`, on servers that advertise `activity_lease_renewal`.

        Args:
            task_id: the task.
            activity_attempt_id: the attempt.
            lease_owner: the worker that holds the task.

        Returns:
            The answer as plain JSON: go on if `can_continue`.

        Raises:
            TaskLost: the server does not know the attempt.
            NotSupportedByServer: the server lacks the operation.
            CallError: the call did not end well.
        """
        from durable_workflow_api.models import RenewActivityTaskLeaseRequest

        body = RenewActivityTaskLeaseRequest(**_attempt(activity_attempt_id, lease_owner))
        parts = renew_activity_task_lease.build_request(checks.name("task_id", task_id), body=body)
        return self._worker_call(parts, renew_activity_task_lease.parse_response)


def _lease(lease_owner: str, workflow_task_attempt: int) -> dict[str, Any]:
    return {
        "lease_owner": checks.name("lease_owner", lease_owner),
        "workflow_task_attempt": checks.whole("workflow_task_attempt", workflow_task_attempt),
    }


def _attempt(activity_attempt_id: str, lease_owner: str) -> dict[str, Any]:
    return {
        "activity_attempt_id": checks.name("activity_attempt_id", activity_attempt_id),
        "lease_owner": checks.name("lease_owner", lease_owner),
    }
