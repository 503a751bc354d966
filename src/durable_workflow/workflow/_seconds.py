"""Durations of the authoring API, as the whole seconds that the wire knows."""

from __future__ import annotations

import math
from datetime import timedelta

Seconds = float | timedelta
"""A duration: seconds (fractions round up to whole ones) or a `timedelta`."""


def whole_seconds(value: Seconds, name: str, *, minimum: int = 0) -> int:
    """Round a duration up to whole seconds.

    Args:
        value: The duration, in seconds or as a `timedelta`.
        name: What the error calls it.
        minimum: Smallest allowed result, in seconds.

    Raises:
        TypeError: If the value is no duration.
        ValueError: If it is below the minimum, infinite or not a number.
    """
    seconds = value.total_seconds() if isinstance(value, timedelta) else value
    if isinstance(seconds, bool) or not isinstance(seconds, int | float):
        raise TypeError(f"{name} must be seconds or a timedelta, not {type(value).__name__}")
    if not math.isfinite(seconds):
        raise ValueError(f"{name} must be a finite number of seconds, not {seconds}")
    # Binary fractions such as 0.1 * 30 lie a hair above the whole number that the author means.
    whole = math.ceil(round(seconds, 6))
    if whole < minimum:
        raise ValueError(f"{name} must be at least {minimum} s, not {seconds:g} s")
    return whole


def optional_seconds(value: Seconds | None, name: str) -> int | None:
    """Round up a time-out of one second or more; None stays None (no limit).

    Args:
        value: The time-out, in seconds or as a `timedelta`.
        name: What the error calls it.
    """
    return None if value is None else whole_seconds(value, name, minimum=1)
