# Generated from src/durable_workflow/client by ./codegen.sh. Never edit: run ./codegen.sh.
"""Query tasks, as a worker polls and answers them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from durable_workflow_api.api.query_tasks import complete_query_task, fail_query_task, poll_query_task

from .. import converters, serializer
from .._client_common import checks
from .._client_common.bodies import plain_or_none, query_failure
from .._client_common.shapes import with_task
from ._tasks import TaskCalls

if TYPE_CHECKING:
    from ..converters import Framing

__all__ = ["QueryTaskCalls"]


class QueryTaskCalls(TaskCalls):
    """Calls about query tasks. `Worker` makes them; use them for a worker of your own making."""

    def poll_query_task(
        self,
        *,
        worker_id: str,
        task_queue: str,
        timeout: float = 35.0,
        poll_request_id: str | None = None,
        build_id: str | None = None,
    ) -> dict[str, Any] | None:
        """Wait for the next query task of a task queue.

        Operation `pollQueryTask`; otherwise as `poll_workflow_task`.

        Args:
            worker_id: the registered worker.
            task_queue: its queue.
            timeout: seconds to wait.
            poll_request_id: key of this poll; by default the client makes one, or uses the key of an earlier
                poll that got no answer.
            build_id: build of the registration.

        Returns:
            The task as plain JSON, or None if there was none in time.

        Raises:
            WorkerNotRegistered: register the worker again.
            CallError: the call did not end well.
        """
        from durable_workflow_api.models import PollQueryTaskRequest

        body = self._poll_body("query", worker_id, task_queue, timeout, poll_request_id, build_id)
        parts = poll_query_task.build_request(body=PollQueryTaskRequest.from_dict(body))
        return self._poll("query", parts, with_task(poll_query_task.parse_response), timeout)

    def complete_query_task(
        self,
        *,
        query_task_id: str,
        lease_owner: str,
        query_task_attempt: int,
        result: Any,
        codec: str = serializer.AVRO_CODEC,
        framing: Framing = "wrapper",
    ) -> dict[str, Any]:
        """Answer a query with its result.

        Operation `completeQueryTask`. The result goes out encoded and, as far as it is JSON, plain.

        Args:
            query_task_id: the task.
            lease_owner: the worker that holds the task.
            query_task_attempt: attempt of the task.
            result: what the query's handler returned.
            codec: codec of the payload.
            framing: layout of the run's payloads.

        Returns:
            The answer as plain JSON.

        Raises:
            TaskLost: the task is no longer this worker's, or the caller has stopped waiting.
            PayloadEncodeError: the result cannot be encoded.
            CallError: the call did not end well.
        """
        from durable_workflow_api.models import CompleteQueryTaskRequest

        body = CompleteQueryTaskRequest.from_dict(
            {
                "lease_owner": checks.name("lease_owner", lease_owner),
                "query_task_attempt": checks.whole("query_task_attempt", query_task_attempt),
                "result": plain_or_none(result),
                "result_envelope": converters.envelope(result, codec, framing=framing),
            }
        )
        parts = complete_query_task.build_request(checks.name("query_task_id", query_task_id), body=body)
        return self._worker_call(parts, complete_query_task.parse_response)

    def fail_query_task(
        self,
        *,
        query_task_id: str,
        lease_owner: str,
        query_task_attempt: int,
        message: str,
        reason: str = "query_rejected",
        failure_type: str | None = None,
        stack_trace: str | None = None,
    ) -> dict[str, Any]:
        """Answer a query with a failure.

        Operation `failQueryTask`.

        Args:
            query_task_id: the task.
            lease_owner: the worker that holds the task.
            query_task_attempt: attempt of the task.
            message: what the caller reads.
            reason: for programs; `rejected_unknown_query` if this worker does not know the query.
            failure_type: type of what was raised.
            stack_trace: where it was raised.

        Returns:
            The answer as plain JSON.

        Raises:
            TaskLost: the task is no longer this worker's, or the caller has stopped waiting.
            CallError: the call did not end well.
        """
        from durable_workflow_api.models import FailQueryTaskRequest

        body = FailQueryTaskRequest.from_dict(
            {
                "lease_owner": checks.name("lease_owner", lease_owner),
                "query_task_attempt": checks.whole("query_task_attempt", query_task_attempt),
                "failure": query_failure(message, reason, failure_type, stack_trace),
            }
        )
        parts = fail_query_task.build_request(checks.name("query_task_id", query_task_id), body=body)
        return self._worker_call(parts, fail_query_task.parse_response)
