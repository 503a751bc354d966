"""The database file: its settings, its schema, one process at a time, damage."""

from __future__ import annotations

import contextlib
import re
import signal
import sqlite3
import subprocess
import sys
import textwrap

import pytest

from durable_workflow.server.clock import SystemClock, VirtualClock
from durable_workflow.server.store import (
    Store,
    StoreCorrupt,
    StoreError,
    StoreInUse,
    StoreTooNew,
    StoreUnavailable,
    _migrations,
)

HOLDER = """
    import asyncio, sys
    from durable_workflow.server.clock import SystemClock
    from durable_workflow.server.store import Store

    async def main():
        store = Store.open(sys.argv[1], SystemClock())
        number = 0
        while True:
            await asyncio.gather(*[
                store.write(lambda tx, key=str(number + i): tx.execute(
                    "INSERT INTO workflows VALUES (?, 'n', 't', 'r', 1, 1.0)", (key,)))
                for i in range(5)
            ])
            number += 5
            print(number, flush=True)

    asyncio.run(main())
"""


def open_store(path):
    return Store.open(str(path), VirtualClock())


@pytest.fixture
def holder(tmp_path):
    path = tmp_path / "store.db"
    script = [sys.executable, "-c", textwrap.dedent(HOLDER), str(path)]
    with subprocess.Popen(script, stdout=subprocess.PIPE, text=True) as process:
        yield path, process
        with contextlib.suppress(ProcessLookupError):
            process.send_signal(signal.SIGKILL)


async def test_a_second_process_is_refused_until_the_first_is_killed(holder):
    path, process = holder
    assert process.stdout is not None
    for _ in range(20):
        acknowledged = int(process.stdout.readline())
    with pytest.raises(StoreInUse, match=re.escape(f"process {process.pid}")):
        open_store(path)
    process.send_signal(signal.SIGKILL)
    process.wait()
    acknowledged = max([acknowledged, *map(int, process.stdout.read().split())])
    store = open_store(path)
    kept = await store.read(
        lambda tx: {int(key) for (key,) in tx.execute("SELECT workflow_id FROM workflows")}
    )
    assert set(range(acknowledged)) <= kept, "something acknowledged is lost"
    assert await store.write(lambda tx: tx.scalar("PRAGMA integrity_check")) == "ok"
    await store.close()


async def test_the_claim_ends_with_the_store(tmp_path):
    store = open_store(tmp_path / "store.db")
    link = tmp_path / "link.db"
    link.symlink_to(tmp_path / "store.db")
    for path in (tmp_path / "store.db", link):
        with pytest.raises(StoreInUse, match="stop it or choose another file"):
            open_store(path)
    await store.close()
    await open_store(tmp_path / "store.db").close()


async def test_the_settings_that_make_it_durable(tmp_path):
    store = open_store(tmp_path / "store.db")
    pragmas = ("journal_mode", "synchronous", "foreign_keys")
    values = await store.write(lambda tx: [tx.scalar(f"PRAGMA {name}") for name in pragmas])
    assert values == ["wal", 2, 1]
    await store.close()


async def test_a_store_in_memory(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    store, other = open_store(":memory:"), open_store(":memory:")
    job = "INSERT INTO workflows VALUES ('a', 'n', 't', 'r', 1, 1.0)"
    await store.write(lambda tx: tx.execute(job))
    count = "SELECT count(*) FROM workflows"
    assert await store.read(lambda tx: tx.scalar(count)) == 1
    assert await other.read(lambda tx: tx.scalar(count)) == 0
    await store.close()
    await other.close()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "content", [b"no database at all, but long enough to look at" * 9, b"SQLite format 3\0" + b"x" * 4096]
)
def test_a_file_that_is_no_database(tmp_path, content):
    path = tmp_path / "store.db"
    path.write_bytes(content)
    for _ in range(2):
        with pytest.raises(StoreCorrupt, match=r"store\.db"):
            open_store(path)
    assert path.read_bytes() == content


def test_a_database_of_somebody_else(tmp_path):
    path = tmp_path / "store.db"
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE theirs (x)")
    with pytest.raises(StoreCorrupt, match="not one of this server"):
        open_store(path)


async def test_a_file_that_is_damaged_inside(tmp_path):
    path = tmp_path / "store.db"
    store = open_store(path)
    await store.close()
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xaa" * (len(content) - 4096)
    path.write_bytes(bytes(content))
    with pytest.raises(StoreCorrupt):
        await open_and_read(path)


async def open_and_read(path):
    store = open_store(path)
    try:
        await store.read(lambda tx: tx.execute("SELECT * FROM runs").fetchall())
    finally:
        await store.close()


async def test_a_file_of_a_newer_version(tmp_path):
    path = tmp_path / "store.db"
    store = open_store(path)
    newer = _migrations.LATEST + 1
    await store.write(lambda tx: tx.execute("INSERT INTO schema_migrations VALUES (?, 1.0)", (newer,)))
    await store.close()
    with pytest.raises(StoreTooNew, match=f"schema version {newer}"):
        open_store(path)


async def test_an_older_file_is_brought_up_to_date(tmp_path, monkeypatch):
    path = tmp_path / "store.db"
    await open_store(path).close()
    steps = (*_migrations.STEPS, ("CREATE TABLE later (x)",))
    monkeypatch.setattr(_migrations, "STEPS", steps)
    monkeypatch.setattr(_migrations, "LATEST", len(steps))
    for _ in range(2):
        store = open_store(path)
        versions = await store.read(lambda tx: tx.execute("SELECT version FROM schema_migrations").fetchall())
        assert versions == [(number,) for number in range(1, len(steps) + 1)]
        assert await store.read(lambda tx: tx.scalar("SELECT count(*) FROM later")) == 0
        await store.close()


async def test_a_migration_that_fails_leaves_the_old_schema(tmp_path, monkeypatch):
    path = tmp_path / "store.db"
    await open_store(path).close()
    with monkeypatch.context() as patch:
        patch.setattr(_migrations, "STEPS", (*_migrations.STEPS, ("CREATE TABLE later (x)", "NONSENSE")))
        patch.setattr(_migrations, "LATEST", len(_migrations.STEPS))
        with pytest.raises(StoreError, match="NONSENSE"):
            open_store(path)
    store = open_store(path)
    tables = await store.read(lambda tx: [name for (name,) in tx.execute("SELECT name FROM sqlite_master")])
    assert "later" not in tables
    await store.close()


@pytest.mark.parametrize("path", ["missing/store.db", "."])
def test_a_path_that_cannot_be_a_file(tmp_path, path):
    with pytest.raises(StoreUnavailable):
        open_store(tmp_path / path)


async def test_every_query_of_the_hot_path_uses_an_index(tmp_path):
    """Costs must not grow with closed runs: no statement may look at a whole table."""
    store = open_store(tmp_path / "store.db")
    queues = "WHERE status = 'ready' AND namespace = ? AND task_queue = ?"
    queries = [
        f"SELECT * FROM workflow_tasks {queues} ORDER BY available_at, task_id LIMIT 1",
        f"SELECT * FROM activity_tasks {queues} ORDER BY available_at, task_id LIMIT 1",
        "SELECT * FROM workflow_tasks WHERE run_id = ? AND status IN ('ready', 'delayed', 'held', 'leased')",
        "SELECT min(lease_expires_at) FROM workflow_tasks WHERE status = 'leased'",
        "SELECT min(available_at) FROM workflow_tasks WHERE status = 'delayed'",
        "SELECT min(lease_expires_at) FROM activity_tasks WHERE status = 'leased'",
        "SELECT min(available_at) FROM activity_tasks WHERE status = 'delayed'",
        "SELECT * FROM workflow_tasks WHERE status = 'leased' AND namespace = ? AND lease_owner = ?",
        "SELECT * FROM activity_tasks WHERE status = 'leased' AND namespace = ? AND lease_owner = ?",
        "SELECT * FROM activities WHERE run_id = ? AND status IN ('pending', 'running') ORDER BY step",
        "SELECT min(due_at) FROM activities WHERE due_at IS NOT NULL",
        "SELECT min(due_at) FROM runs WHERE due_at IS NOT NULL",
        "SELECT min(fire_at) FROM timers WHERE status = 'pending'",
        "SELECT * FROM timers WHERE run_id = ? AND status = 'pending' ORDER BY step",
        "SELECT * FROM condition_waits WHERE run_id = ? AND status = 'open' ORDER BY step DESC LIMIT 1",
        "SELECT min(lost_at) FROM workers WHERE lost_at IS NOT NULL",
        "SELECT * FROM events WHERE run_id = ? AND sequence > ? ORDER BY sequence LIMIT ?",
        "SELECT min(fire_at) FROM timers WHERE status = 'pending'"
        " AND NOT EXISTS (SELECT 1 FROM setbacks WHERE chore = 'timer' AND item = timer_id)",
        "SELECT min(again_at) FROM setbacks",
    ]

    def plans(tx):
        marks = [("x",) * query.count("?") for query in queries]
        return [
            " ".join(row[3] for row in tx.execute(f"EXPLAIN QUERY PLAN {query}", mark))
            for query, mark in zip(queries, marks, strict=True)
        ]

    for query, plan in zip(queries, await store.read(plans), strict=True):
        assert "USING" in plan, (query, plan)
        assert "TEMP B-TREE" not in plan, (query, plan)
    await store.close()


def test_the_real_clock_never_runs_backwards():
    clock = SystemClock()
    times = [clock.now() for _ in range(1000)]
    assert times == sorted(times)


def test_the_virtual_clock_moves_only_forward():
    clock = VirtualClock(10.0)
    assert (clock.now(), clock.advance(5), clock.advance_to(3), clock.now()) == (10, 15, 15, 15)
    with pytest.raises(ValueError, match="not be negative"):
        clock.advance(-1)
