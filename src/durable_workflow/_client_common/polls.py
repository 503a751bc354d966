"""Long polls: how long the server may hold one, and which key names it."""

from __future__ import annotations

import uuid
from collections import defaultdict, deque
from dataclasses import dataclass, field

__all__ = ["PollKeys", "PollTimes"]

_LONGEST_HOLD = 60
_UNANSWERED_KEPT = 64


@dataclass(frozen=True, slots=True)
class PollTimes:
    """The two times of one poll.

    Attributes:
        hold: whole seconds for which the server may hold the poll.
        deadline: seconds after which the client stops waiting for the answer.
    """

    hold: int
    deadline: float

    @classmethod
    def of(cls, timeout: float) -> PollTimes:
        """Divide a poll's timeout so that an empty answer is back before it is over.

        A short timeout still holds for one second, since a worker that polls in a loop would otherwise spin.
        """
        hold = 0 if timeout == 0 else max(1, int(timeout - min(5.0, timeout / 7)))
        hold = min(hold, _LONGEST_HOLD)
        return cls(hold, max(timeout, hold + 2.0))


@dataclass(slots=True)
class PollKeys:
    """Names polls, and names one again whose answer never came.

    The task in a lost answer stays leased until its lease ends; the same key gets it again at once.
    """

    _unanswered: defaultdict[tuple[str, ...], deque[str]] = field(
        default_factory=lambda: defaultdict(lambda: deque(maxlen=_UNANSWERED_KEPT))
    )

    def take(self, *poller: str) -> str:
        """Return the key for the next poll of a poller."""
        try:
            return self._unanswered[poller].popleft()
        except IndexError:
            return self.fresh()

    def fresh(self) -> str:
        """Return a key that nothing was named by before."""
        return uuid.uuid4().hex

    def keep(self, key: str, *poller: str) -> None:
        """Use this key again: its poll got no answer."""
        self._unanswered[poller].append(key)
