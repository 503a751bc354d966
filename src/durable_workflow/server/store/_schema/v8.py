"""Version 8: how far the worker that holds a run live has seen it, and whose a ready task is for a while."""

from __future__ import annotations

__all__ = ["STATEMENTS"]

STATEMENTS = (
    "ALTER TABLE runs ADD COLUMN sticky_sequence INTEGER",
    "DROP INDEX workflow_tasks_ready",
    """
    CREATE INDEX workflow_tasks_ready ON workflow_tasks
        (namespace, task_queue, available_at, task_id, workflow_type, compatibility, sticky_until)
        WHERE status = 'ready'
    """,
)
