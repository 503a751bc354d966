"""A typed workflow whose payloads are compressed and encrypted, on the wire and on disk."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pydantic
import pytest

from durable_workflow import Client, Worker, WorkflowHandle, activity, workflow
from durable_workflow.codec import framing_of
from durable_workflow.errors import ActivityFailed, PayloadDecodeError
from durable_workflow.payloads import AesGcm, Deflate, PayloadSettings
from durable_workflow.testing import dev_server
from support.served import served

SECRET = "the-secret-that-nobody-may-read"
KEY = os.urandom(32)


@dataclass
class Order:
    number: str
    notes: list[str]


class Receipt(pydantic.BaseModel):
    number: str
    notes: list[str]
    token: str
    approved_by: str | None = None


@activity.defn(name="sealed-copy")
async def copy(order: Order) -> Order:
    assert isinstance(order, Order)
    return Order(order.number, [f"{note} copied" for note in order.notes])


@activity.defn(name="sealed-huge")
async def huge() -> str:
    return "x" * 3_000_000


@workflow.defn(name="sealed-order")
class SealedOrder:
    def __init__(self) -> None:
        self.approved_by: str | None = None

    @workflow.signal("approve")
    def approve(self, who: str) -> None:
        self.approved_by = who

    @workflow.query("who")
    def who(self, prefix: str) -> dict[str, Any]:
        return {"approved_by": prefix + str(self.approved_by)}

    async def run(self, ctx: workflow.WorkflowContext, order: Order) -> Receipt:
        copied = await ctx.schedule_activity("sealed-copy", [order])
        token = await ctx.side_effect(lambda: f"{SECRET}-token")
        await ctx.wait_condition(lambda: self.approved_by is not None, key="approved")
        return Receipt(number=order.number, notes=copied["notes"], token=token, approved_by=self.approved_by)


@workflow.defn(name="sealed-huge-result")
class HugeResult:
    async def run(self, ctx: workflow.WorkflowContext) -> list[Any]:
        try:
            await ctx.schedule_activity("sealed-huge", [])
        except ActivityFailed as failure:
            return [failure.exception_type, failure.message]
        return []


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "dw.db"


@pytest.fixture
def url(database: Path) -> Iterator[str]:
    with dev_server(str(database)) as url:
        yield url


def settings(**keys: bytes) -> PayloadSettings:
    return PayloadSettings(codecs=[Deflate(min_bytes=200), AesGcm(keys)])


@asynccontextmanager
async def client_with(url: str, payloads: PayloadSettings | None) -> AsyncIterator[Client]:
    async with Client(url, payloads=payloads) as client:
        yield client


def on_disk(database: Path) -> bytes:
    files = list(database.parent.glob("dw.db*"))
    assert files
    return b"".join(path.read_bytes() for path in files)


async def approved(handle: WorkflowHandle[Any]) -> Receipt:
    await handle.signal("approve", [f"{SECRET}-who"])
    result: Receipt = await handle.result(timeout=30)
    return result


@pytest.mark.parametrize("framing", ["wrapper", "value"])
async def test_an_encrypted_workflow_leaves_no_readable_trace(url: str, database: Path, framing: Any) -> None:
    sealed = PayloadSettings(codecs=settings(k1=KEY).codecs, framing=framing)
    order = Order(SECRET, [SECRET] * 30)
    async with served(
        url, workflows=[SealedOrder], activities=[copy], client=Client(url, payloads=sealed)
    ) as it:
        handle = await it.client.start_workflow(
            workflow_type=SealedOrder,
            task_queue=it.worker.task_queue,
            workflow_id=f"sealed-{framing}",
            input=[order],
        )
        receipt = await approved(handle)
        assert receipt == Receipt(
            number=SECRET,
            notes=[f"{SECRET} copied"] * 30,
            token=f"{SECRET}-token",
            approved_by=f"{SECRET}-who",
        )
        assert await handle.query("who", ["by "]) == {"approved_by": f"by {SECRET}-who"}
        described = await handle.describe()
        assert described.input == [{"number": SECRET, "notes": [SECRET] * 30}]
        assert SECRET not in str(await it.client.raw.describe_workflow(handle.workflow_id))

    async with client_with(url, None) as stranger:
        seen = await stranger.describe_workflow(handle.workflow_id)
        assert set(seen.input[0]) == {"durable-workflow/sealed"}
        stored_as = (await stranger.raw.describe_workflow(handle.workflow_id)).json()
        for payload in ("input_envelope", "output_envelope"):
            assert framing_of(stored_as[payload]["blob"]) == framing
        assert SECRET not in str(seen)
        history = await stranger.get_history(seen.workflow_id, seen.run_id)
        assert SECRET not in str(history)
        with pytest.raises(PayloadDecodeError, match=r"sealed by deflate, aes-gcm \(key k1\)"):
            await stranger.get_workflow_handle(handle.workflow_id).result()

    async with client_with(url, settings(k2=os.urandom(32), k1=KEY)) as rotated:
        assert (await rotated.describe_workflow(handle.workflow_id)).input == described.input
    stored = on_disk(database)
    assert f"sealed-{framing}".encode() in stored
    assert SECRET.encode() not in stored


async def test_the_search_for_the_secret_finds_it_when_it_is_there(url: str, database: Path) -> None:
    async with client_with(url, None) as client:
        await client.start_workflow(
            workflow_type="any", task_queue="none", workflow_id="plain", input=[], memo={"note": SECRET}
        )
    assert SECRET.encode() in on_disk(database)


async def test_a_worker_without_the_key_fails_the_task_and_not_the_workflow(url: str) -> None:
    async with client_with(url, settings(k1=KEY)) as client:
        handle = await client.start_workflow(
            workflow_type=SealedOrder,
            task_queue="sealed",
            workflow_id="waits-for-the-key",
            input=[Order("1", [])],
            execution_timeout_seconds=None,
            run_timeout_seconds=None,
        )
        async with client_with(url, settings(k2=os.urandom(32))) as stranger:
            worker = Worker(stranger, task_queue="sealed", workflows=[SealedOrder], activities=[copy])
            with pytest.raises(TimeoutError):
                await worker.run_until(workflow_id="waits-for-the-key", timeout=0.5, poll_interval=0.05)
        assert (await handle.describe()).is_terminal is False


async def test_a_result_that_is_too_large_fails_the_activity_with_its_size(url: str) -> None:
    async with served(url, workflows=[HugeResult], activities=[huge]) as it:
        kind, message = await it.result("sealed-huge-result")
    assert kind == "PayloadTooLarge"
    assert "the server takes 2097152; most of it is result" in message


async def test_an_update_is_recognised_when_its_author_sends_it_again(url: str) -> None:
    @workflow.defn(name="sealed-update")
    class Updated:
        def __init__(self) -> None:
            self.total = 0

        @workflow.update("add")
        def add(self, number: int) -> int:
            self.total += number
            return self.total

        async def run(self, ctx: workflow.WorkflowContext) -> int:
            await ctx.wait_condition(lambda: self.total > 5, key="enough")
            return self.total

    async with served(url, workflows=[Updated], client=Client(url, payloads=settings(k1=KEY))) as it:
        handle = await it.start("sealed-update")
        accepted = await handle.update("add", [2], wait_for="accepted", request_id="once")
        assert await accepted.result() == 2
        assert await handle.update("add", [2], request_id="once") == 2
        assert await handle.update("add", [4], result_type=int) == 6
        assert await handle.result() == 6
