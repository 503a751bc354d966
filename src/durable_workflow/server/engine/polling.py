"""pollWorkflowTask and pollActivityTask: handing out work, each piece to one worker at a time."""

from __future__ import annotations

from durable_workflow.server._calls import Call, Pending, Reply
from durable_workflow.server.engine import activity_claims, workflow_claims
from durable_workflow.server.engine.activity_outcomes import activity_topic
from durable_workflow.server.engine.cancellations import CAPABILITY
from durable_workflow.server.engine.registrations import polling_worker
from durable_workflow.server.engine.wakeups import workflow_topic
from durable_workflow.server.store import Transaction, activity_tasks, workflow_tasks
from durable_workflow.server.store.workers import Worker
from durable_workflow.server.store.workflow_tasks import WorkflowTask

__all__ = ["poll_activity_task", "poll_workflow_task"]


def poll_workflow_task(tx: Transaction, call: Call) -> Reply | Pending:
    """Hand out a workflow task, or wait for one; a repeated ``poll_request_id`` gets the same task."""
    worker = polling_worker(tx, call)
    task = _polled_before(tx, call, worker) or _claim(tx, call, worker)
    if task is None:
        return _nothing(call, workflow_topic(call.namespace, worker.task_queue))
    return Reply(200, {"task": workflow_claims.rendered(tx, task, call.body)})


def _polled_before(tx: Transaction, call: Call, worker: Worker) -> WorkflowTask | None:
    key = call.body.get("poll_request_id")
    if key is None:
        return None
    return workflow_tasks.find_polled(tx, call.namespace, worker.worker_id, key, tx.now)


def _claim(tx: Transaction, call: Call, worker: Worker) -> WorkflowTask | None:
    task = workflow_tasks.find_ready(
        tx,
        call.namespace,
        worker.task_queue,
        worker.workflow_types,
        worker.build_id,
        tells=worker.can(CAPABILITY),
    )
    if task is None:
        return None
    return workflow_claims.claim(tx, task, worker.worker_id, call.body.get("poll_request_id"))


def poll_activity_task(tx: Transaction, call: Call) -> Reply | Pending:
    """Hand out an activity task, or wait for one; a repeated ``poll_request_id`` gets the same task."""
    worker = polling_worker(tx, call)
    key = call.body.get("poll_request_id")
    task = None
    if key is not None:
        task = activity_tasks.find_polled(tx, call.namespace, worker.worker_id, key, tx.now)
    if task is None:
        ready = activity_tasks.find_ready(
            tx, call.namespace, worker.task_queue, worker.activity_types, worker.build_id
        )
        task = None if ready is None else activity_claims.claim(tx, ready, worker.worker_id, key)
    if task is None:
        return _nothing(call, activity_topic(call.namespace, worker.task_queue))
    return Reply(200, {"task": activity_claims.rendered(tx, task)})


def _nothing(call: Call, topic: str) -> Reply | Pending:
    empty = Reply(200, {"task": None})
    seconds = call.body.get("timeout_seconds")
    if seconds == 0:
        return empty
    return Pending(topic, empty, deadline_seconds=None if seconds is None else float(seconds))
