"""Waiting for a result."""

from __future__ import annotations

import time
from typing import Any

import pytest

from durable_workflow import Client, TransportRetryPolicy, errors, serializer
from support.rude_server import Behaviour, Drop, Reaction, Received, RudeServer, Say, in_turn, rude_server
from support.wire_answers import NEXT_RUN, RUN, by_path, cluster_info, description, event, history, with_info

QUICK = TransportRetryPolicy(initial_backoff_seconds=0.01, jitter=False)
DONE = description(status="completed", output="plain", output_envelope=serializer.envelope({"n": 7}))
OPEN = Say(body=description())


def client_of(url: str) -> Client:
    return Client(url, retry_policy=QUICK)


async def result_from(behaviour: Behaviour, **options: Any) -> tuple[Any, RudeServer]:
    with rude_server(behaviour) as server:
        async with client_of(server.url) as client:
            return await client.get_workflow_handle("order-1").result(**options), server


def closed(status: str, closing: dict[str, Any] | None, **changes: Any) -> Behaviour:
    events = [event("StartAccepted", {})] + ([closing] if closing else [])
    return by_path(
        history=lambda request: Say(body=history(*events)),
        other=lambda request: Say(body=description(status=status, **changes)),
    )


async def test_the_result_of_a_closed_run_takes_one_request() -> None:
    result, server = await result_from(in_turn(Say(body=DONE)))
    assert result == {"n": 7}
    assert [request.target for request in server.received] == ["/api/workflows/order-1"]


@pytest.mark.parametrize(("changes", "expected"), [({"output": 3}, 3), ({}, None)])
async def test_a_result_without_envelope(changes: dict[str, Any], expected: Any) -> None:
    result, _ = await result_from(in_turn(Say(body=description(status="completed", **changes))))
    assert result == expected


async def test_a_result_that_cannot_be_decoded() -> None:
    broken = description(status="completed", output_envelope={"codec": "avro", "blob": "!!!"})
    with pytest.raises(errors.PayloadDecodeError):
        await result_from(in_turn(Say(body=broken)))


async def test_a_server_that_can_hold_is_not_polled() -> None:
    def behave(request: Received) -> Reaction:
        return Say(body=DONE, after=0.3) if "wait_closed_seconds=" in request.target else OPEN

    result, server = await result_from(with_info(behave, cluster_info(describe_wait_closed=True)), timeout=20)
    assert result == {"n": 7}
    targets = [request.target for request in server.received]
    assert targets == [
        "/api/workflows/order-1",
        "/api/cluster/info",
        "/api/workflows/order-1?wait_closed_seconds=20",
    ]


async def test_other_servers_are_asked_at_intervals() -> None:
    result, server = await result_from(with_info(in_turn(OPEN, OPEN, Say(body=DONE))), poll_interval=0.1)
    assert result == {"n": 7}
    describes = server.to("/order-1")
    assert len(describes) == 3
    assert describes[2].at - describes[0].at >= 0.2
    assert len(server.to("/cluster/info")) == 1


async def test_a_server_that_does_not_hold_what_it_offers_is_not_hammered() -> None:
    info = cluster_info(describe_wait_closed=True)
    with rude_server(with_info(in_turn(OPEN), info)) as server:
        async with client_of(server.url) as client:
            with pytest.raises(errors.ResultTimeout):
                await client.get_workflow_handle("order-1").result(timeout=1.0, poll_interval=0.2)
        assert 4 <= len(server.to("/order-1")) <= 8


async def test_a_wait_that_is_over() -> None:
    with rude_server(with_info(in_turn(OPEN))) as server:
        async with client_of(server.url) as client:
            began = time.monotonic()
            with pytest.raises(errors.ResultTimeout, match=r"order-1.*waiting") as caught:
                await client.get_workflow_handle("order-1").result(timeout=0.4, poll_interval=0.1)
            assert 0.35 < time.monotonic() - began < 1.5
            with pytest.raises(TimeoutError):
                await client.get_workflow_handle("order-1").result(timeout=0)
    assert isinstance(caught.value, errors.DurableWorkflowError)


async def test_a_server_that_is_away_for_a_while_is_waited_for() -> None:
    away = [Drop()] * 7 + [Say(503, {})] * 4
    result, server = await result_from(with_info(in_turn(OPEN, *away, Say(body=DONE))), poll_interval=0.05)
    assert result == {"n": 7}
    assert len(server.to("/order-1")) == 13


async def test_a_server_that_was_never_there_is_an_error_at_once() -> None:
    with rude_server(in_turn(Drop())) as server:
        async with client_of(server.url) as client:
            with pytest.raises(errors.ConnectionFailed):
                await client.get_workflow_handle("order-1").result(timeout=30)


async def test_an_outage_at_the_end_of_the_wait_is_its_cause() -> None:
    with rude_server(with_info(in_turn(OPEN, Drop()))) as server:
        async with client_of(server.url) as client:
            with pytest.raises(errors.ResultTimeout) as caught:
                await client.get_workflow_handle("order-1").result(timeout=0.5, poll_interval=0.1)
    assert isinstance(caught.value.__cause__, errors.ConnectionFailed)


async def test_a_workflow_that_vanishes_is_an_error() -> None:
    gone = Say(404, {"reason": "instance_not_found", "message": "m", "workflow_id": "order-1"})
    with pytest.raises(errors.WorkflowNotFound):
        await result_from(with_info(in_turn(OPEN, gone)), poll_interval=0.01)


async def test_continue_as_new_is_followed() -> None:
    def behave(request: Received) -> Reaction:
        if request.path.endswith("history"):
            payload = {"continued_to_run_id": NEXT_RUN, "closed_reason": "continued"}
            return Say(body=history(event("WorkflowContinuedAsNew", payload)))
        if request.path.endswith(NEXT_RUN):
            return Say(body={**DONE, "run_id": NEXT_RUN, "run_number": 2})
        return Say(body=description(status="completed", closed_reason="continued"))

    for handle_run in (RUN, None):
        with rude_server(behave) as server:
            async with client_of(server.url) as client:
                handle = client.get_workflow_handle("order-1", run_id=handle_run)
                assert await client.get_result(handle) == {"n": 7}
            assert server.received[-1].path == f"/api/workflows/order-1/runs/{NEXT_RUN}"


async def test_a_failure_carries_what_history_says() -> None:
    payload = {
        "failure_category": "application",
        "non_retryable": True,
        "exception_type": "CardDeclined",
        "exception_class": "RuntimeException",
        "message": "no money",
        "exception": {
            "type": "CardDeclined",
            "message": "no money",
            "details": serializer.encode({"code": 51}),
            "details_payload_codec": "avro",
        },
    }
    with pytest.raises(errors.WorkflowFailed) as caught:
        await result_from(closed("failed", event("WorkflowFailed", payload, 3)))
    error = caught.value
    assert type(error) is errors.WorkflowFailed
    assert (error.message, error.exception_type, error.exception_class) == (
        "no money",
        "CardDeclined",
        "RuntimeException",
    )
    assert (error.details, error.non_retryable) == ({"code": 51}, True)
    assert (error.workflow_id, error.run_id) == ("order-1", RUN)


@pytest.mark.parametrize(
    ("details", "expected"),
    [
        ({"code": 51}, {"code": 51}),
        (serializer.envelope([1]), [1]),
        ({"codec": "avro", "blob": "!!!"}, {"codec": "avro", "blob": "!!!"}),
        (None, None),
    ],
)
async def test_details_in_any_form_never_hide_the_failure(details: Any, expected: Any) -> None:
    payload = {"message": "m", "exception": {"details": details}}
    with pytest.raises(errors.WorkflowFailed) as caught:
        await result_from(closed("failed", event("WorkflowFailed", payload)))
    assert caught.value.details == expected


@pytest.mark.parametrize(
    ("status", "closing", "changes", "kind", "text"),
    [
        (
            "failed",
            event("WorkflowTimedOut", {"timeout_kind": "run_timeout"}),
            {"closed_reason": "timed_out"},
            errors.WorkflowTimedOut,
            "run_timeout",
        ),
        ("failed", None, {"closed_reason": "timed_out"}, errors.WorkflowTimedOut, "timed out"),
        ("failed", None, {}, errors.WorkflowFailed, "order-1 failed"),
        ("failed", event("WorkflowFailed", []), {}, errors.WorkflowFailed, "order-1 failed"),
        (
            "cancelled",
            event("WorkflowCancelled", {"message": "cancelled: user asked"}),
            {},
            errors.WorkflowCancelled,
            "user asked",
        ),
        ("cancelled", None, {}, errors.WorkflowCancelled, "order-1 was cancelled"),
        ("terminated", event("WorkflowTerminated", {"reason": "op"}), {}, errors.WorkflowTerminated, "op"),
    ],
)
async def test_every_end_has_its_error(
    status: str,
    closing: dict[str, Any] | None,
    changes: dict[str, Any],
    kind: type[errors.WorkflowOutcomeError],
    text: str,
) -> None:
    with pytest.raises(kind, match=text) as caught:
        await result_from(closed(status, closing, **changes))
    assert type(caught.value) is kind


async def test_the_closing_event_of_a_long_history_is_found() -> None:
    def page(request: Received) -> Reaction:
        if "next_page_token" in request.target:
            return Say(body=history(event("WorkflowFailed", {"message": "at the end"}, 1001)))
        return Say(body=history(event("ActivityFailed", {"message": "in between"}), token="MTAwMA=="))

    with pytest.raises(errors.WorkflowFailed, match="at the end"):
        await result_from(by_path(history=page, other=lambda r: Say(body=description(status="failed"))))


@pytest.mark.parametrize(
    "options", [{"timeout": -1}, {"timeout": "1"}, {"poll_interval": -1}, {"poll_interval": float("nan")}]
)
async def test_bad_times_are_named(options: dict[str, Any]) -> None:
    with pytest.raises(errors.InvalidArgument, match=next(iter(options))):
        await result_from(in_turn(OPEN), **options)


async def test_waiting_for_ever() -> None:
    result, _ = await result_from(with_info(in_turn(OPEN, Say(body=DONE))), timeout=None, poll_interval=0.01)
    assert result == {"n": 7}
