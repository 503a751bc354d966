"""Retry policies of the commands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from attrs import field, frozen

from durable_workflow.workflow._seconds import Seconds, whole_seconds

_LONGEST_LIST = 100
_LONGEST_PAUSE = 365 * 24 * 3600


def _names(value: Sequence[str]) -> tuple[str, ...]:
    if isinstance(value, str):
        raise TypeError("non_retryable_error_types must be a list of names, not one text")
    return tuple(value)


@frozen
class RetryPolicyValues:
    """How often, and after which pauses, the server tries again what failed.

    Args:
        max_attempts: Attempts in all, the first one included; 1 means no retry.
        initial_interval_seconds: Pause after the first attempt, in seconds.
        backoff_coefficient: Factor between one pause and the next.
        maximum_interval_seconds: Longest pause, in seconds; None for no cap.
        non_retryable_error_types: Failure types after which no retry happens.
        backoff_seconds: The pauses themselves, in seconds, instead of the three numbers above; the last
            one repeats.

    Raises:
        ValueError: If a number is out of range.
    """

    max_attempts: int = 3
    initial_interval_seconds: float = 1.0
    backoff_coefficient: float = 2.0
    maximum_interval_seconds: float | None = None
    non_retryable_error_types: Sequence[str] = field(default=(), converter=_names)
    backoff_seconds: Sequence[Seconds] | None = None

    def __attrs_post_init__(self) -> None:
        if isinstance(self.max_attempts, bool) or not isinstance(self.max_attempts, int):
            raise TypeError(f"max_attempts must be an integer, not {type(self.max_attempts).__name__}")
        if self.max_attempts < 1:
            raise ValueError(f"max_attempts must be at least 1 (the first attempt), not {self.max_attempts}")
        if not self.backoff_coefficient > 0:
            raise ValueError(f"backoff_coefficient must be above 0, not {self.backoff_coefficient}")
        if self.maximum_interval_seconds is not None and not self.maximum_interval_seconds >= 0:
            raise ValueError(f"maximum_interval_seconds must not be below 0: {self.maximum_interval_seconds}")
        self.pauses()

    def pauses(self) -> list[int]:
        """Give the pauses between attempts, in whole seconds, each rounded up.

        The list has `max_attempts - 1` entries, but never more than 100: the server repeats the last one.
        """
        if self.backoff_seconds is not None:
            return [whole_seconds(pause, "backoff_seconds") for pause in self.backoff_seconds]
        cap = _LONGEST_PAUSE if self.maximum_interval_seconds is None else self.maximum_interval_seconds
        pauses, pause = [], float(self.initial_interval_seconds)
        for _ in range(min(self.max_attempts - 1, _LONGEST_LIST)):
            pause = min(pause, cap)
            pauses.append(whole_seconds(pause, "initial_interval_seconds"))
            pause *= self.backoff_coefficient
        return pauses

    def to_wire(self) -> dict[str, Any]:
        """Write the policy as the `retry_policy` member of a command."""
        return {
            "max_attempts": self.max_attempts,
            "backoff_seconds": self.pauses(),
            "non_retryable_error_types": list(self.non_retryable_error_types),
        }


@frozen
class ActivityRetryPolicy(RetryPolicyValues):
    """How often, and after which pauses, a failed activity is tried again; see `RetryPolicyValues`."""


@frozen
class ChildWorkflowRetryPolicy(RetryPolicyValues):
    """How often, and after which pauses, the server starts a failed child again; see `RetryPolicyValues`.

    Each try is a new run of the same child workflow. Cancelled and terminated children are not tried again.
    """
