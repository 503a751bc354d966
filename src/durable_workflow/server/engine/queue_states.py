"""How a task queue stands: its workers, what waits in it, and who holds what."""

from __future__ import annotations

from typing import Any

from durable_workflow.server.engine.refusals import from_json
from durable_workflow.server.engine.timestamps import precise
from durable_workflow.server.store import Transaction, queues
from durable_workflow.server.store.queues import Lease, OldestTask, TaskTotals
from durable_workflow.server.store.workers import Worker

__all__ = ["QueueState", "pollers_of", "queue_state"]

_LEASES = 50
# A ready task that nobody took for so long is overdue, in seconds.
_OVERDUE = 3

QueueState = dict[str, Any]


def pollers_of(tx: Transaction, namespace: str, queue: str) -> list[dict[str, Any]]:
    """Return the workers of a queue."""
    return [_poller(tx, worker) for worker in queues.workers_of(tx, namespace, queue)]


def _poller(tx: Transaction, worker: Worker) -> dict[str, Any]:
    expires_at = worker.last_heartbeat_at + tx.settings.worker_freshness
    stale = expires_at <= tx.now
    return {
        "worker_id": worker.worker_id,
        "runtime": worker.runtime,
        "sdk_version": worker.sdk_version,
        "build_id": worker.build_id,
        "last_heartbeat_at": precise(worker.last_heartbeat_at),
        "heartbeat_expires_at": precise(expires_at),
        "status": "stale" if stale else worker.status,
        "is_stale": stale,
        "supported_workflow_types": from_json(worker.workflow_types),
        "supported_activity_types": from_json(worker.activity_types),
        "max_concurrent_workflow_tasks": worker.max_workflow_tasks,
        "max_concurrent_activity_tasks": worker.max_activity_tasks,
    }


def queue_state(tx: Transaction, namespace: str, queue: str) -> QueueState:
    """Return how a queue stands; one that nobody uses has zeros."""
    workflow = queues.totals(tx, "workflow_tasks", namespace, queue, overdue_since=tx.now - _OVERDUE)
    activity = queues.totals(tx, "activity_tasks", namespace, queue, overdue_since=tx.now - _OVERDUE)
    pollers = pollers_of(tx, namespace, queue)
    leases = queues.leases(tx, namespace, queue, _LEASES)
    return {
        "name": queue,
        "pollers": pollers,
        "stats": _stats(tx, namespace, queue, workflow, activity, pollers),
        "current_leases": [_lease(tx, lease) for lease in leases],
        "repair": _repair(workflow, activity),
    }


def _stats(
    tx: Transaction,
    namespace: str,
    queue: str,
    workflow: TaskTotals,
    activity: TaskTotals,
    pollers: list[dict[str, Any]],
) -> dict[str, Any]:
    oldest = queues.oldest_ready(tx, namespace, queue)
    age = None if oldest is None else max(0, int(tx.now - oldest.available_at))
    stale = sum(poller["is_stale"] for poller in pollers)
    return {
        "approximate_backlog_count": workflow.ready + activity.ready,
        "approximate_backlog_age": None if age is None else _in_words(age),
        "approximate_backlog_age_seconds": age,
        "oldest_ready_task": None if oldest is None else _oldest(oldest, age),
        "workflow_tasks": _counts(workflow),
        "activity_tasks": _counts(activity),
        "pollers": {
            "active_count": len(pollers) - stale,
            "stale_count": stale,
            "stale_after_seconds": int(tx.settings.worker_freshness),
        },
    }


def _in_words(seconds: int) -> str:
    minutes, rest = divmod(seconds, 60)
    return f"{minutes}m{rest}s" if minutes else f"{rest}s"


def _oldest(task: OldestTask, age: int | None) -> dict[str, Any]:
    return {
        "task_id": task.task_id,
        "task_type": task.task_type,
        "workflow_id": task.workflow_id,
        "run_id": task.run_id,
        "available_at": precise(task.available_at),
        "age_seconds": age,
    }


def _counts(totals: TaskTotals) -> dict[str, Any]:
    return {
        "ready_count": totals.ready,
        "leased_count": totals.leased,
        "expired_lease_count": totals.expired,
    }


def _lease(tx: Transaction, lease: Lease) -> dict[str, Any]:
    shared = {
        "task_id": lease.task_id,
        "task_type": lease.task_type,
        "workflow_id": lease.workflow_id,
        "run_id": lease.run_id,
        "lease_owner": lease.lease_owner,
        "lease_expires_at": precise(lease.lease_expires_at),
        "is_expired": lease.lease_expires_at <= tx.now,
    }
    if lease.task_type == "workflow":
        return {**shared, "workflow_task_attempt": lease.attempt}
    return {**shared, "activity_attempt_id": lease.attempt_id, "attempt_number": lease.attempt}


def _repair(workflow: TaskTotals, activity: TaskTotals) -> dict[str, Any]:
    expired, overdue = workflow.expired + activity.expired, workflow.overdue + activity.overdue
    return {
        "candidates": expired + overdue,
        "dispatch_failed": 0,
        "expired_leases": expired,
        "dispatch_overdue": overdue,
        "needs_attention": expired + overdue > 0,
        "policy": {"redispatch_after_seconds": _OVERDUE},
    }
