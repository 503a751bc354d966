"""Looking after a database file: is it sound, a copy of it, and giving space back."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from durable_workflow.server.clock import SystemClock
from durable_workflow.server.store._checks import Problem, find_problems
from durable_workflow.server.store._database import FileLock
from durable_workflow.server.store._migrations import LATEST, migrate, schema_version
from durable_workflow.server.store.errors import StoreCorrupt, StoreUnavailable, translate
from durable_workflow.server.store.setbacks import Setback

__all__ = ["Report", "backup", "check", "vacuum"]

_MOST = 100


@dataclass(frozen=True, slots=True)
class Report:
    """What a check of a database file found.

    Args:
        schema_version: The version of its schema.
        runs: How many runs it holds.
        events: How many events.
        damages: What SQLite says of the file itself; empty when it is whole.
        problems: What breaks the rules of a sound database.
        setbacks: Due things that the server cannot do and keeps trying.
    """

    schema_version: int
    runs: int
    events: int
    damages: tuple[str, ...]
    problems: tuple[Problem, ...]
    setbacks: tuple[Setback, ...]

    @property
    def sound(self) -> bool:
        """Whether nothing was found."""
        return not (self.damages or self.problems or self.setbacks)


def check(path: str) -> Report:
    """Check a database file, also while a server runs on it; the file is not changed.

    A file with an older schema is checked as it will be after its migration, on a copy.

    Args:
        path: The file.

    Raises:
        StoreUnavailable: If it is not there, or cannot be read.
        StoreCorrupt: If it is no database of this server, or too damaged to be read.
        StoreTooNew: If a newer version of this package wrote it.
    """
    with _reading(path) as (connection, version):
        connection.execute("BEGIN")  # All questions are asked of one moment.
        damages = _damages(connection)
        if damages:
            return Report(version, 0, 0, damages, (), ())
        if version == LATEST:
            return _report(connection, version)
        clock = SystemClock()
        with tempfile.TemporaryDirectory() as folder, _opened(f"{folder}/copy.sqlite", path) as copy:
            connection.backup(copy)
            migrate(copy, path, clock.now())
            return _report(copy, version)


def backup(path: str, target: str, *, overwrite: bool = False) -> int:
    """Copy a database file as it is at one moment, also while a server runs on it.

    The copy is a single file; it appears under its name only when it is complete and on disk.

    Args:
        path: The file.
        target: The new file.
        overwrite: Whether a file of that name may be replaced.

    Returns:
        The size of the copy in bytes.

    Raises:
        StoreUnavailable: If there is such a file already, or one of them cannot be read or written.
        StoreCorrupt: If the file is damaged or is no database of this server; there is no copy then.
    """
    if Path(target).exists() and Path(target).samefile(path):
        raise StoreUnavailable(f"{target} is the database itself; name another file")
    with _reading(path) as (connection, _), _claimed(target, overwrite=overwrite) as partial:
        with _opened(partial, target) as copy:
            connection.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")
            damages = _damages(copy)
        if damages:
            raise StoreCorrupt(f"{path} is damaged ({damages[0]}); it was not copied")
        _flush(partial)
        Path(partial).replace(target)
        _flush(str(Path(target).resolve().parent))
    return Path(target).stat().st_size


def vacuum(path: str) -> tuple[int, int]:
    """Give the space back that a database file no longer needs; no server may run on it.

    Args:
        path: The file.

    Returns:
        The size before and after, in bytes.

    Raises:
        StoreInUse: If a server runs on it.
        StoreUnavailable: If it is not there, or there is no space for the copy that this needs.
        StoreCorrupt: If it is damaged or is no database of this server.
    """
    with _reading(path):
        pass
    lock = FileLock(path)
    try:
        with _opened(path, path) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            before = Path(path).stat().st_size
            connection.execute("VACUUM")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return before, Path(path).stat().st_size
    finally:
        lock.release()


@contextlib.contextmanager
def _reading(path: str) -> Iterator[tuple[sqlite3.Connection, int]]:
    """Open a database of this server that is there, without changing it; with its schema version."""
    if not Path(path).is_file():
        raise StoreUnavailable(f"{path} is not there; name a database file of this server")
    with _opened(f"file:{quote(str(Path(path).resolve()))}?mode=ro", path) as connection:
        version = schema_version(connection, path)
        if version == 0:
            raise StoreCorrupt(f"{path} is empty and holds no database; choose another file")
        yield connection, version


@contextlib.contextmanager
def _opened(name: str, shown: str) -> Iterator[sqlite3.Connection]:
    try:
        with contextlib.closing(
            sqlite3.connect(name, timeout=5.0, isolation_level=None, uri=name.startswith("file:"))
        ) as connection:
            yield connection
    except sqlite3.Error as error:
        raise translate(error, shown) from error


def _damages(connection: sqlite3.Connection) -> tuple[str, ...]:
    try:
        found = [str(row[0]) for row in connection.execute(f"PRAGMA integrity_check({_MOST})")]
    except sqlite3.DatabaseError as error:
        if not isinstance(translate(error, ""), StoreCorrupt):
            raise
        found = [str(error)]
    return () if found == ["ok"] else tuple(found)


def _report(connection: sqlite3.Connection, version: int) -> Report:
    counts = "SELECT (SELECT count(*) FROM runs), (SELECT count(*) FROM events)"
    runs, events = connection.execute(counts).fetchone()
    setbacks = connection.execute(
        "SELECT chore, item, failures, error, failed_at, again_at FROM setbacks ORDER BY chore, item LIMIT ?",
        (_MOST,),
    )
    return Report(
        schema_version=version,
        runs=runs,
        events=events,
        damages=(),
        problems=tuple(find_problems(connection.execute, most=_MOST)),
        setbacks=tuple(Setback(*row) for row in setbacks),
    )


@contextlib.contextmanager
def _claimed(target: str, *, overwrite: bool) -> Iterator[str]:
    """Claim the name of a new file, and give it up again if the file is not made."""
    partial = f"{target}.{os.getpid()}.partial"
    claimed = False
    try:
        try:
            os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC, 0o600))
            claimed = True
        except FileExistsError:
            if not overwrite or not Path(target).is_file():
                raise StoreUnavailable(
                    f"{target} exists already; name another file, or use --force"
                ) from None
        yield partial
    except BaseException as error:
        Path(partial).unlink(missing_ok=True)
        if claimed:
            Path(target).unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise StoreUnavailable(f"{target} cannot be written: {error.strerror}") from error
        raise


def _flush(path: str) -> None:
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
