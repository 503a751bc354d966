"""What can go wrong with the file that holds everything.

StoreError
├── StoreInUse        another process has the file open
├── StoreCorrupt      the file is damaged, or is not a database of this server
├── StoreTooNew       the file was written by a newer version of this package
├── StoreUnavailable  the file cannot be opened, read or written now (disk full, no permission)
└── StoreClosed       the store was closed before the job ran
"""

from __future__ import annotations

import sqlite3

from durable_workflow.errors import DurableWorkflowError

__all__ = [
    "StoreClosed",
    "StoreCorrupt",
    "StoreError",
    "StoreInUse",
    "StoreTooNew",
    "StoreUnavailable",
    "translate",
]


class StoreError(DurableWorkflowError):
    """Something is wrong with the server's database file."""


class StoreInUse(StoreError):
    """Another process has the database file open; stop it, or choose another file."""


class StoreCorrupt(StoreError):
    """The database file is damaged or belongs to something else; restore a backup or choose another file."""


class StoreTooNew(StoreError):
    """The database file was written by a newer version of this package; upgrade the package."""


class StoreUnavailable(StoreError):
    """The database file cannot be read or written now; nothing of the failed work was kept."""


class StoreClosed(StoreError):
    """The store was closed; nothing of the job was kept."""


def translate(error: sqlite3.Error, path: str) -> StoreError:
    """Return the typed error that says what an SQLite error means for the file at ``path``."""
    code = getattr(error, "sqlite_errorcode", None)
    primary = code & 0xFF if isinstance(code, int) else None
    if primary in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return StoreCorrupt(
            f"{path} is damaged or is not a database of this server ({error}); restore a backup or choose "
            "another file"
        )
    if primary in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return StoreInUse(f"{path} is locked by another program ({error}); close that program")
    if primary == sqlite3.SQLITE_FULL:
        return StoreUnavailable(f"no space left to write {path}; free some and try again")
    if isinstance(error, sqlite3.OperationalError):
        return StoreUnavailable(f"{path} cannot be read or written: {error}")
    return StoreError(f"the work on {path} was refused by the database: {error}")
