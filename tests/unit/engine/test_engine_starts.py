from __future__ import annotations

import pytest

from durable_workflow import serializer
from durable_workflow.server._calls import Pending


async def test_a_new_workflow_has_its_first_events_and_a_task(server):
    run = await server.start(input=["Ada", 3], business_key="b", memo={"m": 1}, search_attributes={"K": "v"})
    assert {**run, "run_id": ""} == {
        "workflow_id": "w1",
        "run_id": "",
        "workflow_type": "order",
        "namespace": "default",
        "status": "pending",
        "business_key": "b",
        "payload_codec": "avro",
        "outcome": "started_new",
    }
    assert await server.types(run) == ["StartAccepted", "WorkflowStarted"]
    accepted = await server.last(run, "StartAccepted")
    assert serializer.decode(accepted["command"]["payload"]) == ["Ada", 3]
    described = await server.describe()
    assert described["input"] == ["Ada", 3]
    assert (described["wait_kind"], described["memo"], described["search_attributes"]) == (
        "workflow-task",
        {"m": 1},
        {"K": "v"},
    )
    assert "wf:default:q" in server.topics


async def test_without_an_id_the_server_chooses_one(server):
    run = await server.start(workflow_id=None)
    assert len(run["workflow_id"]) == 26
    assert run["workflow_id"] == run["workflow_id"].lower()


@pytest.mark.parametrize(
    ("given", "decoded"),
    [
        (None, []),
        ([], []),
        ({}, []),
        ({"a": 1, "b": [2]}, [1, [2]]),
        ({"codec": "avro"}, ["avro"]),
        ([None], [None]),
    ],
)
async def test_input_in_every_form(server, given, decoded):
    await server.start(input=given)
    assert (await server.describe())["input"] == decoded


async def test_an_envelope_survives_byte_for_byte(server):
    envelope = serializer.envelope([1, {"x": "y"}])
    await server.start(input=envelope)
    assert (await server.describe())["input_envelope"] == envelope


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"codec": "json", "blob": "[]"}, "input.codec"),
        ({"codec": "avro", "blob": "!!!"}, "input.blob"),
        (serializer.envelope({"no": "list"}), "input.blob"),
        ({"codec": "avro", "external_storage": {}}, "input.external_storage"),
        ([2**70], "input"),
    ],
)
async def test_input_that_cannot_be_used(server, given, field):
    body = await server.start(input=given, status=422)
    assert body["reason"] == "validation_failed"
    assert list(body["errors"]) == [field]
    assert body["errors"] == body["validation_errors"]


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("request_id", None),
        ("idempotency_key", "x"),
        ("retry_policy", {}),
        ("workflow_task_timeout", 1),
        ("memo", {"x": "y" * 262_144}),
        ("search_attributes", {"1bad": 1}),
        ("search_attributes", {"long": "é" * 1025}),
        ("search_attributes", {"list": ["é" * 1025]}),
    ],
)
async def test_members_that_are_refused(server, member, value):
    body = await server.start(status=422, **{member: value})
    assert list(body["errors"]) == [member]


async def test_text_that_no_column_can_hold_is_a_422(server):
    body = await server.start(workflow_type="\ud800", status=422)
    assert "body" in body["errors"]


async def close(server):
    await server.register()
    await server.complete(await server.take(), {"type": "complete_workflow"})


@pytest.mark.parametrize("policy", [None, "fail", "reject"])
@pytest.mark.parametrize("closed", [False, True])
async def test_a_taken_id_is_refused(server, policy, closed):
    run = await server.start()
    if closed:
        await close(server)
    body = await server.start(status=409, duplicate_policy=policy)
    assert (body["outcome"], body["reason"]) == ("rejected_duplicate", "duplicate_not_allowed")
    assert body["run_id"] == run["run_id"]
    assert body["status"] == ("completed" if closed else "pending")
    rejected = await server.last(run, "StartRejected")
    assert rejected["rejection_reason"] == "instance_already_started"


@pytest.mark.parametrize("policy", ["use-existing", "allow"])
async def test_an_open_run_is_returned(server, policy):
    run = await server.start()
    body = await server.start(status=200, duplicate_policy=policy)
    assert (body["outcome"], body["run_id"]) == ("returned_existing_active", run["run_id"])
    assert (await server.types(run))[-1] == "StartAccepted"


async def test_use_existing_returns_a_closed_run(server):
    run = await server.start()
    await close(server)
    body = await server.start(status=200, duplicate_policy="use-existing")
    assert (body["outcome"], body["run_id"]) == ("returned_existing_closed", run["run_id"])


@pytest.mark.parametrize("policy", ["allow", "terminate_existing"])
async def test_a_closed_workflow_gets_another_run(server, policy):
    first = await server.start(input=[1])
    await close(server)
    second = await server.start(status=201, duplicate_policy=policy, input=[2])
    assert second["run_id"] != first["run_id"]
    described = await server.describe()
    assert (described["run_number"], described["run_count"], described["input"]) == (2, 2, [2])


async def test_terminate_existing_ends_the_open_run_first(server):
    first = await server.start()
    second = await server.start(status=201, duplicate_policy="terminate_existing")
    assert (await server.types(first))[-2:] == ["TerminateRequested", "WorkflowTerminated"]
    assert (await server.describe())["run_id"] == second["run_id"]


@pytest.mark.parametrize("policy", ["fail", "use-existing", "allow"])
async def test_an_id_keeps_its_type(server, policy):
    await server.start()
    body = await server.start(status=422, workflow_type="other", duplicate_policy=policy)
    assert list(body["errors"]) == ["workflow_type"]


async def test_continuing_as_another_type_leaves_the_type_of_the_id(server):
    await server.begun({"type": "continue_as_new", "workflow_type": "other"})
    refused = await server.start(status=422, workflow_type="other", duplicate_policy="use-existing")
    assert list(refused["errors"]) == ["workflow_type"]
    assert (await server.start(status=200, duplicate_policy="use-existing"))["workflow_type"] == "other"


async def test_an_id_belongs_to_one_namespace(server):
    await server.start()
    body = {"workflow_id": "w1", "workflow_type": "order"}
    refused = await server.call("startWorkflow", 409, body=body, namespace="other")
    assert refused["reason"] == "workflow_id_reserved_in_namespace"
    gone = await server.call("describeWorkflow", 404, path={"workflowId": "w1"}, namespace="other")
    assert gone["reason"] == "instance_not_found"


async def test_a_start_key_gives_the_original_answer(server):
    headers = {"idempotency-key": "k"}
    first = await server.start(headers=headers)
    await close(server)
    assert await server.start(headers=headers) == first
    assert await server.types(first) == ["StartAccepted", "WorkflowStarted", "WorkflowCompleted"]


async def test_a_start_key_works_without_an_id(server):
    headers = {"idempotency-key": "k"}
    first = await server.start(workflow_id=None, headers=headers)
    assert await server.start(workflow_id=None, headers=headers) == first


async def test_a_start_key_of_another_request_is_a_conflict(server):
    await server.start(headers={"idempotency-key": "k"})
    body = await server.start(input=[1], headers={"idempotency-key": "k"}, status=409)
    assert body["reason"] == "request_id_conflict"


async def test_the_key_survives_a_restart(server):
    first = await server.start(headers={"idempotency-key": "k"})
    await server.reopen()
    assert await server.start(headers={"idempotency-key": "k"}) == first


@pytest.mark.parametrize(
    ("limits", "after", "kind"),
    [
        ({"run_timeout_seconds": 10}, 10, "run_timeout"),
        ({"execution_timeout_seconds": 10}, 10, "execution_timeout"),
        ({"execution_timeout_seconds": 10, "run_timeout_seconds": 5}, 20, "execution_timeout"),
        ({"execution_timeout_seconds": 10, "run_timeout_seconds": 5}, 5, "run_timeout"),
    ],
)
async def test_a_run_that_takes_too_long_is_closed(server, limits, after, kind):
    commands = [
        {"type": "schedule_activity", "activity_type": "a"},
        {"type": "start_timer", "delay_seconds": 90},
    ]
    run = await server.begun(*commands, **limits)
    assert "execution_deadline_at" in await server.last(run, "WorkflowStarted") or "execution" not in str(
        limits
    )
    await server.advance(after - 1)
    if kind == "run_timeout" or after == 10:
        assert (await server.describe())["status"] == "waiting"
    await server.advance(1)
    described = await server.describe()
    assert (described["status"], described["closed_reason"]) == ("failed", "timed_out")
    assert (await server.types(run))[-3:] == ["ActivityCancelled", "TimerCancelled", "WorkflowTimedOut"]
    payload = await server.last(run, "WorkflowTimedOut")
    assert payload["timeout_kind"] == kind
    assert f"{kind}_seconds" in payload["message"]


async def test_waiting_for_the_end_of_a_run(server):
    await server.start()
    path, query = {"workflowId": "w1"}, {"wait_closed_seconds": 20}
    waiting = await server.raw("describeWorkflow", path=path, query=query)
    assert isinstance(waiting, Pending)
    assert waiting.deadline_seconds == 20
    assert waiting.empty.body["status"] == "pending"
    server.topics.clear()
    await close(server)
    assert waiting.topic in server.topics
    closed = await server.call("describeWorkflow", path=path, query=query)
    assert closed["status"] == "completed"


async def test_unknown_workflows_and_runs(server):
    run = await server.start()
    body = await server.call("describeWorkflow", 404, path={"workflowId": "nope"})
    assert body["reason"] == "instance_not_found"
    for path in ({"workflowId": "nope", "runId": run["run_id"]}, {"workflowId": "w1", "runId": "nope"}):
        body = await server.call("describeWorkflowRun", 404, path=path)
        assert body["reason"] == "run_not_found"


async def test_history_pages_and_the_wait_for_a_new_event(server):
    run = await server.start()
    path = {"workflowId": "w1", "runId": run["run_id"]}
    first = await server.call("getWorkflowHistory", path=path, query={"page_size": 1})
    assert [event["sequence"] for event in first["events"]] == [1]
    query = {"page_size": 1, "next_page_token": first["next_page_token"]}
    second = await server.call("getWorkflowHistory", path=path, query=query)
    assert [event["sequence"] for event in second["events"]] == [2]
    assert second["next_page_token"] is None
    nonsense = await server.call("getWorkflowHistory", path=path, query={"next_page_token": "zzz!"})
    assert [event["sequence"] for event in nonsense["events"]] == [1, 2]
    follow = {"next_page_token": "Mg==", "wait_new_event": True}
    waiting = await server.raw("getWorkflowHistory", path=path, query=follow)
    assert isinstance(waiting, Pending)
    await server.signal()
    assert waiting.topic in server.topics
    news = await server.call("getWorkflowHistory", path=path, query=follow)
    assert [event["event_type"] for event in news["events"]] == ["SignalReceived"]
