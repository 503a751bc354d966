"""Following a history for a time, and calling any operation from plain data: both clients, a real server."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from durable_workflow import Client, serializer
from durable_workflow.errors import InvalidArgument, ResultTimeout
from durable_workflow.sync import Client as SyncClient
from durable_workflow.testing import dev_server


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with dev_server() as address:
        with SyncClient(address) as client:
            client.start_workflow(workflow_type="t", task_queue="q", workflow_id="open", input=[1])
        yield address


def test_a_run_that_stays_open_is_followed_for_no_longer_than_asked(url: str) -> None:
    with SyncClient(url) as client:
        run_id = client.describe_workflow("open").run_id
        seen = []
        with pytest.raises(ResultTimeout, match="open has not ended in time"):
            for event in client.iter_history("open", run_id, follow=True, timeout=0.2):
                seen.append(event["event_type"])
        assert seen == ["StartAccepted", "WorkflowStarted"]


async def test_the_asynchronous_client_does_the_same(url: str) -> None:
    async with Client(url) as client:
        run_id = (await client.describe_workflow("open")).run_id
        with pytest.raises(ResultTimeout):
            async for _ in client.iter_history("open", run_id, follow=True, timeout=0):
                pass


def test_a_time_without_follow_changes_nothing(url: str) -> None:
    with SyncClient(url) as client:
        run_id = client.describe_workflow("open").run_id
        assert len(list(client.iter_history("open", run_id, timeout=0))) == 2


async def test_any_operation_is_called_from_plain_data(url: str) -> None:
    async with Client(url) as client:
        answer = await client.raw.send("describeWorkflow", "open")
        assert (answer.status, answer.json()["workflow_id"]) == (200, "open")
        body = {"input": serializer.envelope([2]), "request_id": "r-1"}
        sent = await client.raw.send("signalWorkflow", "open", "go on, ü", body=body)
        assert (sent.status, sent.model().signal_name) == (202, "go on, ü")
        refused = await client.raw.send("listWorkflows", query={"page_size": "no number"})
        assert refused.status in (400, 422)
        polled = await client.raw.send(
            "registerWorker", body={"worker_id": "w", "task_queue": "q", "runtime": "python"}
        )
        assert polled.status in (200, 201)


@pytest.mark.parametrize(
    ("operation", "path", "says"),
    [("describeWorkflw", ["a"], "is it describeWorkflow"), ("describeWorkflow", [], "workflowId; got 0")],
)
async def test_what_is_no_operation_is_refused_before_sending(
    operation: str, path: list[str], says: str
) -> None:
    async with Client("http://127.0.0.1:9") as client:
        with pytest.raises(InvalidArgument, match=says):
            await client.raw.send(operation, *path)
