"""When a request is sent again: decided without any IO."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from durable_workflow.errors import InvalidArgument
from durable_workflow.retry_policy import TransportRetryPolicy
from durable_workflow.transport._retry import (
    Answer,
    Attempt,
    Fault,
    may_repeat,
    pause_before_repeat,
    retry_after,
)

POLICY = TransportRetryPolicy(jitter=False)


def attempt(result: Answer | Fault, *, number: int = 1, repeatable: bool = True) -> Attempt:
    return Attempt(number, result, repeatable, POLICY)


def answer(status: int, **headers: str) -> Answer:
    return Answer(status, {name.replace("_", "-"): value for name, value in headers.items()}, b"{}")


def fault(kind: str) -> Fault:
    return Fault(kind, ConnectionError("x"))  # type: ignore[arg-type]


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_transient_answers_are_tried_again_when_a_repeat_is_harmless(status: int) -> None:
    assert may_repeat(attempt(answer(status)))


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 412, 413, 415, 422, 501, 505])
def test_final_answers_are_never_tried_again(status: int) -> None:
    assert not may_repeat(attempt(answer(status)))


@pytest.mark.parametrize("result", [fault("lost"), answer(500), answer(502), answer(503), answer(504)])
def test_what_may_have_been_done_is_not_done_twice(result: Answer | Fault) -> None:
    assert not may_repeat(attempt(result, repeatable=False))
    assert may_repeat(attempt(result, repeatable=True))


@pytest.mark.parametrize("result", [fault("unsent"), answer(429), answer(503, retry_after="1")])
def test_what_was_certainly_not_done_is_tried_again(result: Answer | Fault) -> None:
    assert may_repeat(attempt(result, repeatable=False))


@pytest.mark.parametrize("kind", ["timeout", "garbled"])
def test_a_call_whose_time_is_over_is_over(kind: str) -> None:
    assert not may_repeat(attempt(fault(kind)))


def test_attempts_are_counted() -> None:
    assert may_repeat(attempt(fault("unsent"), number=2))
    assert not may_repeat(attempt(fault("unsent"), number=3))


def test_pauses_grow_to_a_limit_and_spread_by_a_quarter() -> None:
    policy = TransportRetryPolicy(jitter=False, max_backoff_seconds=0.5)
    assert [policy.backoff_seconds(n) for n in (1, 2, 3, 4, 10_000)] == pytest.approx(
        [0.1, 0.2, 0.4, 0.5, 0.5]
    )
    spread = [TransportRetryPolicy().backoff_seconds(1) for _ in range(200)]
    assert 0.075 <= min(spread) < 0.09
    assert 0.11 < max(spread) <= 0.125


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("3", 3.0),
        (" 0 ", 0.0),
        ("1.5", 1.5),
        ("Sun, 22 Nov 2026 14:00:10 GMT", 10.0),
        ("Sun, 22 Nov 2026 13:00:00 GMT", 0.0),
        ("soon", None),
        ("", None),
        ("-1", None),
    ],
)
def test_retry_after_is_seconds_or_a_date(text: str, seconds: float | None) -> None:
    now = datetime(2026, 11, 22, 14, 0, 0, tzinfo=UTC)
    assert retry_after({"retry-after": text}, None, now) == seconds


def test_the_longer_of_two_pauses_counts() -> None:
    assert pause_before_repeat(attempt(answer(503, retry_after="7"))) == 7.0
    assert pause_before_repeat(attempt(answer(503, retry_after="0"))) == pytest.approx(0.1)
    assert pause_before_repeat(attempt(answer(503)), {"retry_after_seconds": 4}) == 4.0


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("max_attempts", 0),
        ("max_attempts", True),
        ("initial_backoff_seconds", -1),
        ("max_backoff_seconds", "5"),
        ("backoff_multiplier", 0.5),
        ("backoff_multiplier", float("nan")),
    ],
)
def test_a_policy_refuses_what_makes_no_sense(name: str, value: object) -> None:
    with pytest.raises(InvalidArgument, match=name):
        TransportRetryPolicy(**{name: value})  # type: ignore[arg-type]


def test_a_policy_is_a_value() -> None:
    assert TransportRetryPolicy() == TransportRetryPolicy()
    assert hash(TransportRetryPolicy(5)) == hash(TransportRetryPolicy(5))
    with pytest.raises(AttributeError):
        TransportRetryPolicy().max_attempts = 5  # type: ignore[misc]
