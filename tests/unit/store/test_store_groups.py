"""Group commit: each job is undone alone, a failed commit undoes all, and nobody hears of it too early."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
import threading

import pytest

from durable_workflow.server._calls import Refusal
from durable_workflow.server.clock import VirtualClock
from durable_workflow.server.store import Store, StoreClosed, StoreError, StoreUnavailable


@pytest.fixture
async def store(tmp_path):
    opened = Store.open(str(tmp_path / "store.db"), VirtualClock())
    yield opened
    await opened.close()


def put(key, topic=None):
    def job(tx):
        tx.execute("INSERT INTO workflows VALUES (?, 'n', 't', 'r', 1, 1.0)", (key,))
        if topic is not None:
            tx.raise_topic(topic)
        return key

    return job


def keys(tx):
    return [key for (key,) in tx.execute("SELECT workflow_id FROM workflows ORDER BY workflow_id")]


@contextlib.asynccontextmanager
async def busy(store):
    """Keep the writer busy, so that jobs given meanwhile wait and form one group."""
    started, gate = threading.Event(), threading.Event()

    def job(tx):
        started.set()
        gate.wait(10)

    blocker = asyncio.ensure_future(store.write(job))
    await asyncio.to_thread(started.wait, 10)
    yield
    gate.set()
    await blocker


async def held_back(store, *jobs):
    """Run jobs in one group."""
    async with busy(store):
        waiting = [asyncio.ensure_future(store.write(job)) for job in jobs]
        await asyncio.sleep(0)
    return await asyncio.gather(*waiting, return_exceptions=True)


async def test_a_job_that_raises_undoes_only_itself(store):
    told = []
    store.on_commit(told.append)

    def refused(tx):
        put("lost", "lost-topic")(tx)
        raise Refusal(409, "no", "No.")

    def broken(tx):
        put("a")(tx)

    outcome = await held_back(store, put("a", "a-topic"), refused, broken, put("b", "b-topic"))
    assert outcome[0] == "a"
    assert isinstance(outcome[1], Refusal)
    assert isinstance(outcome[2], StoreError)
    assert outcome[3] == "b"
    assert await store.read(keys) == ["a", "b"]
    assert frozenset({"a-topic", "b-topic"}) in told
    assert not any("lost-topic" in topics for topics in told)


async def test_jobs_that_wait_share_a_commit(tmp_path, monkeypatch):
    commits = []

    class Counting(sqlite3.Connection):
        def execute(self, sql, *rest):
            if sql == "COMMIT":
                commits.append(sql)
            return super().execute(sql, *rest)

    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *args, **named: connect(*args, **named, factory=Counting))
    store = Store.open(str(tmp_path / "store.db"), VirtualClock())
    commits.clear()
    await held_back(store, *[put(str(number)) for number in range(100)])
    assert len(commits) == 2
    await store.close()


async def test_a_failed_commit_fails_all_and_keeps_nothing(tmp_path, monkeypatch):
    state = {"broken": False}

    class Failing(sqlite3.Connection):
        def execute(self, sql, *rest):
            if sql == "COMMIT" and state["broken"]:
                raise sqlite3.OperationalError("disk I/O error")
            return super().execute(sql, *rest)

    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *args, **named: connect(*args, **named, factory=Failing))
    store = Store.open(str(tmp_path / "store.db"), VirtualClock())
    told = []
    store.on_commit(told.append)
    state["broken"] = True
    outcome = await asyncio.gather(store.write(put("a", "x")), store.write(put("b")), return_exceptions=True)
    assert [type(error) for error in outcome] == [StoreUnavailable, StoreUnavailable]
    state["broken"] = False
    assert await store.read(keys) == []
    assert told == []
    assert await store.write(put("a")) == "a", "the store goes on when the disk does"
    await store.close()


async def test_a_full_disk_keeps_nothing_half(store):
    await store.write(put("before"))
    pages = await store.read(lambda tx: tx.scalar("PRAGMA page_count"))
    await store.write(lambda tx: tx.execute(f"PRAGMA max_page_count = {pages + 1}").fetchone())

    def big(tx):
        put("big")(tx)
        for number in range(50):
            put(f"big{number}" + "x" * 5000)(tx)

    outcome = await held_back(store, put("beside"), big)
    assert all(isinstance(error, StoreUnavailable) for error in outcome)
    assert "no space" in str(outcome[1])
    assert await store.read(keys) == ["before"]
    await store.write(lambda tx: tx.execute("PRAGMA max_page_count = 1073741823").fetchone())
    await store.write(put("after"))
    assert await store.read(keys) == ["after", "before"]


async def test_topics_are_told_after_the_commit_and_on_the_loop(store):
    loop_thread = threading.get_ident()
    seen = []

    def told(topics):
        seen.append((threading.get_ident(), topics))

    store.on_commit(told)
    await store.write(put("a", "t"))
    assert seen == [(loop_thread, frozenset({"t"}))]
    await store.write(keys)
    assert len(seen) == 1


async def test_reading_cannot_write_and_sees_what_is_committed(store):
    await store.write(put("a"))
    with pytest.raises(StoreError):
        await store.read(put("b"))
    assert await store.read(keys) == ["a"]


async def test_a_caller_that_left_before_its_job_began_changes_nothing(store):
    async with busy(store):
        leaving = asyncio.ensure_future(store.write(put("lost")))
        await asyncio.sleep(0)
        leaving.cancel()
        await asyncio.sleep(0)
    assert await store.write(keys) == []


async def test_what_a_caller_cannot_take_any_more_is_taken_back(store):
    started, gate = threading.Event(), threading.Event()

    def claim(tx):
        put("claimed")(tx)
        started.set()
        gate.wait(10)
        return "claimed"

    def back(tx, result):
        tx.execute("DELETE FROM workflows WHERE workflow_id = ?", (result,))

    leaving = asyncio.ensure_future(store.write(claim, undelivered=back))
    await asyncio.to_thread(started.wait, 10)
    leaving.cancel()
    gate.set()
    with pytest.raises(asyncio.CancelledError):
        await leaving
    while await store.write(keys):
        await asyncio.sleep(0)
    assert await store.write(lambda tx: 1) == 1


async def test_a_closed_store_says_so(tmp_path):
    store = Store.open(str(tmp_path / "store.db"), VirtualClock())
    pending = [asyncio.ensure_future(store.write(put(str(number)))) for number in range(20)]
    await asyncio.sleep(0)
    await store.close()
    assert await asyncio.gather(*pending) == [str(number) for number in range(20)]
    with pytest.raises(StoreClosed):
        await store.write(keys)
    with pytest.raises(StoreClosed):
        await store.read(keys)
    await store.close()


async def test_the_clock_topic_is_raised_only_for_earlier_times(store):
    told = []
    store.on_commit(told.append)

    async def due(moment):
        told.clear()
        await store.write(lambda tx: tx.due(moment))
        return frozenset({"clock"}) in told

    assert await due(100.0)
    assert not await due(100.0)
    assert not await due(200.0)
    assert await due(50.0)
    await store.write(lambda tx: tx.arm(None))
    assert await due(500.0)
    await store.write(lambda tx: tx.arm(300.0))
    assert not await due(400.0)
    with pytest.raises(ZeroDivisionError):
        await store.write(lambda tx: (tx.due(1.0), 1 / 0))
    assert await due(200.0), "what an undone job said does not count"
