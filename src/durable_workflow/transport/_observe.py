"""What is told of every attempt: to metrics, to hooks, to the log. Never a token, never a payload."""

from __future__ import annotations

import contextlib
import logging
import re
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from ..hooks import AttemptOutcome, RequestAttempt
from ..metrics import CLIENT_REQUEST_DURATION_SECONDS, CLIENT_REQUESTS
from ._retry import Answer, Fault

if TYPE_CHECKING:
    from ..hooks import RequestHook
    from ._call import Call

__all__ = ["Observation", "ids_of", "observed", "request_key"]

_LOG = logging.getLogger("durable_workflow.client")

# Members of a request that name what it is about. What is not listed might be a payload.
_NAMES = ("workflow_id", "run_id", "task_queue", "worker_id", "schedule_id", "lease_owner", "update_id")


@dataclass(slots=True)
class Observation:
    """One attempt and, in the end, its result."""

    result: Answer | Fault


@contextlib.contextmanager
def observed(call: Call) -> Iterator[Observation]:
    """Tell of one attempt of a call, also of one that is cancelled."""
    cancelled = Fault("cancelled", InterruptedError("the attempt was cancelled"))
    observation = Observation(cancelled)
    attempt = _announced(call) if call.settings.hooks else None
    started = time.perf_counter()
    try:
        yield observation
    finally:
        _tell(call, observation.result, time.perf_counter() - started, attempt)


def _announced(call: Call) -> RequestAttempt:
    attempt = _attempt_of(call)
    for hook in call.settings.hooks:
        with _harmless(hook):
            hook.on_request(attempt)
    call.add_headers(attempt.headers)
    return attempt


def _tell(call: Call, result: Answer | Fault, seconds: float, attempt: RequestAttempt | None) -> None:
    _measure(call, result, seconds)
    if attempt is not None:
        outcome = _outcome_of(result, seconds)
        for hook in call.settings.hooks:
            with _harmless(hook):
                hook.on_answer(attempt, outcome)
    went_well = isinstance(result, Answer) and result.status < 400
    level = logging.DEBUG if went_well else logging.INFO
    if _LOG.isEnabledFor(level):
        _log(level, attempt or _attempt_of(call), _outcome_of(result, seconds))


def _measure(call: Call, result: Answer | Fault, seconds: float) -> None:
    status = str(result.status) if isinstance(result, Answer) else result.kind
    tags = {"operation": call.operation.id, "status": status}
    # A broken recorder must not turn a call that the server has accepted into a failed one.
    with contextlib.suppress(Exception):
        call.settings.metrics.increment(CLIENT_REQUESTS, tags=tags)
        call.settings.metrics.record(CLIENT_REQUEST_DURATION_SECONDS, seconds, tags=tags)


def _log(level: int, attempt: RequestAttempt, outcome: AttemptOutcome) -> None:
    ended = outcome.fault if outcome.status is None else outcome.status
    about = " ".join(attempt.ids.values())
    milliseconds = outcome.duration_seconds * 1000
    _LOG.log(
        level,
        "%s %s: %s after %.0f ms (attempt %d)",
        attempt.operation,
        about,
        ended,
        milliseconds,
        attempt.number,
        extra={
            "operation": attempt.operation,
            "ids": dict(attempt.ids),
            "namespace": attempt.namespace,
            "attempt": attempt.number,
            "request_id": attempt.request_id,
            "status": ended,
            "duration_seconds": outcome.duration_seconds,
        },
    )


@contextlib.contextmanager
def _harmless(hook: RequestHook) -> Iterator[None]:
    try:
        yield
    except Exception:
        _LOG.exception("the request hook %s failed; the request goes on", type(hook).__name__)


def _attempt_of(call: Call) -> RequestAttempt:
    return RequestAttempt(
        operation=call.operation.id,
        method=call.parts.method,
        path=call.parts.path,
        ids=ids_of(call),
        namespace=call.settings.namespace,
        number=call.attempts + 1,
        request_id=request_key(call),
    )


def _outcome_of(result: Answer | Fault, seconds: float) -> AttemptOutcome:
    if isinstance(result, Answer):
        return AttemptOutcome(status=result.status, fault=None, duration_seconds=seconds)
    return AttemptOutcome(status=None, fault=result.kind, duration_seconds=seconds)


def ids_of(call: Call) -> dict[str, str]:
    """Return the names of what a call is about: from its path, its query and its body."""
    found: dict[str, str] = {}
    match = _template(call.operation.path).fullmatch(call.parts.path)
    if match is not None:
        found = {name: unquote(value) for name, value in match.groupdict().items()}
    for members in (call.parts.query, _sent(call)):
        for name in _NAMES:
            value = members.get(name)
            if isinstance(value, str) and name not in found:
                found[name] = value
    return found


def request_key(call: Call) -> str | None:
    """Return the key that lets a server recognise a repeat, if the operation has one."""
    sent = _sent(call)
    key = call.headers.get("Idempotency-Key") or sent.get("request_id") or sent.get("poll_request_id")
    return key if isinstance(key, str) else None


def _sent(call: Call) -> Mapping[str, Any]:
    return call.parts.json if isinstance(call.parts.json, dict) else {}


@lru_cache(maxsize=128)
def _template(path: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\{(\w+)\}", lambda m: f"(?P<{_snake(m[1])}>[^/]*)", path))


def _snake(camel: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", camel).lower()
