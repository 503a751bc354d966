"""Version 1: workflows, runs, events, commands, tasks, activities, timers, waits and workers."""

from __future__ import annotations

__all__ = ["STATEMENTS"]

STATEMENTS = (
    """
    CREATE TABLE workflows (
        workflow_id TEXT PRIMARY KEY,
        namespace TEXT NOT NULL,
        workflow_type TEXT NOT NULL,
        current_run_id TEXT NOT NULL,
        run_count INTEGER NOT NULL,
        created_at REAL NOT NULL
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE runs (
        run_id TEXT PRIMARY KEY,
        workflow_id TEXT NOT NULL REFERENCES workflows,
        namespace TEXT NOT NULL,
        run_number INTEGER NOT NULL,
        workflow_type TEXT NOT NULL,
        task_queue TEXT,
        payload_codec TEXT NOT NULL,
        arguments TEXT NOT NULL,
        business_key TEXT,
        memo TEXT,
        search_attributes TEXT,
        compatibility TEXT,
        execution_timeout_seconds INTEGER,
        run_timeout_seconds INTEGER,
        execution_deadline_at REAL,
        run_deadline_at REAL,
        started_at REAL NOT NULL,
        continued_from_run_id TEXT,
        status TEXT NOT NULL,
        closed_reason TEXT,
        closed_at REAL,
        output TEXT,
        last_progress_at REAL NOT NULL,
        last_sequence INTEGER NOT NULL,
        last_command_sequence INTEGER NOT NULL,
        last_message_sequence INTEGER NOT NULL,
        task_failures INTEGER NOT NULL,
        due_at REAL,
        UNIQUE (workflow_id, run_number)
    )
    """,
    "CREATE INDEX runs_due ON runs (due_at) WHERE due_at IS NOT NULL",
    """
    CREATE TABLE events (
        run_id TEXT NOT NULL REFERENCES runs,
        sequence INTEGER NOT NULL,
        event_id TEXT NOT NULL,
        event_type TEXT NOT NULL,
        payload TEXT NOT NULL,
        workflow_task_id TEXT,
        workflow_command_id TEXT,
        recorded_at REAL NOT NULL,
        PRIMARY KEY (run_id, sequence)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE commands (
        command_id TEXT PRIMARY KEY,
        run_id TEXT NOT NULL REFERENCES runs,
        sequence INTEGER NOT NULL,
        message_sequence INTEGER,
        command_type TEXT NOT NULL,
        target_name TEXT,
        payload_codec TEXT NOT NULL,
        payload TEXT,
        fingerprint TEXT NOT NULL,
        request_id TEXT,
        role TEXT NOT NULL,
        status TEXT NOT NULL,
        outcome TEXT,
        rejection_reason TEXT,
        decided_at REAL NOT NULL,
        UNIQUE (run_id, sequence)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE receipts (
        namespace TEXT NOT NULL,
        scope TEXT NOT NULL,
        request_key TEXT NOT NULL,
        fingerprint TEXT NOT NULL,
        status INTEGER NOT NULL,
        body TEXT NOT NULL,
        recorded_at REAL NOT NULL,
        PRIMARY KEY (namespace, scope, request_key)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE workflow_tasks (
        task_id TEXT PRIMARY KEY,
        run_id TEXT NOT NULL REFERENCES runs,
        workflow_id TEXT NOT NULL,
        namespace TEXT NOT NULL,
        task_queue TEXT,
        workflow_type TEXT NOT NULL,
        compatibility TEXT,
        context TEXT NOT NULL,
        status TEXT NOT NULL,
        attempt INTEGER NOT NULL,
        available_at REAL NOT NULL,
        leased_at REAL,
        lease_owner TEXT,
        lease_expires_at REAL,
        poll_request_id TEXT,
        seen_sequence INTEGER NOT NULL,
        last_error TEXT
    ) WITHOUT ROWID
    """,
    """
    CREATE INDEX workflow_tasks_ready
        ON workflow_tasks (namespace, task_queue, available_at, task_id, workflow_type, compatibility)
        WHERE status = 'ready'
    """,
    "CREATE INDEX workflow_tasks_delayed ON workflow_tasks (available_at) WHERE status = 'delayed'",
    "CREATE INDEX workflow_tasks_leases ON workflow_tasks (lease_expires_at) WHERE status = 'leased'",
    """
    CREATE INDEX workflow_tasks_owners
        ON workflow_tasks (namespace, lease_owner, poll_request_id) WHERE status = 'leased'
    """,
    """
    CREATE INDEX workflow_tasks_open
        ON workflow_tasks (run_id) WHERE status IN ('ready', 'delayed', 'held', 'leased')
    """,
    """
    CREATE TABLE activities (
        execution_id TEXT PRIMARY KEY,
        run_id TEXT NOT NULL REFERENCES runs,
        step INTEGER NOT NULL,
        activity_type TEXT NOT NULL,
        task_queue TEXT,
        arguments TEXT,
        policy TEXT,
        created_at REAL NOT NULL,
        status TEXT NOT NULL,
        attempt_count INTEGER NOT NULL,
        start_expiries INTEGER NOT NULL,
        attempt_id TEXT,
        task_id TEXT,
        schedule_deadline_at REAL,
        close_deadline_at REAL,
        schedule_to_close_deadline_at REAL,
        heartbeat_deadline_at REAL,
        started_at REAL,
        closed_at REAL,
        last_heartbeat_at REAL,
        heartbeat_details TEXT,
        result TEXT,
        exception TEXT,
        due_at REAL
    ) WITHOUT ROWID
    """,
    "CREATE INDEX activities_open ON activities (run_id, step) WHERE status IN ('pending', 'running')",
    "CREATE INDEX activities_due ON activities (due_at) WHERE due_at IS NOT NULL",
    """
    CREATE TABLE activity_attempts (
        attempt_id TEXT PRIMARY KEY,
        execution_id TEXT NOT NULL REFERENCES activities,
        task_id TEXT NOT NULL,
        attempt_number INTEGER NOT NULL,
        lease_owner TEXT NOT NULL,
        started_at REAL NOT NULL,
        status TEXT NOT NULL,
        closed_at REAL,
        last_heartbeat_at REAL
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE activity_tasks (
        task_id TEXT PRIMARY KEY,
        execution_id TEXT NOT NULL REFERENCES activities,
        run_id TEXT NOT NULL REFERENCES runs,
        namespace TEXT NOT NULL,
        task_queue TEXT,
        activity_type TEXT NOT NULL,
        compatibility TEXT,
        status TEXT NOT NULL,
        available_at REAL NOT NULL,
        leased_at REAL,
        lease_owner TEXT,
        lease_expires_at REAL,
        poll_request_id TEXT
    ) WITHOUT ROWID
    """,
    """
    CREATE INDEX activity_tasks_ready
        ON activity_tasks (namespace, task_queue, available_at, task_id, activity_type, compatibility)
        WHERE status = 'ready'
    """,
    "CREATE INDEX activity_tasks_delayed ON activity_tasks (available_at) WHERE status = 'delayed'",
    "CREATE INDEX activity_tasks_leases ON activity_tasks (lease_expires_at) WHERE status = 'leased'",
    """
    CREATE INDEX activity_tasks_owners
        ON activity_tasks (namespace, lease_owner, poll_request_id) WHERE status = 'leased'
    """,
    """
    CREATE TABLE timers (
        timer_id TEXT PRIMARY KEY,
        run_id TEXT NOT NULL REFERENCES runs,
        task_id TEXT NOT NULL,
        step INTEGER NOT NULL,
        delay_seconds INTEGER NOT NULL,
        fire_at REAL NOT NULL,
        created_at REAL NOT NULL,
        condition_wait_id TEXT,
        status TEXT NOT NULL
    ) WITHOUT ROWID
    """,
    "CREATE INDEX timers_due ON timers (fire_at, timer_id) WHERE status = 'pending'",
    "CREATE INDEX timers_open ON timers (run_id, step) WHERE status = 'pending'",
    """
    CREATE TABLE condition_waits (
        condition_wait_id TEXT PRIMARY KEY,
        run_id TEXT NOT NULL REFERENCES runs,
        step INTEGER NOT NULL,
        condition_key TEXT,
        fingerprint TEXT,
        timeout_seconds INTEGER,
        timer_id TEXT,
        status TEXT NOT NULL
    ) WITHOUT ROWID
    """,
    "CREATE INDEX condition_waits_open ON condition_waits (run_id, step) WHERE status = 'open'",
    """
    CREATE TABLE workers (
        namespace TEXT NOT NULL,
        worker_id TEXT NOT NULL,
        task_queue TEXT NOT NULL,
        runtime TEXT NOT NULL,
        sdk_version TEXT,
        build_id TEXT,
        workflow_types TEXT NOT NULL,
        activity_types TEXT NOT NULL,
        fingerprints TEXT NOT NULL,
        capabilities TEXT NOT NULL,
        max_workflow_tasks INTEGER NOT NULL,
        max_activity_tasks INTEGER NOT NULL,
        heartbeat_interval_seconds INTEGER,
        status TEXT NOT NULL,
        registered_at REAL NOT NULL,
        last_heartbeat_at REAL NOT NULL,
        lost_at REAL,
        PRIMARY KEY (namespace, worker_id)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX workers_lost ON workers (lost_at) WHERE lost_at IS NOT NULL",
)
