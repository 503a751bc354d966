"""Registration, heartbeats of workers, polls and what they remember."""

from __future__ import annotations

import base64
import gzip
import json
import zlib

import pytest

from durable_workflow.server import engine
from durable_workflow.server._calls import Call, Pending


async def test_a_worker_without_id_gets_one(server):
    body = await server.register(worker_id=None)
    assert body["registered"] is True
    assert (len(body["worker_id"]), body["worker_id"].isupper()) == (26, True)


async def test_a_changed_definition_is_refused(server):
    first = {"supported_workflow_types": ["a", "b"], "workflow_definition_fingerprints": {"a": "1", "b": "1"}}
    await server.register(**first)
    await server.register(workflow_definition_fingerprints={"b": "1"}, supported_workflow_types=["a", "b"])
    body = await server.register(status=409, workflow_definition_fingerprints={"a": " 2 "})
    assert (body["reason"], body["workflow_type"]) == ("workflow_definition_changed", "a")
    assert body["remediation"]
    await server.register(worker_id="k2", workflow_definition_fingerprints={"a": "2"})


async def test_a_type_that_is_given_up_may_come_back_changed(server):
    await server.register(workflow_definition_fingerprints={"a": "1"}, supported_workflow_types=["a"])
    await server.register(supported_workflow_types=["b"])
    await server.register(workflow_definition_fingerprints={"a": "2"}, supported_workflow_types=["a"])


async def test_worker_heartbeats(server):
    await server.register()
    body = await server.call("heartbeatWorker", body={"worker_id": "k1"})
    assert (body["worker_id"], body["acknowledged"]) == ("k1", True)
    unknown = await server.call("heartbeatWorker", 404, body={"worker_id": "ghost"})
    assert (unknown["reason"], unknown["worker_id"]) == ("worker_not_registered", "ghost")


@pytest.mark.parametrize("operation", ["pollWorkflowTask", "pollActivityTask"])
async def test_a_poll_must_match_the_registration(server, operation):
    await server.register(build_id="b1")
    poll = {"worker_id": "k1", "task_queue": "q"}
    ghost = await server.call(operation, 412, body={**poll, "worker_id": "ghost"})
    assert (ghost["reason"], ghost["worker_id"]) == ("worker_not_registered", "ghost")
    queue = await server.call(operation, 409, body={**poll, "task_queue": "x"})
    assert queue["reason"] == "task_queue_mismatch"
    assert (queue["registered_task_queue"], queue["requested_task_queue"]) == ("q", "x")
    build = await server.call(operation, 409, body={**poll, "build_id": "b2"})
    assert build["reason"] == "build_id_mismatch"
    assert (build["registered_build_id"], build["requested_build_id"]) == ("b1", "b2")
    other = await server.call(operation, 412, body=poll, namespace="other")
    assert other["reason"] == "worker_not_registered"


@pytest.mark.parametrize("operation", ["pollWorkflowTask", "pollActivityTask"])
async def test_an_idle_poll_waits(server, operation):
    await server.register()
    poll = {"worker_id": "k1", "task_queue": "q"}
    waiting = await server.raw(operation, body=poll)
    assert isinstance(waiting, Pending)
    assert waiting.topic == ("wf:default:q" if "Workflow" in operation else "act:default:q")
    assert (waiting.deadline_seconds, waiting.empty.body["task"]) == (None, None)
    limited = await server.raw(operation, body={**poll, "timeout_seconds": 7})
    assert isinstance(limited, Pending)
    assert limited.deadline_seconds == 7


async def test_a_workflow_task_has_all_its_members(server):
    await server.register()
    run = await server.start(input=[1])
    task = await server.take()
    assert len(task) == 42
    assert (task["workflow_id"], task["run_id"]) == ("w1", run["run_id"])
    assert (task["workflow_task_attempt"], task["run_status"], task["payload_codec"]) == (
        1,
        "pending",
        "avro",
    )
    assert (task["last_history_sequence"], task["total_history_events"]) == (2, 2)
    assert [event["event_type"] for event in task["history_events"]] == ["StartAccepted", "WorkflowStarted"]
    assert task["lease_expires_at"].endswith("Z")


async def test_tasks_go_to_workers_that_know_the_type(server):
    await server.start("a", workflow_type="alpha")
    await server.start("b", workflow_type="beta")
    await server.register(supported_workflow_types=["beta"])
    assert (await server.take())["workflow_id"] == "b"
    assert await server.poll() is None


async def test_queues_and_namespaces_are_apart(server):
    await server.start("a", task_queue="other")
    await server.register()
    assert await server.poll() is None
    await server.register("k2", task_queue="other")
    assert (await server.take("k2", task_queue="other"))["workflow_id"] == "a"


async def test_a_run_without_queue_is_served_by_default(server):
    await server.start(task_queue=None)
    await server.register(task_queue="default")
    assert (await server.take(task_queue="default"))["task_queue"] == "default"
    assert (await server.describe())["task_queue"] is None


async def test_tasks_come_in_the_order_they_became_ready(server):
    await server.register()
    for number in range(12):
        await server.start(f"w{number}")
    assert [(await server.take())["workflow_id"] for _ in range(12)] == [f"w{number}" for number in range(12)]


async def test_a_worker_with_a_build_gets_tasks_without_a_marker(server):
    await server.register(build_id="b1")
    await server.start()
    await server.complete(await server.take(), {"type": "schedule_activity", "activity_type": "a"})
    assert (await server.take_activity())["activity_type"] == "a"


async def test_a_repeated_poll_gets_the_same_task(server):
    await server.register()
    await server.start()
    first = await server.take(poll_request_id="p")
    assert await server.poll(poll_request_id="other") is None
    assert await server.take(poll_request_id="p") == first
    await server.reopen()
    assert await server.take(poll_request_id="p") == first
    await server.complete(first, {"type": "schedule_activity", "activity_type": "a"})
    assert await server.poll(poll_request_id="p") is None
    activity = await server.take_activity(poll_request_id="p")
    assert await server.take_activity(poll_request_id="p") == activity
    await server.answer("completeActivityTask", activity, result=None)
    assert await server.poll("k1", "Activity", poll_request_id="p") is None


async def test_a_remembered_poll_ends_with_its_lease(server):
    await server.register()
    await server.start()
    first = await server.take(poll_request_id="p")
    await server.advance(300)
    again = await server.take(poll_request_id="p")
    assert (again["task_id"], again["workflow_task_attempt"]) == (first["task_id"], 2)


async def test_history_comes_in_pages(server):
    await server.begun(*[{"type": "record_side_effect", "result": "AAI3Ag=="}] * 7)
    await server.signal()
    task = await server.take(history_page_size=4)
    events, token = task["history_events"], task["next_history_page_token"]
    while token is not None:
        page = await server.answer(
            "getWorkflowTaskHistory", task, next_history_page_token=token, history_page_size=4
        )
        events += page["history_events"]
        token = page["next_history_page_token"]
    assert [event["sequence"] for event in events] == list(range(1, 11))
    first = await server.answer(
        "getWorkflowTaskHistory", task, next_history_page_token="MA==", history_page_size=1
    )
    assert [event["sequence"] for event in first["history_events"]] == [1]


@pytest.mark.parametrize("token", ["zzz!", "LTE=", "YWJj", "é"])
async def test_a_page_token_that_is_none(server, token):
    await server.register()
    await server.start()
    body = await server.answer(
        "getWorkflowTaskHistory", await server.take(), 400, next_history_page_token=token
    )
    assert body["reason"] == "invalid_page_token"


@pytest.mark.parametrize(
    ("accepted", "encoding"), [("deflate, gzip", "gzip"), ("deflate", "deflate"), ("br", None)]
)
async def test_long_pages_are_compressed_on_request(server, accepted, encoding):
    await server.begun(*[{"type": "record_side_effect", "result": "AAI3Ag=="}] * 60)
    await server.signal()
    task = await server.take(accept_history_encoding=accepted)
    if encoding is None:
        events = task["history_events"]
        assert "history_events_encoding" not in task
    else:
        assert (task["history_events"], task["history_events_encoding"]) == ([], encoding)
        packed = base64.b64decode(task["history_events_compressed"])
        text = gzip.decompress(packed) if encoding == "gzip" else zlib.decompress(packed, -zlib.MAX_WBITS)
        events = json.loads(text)
    assert [event["sequence"] for event in events] == list(range(1, 64))


async def test_short_pages_are_not_compressed(server):
    await server.register()
    await server.start()
    assert len((await server.take(accept_history_encoding="gzip"))["history_events"]) == 2


async def test_the_guard_of_workflow_tasks(server):
    await server.register()
    await server.start()
    task = await server.take()
    unknown = await server.answer("heartbeatWorkflowTask", {**task, "task_id": "nope"}, 404)
    assert (unknown["reason"], unknown["task_id"], unknown["workflow_task_attempt"]) == (
        "task_not_found",
        "nope",
        1,
    )
    lease = {"lease_owner": "k1", "workflow_task_attempt": 1}
    foreign = await server.call(
        "heartbeatWorkflowTask", 404, path={"taskId": task["task_id"]}, body=lease, namespace="other"
    )
    assert foreign["reason"] == "task_not_found"
    owner = await server.answer("heartbeatWorkflowTask", {**task, "lease_owner": "k2"}, 409)
    assert (owner["reason"], owner["lease_owner"]) == ("lease_owner_mismatch", "k1")
    attempt = await server.answer("heartbeatWorkflowTask", {**task, "workflow_task_attempt": 7}, 409)
    assert (attempt["reason"], attempt["current_attempt"]) == ("workflow_task_attempt_mismatch", 1)
    server.clock.advance(300)
    expired = await server.answer("heartbeatWorkflowTask", {**task, "lease_owner": "k2"}, 409)
    assert (expired["reason"], expired["task_status"], expired["lease_owner"]) == (
        "lease_expired",
        "leased",
        "k1",
    )
    await server.tick()
    ready = await server.answer("heartbeatWorkflowTask", task, 409)
    assert ready["reason"] == "task_not_leased"


async def test_a_lost_lease_gives_the_task_to_the_next_worker(server):
    await server.register("k1")
    await server.register("k2")
    await server.start()
    first = await server.take("k1")
    assert await server.poll("k2") is None
    server.topics.clear()
    assert await server.advance(299.9) is not None
    assert await server.poll("k2") is None
    await server.advance(0.1)
    assert "wf:default:q" in server.topics
    second = await server.take("k2")
    assert (second["task_id"], second["workflow_task_attempt"]) == (first["task_id"], 2)
    late = await server.complete(first, {"type": "complete_workflow"}, status=409)
    assert late["reason"] == "lease_owner_mismatch"
    await server.complete(second, {"type": "complete_workflow"})


async def test_a_heartbeat_keeps_the_lease(server):
    await server.register()
    await server.start()
    task = await server.take()
    for _ in range(3):
        await server.advance(200)
        body = await server.answer("heartbeatWorkflowTask", task)
        assert (body["renewed"], body["task_status"], body["run_status"]) == (True, "leased", "pending")
    await server.complete(task, {"type": "complete_workflow"})


async def test_a_worker_that_misses_its_heartbeats_loses_its_leases(server):
    await server.register("k1", heartbeat_interval_seconds=10)
    await server.register("k2")
    await server.start("a")
    await server.start("b")
    await server.complete(await server.take("k1"), {"type": "schedule_activity", "activity_type": "x"})
    await server.take("k1")
    activity = await server.take_activity("k1")
    await server.advance(20)
    await server.call("heartbeatWorker", body={"worker_id": "k1"})
    await server.advance(29)
    assert await server.poll("k2") is None
    await server.advance(1)
    assert (await server.take("k2"))["workflow_id"] == "b"
    assert (await server.take_activity("k2"))["task_id"] == activity["task_id"]


async def test_a_task_that_could_not_be_delivered_is_given_back(server):
    await server.begun({"type": "schedule_activity", "activity_type": "a"})
    await server.signal()
    body = {"worker_id": "k1", "task_queue": "q", "timeout_seconds": 0}
    for operation in ("pollWorkflowTask", "pollActivityTask"):
        call = Call(operation, "default", body=body)
        reply = await server.raw(operation, body=body)
        await server.store.write(lambda tx, call=call, reply=reply: engine.give_back(tx, call, reply))
        again = await server.raw(operation, body=body)
        assert again.body["task"]["task_id"] == reply.body["task"]["task_id"]
        # What was given back once is somebody else's now.
        await server.store.write(lambda tx, call=call, reply=reply: engine.give_back(tx, call, reply))
        assert (await server.call(operation, body=body))["task"] is None
