"""The thread that owns a connection: jobs come in through a queue and are committed in groups."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
import threading
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from typing import Any

from durable_workflow.server.store._transaction import Transaction
from durable_workflow.server.store.errors import (
    StoreClosed,
    StoreCorrupt,
    StoreError,
    concerns_file,
    translate,
)

__all__ = ["JobThread"]

# Bounds how long the first job of a group waits for the last one.
_GROUP_LIMIT = 256


@dataclass(slots=True)
class _Job:
    work: Callable[[Transaction], Any]
    future: asyncio.Future[Any]
    loop: asyncio.AbstractEventLoop
    undelivered: Callable[[Transaction, Any], None] | None = None
    result: Any = None
    error: BaseException | None = None
    topics: set[str] = field(default_factory=set)


class JobThread:
    """Runs jobs one after the other on one connection and commits all that wait together.

    Args:
        connection: The connection; the thread closes it at the end.
        begin: The transaction that each job gets.
        path: The file's name, for messages.
        writes: False for a thread whose connection only reads.
        told: Called on the event loop with the topics of each commit.
        failed: Called on the thread when a group could not be committed.
        turn: Entered for each group.
        after: Called on the thread between two groups, if there is something to do.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        begin: Callable[[sqlite3.Connection], Transaction],
        path: str,
        *,
        writes: bool,
        told: Callable[[frozenset[str]], None],
        failed: Callable[[], None],
        turn: Callable[[], AbstractContextManager[None]],
        after: Callable[[], None] | None,
    ) -> None:
        self._connection = connection
        self._begin = begin
        self._path = path
        self._writes = writes
        self._told = told
        self._failed = failed
        self.trouble: StoreError | None = None
        """What kept the last group from being committed, None if it was; damage does not pass."""
        self._turn = turn
        self._after = after
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self._gate = threading.Lock()
        self._open = True
        name = "durable-workflow-writer" if writes else "durable-workflow-reader"
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    async def run(
        self,
        work: Callable[[Transaction], Any],
        undelivered: Callable[[Transaction, Any], None] | None = None,
    ) -> Any:
        """Run ``work`` and return its result once it is committed.

        Args:
            work: The job.
            undelivered: A further job, given the result of ``work`` when its caller was cancelled meanwhile.

        Raises:
            StoreClosed: If the thread was stopped.
            StoreError: If the database failed; nothing of the job was kept.
        """
        loop = asyncio.get_running_loop()
        job = _Job(work, loop.create_future(), loop, undelivered)
        if not self._put(job):
            raise StoreClosed(f"{self._path} was closed")
        return await job.future

    async def stop(self) -> None:
        """Finish the jobs that wait, then close the connection."""
        with self._gate:
            if self._open:
                self._open = False
                self._jobs.put(None)
        await asyncio.to_thread(self._thread.join)

    def _put(self, job: _Job) -> bool:
        with self._gate:
            if self._open:
                self._jobs.put(job)
            return self._open

    def _run(self) -> None:
        going = True
        while going:
            group, going = self._next_group()
            if group:
                with self._turn():
                    self._run_group(group)
                self._deliver(group)
                if self._after is not None:
                    self._after()
        with contextlib.suppress(sqlite3.Error):
            self._connection.close()

    def _next_group(self) -> tuple[list[_Job], bool]:
        job = self._jobs.get()
        group: list[_Job] = []
        with contextlib.suppress(Empty):
            while job is not None:
                # A caller that is gone wants nothing done.
                if not job.future.cancelled():
                    group.append(job)
                if len(group) >= _GROUP_LIMIT:
                    break
                job = self._jobs.get_nowait()
        return group, job is not None

    def _run_group(self, group: list[_Job]) -> None:
        try:
            self._connection.execute("BEGIN IMMEDIATE" if self._writes else "BEGIN")
            for job in group:
                self._run_job(job)
            self._connection.execute("COMMIT")
        except sqlite3.Error as error:
            self.trouble = translate(error, self._path)
            self._abandon(group, self.trouble)
        else:
            if not isinstance(self.trouble, StoreCorrupt):
                self.trouble = None

    def _run_job(self, job: _Job) -> None:
        self._connection.execute("SAVEPOINT job")
        tx = self._begin(self._connection)
        try:
            job.result = job.work(tx)
            tx.finish()
        except sqlite3.Error as error:
            if concerns_file(error):
                raise
            self._undo(job, translate(error, self._path))
        except BaseException as error:
            self._undo(job, error)
        else:
            self._connection.execute("RELEASE job")
            job.topics = set(tx.topics)

    def _undo(self, job: _Job, error: BaseException) -> None:
        self._connection.execute("ROLLBACK TO job")
        self._connection.execute("RELEASE job")
        job.error = error

    def _abandon(self, group: Iterable[_Job], error: StoreError) -> None:
        with contextlib.suppress(sqlite3.Error):
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
        self._failed()
        for job in group:
            job.error = error
            job.topics = set()

    def _deliver(self, group: list[_Job]) -> None:
        loops: dict[asyncio.AbstractEventLoop, list[_Job]] = {}
        for job in group:
            loops.setdefault(job.loop, []).append(job)
        for loop, jobs in loops.items():
            # A loop that was closed meanwhile has nobody left to tell.
            with contextlib.suppress(RuntimeError):
                loop.call_soon_threadsafe(self._resolve, jobs)

    def _resolve(self, jobs: list[_Job]) -> None:
        for job in jobs:
            if job.future.done():
                self._take_back(job)
            elif job.error is not None:
                job.future.set_exception(job.error)
            else:
                job.future.set_result(job.result)
        topics: frozenset[str] = frozenset().union(*(job.topics for job in jobs))
        if topics:
            self._told(topics)

    def _take_back(self, job: _Job) -> None:
        """Run the job for a result whose caller has gone, if it named one."""
        further = job.undelivered
        if further is not None and job.error is None:
            result, future = job.result, job.loop.create_future()
            # Nobody awaits this one; a failure leaves the lease to run out.
            future.add_done_callback(lambda done: done.cancelled() or done.exception())
            self._put(_Job(lambda tx: further(tx, result), future, job.loop))
