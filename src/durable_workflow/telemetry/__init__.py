"""Traces with OpenTelemetry, from the program that starts a workflow to the activities that it runs.

    from durable_workflow import Client, Worker, telemetry

    client = Client("http://localhost:8080", hooks=[telemetry.TracingHook()])
    worker = Worker(client, ..., interceptors=[telemetry.TracingInterceptor(client)])

A start puts the context of the moment into the workflow's memo, under the names of W3C Trace Context; workers
find it there, on any server of this protocol. Spans carry names and ids, never a payload, a token or the text
of an exception. Needs the extra `opentelemetry`.
"""

from __future__ import annotations

try:
    from ._client import TracingHook
    from ._worker import TracingInterceptor
except ImportError as error:
    if not (error.name or "").startswith("opentelemetry"):
        raise
    raise ImportError(
        "durable_workflow.telemetry needs opentelemetry-api: pip install 'durable-workflow[opentelemetry]'",
        name="opentelemetry",
    ) from error

__all__ = ["TracingHook", "TracingInterceptor"]
