"""Who may report on an activity attempt, and what a report meets that comes too late."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from durable_workflow.server._calls import Call, Refusal, Reply
from durable_workflow.server.engine.activity_claims import execution_of
from durable_workflow.server.engine.lookup import run_of
from durable_workflow.server.engine.refusals import worker_refusal
from durable_workflow.server.engine.timestamps import precise
from durable_workflow.server.store import Transaction, activities, activity_tasks, workflow_tasks
from durable_workflow.server.store.activities import Activity, Attempt
from durable_workflow.server.store.activity_tasks import ActivityTask
from durable_workflow.server.store.runs import Run

__all__ = ["Report", "guarded", "stopped"]


@dataclass(frozen=True, slots=True)
class Report:
    """An attempt that its worker reports on, with all that belongs to it."""

    task: ActivityTask
    attempt: Attempt
    activity: Activity
    run: Run

    @property
    def is_current(self) -> bool:
        """True while nobody else has the activity, even if the lease is over."""
        return (
            self.activity.is_open
            and self.activity.attempt_id == self.attempt.attempt_id
            and self.attempt.status in ("running", "expired")
        )


def guarded(tx: Transaction, call: Call) -> Report:
    """Return the attempt of a call.

    Raises:
        Refusal: 404 ``task_not_found`` or ``attempt_not_found``; 409 ``task_mismatch`` or
            ``lease_owner_mismatch``, tested in this order.
    """
    task_id = call.path["taskId"]
    task = activity_tasks.find_task(tx, task_id)
    if (task is None or task.namespace != call.namespace) and not _is_workflow_task(tx, call):
        raise _refusal(call, 404, "task_not_found", "There is no such activity task.")
    attempt = activities.find_attempt(tx, call.body["activity_attempt_id"])
    if attempt is None:
        raise _refusal(call, 404, "attempt_not_found", "There is no such attempt.")
    if task is None or attempt.task_id != task_id:
        raise _refusal(call, 409, "task_mismatch", "The attempt belongs to another task.")
    if attempt.lease_owner != call.body["lease_owner"]:
        text = "Another worker has this attempt."
        raise _refusal(call, 409, "lease_owner_mismatch", text, lease_owner=attempt.lease_owner)
    return Report(task, attempt, execution_of(tx, task.execution_id), run_of(tx, task.run_id))


def _is_workflow_task(tx: Transaction, call: Call) -> bool:
    task = workflow_tasks.find_task(tx, call.path["taskId"])
    return task is not None and task.namespace == call.namespace


def _refusal(call: Call, status: int, reason: str, text: str, **members: Any) -> Refusal:
    attempt_id = call.body["activity_attempt_id"]
    return worker_refusal(
        status, reason, text, task_id=call.path["taskId"], activity_attempt_id=attempt_id, **members
    )


def stopped(report: Report, outcome: str) -> Reply | None:
    """Return the 409 for a report that comes too late, None for one that counts.

    Args:
        report: The attempt.
        outcome: What the worker reported, ``completed`` or ``failed``.
    """
    ids = {"task_id": report.task.task_id, "activity_attempt_id": report.attempt.attempt_id}
    if report.run.status in ("cancelled", "terminated"):
        return Reply(409, {**ids, **_run_stopped(report)})
    if report.is_current:
        return None
    stale = {"outcome": outcome, "recorded": False, "reason": "stale_attempt", "next_task_id": None}
    return Reply(409, {**ids, **stale, "error": "The attempt is over or was replaced."})


def _run_stopped(report: Report) -> dict[str, Any]:
    run, task = report.run, report.task
    return {
        "outcome": "ignored",
        "recorded": False,
        "reason": f"run_{run.status}",
        "next_task_id": None,
        "error": f"The run is {run.status}.",
        "cancel_requested": True,
        "can_continue": False,
        "run_status": run.status,
        "run_closed_reason": run.closed_reason,
        "run_closed_at": precise(run.closed_at),
        "activity_status": report.activity.status,
        "attempt_status": report.attempt.status,
        "task_status": task.status,
        "lease_owner": report.attempt.lease_owner,
        "lease_expires_at": precise(task.lease_expires_at),
    }
