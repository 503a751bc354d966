"""Keys of requests: a repeat is answered as the first was (control-plane.md, section 23)."""

from __future__ import annotations

from collections.abc import Callable

from model.matching import Call, Expected
from model.world.state import State

__all__ = ["answer_once"]


def answer_once(
    state: State, call: Call, scope: str, key: str | None, act: Callable[[], Expected]
) -> Expected:
    """Act, unless the same call with the same key was answered before.

    Another call under a key is a conflict. A refused call has done nothing that a repeat could do twice, so
    it is looked at again.
    """
    if key is None:
        return act()
    body = {name: value for name, value in call.body.items() if name != "request_id" and value is not None}
    intent = (call.operation, dict(call.path), body)
    known = state.receipts.get((scope, key))
    if known is None:
        answer = act()
        if answer.status in (200, 201, 202):
            state.receipts[scope, key] = (intent, answer)
        return answer
    if known[0] != intent:
        return Expected(409, {"reason": "request_id_conflict"})
    return known[1]
