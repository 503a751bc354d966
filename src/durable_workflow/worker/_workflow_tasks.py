"""Workflow tasks: replay the history, report the commands that follow."""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from durable_workflow.codec import AVRO_CODEC, Framing, decode_envelope, framing_of
from durable_workflow.errors import CallError, PayloadDecodeError, ServerError, TaskLost
from durable_workflow.replay import TaskInput, TaskOutcome, replay_task
from durable_workflow.worker._catalogue import Catalogue
from durable_workflow.worker._failures import Failure, describe
from durable_workflow.worker._history import whole_history
from durable_workflow.worker._intake import Handover
from durable_workflow.worker._jobs import Job
from durable_workflow.worker._lanes import Lanes
from durable_workflow.worker._membership import Membership
from durable_workflow.worker._options import Options
from durable_workflow.worker._threads import Threads
from durable_workflow.worker._trouble import is_passing, is_refused_token
from durable_workflow.workflow import WorkflowDefinition

if TYPE_CHECKING:
    from durable_workflow.client import Client

__all__ = ["WorkflowTasks"]

_LOG = logging.getLogger("durable_workflow.worker")

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
        threads: where replay runs.
        handover: brings an activity task that the commands create.
    """

    kind = "workflow"

    def __init__(
        self,
        client: Client,
        options: Options,
        catalogue: Catalogue,
        membership: Membership,
        threads: Threads,
        handover: Handover,
    ) -> None:
        self._client = client
        self._options = options
        self._catalogue = catalogue
        self._membership = membership
        self._threads = threads
        self._handover = handover
        self._lanes = Lanes()

    async def poll(self) -> dict[str, Any] | None:
        """Wait for a workflow task."""
        return await self._client.poll_workflow_task(
            worker_id=self._options.worker_id,
            task_queue=self._options.task_queue,
            timeout=self._options.poll_timeout,
        )

    async def handle(self, task: Mapping[str, Any], job: Job) -> str:
        """Replay a task's run and report what follows."""
        job.name = f"workflow task {task['task_id']} (workflow {task['workflow_id']}, run {task['run_id']})"
        async with self._lanes.enter(task["run_id"], task["task_id"]) as before:
            try:
                definition = self._catalogue.workflow(task["workflow_type"])
                history = await whole_history(self._client, task, after=before)
                outcome = await self._threads.run(_replay(definition, task, history))
            except CallError as error:
                # A refusal that will not pass is the task's own fault; anything else ends the job.
                if isinstance(error, TaskLost) or is_refused_token(error) or is_passing(error):
                    raise
                return await self._fail(task, job, describe(error))
            except (Exception, SystemExit, KeyboardInterrupt) as error:
                return await self._fail(task, job, describe(error))
            return await self._complete(task, job, outcome)

    async def _complete(self, task: Mapping[str, Any], job: Job, outcome: TaskOutcome) -> str:
        if not outcome.commands and not self._membership.capabilities.get("empty_workflow_task_completion"):
            return await self._fail(task, job, NOTHING_TO_DO)
        commands = list(outcome.commands)
        complete = functools.partial(self._client.complete_workflow_task, **_lease(task), commands=commands)
        try:
            if any(command["type"] == "schedule_activity" for command in commands):
                await job.deliver(lambda: self._handover.send(complete))
            else:
                await job.deliver(complete)
        except ServerError as refusal:
            if isinstance(refusal, TaskLost) or is_refused_token(refusal) or is_passing(refusal):
                raise
            return await self._fail(task, job, describe(refusal) if outcome.commands else NOTHING_TO_DO)
        _log_outcome(job, task, outcome)
        return "completed"

    async def _fail(self, task: Mapping[str, Any], job: Job, failure: Failure) -> str:
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
        return "failed"


def _replay(
    definition: WorkflowDefinition, task: Mapping[str, Any], history: Sequence[Mapping[str, Any]]
) -> Callable[[], TaskOutcome]:
    def replay() -> TaskOutcome:
        # Decoding happens in the thread too: large arguments must not stop the loop.
        codec = task.get("payload_codec") or AVRO_CODEC
        arguments = decode_envelope(task.get("arguments"), codec)
        return replay_task(
            TaskInput(
                definition=definition,
                workflow_id=task["workflow_id"],
                run_id=task["run_id"],
                arguments=as_arguments(arguments),
                history=history,
                payload_codec=codec,
                task_queue=task.get("task_queue") or "",
                resume_source_kind=task.get("resume_source_kind"),
                framing=_framing(task.get("arguments")),
            )
        )

    return replay


def as_arguments(decoded: Any) -> list[Any]:
    """Return decoded arguments as the list of positional arguments.

    Args:
        decoded: the list; any other value is the only argument, and None means none.
    """
    if decoded is None:
        return []
    return decoded if isinstance(decoded, list) else [decoded]


def _framing(arguments: Any) -> Framing:
    """Return the framing in which a run's payloads are written: that of its start arguments."""
    blob = arguments.get("blob") if isinstance(arguments, Mapping) else arguments
    try:
        return framing_of(blob) if isinstance(blob, str) else "wrapper"
    except PayloadDecodeError:
        return "wrapper"


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
