"""Spans of requests, and the context that a start carries."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from opentelemetry import trace

from durable_workflow.hooks import AttemptOutcome, RequestAttempt, RequestHook

from ._context import carried

__all__ = ["TracingHook"]


class TracingHook(RequestHook):
    """Makes a span of each attempt of each request, under the span of the caller.

    The span's context goes to the server in the header `traceparent`. A workflow that is started under a span
    has its context in the memo, where `TracingInterceptor` finds it.

    Args:
        tracer_provider: What makes the tracer; the global one by default.
    """

    def __init__(self, *, tracer_provider: trace.TracerProvider | None = None) -> None:
        self._tracer = trace.get_tracer("durable_workflow.client", tracer_provider=tracer_provider)
        self._open: dict[RequestAttempt, trace.Span] = {}

    def on_request(self, attempt: RequestAttempt) -> None:
        """Begin the span and put its context into the request."""
        span = self._tracer.start_span(
            attempt.operation, kind=trace.SpanKind.CLIENT, attributes=_attributes(attempt)
        )
        self._open[attempt] = span
        attempt.headers.update(carried(trace.set_span_in_context(span)))

    def on_answer(self, attempt: RequestAttempt, outcome: AttemptOutcome) -> None:
        """End the span."""
        span = self._open.pop(attempt, None)
        if span is None:
            return
        if outcome.status is not None:
            span.set_attribute("http.response.status_code", outcome.status)
        if outcome.fault is not None or (outcome.status or 0) >= 400:
            span.set_attribute("error.type", outcome.fault or str(outcome.status))
            span.set_status(trace.StatusCode.ERROR)
        span.end()

    def start_memo(self, workflow_id: str) -> Mapping[str, Any]:
        """Carry the caller's context."""
        return carried()


def _attributes(attempt: RequestAttempt) -> dict[str, str | int]:
    return {
        "http.request.method": attempt.method,
        "durable_workflow.operation": attempt.operation,
        "durable_workflow.namespace": attempt.namespace,
        "durable_workflow.attempt": attempt.number,
        **{f"durable_workflow.{name}": value for name, value in attempt.ids.items()},
    }
