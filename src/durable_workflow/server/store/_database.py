"""Opening the database file: one process at a time, the right settings, the newest schema."""

from __future__ import annotations

import contextlib
import fcntl
import os
import sqlite3
from pathlib import Path

from durable_workflow.server.clock import Clock, LeapingClock, SystemClock
from durable_workflow.server.store._migrations import migrate
from durable_workflow.server.store.errors import StoreAhead, StoreInUse, StoreUnavailable, translate

__all__ = ["MEMORY", "FileLock", "open_reader", "open_writer"]

MEMORY = ":memory:"


class FileLock:
    """An exclusive claim on a database file, given up by the operating system when the process dies.

    Args:
        path: The database file; the lock is a file beside it.

    Raises:
        StoreInUse: If another process holds the claim.
        StoreUnavailable: If the lock file cannot be made.
    """

    def __init__(self, path: str) -> None:
        self._name = f"{os.path.realpath(path)}.lock"
        try:
            self._file = os.open(self._name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise StoreUnavailable(f"{path} cannot be opened: {error.strerror}") from error
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            holder = os.read(self._file, 32).decode("ascii", "replace").strip() or "unknown"
            os.close(self._file)
            raise StoreInUse(
                f"{path} is in use by another server (process {holder}); stop it or choose another file"
            ) from error
        os.ftruncate(self._file, 0)
        os.pwrite(self._file, f"{os.getpid()}\n".encode("ascii"), 0)

    def release(self) -> None:
        """Give the claim up."""
        with contextlib.suppress(OSError):
            os.close(self._file)


def open_writer(path: str, clock: Clock) -> sqlite3.Connection:
    """Open the one connection that writes, and bring the schema up to date.

    Args:
        path: The database file, or ``:memory:``.
        clock: The server's clock; one that leaps goes on from where the file stands.

    Raises:
        StoreError: If the file cannot be used; the subclass says why.
    """
    if path != MEMORY and not Path(path).resolve().parent.is_dir():
        raise StoreUnavailable(f"{path} cannot be created: its directory does not exist")
    try:
        connection = _connect(path)
    except sqlite3.Error as error:
        raise translate(error, path) from error
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        migrate(connection, path, clock.now())
        _continue_time(connection, path, clock)
    except sqlite3.Error as error:
        connection.close()
        raise translate(error, path) from error
    except BaseException:
        connection.close()
        raise
    return connection


def open_reader(path: str) -> sqlite3.Connection:
    """Open a connection that only reads what is committed.

    Raises:
        StoreError: If the file cannot be read.
    """
    try:
        connection = _connect(path)
        connection.execute("PRAGMA query_only = ON")
    except sqlite3.Error as error:
        raise translate(error, path) from error
    return connection


def _continue_time(connection: sqlite3.Connection, path: str, clock: Clock) -> None:
    row = connection.execute("SELECT value FROM facts WHERE name = 'skipped_seconds'").fetchone()
    skipped = 0.0 if row is None else float(row[0])
    if isinstance(clock, LeapingClock):
        clock.skip(max(0.0, skipped - clock.skipped))
    elif isinstance(clock, SystemClock) and skipped > 0:
        raise StoreAhead(
            f"{path} was served on virtual time and is {skipped:.0f} s ahead of the real time; "
            "serve it with --virtual-time, or choose another file"
        )


def _connect(path: str) -> sqlite3.Connection:
    connection = sqlite3.connect(
        path, timeout=5.0, isolation_level=None, check_same_thread=False, cached_statements=512
    )
    connection.execute("PRAGMA cache_size = -16384")
    connection.execute("PRAGMA temp_store = MEMORY")
    return connection
