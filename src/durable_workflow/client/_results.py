"""Waiting for the result of a workflow."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar, overload

from .. import converters
from .._client_common import checks
from .._client_common.outcomes import continued_to, outcome_error, result_of
from ..errors import CallError, CallTimeout, ConnectionFailed, ResultTimeout, ServerError
from ._starts import StartCalls

if TYPE_CHECKING:
    from durable_workflow_api.models import WorkflowDescription

    from ._handles import WorkflowHandle

__all__ = ["ResultCalls"]

T = TypeVar("T")

# One held describe; longer ones meet the idle limits of common proxies.
_LONGEST_HOLD = 30


@dataclass(slots=True)
class _Wait:
    """One wait for a result, over all its calls."""

    handle: WorkflowHandle[Any]
    poll_interval: float
    timeout: float
    deadline: float
    status: str | None = None
    trouble: CallError | None = None

    def over(self) -> ResultTimeout:
        what = f"workflow {self.handle.workflow_id} has no result after {self.timeout:g} s"
        return ResultTimeout(f"{what} (it is {self.status}); it goes on: wait again, or longer")


class ResultCalls(StartCalls):
    """The wait for a workflow's end."""

    @overload
    async def get_result(
        self,
        handle: WorkflowHandle[Any],
        *,
        poll_interval: float = 0.5,
        timeout: float | None = 30.0,
        result_type: type[T],
    ) -> T: ...

    @overload
    async def get_result(
        self,
        handle: WorkflowHandle[T],
        *,
        poll_interval: float = 0.5,
        timeout: float | None = 30.0,
        result_type: Any = None,
    ) -> T: ...

    async def get_result(
        self,
        handle: WorkflowHandle[Any],
        *,
        poll_interval: float = 0.5,
        timeout: float | None = 30.0,
        result_type: Any = None,
    ) -> Any:
        """Wait for a workflow to end and return its result.

        Operations `describeWorkflow`, `describeWorkflowRun` and, if the workflow failed,
        `getWorkflowHistory`. Follows continue-as-new. Where the server can hold a call until the run closes,
        it is not polled. Once the workflow was found, a server that is away for a while is waited for.

        Args:
            handle: the workflow; the wait begins at the handle's `run_id`, if it has one.
            poll_interval: seconds between two calls, on servers that cannot hold one.
            timeout: seconds to wait; None to wait for ever.
            result_type: type of the result, any annotation will do; that of the handle by default.

        Raises:
            WorkflowFailed: the workflow failed (`WorkflowTimedOut` if its own time was over).
            WorkflowCancelled: it was cancelled.
            WorkflowTerminated: it was terminated.
            ResultTimeout: it had not ended after `timeout`; this is a `TimeoutError`, too.
            WorkflowNotFound: there is no such workflow.
            PayloadDecodeError: the result cannot be decoded, or is not of its type.
            CallError: a call did not end well.
        """
        limit = math.inf if timeout is None else checks.seconds("timeout", timeout)
        interval = checks.seconds("poll_interval", poll_interval)
        wait = _Wait(handle, interval, limit, self._transport.monotonic() + limit)
        run_id = handle.run_id
        while True:
            description = await self._closed(wait, run_id)
            if description.closed_reason != "continued":
                kind = handle.result_type if result_type is None else result_type
                whose = f"the result of workflow {handle.workflow_id}"
                return converters.from_plain(await self._ended(description), kind, context=whose)
            event = await self._closing_event(description.workflow_id, description.run_id)
            run_id = continued_to(event)

    async def _ended(self, description: WorkflowDescription) -> Any:
        if description.status == "completed":
            return result_of(description)
        raise outcome_error(
            description, await self._closing_event(description.workflow_id, description.run_id)
        )

    async def _closed(self, wait: _Wait, run_id: str | None) -> WorkflowDescription:
        """Return the description of a run once it is closed."""
        # The first look costs nothing more than itself: it is held only if the server is known to do that.
        known = self._info.is_known and self._left(wait) > 0
        hold = await self._next_hold(wait) if known else None
        while True:
            asked = self._transport.monotonic()
            description = await self._look(wait, run_id, hold)
            if description is not None and description.is_terminal:
                return description
            if self._left(wait) <= 0:
                raise wait.over() from wait.trouble
            # A server that does not hold what it offers to hold must not make this loop spin.
            early = hold is not None and self._transport.monotonic() - asked < wait.poll_interval
            hold = None if description is None else await self._next_hold(wait)
            if hold is None or early:
                await self._transport.sleep(min(max(wait.poll_interval, 0.01), self._left(wait)))

    async def _look(self, wait: _Wait, run_id: str | None, hold: int | None) -> WorkflowDescription | None:
        """Describe the run; once that has worked, a server that is away is a reason to wait and no error."""
        try:
            description = await self._describe(
                wait.handle.workflow_id, run_id, wait_seconds=hold, timeout=self._patience(wait, hold)
            )
        except (CallTimeout, ConnectionFailed, ServerError) as error:
            away = not isinstance(error, ServerError) or error.status in (429, 500, 502, 503, 504)
            if wait.status is None or not away:
                raise
            wait.trouble = error
            return None
        wait.status, wait.trouble = description.status, None
        return description

    async def _next_hold(self, wait: _Wait) -> int | None:
        if not await self._advertises("describe_wait_closed"):
            return None
        return max(1, math.ceil(min(_LONGEST_HOLD, self._left(wait))))

    def _patience(self, wait: _Wait, hold: int | None) -> float:
        """Return the time for one describe: within the wait's, with a second for an answer in any case."""
        usual = self.timeout if hold is None else hold + 5.0
        return min(usual, max(self._left(wait), 1.0))

    def _left(self, wait: _Wait) -> float:
        return max(0.0, wait.deadline - self._transport.monotonic())
