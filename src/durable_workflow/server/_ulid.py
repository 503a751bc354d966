"""Identifiers that sort by the time they were made."""

from __future__ import annotations

import secrets

from durable_workflow.server.clock import Clock

__all__ = ["UlidFactory"]

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_PAIRS = [high + low for high in _ALPHABET for low in _ALPHABET]


class UlidFactory:
    """Makes 26-character ULIDs, strictly increasing within one factory.

    Args:
        clock: Gives the time part.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._last = 0

    def lower(self) -> str:
        """Return a new identifier in lower case."""
        candidate = int(self._clock.now() * 1000) << 80
        # The increment keeps the order of ids made within one millisecond: queues are first in, first out.
        if candidate >> 80 <= self._last >> 80:
            self._last += 1
        else:
            self._last = candidate | secrets.randbits(79)
        return _encode(self._last)

    def upper(self) -> str:
        """Return a new identifier in upper case."""
        return self.lower().upper()


def _encode(value: int) -> str:
    return "".join(_PAIRS[(value >> shift) & 1023] for shift in range(120, -1, -10))
