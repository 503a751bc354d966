"""Claiming a workflow task: its lease, and the task as the worker sees it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from durable_workflow.server.engine import budgets, history, history_pages, open_updates, stickiness
from durable_workflow.server.engine.lookup import run_of
from durable_workflow.server.engine.payloads import envelope
from durable_workflow.server.engine.refusals import from_json
from durable_workflow.server.engine.timestamps import precise
from durable_workflow.server.store import Transaction, workflow_tasks
from durable_workflow.server.store.workers import Worker
from durable_workflow.server.store.workflow_tasks import WorkflowTask

__all__ = ["claim", "rendered"]

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


def claim(tx: Transaction, task: WorkflowTask, worker: Worker, poll_request_id: str | None) -> WorkflowTask:
    """Lease a ready task to a worker."""
    kept = task.sticky_worker_id == worker.worker_id
    lease: dict[str, Any] = {
        "status": "leased",
        "attempt": task.attempt + 1,
        "leased_at": tx.now,
        "lease_owner": worker.worker_id,
        "lease_expires_at": tx.now + tx.settings.workflow_lease,
        "poll_request_id": poll_request_id,
        "context": open_updates.context_at_hand_out(tx, task),
        "seen_sequence": run_of(tx, task.run_id).last_sequence,
        "sticky_worker_id": task.sticky_worker_id if kept else None,
        "sticky_until": task.sticky_until if kept else None,
    }
    workflow_tasks.change_task(tx, task.task_id, **lease)
    tx.due(lease["lease_expires_at"])
    return replace(task, **lease)


def rendered(tx: Transaction, task: WorkflowTask, worker: Worker, body: Mapping[str, Any]) -> dict[str, Any]:
    """Return a leased task as the worker sees it, with the first page of its history.

    Args:
        tx: The transaction.
        task: The task.
        worker: The worker that has it.
        body: The request, which says how it wants the page.
    """
    run = run_of(tx, task.run_id)
    after = stickiness.history_start(run, task, worker)
    events, token = history.page(tx, run, after, history_pages.page_size(body))
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
        **history_pages.rendered(events, body),
        "total_history_events": run.last_sequence,
        "next_history_page_token": token,
        "task_queue": task.task_queue,
        "connection": None,
        "compatibility": task.compatibility,
        "lease_owner": task.lease_owner,
        "lease_expires_at": precise(task.lease_expires_at),
        **budgets.budget_members(tx.settings, run),
        **stickiness.members(run, task, worker),
        **{name: context.get(name) for name in _CONTEXT},
    }
