"""One history event, read tolerantly: servers differ in what they write."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from attrs import define, field

EPOCH = datetime.fromtimestamp(0, UTC)
"""The workflow's time when a history tells none."""


# Not frozen, for that is what most of a long replay would be spent on; nobody changes one.
@define(eq=False)
class Event:
    """One event.

    Attributes:
        sequence: Its number in the run, the order of truth.
        type: Its type.
        payload: Its members; a missing member and null mean the same.
        step: Number of the step that the event belongs to.
        recorded_at: When the server wrote it, as the server wrote that.
        raw: The event as it came.
    """

    sequence: int
    type: str
    payload: Mapping[str, Any]
    step: int | None
    recorded_at: str | None = None
    raw: Mapping[str, Any] = field(factory=dict, repr=False)

    def time(self) -> datetime | None:
        """Read the time at which the event was written, if there is a readable one (UTC)."""
        if not isinstance(self.recorded_at, str):
            return None
        try:
            moment = datetime.fromisoformat(self.recorded_at)
        except ValueError:
            return None
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


_SILENT = frozenset(
    {"ActivityHeartbeatRecorded", "ActivityRetryScheduled", "ActivityStarted", "MessageCursorAdvanced"}
)
"""Frequent events of which replay reads nothing."""


def read_events(raw_events: Iterable[Mapping[str, Any]], *, after: int = 0) -> tuple[list[Event], int]:
    """Read events into their order; an event that appears twice, as pages may overlap, counts once.

    Args:
        raw_events: The events as they came.
        after: Number of the newest event already known; older ones are left out.

    Returns:
        The events of which replay reads anything, and the number of the newest of all.
    """
    by_sequence: dict[int, Event] = {}
    newest, in_order = after, True
    for place, raw in enumerate(raw_events, start=after + 1):
        sequence = integer(raw.get("sequence"))
        sequence = place if sequence is None else sequence
        if sequence > newest:
            newest = sequence
        elif sequence <= after or sequence in by_sequence:
            continue
        else:
            in_order = False
        if raw.get("event_type") not in _SILENT:
            by_sequence[sequence] = _read(raw, sequence)
    if in_order:
        return list(by_sequence.values()), newest
    return [by_sequence[sequence] for sequence in sorted(by_sequence)], newest


def _read(raw: Mapping[str, Any], sequence: int) -> Event:
    payload = raw.get("payload")
    if type(payload) is not dict and not isinstance(payload, Mapping):
        payload = {}
    # Export bundles call it `type`.
    kind = str(raw.get("event_type") or raw.get("type") or "")
    recorded_at = raw.get("recorded_at") or raw.get("timestamp")
    return Event(sequence, kind, payload, integer(payload.get("sequence")), recorded_at, raw)


def integer(value: object) -> int | None:
    """Read a whole number that may have come as text."""
    if type(value) is int:
        return value
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    return int(value) if isinstance(value, str) and value.isdecimal() else None
