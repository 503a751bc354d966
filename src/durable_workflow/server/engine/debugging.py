"""debugWorkflow and debugWorkflowRun: why a run does not move."""

from __future__ import annotations

from typing import Any

from durable_workflow.server._calls import Call, Reply
from durable_workflow.server._service import fleet
from durable_workflow.server.engine import debugging_parts as parts
from durable_workflow.server.engine.liveness import Liveness, liveness_of
from durable_workflow.server.engine.lookup import current_run, pinned_run
from durable_workflow.server.engine.queue_states import QueueState, pollers_of, queue_state
from durable_workflow.server.engine.timestamps import precise
from durable_workflow.server.engine.wakeups import queue_of
from durable_workflow.server.store import Transaction
from durable_workflow.server.store.runs import Run

__all__ = ["debug_run", "debug_workflow"]


def debug_workflow(tx: Transaction, call: Call) -> Reply:
    """Explain the newest run of a workflow."""
    return _report(tx, call, current_run(tx, call)[1])


def debug_run(tx: Transaction, call: Call) -> Reply:
    """Explain the run that the path names."""
    return _report(tx, call, pinned_run(tx, call)[1])


def _report(tx: Transaction, call: Call, run: Run) -> Reply:
    liveness = liveness_of(tx, run)
    tasks = parts.pending_tasks(tx, run, liveness)
    activities = parts.pending_activities(tx, run)
    queue = None if run.task_queue is None else queue_state(tx, run.namespace, run.task_queue)
    findings = _findings(run, liveness, tasks, activities, pollers_of(tx, run.namespace, queue_of(run)))
    body = {
        "generated_at": precise(tx.now),
        "workflow_id": run.workflow_id,
        "run_id": run.run_id,
        "namespace": run.namespace,
        "diagnostic_status": _status(run, findings, tasks, activities, liveness, queue),
        "execution": parts.execution(
            tx, run, liveness, with_payload=bool(call.query.get("include_last_event_payload"))
        ),
        "pending_workflow_tasks": tasks,
        "pending_activities": activities,
        "task_queue": queue,
        "recent_failures": parts.recent_failures(tx, run),
        "compatibility": _compatibility(tx, run),
        "findings": findings,
    }
    return Reply(200, body)


def _compatibility(tx: Transaction, run: Run) -> dict[str, Any]:
    return {
        "run": {
            "compatibility": run.compatibility,
            "summary_compatibility": run.compatibility,
            "task_queue": run.task_queue,
        },
        "task_queue_pollers": pollers_of(tx, run.namespace, queue_of(run)),
        "namespace_worker_fleet": fleet(tx, run.namespace),
    }


def _status(
    run: Run,
    findings: list[dict[str, Any]],
    tasks: list[dict[str, Any]],
    activities: list[dict[str, Any]],
    liveness: Liveness,
    queue: QueueState | None,
) -> str:
    if not run.is_open:
        return "terminal"
    if findings:
        return "needs_attention"
    if tasks or activities:
        return "pending_work"
    if liveness.kind is not None:
        return "waiting"
    return "queue_backlog" if queue and queue["stats"]["approximate_backlog_count"] else "running"


def _findings(
    run: Run,
    liveness: Liveness,
    tasks: list[dict[str, Any]],
    activities: list[dict[str, Any]],
    pollers: list[dict[str, Any]],
) -> list[dict[str, Any]]:
    if not run.is_open:
        return []
    found = []
    if all(poller["is_stale"] for poller in pollers):
        text = f"No worker polls the task queue {queue_of(run)}."
        found.append(_finding("warning", "no_active_pollers", text))
    attempts = [activity.get("current_attempt", {}) for activity in activities]
    expired = sum(task["lease_expired"] for task in [*tasks, *attempts] if "lease_expired" in task)
    if expired:
        found.append(_finding("warning", "expired_leases", f"Leases that have ended: {expired}."))
    if liveness.replay_blocked:
        text = "Workflow code and history do not fit; deploy the code that the run began with."
        found.append(_finding("error", "workflow_replay_blocked", text))
    elif liveness.failure is not None:
        text = f"Its last workflow task failed: {liveness.failure.get('message', '')}"
        found.append(_finding("warning", "task_problem", text))
    if liveness.state == "repair_needed":
        found.append(_finding("warning", "repair_attention", liveness.reason))
    return found


def _finding(severity: str, code: str, message: str) -> dict[str, Any]:
    return {"severity": severity, "code": code, "message": message}
