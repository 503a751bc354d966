"""Metrics of requests."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..metrics import CLIENT_REQUEST_DURATION_SECONDS, CLIENT_REQUESTS
from ._retry import Answer, Fault

if TYPE_CHECKING:
    from ._call import Call

__all__ = ["Measurement", "measured"]


@dataclass(slots=True)
class Measurement:
    """One attempt and, in the end, its result."""

    result: Answer | Fault


@contextlib.contextmanager
def measured(call: Call) -> Iterator[Measurement]:
    """Record one attempt of a call, also one that is cancelled."""
    cancelled = Fault("cancelled", InterruptedError("the attempt was cancelled"))
    measurement = Measurement(cancelled)
    started = time.perf_counter()
    try:
        yield measurement
    finally:
        _record(call, measurement.result, time.perf_counter() - started)


def _record(call: Call, result: Answer | Fault, seconds: float) -> None:
    status = str(result.status) if isinstance(result, Answer) else result.kind
    tags = {"operation": call.operation.id, "status": status}
    # A broken recorder must not turn a call that the server has accepted into a failed one.
    with contextlib.suppress(Exception):
        call.settings.metrics.increment(CLIENT_REQUESTS, tags=tags)
        call.settings.metrics.record(CLIENT_REQUEST_DURATION_SECONDS, seconds, tags=tags)
