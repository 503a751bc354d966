"""Activities that are finished from outside of their worker, by token."""

from __future__ import annotations

from typing import Any

from .._client_common.tokens_of_tasks import attempt_of
from ._query_tasks import QueryTaskCalls

__all__ = ["ActivityCalls"]


class ActivityCalls(QueryTaskCalls):
    """Calls about an attempt that called `activity.complete_later()`, made by whoever has its token."""

    async def complete_activity(self, task_token: str, result: Any = None) -> None:
        """Report an activity as done.

        Operation `completeActivityTask`.

        Args:
            task_token: `activity.context().info.task_token` of the attempt.
            result: what the workflow gets; it is encoded here.

        Raises:
            InvalidArgument: the token is none.
            PayloadEncodeError: the result cannot be encoded; nothing was sent.
            TaskLost: the attempt is over: completed already, timed out, cancelled, or tried again elsewhere.
            CallError: the call did not end well.
        """
        lease, writing = attempt_of(task_token)
        await self.complete_activity_task(**lease, result=result, **writing)

    async def fail_activity(
        self,
        task_token: str,
        message: str,
        *,
        failure_type: str | None = None,
        details: Any = None,
        non_retryable: bool = False,
    ) -> None:
        """Report an activity as failed; the server decides whether another attempt follows.

        Operation `failActivityTask`.

        Args:
            task_token: `activity.context().info.task_token` of the attempt.
            message: what happened.
            failure_type: type of the failure, compared with `non_retryable_error_types`.
            details: data for the workflow; it is encoded here.
            non_retryable: True if trying again will not help.

        Raises:
            InvalidArgument: the token is none.
            TaskLost: the attempt is over.
            CallError: the call did not end well.
        """
        lease, writing = attempt_of(task_token)
        await self.fail_activity_task(
            **lease,
            message=message,
            failure_type=failure_type,
            details=details,
            non_retryable=non_retryable,
            **writing,
        )

    async def heartbeat_activity(self, task_token: str, details: Any = None) -> bool:
        """Say that work on an activity goes on.

        Operation `heartbeatActivityTask`.

        Args:
            task_token: `activity.context().info.task_token` of the attempt.
            details: progress to keep with the attempt: a flat mapping.

        Returns:
            Whether to go on; False if the workflow no longer wants the result, or another attempt is made.

        Raises:
            InvalidArgument: the token is none, or the details cannot be sent.
            TaskLost: the server does not know the attempt.
            CallError: the call did not end well.
        """
        lease, _ = attempt_of(task_token)
        answer = await self.heartbeat_activity_task(**lease, details=details)
        return bool(answer.get("can_continue"))
