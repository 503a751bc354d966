"""What can go wrong with the file that holds everything.

StoreError
├── StoreInUse        another process has the file open
├── StoreCorrupt      the file is damaged, or is not a database of this server
├── StoreAhead        the file was served on virtual time and is ahead of the real one
├── StoreTooNew       the file was written by a newer version of this package
├── StoreUnavailable  the file cannot be opened, read or written now (disk full, no permission)
└── StoreClosed       the store was closed before the job ran
"""

from __future__ import annotations

import sqlite3

from durable_workflow.errors import DurableWorkflowError

__all__ = [
    "StoreAhead",
    "StoreClosed",
    "StoreCorrupt",
    "StoreError",
    "StoreInUse",
    "StoreTooNew",
    "StoreUnavailable",
    "concerns_file",
    "translate",
]


class StoreError(DurableWorkflowError):
    """Something is wrong with the server's database file."""


class StoreInUse(StoreError):
    """Another process has the database file open; stop it, or choose another file."""


class StoreCorrupt(StoreError):
    """The database file is damaged or belongs to something else; restore a backup or choose another file."""


class StoreAhead(StoreError):
    """The database file holds times of the future, from virtual time; serve it so, or choose another file."""


class StoreTooNew(StoreError):
    """The database file was written by a newer version of this package; upgrade the package."""


class StoreUnavailable(StoreError):
    """The database file cannot be read or written now; nothing of the failed work was kept."""


class StoreClosed(StoreError):
    """The store was closed; nothing of the job was kept."""


# What is wrong with the file, the disk or the process, whatever the statement was.
_OF_THE_FILE = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_INTERRUPT,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_NOTADB,
    sqlite3.SQLITE_PROTOCOL,
    sqlite3.SQLITE_READONLY,
}


def concerns_file(error: sqlite3.Error) -> bool:
    """Return whether an SQLite error concerns the whole file, and not just the statement that met it.

    After such an error SQLite may have rolled the whole transaction back.
    """
    code = getattr(error, "sqlite_errorcode", None)
    if not isinstance(code, int):
        return isinstance(error, sqlite3.OperationalError) or type(error) is sqlite3.DatabaseError
    return code & 0xFF in _OF_THE_FILE


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
    if concerns_file(error):
        return StoreUnavailable(f"{path} cannot be read or written: {error}")
    return StoreError(f"the work on {path} was refused by the database: {error}")
