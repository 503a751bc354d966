"""The workflow's time."""

from __future__ import annotations

from datetime import datetime

from durable_workflow.replay._events import Event

_USUAL_LENGTH = len("2026-01-01T00:00:00.000000Z")


class RunClock:
    """Time of the newest event that the code has seen. It never goes back."""

    def __init__(self) -> None:
        self._seen: Event | None = None
        self._read: datetime | None = None

    def advance(self, event: Event) -> None:
        """Note that the code sees an event.

        Args:
            event: The event.
        """
        # Most times are never asked for, and the usual form sorts as text.
        if self._seen is None or not (_is_usual(self._seen) and _is_usual(event)):
            self._settle(event)
        elif str(event.recorded_at) > str(self._seen.recorded_at):
            self._seen = event

    def now(self, started_at: datetime) -> datetime:
        """Give the time, UTC.

        Args:
            started_at: When the run started.
        """
        if self._seen is not None:
            self._settle(self._seen)
        return started_at if self._read is None else max(started_at, self._read)

    def _settle(self, event: Event) -> None:
        """Read the time of what was seen so far, and go on from an event."""
        for each in (self._seen, event):
            moment = None if each is None else each.time()
            if moment is not None:
                self._read = moment if self._read is None else max(self._read, moment)
        self._seen = event


def _is_usual(event: Event) -> bool:
    text = event.recorded_at
    return type(text) is str and len(text) == _USUAL_LENGTH and text[-1] == "Z" and text[10] == "T"
