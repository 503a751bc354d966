"""The client beside a worker made by hand, on the reference server: updates, lists, cancel, histories."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from durable_workflow import Client, WorkflowHandle, errors, serializer
from durable_workflow.client import WorkflowUpdateHandle
from durable_workflow.testing import dev_server

QUEUE = "orders"
WORKER = "hand-made"


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with dev_server() as address:
        yield address


@dataclass
class Hands:
    """Does a worker's work by hand, one task at a time."""

    client: Client

    async def start(self, workflow_id: str) -> WorkflowHandle[Any]:
        return await self.client.start_workflow(
            workflow_type="order", task_queue=QUEUE, workflow_id=workflow_id, input=["Ada"]
        )

    async def task(self) -> dict[str, Any]:
        task = await self.client.poll_workflow_task(worker_id=WORKER, task_queue=QUEUE, timeout=10)
        assert task is not None
        return task

    async def complete(self, task: dict[str, Any], *commands: dict[str, Any]) -> None:
        await self.client.complete_workflow_task(
            task_id=task["task_id"],
            lease_owner=task["lease_owner"],
            workflow_task_attempt=task["workflow_task_attempt"],
            commands=list(commands),
        )

    async def waiting(self, workflow_id: str) -> WorkflowHandle[Any]:
        """Start a workflow and let it wait for something."""
        handle = await self.start(workflow_id)
        await self.complete(await self.task(), {"type": "open_condition_wait", "condition_key": "go"})
        return handle

    async def answer_update(self, kind: str, **members: Any) -> None:
        task = await self.task()
        accepted = [e for e in task["history_events"] if e["event_type"] == "UpdateAccepted"]
        update_id = accepted[-1]["payload"]["update_id"]
        await self.complete(task, {"type": kind, "update_id": update_id, **members})


@pytest.fixture
async def hands(url: str) -> AsyncIterator[Hands]:
    async with Client(url) as client:
        await client.register_worker(worker_id=WORKER, task_queue=QUEUE)
        yield Hands(client)


async def close(handle: WorkflowHandle[Any]) -> None:
    await handle.terminate(reason="the test is over")


async def test_an_update_returns_what_its_handler_returns(hands: Hands) -> None:
    handle = await hands.waiting("update-completes")
    calling = asyncio.create_task(handle.update("rename", ["Grace"]))
    await hands.answer_update("complete_update", result=serializer.envelope({"old": "Ada"}))
    assert await calling == {"old": "Ada"}
    await close(handle)


@pytest.mark.parametrize(
    ("exception_type", "error"),
    [("UpdateRejected", errors.UpdateRejected), ("OutOfStock", errors.UpdateFailed)],
)
async def test_a_failed_update_says_what_was_raised(
    hands: Hands, exception_type: str, error: type[errors.UpdateFailed]
) -> None:
    handle = await hands.waiting(f"update-fails-{exception_type}")
    calling = asyncio.create_task(handle.update("rename", [""]))
    await hands.answer_update("fail_update", message="no name", exception_type=exception_type)
    with pytest.raises(error, match="no name") as caught:
        await calling
    assert type(caught.value) is error
    assert caught.value.exception_type == exception_type
    assert (caught.value.workflow_id, caught.value.update_name) == (handle.workflow_id, "rename")
    await close(handle)


async def test_an_accepted_update_gives_a_handle_that_waits(hands: Hands) -> None:
    handle = await hands.waiting("update-accepted")
    update = await handle.update("rename", ["Grace"], wait_for="accepted", request_id="r-1")
    assert isinstance(update, WorkflowUpdateHandle)
    with pytest.raises(errors.UpdateStillRunning) as caught:
        await update.result(timeout=0.3)
    assert caught.value.update_id == update.update_id
    waiting = asyncio.create_task(update.result(timeout=20))
    await hands.answer_update("complete_update", result=serializer.envelope("done"))
    assert await waiting == "done"
    assert await handle.update("rename", ["Grace"], request_id="r-1") == "done", "a repeat is the same update"
    await close(handle)


async def test_an_update_that_takes_too_long_goes_on(hands: Hands) -> None:
    handle = await hands.waiting("update-slow")
    with pytest.raises(errors.UpdateStillRunning, match="still running"):
        await handle.update("rename", ["Grace"], wait_timeout_seconds=1)
    history = await handle.history()
    assert history["events"][-1]["event_type"] == "UpdateAccepted"
    await close(handle)


async def test_updates_of_closed_workflows_are_refused(hands: Hands) -> None:
    handle = await hands.waiting("update-closed")
    await close(handle)
    with pytest.raises(errors.WorkflowNotActive):
        await handle.update("rename")


async def test_the_list_goes_through_all_pages(hands: Hands) -> None:
    handles = [await hands.start(f"listed-{number}") for number in range(5)]
    page = await hands.client.list_workflows(query="listed-", page_size=2)
    assert len(page.executions) == 2
    assert page.next_page_token
    found = [run async for run in hands.client.iter_workflows(query="listed-", page_size=2)]
    assert sorted(run.workflow_id for run in found) == sorted(handle.workflow_id for handle in handles)
    assert {run.status for run in found} == {"pending"}
    for handle in handles:
        await close(handle)
    closed = [run async for run in hands.client.iter_workflows(query="listed-", status="terminated")]
    assert len(closed) == 5


async def test_a_cancel_closes_where_no_worker_delivers_it(hands: Hands) -> None:
    handle = await hands.waiting("cancelled")
    await handle.cancel(reason="changed my mind")
    with pytest.raises(errors.WorkflowCancelled, match="changed my mind"):
        await handle.result()
    with pytest.raises(errors.WorkflowNotActive):
        await handle.cancel()


async def test_history_can_be_followed_to_its_end(hands: Hands) -> None:
    handle = await hands.waiting("followed")

    async def follow() -> list[str]:
        return [event["event_type"] async for event in handle.iter_history(follow=True)]

    following = asyncio.create_task(follow())
    await asyncio.sleep(0.2)
    assert not following.done()
    await handle.terminate()
    types = await asyncio.wait_for(following, 10)
    assert types[:3] == ["StartAccepted", "WorkflowStarted", "ConditionWaitOpened"]
    assert types[-1] == "WorkflowTerminated"
    short = [e async for e in hands.client.iter_history("followed", handle.run_id or "", page_size=2)]
    assert [event["event_type"] for event in short] == types


async def test_runs_repair_and_archive(hands: Hands) -> None:
    handle = await hands.waiting("kept")
    with pytest.raises(errors.WorkflowStillOpen):
        await handle.archive()
    assert (await handle.repair()).outcome in ("repair_not_needed", "repair_dispatched")
    await close(handle)
    assert (await handle.archive(reason="audit")).outcome == "archived"
    assert (await handle.archive()).outcome == "archive_not_needed"
    (run,) = await handle.runs()
    assert (run.run_number, run.status, run.run_id) == (1, "terminated", handle.run_id)


async def test_a_pinned_handle_commands_only_its_run(hands: Hands) -> None:
    handle = await hands.waiting("pinned")
    other = hands.client.get_workflow_handle("pinned", run_id="01aaaaaaaaaaaaaaaaaaaaaaaa")
    for command in (other.cancel(), other.terminate(), other.signal("s"), other.update("u")):
        with pytest.raises((errors.WorkflowNotActive, errors.WorkflowNotFound)):
            await command
    await close(handle)


@pytest.mark.parametrize("parameter", ["query_name", "update_name"])
@pytest.mark.parametrize("name", ["", "  ", "a\x00b", "é" * 129, 7, None])
async def test_names_of_messages_are_checked_before_sending(parameter: str, name: Any) -> None:
    client = Client("http://localhost:1")
    call = client.query_workflow if parameter == "query_name" else client.update_workflow
    with pytest.raises(errors.InvalidArgument, match=parameter):
        await call("w", name)


async def test_arguments_of_reads_are_checked_before_sending() -> None:
    client = Client("http://localhost:1")
    for wrong in ({"page_size": 0}, {"page_size": 201}, {"status": "open"}, {"query": 3}):
        with pytest.raises(errors.InvalidArgument, match=next(iter(wrong))):
            await client.list_workflows(**wrong)  # type: ignore[arg-type]
    with pytest.raises(errors.InvalidArgument, match="wait_for"):
        await client.update_workflow("w", "u", wait_for="applied")
