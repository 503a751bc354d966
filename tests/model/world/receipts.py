"""Keys of requests: a repeat is answered as the first was (control-plane.md, section 23)."""

from __future__ import annotations

from collections.abc import Callable

from model.matching import Call, Expected
from model.world.state import Promise, State

__all__ = ["answer_once"]

_NO_INTENT = ("request_id", "wait_for", "wait_timeout_seconds")


def answer_once(
    state: State, call: Call, scope: str, key: str | None, act: Callable[[], Promise]
) -> Expected:
    """Act, unless the same call with the same key was answered before.

    Another call under a key is a conflict. A refused call has done nothing that a repeat could do twice, so
    it is looked at again.
    """
    if key is None:
        return _now(act())
    body = {name: value for name, value in call.body.items() if name not in _NO_INTENT and value is not None}
    intent = (call.operation, dict(call.path), body)
    known = state.receipts.get((scope, key))
    if known is None:
        promise = act()
        if _now(promise).status in (200, 201, 202):
            state.receipts[scope, key] = (intent, promise)
        return _now(promise)
    if known[0] != intent:
        return Expected(409, {"reason": "request_id_conflict"})
    return _now(known[1])


def _now(promise: Promise) -> Expected:
    return promise if isinstance(promise, Expected) else promise()
