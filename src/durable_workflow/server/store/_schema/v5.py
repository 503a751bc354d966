"""Version 5: the totals of a run's history and open work."""

from __future__ import annotations

__all__ = ["STATEMENTS"]

STATEMENTS = (
    "ALTER TABLE runs ADD COLUMN history_size_bytes INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE runs ADD COLUMN open_activities INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE runs ADD COLUMN open_children INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE runs ADD COLUMN open_timers INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE runs ADD COLUMN open_updates INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE runs ADD COLUMN unseen_signals INTEGER NOT NULL DEFAULT 0",
    # Files of earlier versions have no children and no updates; their signals count as seen.
    """
    UPDATE runs SET
        history_size_bytes = (
            SELECT coalesce(sum(length(event_type) + length(payload)), 0)
            FROM events WHERE events.run_id = runs.run_id
        ),
        open_activities = (
            SELECT count(*) FROM activities
            WHERE activities.run_id = runs.run_id AND status IN ('pending', 'running')
        ),
        open_timers = (SELECT count(*) FROM timers WHERE timers.run_id = runs.run_id AND status = 'pending')
    """,
)
