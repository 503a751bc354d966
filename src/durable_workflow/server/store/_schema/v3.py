"""Version 3: cancellations under way, archived runs, failing tasks, and who holds a run live."""

from __future__ import annotations

__all__ = ["STATEMENTS"]

STATEMENTS = (
    "ALTER TABLE runs ADD COLUMN cancel_command_id TEXT",
    "ALTER TABLE runs ADD COLUMN cancel_deadline_at REAL",
    "ALTER TABLE runs ADD COLUMN archived_at REAL",
    "ALTER TABLE runs ADD COLUMN archive_command_id TEXT",
    "ALTER TABLE runs ADD COLUMN archive_reason TEXT",
    "ALTER TABLE runs ADD COLUMN last_task_failure TEXT",
    "ALTER TABLE runs ADD COLUMN sticky_worker_id TEXT",
    "ALTER TABLE workflow_tasks ADD COLUMN sticky_worker_id TEXT",
    "ALTER TABLE workflow_tasks ADD COLUMN sticky_until REAL",
    """
    CREATE INDEX workflow_tasks_sticky
        ON workflow_tasks (sticky_until) WHERE status = 'ready' AND sticky_until IS NOT NULL
    """,
    "CREATE INDEX workers_queues ON workers (namespace, task_queue)",
)
