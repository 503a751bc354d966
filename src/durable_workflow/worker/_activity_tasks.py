"""Activity tasks: run the function, report its result or its failure."""

from __future__ import annotations

import asyncio
import functools
import logging
from collections.abc import Mapping
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

from durable_workflow.activity import CompleteLater
from durable_workflow.errors import (
    ActivityCancelled,
    PayloadDecodeError,
    PayloadEncodeError,
    ServerError,
    TaskLost,
)
from durable_workflow.worker._attempt import Attempt
from durable_workflow.worker._catalogue import Catalogue
from durable_workflow.worker._executors import Executors
from durable_workflow.worker._failures import Failure, describe
from durable_workflow.worker._intake import Handover
from durable_workflow.worker._jobs import Job
from durable_workflow.worker._leases import LeaseKeeper
from durable_workflow.worker._membership import Membership
from durable_workflow.worker._options import Options
from durable_workflow.worker._rates import Paces
from durable_workflow.worker._trouble import is_passing, is_refused_token

if TYPE_CHECKING:
    from durable_workflow.client import Client

__all__ = ["ActivityTasks"]

_LOG = logging.getLogger("durable_workflow.worker")


class ActivityTasks:
    """Handles activity tasks.

    Args:
        client: the connection to the server.
        options: the worker's settings.
        catalogue: what the worker hosts.
        membership: tells what the server can do.
        executors: where plain functions run.
        handover: brings the workflow task that a result creates.
    """

    kind = "activity"

    def __init__(
        self,
        client: Client,
        options: Options,
        catalogue: Catalogue,
        membership: Membership,
        executors: Executors,
        handover: Handover,
    ) -> None:
        self._client = client
        self._options = options
        self._catalogue = catalogue
        self._membership = membership
        self._executors = executors
        self._handover = handover
        self._paces = Paces(options.activity_rates)
        self._outside: set[LeaseKeeper] = set()

    async def poll(self) -> dict[str, Any] | None:
        """Wait for an activity task."""
        return await self._client.poll_activity_task(
            worker_id=self._options.worker_id,
            task_queue=self._options.task_queue,
            timeout=self._options.poll_timeout,
            build_id=self._options.build_id,
        )

    async def handle(self, task: Mapping[str, Any], job: Job) -> str:
        """Run one attempt and report how it ended."""
        job.name = (
            f"activity {task['activity_type']} attempt {task['attempt_number']} "
            f"(task {task['task_id']}, workflow {task['workflow_id']}, run {task['run_id']})"
        )
        renews = self._membership.capabilities.get("activity_lease_renewal") is True
        attempt = Attempt(self._client, task, self._options.worker_id, self._executors, renews=renews)
        try:
            with attempt.keeper() or nullcontext():
                await self._paces.take(task["activity_type"])
                definition = self._catalogue.activity(task["activity_type"])
                result = await attempt.run(definition, self._options.interceptors)
        except CompleteLater:
            return self._leave_open(attempt, job)
        except BaseException as error:
            if _is_abandoned(error):
                raise
            return await self._fail(attempt, job, error)
        return await self._complete(attempt, job, result)

    def close(self) -> None:
        """Keep no attempt any longer that is to be completed from outside."""
        for keeper in self._outside:
            keeper.stop()
        self._outside.clear()

    def _leave_open(self, attempt: Attempt, job: Job) -> str:
        """Hold an attempt that will be completed from outside, without a slot, until it is over."""
        keeper = attempt.keeper()
        if keeper is not None:
            self._outside.add(keeper)
            keeper.on_end(lambda: self._outside.discard(keeper))
            keeper.start()
        _LOG.debug("%s will be completed from outside", job.name)
        return "left open"

    async def _complete(self, attempt: Attempt, job: Job, result: Any) -> str:
        if attempt.lost:
            return _dropped(job)
        complete = functools.partial(
            self._client.complete_activity_task,
            **attempt.lease,
            result=result,
            codec=attempt.codec,
            framing=attempt.framing,
        )
        try:
            await job.deliver(lambda: self._handover.send(complete))
        except PayloadEncodeError as error:
            message = f"the result of the activity cannot be sent: {error}"
            return await self._report(attempt, job, Failure(message, type(error).__name__, None, True))
        except ServerError as refusal:
            if isinstance(refusal, TaskLost) or is_refused_token(refusal) or is_passing(refusal):
                raise
            message = f"the server does not take the result of the activity: {refusal}"
            return await self._report(attempt, job, Failure(message, type(refusal).__name__, None, True))
        _LOG.debug("%s completed", job.name)
        return "completed"

    async def _fail(self, attempt: Attempt, job: Job, error: BaseException) -> str:
        if attempt.lost:
            return _dropped(job)
        # The message is the user's and may hold anything, so the log gets it only when asked for details.
        level = logging.INFO if isinstance(error, ActivityCancelled) else logging.WARNING
        _LOG.log(level, "%s failed: %s", job.name, type(error).__name__)
        _LOG.debug("%s failed", job.name, exc_info=error)
        return await self._report(attempt, job, describe(error, final=isinstance(error, PayloadDecodeError)))

    async def _report(self, attempt: Attempt, job: Job, failure: Failure) -> str:
        # Not in the run's codec: one that cannot be written would make even the failure unreportable.
        await job.deliver(
            lambda: self._client.fail_activity_task(
                **attempt.lease,
                framing=attempt.framing,
                message=failure.message,
                failure_type=failure.kind,
                stack_trace=failure.stack_trace,
                non_retryable=failure.non_retryable,
                details=failure.details,
            )
        )
        return "failed"


def _is_abandoned(error: BaseException) -> bool:
    """Return whether this worker cancelled the attempt; an activity may also cancel itself."""
    running = asyncio.current_task()
    cancelled = running is not None and running.cancelling() > 0
    return isinstance(error, asyncio.CancelledError | GeneratorExit) and cancelled


def _dropped(job: Job) -> str:
    _LOG.info("%s dropped: the attempt is no longer held by this worker", job.name)
    return "lost"
