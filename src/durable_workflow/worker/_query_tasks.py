"""Query tasks: bring a run to where its history leaves it, ask it, report the answer."""

from __future__ import annotations

import functools
import logging
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from durable_workflow.codec import decode_envelope
from durable_workflow.errors import PayloadDecodeError, PayloadEncodeError, QueryFailed, UnknownWorkflowType
from durable_workflow.worker._catalogue import Catalogue
from durable_workflow.worker._failures import describe
from durable_workflow.worker._jobs import Job
from durable_workflow.worker._options import Options
from durable_workflow.worker._residents import Residents
from durable_workflow.worker._runs import as_arguments, codec_of, framing_of_run
from durable_workflow.worker.interceptors import QueryCall, with_interceptors

if TYPE_CHECKING:
    from durable_workflow.client import Client

__all__ = ["QueryTasks"]

_LOG = logging.getLogger("durable_workflow.worker")


class QueryTasks:
    """Handles query tasks. Whatever goes wrong is told to who asked, and leaves the run as it is.

    Args:
        client: the connection to the server.
        options: the worker's settings.
        catalogue: what the worker hosts.
        residents: the runs that are kept live, and where their code runs.
    """

    kind = "query"

    def __init__(self, client: Client, options: Options, catalogue: Catalogue, residents: Residents) -> None:
        self._client = client
        self._options = options
        self._catalogue = catalogue
        self._residents = residents
        self._around = [each.query for each in options.interceptors]

    async def poll(self) -> dict[str, Any] | None:
        """Wait for a query task."""
        return await self._client.poll_query_task(
            worker_id=self._options.worker_id,
            task_queue=self._options.task_queue,
            timeout=self._options.poll_timeout,
            build_id=self._options.build_id,
        )

    async def handle(self, task: Mapping[str, Any], job: Job) -> str:
        """Answer a query."""
        job.name = f"query {task['query_name']!r} (workflow {task['workflow_id']}, run {task['run_id']})"
        try:
            result = await self._answer(task)
        except (Exception, SystemExit, KeyboardInterrupt) as error:
            return await self._fail(task, job, error)
        await job.deliver(
            lambda: self._client.complete_query_task(
                **_lease(task),
                result=result,
                codec=codec_of(task),
                framing=framing_of_run(task.get("workflow_arguments")),
            )
        )
        return "completed"

    async def _answer(self, task: Mapping[str, Any]) -> Any:
        call = QueryCall(
            workflow_id=task["workflow_id"],
            run_id=task["run_id"],
            definition=self._catalogue.workflow(task["workflow_type"]),
            query_name=task["query_name"],
            arguments=_arguments(task),
            task=task,
        )
        ask = functools.partial(self._residents.ask, task, _history(task))
        return await with_interceptors(self._around, ask)(call)

    async def _fail(self, task: Mapping[str, Any], job: Job, error: BaseException) -> str:
        _LOG.debug("%s failed", job.name, exc_info=error)
        failure = describe(error)
        await job.deliver(
            lambda: self._client.fail_query_task(
                **_lease(task),
                message=failure.message,
                reason=_reason(error),
                failure_type=failure.kind,
                stack_trace=failure.stack_trace,
            )
        )
        return "failed"


def _lease(task: Mapping[str, Any]) -> dict[str, Any]:
    return {name: task[name] for name in ("query_task_id", "lease_owner", "query_task_attempt")}


def _history(task: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    events = task.get("history_events")
    export = task.get("history_export")
    if not events and isinstance(export, Mapping):
        # Later servers send a bundle where the history is long.
        events = export.get("history_events")
    return events or []


def _arguments(task: Mapping[str, Any]) -> list[Any]:
    arguments = task.get("query_arguments")
    # Servers of protocol 1.0 say "none" with an envelope of nulls.
    if (
        isinstance(arguments, Mapping)
        and arguments.get("blob") is None
        and "external_storage" not in arguments
    ):
        return []
    return as_arguments(decode_envelope(arguments, codec_of(task)))


def _reason(error: BaseException) -> str:
    if isinstance(error, QueryFailed) and error.reason_code:
        return error.reason_code
    if isinstance(error, UnknownWorkflowType):
        return "query_workflow_type_not_registered"
    if isinstance(error, PayloadDecodeError | PayloadEncodeError):
        return "query_payload_decode_failed"
    return "query_rejected"
