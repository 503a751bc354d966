"""What has to be known, and moved, when virtual time leaps."""

from __future__ import annotations

from durable_workflow.server.store._transaction import Transaction

__all__ = ["any_leased", "any_ready", "move_liveness", "note_skipped", "workers_for_ready"]

_LEASED = (
    "SELECT 1 FROM workflow_tasks WHERE status = 'leased' LIMIT 1",
    "SELECT 1 FROM activity_tasks WHERE status = 'leased' LIMIT 1",
)
_READY = (
    "SELECT 1 FROM workflow_tasks WHERE status = 'ready' LIMIT 1",
    "SELECT 1 FROM activity_tasks WHERE status = 'ready' LIMIT 1",
)
# A worker that promised no heartbeats counts as alive for a while after the last that was heard of it.
_TAKERS = """
    SELECT DISTINCT workers.namespace, worker_id
    FROM {tasks} AS task JOIN workers USING (namespace, task_queue)
    WHERE task.status = 'ready' AND workers.status = 'active'
      AND CASE WHEN heartbeat_interval_seconds IS NULL THEN last_heartbeat_at > ? - 60
          ELSE coalesce(lost_at > ?, 0) END
      AND (compatibility IS NULL OR compatibility = build_id)
      AND ({types} = '[]' OR {type} IN (SELECT value FROM json_each({types})))
"""
_KEPT_BACK = """
      AND coalesce(sticky_worker_id = worker_id, 1)
      AND ((SELECT cancel_command_id FROM runs WHERE runs.run_id = task.run_id) IS NULL
          OR 'cancellation_delivery' IN (SELECT value FROM json_each(capabilities)))
"""
_TAKERS_OF = {
    "pollWorkflowTask": _TAKERS.format(tasks="workflow_tasks", types="workflow_types", type="workflow_type")
    + _KEPT_BACK,
    "pollActivityTask": _TAKERS.format(tasks="activity_tasks", types="activity_types", type="activity_type"),
}
# A jump of the clock is no silence of a worker.
_LIVENESS = (
    "UPDATE workflow_tasks SET lease_expires_at = lease_expires_at + ? WHERE status = 'leased'",
    "UPDATE activity_tasks SET lease_expires_at = lease_expires_at + ? WHERE status = 'leased'",
    "UPDATE workflow_tasks SET sticky_until = sticky_until + ?"
    " WHERE status = 'ready' AND sticky_until IS NOT NULL",
    "UPDATE workers SET last_heartbeat_at = last_heartbeat_at + ?",
    "UPDATE workers SET lost_at = lost_at + ? WHERE lost_at IS NOT NULL",
)


def any_leased(tx: Transaction) -> bool:
    """Return whether a task is out."""
    return any(tx.scalar(query) for query in _LEASED)


def any_ready(tx: Transaction) -> bool:
    """Return whether a task waits for a worker."""
    return any(tx.scalar(query) for query in _READY)


def workers_for_ready(tx: Transaction) -> set[tuple[str, str, str]]:
    """Return the live workers that may have a task that is ready: operation, namespace and worker id."""
    return {
        (operation, namespace, worker_id)
        for operation, query in _TAKERS_OF.items()
        for namespace, worker_id in tx.execute(query, (tx.now, tx.now))
    }


def move_liveness(tx: Transaction, seconds: float) -> None:
    """Move everything by which workers are watched along with the clock."""
    for statement in _LIVENESS:
        tx.execute(statement, (seconds,))


def note_skipped(tx: Transaction, seconds: float) -> None:
    """Remember by how many seconds the database is ahead of real time."""
    tx.execute("INSERT OR REPLACE INTO facts VALUES ('skipped_seconds', ?)", (repr(seconds),))
