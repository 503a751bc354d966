"""What a worker tells the server of itself, when it leaves, and how it is."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from durable_workflow import workflow
from durable_workflow.errors import ConnectionFailed, DefinitionError, ServerError
from durable_workflow.worker import Worker
from support.scripted_client import INFO, ScriptedClient, until, workflow_task

CHANGED = {"reason": "workflow_definition_changed", "error": "The definition of greets differs."}


def offering(*capabilities: str) -> dict[str, Any]:
    offered = dict.fromkeys(("empty_workflow_task_completion", *capabilities), True)
    return {**INFO, "worker_protocol": {**INFO["worker_protocol"], "server_capabilities": offered}}


@workflow.defn(name="greets")
class Greets:
    def run(self, ctx: Any) -> Any:
        yield ctx.start_timer(1)

    @workflow.signal("wave")
    def wave(self, times: int) -> None: ...

    @workflow.query("mood")
    def mood(self) -> str:
        return "good"


def worker_of(client: ScriptedClient, **options: Any) -> Worker:
    return Worker(client, task_queue="queue", workflows=[Greets], worker_id="worker", **options)


async def registration_of(*capabilities: str, **options: Any) -> dict[str, Any]:
    client = ScriptedClient()
    client.script("get_cluster_info", offering(*capabilities))
    worker = worker_of(client, **options)
    running = asyncio.create_task(worker.run())
    (registration,) = await client.seen("register_worker")
    await worker.stop()
    await running
    return registration


async def test_contracts_and_fingerprints_are_registered() -> None:
    registration = await registration_of()
    contract = registration["workflow_command_contracts"]["greets"]
    assert (contract["signals"], contract["queries"]) == (["wave"], ["mood"])
    assert contract["signal_contracts"][0]["parameters"][0]["name"] == "times"
    assert registration["workflow_definition_fingerprints"]["greets"].startswith("sha256:")
    assert registration == {**registration, **await registration_of()}, "the same code, the same fingerprint"


async def test_capabilities_are_those_that_the_server_can_use() -> None:
    assert (await registration_of())["capabilities"] == ["query_tasks", "workflow_updates"]
    offered = ("sticky_execution", "sticky_history_tail")
    assert set(offered) <= set((await registration_of(*offered))["capabilities"])
    without = await registration_of(*offered, max_cached_workflows=0)
    assert not set(offered) & set(without["capabilities"])


async def test_a_build_is_named_at_registration_and_in_polls() -> None:
    client = ScriptedClient()
    worker = worker_of(client, build_id="b1", heartbeat_interval=7)
    running = asyncio.create_task(worker.run())
    (poll,) = await client.seen("poll_workflow_task")
    await worker.stop()
    await running
    (registration,) = client.of("register_worker")
    assert (registration["build_id"], poll["build_id"]) == ("b1", "b1")
    assert registration["heartbeat_interval_seconds"] == 7


@pytest.mark.parametrize(
    ("offered", "cached", "asked"),
    [((), 1000, 50), ((), 0, None), (("sticky_execution", "sticky_history_tail"), 1000, None)],
)
async def test_little_history_is_asked_for_where_live_runs_know_it(
    offered: tuple[str, ...], cached: int, asked: int | None
) -> None:
    client = ScriptedClient()
    client.script("get_cluster_info", offering(*offered))
    worker = worker_of(client, max_cached_workflows=cached)
    running = asyncio.create_task(worker.run())
    (poll,) = await client.seen("poll_workflow_task")
    await worker.stop()
    await running
    assert poll["history_page_size"] == asked


@pytest.mark.parametrize("offered", [True, False])
async def test_a_worker_that_stops_says_so_where_it_can(offered: bool) -> None:
    client = ScriptedClient()
    client.script("get_cluster_info", offering(*["worker_deregistration"][:offered]))
    worker = worker_of(client)
    running = asyncio.create_task(worker.run())
    await client.seen("poll_workflow_task")
    await worker.stop()
    await running
    assert client.of("deregister_worker") == ([{"worker_id": "worker"}] if offered else [])
    assert not offered or client.calls[-1][0] == "deregister_worker", "it is the last thing it says"


async def test_a_server_that_does_not_answer_a_goodbye_does_not_hold_it_up() -> None:
    client = ScriptedClient()
    client.script("get_cluster_info", offering("worker_deregistration"))
    client.script("deregister_worker", ConnectionFailed("gone"))
    worker = worker_of(client)
    running = asyncio.create_task(worker.run())
    await client.seen("poll_workflow_task")
    await worker.stop()
    await running


async def test_a_worker_takes_the_place_of_an_earlier_one_with_other_code() -> None:
    client = ScriptedClient()
    client.script("get_cluster_info", offering("worker_deregistration"))
    client.script("register_worker", ServerError(409, CHANGED))
    worker = worker_of(client)
    running = asyncio.create_task(worker.run())
    await client.seen("poll_workflow_task")
    names = [name for name, _ in client.calls]
    assert names[1:4] == ["register_worker", "deregister_worker", "register_worker"]
    await worker.stop()
    await running


async def test_where_it_cannot_the_error_says_what_to_do() -> None:
    client = ScriptedClient()
    client.script("register_worker", ServerError(409, CHANGED))
    with pytest.raises(DefinitionError, match="another worker_id"):
        await worker_of(client).run()


async def test_a_server_that_never_comes_up_is_waited_for_so_long() -> None:
    client = ScriptedClient()
    client.script("get_cluster_info", *[ConnectionFailed("refused") for _ in range(50)])
    with pytest.raises(ConnectionFailed):
        await asyncio.wait_for(worker_of(client, start_timeout=0.3).run(), 10)
    assert len(client.of("get_cluster_info")) >= 2


async def test_health_says_how_the_worker_is() -> None:
    client, reporting = ScriptedClient(), asyncio.Event()
    client.script("get_cluster_info", offering("query_tasks"))
    client.script("complete_workflow_task", reporting.wait, {"recorded": True})
    worker = worker_of(client)
    assert (worker.health().state, worker.health().is_healthy) == ("new", False)
    running = asyncio.create_task(worker.run())
    await client.seen("poll_query_task")
    client.workflow_tasks.put_nowait(workflow_task("greets"))
    await client.seen("complete_workflow_task")
    health = worker.health()
    assert (health.state, health.is_healthy, dict(health.tasks_in_hand)) == ("running", True, {"workflow": 1})
    assert health.last_heartbeat_at is not None
    assert set(health.loops) == {"workflow", "query"}
    assert health.loops["workflow"].last_answered_at is not None
    assert health.loops["query"].last_answered_at is None
    reporting.set()
    await until(lambda: worker.health().live_runs == 1)
    await worker.stop()
    await running
    assert worker.health().state == "stopped"


async def test_health_shows_polls_that_fail() -> None:
    client = ScriptedClient()
    client.script("poll_workflow_task", ServerError(500, {"message": "broken"}))
    worker = worker_of(client)
    running = asyncio.create_task(worker.run())
    await until(lambda: bool(worker.health().loops) and not worker.health().is_healthy)
    assert "broken" in (worker.health().loops["workflow"].last_error or "")
    assert worker.health().loops["workflow"].failures == 1
    await worker.stop()
    await running
