"""Version 9: all workflow tasks and updates of a run, for its export."""

from __future__ import annotations

__all__ = ["STATEMENTS"]

STATEMENTS = (
    "CREATE INDEX workflow_tasks_of_runs ON workflow_tasks (run_id)",
    "CREATE INDEX updates_of_runs ON updates (run_id)",
)
