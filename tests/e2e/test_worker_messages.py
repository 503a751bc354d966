"""Signals, updates, queries and cancellation: from a client through the server to workflow code and back."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest

from durable_workflow import WorkflowHandle, activity, workflow
from durable_workflow.errors import (
    InvalidArgument,
    QueryFailed,
    UnknownSignal,
    UnknownUpdate,
    UpdateFailed,
    UpdateRejected,
    WorkflowCancelled,
    WorkflowFailed,
)
from durable_workflow.testing import dev_server
from support.served import Served, served


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with dev_server() as url:
        yield url


@pytest.fixture(params=[1000, 0], ids=["live", "replayed"])
def cached(request: pytest.FixtureRequest) -> int:
    """How many runs the worker keeps live: whether it does must make no difference."""
    number: int = request.param
    return number


class Desk:
    def __init__(self) -> None:
        self.done: list[str] = []

    @activity.defn(name="do")
    def do(self, what: str) -> str:
        self.done.append(what)
        return what


@workflow.defn(name="account")
class Account:
    """Books amounts until it is closed."""

    def __init__(self) -> None:
        self.balance = 0
        self.booked = 0
        self.is_open = True
        self.entries: list[int] = []

    @workflow.signal("deposit")
    def deposit(self, amount: int) -> None:
        self.entries.append(amount)
        self.balance += amount

    @workflow.update("withdraw")
    def withdraw(self, amount: int, fee: int = 0) -> dict[str, int]:
        self.entries.append(-amount)
        self.balance -= amount
        if fee < 0:
            raise ArithmeticError(f"a fee of {fee}")
        return {"balance": self.balance, "entry": len(self.entries)}

    @withdraw.validator
    def may_withdraw(self, amount: int, fee: int = 0) -> None:
        if amount > self.balance:
            raise ValueError(f"{amount} is more than {self.balance}")

    @workflow.update("close")
    def close(self) -> str:
        self.is_open = False
        return "closed"

    @workflow.query("state")
    def state(self) -> dict[str, int]:
        return {"balance": self.balance, "entries": len(self.entries)}

    @workflow.query("entry")
    def entry(self, place: int) -> int:
        return self.entries[place]

    async def run(self, ctx: workflow.WorkflowContext, book: bool) -> dict[str, Any]:
        while True:
            await ctx.wait_condition(lambda: not self.is_open or len(self.entries) > self.booked)
            if not book or self.booked >= len(self.entries):
                if not self.is_open:
                    return {"balance": self.balance, "booked": self.booked}
                await ctx.wait_condition(lambda: not self.is_open)
                continue
            await ctx.schedule_activity("do", [f"book {self.entries[self.booked]}"])
            self.booked += 1


async def assert_replays(serving: Served, handle: WorkflowHandle, cls: type, *arguments: Any) -> None:
    """Assert that the whole history, replayed at once, ends as the run did."""
    events = await serving.events(handle)
    outcome = workflow.replay(cls, events, list(arguments))
    assert outcome.finished
    if events[-1]["event_type"] == "WorkflowCompleted":
        (ending,) = outcome.commands
        assert isinstance(ending, workflow.CompleteWorkflow)
        assert ending.result == await handle.result()


async def test_a_conversation_with_a_workflow(url: str, cached: int) -> None:
    async with served(url, workflows=[Account], max_cached_workflows=cached) as serving:
        handle = await serving.start("account", False)
        await handle.signal("deposit", [100])
        assert await handle.update("withdraw", [30]) == {"balance": 70, "entry": 2}
        with pytest.raises(UpdateRejected, match="80 is more than 70"):
            await handle.update("withdraw", [80])
        with pytest.raises(UpdateFailed, match="a fee of -1") as failed:
            await handle.update("withdraw", [10, -1])
        assert (type(failed.value), failed.value.exception_type) == (UpdateFailed, "ArithmeticError")
        assert await handle.query("state") == {"balance": 70, "entries": 2}
        assert await handle.query("entry", [1]) == -30
        with pytest.raises(QueryFailed, match="IndexError") as refused:
            await handle.query("entry", [9])
        assert refused.value.reason_code == "query_rejected"
        assert await handle.update("close") == "closed"
        assert await handle.result() == {"balance": 70, "booked": 0}
        assert await handle.query("state") == {"balance": 70, "entries": 2}, "closed workflows answer"
        await assert_replays(serving, handle, Account, False)


async def test_what_no_worker_declares_is_refused_at_once(url: str) -> None:
    async with served(url, workflows=[Account]) as serving:
        handle = await serving.start("account", False)
        assert await handle.update("withdraw", [0]), "the worker is there, and has said what it takes"
        with pytest.raises(UnknownSignal):
            await handle.signal("depose", [1])
        with pytest.raises(UnknownUpdate):
            await handle.update("withdrew", [1])
        with pytest.raises(QueryFailed) as unknown:
            await handle.query("status")
        assert unknown.value.reason_code == "rejected_unknown_query"
        for call in (handle.signal("deposit", []), handle.update("withdraw", ["ten"])):
            with pytest.raises(InvalidArgument):
                await call


async def test_many_messages_at_once_and_one_order_for_all_time(url: str, cached: int) -> None:
    desk = Desk()
    async with served(url, workflows=[Account], activities=[desk.do], max_cached_workflows=cached) as serving:
        handle = await serving.start("account", True)
        await handle.signal("deposit", [1000])
        talk = [handle.update("withdraw", [n]) for n in range(1, 9)]
        talk += [handle.signal("deposit", [n]) for n in range(1, 9)]
        answers = [answer for answer in await asyncio.gather(*talk) if answer is not None]
        assert len({answer["entry"] for answer in answers}) == 8, "each update saw the state that it left"
        assert await handle.update("close") == "closed"
        assert await handle.result() == {"balance": 1000, "booked": 17}
        assert len(desk.done) == 17
        await assert_replays(serving, handle, Account, True)


async def test_updates_that_end_the_run_are_all_answered(url: str, cached: int) -> None:
    @workflow.defn(name="vote")
    class Vote:
        def __init__(self) -> None:
            self.votes: list[str] = []

        @workflow.update("vote")
        def vote(self, who: str) -> int:
            self.votes.append(who)
            return len(self.votes)

        async def run(self, ctx: workflow.WorkflowContext) -> list[str]:
            await ctx.wait_condition(lambda: len(self.votes) == 3)
            return self.votes

    async with served(url, workflows=[Vote], max_cached_workflows=cached) as serving:
        handle = await serving.start("vote")
        places = await asyncio.gather(*(handle.update("vote", [who]) for who in "abc"))
        assert sorted(places) == [1, 2, 3]
        assert sorted(await handle.result()) == ["a", "b", "c"]


@workflow.defn(name="delivery")
class Delivery:
    def __init__(self) -> None:
        self.note = "under way"

    @workflow.query("note")
    def noted(self) -> str:
        return self.note

    async def run(self, ctx: workflow.WorkflowContext, on_cancel: str) -> str:
        try:
            async with ctx.saga() as saga:
                saga.add(ctx.schedule_activity("do", ["unload"]))
                await ctx.schedule_activity("do", ["load"])
                await ctx.wait_condition(lambda: False)
        except WorkflowCancelled as error:
            self.note = str(error)
            if on_cancel == "fail":
                raise RuntimeError("stuck") from error
            if on_cancel == "swallow":
                return "came back"
            raise
        return "delivered"


async def cancelled(serving: Served, desk: Desk, on_cancel: str) -> WorkflowHandle:
    handle = await serving.start("delivery", on_cancel)
    while not desk.done:
        await asyncio.sleep(0.01)
    await handle.cancel(reason="wrong address")
    return handle


async def test_a_cancelled_workflow_cleans_up_and_ends_as_cancelled(url: str, cached: int) -> None:
    desk = Desk()
    async with served(
        url, workflows=[Delivery], activities=[desk.do], max_cached_workflows=cached
    ) as serving:
        handle = await cancelled(serving, desk, "raise")
        with pytest.raises(WorkflowCancelled):
            await handle.result()
        assert desk.done == ["load", "unload"]
        assert await handle.query("note") == "Workflow cancelled: wrong address"
        assert (await serving.events(handle))[-1]["payload"]["reason"] == "wrong address"
        await assert_replays(serving, handle, Delivery, "raise")


async def test_a_workflow_may_end_otherwise_than_cancelled(url: str) -> None:
    desk = Desk()
    async with served(url, workflows=[Delivery], activities=[desk.do]) as serving:
        handle = await cancelled(serving, desk, "swallow")
        assert await handle.result() == "came back"
        desk.done.clear()
        handle = await cancelled(serving, desk, "fail")
        with pytest.raises(WorkflowFailed, match="stuck"):
            await handle.result()


@workflow.defn(name="relay")
class Relay:
    """Hands its count on to a new run after every third update."""

    def __init__(self) -> None:
        self.count = 0
        self.more = 3

    @workflow.update("count")
    def counted(self) -> int:
        self.count += 1
        self.more -= 1
        return self.count

    @counted.validator
    def may_count(self) -> None:
        if self.more <= 0:
            raise ValueError("not in this run")

    async def run(self, ctx: workflow.WorkflowContext, before: int, goal: int) -> Any:
        self.count += before
        await ctx.wait_condition(lambda: self.more == 0)
        return self.count if self.count >= goal else ctx.continue_as_new(self.count, goal)


async def test_updates_are_counted_once_across_runs(url: str, cached: int) -> None:
    async with served(url, workflows=[Relay], max_cached_workflows=cached) as serving:
        handle = await serving.start("relay", 0, 9)

        async def count() -> int:
            while True:
                try:
                    number: int = await handle.update("count")
                    return number
                except UpdateRejected:
                    # It came after the third one, in a run that was about to end.
                    pass

        numbers = await asyncio.gather(*(count() for _ in range(9)))
        assert sorted(numbers) == list(range(1, 10))
        assert await handle.result() == 9
