"""pollWorkflowTask and pollActivityTask: handing out work, each piece to one worker at a time."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from durable_workflow.server._calls import Call, Pending, Reply
from durable_workflow.server.engine import activity_claims, budgets, history, history_pages
from durable_workflow.server.engine.activity_outcomes import activity_topic
from durable_workflow.server.engine.cancellations import CAPABILITY
from durable_workflow.server.engine.lookup import run_of
from durable_workflow.server.engine.payloads import envelope
from durable_workflow.server.engine.refusals import from_json
from durable_workflow.server.engine.registrations import polling_worker
from durable_workflow.server.engine.timestamps import precise
from durable_workflow.server.engine.wakeups import workflow_topic
from durable_workflow.server.store import Transaction, activity_tasks, workflow_tasks
from durable_workflow.server.store.workers import Worker
from durable_workflow.server.store.workflow_tasks import WorkflowTask

__all__ = ["poll_activity_task", "poll_workflow_task"]

_CONTEXT = (
    "workflow_wait_kind",
    "open_wait_id",
    "resume_source_kind",
    "resume_source_id",
    "workflow_update_id",
    "workflow_signal_id",
    "signal_name",
    "signal_wait_id",
    "workflow_command_id",
    "activity_execution_id",
    "activity_attempt_id",
    "activity_type",
    "child_call_id",
    "child_workflow_run_id",
    "workflow_sequence",
    "workflow_event_type",
    "timer_id",
    "condition_wait_id",
    "condition_key",
    "condition_definition_fingerprint",
)


def poll_workflow_task(tx: Transaction, call: Call) -> Reply | Pending:
    """Hand out a workflow task, or wait for one; a repeated ``poll_request_id`` gets the same task."""
    worker = polling_worker(tx, call)
    task = _polled_before(tx, call, worker) or _claim(tx, call, worker)
    if task is None:
        return _nothing(call, workflow_topic(call.namespace, worker.task_queue))
    return Reply(200, {"task": _rendered(tx, call, task)})


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
    lease: dict[str, Any] = {
        "status": "leased",
        "attempt": task.attempt + 1,
        "leased_at": tx.now,
        "lease_owner": worker.worker_id,
        "lease_expires_at": tx.now + tx.settings.workflow_lease,
        "poll_request_id": call.body.get("poll_request_id"),
        "seen_sequence": run_of(tx, task.run_id).last_sequence,
    }
    workflow_tasks.change_task(tx, task.task_id, **lease)
    tx.due(lease["lease_expires_at"])
    return replace(task, **lease)


def _rendered(tx: Transaction, call: Call, task: WorkflowTask) -> dict[str, Any]:
    run = run_of(tx, task.run_id)
    events, token = history.page(tx, run, 0, history_pages.page_size(call.body))
    context = from_json(task.context)
    return {
        "task_id": task.task_id,
        "workflow_id": run.workflow_id,
        "run_id": run.run_id,
        "workflow_task_attempt": task.attempt,
        "workflow_type": run.workflow_type,
        "payload_codec": run.payload_codec,
        "arguments": envelope(run.payload_codec, run.arguments),
        "run_status": run.status,
        "last_history_sequence": run.last_sequence,
        **history_pages.rendered(events, call.body),
        "total_history_events": run.last_sequence,
        "next_history_page_token": token,
        "task_queue": task.task_queue,
        "connection": None,
        "compatibility": task.compatibility,
        "lease_owner": task.lease_owner,
        "lease_expires_at": precise(task.lease_expires_at),
        **budgets.budget_members(tx.settings, run),
        **{name: context.get(name) for name in _CONTEXT},
    }


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
