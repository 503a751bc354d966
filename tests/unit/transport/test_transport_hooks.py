"""What hooks and the log are told of requests, and what they are not told."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import Any

import pytest

from durable_workflow import Client, TransportRetryPolicy, errors
from durable_workflow.hooks import AttemptOutcome, RequestAttempt, RequestHook
from support.rude_server import Drop, Say, in_turn, rude_server
from support.wire_answers import description, started

FOUND = Say(body=description())
SECRETS = ("t0ken-of-the-client", "pay-load-of-the-start", "Bearer")


class Watching(RequestHook):
    def __init__(self, headers: dict[str, str] | None = None) -> None:
        self.headers = headers or {}
        self.told: list[tuple[RequestAttempt, AttemptOutcome | None]] = []

    def on_request(self, attempt: RequestAttempt) -> None:
        attempt.headers.update(self.headers)
        self.told.append((attempt, None))

    def on_answer(self, attempt: RequestAttempt, outcome: AttemptOutcome) -> None:
        self.told.append((attempt, outcome))


def describe(client: Any) -> Any:
    return client.describe_workflow("order-1")


def start(client: Any) -> Any:
    return client.start_workflow(
        workflow_type="order", task_queue="orders", workflow_id="order-1", input=[SECRETS[1]]
    )


async def test_each_attempt_is_told_before_and_after(use: Callable[..., Any]) -> None:
    hook = Watching()
    with rude_server(in_turn(Drop(), Say(503, {}), FOUND)) as server:
        await use(server.url, describe, hooks=[hook], namespace="shop")
    attempts = [attempt for attempt, outcome in hook.told if outcome is None]
    ended = [(attempt, outcome) for attempt, outcome in hook.told if outcome is not None]
    assert [attempt for attempt, _ in ended] == attempts
    assert [attempt.number for attempt in attempts] == [1, 2, 3]
    assert [(o.status, o.fault) for _, o in ended] == [(None, "lost"), (503, None), (200, None)]
    assert all(outcome.duration_seconds > 0 for _, outcome in ended)
    first = attempts[0]
    assert (first.operation, first.method, first.path) == (
        "describeWorkflow",
        "GET",
        "/api/workflows/order-1",
    )
    assert (dict(first.ids), first.namespace, first.request_id) == ({"workflow_id": "order-1"}, "shop", None)


async def test_a_start_is_told_by_its_names_and_key(use: Callable[..., Any]) -> None:
    hook = Watching()
    with rude_server(in_turn(Say(201, started()))) as server:
        await use(server.url, start, hooks=[hook], token=SECRETS[0])
        (request,) = server.to("/workflows")
    attempt = next(attempt for attempt, _ in hook.told if attempt.operation == "startWorkflow")
    assert dict(attempt.ids) == {"workflow_id": "order-1", "task_queue": "orders"}
    assert attempt.request_id == request.headers["idempotency-key"]
    assert not [secret for secret in SECRETS if secret in repr(hook.told)]


async def test_a_cancelled_attempt_is_told(sender: str) -> None:
    hook = Watching()
    with rude_server(lambda request: Say(body=description(), after=30)) as server:
        async with Client(server.url, hooks=[hook]) as client:
            task = asyncio.create_task(describe(client))
            while not server.received:
                await asyncio.sleep(0.001)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
    outcome = hook.told[-1][1]
    assert outcome is not None
    assert outcome.fault == "cancelled"


async def test_headers_are_added_for_one_attempt_and_replace_none(use: Callable[..., Any]) -> None:
    class Counting(Watching):
        def on_request(self, attempt: RequestAttempt) -> None:
            attempt.headers["X-Attempt"] = str(attempt.number)
            attempt.headers.update({"AUTHORIZATION": "mine", "x-namespace": "mine", "Host": "mine"})
            attempt.headers.update({"X-Bad": "a\r\nX-Smuggled: 1", "X Bad": "1"})
            if attempt.number == 1:
                attempt.headers["X-First"] = "1"

    with rude_server(in_turn(Drop(), FOUND)) as server:
        await use(server.url, describe, hooks=[Counting()], token="t")
        first, second = server.received
    assert (first.headers["x-attempt"], second.headers["x-attempt"]) == ("1", "2")
    assert "x-first" in first.headers
    assert "x-first" not in second.headers
    assert (second.headers["authorization"], second.headers["x-namespace"]) == ("Bearer t", "default")
    assert not {"x-smuggled", "x-bad", "x bad"} & second.headers.keys()


async def test_a_broken_hook_breaks_no_call(
    use: Callable[..., Any], caplog: pytest.LogCaptureFixture
) -> None:
    class Broken(RequestHook):
        def on_request(self, attempt: RequestAttempt) -> None:
            raise RuntimeError("no collector")

    hook = Watching()
    with rude_server(in_turn(FOUND)) as server:
        assert (await use(server.url, describe, hooks=[Broken(), hook])).workflow_id == "order-1"
    assert len(hook.told) == 2
    assert "Broken failed" in caplog.text


@pytest.mark.parametrize("wrong", [RequestHook, object(), print])
def test_what_is_no_hook_is_refused(wrong: Any) -> None:
    with pytest.raises(errors.InvalidArgument, match="RequestHook"):
        Client("http://localhost:1", hooks=[wrong])


async def test_the_log_has_operation_ids_attempt_and_duration(
    use: Callable[..., Any], caplog: pytest.LogCaptureFixture
) -> None:
    with (
        caplog.at_level(logging.DEBUG, "durable_workflow.client"),
        rude_server(in_turn(Say(503, {}, {"Retry-After": "0"}), Say(201, started()))) as server,
    ):
        await use(server.url, start, token=SECRETS[0])
    records = [r for r in caplog.records if getattr(r, "operation", None) == "startWorkflow"]
    assert [(r.levelname, r.__dict__["attempt"], r.__dict__["status"]) for r in records] == [
        ("INFO", 1, 503),
        ("DEBUG", 2, 201),
    ]
    for record in records:
        assert record.__dict__["ids"] == {"workflow_id": "order-1", "task_queue": "orders"}
        assert record.__dict__["duration_seconds"] > 0
        assert record.__dict__["request_id"]
        assert "startWorkflow order-1 orders: " in record.getMessage()


async def test_no_log_holds_a_token_or_a_payload(
    use: Callable[..., Any], caplog: pytest.LogCaptureFixture
) -> None:
    def echo_nothing(request: Any) -> Say:
        assert SECRETS[0] in request.headers["authorization"]
        return Say(500, {"message": request.body.decode(), "input": [SECRETS[1]]})

    with (
        caplog.at_level(1),
        rude_server(echo_nothing) as server,
        pytest.raises(errors.CallError),
    ):
        await use(server.url, start, token=SECRETS[0], retry_policy=TransportRetryPolicy(max_attempts=2))
    assert caplog.records
    logged = "".join(f"{record.getMessage()} {record.__dict__}" for record in caplog.records)
    assert not [secret for secret in SECRETS if secret in logged]
