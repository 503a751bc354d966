"""Version 7: children, the links between runs, and runs that begin later."""

from __future__ import annotations

__all__ = ["STATEMENTS"]

STATEMENTS = (
    "ALTER TABLE runs ADD COLUMN begins_at REAL",
    """
    CREATE TABLE children (
        child_call_id TEXT PRIMARY KEY,
        parent_workflow_id TEXT NOT NULL,
        parent_run_id TEXT NOT NULL,
        step INTEGER NOT NULL,
        child_workflow_id TEXT NOT NULL,
        child_type TEXT NOT NULL,
        child_run_id TEXT NOT NULL,
        workflow_link_id TEXT NOT NULL,
        guardian_run_id TEXT NOT NULL,
        parent_close_policy TEXT NOT NULL,
        retry_policy TEXT,
        timeout_policy TEXT,
        attempt INTEGER NOT NULL,
        status TEXT NOT NULL,
        policy_state TEXT
    ) WITHOUT ROWID
    """,
    "CREATE INDEX children_open ON children (parent_run_id, step) WHERE status = 'open'",
    "CREATE UNIQUE INDEX children_running ON children (child_run_id) WHERE status = 'open'",
    """
    CREATE INDEX children_guarded ON children (guardian_run_id)
        WHERE status = 'open' AND parent_close_policy <> 'abandon'
    """,
    "CREATE INDEX children_due ON children (child_call_id) WHERE status = 'open' AND policy_state = 'due'",
    """
    CREATE TABLE run_links (
        workflow_link_id TEXT PRIMARY KEY,
        link_type TEXT NOT NULL,
        parent_workflow_id TEXT NOT NULL,
        parent_run_id TEXT NOT NULL REFERENCES runs,
        step INTEGER NOT NULL,
        child_workflow_id TEXT NOT NULL,
        child_run_id TEXT NOT NULL REFERENCES runs,
        child_call_id TEXT,
        created_at REAL NOT NULL
    ) WITHOUT ROWID
    """,
    "CREATE INDEX run_links_down ON run_links (parent_run_id, step, workflow_link_id)",
    "CREATE INDEX run_links_up ON run_links (child_run_id)",
)
