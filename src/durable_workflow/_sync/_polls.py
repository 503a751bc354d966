# Generated from src/durable_workflow/client by ./codegen.sh. Never edit: run ./codegen.sh.
"""Long polls for tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from durable_workflow_api.api.activity_tasks import poll_activity_task
from durable_workflow_api.api.workflow_tasks import poll_workflow_task

from .._client_common import checks
from .._client_common.bodies import without_none
from .._client_common.polls import PollTimes
from .._client_common.shapes import with_task
from ..errors import CallTimeout
from ..transport import Parse
from ._worker_plane import WorkerPlaneCalls

if TYPE_CHECKING:
    from durable_workflow_api.types import RequestParts

__all__ = ["PollCalls"]


class PollCalls(WorkerPlaneCalls):
    """Calls that wait for tasks. `Worker` makes them; use them for a worker of your own making."""

    def poll_workflow_task(
        self,
        *,
        worker_id: str,
        task_queue: str,
        timeout: float = 35.0,
        poll_request_id: str | None = None,
        history_page_size: int | None = None,
        build_id: str | None = None,
    ) -> dict[str, Any] | None:
        """Wait for the next workflow task of a task queue.

        Operation `pollWorkflowTask`. One call is one poll; when its answer is lost it is repeated with the
        same key and brings the same task.

        Args:
            worker_id: the registered worker.
            task_queue: its queue.
            timeout: seconds to wait.
            poll_request_id: key of this poll; by default the client makes one, or uses the key of an earlier
                poll that got no answer.
            history_page_size: events on the first page of history, at most 1000.
            build_id: build of the registration.

        Returns:
            The task as plain JSON, or None if there was none in time.

        Raises:
            WorkerNotRegistered: register the worker again.
            CallError: the call did not end well.
        """
        from durable_workflow_api.models import PollWorkflowTaskRequest

        body = self._poll_body("workflow", worker_id, task_queue, timeout, poll_request_id, build_id)
        if history_page_size is not None:
            body["history_page_size"] = checks.whole("history_page_size", history_page_size, most=1000)
        parts = poll_workflow_task.build_request(body=PollWorkflowTaskRequest.from_dict(body))
        return self._poll("workflow", parts, with_task(poll_workflow_task.parse_response), timeout)

    def poll_activity_task(
        self,
        *,
        worker_id: str,
        task_queue: str,
        timeout: float = 35.0,
        poll_request_id: str | None = None,
        build_id: str | None = None,
    ) -> dict[str, Any] | None:
        """Wait for the next activity task of a task queue.

        Operation `pollActivityTask`; otherwise as `poll_workflow_task`.

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
        from durable_workflow_api.models import PollActivityTaskRequest

        body = self._poll_body("activity", worker_id, task_queue, timeout, poll_request_id, build_id)
        parts = poll_activity_task.build_request(body=PollActivityTaskRequest.from_dict(body))
        return self._poll("activity", parts, with_task(poll_activity_task.parse_response), timeout)

    def _poll_body(
        self,
        kind: str,
        worker_id: str,
        task_queue: str,
        timeout: float,
        poll_request_id: str | None,
        build_id: str | None,
    ) -> dict[str, Any]:
        worker_id, task_queue = checks.name("worker_id", worker_id), checks.name("task_queue", task_queue)
        hold = PollTimes.of(checks.seconds("timeout", timeout)).hold
        build_id = checks.optional_name("build_id", build_id)
        key = checks.optional_name("poll_request_id", poll_request_id)
        return without_none(
            worker_id=worker_id,
            task_queue=task_queue,
            timeout_seconds=hold,
            build_id=build_id,
            poll_request_id=key or self._poll_keys.take(kind, worker_id, task_queue),
        )

    def _poll(
        self, kind: str, parts: RequestParts, parse: Parse[Any], timeout: float
    ) -> dict[str, Any] | None:
        answered = False
        try:
            answer = self._worker_call(parts, parse, timeout=PollTimes.of(timeout).deadline, repeatable=True)
            answered = True
        except CallTimeout:
            return None
        finally:
            # Also after a cancellation: the server may just have leased a task to this poll.
            if not answered:
                sent = parts.json
                self._poll_keys.keep(sent["poll_request_id"], kind, sent["worker_id"], sent["task_queue"])
        task: dict[str, Any] | None = answer["task"]
        return task

    def _complete(
        self, kind: str, parts: RequestParts, parse: Parse[Any], worker_id: str, task_queue: str | None
    ) -> dict[str, Any]:
        """Send a completion; with a queue it is also a poll for the task of a kind that it creates."""
        if task_queue is None:
            return self._worker_call(parts, parse)
        checks.name("next_task_queue", task_queue)
        key = parts.json["next_task_poll_request_id"] = self._poll_keys.fresh()
        answered = False
        try:
            answer = self._worker_call(parts, parse)
            answered = True
        finally:
            # The next poll of this kind brings the task of the answer that was lost.
            if not answered:
                self._poll_keys.keep(key, kind, worker_id, task_queue)
        return answer
