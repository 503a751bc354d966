"""Version 4: what the tick could not do, and facts about the database as a whole."""

from __future__ import annotations

__all__ = ["STATEMENTS"]

STATEMENTS = (
    """
    CREATE TABLE setbacks (
        chore TEXT NOT NULL,
        item TEXT NOT NULL,
        failures INTEGER NOT NULL,
        error TEXT NOT NULL,
        failed_at REAL NOT NULL,
        again_at REAL NOT NULL,
        PRIMARY KEY (chore, item)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX setbacks_due ON setbacks (again_at)",
    """
    CREATE TABLE facts (
        name TEXT PRIMARY KEY,
        value TEXT NOT NULL
    ) WITHOUT ROWID
    """,
)
