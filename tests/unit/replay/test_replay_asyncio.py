"""What asyncio offers works in workflows, by history alone."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from durable_workflow.errors import ActivityFailed, NonDeterministicCode
from support.plays import Play


def test_gather_asks_in_its_order_and_gives_results_in_its_order() -> None:
    async def body(ctx: Any) -> Any:
        return await asyncio.gather(*(ctx.schedule_activity(name) for name in "abc"))

    with Play(body) as play:
        assert play.open_words() == ["a", "b", "c"]
        for name in "cab":
            play.done(name, name.upper())
        assert play.result == ["A", "B", "C"]


def test_equal_commands_in_one_gather_are_two() -> None:
    async def body(ctx: Any) -> Any:
        await asyncio.gather(ctx.sleep(3), ctx.sleep(3))

    with Play(body) as play:
        assert play.open_words() == [3, 3]


def test_the_first_failure_of_a_gather_is_raised_and_the_rest_goes_on() -> None:
    async def body(ctx: Any) -> Any:
        try:
            await asyncio.gather(ctx.schedule_activity("a"), ctx.schedule_activity("b"))
        except ActivityFailed as error:
            return f"caught {error.message}"

    with Play(body) as play:
        play.fail("b")
        assert play.result == "caught no"


def test_gather_can_return_failures() -> None:
    async def body(ctx: Any) -> Any:
        results = await asyncio.gather(
            ctx.schedule_activity("a"), ctx.schedule_activity("b"), return_exceptions=True
        )
        return [type(each).__name__ for each in results]

    with Play(body) as play:
        play.fail("b")
        play.done("a", 1)
        assert play.result == ["int", "ActivityFailed"]


def test_sleep_is_a_durable_timer_of_whole_seconds() -> None:
    async def body(ctx: Any) -> Any:
        await asyncio.sleep(0)
        before = ctx.now()
        await asyncio.sleep(1.2)
        return ctx.now() > before

    with Play(body) as play:
        assert play.open_words() == [2]
        play.fire(2)
        assert play.result is True


@pytest.mark.parametrize("in_time", [True, False])
def test_wait_for_leaves_what_is_late(in_time: bool) -> None:
    async def body(ctx: Any) -> Any:
        try:
            return await asyncio.wait_for(ctx.schedule_activity("a"), 60)
        except TimeoutError:
            return "late"

    with Play(body) as play:
        assert sorted(map(str, play.open_words())) == ["60", "a"]
        if in_time:
            play.done("a", "early")
        else:
            play.fire(60)
        assert play.result == ("early" if in_time else "late")


@pytest.mark.parametrize("in_time", [True, False])
def test_timeout_interrupts_whatever_the_block_waits_for(in_time: bool) -> None:
    async def body(ctx: Any) -> Any:
        try:
            async with asyncio.timeout(60) as limit:
                first = await ctx.schedule_activity("a")
                await ctx.wait_condition(lambda: ctx.signals)
                return first
        except TimeoutError:
            return f"late {limit.expired()}"

    with Play(body) as play:
        assert play.open_words() == [60, "a"]
        play.done("a", 1)
        if in_time:
            play.signal("now")
        else:
            play.fire(60)
        assert play.result == (1 if in_time else "late True")


def test_a_timeout_that_is_over_in_the_same_step_starts_no_timer() -> None:
    async def body(ctx: Any) -> Any:
        async with asyncio.timeout(60):
            pass
        await ctx.schedule_activity("a")

    with Play(body) as play:
        assert play.open_words() == ["a"]


def test_a_timeout_interrupts_groups_and_their_coroutines() -> None:
    async def body(ctx: Any) -> Any:
        async def part(name: str) -> Any:
            try:
                await ctx.schedule_activity(name)
            finally:
                await ctx.schedule_activity(f"undo {name}")

        try:
            async with asyncio.timeout(5):
                await ctx.gather(part("a"), part("b"))
        except TimeoutError:
            return "late"

    with Play(body) as play:
        assert play.fire(5) == ["undo a", "undo b"]
        play.done("undo b")
        assert play.result is None, "the block ends when all cleanups have"
        play.done("undo a")
        assert play.result == "late"


def test_a_task_group_cancels_the_others_in_the_order_of_their_making() -> None:
    async def body(ctx: Any) -> Any:
        async def part(name: str) -> Any:
            try:
                await ctx.schedule_activity(name)
            except asyncio.CancelledError:
                await ctx.schedule_activity(f"undo {name}")
                raise

        try:
            async with asyncio.TaskGroup() as tasks:
                for name in "abcdefghij":
                    tasks.create_task(part(name))
        except* ActivityFailed as group:
            failures = len(group.exceptions)
        return failures

    with Play(body) as play:
        assert play.open_words() == list("abcdefghij")
        asked = play.fail("d")
        assert asked == [f"undo {name}" for name in "abcefghij"]
        for name in "abcefghij":
            play.done(f"undo {name}")
        assert play.result == 1


def test_wait_tells_the_done_from_the_pending() -> None:
    async def body(ctx: Any) -> Any:
        tasks = [asyncio.create_task(ctx.schedule_activity(name), name=name) for name in "abc"]
        done, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in pending:
            task.cancel()
        return [[task.get_name() for task in done], [task.get_name() for task in pending]]

    with Play(body) as play:
        play.done("b")
        assert play.result == [["b"], ["a", "c"]]


def test_as_completed_takes_tasks_but_no_coroutines() -> None:
    async def with_tasks(ctx: Any) -> Any:
        tasks = [asyncio.create_task(ctx.schedule_activity(name)) for name in "abc"]
        return [await each for each in asyncio.as_completed(tasks)]

    async def with_coroutines(ctx: Any) -> Any:
        async def part(name: str) -> Any:
            return await ctx.schedule_activity(name)

        parts = [part("a"), part("b")]
        try:
            return [await each for each in asyncio.as_completed(parts)]
        except NonDeterministicCode:
            return "caught, and refused all the same"
        finally:
            for each in parts:
                each.close()

    with Play(with_tasks) as play:
        for name in "cab":
            play.done(name, name)
        assert play.result == ["c", "a", "b"]
    with pytest.raises(NonDeterministicCode, match="make tasks of them first"), Play(with_coroutines):
        pass


def test_queues_locks_events_and_semaphores_work() -> None:
    async def body(ctx: Any) -> Any:
        queue: asyncio.Queue[str] = asyncio.Queue(maxsize=1)
        lock, ready, both = asyncio.Lock(), asyncio.Event(), asyncio.Semaphore(2)
        seen: list[str] = []

        async def produce(name: str) -> None:
            await ready.wait()
            async with both, lock:
                await queue.put(await ctx.schedule_activity(name))

        tasks = [asyncio.create_task(produce(name)) for name in "abc"]
        await ctx.wait_condition(lambda: ctx.signals)
        ready.set()
        for _ in tasks:
            seen.append(await queue.get())
        return seen

    with Play(body) as play:
        assert play.signal(1) == ["a"]
        assert play.done("a", "A") == ["b"]
        assert play.done("b", "B") == ["c"]
        play.done("c", "C")
        assert play.result == ["A", "B", "C"]
