"""How often, and after which pauses, the client sends a request again."""

from __future__ import annotations

import random
from dataclasses import dataclass

from .errors import InvalidArgument

__all__ = ["TransportRetryPolicy"]


@dataclass(frozen=True, slots=True)
class TransportRetryPolicy:
    """When a request meets a fault that allows another attempt, how to go on.

    Whether another attempt is allowed at all is not the policy's matter: a request that could do its work
    twice is never repeated.

    Args:
        max_attempts: sends of one request, the first included; 1 switches repeats off.
        initial_backoff_seconds: pause before the second attempt, in seconds.
        max_backoff_seconds: longest pause, in seconds (a server's `Retry-After` may be longer).
        backoff_multiplier: factor from one pause to the next, at least 1.
        jitter: spread each pause by up to 25 % to both sides.

    Raises:
        InvalidArgument: a value is out of its range.
    """

    max_attempts: int = 3
    initial_backoff_seconds: float = 0.1
    max_backoff_seconds: float = 5.0
    backoff_multiplier: float = 2.0
    jitter: bool = True

    def __post_init__(self) -> None:
        limits = {
            "max_attempts": 1,
            "initial_backoff_seconds": 0,
            "max_backoff_seconds": 0,
            "backoff_multiplier": 1,
        }
        for name, least in limits.items():
            value = getattr(self, name)
            if isinstance(value, bool) or not isinstance(value, int | float) or not value >= least:
                raise InvalidArgument(f"{name} must be a number of at least {least}, not {value!r}")

    def backoff_seconds(self, attempts: int) -> float:
        """Return the pause after so many attempts, in seconds.

        Args:
            attempts: how often the request was sent, at least once.
        """
        # The exponent is bounded so that a patient caller never meets an OverflowError.
        growth = self.backoff_multiplier ** min(attempts - 1, 64)
        pause = min(self.initial_backoff_seconds * growth, self.max_backoff_seconds)
        return pause * random.uniform(0.75, 1.25) if self.jitter else pause  # noqa: S311 - not a secret
