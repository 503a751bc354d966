"""Keeping the write-ahead log short while readers are always busy."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

__all__ = ["LOG_LIMIT", "Journal", "Turnstile"]

LOG_LIMIT = 32 * 1024 * 1024
"""How long the log may grow, in bytes, before the writer stops the reader in order to empty it."""

# Readers of other processes (somebody checks or copies the file) are waited for this long; after that the
# log grows on, and it is tried again after as much again.
_PATIENCE_MS = 100


class Turnstile:
    """Lets a thread pass for one piece of work at a time, and another one stop it in between."""

    def __init__(self) -> None:
        self._open = threading.Event()
        self._open.set()
        self._inside = threading.Lock()

    @contextlib.contextmanager
    def passing(self) -> Iterator[None]:
        """Do a piece of work."""
        self._open.wait()
        with self._inside:
            yield

    @contextlib.contextmanager
    def closed(self) -> Iterator[None]:
        """Wait for the end of the piece that is under way, and let none begin."""
        # Without closing first, a thread that never rests would take the lock again and again.
        self._open.clear()
        try:
            with self._inside:
                yield
        finally:
            self._open.set()


class Journal:
    """The write-ahead log beside a database file.

    SQLite copies the log into the database by itself, but it starts the log anew only at a moment at which
    nobody reads. Under constant load there may be none, so the writer makes one.

    Args:
        connection: The connection that writes.
        path: The database file.
        readers: Where the threads pass that read.
        limit: How long the log may grow, in bytes.
    """

    def __init__(
        self, connection: sqlite3.Connection, path: str, readers: Turnstile, limit: int = LOG_LIMIT
    ) -> None:
        self._connection = connection
        self._log = Path(f"{os.path.realpath(path)}-wal")
        self._readers = readers
        self._limit = limit
        self._next = limit
        # Gives the space back that a foreign reader made the log take.
        connection.execute(f"PRAGMA journal_size_limit = {limit}")

    def trim(self) -> None:
        """Empty the log if it is too long; called by the writer between two transactions."""
        size = self._size()
        if size < self._limit:
            self._next = self._limit
        elif size >= self._next:
            with self._readers.closed():
                emptied = self._empty()
            self._next = self._limit if emptied else size + self._limit

    def _empty(self) -> bool:
        emptied = False
        with contextlib.suppress(sqlite3.Error):
            self._connection.execute(f"PRAGMA busy_timeout = {_PATIENCE_MS}")
            emptied = self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0
        with contextlib.suppress(sqlite3.Error):
            self._connection.execute("PRAGMA busy_timeout = 5000")
        return emptied

    def _size(self) -> int:
        try:
            return self._log.stat().st_size
        except OSError:
            return 0
