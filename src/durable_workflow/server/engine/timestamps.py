"""The two spellings of a moment on the wire."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache
from typing import overload

__all__ = ["coarse", "precise"]


@overload
def precise(moment: float) -> str: ...
@overload
def precise(moment: None) -> None: ...
@overload
def precise(moment: float | None) -> str | None: ...
def precise(moment: float | None) -> str | None:
    """Return ``2026-04-25T12:34:56.123456Z`` for epoch seconds, None for None."""
    return None if moment is None else _spelled(moment)


# A moment is spelled again with every task that brings its event.
@lru_cache(maxsize=16_384)
def _spelled(moment: float) -> str:
    return datetime.fromtimestamp(moment, UTC).isoformat(timespec="microseconds")[:-6] + "Z"


@overload
def coarse(moment: float) -> str: ...
@overload
def coarse(moment: None) -> None: ...
@overload
def coarse(moment: float | None) -> str | None: ...
def coarse(moment: float | None) -> str | None:
    """Return ``2026-04-25T12:34:56+00:00`` for epoch seconds, None for None."""
    if moment is None:
        return None
    return datetime.fromtimestamp(int(moment), UTC).isoformat(timespec="seconds")
