"""Contexts in memos: written by whoever starts a workflow, found by whoever works on it."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import Any

from opentelemetry.context import Context
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

__all__ = ["Contexts", "carried", "context_in", "start_memo_in"]

# Not the propagator that the program has set: a workflow may outlive its program, and be read by another one.
_W3C = TraceContextTextMapPropagator()
_MEMBERS = ("traceparent", "tracestate")
_MOST = 10_000


def carried(context: Context | None = None) -> dict[str, str]:
    """Return a context, the current one by default, as texts; nothing where there is no span."""
    texts: dict[str, str] = {}
    _W3C.inject(texts, context)
    return texts


def context_in(memo: Any) -> Context | None:
    """Return the context that a memo holds."""
    if not isinstance(memo, Mapping):
        return None
    texts = {name: memo[name] for name in _MEMBERS if isinstance(memo.get(name), str)}
    return _W3C.extract(texts, Context()) if "traceparent" in texts else None


def start_memo_in(events: Sequence[Mapping[str, Any]]) -> Any:
    """Return the memo that a run was started with, None if these events do not begin with the start."""
    for event in events[:2]:
        payload = event.get("payload")
        if isinstance(payload, Mapping) and "memo" in payload:
            return payload["memo"]
    return None


class Contexts:
    """The contexts of the runs that were seen last; may be used from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: OrderedDict[str, Context | None] = OrderedDict()

    def __contains__(self, run_id: str) -> bool:
        return run_id in self._known

    def get(self, run_id: str) -> Context | None:
        """Return the context of a run, None if it has none."""
        return self._known.get(run_id)

    def remember(self, run_id: str, context: Context | None) -> None:
        """Note the context of a run."""
        with self._lock:
            self._known[run_id] = context
            if len(self._known) > _MOST:
                self._known.popitem(last=False)
