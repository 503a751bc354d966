"""Faults of tasks, tokens, proxies and servers: each has its own error, and the worker lives on."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from durable_workflow import Client, Worker, activity, workflow
from durable_workflow.errors import Unauthorized
from durable_workflow.metrics import WORKER_POLLS, InMemoryMetrics
from durable_workflow.testing import DevServer, dev_server
from support.processes import Process
from support.rude_server import Received, Say, refused_url, rude_server
from support.served import Served, served


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with dev_server() as url:
        yield url


@activity.defn(name="nap")
async def nap(seconds: float) -> str:
    await asyncio.sleep(seconds)
    return "rested"


@workflow.defn(name="naps")
class Naps:
    async def run(self, ctx: Any, seconds: float) -> Any:
        return await ctx.schedule_activity("nap", [seconds])


class Witness(Client):
    """A client that remembers the failures which its worker reported."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.failures: asyncio.Queue[dict[str, Any]] = asyncio.Queue()

    async def fail_workflow_task(self, **arguments: Any) -> dict[str, Any]:
        answer = await super().fail_workflow_task(**arguments)
        self.failures.put_nowait(arguments)
        return answer

    async def fail_activity_task(self, **arguments: Any) -> dict[str, Any]:
        answer = await super().fail_activity_task(**arguments)
        self.failures.put_nowait(arguments)
        return answer

    async def register_worker(self, **arguments: Any) -> dict[str, Any]:
        # Takes tasks of every type, as a worker of other code under the same queue would.
        return await super().register_worker(
            **{**arguments, "supported_workflow_types": [], "supported_activity_types": []}
        )


@asynccontextmanager
async def witnessed(url: str) -> AsyncIterator[tuple[Served, asyncio.Queue[dict[str, Any]]]]:
    client = Witness(url)
    async with served(url, client=client, workflows=[Naps, Asks], activities=[nap]) as serving:
        yield serving, client.failures
        assert await serving.result("naps", 0) == "rested"


@workflow.defn(name="asks")
class Asks:
    async def run(self, ctx: Any, activity_type: str, arguments: list[Any]) -> Any:
        return await ctx.schedule_activity(activity_type, arguments)


async def test_an_unknown_workflow_type_fails_the_task_and_leaves_the_workflow_open(url: str) -> None:
    async with witnessed(url) as (serving, failures):
        handle = await serving.start("somebody else's")
        failure = await asyncio.wait_for(failures.get(), 10)
        assert failure["failure_type"] == "UnknownWorkflowType"
        assert (await handle.describe()).is_terminal is False


async def test_an_unknown_activity_type_fails_the_attempt_with_a_clear_text(url: str) -> None:
    async with witnessed(url) as (serving, failures):
        await serving.start("asks", "somebody else's", [])
        failure = await asyncio.wait_for(failures.get(), 10)
        assert failure["failure_type"] == "UnknownActivityType"
        assert "it hosts nap" in failure["message"]


async def test_arguments_that_do_not_fit_fail_the_attempt(url: str) -> None:
    async with witnessed(url) as (serving, failures):
        await serving.start("asks", "nap", [1, 2, 3])
        failure = await asyncio.wait_for(failures.get(), 10)
        assert failure["failure_type"] == "TypeError"


async def test_an_undecodable_history_fails_the_task_and_leaves_the_workflow_open(url: str) -> None:
    """A foreign worker completes a task with a blob that nobody can read; the server keeps it unread."""
    async with Client(url) as client:
        queue = "undecodable"
        handle = await client.start_workflow(
            workflow_type="asks", task_queue=queue, workflow_id="undecodable", input=["nap", [0]]
        )
        await client.register_worker(worker_id="foreign", task_queue=queue)
        task = await client.poll_workflow_task(worker_id="foreign", task_queue=queue, timeout=5)
        assert task is not None
        command = {"type": "record_side_effect", "result": "bm90IGF2cm8="}
        timer = {"type": "start_timer", "delay_seconds": 0}
        await client.complete_workflow_task(
            task_id=task["task_id"], lease_owner="foreign", workflow_task_attempt=1, commands=[command, timer]
        )

        @workflow.defn(name="asks")
        class Reads:
            async def run(self, ctx: Any, *arguments: Any) -> Any:
                value = await ctx.side_effect(lambda: 1)
                await ctx.sleep(0)
                return value

        witness = Witness(url)
        async with witness:
            worker = Worker(witness, task_queue=queue, workflows=[Reads])
            running = asyncio.create_task(worker.run())
            failure = await asyncio.wait_for(witness.failures.get(), 10)
            assert not running.done()
            await worker.stop()
            await running
        assert failure["failure_type"] == "PayloadDecodeError"
        assert (await handle.describe()).is_terminal is False


async def test_other_code_than_history_fails_the_task_and_the_right_code_goes_on(url: str) -> None:
    async with Client(url) as client:

        @workflow.defn(name="changed")
        class Old:
            async def run(self, ctx: Any) -> str:
                await ctx.sleep(1)
                return "old code"

        @workflow.defn(name="changed")
        class New:
            async def run(self, ctx: Any) -> Any:
                return await ctx.schedule_activity("nap", [0])

        first_task = asyncio.Event()

        class Seen(Client):
            async def complete_workflow_task(self, **arguments: Any) -> dict[str, Any]:
                answer = await super().complete_workflow_task(**arguments)
                first_task.set()
                return answer

        handle = await client.start_workflow(
            workflow_type="changed", task_queue="changed", workflow_id="changed"
        )
        async with Seen(url) as seen:
            worker = Worker(seen, task_queue="changed", workflows=[Old])
            running = asyncio.create_task(worker.run())
            await first_task.wait()
            await worker.stop()
            await running
        async with Witness(url) as witness:
            worker = Worker(witness, task_queue="changed", workflows=[New], activities=[nap])
            running = asyncio.create_task(worker.run())
            failure = await asyncio.wait_for(witness.failures.get(), 10)
            await worker.stop()
            await running
        assert failure["failure_type"] == "NonDeterministicReplayError"
        assert "nap" in failure["message"]
        worker = Worker(client, task_queue="changed", workflows=[Old])
        execution = await worker.run_until(workflow_id=handle.workflow_id, timeout=30)
        assert execution.output == "old code"


async def test_a_wrong_token_ends_the_worker_at_its_start() -> None:
    with dev_server(token="right") as url:
        async with Client(url, token="wrong") as client:
            with pytest.raises(Unauthorized):
                await asyncio.wait_for(Worker(client, task_queue="q", activities=[nap]).run(), 10)


async def test_a_token_that_becomes_wrong_ends_the_worker() -> None:
    with dev_server(token="right", poll_timeout=1) as url:
        async with Client(url, token="right") as client:
            running = asyncio.create_task(
                Worker(client, task_queue="q", activities=[nap], poll_timeout=1).run()
            )
            await asyncio.sleep(0.3)
            client.token = "wrong"
            with pytest.raises(Unauthorized):
                await asyncio.wait_for(running, 10)


LOGIN_PAGE = Say(200, b"<html>please log in</html>", {"Content-Type": "text/html"})
NO_JSON = Say(200, b"{", {"Content-Type": "application/json"})


@pytest.mark.parametrize("nonsense", [LOGIN_PAGE, NO_JSON, Say(502, b"bad gateway")])
async def test_a_proxy_that_answers_nonsense_is_waited_out(nonsense: Say) -> None:
    def behave(request: Received) -> Say:
        return nonsense

    with rude_server(behave) as rude:
        async with Client(rude.url) as client:
            worker = Worker(client, task_queue="q", activities=[nap])
            running = asyncio.create_task(worker.run())
            async with asyncio.timeout(20):
                while len(rude.received) < 4:
                    await asyncio.sleep(0.02)
            assert not running.done()
            await worker.stop()
            await running


@asynccontextmanager
async def lives(*servers: DevServer) -> AsyncIterator[None]:
    """Stop what was started, after the worker."""
    try:
        yield
    finally:
        for server in servers:
            await asyncio.to_thread(server.stop)


async def test_a_server_that_is_dead_at_the_start_is_waited_for(tmp_path: Path) -> None:
    dead = refused_url()
    server = DevServer(str(tmp_path / "db.sqlite"), port=int(dead.rpartition(":")[2]))
    async with lives(server), served(dead, workflows=[Naps], activities=[nap]) as serving:
        await asyncio.sleep(0.5)
        await asyncio.to_thread(server.start)
        assert await serving.result("naps", 0) == "rested"


async def test_a_server_that_dies_in_the_middle_gets_what_was_finished_meanwhile(tmp_path: Path) -> None:
    port = int(refused_url().rpartition(":")[2])
    first, second = (DevServer(str(tmp_path / "db.sqlite"), port=port) for _ in range(2))
    await asyncio.to_thread(first.start)
    begun, release, runs = asyncio.Event(), asyncio.Event(), []

    @activity.defn(name="nap")
    async def guarded_nap(seconds: float) -> str:
        runs.append(seconds)
        begun.set()
        await release.wait()
        return "rested"

    metrics = InMemoryMetrics()
    serve = served(first.url, workflows=[Naps], activities=[guarded_nap], metrics=metrics)
    async with lives(second), serve as serving:
        handle = await serving.start("naps", 0)
        await begun.wait()
        await asyncio.to_thread(first.stop)
        release.set()
        await asyncio.sleep(1)
        await asyncio.to_thread(second.start)
        assert await handle.result(timeout=30) == "rested"
        assert await serving.result("naps", 1) == "rested"
    assert runs == [0, 1], "the result of the first run was kept and sent, not worked out again"
    tags = {"task_queue": serving.worker.task_queue, "kind": "activity", "outcome": "error"}
    assert metrics.counter_value(WORKER_POLLS, tags) > 0


async def test_sigterm_lets_the_running_activity_finish_and_ends_the_process_well(
    url: str, tmp_path: Path
) -> None:
    process = Process("support.napping_worker", url, log=tmp_path / "worker.log")
    try:
        async with Client(url) as client:
            handle = await client.start_workflow(
                workflow_type="naps", task_queue="napping", workflow_id="napping", input=[1]
            )
            await asyncio.to_thread(process.wait_for, re.compile("napping"))
            assert await asyncio.to_thread(process.interrupt) == 0
            described = await client.get_history(handle.workflow_id, str(handle.run_id))
    finally:
        process.kill()
    kinds = [event["event_type"] for event in described["events"]]
    assert kinds.count("ActivityCompleted") == 1, "the activity ended and its result arrived"


async def test_workers_that_are_replaced_all_the_time_leave_no_task_behind(url: str) -> None:
    """Leases last 300 s here, so one task that a stopping worker took and dropped would hang its workflow."""
    async with Client(url) as client:
        handles = [
            await client.start_workflow(
                workflow_type="naps", task_queue="replaced", workflow_id=f"replaced-{n}", input=[0.01]
            )
            for n in range(60)
        ]
        results = asyncio.gather(*[handle.result(timeout=60) for handle in handles])
        while not results.done():
            worker = Worker(client, task_queue="replaced", workflows=[Naps], activities=[nap])
            running = asyncio.create_task(worker.run())
            await asyncio.sleep(0.15)
            await worker.stop()
            await running
        assert await results == ["rested"] * 60
