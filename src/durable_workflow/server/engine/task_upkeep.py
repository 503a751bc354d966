"""Workflow tasks that are out: further history, heartbeats, and tasks that could not be processed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from durable_workflow.server._calls import Call, Reply
from durable_workflow.server.engine import history, history_pages, open_updates, stickiness, wakeups
from durable_workflow.server.engine.refusals import to_json, worker_refusal
from durable_workflow.server.engine.snapshots import present
from durable_workflow.server.engine.task_guard import guarded
from durable_workflow.server.engine.timestamps import precise
from durable_workflow.server.store import Transaction, workflow_tasks
from durable_workflow.server.store.runs import Run
from durable_workflow.server.store.workflow_tasks import WorkflowTask

__all__ = ["fail_task", "heartbeat_task", "task_history"]

# Means "nothing to do" to workers that cannot send an empty completion.
_NOTHING_TO_DO = "WorkflowTaskWaitingForHistory"

# How many characters of a failure's texts are kept on the run.
_KEPT = 4000


def task_history(tx: Transaction, call: Call) -> Reply:
    """Return a further page of the history of a task's run."""
    task, run = guarded(tx, call)
    after = history.token_position(call.body["next_history_page_token"])
    if after is None:
        text = "next_history_page_token is none of this server's."
        raise worker_refusal(400, "invalid_page_token", text, task_id=task.task_id)
    events, token = history.page(tx, run, after, history_pages.page_size(call.body))
    if events and events[-1].sequence > task.seen_sequence:
        workflow_tasks.change_task(tx, task.task_id, seen_sequence=events[-1].sequence)
    body = {
        "task_id": task.task_id,
        "workflow_task_attempt": task.attempt,
        **history_pages.rendered(events, call.body),
        "total_history_events": run.last_sequence,
        "next_history_page_token": token,
    }
    return Reply(200, body)


def heartbeat_task(tx: Transaction, call: Call) -> Reply:
    """Renew the lease of a workflow task; writes no event."""
    task, run = guarded(tx, call)
    expires_at = tx.now + tx.settings.workflow_lease
    workflow_tasks.change_task(tx, task.task_id, lease_expires_at=expires_at)
    body = {
        "task_id": task.task_id,
        "workflow_task_attempt": task.attempt,
        "lease_owner": task.lease_owner,
        "renewed": True,
        "lease_expires_at": precise(expires_at),
        "run_status": run.status,
        "task_status": task.status,
        "reason": None,
    }
    return Reply(200, body)


def fail_task(tx: Transaction, call: Call) -> Reply:
    """Take back a task that its worker could not process, and hand it out again after a while.

    A failure that only says that there was nothing to do is not counted and not tried again.
    """
    task, run = guarded(tx, call)
    failure = call.body["failure"]
    workflow_tasks.change_task(
        tx, task.task_id, status="failed", last_error=failure["message"], lease_expires_at=None
    )
    # Whoever could not go on has nothing live that is worth waiting for.
    stickiness.forget(run)
    next_task_id = wakeups.promote(tx, run)
    if failure.get("type") != _NOTHING_TO_DO:
        run.task_failures += 1
        run.last_task_failure = _kept(tx, task, failure)
        if next_task_id is None:
            next_task_id = _again(tx, run, task)
    else:
        open_updates.follow_up(tx, run, task)
    body = {
        "task_id": task.task_id,
        "workflow_task_attempt": task.attempt,
        "outcome": "failed",
        "recorded": True,
        "reason": None,
        "next_task_id": next_task_id,
    }
    return Reply(200, body)


def _kept(tx: Transaction, task: WorkflowTask, failure: Mapping[str, Any]) -> str:
    """Return what a run keeps of its last failed task, so that somebody can see why it does not go on."""
    kept = present(
        message=failure["message"][:_KEPT],
        type=failure.get("type"),
        stack_trace=(failure.get("stack_trace") or "")[:_KEPT] or None,
        task_id=task.task_id,
        lease_owner=task.lease_owner,
        failed_at=precise(tx.now),
    )
    return to_json(kept)


def _again(tx: Transaction, run: Run, task: WorkflowTask) -> str:
    # The exponent is bounded because a run may fail for weeks.
    doubled = tx.settings.task_retry_initial * 2.0 ** min(run.task_failures - 1, 32)
    moment = tx.now + min(doubled, tx.settings.task_retry_maximum)
    return wakeups.retry_later(tx, run, task.context, moment)
