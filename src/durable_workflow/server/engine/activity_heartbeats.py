"""heartbeatActivityTask and renewActivityTaskLease, which tell a worker whether to go on.

A heartbeat says that the activity makes progress, a renewal only that its worker is there.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from durable_workflow.server._calls import Call, Reply
from durable_workflow.server.engine import history
from durable_workflow.server.engine.activity_claims import identity, save
from durable_workflow.server.engine.activity_guard import Report, guarded
from durable_workflow.server.engine.refusals import from_json, invalid, to_json
from durable_workflow.server.engine.snapshots import activity_note, activity_task_note, attempt_note, present
from durable_workflow.server.engine.timestamps import precise
from durable_workflow.server.store import Transaction, activities, activity_tasks

__all__ = ["heartbeat_activity", "renew_lease"]

_PROGRESS = ("message", "current", "total", "unit", "details")


def heartbeat_activity(tx: Transaction, call: Call) -> Reply:
    """Note that an attempt is alive; the answer says whether it may go on."""
    progress = present(**{name: call.body.get(name) for name in _PROGRESS})
    _check(progress)
    report = guarded(tx, call)
    reason, cancelled = _stop_reason(report)
    if reason is None:
        report, expires_at = _beat(tx, report, progress)
        return Reply(200, _answer(report, None, False, expires_at))
    return Reply(200, _answer(report, reason, cancelled, None))


def renew_lease(tx: Transaction, call: Call) -> Reply:
    """Renew the lease of an attempt; writes no event and leaves the heartbeat time-out alone."""
    report = guarded(tx, call)
    reason, cancelled = _stop_reason(report)
    return Reply(200, _answer(report, reason, cancelled, None if reason else _renew(tx, report), beat=False))


def _renew(tx: Transaction, report: Report) -> float:
    expires_at = tx.now + tx.settings.activity_lease
    activity_tasks.change_task(tx, report.task.task_id, lease_expires_at=expires_at)
    return expires_at


def _check(progress: Mapping[str, Any]) -> None:
    errors = {
        name: ["The number must be finite and not negative."]
        for name in ("current", "total")
        if name in progress and not (math.isfinite(progress[name]) and progress[name] >= 0)
    }
    if "unit" in progress and "current" not in progress and "total" not in progress:
        errors["unit"] = ["A unit needs current or total."]
    for name, value in (progress.get("details") or {}).items():
        if isinstance(value, float) and not math.isfinite(value):
            errors[f"details.{name}"] = ["The number must be finite."]
    if errors:
        raise invalid(errors)


def _stop_reason(report: Report) -> tuple[str | None, bool]:
    run, activity, attempt = report.run, report.activity, report.attempt
    if run.status in ("cancelled", "terminated"):
        return f"run_{run.status}", True
    if not run.is_open:
        return "run_closed", False
    if activity.status == "cancelled":
        return "activity_cancelled", True
    if activity.attempt_id != attempt.attempt_id:
        return "stale_attempt", False
    if attempt.status != "running" and attempt.status != "expired":
        return "attempt_closed", False
    return (None, False) if report.task.status == "leased" else ("task_not_leased", False)


def _beat(tx: Transaction, report: Report, progress: Mapping[str, Any]) -> tuple[Report, float]:
    expires_at = _renew(tx, report)
    activities.change_attempt(tx, report.attempt.attempt_id, last_heartbeat_at=tx.now)
    changes: dict[str, Any] = {"last_heartbeat_at": tx.now}
    patience = (from_json(report.activity.policy) or {}).get("heartbeat_timeout")
    if patience is not None:
        changes["heartbeat_deadline_at"] = tx.now + patience
    if "details" in progress:
        changes["heartbeat_details"] = to_json(progress["details"])
    report = replace(
        report,
        task=replace(report.task, lease_expires_at=expires_at),
        attempt=replace(report.attempt, last_heartbeat_at=tx.now),
        activity=save(tx, report.activity, **changes),
    )
    _append(tx, report, progress, expires_at)
    return report, expires_at


def _append(tx: Transaction, report: Report, progress: Mapping[str, Any], expires_at: float) -> None:
    activity, attempt = report.activity, report.attempt
    attempted = attempt_note(attempt, expires_at)
    del attempted["activity_execution_id"]
    payload = identity(activity, attempt.attempt_id) | {
        "attempt_number": attempt.attempt_number,
        "heartbeat_at": precise(tx.now),
        "lease_expires_at": precise(expires_at),
        "activity": activity_note(report.run, activity),
        "activity_attempt": attempted,
    }
    if progress:
        payload["progress"] = dict(progress)
    task = activity_task_note(report.task, activity.attempt_count)
    history.append(tx, report.run, "ActivityHeartbeatRecorded", payload, task=task)


def _answer(
    report: Report, reason: str | None, cancelled: bool, expires_at: float | None, *, beat: bool = True
) -> dict[str, Any]:
    return {
        "task_id": report.task.task_id,
        "activity_attempt_id": report.attempt.attempt_id,
        "lease_owner": report.attempt.lease_owner,
        "cancel_requested": cancelled,
        "can_continue": reason is None,
        "reason": reason,
        "run_closed_reason": report.run.closed_reason,
        "run_closed_at": precise(report.run.closed_at),
        "heartbeat_recorded": beat and reason is None,
        "lease_expires_at": precise(expires_at),
        "last_heartbeat_at": precise(report.attempt.last_heartbeat_at),
    }
