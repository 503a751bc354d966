"""The real server behind a network that loses answers: everything happens exactly once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest

from durable_workflow import (
    Client,
    TransportRetryPolicy,
    Worker,
    activity,
    errors,
    serializer,
    workflow,
)
from durable_workflow.testing import dev_server
from support.rude_server import Drop, Reaction, Received, RudeServer, Say, rude_server

QUICK = TransportRetryPolicy(initial_backoff_seconds=0.01, jitter=False)
PASSED_ON = ("authorization", "content-type", "idempotency-key", "x-")


@contextmanager
def lossy(lost: Callable[[Received], bool]) -> Iterator[RudeServer]:
    """Run a server and, before it, a relay that loses the first answer to each kind of request."""
    seen: set[str] = set()

    with dev_server() as url, httpx.Client(base_url=url) as inner:

        def relay(request: Received) -> Reaction:
            headers = {name: value for name, value in request.headers.items() if name.startswith(PASSED_ON)}
            answer = inner.request(request.method, request.target, headers=headers, content=request.body)
            kind = f"{request.method} {request.path}"
            if lost(request) and kind not in seen:
                seen.add(kind)
                return Drop()
            return Say(answer.status_code, answer.content)

        with rude_server(relay) as server:
            yield server


async def test_commands_whose_answers_are_lost() -> None:
    with lossy(lambda request: request.method == "POST") as server:
        async with Client(server.url, retry_policy=QUICK) as client:
            handle = await client.start_workflow(
                workflow_type="order", task_queue="orders", workflow_id="order-1"
            )
            assert handle.run_id is not None
            await handle.signal("approve", ["Bob"])
            await handle.terminate(reason="op")
            with pytest.raises(errors.WorkflowTerminated, match="op"):
                await handle.result()
            events = (await client.get_history("order-1", handle.run_id))["events"]
        assert all(len(server.to(end)) == 2 for end in ("/workflows", "/approve", "/terminate"))
    types = [event["event_type"] for event in events]
    assert types == [
        "StartAccepted",
        "WorkflowStarted",
        "SignalReceived",
        "TerminateRequested",
        "WorkflowTerminated",
    ]


async def test_a_worker_whose_answers_are_lost() -> None:
    lease = {"lease_owner": "w1", "workflow_task_attempt": 1}
    command = {"type": "complete_workflow", "result": serializer.envelope(7)}
    with lossy(lambda request: request.path.startswith("/api/worker/")) as server:
        async with Client(server.url, retry_policy=QUICK) as client:
            handle = await client.start_workflow(
                workflow_type="order", task_queue="orders", workflow_id="order-1"
            )
            await client.register_worker(worker_id="w1", task_queue="orders")
            task = await client.poll_workflow_task(worker_id="w1", task_queue="orders", timeout=5)
            assert task is not None
            assert task["workflow_task_attempt"] == 1
            with pytest.raises(errors.TaskLost) as caught:
                await client.complete_workflow_task(task_id=task["task_id"], **lease, commands=[command])
            assert caught.value.attempts == 2
            assert await handle.result() == 7
        assert len(server.to("/poll")) == 2


@workflow.defn(name="counting")
class Counting:
    def run(self, ctx: workflow.WorkflowContext) -> Generator[Any, Any, int]:
        number = 0
        for _ in range(3):
            number = yield ctx.schedule_activity("count", [number])
        return number


@activity.defn(name="count")
async def count(number: int) -> int:
    return number + 1


async def test_the_task_in_a_lost_answer_to_a_completion_comes_with_the_next_poll() -> None:
    with lossy(lambda request: request.path.endswith("/complete")) as server:
        async with Client(server.url, retry_policy=QUICK) as client:
            handle = await client.start_workflow(
                workflow_type="counting", task_queue="counting", workflow_id="counting"
            )
            worker = Worker(
                client, task_queue="counting", workflows=[Counting], activities=[count], poll_timeout=2
            )
            running = asyncio.create_task(worker.run())
            assert await handle.result(timeout=30) == 3
            await worker.stop()
            await running
            assert handle.run_id is not None
            events = (await client.get_history("counting", handle.run_id))["events"]
    done = [
        event["payload"]["attempt_number"] for event in events if event["event_type"] == "ActivityCompleted"
    ]
    assert done == [1, 1, 1], "no task had to wait for the end of its lease"
