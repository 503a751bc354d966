"""May this request be sent again? Small decisions, put together in one place.

Every decision looks at an `Attempt` and answers True (send again), False (do not) or None (no opinion).
The first opinion counts; without any the request is not sent again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from ..retry_policy import TransportRetryPolicy

__all__ = [
    "Answer",
    "Attempt",
    "Decision",
    "Fault",
    "first_opinion",
    "may_repeat",
    "pause_before_repeat",
    "retry_after",
    "work_was_refused",
]

_TRANSIENT = frozenset({429, 500, 502, 503, 504})


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, undecoded."""

    status: int
    headers: Mapping[str, str]
    content: bytes


@dataclass(frozen=True, slots=True)
class Fault:
    """Why nothing came back.

    `unsent`: nothing reached the server. `lost`: the connection broke after the request may have reached
    it. `timeout`: the call's time is over. `garbled`: an answer that HTTP itself cannot read.
    `cancelled`: the caller no longer waits.
    """

    kind: Literal["unsent", "lost", "timeout", "garbled", "cancelled"]
    cause: Exception


@dataclass(frozen=True, slots=True)
class Attempt:
    """One send of a request and how it ended.

    Args:
        number: 1 for the first send.
        result: answer or fault.
        repeatable: doing the work twice is impossible or harmless.
        policy: the client's retry policy.
        patient: the call may take longer than one attempt.
    """

    number: int
    result: Answer | Fault
    repeatable: bool
    policy: TransportRetryPolicy
    patient: bool = False


Decision = Callable[[Attempt], bool | None]


def attempts_used_up(attempt: Attempt) -> bool | None:
    """Stop when the policy's attempts are used up."""
    return False if attempt.number >= attempt.policy.max_attempts else None


def time_is_over(attempt: Attempt) -> bool | None:
    """Stop when the call's time is over: one deadline is one call."""
    over = ("garbled",) if attempt.patient else ("timeout", "garbled")
    return False if isinstance(attempt.result, Fault) and attempt.result.kind in over else None


def answer_is_final(attempt: Attempt) -> bool | None:
    """Stop at an answer that another attempt would only get again."""
    return False if isinstance(attempt.result, Answer) and attempt.result.status not in _TRANSIENT else None


def nothing_was_done(attempt: Attempt) -> bool | None:
    """Go on when the server certainly did not do the work."""
    result = attempt.result
    undone = result.kind == "unsent" if isinstance(result, Fault) else work_was_refused(result)
    return True if undone else None


def repeat_is_harmless(attempt: Attempt) -> bool | None:
    """Go on when the server recognises a repeat, or when the work may be done twice."""
    return True if attempt.repeatable else None


def first_opinion(*decisions: Decision) -> Decision:
    """Return one decision that asks others in turn."""

    def decide(attempt: Attempt) -> bool | None:
        opinions = (decision(attempt) for decision in decisions)
        return next((opinion for opinion in opinions if opinion is not None), None)

    return decide


may_repeat: Decision = first_opinion(
    attempts_used_up, time_is_over, answer_is_final, nothing_was_done, repeat_is_harmless
)


def work_was_refused(answer: Answer) -> bool:
    """Return True if the answer says that the server did not take the work on.

    429 always does. A 503 may also come from a proxy that lost the server's answer; one with `Retry-After`
    was made by whoever refused.
    """
    return answer.status == 429 or (answer.status == 503 and "retry-after" in answer.headers)


def pause_before_repeat(attempt: Attempt, body: Any = None) -> float:
    """Return the seconds to wait before the next attempt: the policy's, or the server's if longer."""
    pause = attempt.policy.backoff_seconds(attempt.number)
    if isinstance(attempt.result, Answer):
        return max(pause, retry_after(attempt.result.headers, body) or 0.0)
    return pause


def retry_after(headers: Mapping[str, str], body: Any = None, now: datetime | None = None) -> float | None:
    """Return how long the server asks to wait, in seconds, or None.

    Args:
        headers: response headers; `Retry-After` may hold seconds or an HTTP date.
        body: decoded body; its `retry_after_seconds` counts when the header is missing.
        now: time to measure a date from; default is the current time.
    """
    text = headers.get("retry-after", "").strip()
    try:
        return max(0.0, float(text) if not text or text[0].isdigit() else _seconds_until(text, now))
    except (ValueError, TypeError, OverflowError):
        asked = body.get("retry_after_seconds") if isinstance(body, dict) else None
        return max(0.0, float(asked)) if isinstance(asked, int | float) else None


def _seconds_until(http_date: str, now: datetime | None) -> float:
    moment = parsedate_to_datetime(http_date)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return (moment - (now or datetime.now(UTC))).total_seconds()
