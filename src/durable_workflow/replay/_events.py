"""One history event, read tolerantly: servers differ in what they write."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from attrs import field, frozen

EPOCH = datetime.fromtimestamp(0, UTC)
"""The workflow's time when a history tells none."""


@frozen(eq=False)
class Event:
    """One event.

    Attributes:
        sequence: Its number in the run, the order of truth.
        type: Its type.
        payload: Its members; a missing member and null mean the same.
        recorded_at: When the server wrote it, as the server wrote that.
        raw: The event as it came.
    """

    sequence: int
    type: str
    payload: Mapping[str, Any]
    recorded_at: str | None = None
    raw: Mapping[str, Any] = field(factory=dict, repr=False)

    @property
    def step(self) -> int | None:
        """Number of the step that the event belongs to."""
        return integer(self.payload.get("sequence"))

    def time(self) -> datetime | None:
        """Read the time at which the event was written, if there is a readable one (UTC)."""
        if not isinstance(self.recorded_at, str):
            return None
        try:
            moment = datetime.fromisoformat(self.recorded_at)
        except ValueError:
            return None
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def read_events(raw_events: Iterable[Mapping[str, Any]], *, after: int = 0) -> list[Event]:
    """Read events into their order; an event that appears twice, as pages may overlap, counts once.

    Args:
        raw_events: The events as they came.
        after: Number of the newest event already known; older ones are left out.
    """
    by_sequence: dict[int, Event] = {}
    for place, raw in enumerate(raw_events, start=after + 1):
        sequence = integer(raw.get("sequence"))
        payload = raw.get("payload")
        event = Event(
            sequence=place if sequence is None else sequence,
            # Export bundles call it `type`.
            type=str(raw.get("event_type") or raw.get("type") or ""),
            payload=payload if isinstance(payload, Mapping) else {},
            recorded_at=raw.get("recorded_at") or raw.get("timestamp"),
            raw=raw,
        )
        if event.sequence > after:
            by_sequence.setdefault(event.sequence, event)
    return [by_sequence[sequence] for sequence in sorted(by_sequence)]


def integer(value: object) -> int | None:
    """Read a whole number that may have come as text."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    return int(value) if isinstance(value, str) and value.isdecimal() else None
