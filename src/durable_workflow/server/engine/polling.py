"""pollWorkflowTask and pollActivityTask: handing out work, each piece to one worker at a time."""

from __future__ import annotations

from typing import Any

from durable_workflow.server._calls import Call, Pending, Reply
from durable_workflow.server.engine import activity_claims, stickiness, workflow_claims
from durable_workflow.server.engine.activity_outcomes import activity_topic
from durable_workflow.server.engine.cancellations import CAPABILITY
from durable_workflow.server.engine.registrations import polling_worker
from durable_workflow.server.engine.wakeups import workflow_topic
from durable_workflow.server.store import Transaction, activity_tasks, workflow_tasks
from durable_workflow.server.store.workers import Worker
from durable_workflow.server.store.workflow_tasks import WorkflowTask

__all__ = ["nothing_yet", "poll_activity_task", "poll_workflow_task"]


def poll_workflow_task(tx: Transaction, call: Call) -> Reply | Pending:
    """Hand out a workflow task, or wait for one; a repeated ``poll_request_id`` gets the same task."""
    worker = polling_worker(tx, call)
    task = _polled_before(tx, call, worker) or _claim(tx, call, worker)
    if task is None:
        topic, own_topic = workflow_topic(call.namespace, worker.task_queue), None
        if worker.can(stickiness.CAPABILITY):
            own_topic = stickiness.sticky_topic(call.namespace, worker.worker_id)
        return nothing_yet(call, worker, topic, own_topic)
    rendered = workflow_claims.rendered(tx, task, worker, call.body)
    return Reply(200, {"task": rendered, "poll_status": "leased"})


def _polled_before(tx: Transaction, call: Call, worker: Worker) -> WorkflowTask | None:
    key = call.body.get("poll_request_id")
    if key is None:
        return None
    return workflow_tasks.find_polled(tx, call.namespace, worker.worker_id, key, tx.now)


def _claim(tx: Transaction, call: Call, worker: Worker) -> WorkflowTask | None:
    if worker.is_draining:
        return None
    task = workflow_tasks.find_ready(tx, worker, tells=worker.can(CAPABILITY))
    if task is None:
        return None
    return workflow_claims.claim(tx, task, worker, call.body.get("poll_request_id"))


def poll_activity_task(tx: Transaction, call: Call) -> Reply | Pending:
    """Hand out an activity task, or wait for one; a repeated ``poll_request_id`` gets the same task."""
    worker = polling_worker(tx, call)
    key = call.body.get("poll_request_id")
    task = None
    if key is not None:
        task = activity_tasks.find_polled(tx, call.namespace, worker.worker_id, key, tx.now)
    if task is None and not worker.is_draining:
        ready = activity_tasks.find_ready(
            tx, call.namespace, worker.task_queue, worker.activity_types, worker.build_id
        )
        task = None if ready is None else activity_claims.claim(tx, ready, worker.worker_id, key)
    if task is None:
        return nothing_yet(call, worker, activity_topic(call.namespace, worker.task_queue))
    return Reply(200, {"task": activity_claims.rendered(tx, task), "poll_status": "leased"})


def nothing_yet(call: Call, worker: Worker, topic: str, own_topic: str | None = None) -> Reply | Pending:
    """Answer a poll for which there is nothing, or have it wait for a topic of its queue or of its own."""
    seconds = call.body.get("timeout_seconds")
    body: dict[str, Any] = {"task": None, "poll_status": "empty" if seconds == 0 else "timeout"}
    if worker.is_draining:
        body |= {"poll_status": "draining", "drain_reason": "build_id_draining"}
        # New tasks are none of its business; it waits all the same, so that it does not ask all the time.
        topic, own_topic = f"worker:{worker.namespace}:{worker.worker_id}", None
    if seconds == 0:
        return Reply(200, body)
    allowed = None if seconds is None else float(seconds)
    return Pending(topic, Reply(200, body), deadline_seconds=allowed, own_topic=own_topic)
