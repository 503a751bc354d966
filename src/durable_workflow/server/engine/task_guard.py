"""Who may answer a workflow task: its leaseholder, with the attempt it was given, in time."""

from __future__ import annotations

from typing import Any

from durable_workflow.server._calls import Call, Refusal
from durable_workflow.server.engine.lookup import run_of
from durable_workflow.server.engine.refusals import worker_refusal
from durable_workflow.server.engine.timestamps import precise
from durable_workflow.server.store import Transaction, workflow_tasks
from durable_workflow.server.store.runs import Run
from durable_workflow.server.store.workflow_tasks import WorkflowTask

__all__ = ["guarded"]


def guarded(tx: Transaction, call: Call) -> tuple[WorkflowTask, Run]:
    """Return the task of the path and its run.

    Raises:
        Refusal: 404 ``task_not_found``; 409 ``run_closed``, ``task_not_leased``, ``lease_expired``,
            ``lease_owner_mismatch`` or ``workflow_task_attempt_mismatch``, tested in this order.
    """
    task = workflow_tasks.find_task(tx, call.path["taskId"])
    if task is None or task.namespace != call.namespace:
        raise _refusal(call, 404, "task_not_found", "There is no such workflow task.")
    run = run_of(tx, task.run_id)
    if task.status != "leased":
        raise _not_leased(call, task, run)
    if task.lease_expires_at is None or task.lease_expires_at <= tx.now:
        raise _refusal(
            call,
            409,
            "lease_expired",
            "The lease is over; the task goes to the next worker that polls.",
            task_status=task.status,
            lease_owner=task.lease_owner,
            lease_expires_at=precise(task.lease_expires_at),
        )
    if task.lease_owner != call.body["lease_owner"]:
        text = "Another worker holds the task."
        raise _refusal(call, 409, "lease_owner_mismatch", text, lease_owner=task.lease_owner)
    if task.attempt != call.body["workflow_task_attempt"]:
        text = "The task was handed out again."
        raise _refusal(call, 409, "workflow_task_attempt_mismatch", text, current_attempt=task.attempt)
    return task, run


def _refusal(call: Call, status: int, reason: str, text: str, **members: Any) -> Refusal:
    attempt = call.body["workflow_task_attempt"]
    return worker_refusal(
        status, reason, text, task_id=call.path["taskId"], workflow_task_attempt=attempt, **members
    )


def _not_leased(call: Call, task: WorkflowTask, run: Run) -> Refusal:
    if run.is_open:
        return _refusal(call, 409, "task_not_leased", f"The task is {task.status}.")
    return _refusal(
        call,
        409,
        "run_closed",
        f"The run is {run.status}.",
        stop_reason=f"run_{run.status}",
        cancel_requested=run.status in ("cancelled", "terminated"),
        can_continue=False,
        run_status=run.status,
        run_closed_reason=run.closed_reason,
        run_closed_at=precise(run.closed_at),
        task_status=task.status,
        lease_owner=task.lease_owner,
        lease_expires_at=precise(task.lease_expires_at),
    )
