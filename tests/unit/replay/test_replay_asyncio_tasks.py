"""Tasks of a workflow, their ends, and what a workflow's loop refuses."""

from __future__ import annotations

import asyncio
import contextlib
import contextvars
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest

from durable_workflow.errors import DefinitionError, NonDeterministicCode
from support.history_writer import HistoryWriter
from support.plays import Play


def test_a_task_runs_beside_and_can_be_cancelled_shielded_and_named() -> None:
    async def body(ctx: Any) -> Any:
        beside = asyncio.create_task(ctx.schedule_activity("a"), name="beside")
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(asyncio.shield(beside), 5)
        current = asyncio.current_task()
        assert current is not None and asyncio.get_running_loop() is current.get_loop()
        return [beside.get_name(), beside.done(), await beside]

    with Play(body) as play:
        play.fire(5)
        assert play.result is None
        play.done("a", 7)
        assert play.result == ["beside", False, 7]


def test_a_swallowed_cancellation_lets_the_task_go_on() -> None:
    async def body(ctx: Any) -> Any:
        async def stubborn() -> str:
            try:
                await asyncio.sleep(100)
            except asyncio.CancelledError:
                await ctx.schedule_activity("cleanup")
            return "went on"

        task = asyncio.create_task(stubborn())
        await asyncio.sleep(0)
        task.cancel()
        return await task

    with Play(body) as play:
        play.done("cleanup")
        assert play.result == "went on"


def test_a_task_that_cancels_itself_ends_at_its_next_wait_without_asking_for_it() -> None:
    async def body(ctx: Any) -> Any:
        async def weary() -> None:
            current = asyncio.current_task()
            assert current is not None
            current.cancel("enough")
            await ctx.schedule_activity("never")

        try:
            await asyncio.create_task(weary())
        except asyncio.CancelledError as error:
            return str(error)

    with Play(body) as play:
        assert play.history.open == {}
        assert play.result == "enough"


def test_tasks_have_their_own_context_variables() -> None:
    variable: contextvars.ContextVar[str] = contextvars.ContextVar("variable", default="outside")

    async def body(ctx: Any) -> Any:
        async def part(value: str) -> str:
            variable.set(value)
            await ctx.schedule_activity(value)
            return variable.get()

        variable.set("main")
        return [*await asyncio.gather(part("a"), part("b")), *await ctx.gather(part("c")), variable.get()]

    with Play(body) as play:
        for name in "bac":
            play.done(name)
        assert play.result == ["a", "b", "c", "main"]
    assert variable.get() == "outside"


def test_async_generators_and_context_managers_work() -> None:
    async def body(ctx: Any) -> Any:
        async def numbers() -> AsyncIterator[int]:
            for name in "ab":
                yield await ctx.schedule_activity(name)

        return [number async for number in numbers()]

    with Play(body) as play:
        play.done("a", 1)
        play.done("b", 2)
        assert play.result == [1, 2]


@pytest.mark.parametrize(
    ("attempt", "remedy"),
    [
        (lambda: asyncio.to_thread(print), "belongs in an activity"),
        (lambda: asyncio.open_connection("localhost", 1), "belong in an activity"),
        (lambda: asyncio.create_subprocess_exec("true"), "belong in an activity"),
    ],
)
def test_what_is_not_deterministic_raises_with_a_remedy_and_fails_the_task(
    attempt: Callable[[], Any], remedy: str
) -> None:
    async def body(ctx: Any) -> Any:
        try:
            await attempt()
        except Exception:
            return "swallowed"

    with pytest.raises(NonDeterministicCode, match=remedy), Play(body):
        pass


def test_a_future_of_another_loop_is_refused() -> None:
    other = asyncio.new_event_loop()
    try:
        foreign = other.create_future()

        async def body(ctx: Any) -> Any:
            await foreign

        with pytest.raises(DefinitionError, match="outside the workflow"), Play(body):
            pass
    finally:
        other.close()


async def test_the_loop_outside_is_found_again_afterwards() -> None:
    outside, task = asyncio.get_running_loop(), asyncio.current_task()

    async def body(ctx: Any) -> Any:
        assert asyncio.get_running_loop() is not outside
        return await asyncio.gather(ctx.schedule_activity("a"))

    with Play(body) as play:
        assert asyncio.get_running_loop() is outside
        play.done("a", 1)
    assert play.result == [1]
    assert asyncio.get_running_loop() is outside
    assert asyncio.current_task() is task


def test_a_run_dropped_in_the_middle_of_asyncio_leaves_nothing_behind() -> None:
    cleaned: list[str] = []

    async def body(ctx: Any) -> Any:
        async def part(name: str) -> None:
            try:
                async with asyncio.timeout(50):
                    await asyncio.sleep(40)
            finally:
                cleaned.append(name)
                await ctx.schedule_activity("never")

        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(part("a"))
            tasks.create_task(part("b"))
            await asyncio.gather(part("c"), part("d"))

    with Play(body) as play:
        cleaned.clear()
        assert len(play.history.open) == 8
        play.live.close()
        assert sorted(cleaned) == ["a", "b", "c", "d"]


def test_a_failure_nobody_looked_at_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    async def body(ctx: Any) -> Any:
        async def broken() -> None:
            raise ValueError("lost")

        asyncio.create_task(broken())  # noqa: RUF006 - that is the point
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        return "done"

    with Play(body) as play:
        assert play.result == "done"
        assert "exception was never retrieved" in caplog.text


def test_code_that_does_not_fit_is_told_even_where_it_would_swallow_it() -> None:
    async def sleeps(ctx: Any) -> Any:
        try:
            await asyncio.sleep(5)
        except BaseException:
            return "swallowed"

    from durable_workflow.errors import NonDeterministicReplayError

    history = HistoryWriter()
    history.complete([{"type": "start_timer", "delay_seconds": 7}])
    play = Play(sleeps)
    play.history = history
    with pytest.raises(NonDeterministicReplayError, match="timer of 5 s"):
        play.step()
    play.live.close()
