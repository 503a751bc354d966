"""What a worker was told at construction, checked once."""

from __future__ import annotations

import math
import os
import secrets
import socket
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from durable_workflow.errors import InvalidArgument
from durable_workflow.metrics import MetricsRecorder
from durable_workflow.replay import GuardMode
from durable_workflow.worker.interceptors import WorkerInterceptor

__all__ = ["Options", "default_worker_id"]

_LONGEST_ID = 255


@dataclass(frozen=True, slots=True)
class Options:
    """The settings of a worker.

    Args:
        task_queue: the queue whose tasks it takes.
        worker_id: name of this process towards the server.
        poll_timeout: longest wait for the answer to one poll, in seconds.
        workflow_slots: workflow tasks in hand at the same time.
        activity_slots: activities that run at the same time.
        shutdown_timeout: how long work in hand may go on after a stop, in seconds.
        metrics: where measurements go.
        build_id: build of this worker's code.
        query_slots: queries answered at the same time.
        cached_workflows: runs kept live between their tasks.
        heartbeat_interval: seconds between two signs of life of the worker.
        start_timeout: how long to wait at the start for a server that is not there, in seconds; None waits
            for ever.
        interceptors: what stands around tasks.
        activities_per_second: activities that may begin per second; None for no limit.
        activity_rates: the same by type of activity.
        activity_processes: processes for activities that ask for one.
        determinism_guard: what to do about workflow code that no replay can repeat.

    Raises:
        InvalidArgument: a value is out of its range.
    """

    task_queue: str
    worker_id: str
    poll_timeout: float
    workflow_slots: int
    activity_slots: int
    shutdown_timeout: float
    metrics: MetricsRecorder
    build_id: str | None = None
    query_slots: int = 10
    cached_workflows: int = 1000
    heartbeat_interval: int = 20
    start_timeout: float | None = 300.0
    interceptors: tuple[WorkerInterceptor, ...] = ()
    activities_per_second: float | None = None
    activity_rates: Mapping[str, float] = field(default_factory=dict)
    activity_processes: int = 1
    determinism_guard: GuardMode = "warn"

    def __post_init__(self) -> None:
        _check_id("task_queue", self.task_queue)
        _check_id("worker_id", self.worker_id)
        _check_slots("max_concurrent_workflow_tasks", self.workflow_slots)
        _check_slots("max_concurrent_activity_tasks", self.activity_slots)
        _check_seconds("poll_timeout", self.poll_timeout, positive=True)
        _check_seconds("shutdown_timeout", self.shutdown_timeout, positive=False)
        _check_slots("max_concurrent_query_tasks", self.query_slots)
        _check_slots("max_cached_workflows", self.cached_workflows, least=0)
        _check_slots("heartbeat_interval", self.heartbeat_interval)
        if self.determinism_guard not in ("off", "warn", "raise"):
            given = f"{self.determinism_guard!r:.80}"
            raise InvalidArgument(f'determinism_guard must be "off", "warn" or "raise", not {given}')
        if self.build_id is not None:
            _check_id("build_id", self.build_id)
        _check_slots("max_activity_processes", self.activity_processes)
        if self.activities_per_second is not None:
            _check_rate("max_activities_per_second", self.activities_per_second)
        for name, rate in self.activity_rates.items():
            _check_rate(f"activity_rates[{name!r}]", rate)
        if self.start_timeout is not None:
            _check_seconds("start_timeout", self.start_timeout, positive=True)


def default_worker_id() -> str:
    """Return a worker id that nobody else has: host, process, chance."""
    own = f"-{os.getpid()}-{secrets.token_hex(4)}"
    return (socket.gethostname() or "worker")[: _LONGEST_ID - len(own)] + own


def _check_id(name: str, value: Any) -> None:
    if not isinstance(value, str) or not value.strip() or len(value) > _LONGEST_ID:
        raise InvalidArgument(f"{name} must be text of 1 to {_LONGEST_ID} characters, not {value!r:.80}")


def _check_slots(name: str, value: Any, *, least: int = 1) -> None:
    if isinstance(value, bool) or not isinstance(value, int) or value < least:
        raise InvalidArgument(f"{name} must be a whole number of at least {least}, not {value!r:.80}")


def _check_rate(name: str, value: Any) -> None:
    number = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    if not number or value <= 0:
        raise InvalidArgument(f"{name} must be more than 0 per second, not {value!r:.80}")


def _check_seconds(name: str, value: Any, *, positive: bool) -> None:
    number = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    if not number or value < 0 or (positive and value == 0):
        least = "more than 0" if positive else "at least 0"
        raise InvalidArgument(f"{name} must be {least} seconds, not {value!r:.80}")
