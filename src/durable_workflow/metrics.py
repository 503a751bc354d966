"""Measurements that the client and the worker take, and where they go.

    client = Client("http://localhost:8080", metrics=PrometheusMetrics())

Anything with the two methods of `MetricsRecorder` can be passed as `metrics`. Counters count events,
observations are durations in seconds; tags have few values each (an operation, an outcome), never ids.
"""

from __future__ import annotations

import functools
import threading
import warnings
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final, Protocol, TypeVar, runtime_checkable
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from opentelemetry import metrics as otel
    from prometheus_client import CollectorRegistry, Counter, Histogram

__all__ = [
    "CLIENT_REQUESTS",
    "CLIENT_REQUEST_DURATION_SECONDS",
    "WORKER_POLLS",
    "WORKER_POLL_DURATION_SECONDS",
    "WORKER_TASKS",
    "WORKER_TASK_DURATION_SECONDS",
    "InMemoryMetrics",
    "MetricsRecorder",
    "NoopMetrics",
    "OpenTelemetryMetrics",
    "PrometheusMetrics",
]

CLIENT_REQUESTS: Final = "durable_workflow_client_requests"
CLIENT_REQUEST_DURATION_SECONDS: Final = "durable_workflow_client_request_duration_seconds"
WORKER_POLLS: Final = "durable_workflow_worker_polls"
WORKER_POLL_DURATION_SECONDS: Final = "durable_workflow_worker_poll_duration_seconds"
WORKER_TASKS: Final = "durable_workflow_worker_tasks"
WORKER_TASK_DURATION_SECONDS: Final = "durable_workflow_worker_task_duration_seconds"

Tags = Mapping[str, str]

# From a local answer up to the longest long poll and beyond, for activities.
_BUCKETS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0)


@runtime_checkable
class MetricsRecorder(Protocol):
    """Receives measurements; called from several threads, and must return quickly."""

    def increment(self, name: str, value: float = 1.0, tags: Tags | None = None) -> None:
        """Add to a counter.

        Args:
            name: Name of the counter.
            value: How much to add, not negative.
            tags: What distinguishes this event, by tag name.
        """

    def record(self, name: str, value: float, tags: Tags | None = None) -> None:
        """Record one observation.

        Args:
            name: Name of what is observed.
            value: The observed value; for names that end in `_seconds`, seconds.
            tags: What distinguishes this observation, by tag name.
        """


class NoopMetrics:
    """Drops every measurement; the default."""

    def increment(self, name: str, value: float = 1.0, tags: Tags | None = None) -> None:
        """Do nothing."""

    def record(self, name: str, value: float, tags: Tags | None = None) -> None:
        """Do nothing."""


_Series = tuple[str, frozenset[tuple[str, str]]]


class InMemoryMetrics:
    """Keeps every measurement in memory, for tests and small scripts."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counters: dict[_Series, float] = {}
        self._observations: list[tuple[_Series, float]] = []

    def increment(self, name: str, value: float = 1.0, tags: Tags | None = None) -> None:
        """Add to a counter."""
        series = _series(name, tags)
        with self._lock:
            self._counters[series] = self._counters.get(series, 0.0) + value

    def record(self, name: str, value: float, tags: Tags | None = None) -> None:
        """Record one observation."""
        with self._lock:
            self._observations.append((_series(name, tags), value))

    def counter_value(self, name: str, tags: Tags | None = None) -> float:
        """Read a counter.

        Args:
            name: Name of the counter.
            tags: Exactly the tags it was incremented with; None adds up the counter over all its tags.

        Returns:
            The sum, 0.0 for a counter that was never incremented.
        """
        with self._lock:
            return sum((v for s, v in self._counters.items() if _selected(s, name, tags)), 0.0)

    def observations(self, name: str, tags: Tags | None = None) -> list[float]:
        """Read observations in the order in which they were recorded.

        Args:
            name: Name of what was observed.
            tags: Exactly the tags they were recorded with; None selects them all.
        """
        with self._lock:
            return [v for s, v in self._observations if _selected(s, name, tags)]


def _series(name: str, tags: Tags | None) -> _Series:
    return name, frozenset((tags or {}).items())


def _selected(series: _Series, name: str, tags: Tags | None) -> bool:
    return series[0] == name and (tags is None or series == _series(name, tags))


class _Collectors:
    """The collectors of one registry, which refuses to hold two of the same name."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.counters: dict[str, tuple[Counter, tuple[str, ...]]] = {}
        self.histograms: dict[str, tuple[Histogram, tuple[str, ...]]] = {}
        self.reported: set[str] = set()


_Metric = TypeVar("_Metric", "Counter", "Histogram")
_collectors: WeakKeyDictionary[CollectorRegistry, _Collectors] = WeakKeyDictionary()
_collectors_lock = threading.Lock()


class PrometheusMetrics:
    """Hands every measurement to `prometheus_client`: counters as counters, observations as histograms.

    Recorders on the same registry share their metrics. The first measurement of a name fixes its labels;
    a label that a later one lacks is empty, a tag that a later one adds is left out with a warning.

    Args:
        registry: Where the metrics are registered; `prometheus_client.REGISTRY` by default.

    Raises:
        ImportError: If prometheus-client is not installed.
    """

    def __init__(self, *, registry: CollectorRegistry | None = None) -> None:
        try:
            import prometheus_client
        except ImportError as error:
            raise ImportError(
                "PrometheusMetrics needs prometheus-client: pip install 'durable-workflow[prometheus]'",
                name="prometheus_client",
            ) from error
        self._library = prometheus_client
        self._registry = prometheus_client.REGISTRY if registry is None else registry
        with _collectors_lock:
            self._collectors = _collectors.setdefault(self._registry, _Collectors())

    def increment(self, name: str, value: float = 1.0, tags: Tags | None = None) -> None:
        """Add to the counter; Prometheus shows it with the suffix `_total`.

        Raises:
            ValueError: If the name or a tag is impossible in Prometheus, or the name is of another kind.
        """
        self._child(self._collectors.counters, self._library.Counter, name, tags).inc(value)

    def record(self, name: str, value: float, tags: Tags | None = None) -> None:
        """Add one observation to the histogram.

        Raises:
            ValueError: If the name or a tag is impossible in Prometheus, or the name is of another kind.
        """
        histogram = functools.partial(self._library.Histogram, buckets=_BUCKETS)
        self._child(self._collectors.histograms, histogram, name, tags).observe(value)

    def _child(
        self,
        made: dict[str, tuple[_Metric, tuple[str, ...]]],
        make: Callable[..., _Metric],
        name: str,
        tags: Tags | None,
    ) -> _Metric:
        tags = tags or {}
        with self._collectors.lock:
            if name not in made:
                labels = tuple(sorted(tags))
                made[name] = make(name, _help(name), labels, registry=self._registry), labels
            metric, labels = made[name]
        self._report_new(name, labels, tags)
        return metric.labels(*[tags.get(label, "") for label in labels]) if labels else metric

    def _report_new(self, name: str, labels: tuple[str, ...], tags: Tags) -> None:
        if tags.keys() <= set(labels) or name in self._collectors.reported:
            return
        self._collectors.reported.add(name)
        new = sorted(tags.keys() - set(labels))
        message = f"metric {name} began with the labels {list(labels)}; later tags {new} are left out"
        warnings.warn(message, RuntimeWarning, stacklevel=4)


def _help(name: str) -> str:
    return name.replace("_", " ").capitalize() + "."


class OpenTelemetryMetrics:
    """Hands every measurement to OpenTelemetry: counters as counters, observations as histograms in seconds.

    Args:
        meter: What makes the instruments; that of the global meter provider by default.

    Raises:
        ImportError: If opentelemetry-api is not installed.
    """

    def __init__(self, *, meter: otel.Meter | None = None) -> None:
        if meter is None:
            try:
                from opentelemetry.metrics import get_meter
            except ImportError as error:
                raise ImportError(
                    "OpenTelemetryMetrics needs opentelemetry-api:"
                    " pip install 'durable-workflow[opentelemetry]'",
                    name="opentelemetry",
                ) from error
            meter = get_meter("durable_workflow")
        self._meter = meter
        self._lock = threading.Lock()
        self._counters: dict[str, otel.Counter] = {}
        self._histograms: dict[str, otel.Histogram] = {}

    def increment(self, name: str, value: float = 1.0, tags: Tags | None = None) -> None:
        """Add to the counter."""
        counter = self._counters.get(name)
        if counter is None:
            with self._lock:
                counter = self._counters.setdefault(
                    name, self._meter.create_counter(name, description=_help(name))
                )
        counter.add(value, dict(tags or {}))

    def record(self, name: str, value: float, tags: Tags | None = None) -> None:
        """Add one observation to the histogram."""
        histogram = self._histograms.get(name)
        if histogram is None:
            with self._lock:
                histogram = self._histograms.setdefault(name, self._make_histogram(name))
        histogram.record(value, dict(tags or {}))

    def _make_histogram(self, name: str) -> otel.Histogram:
        unit = "s" if name.endswith("_seconds") else ""
        return self._meter.create_histogram(
            name, unit, _help(name), explicit_bucket_boundaries_advisory=_BUCKETS
        )
