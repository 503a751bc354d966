"""The OpenTelemetry recorder, read back by the SDK of OpenTelemetry."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import InMemoryMetricReader

from durable_workflow import Client
from durable_workflow.metrics import MetricsRecorder, OpenTelemetryMetrics
from support.rude_server import Say, rude_server
from support.wire_answers import description


def points(reader: InMemoryMetricReader) -> dict[str, list[Any]]:
    """Return the data points by the name of their instrument."""
    data = reader.get_metrics_data()
    assert data is not None
    scopes = [scope for resource in data.resource_metrics for scope in resource.scope_metrics]
    return {metric.name: list(metric.data.data_points) for scope in scopes for metric in scope.metrics}


def recorder_and_reader() -> tuple[OpenTelemetryMetrics, InMemoryMetricReader, MeterProvider]:
    reader = InMemoryMetricReader()
    provider = MeterProvider([reader], shutdown_on_exit=False)
    return OpenTelemetryMetrics(meter=provider.get_meter("test")), reader, provider


def test_counters_and_histograms() -> None:
    recorder, reader, provider = recorder_and_reader()
    assert isinstance(recorder, MetricsRecorder)
    recorder.increment("a", tags={"x": "1"})
    recorder.increment("a", 2.5, {"x": "1"})
    recorder.increment("a")
    recorder.record("b_seconds", 45.0, {"x": "1"})
    found = points(reader)
    assert {(point.attributes.get("x"), point.value) for point in found["a"]} == {("1", 3.5), (None, 1.0)}
    (point,) = found["b_seconds"]
    assert (point.sum, point.count) == (45.0, 1)
    # Buckets up to the longest poll, rather than the milliseconds that are OpenTelemetry's default.
    assert point.explicit_bounds[-1] == 300.0
    provider.shutdown()


def test_from_threads() -> None:
    recorder, reader, provider = recorder_and_reader()
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: [recorder.increment(f"a{n}") for n in range(50)], range(8)))
    assert {point.value for name in points(reader) for point in points(reader)[name]} == {8}
    provider.shutdown()


async def test_a_client_records_its_requests() -> None:
    recorder, reader, provider = recorder_and_reader()
    with rude_server(lambda request: Say(body=description())) as server:
        async with Client(server.url, metrics=recorder) as client:
            await client.describe_workflow("order-1")
    (point,) = points(reader)["durable_workflow_client_requests"]
    assert dict(point.attributes) == {"operation": "describeWorkflow", "status": "200"}
    provider.shutdown()


def test_the_global_meter_is_the_default() -> None:
    OpenTelemetryMetrics().increment("a")


def test_opentelemetry_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "opentelemetry.metrics", None)
    with pytest.raises(ImportError, match=r"pip install 'durable-workflow\[opentelemetry\]'"):
        OpenTelemetryMetrics()
