"""The four time-outs of an activity."""

from __future__ import annotations

from typing import Any

from durable_workflow.server.engine import activity_outcomes
from durable_workflow.server.engine.activity_outcomes import Case
from durable_workflow.server.engine.lookup import run_of
from durable_workflow.server.engine.timestamps import coarse
from durable_workflow.server.store import Transaction, activities, activity_tasks
from durable_workflow.server.store.activities import Activity

__all__ = ["time_out"]


def time_out(tx: Transaction, activity: Activity) -> None:
    """Handle an activity that ran over one of its times."""
    run = run_of(tx, activity.run_id)
    task = None if activity.task_id is None else activity_tasks.find_task(tx, activity.task_id)
    kind = _expired_kind(activity, tx.now)
    if not run.is_open or task is None or kind is None:
        activities.change_activity(tx, activity.execution_id, due_at=None)
        return
    _time_out(Case(tx, run, activity, task), kind)


def _expired_kind(activity: Activity, now: float) -> str | None:
    pending = activity.status == "pending"
    ordered = (
        ("schedule_to_close", activity.schedule_to_close_deadline_at, True),
        ("schedule_to_start", activity.schedule_deadline_at, pending),
        ("heartbeat", activity.heartbeat_deadline_at, not pending),
        ("start_to_close", activity.close_deadline_at, not pending),
    )
    for kind, deadline, applies in ordered:
        if applies and deadline is not None and deadline <= now:
            return kind
    return None


def _time_out(case: Case, kind: str) -> None:
    members: dict[str, Any] = {"timeout_kind": kind, "message": f"The activity exceeded its {kind} time-out."}
    if kind != "schedule_to_close" and _attempts_left(case):
        activity_outcomes.retry(case, members, start_expired=kind == "schedule_to_start")
        return
    activity = case.activity
    members |= {
        "failure_id": case.tx.ids.lower(),
        "failure_category": "timeout",
        "exception_class": "ActivityTimedOut",
        "schedule_deadline_at": coarse(activity.schedule_deadline_at),
        "close_deadline_at": coarse(activity.close_deadline_at),
        "schedule_to_close_deadline_at": coarse(activity.schedule_to_close_deadline_at),
        "heartbeat_deadline_at": coarse(activity.heartbeat_deadline_at),
    }
    activity_outcomes.fail(case, "ActivityTimedOut", members)


def _attempts_left(case: Case) -> bool:
    # A wait that ran out before the first claim counts as the first attempt: without this, an activity
    # that no worker serves would be rescheduled for ever.
    used = max(case.activity.attempt_count, 1) + case.activity.start_expiries
    return used < (case.policy.get("max_attempts") or 1)
