"""Typed values through client, server and worker: a dataclass in, a pydantic model out."""

from __future__ import annotations

import datetime
import decimal
from collections.abc import AsyncIterator, Generator, Iterator
from dataclasses import dataclass
from typing import Any

import pydantic
import pytest

from durable_workflow import Client, Worker, WorkflowHandle, activity, workflow
from durable_workflow.errors import ActivityFailed, PayloadConversionError, PayloadEncodeError
from durable_workflow.testing import dev_server


@dataclass
class Line:
    name: str
    price: decimal.Decimal


@dataclass
class Order:
    number: str
    at: datetime.datetime
    lines: list[Line]


class Receipt(pydantic.BaseModel):
    number: str
    total: decimal.Decimal
    paid_at: datetime.datetime
    approved_by: str | None = None


@activity.defn(name="typed-total")
def total(order: Order) -> decimal.Decimal:
    return sum((line.price for line in order.lines), decimal.Decimal(0))


@activity.defn(name="typed-strict")
def strict(order: Order) -> None:
    raise AssertionError("never called")


@dataclass
class Approval:
    by: str
    at: datetime.date


@workflow.defn(name="typed-child")
class TypedChild:
    async def run(self, ctx: workflow.WorkflowContext, line: Line) -> Line:
        return Line(line.name, line.price * 2)


@workflow.defn(name="typed-order")
class TypedOrder:
    def __init__(self) -> None:
        self.approval: Approval | None = None

    @workflow.signal("approve")
    def approve(self, approval: Approval) -> None:
        assert isinstance(approval.at, datetime.date)
        self.approval = approval

    async def run(self, ctx: workflow.WorkflowContext, order: Order) -> Receipt:
        await ctx.wait_condition(lambda: self.approval is not None, key="approved")
        assert self.approval is not None
        sum_of_lines = await ctx.schedule_activity(total, [order])
        assert sum_of_lines == await ctx.activity(total)(order)
        assert isinstance(sum_of_lines, decimal.Decimal)
        assert await ctx.schedule_activity("typed-total", [order]) == str(sum_of_lines)
        child = await ctx.start_child_workflow(TypedChild, [order.lines[0]])
        assert isinstance(child, Line), child
        return Receipt(
            number=order.number, total=sum_of_lines, paid_at=order.at, approved_by=self.approval.by
        )


@workflow.defn(name="typed-badly")
class TypedBadly:
    def run(self, ctx: workflow.WorkflowContext) -> Generator[Any, Any, Any]:
        try:
            return (yield ctx.schedule_activity("typed-strict", [{"number": "1"}]))
        except ActivityFailed as failure:
            return [failure.exception_type, str(failure), failure.non_retryable]


ORDER = Order(
    "4711", datetime.datetime(2026, 5, 4, tzinfo=datetime.UTC), [Line("tea", decimal.Decimal("1.10"))]
)


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with dev_server() as url:
        yield url


@pytest.fixture
async def client(url: str) -> AsyncIterator[Client]:
    async with Client(url) as client:
        yield client


def worker_of(client: Client) -> Worker:
    return Worker(
        client, task_queue="typed", workflows=[TypedOrder, TypedBadly, TypedChild], activities=[total, strict]
    )


async def start(client: Client, kind: Any, workflow_id: str, arguments: list[Any]) -> Any:
    return await client.start_workflow(
        workflow_type=kind, task_queue="typed", workflow_id=workflow_id, input=arguments
    )


async def test_values_arrive_as_the_annotations_say(client: Client) -> None:
    handle: WorkflowHandle[Receipt] = await start(client, TypedOrder, "order-1", [ORDER])
    await handle.signal("approve", [Approval("Ada", datetime.date(2026, 5, 5))])
    closed = await worker_of(client).run_until(workflow_id="order-1")
    assert closed.input == [
        {
            "number": "4711",
            "at": "2026-05-04T00:00:00+00:00",
            "lines": [{"name": "tea", "price": "1.10"}],
        }
    ]
    assert closed.output == {
        "number": "4711",
        "total": "1.10",
        "paid_at": "2026-05-04T00:00:00Z",
        "approved_by": "Ada",
    }
    receipt = await handle.result()
    assert receipt == Receipt(
        number="4711", total=decimal.Decimal("1.10"), paid_at=ORDER.at, approved_by="Ada"
    )
    by_name = client.get_workflow_handle("order-1")
    assert await by_name.result() == closed.output
    assert await client.get_result(by_name, result_type=Receipt) == receipt
    with pytest.raises(PayloadConversionError, match="the result of workflow order-1 does not fit its type"):
        await client.get_workflow_handle("order-1", result_type=Order).result()


async def test_arguments_that_do_not_fit_fail_the_activity_for_good(client: Client) -> None:
    handle = await start(client, TypedBadly, "badly-1", [])
    await worker_of(client).run_until(workflow_id="badly-1")
    kind, message, final = await handle.result()
    assert kind == "PayloadConversionError"
    assert "argument 1 (order) of activity 'typed-strict' does not fit its type" in message
    assert "Order needs at, lines" in message
    assert final is True


async def test_what_cannot_be_sent_is_refused_before_it_is(client: Client) -> None:
    with pytest.raises(PayloadEncodeError, match=r"\$\[0\]\.lines\[0\]\.price"):
        await start(client, TypedOrder, "order-2", [Order("1", ORDER.at, [Line("tea", print)])])  # type: ignore[arg-type]
