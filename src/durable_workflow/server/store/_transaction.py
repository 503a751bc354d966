"""One unit of work on the database, as the engine sees it."""

from __future__ import annotations

import contextlib
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields
from operator import attrgetter
from typing import Any, TypeVar

from durable_workflow.server._queries import QueryBoard
from durable_workflow.server._settings import EngineSettings
from durable_workflow.server._ulid import UlidFactory
from durable_workflow.server.clock import Clock
from durable_workflow.server.store.errors import concerns_file

__all__ = ["Agenda", "Transaction", "columns_of"]

RowT = TypeVar("RowT")


class Agenda:
    """Remembers the next due time that the ticker knows of, across transactions."""

    def __init__(self) -> None:
        self.armed: float | None = None

    def forget(self) -> None:
        """Know nothing: a commit failed, so the next due time that is told wakes the ticker again."""
        self.armed = None


class Transaction:
    """A job's view of the database: statements, time, ids and the topics it raises.

    Either all its statements are kept or none; topics are told to waiters only after the commit.

    Args:
        connection: The connection, inside a transaction.
        clock: The server's clock.
        settings: The engine's settings.
        ids: Makes identifiers.
        agenda: The ticker's memory; shared by all transactions of a store.
        queries: The queries on their way to workers, kept in memory.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        clock: Clock,
        settings: EngineSettings,
        ids: UlidFactory,
        agenda: Agenda,
        queries: QueryBoard,
    ) -> None:
        self._connection = connection
        self._agenda = agenda
        self._finishers: list[Callable[[], None]] = []
        self._due: float | None = None
        self._armed: tuple[float | None] | None = None
        self.clock = clock
        self.settings = settings
        self.ids = ids
        self.queries = queries
        self.now = clock.now()
        """The one time of everything in this transaction, in epoch seconds."""
        self.usable = True
        """False once the database file itself has failed: nothing of this transaction will be kept."""
        self.topics: Counter[str] = Counter()
        """How often each topic was raised."""
        self.loaded: dict[str, Any] = {}
        """Rows that are kept in memory until the end of the transaction, by their key."""

    def execute(self, sql: str, parameters: Sequence[Any] = ()) -> sqlite3.Cursor:
        """Run one statement."""
        return self._connection.execute(sql, parameters)

    def one(self, row_type: type[RowT], sql: str, parameters: Sequence[Any] = ()) -> RowT | None:
        """Return the first row as ``row_type``; ``sql`` is what follows the column list."""
        found = self.execute(_select(row_type, sql), parameters).fetchone()
        return None if found is None else row_type(*found)

    def all(self, row_type: type[RowT], sql: str, parameters: Sequence[Any] = ()) -> list[RowT]:
        """Return all rows as ``row_type``; ``sql`` is what follows the column list."""
        return [row_type(*row) for row in self.execute(_select(row_type, sql), parameters)]

    def scalar(self, sql: str, parameters: Sequence[Any] = ()) -> Any:
        """Return the first column of the first row, None without a row."""
        found = self.execute(sql, parameters).fetchone()
        return None if found is None else found[0]

    def insert(self, table: str, row: Any) -> None:
        """Insert a row whose fields are the table's columns."""
        sql, values = _insertion(table, type(row))
        self.execute(sql, values(row))

    def update(self, table: str, key: str, value: str, **columns: Any) -> None:
        """Set columns of the row whose column ``key`` is ``value``."""
        self.execute(_update(table, key, tuple(columns)), (*columns.values(), value))

    def raise_topic(self, topic: str) -> None:
        """Tell those who wait on ``topic`` once this transaction is committed."""
        self.topics[topic] += 1

    def lower_topic(self, topic: str) -> None:
        """Take one raise of ``topic`` back: what it was about is gone again."""
        self.topics -= Counter([topic])

    def due(self, moment: float) -> None:
        """Say that something becomes due at ``moment`` (epoch seconds); wakes the ticker if it is early."""
        self._due = moment if self._due is None else min(self._due, moment)

    def arm(self, moment: float | None) -> None:
        """Say when the ticker comes back by itself; only the tick calls this."""
        self._armed = (moment,)
        self._due = None

    def before_end(self, finisher: Callable[[], None]) -> None:
        """Run ``finisher`` inside the transaction, after the job and before it is kept."""
        self._finishers.append(finisher)

    @contextlib.contextmanager
    def part(self) -> Iterator[None]:
        """Do a part that can fail alone: if it raises, everything in it is undone and the rest is kept.

        Nothing that was loaded before may be used inside or after it.

        Raises:
            Exception: Whatever the part raised; an error of the database file itself ends the whole job.
        """
        self._write_loaded()
        topics, due = Counter(self.topics), self._due
        self.execute("SAVEPOINT part")
        try:
            yield
            self._write_loaded()
        except BaseException as error:
            self.usable = not (isinstance(error, sqlite3.Error) and concerns_file(error))
            if self.usable:
                self.execute("ROLLBACK TO part")
                self.execute("RELEASE part")
            self._finishers, self.loaded = [], {}
            self.topics, self._due = topics, due
            raise
        self.execute("RELEASE part")

    def _write_loaded(self) -> None:
        for finisher in self._finishers:
            finisher()
        self._finishers, self.loaded = [], {}

    def finish(self) -> None:
        """Write what was kept in memory and settle the ticker's memory; the store calls this once."""
        self._write_loaded()
        if self._armed is not None:
            (self._agenda.armed,) = self._armed
        if self._due is not None and (self._agenda.armed is None or self._due < self._agenda.armed):
            self._agenda.armed = self._due
            self.topics["clock"] += 1


_COLUMNS: dict[Any, tuple[str, ...]] = {}
_SELECTS: dict[tuple[Any, str], str] = {}
_INSERTS: dict[tuple[str, Any], tuple[str, Callable[[Any], Any]]] = {}
_UPDATES: dict[tuple[str, str, tuple[str, ...]], str] = {}


def columns_of(row_type: type[Any]) -> tuple[str, ...]:
    """Return the column names of a row class, in order."""
    names = _COLUMNS.get(row_type)
    if names is None:
        names = _COLUMNS[row_type] = tuple(field.name for field in fields(row_type))
    return names


def _select(row_type: type[Any], rest: str) -> str:
    sql = _SELECTS.get((row_type, rest))
    if sql is None:
        sql = _SELECTS[row_type, rest] = " ".join(["SELECT", ", ".join(columns_of(row_type)), rest])
    return sql


def _insertion(table: str, row_type: type[Any]) -> tuple[str, Callable[[Any], Any]]:
    found = _INSERTS.get((table, row_type))
    if found is None:
        names = columns_of(row_type)
        marks = ", ".join("?" * len(names))
        sql = " ".join(["INSERT INTO", table, "(", ", ".join(names), ") VALUES (", marks, ")"])
        found = _INSERTS[table, row_type] = (sql, attrgetter(*names))
    return found


def _update(table: str, key: str, names: tuple[str, ...]) -> str:
    sql = _UPDATES.get((table, key, names))
    if sql is None:
        assignments = ", ".join(f"{name} = ?" for name in names)
        sql = _UPDATES[table, key, names] = " ".join(
            ["UPDATE", table, "SET", assignments, "WHERE", key, "= ?"]
        )
    return sql
