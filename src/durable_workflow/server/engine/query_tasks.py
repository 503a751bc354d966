"""pollQueryTask, completeQueryTask, failQueryTask: how workers answer queries."""

from __future__ import annotations

from typing import Any

from durable_workflow.server._calls import Call, Pending, Refusal, Reply
from durable_workflow.server._queries import Answer, Query
from durable_workflow.server.engine import history
from durable_workflow.server.engine.lookup import run_of
from durable_workflow.server.engine.payloads import envelope
from durable_workflow.server.engine.polling import nothing_yet
from durable_workflow.server.engine.queries import answer_topic, hosts, query_topic
from durable_workflow.server.engine.registrations import polling_worker
from durable_workflow.server.engine.timestamps import precise
from durable_workflow.server.store import Transaction, events
from durable_workflow.server.store.workers import Worker

__all__ = ["complete_query_task", "fail_query_task", "give_back_query", "poll_query_task"]

# A query is handed out once.
_ATTEMPT = 1


def poll_query_task(tx: Transaction, call: Call) -> Reply | Pending:
    """Hand out a query, or wait for one; a repeated ``poll_request_id`` gets the same query."""
    worker = polling_worker(tx, call)
    since = tx.now - tx.settings.worker_freshness
    tx.queries.heard_from(call.namespace, worker.task_queue, worker.worker_id, tx.now, since=since)
    query = _polled_before(tx, call, worker) or _take(tx, call, worker)
    if query is None:
        return nothing_yet(call, worker, query_topic(call.namespace, worker.task_queue))
    return Reply(200, {"task": _rendered(tx, query), "poll_status": "leased"})


def _polled_before(tx: Transaction, call: Call, worker: Worker) -> Query | None:
    key = call.body.get("poll_request_id")
    if key is None:
        return None
    return tx.queries.find_polled(call.namespace, worker.worker_id, key, tx.now)


def _take(tx: Transaction, call: Call, worker: Worker) -> Query | None:
    if worker.is_draining:
        return None
    forget_before = tx.now - tx.settings.query_life

    def accepts(query: Query) -> bool:
        return query.created_at > forget_before and hosts(worker, query.workflow_type, query.compatibility)

    lease = (worker.worker_id, tx.now + tx.settings.query_lease, call.body.get("poll_request_id"))
    return tx.queries.take(call.namespace, worker.task_queue, accepts, lease)


def _rendered(tx: Transaction, query: Query) -> dict[str, Any]:
    run = run_of(tx, query.run_id)
    found = events.events_after(tx, run.run_id, 0, run.last_sequence)
    return {
        "query_task_id": query.query_task_id,
        "query_task_attempt": _ATTEMPT,
        "workflow_id": run.workflow_id,
        "run_id": run.run_id,
        "workflow_type": run.workflow_type,
        "query_name": query.query_name,
        "payload_codec": run.payload_codec,
        "workflow_arguments": envelope(run.payload_codec, run.arguments),
        "query_arguments": envelope(query.payload_codec, query.arguments),
        "run_status": run.status,
        "last_history_sequence": run.last_sequence,
        "history_events": [history.worker_event(event) for event in found],
        "task_queue": query.task_queue,
        "lease_owner": query.lease_owner,
        "lease_expires_at": precise(query.lease_expires_at),
    }


def give_back_query(tx: Transaction, call: Call, outcome: Reply | Pending) -> None:
    """Put a query up again that was handed out in a poll whose answer could not be delivered.

    Args:
        tx: The transaction.
        call: The poll.
        outcome: What the engine had answered; without a query nothing happens.
    """
    task = outcome.body.get("task") if isinstance(outcome, Reply) else None
    query = None if task is None else _find(tx, call.namespace, task["query_task_id"])
    if query is not None and query.lease_owner == call.body["worker_id"]:
        tx.queries.give_back(query)
        tx.raise_topic(query_topic(call.namespace, query.task_queue))


def complete_query_task(tx: Transaction, call: Call) -> Reply:
    """Give the caller of a query what its handler returned."""
    body = call.body
    _answer(tx, call, Answer(body.get("result"), body.get("result_envelope")))
    return _recorded(call, outcome="completed")


def fail_query_task(tx: Transaction, call: Call) -> Reply:
    """Tell the caller of a query why it could not be answered."""
    failure = call.body["failure"]
    reason = failure.get("reason") or "query_rejected"
    _answer(tx, call, Answer(reason=reason, message=failure["message"]))
    return _recorded(call, outcome="failed", reason=reason)


def _recorded(call: Call, **members: Any) -> Reply:
    body = {"query_task_id": call.path["queryTaskId"], "query_task_attempt": _ATTEMPT}
    return Reply(200, {**body, **members, "status": 200})


def _answer(tx: Transaction, call: Call, answer: Answer) -> None:
    query = _guarded(tx, call)
    if not tx.queries.answer(query, answer):
        raise _not_leased(call)
    tx.raise_topic(answer_topic(query))


def _find(tx: Transaction, namespace: str, query_task_id: str) -> Query | None:
    forget_before = tx.now - tx.settings.query_life
    return tx.queries.find(namespace, query_task_id, forget_before=forget_before)


def _guarded(tx: Transaction, call: Call) -> Query:
    query = _find(tx, call.namespace, call.path["queryTaskId"])
    if query is None:
        raise _refusal(call, 404, "query_task_not_found", "There is no such query task, or not any more.")
    if query.status != "leased":
        raise _not_leased(call)
    if query.lease_owner != call.body["lease_owner"]:
        text = "Another worker holds the query."
        raise _refusal(call, 409, "lease_owner_mismatch", text, lease_owner=query.lease_owner)
    if call.body["query_task_attempt"] != _ATTEMPT:
        text = "The query was handed out once."
        raise _refusal(call, 409, "query_task_attempt_mismatch", text, current_attempt=_ATTEMPT)
    if query.lease_expires_at is None or query.lease_expires_at <= tx.now:
        expired = precise(query.lease_expires_at)
        raise _refusal(call, 409, "lease_expired", "The lease is over.", lease_expires_at=expired)
    return query


def _not_leased(call: Call) -> Refusal:
    text = "The query is not out: it was answered, or its caller waits no more."
    return _refusal(call, 409, "query_task_not_leased", text)


def _refusal(call: Call, status: int, reason: str, text: str, **members: Any) -> Refusal:
    names = {"query_task_id": call.path["queryTaskId"], "outcome": "rejected", "status": status}
    return Refusal(status, reason, text, names | members, text_member="error")
