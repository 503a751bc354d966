"""What must hold in every history."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

OPENING = {"ActivityScheduled", "TimerScheduled"}
TERMINAL = {
    "ActivityCompleted",
    "ActivityFailed",
    "ActivityTimedOut",
    "ActivityCancelled",
    "TimerFired",
    "TimerCancelled",
}
CLOSING = {
    "WorkflowCompleted",
    "WorkflowFailed",
    "WorkflowTimedOut",
    "WorkflowTerminated",
    "WorkflowCancelled",
    "WorkflowContinuedAsNew",
}


def assert_sound(events: Iterable[Mapping[str, Any]]) -> None:
    """Assert no gap, exactly one terminal event per step and exactly one closing event."""
    events = list(events)
    assert [e["sequence"] for e in events] == list(range(1, len(events) + 1))
    opened = Counter(e["payload"]["sequence"] for e in events if e["event_type"] in OPENING)
    closed = Counter(e["payload"]["sequence"] for e in events if e["event_type"] in TERMINAL)
    assert all(times == 1 for times in opened.values()), f"steps opened twice: {opened}"
    assert closed == opened, f"terminal events {closed} do not fit the steps {opened}"
    assert sum(e["event_type"] in CLOSING for e in events) == 1
