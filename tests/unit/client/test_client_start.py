"""Starting a workflow: one request, and what happens when its answer is lost."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from durable_workflow import Client, TransportRetryPolicy, errors, serializer
from support.rude_server import Drop, Received, Say, in_turn, rude_server
from support.wire_answers import RUN, by_path, cluster_info, description, duplicate, started, with_info

QUICK = TransportRetryPolicy(initial_backoff_seconds=0.01, jitter=False)
ORDER: dict[str, Any] = {
    "workflow_type": "order",
    "task_queue": "orders",
    "workflow_id": "order-1",
    "input": ["Ada"],
}


def client_of(url: str) -> Client:
    return Client(url, retry_policy=QUICK)


def now(offset: float = 0.0) -> str:
    return (datetime.now(UTC) + timedelta(seconds=offset)).isoformat()


async def test_a_start_is_one_request() -> None:
    with rude_server(in_turn(Say(201, started()))) as server:
        async with client_of(server.url) as client:
            handle = await client.start_workflow(
                **ORDER, memo={"source": "web"}, search_attributes={"Total": 3}, duplicate_policy="reject"
            )
        (request,) = server.received
    assert (handle.workflow_id, handle.run_id, handle.workflow_type) == ("order-1", RUN, "order")
    assert (request.method, request.target) == ("POST", "/api/workflows")
    assert request.json == {
        "workflow_type": "order",
        "workflow_id": "order-1",
        "task_queue": "orders",
        "input": serializer.envelope(["Ada"]),
        "execution_timeout_seconds": 3600,
        "run_timeout_seconds": 600,
        "duplicate_policy": "fail",
        "memo": {"source": "web"},
        "search_attributes": {"Total": 3},
    }
    assert request.headers["x-namespace"] == "default"
    assert request.headers["x-durable-workflow-control-plane-version"] == "2"
    assert request.headers["content-type"] == request.headers["accept"] == "application/json"
    assert len(request.headers["idempotency-key"]) > 20


async def test_no_limit_is_not_sent() -> None:
    with rude_server(in_turn(Say(201, started()))) as server:
        async with client_of(server.url) as client:
            await client.start_workflow(**ORDER, execution_timeout_seconds=None, run_timeout_seconds=None)
        assert server.received[0].json.keys() == {"workflow_type", "workflow_id", "task_queue", "input"}


async def test_every_start_has_its_own_key_and_every_attempt_the_same() -> None:
    with rude_server(in_turn(Drop(), Drop(), Say(201, started()))) as server:
        async with client_of(server.url) as client:
            await client.start_workflow(**ORDER)
            await client.start_workflow(**ORDER)
        keys = [request.headers["idempotency-key"] for request in server.received]
    assert keys[0] == keys[1] == keys[2]
    assert keys[2] != keys[3]
    assert server.to("/cluster/info") == []


async def test_a_taken_id_is_refused_at_once() -> None:
    with rude_server(in_turn(Say(409, duplicate()))) as server:
        async with client_of(server.url) as client:
            with pytest.raises(errors.WorkflowAlreadyStarted) as caught:
                await client.start_workflow(**ORDER)
        assert len(server.received) == 1
    assert caught.value.workflow_id == "order-1"
    assert not caught.value.ambiguous


def lost_then_duplicate(**run: Any) -> Any:
    found = description(started_at=now(), **run)
    starts = in_turn(Drop(), Say(409, duplicate()))
    return by_path(workflows=starts, other=lambda request: Say(body=found))


async def test_the_own_run_is_recognised_after_a_lost_answer() -> None:
    with rude_server(with_info(lost_then_duplicate())) as server:
        async with client_of(server.url) as client:
            handle = await client.start_workflow(**ORDER)
        assert handle.run_id == RUN
        assert len(server.to("/api/workflows")) == 2


@pytest.mark.parametrize(
    "foreign",
    [
        {"workflow_type": "other"},
        {"task_queue": "other"},
        {"input_envelope": serializer.envelope(["Bob"])},
        {"input_envelope": None},
        {"started_at": "2026-01-01T00:00:00.000000Z"},
        {"started_at": None},
    ],
    ids=lambda each: next(iter(each)),
)
async def test_a_foreign_run_is_not_taken_for_the_own_one(foreign: dict[str, Any]) -> None:
    found = description(**{"started_at": now(), **foreign})
    behave = by_path(workflows=in_turn(Drop(), Say(409, duplicate())), other=lambda request: Say(body=found))
    with rude_server(with_info(behave)) as server:
        async with client_of(server.url) as client:
            with pytest.raises(errors.WorkflowAlreadyStarted) as caught:
                await client.start_workflow(**ORDER)
    assert caught.value.ambiguous
    assert caught.value.attempts == 2


async def test_a_run_that_cannot_be_described_stays_ambiguous() -> None:
    behave = by_path(workflows=in_turn(Drop(), Say(409, duplicate())), other=lambda request: Say(403, {}))
    with rude_server(with_info(behave)) as server:
        async with client_of(server.url) as client:
            with pytest.raises(errors.WorkflowAlreadyStarted) as caught:
                await client.start_workflow(**ORDER)
    assert caught.value.ambiguous
    assert isinstance(caught.value.__cause__, errors.Forbidden)


async def test_a_deduplicating_server_is_believed() -> None:
    info = cluster_info(start_idempotency_key=True)
    with rude_server(with_info(lost_then_duplicate(), info)) as server:
        async with client_of(server.url) as client:
            with pytest.raises(errors.WorkflowAlreadyStarted) as caught:
                await client.start_workflow(**ORDER)
    assert not caught.value.ambiguous


async def test_a_500_before_the_duplicate_is_as_ambiguous_as_a_lost_answer() -> None:
    behave = by_path(
        workflows=in_turn(Say(502, b"bad gateway"), Say(409, duplicate())),
        other=lambda request: Say(body=description(started_at=now())),
    )
    with rude_server(with_info(behave)) as server:
        async with client_of(server.url) as client:
            assert (await client.start_workflow(**ORDER)).run_id == RUN


async def test_answers_that_stay_lost_leave_the_outcome_unknown() -> None:
    with rude_server(in_turn(Drop())) as server:
        async with client_of(server.url) as client:
            with pytest.raises(errors.OutcomeUnknown, match="describe") as caught:
                await client.start_workflow(**ORDER)
        assert len(server.received) == 3
    assert caught.value.request_id == server.received[0].headers["idempotency-key"]
    assert not caught.value.safe_to_retry


@pytest.mark.parametrize("policy", ["allow", "terminate_existing"])
async def test_a_policy_that_is_not_advertised_is_not_sent(policy: str) -> None:
    with rude_server(with_info(in_turn(Say(201, started())))) as server:
        async with client_of(server.url) as client:
            with pytest.raises(errors.NotSupportedByServer, match="fail, use-existing"):
                await client.start_workflow(**ORDER, duplicate_policy=policy)
        assert server.to("/api/workflows") == []


@pytest.mark.parametrize(("deduplicates", "sends"), [(True, 2), (False, 1)])
async def test_an_advertised_policy_is_repeated_only_where_the_key_protects_it(
    deduplicates: bool, sends: int
) -> None:
    info = cluster_info(policies=("fail", "use-existing", "allow"), start_idempotency_key=deduplicates)
    with rude_server(with_info(in_turn(Drop(), Say(201, started())), info)) as server:
        async with client_of(server.url) as client:
            if deduplicates:
                assert (await client.start_workflow(**ORDER, duplicate_policy="allow")).run_id == RUN
            else:
                with pytest.raises(errors.OutcomeUnknown):
                    await client.start_workflow(**ORDER, duplicate_policy="allow")
        posts = server.to("/api/workflows")
    assert len(posts) == sends
    assert posts[0].json["duplicate_policy"] == "allow"


async def test_an_existing_run_can_be_used() -> None:
    existing = started(outcome="returned_existing_active", status="waiting")
    with rude_server(in_turn(Say(200, existing))) as server:
        async with client_of(server.url) as client:
            await client.start_workflow(**ORDER, duplicate_policy="use-existing")
        assert server.received[0].json["duplicate_policy"] == "use-existing"


@pytest.mark.parametrize(
    ("parameter", "value"),
    [
        ("workflow_id", ""),
        ("workflow_id", "a/b"),
        ("workflow_id", "a?b"),
        ("workflow_id", "x" * 129),
        ("workflow_id", "ümlaut"),
        ("workflow_id", "a\n"),
        ("workflow_id", None),
        ("workflow_type", ""),
        ("workflow_type", "x" * 256),
        ("task_queue", ""),
        ("task_queue", "  "),
        ("task_queue", "q" * 256),
        ("input", "Ada"),
        ("input", {"name": "Ada"}),
        ("execution_timeout_seconds", 0),
        ("execution_timeout_seconds", -1),
        ("execution_timeout_seconds", True),
        ("run_timeout_seconds", 1.5),
        ("run_timeout_seconds", "60"),
        ("duplicate_policy", "sometimes"),
        ("duplicate_policy", ["fail"]),
        ("memo", ["a"]),
        ("memo", {1: "a"}),
        ("search_attributes", "a"),
    ],
)
async def test_bad_arguments_are_named_and_not_sent(parameter: str, value: Any) -> None:
    with rude_server(in_turn(Say(201, started()))) as server:
        async with client_of(server.url) as client:
            with pytest.raises(errors.InvalidArgument, match=parameter) as caught:
                await client.start_workflow(**{**ORDER, parameter: value})
        assert server.received == []
    assert parameter in caught.value.errors


async def test_a_memo_that_is_no_json_is_not_sent() -> None:
    with rude_server(in_turn(Say(201, started()))) as server:
        async with client_of(server.url) as client:
            for memo in ({"a": object()}, {"a": float("nan")}, {"a": {1, 2}}):
                with pytest.raises(errors.InvalidArgument, match="JSON"):
                    await client.start_workflow(**ORDER, memo=memo)
        assert server.received == []


@pytest.mark.parametrize(
    ("workflow_id", "target"),
    [
        ("..", "/api/workflows/%2E%2E"),
        (".", "/api/workflows/%2E"),
        ("a:b", "/api/workflows/a%3Ab"),
        ("a.b", "/api/workflows/a.b"),
    ],
)
async def test_an_id_stays_one_segment_of_the_path(workflow_id: str, target: str) -> None:
    def behave(request: Received) -> Say:
        return Say(body=description(workflow_id))

    with rude_server(behave) as server:
        async with client_of(server.url) as client:
            await client.describe_workflow(workflow_id)
        assert [request.target for request in server.received] == [target]
