"""What the demo shows to people, and how it judges the history."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

Event = Mapping[str, Any]

TERMINAL = {
    "ActivityCompleted",
    "ActivityFailed",
    "ActivityTimedOut",
    "ActivityCancelled",
    "TimerFired",
    "TimerCancelled",
}
COLOURS = {"KILL": "31", "server": "36", "worker": "35", "history": "0", "you": "33", "result": "32"}


class Narrator:
    """Prints one line per happening, with the seconds since the beginning."""

    def __init__(self) -> None:
        self._start = time.monotonic()

    def say(self, actor: str, text: str) -> None:
        """Print one line at once, so that it can be followed live."""
        label = f"{actor:<8}"
        if sys.stdout.isatty():
            label = f"\x1b[{COLOURS.get(actor, '0')}m{label}\x1b[0m"
        print(f"{time.monotonic() - self._start:6.1f} s  {label} {text}", flush=True)


def in_words(event: Event) -> str | None:
    """Return a sentence about an event, or None for one that is not worth a line."""
    payload = event["payload"]
    name, attempt = payload.get("activity_type"), payload.get("attempt_number")
    match event["event_type"]:
        case "WorkflowStarted":
            return "the workflow is started"
        case "ActivityStarted":
            return f"{name}: attempt {attempt} begins"
        case "ActivityRetryScheduled":
            return f"{name}: {payload.get('message')}; again in {payload['retry_backoff_seconds']} s"
        case "ActivityCompleted":
            return f"{name}: done in attempt {attempt}"
        case "TimerScheduled":
            return f"a durable timer of {payload['delay_seconds']} s is set"
        case "TimerFired":
            return "the timer has fired"
        case "ConditionWaitOpened":
            return f"waits until: {payload.get('condition_key')}"
        case "SignalReceived":
            return f"the signal {payload['signal_name']} is in the history"
        case "WorkflowCompleted":
            return "the workflow is completed"
    return None


def print_history(events: Iterable[Event]) -> None:
    """Print the whole history as a table."""
    print(f"\n  {'#':>3}  {'time':<12}  {'event':<24}  {'step':>4}  detail")
    print(f"  {'-' * 3}  {'-' * 12}  {'-' * 24}  {'-' * 4}  {'-' * 40}")
    for event in events:
        payload = event["payload"]
        step = payload.get("sequence", "")
        clock = event["timestamp"][11:23]
        print(f"  {event['sequence']:>3}  {clock}  {event['event_type']:<24}  {step:>4}  {_detail(payload)}")


def _detail(payload: Mapping[str, Any]) -> str:
    parts = [payload.get(key) for key in ("activity_type", "signal_name", "condition_key")]
    if "attempt_number" in payload:
        parts.append(f"attempt {payload['attempt_number']}")
    if "delay_seconds" in payload:
        parts.append(f"{payload['delay_seconds']} s")
    parts.append(payload.get("message"))
    return ", ".join(str(part) for part in parts if part)


def print_attempts(events: Iterable[Event]) -> None:
    """Print how often each activity was begun."""
    begun = Counter(e["payload"]["activity_type"] for e in events if e["event_type"] == "ActivityStarted")
    print("\n  How often each step ran:")
    for name, times in begun.items():
        print(f"    {name:<16} {times} {'time' if times == 1 else 'times'}")


def problems(events: list[Event], result: object, expected: object) -> list[str]:
    """Return what is wrong with the history or the result; nothing when all is well."""
    found = []
    if result != expected:
        found.append(f"the result is {result!r}, expected {expected!r}")
    sequences = [event["sequence"] for event in events]
    if sequences != list(range(1, len(events) + 1)):
        found.append(f"the history has gaps: {sequences}")
    opened = {
        e["payload"]["sequence"] for e in events if e["event_type"] in ("ActivityScheduled", "TimerScheduled")
    }
    closed = Counter(e["payload"]["sequence"] for e in events if e["event_type"] in TERMINAL)
    found += [
        f"step {step} has {closed[step]} terminal events" for step in sorted(opened) if closed[step] != 1
    ]
    return found
