"""The three recorders."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import prometheus_client
import pytest

from durable_workflow import metrics
from durable_workflow.metrics import InMemoryMetrics, MetricsRecorder, NoopMetrics, PrometheusMetrics

Registry = prometheus_client.CollectorRegistry


def test_all_are_recorders() -> None:
    recorders: list[MetricsRecorder] = [
        NoopMetrics(),
        InMemoryMetrics(),
        PrometheusMetrics(registry=Registry()),
    ]
    for recorder in recorders:
        assert isinstance(recorder, MetricsRecorder)
        recorder.increment("a")
        recorder.increment("a", 2.0)
        recorder.record("b_seconds", 0.5)
    assert not isinstance(object(), MetricsRecorder)


def test_names() -> None:
    names = {getattr(metrics, name) for name in metrics.__all__ if name.isupper()}
    assert names == {
        "durable_workflow_client_requests",
        "durable_workflow_client_request_duration_seconds",
        "durable_workflow_worker_polls",
        "durable_workflow_worker_poll_duration_seconds",
        "durable_workflow_worker_tasks",
        "durable_workflow_worker_task_duration_seconds",
    }


def test_in_memory_counters() -> None:
    recorder = InMemoryMetrics()
    recorder.increment("a")
    recorder.increment("a", 2.5, {"x": "1", "y": "2"})
    recorder.increment("a", tags={"y": "2", "x": "1"})
    recorder.increment("b", 100)
    assert recorder.counter_value("a") == 4.5
    assert recorder.counter_value("a", {}) == 1.0
    assert recorder.counter_value("a", {"x": "1", "y": "2"}) == 3.5
    assert recorder.counter_value("a", {"x": "1"}) == 0.0
    assert recorder.counter_value("none") == 0.0


def test_in_memory_observations() -> None:
    recorder = InMemoryMetrics()
    recorder.record("a", 3.0, {"x": "1"})
    recorder.record("a", 1.0)
    recorder.record("b", 9.0)
    recorder.record("a", 2.0, {"x": "1"})
    assert recorder.observations("a") == [3.0, 1.0, 2.0]
    assert recorder.observations("a", {"x": "1"}) == [3.0, 2.0]
    assert recorder.observations("a", {}) == [1.0]
    assert recorder.observations("none") == []


def test_in_memory_from_threads() -> None:
    recorder = InMemoryMetrics()

    def work(_: int) -> None:
        for _ in range(2000):
            recorder.increment("a")
            recorder.record("b", 1.0)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(8)))
    assert recorder.counter_value("a") == 16000
    assert len(recorder.observations("b")) == 16000


def sample(registry: Registry, name: str, **labels: str) -> float | None:
    return registry.get_sample_value(name, labels)


def test_prometheus_counts_and_observes() -> None:
    registry = Registry()
    recorder = PrometheusMetrics(registry=registry)
    tags = {"operation": "startWorkflow", "outcome": "ok"}
    recorder.increment(metrics.CLIENT_REQUESTS, tags=tags)
    recorder.increment(metrics.CLIENT_REQUESTS, 2, tags)
    recorder.record(metrics.CLIENT_REQUEST_DURATION_SECONDS, 45.0, tags)
    assert sample(registry, metrics.CLIENT_REQUESTS + "_total", **tags) == 3.0
    seconds = metrics.CLIENT_REQUEST_DURATION_SECONDS
    assert sample(registry, seconds + "_sum", **tags) == 45.0
    assert sample(registry, seconds + "_bucket", **tags, le="30.0") == 0.0
    assert sample(registry, seconds + "_bucket", **tags, le="60.0") == 1.0


def test_prometheus_recorders_share_a_registry() -> None:
    registry = Registry()
    for _ in range(2):
        PrometheusMetrics(registry=registry).increment("a")
    PrometheusMetrics(registry=Registry()).increment("a")
    assert sample(registry, "a_total") == 2.0


def test_prometheus_default_registry() -> None:
    PrometheusMetrics().increment("durable_workflow_test_default_registry")
    assert sample(prometheus_client.REGISTRY, "durable_workflow_test_default_registry_total") == 1.0


def test_prometheus_tolerates_other_tags() -> None:
    registry = Registry()
    recorder = PrometheusMetrics(registry=registry)
    recorder.increment("a", tags={"x": "1"})
    recorder.increment("a")
    with pytest.warns(RuntimeWarning, match=r"metric a began with the labels \['x'\]; later tags \['y'\]"):
        recorder.increment("a", tags={"x": "1", "y": "2"})
    recorder.increment("a", tags={"x": "1", "y": "3"})
    assert sample(registry, "a_total", x="1") == 3.0
    assert sample(registry, "a_total", x="") == 1.0


def test_prometheus_refuses_one_name_for_two_kinds() -> None:
    recorder = PrometheusMetrics(registry=Registry())
    recorder.increment("a")
    with pytest.raises(ValueError, match="a"):
        recorder.record("a", 1.0)


def test_prometheus_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "prometheus_client", None)
    with pytest.raises(ImportError, match=r"pip install 'durable-workflow\[prometheus\]'"):
        PrometheusMetrics()


def test_prometheus_from_threads() -> None:
    registry = Registry()
    recorder = PrometheusMetrics(registry=registry)

    def work(index: int) -> Any:
        for number in range(50):
            recorder.increment(f"a{number}", tags={"x": str(index % 2)})

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(8)))
    assert all(sample(registry, f"a{number}_total", x="0") == 4.0 for number in range(50))
