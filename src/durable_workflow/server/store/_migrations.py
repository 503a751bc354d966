"""Bringing a database file to the newest schema, one committed step at a time."""

from __future__ import annotations

import sqlite3

from durable_workflow.server.store._schema import STEPS
from durable_workflow.server.store.errors import StoreCorrupt, StoreTooNew

__all__ = ["APPLICATION_ID", "LATEST", "migrate", "schema_version"]

# Marks our files ("DWF1"), so that some other SQLite database is not taken for one of ours.
APPLICATION_ID = 0x44574631

LATEST = len(STEPS)
"""The schema version that this code reads and writes."""


def migrate(connection: sqlite3.Connection, path: str, now: float) -> None:
    """Bring a database file to the newest schema, one committed step at a time.

    Args:
        connection: An open connection in autocommit mode.
        path: The file's name, for messages.
        now: The time to note beside each step, in epoch seconds.

    Raises:
        StoreCorrupt: If the file is some other SQLite database.
        StoreTooNew: If the file's schema is newer than this code.
    """
    version = schema_version(connection, path)
    for number, statements in enumerate(STEPS[version:], start=version + 1):
        _apply(connection, number, statements, now)


def schema_version(connection: sqlite3.Connection, path: str) -> int:
    """Return the version of a database's schema; 0 of one that is empty.

    Args:
        connection: An open connection.
        path: The file's name, for messages.

    Raises:
        StoreCorrupt: If the file is some other SQLite database.
        StoreTooNew: If the file's schema is newer than this code.
    """
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if tables == 0:
        return 0
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    if application != APPLICATION_ID:
        raise StoreCorrupt(f"{path} is a database, but not one of this server; choose another file")
    (version,) = connection.execute("SELECT max(version) FROM schema_migrations").fetchone()
    if version is not None and version > LATEST:
        raise StoreTooNew(
            f"{path} has schema version {version}, this package knows {LATEST}; upgrade durable-workflow"
        )
    return int(version or 0)


def _apply(connection: sqlite3.Connection, number: int, statements: tuple[str, ...], now: float) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        if number == 1:
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(
                "CREATE TABLE schema_migrations (version INTEGER PRIMARY KEY, applied_at REAL NOT NULL)"
            )
        for statement in statements:
            connection.execute(statement)
        connection.execute("INSERT INTO schema_migrations VALUES (?, ?)", (number, now))
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
