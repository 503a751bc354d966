"""Workflows that run random programs: as a generator, as a coroutine, and in the manner of asyncio."""

from __future__ import annotations

import asyncio
import random
from typing import Any

from durable_workflow import activity, workflow
from durable_workflow.errors import ActivityFailed, ChildWorkflowFailed
from durable_workflow.workflow import ActivityRetryPolicy
from support.random_programs.language import FAILED, Program, Statement

DAY = 86_400
RETRIES = ActivityRetryPolicy(max_attempts=40, initial_interval_seconds=1, backoff_coefficient=1)


class Stop(Exception):
    """A program's own failure."""


@activity.defn(name="program.act")
async def act(number: int, manner: str) -> int:
    """Double a number; sometimes only in the second attempt, sometimes never, and after a moment."""
    await asyncio.sleep(random.random() * 0.01)
    if manner == "fails":
        raise ArithmeticError(number)
    if manner == "flaky" and activity.context().info.attempt_number < 2:
        raise OSError("the first attempt")
    return number * 2


class Messages:
    """The state that messages change."""

    def __init__(self) -> None:
        self.flags: set[str] = set()
        self.signals = 0
        self.updates: list[int] = []

    @workflow.signal("nudge")
    def nudge(self) -> None:
        self.signals += 1

    @workflow.update("add")
    def add(self, number: int) -> int:
        self.updates.append(number)
        return number + 1

    @workflow.update_validator("add")
    def check(self, number: int) -> None:
        if number < 0:
            raise ValueError("no debts")

    def result(self, value: Any) -> dict[str, Any]:
        return {"value": value, "signals": self.signals, "updates": sorted(self.updates)}

    def complete(self, signals: int, updates: int) -> bool:
        return self.signals == signals and len(self.updates) == updates


def run_activity(ctx: workflow.WorkflowContext, number: int, manner: str) -> Any:
    policy = None if manner == "fails" else RETRIES
    return ctx.schedule_activity("program.act", [number, manner], retry_policy=policy)


@workflow.defn(name="program.yields")
class Yields(Messages):
    def run(self, ctx: Any, program: Program, signals: int, updates: int) -> Any:
        value = yield from self.attempt(ctx, program)
        yield ctx.wait_condition(lambda: self.complete(signals, updates), key="messages")
        return self.result(value)

    def attempt(self, ctx: Any, program: Program) -> Any:
        try:
            return (yield from self.sequence(ctx, program))
        except Stop:
            return FAILED

    def sequence(self, ctx: Any, program: Program) -> Any:
        values = []
        for statement in program:
            values.append((yield from self.one(ctx, statement)))
        return values

    def one(self, ctx: Any, statement: Statement) -> Any:
        kind, *rest = statement
        if kind in ("attempt", "handoff", "gather", "select", "child"):
            return (yield from getattr(self, f"{kind}_")(ctx, *rest))
        if kind == "activity":
            try:
                return (yield run_activity(ctx, *rest))
            except ActivityFailed:
                return FAILED
        return (yield from self.simple(ctx, kind, *rest))

    def simple(self, ctx: Any, kind: str, value: Any = None) -> Any:
        match kind:
            case "sleep":
                return (yield ctx.sleep(value * DAY))
            case "lapse":
                return (yield ctx.wait_condition(lambda: False, key="never", timeout=value * DAY))
            case "side":
                return (yield ctx.side_effect(lambda: value))
            case "version":
                return (yield ctx.get_version("change", 1, value))
            case "signal":
                yield ctx.wait_condition(lambda: self.signals > value, key=f"signal {value}")
                return value
        raise Stop

    def attempt_(self, ctx: Any, program: Program) -> Any:
        return (yield from self.attempt(ctx, program))

    def gather_(self, ctx: Any, programs: list[Program]) -> Any:
        return (yield [self.sequence(ctx, program) for program in programs])

    def select_(self, ctx: Any, programs: list[Program]) -> Any:
        first = yield ctx.select(*[self.sequence(ctx, program) for program in programs])
        return [first.key, first.value]

    def handoff_(self, ctx: Any, name: str, program: Program) -> Any:
        def give() -> Any:
            values = yield from self.sequence(ctx, program)
            self.flags.add(name)
            return values

        return (yield [give(), ctx.wait_condition(lambda: name in self.flags, key=name)])

    def child_(self, ctx: Any, program: Program, hops: int) -> Any:
        try:
            child = yield ctx.start_child_workflow(
                "program.child", [program, hops], parent_close_policy="terminate"
            )
        except ChildWorkflowFailed:
            return FAILED
        return child


@workflow.defn(name="program.awaits")
class Awaits(Messages):
    async def run(self, ctx: workflow.WorkflowContext, program: Program, signals: int, updates: int) -> Any:
        value = await self.attempt(ctx, program)
        await ctx.wait_condition(lambda: self.complete(signals, updates), key="messages")
        return self.result(value)

    async def attempt(self, ctx: workflow.WorkflowContext, program: Program) -> Any:
        try:
            return await self.sequence(ctx, program)
        except Stop:
            return FAILED

    async def sequence(self, ctx: workflow.WorkflowContext, program: Program) -> list[Any]:
        return [await self.one(ctx, statement) for statement in program]

    async def one(self, ctx: workflow.WorkflowContext, statement: Statement) -> Any:
        kind, *rest = statement
        if kind in ("attempt", "handoff", "gather", "select", "child"):
            return await getattr(self, f"{kind}_")(ctx, *rest)
        if kind == "activity":
            try:
                return await run_activity(ctx, *rest)
            except ActivityFailed:
                return FAILED
        return await self.simple(ctx, kind, *rest)

    async def simple(self, ctx: workflow.WorkflowContext, kind: str, value: Any = None) -> Any:
        match kind:
            case "sleep":
                return await self.sleep(ctx, value * DAY)
            case "lapse":
                return await ctx.wait_condition(lambda: False, key="never", timeout=value * DAY)
            case "side":
                return await ctx.side_effect(lambda: value)
            case "version":
                return await ctx.get_version("change", 1, value)
            case "signal":
                await ctx.wait_condition(lambda: self.signals > value, key=f"signal {value}")
                return value
        raise Stop

    async def sleep(self, ctx: workflow.WorkflowContext, seconds: int) -> None:
        await ctx.sleep(seconds)

    async def attempt_(self, ctx: workflow.WorkflowContext, program: Program) -> Any:
        return await self.attempt(ctx, program)

    async def gather_(self, ctx: workflow.WorkflowContext, programs: list[Program]) -> Any:
        return await ctx.gather(*[self.sequence(ctx, program) for program in programs])

    async def select_(self, ctx: workflow.WorkflowContext, programs: list[Program]) -> Any:
        first = await ctx.select(*[self.sequence(ctx, program) for program in programs])
        return [first.key, first.value]

    async def handoff_(self, ctx: workflow.WorkflowContext, name: str, program: Program) -> Any:
        async def give() -> Any:
            values = await self.sequence(ctx, program)
            self.flags.add(name)
            return values

        return await self.gather_of(ctx, give(), ctx.wait_condition(lambda: name in self.flags, key=name))

    async def gather_of(self, ctx: workflow.WorkflowContext, *members: Any) -> Any:
        return list(await ctx.gather(*members))

    async def child_(self, ctx: workflow.WorkflowContext, program: Program, hops: int) -> Any:
        try:
            return await ctx.start_child_workflow(
                "program.child", [program, hops], parent_close_policy="terminate"
            )
        except ChildWorkflowFailed:
            return FAILED


@workflow.defn(name="program.asyncio")
class Native(Awaits):
    async def sleep(self, ctx: workflow.WorkflowContext, seconds: int) -> None:
        await asyncio.sleep(seconds)

    async def gather_(self, ctx: workflow.WorkflowContext, programs: list[Program]) -> Any:
        return list(await asyncio.gather(*[self.sequence(ctx, program) for program in programs]))

    async def gather_of(self, ctx: workflow.WorkflowContext, *members: Any) -> Any:
        try:
            async with asyncio.TaskGroup() as group:
                tasks = [group.create_task(self.wait_for(member)) for member in members]
        except ExceptionGroup as failures:
            raise Stop from failures
        return [task.result() for task in tasks]

    async def wait_for(self, member: Any) -> Any:
        return await member


@workflow.defn(name="program.child")
class Child(Awaits):
    async def run(  # type: ignore[override]
        self, ctx: workflow.WorkflowContext, program: Program, hops: int
    ) -> Any:
        values = await self.sequence(ctx, program)
        if hops:
            await ctx.continue_as_new(program, hops - 1)
        return values


STYLES = ("program.yields", "program.awaits", "program.asyncio")
WORKFLOWS = [Yields, Awaits, Native, Child]
