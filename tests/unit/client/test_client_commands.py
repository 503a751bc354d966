"""Describe, history, signal and terminate."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from durable_workflow import Client, TransportRetryPolicy, WorkflowExecution, errors, serializer
from support.rude_server import Drop, Reaction, Received, Say, in_turn, rude_server
from support.wire_answers import RUN, by_path, cluster_info, description, event, history, receipt, with_info

QUICK = TransportRetryPolicy(initial_backoff_seconds=0.01, jitter=False)
RECEIVED = Say(202, receipt())
TERMINATED = Say(200, receipt("terminated"))
NOT_ACTIVE = Say(409, receipt("rejected_not_active", command_status="rejected", reason="run_not_active"))


def client_of(url: str) -> Client:
    return Client(url, retry_policy=QUICK)


async def test_describe_decodes_the_envelopes() -> None:
    answer = description(
        status="completed", output={"server": "view"}, output_envelope=serializer.envelope({"ok": [1, 2.5]})
    )
    with rude_server(in_turn(Say(body=answer))) as server:
        async with client_of(server.url) as client:
            execution = await client.describe_workflow("order-1")
    assert execution == WorkflowExecution(
        "order-1",
        RUN,
        "order",
        "completed",
        "default",
        "orders",
        ["Ada"],
        {"ok": [1, 2.5]},
        "avro",
        closed_reason="completed",
        is_terminal=True,
        run_number=1,
        started_at=datetime(2026, 11, 22, 14, 15, 7, 32117, tzinfo=UTC),
        closed_at=datetime(2026, 11, 22, 14, 15, 18, 245115, tzinfo=UTC),
        memo={},
        search_attributes={},
    )


async def test_describe_shows_the_servers_view_of_a_foreign_codec() -> None:
    foreign = {"codec": "workflow-serializer-y", "blob": "O:8:stdClass"}
    answer = description(input=["from php"], input_envelope=foreign)
    with rude_server(in_turn(Say(body=answer))) as server:
        async with client_of(server.url) as client:
            assert (await client.describe_workflow("order-1")).input == ["from php"]


async def test_unknown_members_and_statuses_are_read() -> None:
    answer = description(status="hibernating", brand_new={"a": 1}, memo={"m": 1})
    with rude_server(in_turn(Say(body=answer))) as server:
        async with client_of(server.url) as client:
            execution = await client.describe_workflow("order-1", run_id=RUN)
        assert server.received[0].target == f"/api/workflows/order-1/runs/{RUN}"
    assert (execution.status, execution.memo) == ("hibernating", {"m": 1})


async def test_history_is_read_page_by_page() -> None:
    def behave(request: Received) -> Reaction:
        if "next_page_token=Mg%3D%3D" in request.target:
            return Say(body=history(event("WorkflowCompleted", {}, 3)))
        return Say(body=history(event("StartAccepted", {}, 1), event("WorkflowStarted", [], 2), token="Mg=="))

    with rude_server(behave) as server:
        async with client_of(server.url) as client:
            whole = await client.get_history("order-1", RUN)
        assert [r.path for r in server.received] == [f"/api/workflows/order-1/runs/{RUN}/history"] * 2
        assert "page_size=1000" in server.received[0].target
    assert [each["sequence"] for each in whole["events"]] == [1, 2, 3]
    assert whole["next_page_token"] is None
    assert (whole["workflow_id"], whole["run_id"]) == ("order-1", RUN)


@pytest.mark.parametrize("page", [{"events": None}, {"workflow_id": "a"}, [], None])
async def test_a_page_without_events_is_not_understood(page: Any) -> None:
    with rude_server(in_turn(Say(body=page))) as server:
        async with client_of(server.url) as client:
            with pytest.raises(errors.ResponseNotUnderstood):
                await client.get_history("order-1", RUN)


async def test_a_signal_is_one_request() -> None:
    with rude_server(in_turn(RECEIVED)) as server:
        async with client_of(server.url) as client:
            assert await client.signal_workflow("order-1", "approve", args=["Bob", 2]) is None
            await client.signal_workflow("order-1", "ready for/it?")
        first, second = server.received
    assert first.target == "/api/workflows/order-1/signal/approve"
    assert first.json["input"] == serializer.envelope(["Bob", 2])
    assert first.json["request_id"] != second.json["request_id"]
    assert second.target == "/api/workflows/order-1/signal/ready%20for%2Fit%3F"


async def test_a_signal_is_not_delivered_twice() -> None:
    with rude_server(with_info(in_turn(Drop(), RECEIVED))) as server:
        async with client_of(server.url) as client:
            with pytest.raises(errors.OutcomeUnknown, match="history") as caught:
                await client.signal_workflow("order-1", "approve")
        sent = server.to("/signal/approve")
    assert len(sent) == 1
    assert caught.value.request_id == sent[0].json["request_id"]


async def test_a_signal_is_repeated_where_its_key_is_recognised() -> None:
    info = cluster_info(command_request_ids=True)
    with rude_server(with_info(in_turn(Drop(), Say(502, b"bad"), RECEIVED), info)) as server:
        async with client_of(server.url) as client:
            await client.signal_workflow("order-1", "approve")
        keys = [request.json["request_id"] for request in server.to("/signal/approve")]
    assert len(keys) == 3
    assert len(set(keys)) == 1


async def test_a_500_to_a_signal_is_shown_where_a_repeat_is_dangerous() -> None:
    with rude_server(with_info(in_turn(Say(500, {"message": "Server Error"})))) as server:
        async with client_of(server.url) as client:
            with pytest.raises(errors.ServerError) as caught:
                await client.signal_workflow("order-1", "approve")
        assert len(server.to("/signal/approve")) == 1
    assert (caught.value.status, caught.value.safe_to_retry) == (500, False)


async def test_a_refused_signal_was_not_delivered_and_is_tried_again() -> None:
    with rude_server(in_turn(Say(429, {}, {"Retry-After": "0"}), RECEIVED)) as server:
        async with client_of(server.url) as client:
            await client.signal_workflow("order-1", "approve")
        assert len(server.received) == 2


@pytest.mark.parametrize("name", ["", " ", "a\nb", "x" * 257, "ü" * 129, 5, "\ud800"])
async def test_bad_signal_names_are_not_sent(name: Any) -> None:
    with rude_server(in_turn(RECEIVED)) as server:
        async with client_of(server.url) as client:
            with pytest.raises(errors.InvalidArgument, match="signal_name"):
                await client.signal_workflow("order-1", name)
            with pytest.raises(errors.InvalidArgument, match="args"):
                await client.signal_workflow("order-1", "ok", args="text")  # type: ignore[arg-type]
        assert server.received == []


async def test_terminate() -> None:
    with rude_server(in_turn(TERMINATED)) as server:
        async with client_of(server.url) as client:
            assert await client.terminate_workflow("order-1", reason="op") is None
            await client.terminate_workflow("order-1", reason="")
            with pytest.raises(errors.InvalidArgument, match="reason"):
                await client.terminate_workflow("order-1", reason="x" * 1001)
        first, second = server.received
    assert first.target == "/api/workflows/order-1/terminate"
    assert first.json["reason"] == "op"
    assert "reason" not in second.json


async def test_a_terminate_whose_answer_was_lost_has_succeeded() -> None:
    behave = by_path(
        terminate=in_turn(Drop(), NOT_ACTIVE),
        other=lambda request: Say(body=description(status="terminated")),
    )
    with rude_server(behave) as server:
        async with client_of(server.url) as client:
            await client.terminate_workflow("order-1")
        assert len(server.to("/terminate")) == 2


async def test_a_closed_workflow_is_not_terminated() -> None:
    with rude_server(in_turn(NOT_ACTIVE)) as server:
        async with client_of(server.url) as client:
            with pytest.raises(errors.WorkflowNotActive) as caught:
                await client.terminate_workflow("order-1")
        assert len(server.received) == 1
    assert caught.value.workflow_id == "order-1"


async def test_only_a_handle_with_a_run_is_pinned() -> None:
    def behave(request: Received) -> Reaction:
        if request.path.endswith("terminate"):
            return TERMINATED
        return RECEIVED if "/signal/" in request.path else Say(body=description())

    with rude_server(behave) as server:
        async with client_of(server.url) as client:
            for handle in (
                client.get_workflow_handle("order-1"),
                client.get_workflow_handle("order-1", run_id=RUN),
            ):
                await handle.describe()
                await handle.signal("approve", ["Bob"])
                await handle.terminate(reason="op")
        paths = [request.path for request in server.received]
    assert paths[:3] == [f"/api/workflows/order-1{end}" for end in ("", "/signal/approve", "/terminate")]
    assert paths[3:] == [
        f"/api/workflows/order-1/runs/{RUN}{end}" for end in ("", "/signal/approve", "/terminate")
    ]


async def test_a_client_refuses_what_cannot_be_an_address() -> None:
    for url in (
        "",
        "localhost:8080",
        "ftp://a",
        "http://",
        "http://a/api",
        "http://a/x/api/",
        "http://a?x=1",
        "http://a#f",
        "http://u:p@a",
        None,
    ):
        with pytest.raises(errors.InvalidArgument, match="base_url"):
            Client(url)  # type: ignore[arg-type]
    for parameter, value in {"namespace": "", "timeout": -1, "retry_policy": 3}.items():
        with pytest.raises(errors.InvalidArgument, match=parameter):
            Client("http://a", **{parameter: value})  # type: ignore[arg-type]
    assert Client("http://a/prefix/").base_url == "http://a/prefix"
