"""How a worker comes up, and how it comes back."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from durable_workflow import activity
from durable_workflow.errors import (
    ConnectionFailed,
    DurableWorkflowError,
    Forbidden,
    NamespaceNotFound,
    NotSupportedByServer,
    ResponseNotUnderstood,
    ServerError,
    Unauthorized,
    WorkerNotRegistered,
)
from durable_workflow.worker import Worker
from support.scripted_client import INFO, ScriptedClient, activity_task


@activity.defn(name="echo")
async def echo(value: Any) -> Any:
    return value


def worker_for(client: ScriptedClient, **options: Any) -> Worker:
    return Worker(client, task_queue="queue", activities=[echo], worker_id="worker", **options)


@asynccontextmanager
async def running(worker: Worker) -> AsyncIterator[asyncio.Task[None]]:
    task = asyncio.create_task(worker.run())
    try:
        yield task
    finally:
        await worker.stop()
        await task


async def test_it_registers_what_it_hosts_before_its_first_poll() -> None:
    client = ScriptedClient()
    async with running(worker_for(client, max_concurrent_activity_tasks=3)):
        await client.seen("poll_activity_task")
    names = [name for name, _ in client.calls]
    assert names[:3] == ["get_cluster_info", "register_worker", "poll_activity_task"]
    (registration,) = client.of("register_worker")
    assert registration == {
        "worker_id": "worker",
        "task_queue": "queue",
        "supported_workflow_types": [],
        "supported_activity_types": ["echo"],
        "max_concurrent_workflow_tasks": 10,
        "max_concurrent_activity_tasks": 3,
        "build_id": None,
        "workflow_definition_fingerprints": None,
        "workflow_command_contracts": None,
        "capabilities": None,
        "heartbeat_interval_seconds": 20,
    }


async def test_it_polls_for_what_it_hosts_only() -> None:
    client = ScriptedClient()
    async with running(worker_for(client)):
        await client.seen("poll_activity_task")
    assert not client.of("poll_workflow_task")


async def test_it_waits_for_a_server_that_is_not_there_yet() -> None:
    client = ScriptedClient()
    page = ResponseNotUnderstood("a proxy's page", status=200)
    client.script("get_cluster_info", ConnectionFailed("no"), page)
    client.script("register_worker", ServerError(503, {"reason": "starting"}))
    async with running(worker_for(client)):
        await client.seen("poll_activity_task")
    assert len(client.of("get_cluster_info")) == 3
    assert len(client.of("register_worker")) == 2


async def test_it_can_be_stopped_while_it_waits_for_a_server() -> None:
    client = ScriptedClient()
    client.script("get_cluster_info", *[ConnectionFailed("no")] * 50)
    async with running(worker_for(client)):
        await client.seen("get_cluster_info", 2)
    assert not client.of("register_worker")


@pytest.mark.parametrize(
    ("plane", "version"),
    [("control_plane", "3"), ("control_plane", None), ("worker_protocol", "2.0"), ("worker_protocol", "")],
)
async def test_it_refuses_a_server_of_another_protocol(plane: str, version: Any) -> None:
    client = ScriptedClient()
    client.script("get_cluster_info", {**INFO, plane: {"version": version}})
    with pytest.raises(NotSupportedByServer, match=plane.replace("_", " ")):
        await worker_for(client).run()
    assert not client.of("register_worker")


@pytest.mark.parametrize("call", ["get_cluster_info", "register_worker", "poll_activity_task"])
@pytest.mark.parametrize("error", [Unauthorized(401), Forbidden(403)])
async def test_a_refused_token_ends_it(call: str, error: Exception) -> None:
    client = ScriptedClient()
    client.script(call, error)
    with pytest.raises(type(error)) as caught:
        await worker_for(client).run()
    assert caught.value is error
    assert len(client.of(call)) == 1


async def test_a_missing_namespace_ends_it() -> None:
    client = ScriptedClient()
    client.script("register_worker", NamespaceNotFound("nowhere"))
    with pytest.raises(NamespaceNotFound, match="nowhere"):
        await worker_for(client).run()


async def test_a_refused_token_waits_for_the_work_in_hand() -> None:
    client = ScriptedClient()
    release = asyncio.Event()

    @activity.defn(name="wait")
    async def wait() -> str:
        await release.wait()
        return "done"

    async def refuse() -> None:
        await asyncio.sleep(0.01)
        asyncio.get_running_loop().call_later(0.05, release.set)
        raise Unauthorized(401)

    client.script("poll_activity_task", activity_task("wait"), refuse)
    with pytest.raises(Unauthorized):
        await Worker(client, task_queue="queue", activities=[wait]).run()
    assert [done["result"] for done in client.of("complete_activity_task")] == ["done"]


async def test_a_forgotten_worker_registers_again_once() -> None:
    client = ScriptedClient()
    client.script("poll_activity_task", WorkerNotRegistered("worker"))
    async with running(worker_for(client)):
        await client.seen("poll_activity_task", 2)
        await client.activity_tasks.put(activity_task("echo", 1))
        await client.seen("complete_activity_task")
    assert len(client.of("register_worker")) == 2


async def test_it_says_that_it_is_alive_as_often_as_the_server_wants() -> None:
    client = ScriptedClient()
    client.script("register_worker", {"registered": True, "heartbeat_interval_seconds": 0.02})
    client.script("heartbeat_worker", ServerError(500, {}), WorkerNotRegistered("worker", status=404))
    async with running(worker_for(client)):
        beats = await client.seen("heartbeat_worker", 4)
    assert beats[0] == {"worker_id": "worker"}
    assert len(client.of("register_worker")) == 2


async def test_polls_that_fail_are_repeated_after_a_pause() -> None:
    client = ScriptedClient()
    client.script(
        "poll_activity_task", ConnectionFailed("no"), ServerError(500, {}), activity_task("echo", 1)
    )
    async with running(worker_for(client)):
        await client.seen("complete_activity_task")
    tags = {"task_queue": "queue", "kind": "activity", "outcome": "error"}
    assert client.metrics.counter_value("durable_workflow_worker_polls", tags) == 2


@pytest.mark.parametrize("place", ["body", "header"])
async def test_a_pause_that_the_server_asks_for_is_kept(place: str) -> None:
    client = ScriptedClient()
    wish = {"reason": "backend_unavailable", "retry_after_seconds": 0.4}
    refusal = ServerError(503, wish if place == "body" else {})
    if place == "header":
        refusal.retry_after = 0.4
    client.script("poll_activity_task", refusal)
    loop = asyncio.get_running_loop()
    async with running(worker_for(client)):
        await client.seen("poll_activity_task")
        begun = loop.time()
        await client.seen("poll_activity_task", 2)
        assert loop.time() - begun >= 0.39


async def test_empty_answers_that_come_at_once_do_not_make_a_storm() -> None:
    client = ScriptedClient()
    client.script("poll_activity_task", *[None] * 1000)
    async with running(worker_for(client)):
        await asyncio.sleep(0.5)
    assert len(client.of("poll_activity_task")) < 12


async def test_one_worker_cannot_run_twice_at_once() -> None:
    client = ScriptedClient()
    worker = worker_for(client)
    async with running(worker):
        await client.seen("poll_activity_task")
        with pytest.raises(DurableWorkflowError, match="running already"):
            await worker.run()


async def test_a_worker_can_run_again_after_it_ended() -> None:
    client = ScriptedClient()
    worker = worker_for(client)
    for count in (1, 2):
        async with running(worker):
            await client.seen("poll_activity_task", count)
        await worker.stop()
