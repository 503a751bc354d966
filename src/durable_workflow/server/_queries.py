"""Queries on their way to workers: they live in the memory of the process and nowhere else.

A query changes nothing, so nothing is lost with it but the time of its caller, who asks again. It is handed
out once. What is known of it is forgotten after a while, so that a late answer can be told what became of it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

__all__ = ["Answer", "Query", "QueryBoard"]

# Of the newest; the rest is forgotten earlier than it could be.
_MOST_KNOWN = 20_000


@dataclass(frozen=True, slots=True)
class Answer:
    """What a worker made of a query.

    Args:
        result: The value as plain JSON.
        envelope: The value encoded.
        reason: Why it failed, None if it did not.
        message: The same in words.
    """

    result: Any = None
    envelope: Any = None
    reason: str | None = None
    message: str = ""


@dataclass(slots=True, eq=False, kw_only=True)
class Query:
    """One query; only the board changes it."""

    query_task_id: str
    namespace: str
    task_queue: str
    workflow_id: str
    run_id: str
    workflow_type: str
    compatibility: str | None
    query_name: str
    payload_codec: str
    arguments: str
    created_at: float
    status: Literal["waiting", "leased", "answered", "withdrawn"] = "waiting"
    lease_owner: str | None = None
    lease_expires_at: float | None = None
    poll_request_id: str | None = None
    answer: Answer | None = None


class QueryBoard:
    """The queries of all queues. It may be used from any thread; times are epoch seconds."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: dict[str, Query] = {}
        self._waiting: dict[tuple[str, str], dict[str, Query]] = {}
        self._polled: dict[tuple[str, str | None, str | None], Query] = {}
        self._pollers: dict[tuple[str, str], dict[str, float]] = {}

    def add(self, query: Query, *, most_waiting: int, forget_before: float) -> bool:
        """Put a query up for the workers of its queue; False if too many wait there already."""
        with self._lock:
            self._forget(forget_before)
            key = (query.namespace, query.task_queue)
            waiting = self._waiting.setdefault(key, {})
            if len(waiting) >= most_waiting:
                return False
            waiting[query.query_task_id] = self._known[query.query_task_id] = query
            return True

    def take(
        self,
        namespace: str,
        queue: str,
        accepts: Callable[[Query], bool],
        lease: tuple[str, float, str | None],
    ) -> Query | None:
        """Hand out the query of a queue that waits longest, among those that a worker accepts.

        Args:
            namespace: The namespace.
            queue: The queue.
            accepts: Says whether the worker can have a query.
            lease: The worker, when its lease ends, and the id of its poll.
        """
        with self._lock:
            waiting = self._waiting.get((namespace, queue), {})
            query = next(filter(accepts, waiting.values()), None)
            if query is not None:
                self._leave_queue(query)
                query.status = "leased"
                query.lease_owner, query.lease_expires_at, query.poll_request_id = lease
                if query.poll_request_id is not None:
                    self._polled[_poll_of(query)] = query
            return query

    def give_back(self, query: Query) -> None:
        """Put a query up again that did not reach its worker, in front of the others."""
        with self._lock:
            if query.status == "leased":
                self._polled.pop(_poll_of(query), None)
                query.status, query.lease_owner, query.poll_request_id = "waiting", None, None
                key = (query.namespace, query.task_queue)
                self._waiting[key] = {query.query_task_id: query, **self._waiting.get(key, {})}

    def answer(self, query: Query, answer: Answer) -> bool:
        """Keep a worker's answer for the caller; False if the query is not out, or its caller is gone."""
        with self._lock:
            if query.status != "leased":
                return False
            query.status, query.answer = "answered", answer
            return True

    def close(self, query: Query, answer: Answer) -> None:
        """Answer a query for the workers, who will not."""
        with self._lock:
            self._leave_queue(query)
            if query.status in ("waiting", "leased"):
                query.status, query.answer = "answered", answer

    def withdraw(self, query: Query) -> None:
        """Note that the caller waits no more."""
        with self._lock:
            self._leave_queue(query)
            if query.status != "answered":
                query.status = "withdrawn"
            query.answer = None

    def find(self, namespace: str, query_task_id: str, *, forget_before: float) -> Query | None:
        """Return a query that is still known."""
        with self._lock:
            self._forget(forget_before)
            query = self._known.get(query_task_id)
        return query if query is not None and query.namespace == namespace else None

    def find_polled(self, namespace: str, owner: str, poll_request_id: str, now: float) -> Query | None:
        """Return the query that an earlier poll with this id got and still holds."""
        with self._lock:
            query = self._polled.get((namespace, owner, poll_request_id))
            if query is None or query.status != "leased" or (query.lease_expires_at or 0.0) <= now:
                return None
            return query

    def open_queries(self, namespace: str, queue: str) -> list[Query]:
        """Return the queries of a queue that wait for a worker or for its answer."""
        with self._lock:
            return [
                query
                for query in self._known.values()
                if (query.namespace, query.task_queue) == (namespace, queue)
                and query.status in ("waiting", "leased")
            ]

    def waiting(self, namespace: str, queue: str) -> int:
        """Return how many queries wait for the workers of a queue."""
        with self._lock:
            return len(self._waiting.get((namespace, queue), ()))

    def heard_from(self, namespace: str, queue: str, worker_id: str, now: float, *, since: float) -> None:
        """Note that a worker asks for queries, and forget who did not ask after ``since``."""
        with self._lock:
            pollers = self._pollers.setdefault((namespace, queue), {})
            pollers.pop(worker_id, None)
            pollers[worker_id] = now
            # Whoever was heard of last stands last.
            while pollers[oldest := next(iter(pollers))] <= since:
                del pollers[oldest]

    def pollers(self, namespace: str, queue: str, *, since: float) -> list[str]:
        """Return the workers of a queue that asked for queries after a moment."""
        with self._lock:
            pollers = self._pollers.get((namespace, queue), {})
            return [name for name, moment in pollers.items() if moment > since]

    def _leave_queue(self, query: Query) -> None:
        key = (query.namespace, query.task_queue)
        waiting = self._waiting.get(key)
        if waiting is not None:
            waiting.pop(query.query_task_id, None)
            if not waiting:
                del self._waiting[key]

    def _forget(self, before: float) -> None:
        while self._known:
            oldest = next(iter(self._known.values()))
            if oldest.created_at > before and len(self._known) <= _MOST_KNOWN:
                return
            del self._known[oldest.query_task_id]
            self._polled.pop(_poll_of(oldest), None)
            self._leave_queue(oldest)


def _poll_of(query: Query) -> tuple[str, str | None, str | None]:
    return query.namespace, query.lease_owner, query.poll_request_id
