"""Types of handlers, scopes and answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, assert_type

from durable_workflow import workflow


@workflow.defn(name="cart")
class Cart:
    def __init__(self) -> None:
        self.items: list[str] = []
        self.scope: workflow.CancellationScope | None = None

    @workflow.signal("clear")
    def clear(self) -> None:
        self.items.clear()

    @workflow.query("items")
    def listed(self, most: int = 10) -> list[str]:
        return self.items[:most]

    @workflow.update("add")
    def add(self, item: str, count: int = 1) -> int:
        self.items += [item] * count
        return len(self.items)

    @add.validator
    def may_add(self, item: str, count: int = 1) -> None:
        if not item:
            raise ValueError("nothing")

    async def run(self, ctx: workflow.WorkflowContext) -> str:
        with ctx.shield():
            first = await ctx.wait_condition(lambda: bool(self.items), timeout=5)
        # A shield swallows nothing, so that the name is always bound.
        assert_type(first, bool)
        async with ctx.cancellation_scope() as self.scope:
            await ctx.sleep(1)
        assert_type(ctx.cancel_requested, bool)
        async with ctx.saga(parallel=True) as saga:
            saga.add(ctx.schedule_activity("undo"))
            saga.add(lambda: [ctx.sleep(1), ctx.schedule_activity("undo")])
            saga.add(lambda: self.undo(ctx))
            saga.add(3)  # must fail
        return "done"

    async def undo(self, ctx: workflow.WorkflowContext) -> None: ...


cart = Cart()
assert_type(cart.add("bread"), int)
assert_type(cart.add("bread", count=2), int)
assert_type(cart.listed(3), list[str])
cart.add(3)  # must fail
cart.may_add(3)  # must fail
add: Callable[[str], int] = cart.add
workflow.signal(clear := "name")
workflow.signal(3)  # must fail

answer = workflow.apply_update(Cart, [], [], "u1")
assert_type(answer, workflow.CompleteUpdate | workflow.FailUpdate)
state: Any = workflow.query_state(Cart, [], None, "items", [3])
