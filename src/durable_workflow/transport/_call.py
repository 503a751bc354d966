"""One call of the server, without IO: what to send, when to send it again, how it ended."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from ..errors import InvalidArgument
from ._answers import body_of
from ._planes import Credential, credential_of, plane_headers
from ._refusals import give_up
from ._retry import Answer, Attempt, Fault, may_repeat, pause_before_repeat

if TYPE_CHECKING:
    from durable_workflow_api.operations import Operation
    from durable_workflow_api.types import RequestParts

    from ._settings import Settings

__all__ = ["Call", "prepare"]

_JSON = {"Accept": "application/json", "Accept-Encoding": "gzip"}
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
# What belongs to the connection, or is put in by whatever sends.
_RESERVED = frozenset(
    {"authorization", "connection", "content-encoding", "content-length", "host", "transfer-encoding"}
)
_LOOPBACK = {"localhost", "127.0.0.1", "::1"}


@dataclass(slots=True)
class Call:
    """The state of one call over all its attempts.

    Attributes:
        deadline: monotonic time at which the whole call is over, attempts and pauses included.
        repeatable: sending the request twice cannot do its work twice, so far as is known.
        attempt_seconds: longest time for one attempt.
        credential: the token that it carries, if any.
        deadline_is_own: the deadline is longer than one attempt, so an attempt may time out.
        raw: any answer of the server ends the call, also a refusal.
        held: the server is asked to hold the answer, so the connection will be busy for long.
        attempts: how often it was sent.
        ambiguous: an attempt may have reached the server without an answer coming back.
        pause: seconds to wait before the next attempt.
        obstacle: True when nothing but `repeatable` kept the request from being sent again.
        added: names of the headers that hooks added to this attempt.
    """

    settings: Settings
    parts: RequestParts
    operation: Operation
    url: str
    headers: dict[str, str]
    content: bytes | None
    deadline: float
    repeatable: bool
    attempt_seconds: float
    credential: Credential | None = None
    deadline_is_own: bool = False
    raw: bool = False
    held: bool = False
    attempts: int = 0
    ambiguous: bool = False
    pause: float = 0.0
    obstacle: bool = False
    added: tuple[str, ...] = ()
    _token: str | None = None
    _refreshed: bool = False

    def remaining(self) -> float:
        """Return the seconds left for the attempt that goes out now, never negative."""
        return min(self.attempt_seconds, self._left())

    def authorize(self, token: Any) -> None:
        """Put the token of the moment into the request.

        Raises:
            InvalidArgument: the token cannot be a header value.
        """
        assert self.credential is not None
        value = self.credential.header(token)
        self._refreshed = self._refreshed or self._token not in (None, value)
        self._token = value
        self.headers["Authorization"] = value

    def add_headers(self, headers: Mapping[str, str]) -> None:
        """Put headers of hooks into the next attempt, in the place of those of the last one.

        What cannot be a header, or would replace one of the protocol, is left out.
        """
        for name in self.added:
            del self.headers[name]
        own = {name.lower() for name in self.headers} | _RESERVED
        added = {name: value for name, value in headers.items() if name.lower() not in own}
        added = {name: value for name, value in added.items() if _TOKEN.fullmatch(name) and _is_plain(value)}
        self.headers |= added
        self.added = tuple(added)

    def _left(self) -> float:
        return max(0.0, self.deadline - time.monotonic())

    def _token_was_refused(self, result: Answer | Fault) -> bool:
        """Return True once for each call whose rotating token the server does not take."""
        asked_again = self.credential is not None and self.credential.is_rotating and not self._refreshed
        refused = isinstance(result, Answer) and result.status == 401
        self._refreshed = self._refreshed or (asked_again and refused)
        return asked_again and refused

    def opened(self, answer: Answer) -> Answer:
        """Return an answer with its payloads opened; a raw one as it came."""
        if self.raw:
            return answer
        content = self.settings.payload_gate.incoming(self.operation.id, answer.content)
        return answer if content is answer.content else replace(answer, content=content)

    def opens_slowly(self, answer: Answer) -> bool:
        """Return True if `opened` may have to wait for something."""
        return not self.raw and self.settings.payload_gate.is_slow(answer.content)

    def allow_repeats(self) -> None:
        """Go on after all: the server has turned out to recognise a repeat."""
        self.repeatable = True
        self.obstacle = False

    def settled(self, result: Answer | Fault) -> Answer | None:
        """Judge how an attempt ended.

        Returns:
            The answer if it is a success; None if the request shall be sent again after `pause`.

        Raises:
            CallError: the call is over without success.
        """
        self.attempts += 1
        if isinstance(result, Answer) and 200 <= result.status < 300:
            return result
        if self._token_was_refused(result):
            self.pause = 0.0
            return None
        patient = self.deadline_is_own
        attempt = Attempt(self.attempts, result, self.repeatable, self.settings.retry_policy, patient)
        again = may_repeat(attempt)
        self.obstacle = not again and bool(may_repeat(replace(attempt, repeatable=True)))
        self.pause = pause_before_repeat(attempt, body_of(result) if isinstance(result, Answer) else None)
        in_time = self.pause < self._left()
        self.ambiguous |= _may_have_been_done(result)
        if again and in_time:
            return None
        self.obstacle &= in_time
        if self.raw and isinstance(result, Answer):
            return result
        raise give_up(self, result)


@lru_cache(maxsize=64)
def _accepted(base_url: str) -> dict[str, str]:
    # Within one machine a copy in memory is faster than any compression.
    return _JSON | {"Accept-Encoding": "identity"} if urlsplit(base_url).hostname in _LOOPBACK else _JSON


def prepare(
    settings: Settings,
    parts: RequestParts,
    *,
    timeout: float | None = None,
    repeatable: bool | None = None,
    worker_version: str | None = None,
    raw: bool = False,
) -> Call:
    """Make a call of a generated request.

    Args:
        settings: the client.
        parts: what the operation's `build_request` returned.
        timeout: seconds for the whole call; default is the client's.
        repeatable: overrides what the operation table says about sending twice.
        worker_version: negotiated worker protocol version.
        raw: return any answer of the server instead of raising its error.

    Raises:
        InvalidArgument: a value of the request cannot be sent.
    """
    from durable_workflow_api.operations import OPERATIONS

    operation = OPERATIONS[parts.operation_id]
    _check_query(parts)
    headers = _sendable(
        _accepted(settings.base_url) | parts.headers | plane_headers(settings, operation, worker_version)
    )
    content = _content(settings, parts, raw)
    if content is not None:
        headers["Content-Type"] = "application/json"
    one = settings.timeout if timeout is None else timeout
    # A call with a time of its own, such as a poll, is not cut short by the deadline of the others.
    whole = settings.deadline if timeout is None else None
    call = Call(
        settings=settings,
        parts=parts,
        operation=operation,
        url=settings.base_url + parts.path,
        headers=headers,
        content=content,
        deadline=time.monotonic() + (one if whole is None else whole),
        repeatable=operation.idempotency == "natural" if repeatable is None else repeatable,
        attempt_seconds=one,
        credential=credential_of(settings, operation),
        deadline_is_own=whole is not None,
        raw=raw,
        held=_asks_to_hold(parts, operation),
    )
    if call.credential is not None and not call.credential.is_rotating:
        call.authorize(call.credential.source)
    return call


def _sendable(headers: dict[str, str]) -> dict[str, str]:
    for name, value in headers.items():
        if not _is_plain(value):
            raise InvalidArgument(f"the header {name} must be printable ASCII text, not {value!r:.80}")
    return headers


def _is_plain(value: Any) -> bool:
    return isinstance(value, str) and value.isascii() and value.isprintable()


def _check_query(parts: RequestParts) -> None:
    for name, value in parts.query.items():
        try:
            str(value).encode()
        except UnicodeEncodeError as error:
            raise InvalidArgument(f"{name} must be Unicode text, not {value!r:.80}") from error


def _asks_to_hold(parts: RequestParts, operation: Operation) -> bool:
    if operation.long_poll is None:
        return False
    field = operation.long_poll.timeout_field or "wait_new_event"
    body = parts.json if isinstance(parts.json, dict) else {}
    return field in parts.query or field in body or body.get("wait_for") == "completed"


def _content(settings: Settings, parts: RequestParts, raw: bool) -> bytes | None:
    from durable_workflow_api.types import UNSET

    if parts.json is UNSET:
        return None
    body = parts.json if raw else settings.payload_gate.outgoing(parts.operation_id, parts.json)
    try:
        content = json.dumps(body, allow_nan=False, separators=(",", ":")).encode()
    except (TypeError, ValueError, RecursionError) as error:
        raise InvalidArgument(
            f"{parts.operation_id}: an argument cannot be written as JSON: {error}"
        ) from error
    settings.payload_gate.check_size(parts.operation_id, content, parts.json)
    return content


def _may_have_been_done(result: Answer | Fault) -> bool:
    if isinstance(result, Fault):
        return result.kind != "unsent"
    return result.status in (500, 502, 503, 504)
