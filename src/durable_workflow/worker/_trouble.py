"""Calls that go wrong: what kind of trouble it is, how long to pause, when to try again."""

from __future__ import annotations

import asyncio
import logging
import random
import time
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from durable_workflow.errors import (
    CallError,
    Forbidden,
    NotSupportedByServer,
    ServerError,
    Unauthorized,
)

__all__ = ["Backoff", "insist", "is_passing", "is_refused_token"]

T = TypeVar("T")

_LOG = logging.getLogger("durable_workflow.worker")
_BUSY = frozenset({408, 425, 429})
_LONGEST_WISH = 300.0


def is_passing(error: CallError) -> bool:
    """Return whether the same call may well succeed later: no connection, no time, an overloaded server."""
    if isinstance(error, NotSupportedByServer):
        return False
    if not isinstance(error, ServerError):
        return True
    return error.status is not None and (error.status in _BUSY or error.status >= 500)


def is_refused_token(error: BaseException) -> bool:
    """Return whether the server turned this worker away for who it is."""
    return isinstance(error, Unauthorized | Forbidden)


class Backoff:
    """Growing pauses with jitter, so that many workers do not come back at the same moment.

    Args:
        first: the shortest pause, in seconds.
        longest: the longest pause, in seconds; a server may ask for more.
    """

    def __init__(self, first: float = 0.1, longest: float = 5.0) -> None:
        self._first = first
        self._longest = longest
        self.failures = 0

    def reset(self) -> None:
        """Begin again with the shortest pause."""
        self.failures = 0

    def next(self, error: BaseException | None = None) -> float:
        """Return the next pause, in seconds.

        Args:
            error: what went wrong; a longer pause that the server asked for is kept.
        """
        # The exponent is bounded so that a long outage never meets an OverflowError.
        pause = min(self._longest, self._first * 2.0 ** min(self.failures, 32))
        self.failures += 1
        jittered = pause * random.uniform(0.5, 1.0)  # noqa: S311 - not a secret
        return max(jittered, _wish(error))

    @property
    def log_level(self) -> int:
        """Level for the newest failure: a long outage must not fill the log."""
        return logging.WARNING if self.failures == 1 or self.failures % 20 == 0 else logging.DEBUG


async def insist(call: Callable[[], Awaitable[T]], *, what: str, budget: float | None = None) -> T:
    """Make a call again and again until the server decides it.

    Only for calls that the server recognises when they come twice.

    Args:
        call: makes the call.
        what: the call in words, for the log.
        budget: give up after this many seconds; None never gives up.

    Raises:
        CallError: the server refused, or the budget is used up.
    """
    backoff, begun = Backoff(), time.monotonic()
    while True:
        try:
            answer = await call()
        except CallError as error:
            pause = backoff.next(error)
            if not is_passing(error) or (budget is not None and time.monotonic() - begun + pause > budget):
                raise
            _LOG.log(backoff.log_level, "%s: %s; trying again", what, error)
            await asyncio.sleep(pause)
        else:
            if backoff.failures:
                _LOG.info("%s: succeeded after %d failures", what, backoff.failures)
            return answer


def _wish(error: BaseException | None) -> float:
    header = getattr(error, "retry_after", None)
    body: Any = getattr(error, "body", None) if header is None else {"retry_after_seconds": header}
    asked = body.get("retry_after_seconds") if isinstance(body, dict) else None
    if isinstance(asked, bool) or not isinstance(asked, int | float) or not asked > 0:
        return 0.0
    return min(float(asked), _LONGEST_WISH)
