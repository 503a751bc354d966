"""queryWorkflow: a question to the newest run, handed to a worker that hosts its type."""

from __future__ import annotations

from typing import Any

from durable_workflow.server._calls import Call, Pending, Refusal, Reply
from durable_workflow.server._queries import Answer, Query
from durable_workflow.server.engine import contracts, messages
from durable_workflow.server.engine.lookup import run_of
from durable_workflow.server.engine.payloads import arguments_blob, given_arguments
from durable_workflow.server.engine.refusals import from_json
from durable_workflow.server.engine.wakeups import queue_of
from durable_workflow.server.store import Transaction, workers
from durable_workflow.server.store.runs import Run
from durable_workflow.server.store.workers import Worker

__all__ = [
    "_CAPABILITY",
    "answer_topic",
    "can_be_asked",
    "hosts",
    "query_topic",
    "query_workflow",
    "worker_left",
]

# What workers register that answer queries, if they register capabilities at all.
_CAPABILITY = "query_tasks"


def query_topic(namespace: str, queue: str) -> str:
    """Return the topic that query polls of a queue wait on."""
    return f"query:{namespace}:{queue}"


def answer_topic(query: Query) -> str:
    """Return the topic that is raised when a query is answered."""
    return f"answer:{query.query_task_id}"


def query_workflow(tx: Transaction, call: Call) -> Reply | Pending:
    """Ask a worker about the newest run, open or closed, and wait for what it says."""
    run, name = messages.target(tx, call, "query")
    blob, given = given_arguments(call.body.get("input"))
    fit = contracts.judge(tx, run, "query", name, given)
    if not can_be_asked(tx, run):
        text = f"No worker of the queue {queue_of(run)} that hosts {run.workflow_type} can be asked."
        raise _failure(404, "query_not_found", text, run, name)
    if not fit.declared:
        text = f"No worker declared the query {name!r:.80} for {run.workflow_type}."
        raise _failure(404, "rejected_unknown_query", text, run, name)
    if fit.errors:
        text = "The arguments do not fit the parameters of the query."
        raise _failure(422, "invalid_query_arguments", text, run, name, validation_errors=fit.errors)
    return _ask(tx, run, name, arguments_blob(run, fit.arguments) if blob is None else blob)


def can_be_asked(tx: Transaction, run: Run) -> bool:
    """Return whether some worker that was heard of lately could answer a query about a run."""
    queue, since = queue_of(run), tx.now - tx.settings.worker_freshness
    if any(_is_eligible(worker, run) for worker in workers.fresh_workers(tx, run.namespace, queue, since)):
        return True
    # A worker of protocol 1.0 sends no heartbeats: asking for queries shows that it lives.
    asking = tx.queries.pollers(run.namespace, queue, since=since)
    found = (workers.find_worker(tx, run.namespace, worker_id) for worker_id in asking)
    return any(worker is not None and _is_eligible(worker, run) for worker in found)


def _is_eligible(worker: Worker, run: Run) -> bool:
    # Without any capabilities it speaks protocol 1.0, where every worker may be asked.
    able = worker.capabilities == "[]" or worker.can(_CAPABILITY)
    active = worker.status == "active" and worker.runtime != "php"
    return active and able and hosts(worker, run.workflow_type, run.compatibility)


def hosts(worker: Worker, workflow_type: str, compatibility: str | None) -> bool:
    """Return whether a worker hosts a type in the build that a run is bound to."""
    types = from_json(worker.workflow_types)
    return (not types or workflow_type in types) and compatibility in (None, worker.build_id)


def _ask(tx: Transaction, run: Run, name: str, blob: str) -> Pending:
    settings, board = tx.settings, tx.queries
    query = Query(
        query_task_id=tx.ids.upper(),
        namespace=run.namespace,
        task_queue=queue_of(run),
        workflow_id=run.workflow_id,
        run_id=run.run_id,
        workflow_type=run.workflow_type,
        compatibility=run.compatibility,
        query_name=name,
        payload_codec=run.payload_codec,
        arguments=blob,
        created_at=tx.now,
    )
    forget_before = tx.now - settings.query_life
    if not board.add(query, most_waiting=settings.query_queue, forget_before=forget_before):
        text = f"{settings.query_queue} queries wait for the workers of the queue already; try again later."
        raise _failure(429, "query_task_queue_full", text, run, name)
    tx.raise_topic(query_topic(run.namespace, query.task_queue))
    late = _failure(
        504, "query_worker_timeout", f"No worker answered within {settings.query_wait:g} seconds.", run, name
    )
    stopped = _failure(
        503, "query_task_queue_unavailable", "The server is stopping; ask again later.", run, name
    )
    pending = Pending(
        answer_topic(query),
        Reply(late.status, late.body()),
        deadline_seconds=settings.query_wait,
        again=lambda later: _answer(query, pending),
        stopped=Reply(stopped.status, stopped.body()),
        withdraw=lambda: board.withdraw(query),
    )
    return pending


def _answer(query: Query, pending: Pending) -> Reply | Pending:
    answer = query.answer
    if answer is None:
        return pending
    body = _names(query.workflow_id, query.run_id, query.query_name)
    if answer.reason is None:
        members = {"result": answer.result, "result_envelope": answer.envelope, "reason": None}
        return Reply(200, body | members)
    failure = {"result": None, "reason": answer.reason, "message": answer.message}
    return Reply(404 if answer.reason == "rejected_unknown_query" else 409, body | failure)


def worker_left(tx: Transaction, worker: Worker) -> None:
    """Tell the callers whose queries nobody will answer, now that a worker has deregistered."""
    asked: dict[tuple[str, str | None], bool] = {}
    for query in tx.queries.open_queries(worker.namespace, worker.task_queue):
        kind = (query.workflow_type, query.compatibility)
        if query.lease_owner is None and kind not in asked:
            asked[kind] = can_be_asked(tx, run_of(tx, query.run_id))
        if query.lease_owner == worker.worker_id or (query.lease_owner is None and not asked[kind]):
            text = "The worker that could have answered has left; ask again later."
            tx.queries.close(query, Answer(reason="query_worker_unavailable", message=text))
            tx.raise_topic(answer_topic(query))


def _names(workflow_id: str, run_id: str, name: str) -> dict[str, Any]:
    return {
        "workflow_id": workflow_id,
        "run_id": run_id,
        "target_scope": "instance",
        "query_name": name,
    }


def _failure(status: int, reason: str, text: str, run: Run, name: str, **members: Any) -> Refusal:
    names = _names(run.workflow_id, run.run_id, name)
    return Refusal(status, reason, text, {**names, "result": None, **members})
