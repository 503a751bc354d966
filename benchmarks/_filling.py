"""Filling a database without running a hundred thousand workflows: copies of one that ran."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

__all__ = ["copy_runs", "lengthen_history"]

# These name what is outside of a run, so that copies share them.
_SHARED = {"worker_id", "poll_request_id", "lease_owner", "request_id"}


def copy_runs(database: Path, workflow_id: str, copies: int) -> None:
    """Copy a workflow with its only run and everything that belongs to it.

    Args:
        database: The file; no server has it open.
        workflow_id: The workflow.
        copies: How many copies.
    """
    with closing(sqlite3.connect(database)) as connection, connection:
        (run_id,) = connection.execute(
            "SELECT current_run_id FROM workflows WHERE workflow_id = ?", (workflow_id,)
        ).fetchone()
        connection.execute("PRAGMA foreign_keys = OFF")
        for table in _tables(connection):
            columns = _columns(connection, table)
            if "run_id" in columns:
                _copy(connection, table, columns, "run_id", run_id, copies)
            elif table == "workflows":
                _copy(connection, table, columns, "workflow_id", workflow_id, copies)


def _tables(connection: sqlite3.Connection) -> list[str]:
    return [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]


def _columns(connection: sqlite3.Connection, table: str) -> list[str]:
    return [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]


def _copy(
    connection: sqlite3.Connection, table: str, columns: list[str], key: str, value: str, copies: int
) -> None:
    """Copy the rows whose `key` is `value`; in each copy every id ends with the copy's number."""
    fresh = [f"{name} || '-' || n" if _is_own_id(name) else name for name in columns]
    connection.execute(
        f"WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ?)"  # noqa: S608
        f" INSERT INTO {table} ({', '.join(columns)})"
        f" SELECT {', '.join(fresh)} FROM {table}, numbers WHERE {key} = ?",
        (copies, value),
    )


def _is_own_id(column: str) -> bool:
    return column.endswith("_id") and column not in _SHARED


def lengthen_history(database: Path, workflow_id: str, events: int) -> None:
    """Repeat the last event of a run until there are a number of events.

    Args:
        database: The file; no server has it open.
        workflow_id: The workflow.
        events: How many events the run has in the end.
    """
    with closing(sqlite3.connect(database)) as connection, connection:
        run_id, last = connection.execute(
            "SELECT run_id, last_sequence FROM runs WHERE workflow_id = ?", (workflow_id,)
        ).fetchone()
        connection.execute(
            "WITH RECURSIVE numbers(n) AS (SELECT ? UNION ALL SELECT n + 1 FROM numbers WHERE n < ?)"
            " INSERT INTO events SELECT run_id, n, event_id || '-' || n, event_type, payload,"
            " workflow_task_id, workflow_command_id, recorded_at FROM events, numbers"
            " WHERE run_id = ? AND sequence = ?",
            (last + 1, events, run_id, last),
        )
        connection.execute("UPDATE runs SET last_sequence = ? WHERE run_id = ?", (events, run_id))
