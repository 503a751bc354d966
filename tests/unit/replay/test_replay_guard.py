"""Clocks, chance, environment, threads and IO in workflow code are noticed, and named by their lines."""

from __future__ import annotations

import asyncio
import datetime
import gc
import itertools
import logging
import os
import random
import secrets
import subprocess
import sys
import threading
import time
import uuid
import weakref
from collections.abc import Callable, Iterator
from datetime import datetime as renamed
from pathlib import Path
from time import time as imported
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from durable_workflow import workflow
from durable_workflow.errors import NonDeterministicCode
from durable_workflow.replay import GuardMode, TaskInput, TaskOutcome, _guard, replay_task
from support.history_writer import HistoryWriter

_names = itertools.count()


def run(body: Callable[[Any], Any], mode: GuardMode = "raise", name: str | None = None) -> TaskOutcome:
    """Run a function as a workflow, with a signal on the way."""

    class Written:
        @workflow.signal("poke")
        def poke(self) -> None:
            self.poked = body if mode == "off" else None

        async def run(self, ctx: workflow.WorkflowContext) -> Any:
            return body(ctx)

    cls = workflow.defn(name=name or f"guarded-{next(_names)}")(Written)
    return replay(cls, HistoryWriter(), mode)


def replay(cls: type, history: HistoryWriter, mode: GuardMode = "raise") -> TaskOutcome:
    return replay_task(
        TaskInput(
            definition=workflow.definition_of(cls),
            workflow_id="w",
            run_id="r",
            arguments=[],
            history=history.events,
            task_queue="q",
            guard=mode,
        )
    )


@pytest.fixture(autouse=True)
def nothing_told_yet(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(_guard, "_told", set())
    monkeypatch.setattr(_guard, "_runs_by_type", {})
    yield
    assert sys.getprofile() is None


def helper() -> float:
    return imported()


SINS: list[tuple[str, Callable[[Any], Any], str]] = [
    ("time.time", lambda ctx: time.time(), "ctx.now"),
    ("time.time", lambda ctx: helper(), "ctx.now"),
    ("time.monotonic", lambda ctx: time.monotonic(), "ctx.now"),
    ("datetime.datetime.now", lambda ctx: datetime.datetime.now(), "ctx.now"),
    ("datetime.datetime.now", lambda ctx: renamed.now(datetime.UTC), "ctx.now"),
    ("datetime.date.today", lambda ctx: datetime.date.today(), "ctx.now"),
    ("random.random", lambda ctx: random.random(), "ctx.random"),
    ("random.randint", lambda ctx: random.randint(1, 6), "ctx.random"),
    ("random.shuffle", lambda ctx: random.shuffle([1, 2, 3]), "ctx.random"),
    ("secrets.token_hex", lambda ctx: secrets.token_hex(), "ctx.uuid4"),
    ("uuid.uuid4", lambda ctx: uuid.uuid4(), "ctx.uuid4"),
    ("os.environ", lambda ctx: os.environ["PATH"], "ctx.side_effect"),
    ("os.environ", lambda ctx: os.environ.get("PATH"), "ctx.side_effect"),
    ("os.getenv", lambda ctx: os.getenv("PATH"), "ctx.side_effect"),
    ("time.sleep", lambda ctx: time.sleep(0), "ctx.sleep"),
    ("threading.Thread.start", lambda ctx: threading.Thread(target=print).start(), "activity"),
    ("subprocess.run", lambda ctx: subprocess.run(["true"]), "activity"),
    ("open", lambda ctx: open(os.devnull), "activity"),  # noqa: SIM115, PTH123
    ("pathlib.read_text", lambda ctx: Path(__file__).read_text(), "activity"),
]


@pytest.mark.parametrize(("what", "sin", "remedy"), SINS, ids=[f"{n}-{s[0]}" for n, s in enumerate(SINS)])
def test_a_sin_is_named_with_its_line_and_its_remedy(
    what: str, sin: Callable[[Any], Any], remedy: str
) -> None:
    with pytest.raises(NonDeterministicCode) as caught:
        run(sin)
    assert caught.value.what == what
    assert remedy in str(caught.value)
    where = str(caught.value.where)
    assert "test_replay_guard.py:" in where and "`" in where


def test_the_context_and_what_is_recorded_are_no_sins() -> None:
    async def body(ctx: Any) -> Any:
        value = await ctx.side_effect(lambda: (time.time(), os.environ.get("HOME"))[0])
        ctx.logger.warning("at %s", ctx.now())
        logging.getLogger("mine").warning("as well")
        local = ctx.now().astimezone(ZoneInfo("Europe/Berlin"))
        import colorsys  # noqa: F401 - a late import reads files, and decides nothing

        return [type(value).__name__, ctx.random().random(), str(ctx.uuid4()), str(ctx.uuid7()), str(local)]

    class Written:
        async def run(self, ctx: workflow.WorkflowContext) -> Any:
            return await body(ctx)

    assert replay(workflow.defn(name="innocent")(Written), HistoryWriter()).finished


class Gone:
    """Looks at the clock when it goes."""

    def __del__(self) -> None:
        time.time()


def test_garbage_collection_is_no_sin_of_the_code_that_it_interrupts() -> None:
    seen: list[float] = []

    def body(ctx: Any) -> Any:
        weakref.finalize(Gone(), time.time)
        gc.collect()

    gc.callbacks.append(lambda phase, info: seen.append(time.perf_counter()))
    try:
        assert run(body).finished
    finally:
        gc.callbacks.pop()
    assert seen


def test_a_sin_that_the_code_catches_fails_the_task_all_the_same() -> None:
    def body(ctx: Any) -> Any:
        try:
            return time.time()
        except Exception:
            return "caught"

    with pytest.raises(NonDeterministicCode):
        run(body)


@pytest.mark.parametrize("place", ["handler", "predicate", "callback", "generator", "constructor", "task"])
def test_all_code_of_a_workflow_is_watched(place: str) -> None:
    class Written:
        def __init__(self) -> None:
            self.stamp = time.time() if place == "constructor" else 0.0

        @workflow.signal("bump")
        def bump(self) -> None:
            if place == "handler":
                self.stamp = time.time()

        def run(self, ctx: workflow.WorkflowContext) -> Any:
            return self.generate(ctx) if place == "generator" else self.work(ctx)

        def generate(self, ctx: workflow.WorkflowContext) -> Any:
            yield ctx.sleep(1)
            return time.time()

        async def work(self, ctx: workflow.WorkflowContext) -> None:
            if place == "task":
                await asyncio.gather(self.sin())
            if place == "callback":
                asyncio.get_running_loop().call_soon(time.time)
            await ctx.wait_condition(lambda: place == "predicate" and time.time() < 0)

        async def sin(self) -> float:
            return time.time()

    history = HistoryWriter()
    if place == "generator":
        history.complete([{"type": "start_timer", "delay_seconds": 1}])
        history.fire(3)
    history.signal("bump")
    cls = workflow.defn(name=f"guarded-{next(_names)}")(Written)
    if place == "callback":
        # A C function that the loop calls has no frame of the workflow's own: nobody is to blame.
        assert not replay(cls, history).finished
        return
    with pytest.raises(NonDeterministicCode, match=r"time\.time"):
        replay(cls, history)


def test_in_production_each_place_is_told_once(caplog: pytest.LogCaptureFixture) -> None:
    def body(ctx: Any) -> Any:
        for _ in range(3):
            time.time()
        return random.random() < 2

    for _ in range(2):
        assert run(body, "warn").failure is None
    told = [record.getMessage() for record in caplog.records]
    assert len(told) == 2
    assert "time.time" in told[0] and "random.random" in told[1]


def test_in_production_a_sample_of_the_runs_is_watched(monkeypatch: pytest.MonkeyPatch) -> None:
    watched = [_guard._watched_resumes("warn", "t") > 0 for _ in range(250)]
    assert watched[:20] == [True] * 20
    assert [number for number, each in enumerate(watched, start=1) if each][20:] == [100, 200]


def test_off_is_off(caplog: pytest.LogCaptureFixture) -> None:
    assert run(lambda ctx: time.time() > 0, "off").failure is None
    assert not caplog.records


def test_another_profiler_keeps_the_hook() -> None:
    def theirs(*_: Any) -> None: ...

    sys.setprofile(theirs)
    try:
        assert run(lambda ctx: time.time() > 0).failure is None
        assert sys.getprofile() is theirs
    finally:
        sys.setprofile(None)
