"""The write-ahead log stays short, however busy readers are."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
import threading
from functools import partial

import pytest

from durable_workflow.server.clock import VirtualClock
from durable_workflow.server.store import Store, _store
from durable_workflow.server.store._journal import Journal, Turnstile

LIMIT = 1_000_000
ROW = 20_000


@pytest.fixture
def path(tmp_path):
    return tmp_path / "store.db"


async def put(store, number):
    statement = "INSERT OR REPLACE INTO facts VALUES (?, ?)"
    await store.write(lambda tx: tx.execute(statement, (str(number), "x" * ROW)) and None)


def look(tx):
    return tx.scalar("SELECT sum(length(value)) FROM facts")


async def longest(path, store, rows=400):
    """Write while somebody always reads; return how long the log became."""
    log, sizes, done = path.with_name("store.db-wal"), [], asyncio.Event()

    async def read():
        while not done.is_set():
            await store.read(look)

    readers = [asyncio.create_task(read()) for _ in range(4)]
    for number in range(rows):
        await put(store, number)
        sizes.append(log.stat().st_size)
    done.set()
    await asyncio.gather(*readers)
    assert await store.read(look) == rows * ROW
    return max(sizes)


async def test_the_log_is_emptied_although_somebody_always_reads(path, monkeypatch):
    monkeypatch.setattr(_store, "Journal", partial(Journal, limit=LIMIT))
    store = Store.open(str(path), VirtualClock())
    assert await longest(path, store) < LIMIT + 10 * ROW
    await store.close()


async def test_a_reader_of_another_process_holds_nobody_up(path, monkeypatch):
    """Its snapshot is kept; when it is gone, the log is emptied."""
    monkeypatch.setattr(_store, "Journal", partial(Journal, limit=LIMIT))
    store = Store.open(str(path), VirtualClock())
    log = path.with_name("store.db-wal")
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN")
        before = other.execute("SELECT count(*) FROM facts").fetchone()
        async with asyncio.timeout(10):
            assert await longest(path, store, rows=150) > 2 * LIMIT
        assert other.execute("SELECT count(*) FROM facts").fetchone() == before
        other.execute("COMMIT")
    for number in range(150):
        await put(store, number)
    assert log.stat().st_size < 2 * LIMIT
    await store.close()


def test_a_turnstile_lets_nobody_in_while_it_is_closed():
    turnstile, inside, entered = Turnstile(), threading.Event(), []
    stop = threading.Event()

    def restless():
        while not stop.is_set():
            with turnstile.passing():
                entered.append(1)
                inside.set()

    thread = threading.Thread(target=restless)
    thread.start()
    try:
        assert inside.wait(10)
        for _ in range(50):
            with turnstile.closed():
                count = len(entered)
                assert not stop.wait(0.001)
                assert len(entered) == count
    finally:
        stop.set()
        thread.join(10)
    assert not thread.is_alive()
