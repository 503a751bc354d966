"""One client in many loops, in many threads, and after a fork."""

from __future__ import annotations

import asyncio
import gc
import os
import sys
import threading
import time
import traceback
import warnings
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

import durable_workflow.sync
from durable_workflow import Client, errors
from durable_workflow.transport import AsyncShared, SyncShared
from support.rude_server import Received, RudeServer, Say, rude_server
from support.wire_answers import description


def echo(request: Received) -> Say:
    """Describe whatever workflow is asked for, so that mixed-up answers are noticed."""
    return Say(body=description(request.path.rsplit("/", 1)[1]))


def in_child(work: Callable[[], None]) -> int:
    """Fork, work in the child, and return its exit status."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # forking with threads is what is tested
        child = os.fork()
    if child == 0:
        try:
            work()
        except BaseException:
            traceback.print_exc(file=sys.stderr)
            os._exit(1)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def test_threads_share_a_synchronous_client() -> None:
    with rude_server(echo) as server, durable_workflow.sync.Client(server.url) as client:

        def ask(number: int) -> bool:
            return client.describe_workflow(f"w-{number}").workflow_id == f"w-{number}"

        with ThreadPoolExecutor(16) as threads:
            assert all(threads.map(ask, range(200)))
        assert server.connections <= 16


def test_a_synchronous_client_works_more_than_once_and_inside_a_running_loop() -> None:
    async def in_a_notebook(client: durable_workflow.sync.Client) -> None:
        assert client.describe_workflow("a").workflow_id == "a"
        assert client.describe_workflow("b").workflow_id == "b"

    with rude_server(echo) as server, durable_workflow.sync.Client(server.url) as client:
        asyncio.run(in_a_notebook(client))
        asyncio.run(in_a_notebook(client))
        assert server.connections == 1


def test_a_closed_client_opens_new_connections() -> None:
    with rude_server(echo) as server:
        client = durable_workflow.sync.Client(server.url)
        client.describe_workflow("a")
        client.close()
        client.close()
        assert client.describe_workflow("b").workflow_id == "b"
        client.close()
        assert server.connections == 2


def test_an_asynchronous_client_works_in_one_loop_after_the_other(sender: str) -> None:
    with rude_server(echo) as server, warnings.catch_warnings():
        # A loop that ended took its connections with it; nobody can close them properly any more.
        warnings.simplefilter("ignore", ResourceWarning)
        client = Client(server.url)
        for number in range(3):
            execution = asyncio.run(client.describe_workflow(f"w-{number}"))
            assert execution.workflow_id == f"w-{number}"
            assert len(client._transport._connections.senders) == 1
        del client
        gc.collect()


def test_an_asynchronous_client_works_in_another_kind_of_loop(sender: str) -> None:
    import uvloop

    async def ask(url: str) -> str:
        async with Client(url) as client:
            await client.describe_workflow("w-0")
            return (await client.describe_workflow("w-1")).workflow_id

    with rude_server(echo) as server:
        assert uvloop.run(ask(server.url)) == "w-1"
        assert server.connections == 1


def test_an_asynchronous_client_works_in_several_loops_at_once(sender: str) -> None:
    with rude_server(echo) as server:
        client = Client(server.url)

        async def ask(name: str) -> None:
            for number in range(20):
                assert (await client.describe_workflow(f"{name}-{number}")).workflow_id == f"{name}-{number}"
            await client._transport._sender_here().aclose()

        def run(name: str) -> None:
            asyncio.run(ask(name))

        with ThreadPoolExecutor(4) as threads:
            list(threads.map(run, "abcd"))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")
def test_a_forked_child_has_connections_of_its_own() -> None:
    with rude_server(echo) as server, durable_workflow.sync.Client(server.url) as client:
        client.describe_workflow("parent")

        def work() -> None:
            for number in range(50):
                assert client.describe_workflow(f"child-{number}").workflow_id == f"child-{number}"

        results: list[int] = []
        threads = [threading.Thread(target=lambda: results.append(in_child(work))) for _ in range(2)]
        for thread in threads:
            thread.start()
        for number in range(100):
            assert client.describe_workflow(f"parent-{number}").workflow_id == f"parent-{number}"
        for thread in threads:
            thread.join()
        assert results == [0, 0]
        assert own_connections(server, "child") == 2
        assert own_connections(server, "parent") == 1


def own_connections(server: RudeServer, prefix: str) -> int:
    mixed = [r for r in server.received if r.path.startswith(f"/api/workflows/{prefix}")]
    return len({request.connection for request in mixed})


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")
async def test_an_asynchronous_client_survives_a_fork(sender: str) -> None:
    with rude_server(echo) as server:
        async with Client(server.url) as client:
            await client.describe_workflow("parent")

            def work() -> None:
                asyncio.set_event_loop(None)
                asyncio.events._set_running_loop(None)
                assert asyncio.run(client.describe_workflow("child")).workflow_id == "child"

            assert in_child(work) == 0
            assert (await client.describe_workflow("parent-2")).workflow_id == "parent-2"
        assert own_connections(server, "child") == 1
        assert own_connections(server, "parent") == 1


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")
def test_a_lock_held_at_the_fork_does_not_block_the_child() -> None:
    shared: SyncShared[int] = SyncShared(60.0)
    entered, leave = threading.Event(), threading.Event()

    def slow() -> int:
        entered.set()
        leave.wait(10)
        return 1

    thread = threading.Thread(target=shared.get, args=(slow,))
    thread.start()
    entered.wait(10)

    def work() -> None:
        assert shared.get(lambda: 2) == 2

    assert in_child(work) == 0
    leave.set()
    thread.join()


async def test_concurrent_tasks_share_one_fetch() -> None:
    shared: AsyncShared[int] = AsyncShared(60.0)
    fetched = 0

    async def fetch() -> int:
        nonlocal fetched
        fetched += 1
        await asyncio.sleep(0.05)
        return fetched

    assert await asyncio.gather(*(shared.get(fetch) for _ in range(20))) == [1] * 20
    shared.forget()
    assert await shared.get(fetch) == 2


async def test_a_value_grows_old() -> None:
    shared: AsyncShared[float] = AsyncShared(0.05)

    async def fetch() -> float:
        return time.monotonic()

    first = await shared.get(fetch)
    assert await shared.get(fetch) == first
    await asyncio.sleep(0.06)
    assert await shared.get(fetch) > first


async def test_a_cancelled_fetch_is_taken_over_by_the_next_caller() -> None:
    shared: AsyncShared[int] = AsyncShared(60.0)
    started = asyncio.Event()

    async def hang() -> int:
        started.set()
        await asyncio.sleep(60)
        return 1

    async def fetch() -> int:
        return 2

    leader = asyncio.create_task(shared.get(hang))
    await started.wait()
    follower = asyncio.create_task(shared.get(fetch))
    await asyncio.sleep(0)
    leader.cancel()
    assert await follower == 2


async def test_those_who_waited_fail_together() -> None:
    shared: AsyncShared[int] = AsyncShared(60.0)
    tries = 0

    async def fetch() -> int:
        nonlocal tries
        tries += 1
        await asyncio.sleep(0.05)
        raise errors.CallTimeout("silent")

    ended = await asyncio.gather(*(shared.get(fetch) for _ in range(10)), return_exceptions=True)
    assert {type(each) for each in ended} == {errors.CallTimeout}
    assert tries == 1
    with pytest.raises(errors.CallTimeout):
        await shared.get(fetch)
    assert tries == 2
