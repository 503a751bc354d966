"""Version 6: updates, the message cursor of a run, and what workers declare about their workflow types."""

from __future__ import annotations

__all__ = ["STATEMENTS"]

STATEMENTS = (
    "ALTER TABLE runs ADD COLUMN message_cursor INTEGER NOT NULL DEFAULT 0",
    """
    CREATE TABLE updates (
        update_id TEXT PRIMARY KEY,
        run_id TEXT NOT NULL REFERENCES runs,
        command_id TEXT NOT NULL REFERENCES commands,
        update_name TEXT NOT NULL,
        payload_codec TEXT NOT NULL,
        arguments TEXT NOT NULL,
        accepted_sequence INTEGER NOT NULL,
        status TEXT NOT NULL,
        decided_at REAL NOT NULL,
        offered INTEGER NOT NULL,
        step INTEGER,
        applied_at REAL,
        closed_at REAL,
        result TEXT,
        failure_id TEXT,
        failure_message TEXT,
        closed_reason TEXT
    ) WITHOUT ROWID
    """,
    "CREATE INDEX updates_open ON updates (run_id, accepted_sequence) WHERE status = 'accepted'",
    """
    CREATE TABLE command_contracts (
        namespace TEXT NOT NULL,
        worker_id TEXT NOT NULL,
        workflow_type TEXT NOT NULL,
        task_queue TEXT NOT NULL,
        contract TEXT NOT NULL,
        registered_at REAL NOT NULL,
        PRIMARY KEY (namespace, worker_id, workflow_type)
    ) WITHOUT ROWID
    """,
    """
    CREATE INDEX command_contracts_newest
        ON command_contracts (namespace, task_queue, workflow_type, registered_at)
    """,
    "CREATE INDEX workers_heard ON workers (namespace, task_queue, last_heartbeat_at)",
)
