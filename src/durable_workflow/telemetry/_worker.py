"""Spans of tasks, under the context that their workflow was started in."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from opentelemetry import trace

from durable_workflow.errors import DurableWorkflowError
from durable_workflow.worker.interceptors import (
    ActivityCall,
    ActivityProceed,
    QueryCall,
    QueryProceed,
    WorkerInterceptor,
    WorkflowTaskCall,
    WorkflowTaskProceed,
)

from ._context import Contexts, context_in, start_memo_in

if TYPE_CHECKING:
    from opentelemetry.context import Context

    from durable_workflow.client import Client
    from durable_workflow.replay import TaskOutcome

__all__ = ["TracingInterceptor"]


class TracingInterceptor(WorkerInterceptor):
    """Makes a span of each workflow task, activity attempt and query, under the span of the workflow's start.

    Spans that an activity makes are children of its own.

    Args:
        client: Asked once for the memo of a run that this worker has not seen begin, for example where
            activities have workers of their own. Its control token must be allowed to describe workflows;
            without a client, or where the server refuses, such a span has no parent.
        tracer_provider: What makes the tracer; the global one by default.
    """

    def __init__(
        self, client: Client | None = None, *, tracer_provider: trace.TracerProvider | None = None
    ) -> None:
        self._client = client
        self._tracer = trace.get_tracer("durable_workflow.worker", tracer_provider=tracer_provider)
        self._contexts = Contexts()

    async def workflow_task(self, call: WorkflowTaskCall, proceed: WorkflowTaskProceed) -> TaskOutcome:
        """Stand around a workflow task."""
        if call.run_id not in self._contexts:
            memo = start_memo_in(call.events)
            if memo is not None:
                self._contexts.remember(call.run_id, context_in(memo))
        about = {**_ids(call), "workflow_type": str(call.definition.name)}
        parent = await self._parent(call.workflow_id, call.run_id)
        with self._span(f"workflow task {call.definition.name}", parent, about) as span:
            outcome = await proceed(call)
            if outcome.failure is not None:
                _mark(span, outcome.failure)
            return outcome

    async def activity(self, call: ActivityCall, proceed: ActivityProceed) -> Any:
        """Stand around an attempt of an activity."""
        info = call.info
        about: dict[str, str | int] = {
            "workflow_id": info.workflow_id,
            "run_id": info.run_id,
            "activity_type": info.activity_type,
            "activity_execution_id": info.activity_execution_id,
            "task_queue": info.task_queue,
            "attempt": info.attempt_number,
        }
        parent = await self._parent(info.workflow_id, info.run_id)
        with self._span(f"activity {info.activity_type}", parent, about):
            return await proceed(call)

    async def query(self, call: QueryCall, proceed: QueryProceed) -> Any:
        """Stand around a query."""
        about = {**_ids(call), "query_name": call.query_name}
        parent = await self._parent(call.workflow_id, call.run_id)
        with self._span(f"query {call.query_name}", parent, about):
            return await proceed(call)

    @contextlib.contextmanager
    def _span(
        self, name: str, parent: Context | None, about: Mapping[str, str | int]
    ) -> Iterator[trace.Span]:
        # An exception's text may quote a payload, so OpenTelemetry does not record it.
        with self._tracer.start_as_current_span(
            name,
            context=parent,
            kind=trace.SpanKind.CONSUMER,
            attributes={f"durable_workflow.{member}": value for member, value in about.items()},
            record_exception=False,
            set_status_on_exception=False,
        ) as span:
            try:
                yield span
            except BaseException as error:
                _mark(span, error)
                raise

    async def _parent(self, workflow_id: str, run_id: str) -> Context | None:
        if run_id not in self._contexts and self._client is not None and run_id:
            self._contexts.remember(run_id, await self._asked_for(self._client, workflow_id, run_id))
        return self._contexts.get(run_id)

    async def _asked_for(self, client: Client, workflow_id: str, run_id: str) -> Context | None:
        try:
            return context_in((await client.describe_workflow(workflow_id, run_id=run_id)).memo)
        except DurableWorkflowError:
            # A task matters more than its trace.
            return None


def _ids(call: WorkflowTaskCall | QueryCall) -> dict[str, str]:
    return {"workflow_id": call.workflow_id, "run_id": call.run_id}


def _mark(span: trace.Span, error: BaseException) -> None:
    span.set_attribute("error.type", type(error).__qualname__)
    span.set_status(trace.StatusCode.ERROR)
