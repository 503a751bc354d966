"""The store: one database file, one writer, and word of every commit."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable
from typing import TypeVar

from durable_workflow.server._queries import QueryBoard
from durable_workflow.server._settings import EngineSettings
from durable_workflow.server._ulid import UlidFactory
from durable_workflow.server.clock import Clock
from durable_workflow.server.store._database import MEMORY, FileLock, open_reader, open_writer
from durable_workflow.server.store._jobs import JobThread
from durable_workflow.server.store._journal import Journal, Turnstile
from durable_workflow.server.store._transaction import Agenda, Transaction
from durable_workflow.server.store.errors import StoreError

__all__ = ["Store"]

T = TypeVar("T")


class Store:
    """Everything the server knows, in one SQLite file that survives ``kill -9`` at any moment.

    A job is a function of a `Transaction`. Jobs that wait at the same time share one commit and so one
    flush to disk; a job that raises undoes only itself. Open one with `Store.open`.
    """

    def __init__(
        self,
        path: str,
        clock: Clock,
        settings: EngineSettings,
        lock: FileLock | None,
        writer: sqlite3.Connection,
    ) -> None:
        self.path = path
        self.clock = clock
        self.settings = settings
        self._lock = lock
        self._agenda = Agenda()
        self._turnstile = Turnstile()
        self._queries = QueryBoard()
        self._callbacks: list[Callable[[frozenset[str]], None]] = []
        self._writer = self._thread(writer, writes=True)
        self._reader = self._writer if path == MEMORY else self._thread(open_reader(path), writes=False)

    @classmethod
    def open(cls, path: str, clock: Clock, settings: EngineSettings | None = None) -> Store:
        """Open a database file, making it if there is none.

        Args:
            path: The file, or ``:memory:`` for a store that lasts as long as the process.
            clock: The server's clock.
            settings: The engine's settings; the defaults if omitted.

        Raises:
            StoreInUse: If another process has the file open.
            StoreCorrupt: If the file is damaged or is something else.
            StoreTooNew: If a newer version of this package wrote it.
            StoreAhead: If it was last served on virtual time and the clock is the system's.
            StoreUnavailable: If the file cannot be opened or written.
        """
        path = str(path)
        lock = None if path == MEMORY else FileLock(path)
        try:
            writer = open_writer(path, clock)
        except BaseException:
            if lock is not None:
                lock.release()
            raise
        return cls(path, clock, settings or EngineSettings(), lock, writer)

    async def write(
        self,
        job: Callable[[Transaction], T],
        *,
        undelivered: Callable[[Transaction, T], None] | None = None,
    ) -> T:
        """Run a job and return its result after the commit that keeps it.

        Args:
            job: The work; it must not block on anything but the transaction.
            undelivered: A further job that takes back what ``job`` did. It is run, with the result, when
                the awaiting caller was cancelled after ``job`` had begun.

        Raises:
            StoreError: If the database failed; nothing of the job was kept.
            Exception: Whatever the job raised; nothing of it was kept.
        """
        result: T = await self._writer.run(job, undelivered)
        return result

    async def read(
        self,
        job: Callable[[Transaction], T],
        *,
        undelivered: Callable[[Transaction, T], None] | None = None,
    ) -> T:
        """Run a job that changes nothing in the database, on what is committed.

        Args:
            job: The work; a statement that writes fails.
            undelivered: As for `write`.

        Raises:
            StoreError: If the database failed.
            Exception: Whatever the job raised.
        """
        result: T = await self._reader.run(job, undelivered)
        return result

    @property
    def trouble(self) -> StoreError | None:
        """What kept the last write or read from being done, None if it was; damage does not pass."""
        return self._writer.trouble or self._reader.trouble

    def on_commit(self, callback: Callable[[frozenset[str]], None]) -> None:
        """Have ``callback`` called on the event loop with the topics of every commit."""
        self._callbacks.append(callback)

    async def close(self) -> None:
        """Finish the jobs that wait, close the file and let others open it; a second call does nothing."""
        await self._reader.stop()
        await self._writer.stop()
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def _thread(self, connection: sqlite3.Connection, *, writes: bool) -> JobThread:
        after = None
        if writes and self.path != MEMORY:
            after = Journal(connection, self.path, self._turnstile).trim
        # One for each thread: what makes ids must not be used by two at once.
        ids = UlidFactory(self.clock)

        def begin(connection: sqlite3.Connection) -> Transaction:
            return Transaction(connection, self.clock, self.settings, ids, self._agenda, self._queries)

        return JobThread(
            connection,
            begin,
            self.path,
            writes=writes,
            told=self._tell,
            failed=self._agenda.forget,
            turn=contextlib.nullcontext if writes else self._turnstile.passing,
            after=after,
        )

    def _tell(self, topics: frozenset[str]) -> None:
        for callback in self._callbacks:
            callback(topics)
