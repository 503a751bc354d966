"""Workflow tasks: deliver what is new to the run's code, report the commands that follow."""

from __future__ import annotations

import functools
import logging
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from durable_workflow.errors import CallError, PayloadEncodeError, ServerError, TaskLost
from durable_workflow.replay import TaskOutcome
from durable_workflow.worker._catalogue import Catalogue
from durable_workflow.worker._failures import Failure, describe
from durable_workflow.worker._history import new_events
from durable_workflow.worker._intake import Handover
from durable_workflow.worker._jobs import Job
from durable_workflow.worker._leases import LeaseKeeper, renewal_interval
from durable_workflow.worker._membership import Membership
from durable_workflow.worker._newer_commands import not_taken
from durable_workflow.worker._options import Options
from durable_workflow.worker._residents import Residents, Visit
from durable_workflow.worker._trouble import is_passing, is_refused_token
from durable_workflow.worker.interceptors import WorkflowTaskCall, with_interceptors

if TYPE_CHECKING:
    from durable_workflow.client import Client

__all__ = ["WorkflowTasks"]

_LOG = logging.getLogger("durable_workflow.worker")

# Runs that are shorter than this cost no further request, and few events are read in vain for longer ones.
_LITTLE_HISTORY = 50

NOTHING_TO_DO = Failure(
    message="Workflow task waiting for scheduled history.",
    kind="WorkflowTaskWaitingForHistory",
    stack_trace=None,
)
"""What servers that take no empty completion want to hear instead."""


class WorkflowTasks:
    """Handles workflow tasks.

    A fault of the code, of a payload or of this worker fails the task and never the workflow: with other
    code, or on another worker, the workflow can go on.

    Args:
        client: the connection to the server.
        options: the worker's settings.
        catalogue: what the worker hosts.
        membership: tells what the server can do.
        residents: the runs that are kept live, and where their code runs.
        handover: brings an activity task that the commands create.
    """

    kind = "workflow"

    def __init__(
        self,
        client: Client,
        options: Options,
        catalogue: Catalogue,
        membership: Membership,
        residents: Residents,
        handover: Handover,
    ) -> None:
        self._client = client
        self._options = options
        self._catalogue = catalogue
        self._membership = membership
        self._residents = residents
        self._handover = handover
        self._around = [each.workflow_task for each in options.interceptors]

    async def poll(self) -> dict[str, Any] | None:
        """Wait for a workflow task."""
        return await self._client.poll_workflow_task(
            worker_id=self._options.worker_id,
            task_queue=self._options.task_queue,
            timeout=self._options.poll_timeout,
            build_id=self._options.build_id,
            history_page_size=self._first_page(),
        )

    def _first_page(self) -> int | None:
        """Return how many events should come with a task; None leaves it to the server.

        Where a server cannot leave out what a live run knows, little comes, and what is new is asked for.
        """
        tails = self._membership.offers("sticky_history_tail")
        return None if tails or not self._options.cached_workflows else _LITTLE_HISTORY

    async def handle(self, task: Mapping[str, Any], job: Job) -> str:
        """Move a task's run on and report what follows."""
        job.name = f"workflow task {task['task_id']} (workflow {task['workflow_id']}, run {task['run_id']})"
        async with self._residents.visit(task["run_id"], task["task_id"]) as visit:
            try:
                outcome = await self._advance(task, visit)
            except CallError as error:
                # A refusal that will not pass is the task's own fault; anything else ends the job.
                if isinstance(error, TaskLost) or is_refused_token(error) or is_passing(error):
                    raise
                return await self._fail(task, job, describe(error))
            except (Exception, SystemExit, KeyboardInterrupt) as error:
                return await self._fail(task, job, describe(error))
            failure = await self._complete(task, job, outcome)
            # Only what the server has recorded may stay: the run believes that its commands are in history.
            visit.keep = failure in (None, NOTHING_TO_DO) and not outcome.finished
            return "completed" if failure is None else "failed"

    async def _advance(self, task: Mapping[str, Any], visit: Visit) -> TaskOutcome:
        renew = functools.partial(self._client.heartbeat_workflow_task, **_lease(task))
        with LeaseKeeper(renew, renewal_interval(task), f"workflow task {task['task_id']}"):
            definition = self._catalogue.workflow(task["workflow_type"])
            events = await new_events(self._client, task, seen=visit.seen, after=visit.before)
            call = WorkflowTaskCall(
                workflow_id=task["workflow_id"],
                run_id=task["run_id"],
                definition=definition,
                events=events,
                is_live=visit.live is not None,
                task=task,
            )
            outcome: TaskOutcome = await with_interceptors(
                self._around, functools.partial(self._residents.advance, visit, self._only_update(task))
            )(call)
            return outcome

    def _only_update(self, task: Mapping[str, Any]) -> str | None:
        named = task.get("workflow_update_id")
        # Servers of protocol 1.0 refuse answers to any other update than the one that the task names.
        return None if named is None or self._membership.offers("answers_any_update") else str(named)

    async def _complete(self, task: Mapping[str, Any], job: Job, outcome: TaskOutcome) -> Failure | None:
        """Report the commands; returns the failure that was reported instead, if they could not be."""
        if not outcome.commands and not self._membership.capabilities.get("empty_workflow_task_completion"):
            return await self._failed(task, job, NOTHING_TO_DO)
        refusal = not_taken(outcome.commands, self._membership.capabilities)
        if refusal is not None:
            return await self._failed(task, job, describe(refusal))
        commands = list(outcome.commands)
        complete = functools.partial(self._client.complete_workflow_task, **_lease(task), commands=commands)
        try:
            if any(command["type"] == "schedule_activity" for command in commands):
                await job.deliver(lambda: self._handover.send(complete))
            else:
                await job.deliver(complete)
        except ServerError as error:
            if isinstance(error, TaskLost) or is_refused_token(error) or is_passing(error):
                raise
            return await self._failed(task, job, describe(error) if outcome.commands else NOTHING_TO_DO)
        except PayloadEncodeError as error:
            # Too large for the server; nothing was sent, and other code or another limit may do better.
            return await self._failed(task, job, describe(error))
        _log_outcome(job, task, outcome)
        return None

    async def _fail(self, task: Mapping[str, Any], job: Job, failure: Failure) -> str:
        await self._failed(task, job, failure)
        return "failed"

    async def _failed(self, task: Mapping[str, Any], job: Job, failure: Failure) -> Failure:
        level = logging.DEBUG if failure is NOTHING_TO_DO else logging.ERROR
        _LOG.log(level, "%s failed: %s: %s", job.name, failure.kind, failure.message)
        await job.deliver(
            lambda: self._client.fail_workflow_task(
                **_lease(task),
                message=failure.message,
                failure_type=failure.kind,
                stack_trace=failure.stack_trace,
            )
        )
        return failure


def _lease(task: Mapping[str, Any]) -> dict[str, Any]:
    return {name: task[name] for name in ("task_id", "lease_owner", "workflow_task_attempt")}


def _log_outcome(job: Job, task: Mapping[str, Any], outcome: TaskOutcome) -> None:
    if outcome.failure is not None:
        kind = type(outcome.failure).__name__
        _LOG.warning("workflow %s (run %s) failed: %s", task["workflow_id"], task["run_id"], kind)
    elif outcome.finished:
        _LOG.info("workflow %s (run %s) is finished", task["workflow_id"], task["run_id"])
    else:
        _LOG.debug("%s completed with %d commands", job.name, len(outcome.commands))
