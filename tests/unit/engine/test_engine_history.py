"""getWorkflowHistory and the pages of workflow tasks: sizes, tokens, following, compression."""

from __future__ import annotations

import base64
import gzip
import json
import zlib

import pytest

from durable_workflow.server._calls import Pending

MARKER = {
    "type": "record_version_marker",
    "change_id": "c",
    "version": 1,
    "min_supported": 1,
    "max_supported": 1,
}
DONE = {"type": "complete_workflow"}


def path(run):
    return {"workflowId": run["workflow_id"], "runId": run["run_id"]}


def token(sequence):
    return base64.b64encode(str(sequence).encode()).decode()


async def test_pages_go_on_where_the_last_one_ended_whatever_is_added(server):
    run = await server.begun(*[MARKER] * 4)
    seen, query = [], {"page_size": 4}
    while True:
        page = await server.call("getWorkflowHistory", path=path(run), query=query)
        seen += [event["sequence"] for event in page["events"]]
        if page["next_page_token"] is None:
            break
        if len(seen) == 4:
            await server.signal()
        query["next_page_token"] = page["next_page_token"]
    assert seen == list(range(1, 8))
    assert query["next_page_token"] == token(4)


async def test_a_hundred_events_are_a_page_when_no_size_is_named(server):
    run = await server.begun(*[MARKER] * 120)
    page = await server.call("getWorkflowHistory", path=path(run))
    assert (len(page["events"]), page["next_page_token"]) == (100, token(100))


async def test_the_history_of_an_older_run_can_be_read(server):
    run = await server.begun({"type": "continue_as_new"})
    assert (await server.types(run))[-1] == "WorkflowContinuedAsNew"


async def test_who_waits_at_the_end_is_woken_by_the_end_of_the_run(server):
    run = await server.begun(MARKER)
    query = {"next_page_token": token(3), "wait_new_event": True}
    waiting = await server.raw("getWorkflowHistory", path=path(run), query=query)
    assert isinstance(waiting, Pending)
    assert waiting.deadline_seconds is None
    assert waiting.empty.body["events"] == []
    server.topics.clear()
    await server.call("terminateWorkflow", path={"workflowId": "w1"})
    assert waiting.topic in server.topics
    page = await server.call("getWorkflowHistory", path=path(run), query=query)
    assert page["events"][-1]["event_type"] == "WorkflowTerminated"


async def test_nobody_waits_for_events_of_a_closed_run(server):
    run = await server.begun(DONE)
    query = {"next_page_token": token(3), "wait_new_event": True}
    page = await server.call("getWorkflowHistory", path=path(run), query=query)
    assert (page["events"], page["next_page_token"]) == ([], None)


async def test_who_is_not_at_the_end_does_not_wait(server):
    run = await server.start()
    page = await server.call("getWorkflowHistory", path=path(run), query={"wait_new_event": True})
    assert len(page["events"]) == 2


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [("gzip", "gzip"), ("deflate", "deflate"), ("deflate, gzip", "gzip"), ("br", None)],
)
async def test_long_pages_of_tasks_are_compressed_on_request(server, accepted, encoding):
    run = await server.begun(*[MARKER] * 47)
    await server.signal()
    task = await server.take(accept_history_encoding=accepted)
    events = task["history_events"]
    if encoding is not None:
        assert events == []
        assert task["history_events_encoding"] == encoding
        packed = base64.b64decode(task["history_events_compressed"])
        plain = gzip.decompress(packed) if encoding == "gzip" else zlib.decompress(packed, -15)
        events = json.loads(plain)
    assert [event["sequence"] for event in events] == list(range(1, 51))
    assert [event["event_type"] for event in events] == await server.types(run)
    assert task["total_history_events"] == task["last_history_sequence"] == 50


async def test_short_pages_of_tasks_are_not_compressed(server):
    await server.begun(*[MARKER] * 46)
    await server.signal()
    task = await server.take(accept_history_encoding="gzip")
    assert len(task["history_events"]) == 49
    assert "history_events_encoding" not in task
