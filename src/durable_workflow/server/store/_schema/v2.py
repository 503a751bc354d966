"""Version 2: indexes in the order of the list of workflows."""

from __future__ import annotations

__all__ = ["STATEMENTS"]

STATEMENTS = (
    # A run moves between indexes once, when it closes; pending, running and waiting are told apart by rows.
    """
    ALTER TABLE runs ADD COLUMN listing TEXT NOT NULL AS (
        CASE WHEN status IN ('pending', 'running', 'waiting') THEN 'open' ELSE status END
    ) VIRTUAL
    """,
    "CREATE INDEX runs_listed ON runs (namespace, listing, started_at, run_id)",
    "CREATE INDEX runs_listed_by_type ON runs (namespace, workflow_type, listing, started_at, run_id)",
)
