"""The synchronous twin: the same calls, the same answers, the same refusals."""

from __future__ import annotations

import inspect
import sys
import threading
from typing import Any

import pytest

import durable_workflow.client
import durable_workflow.sync
from durable_workflow import TransportRetryPolicy, errors, serializer
from support.rude_server import Drop, Reaction, Received, Say, in_turn, rude_server
from support.wire_answers import (
    RUN,
    by_path,
    cluster_info,
    description,
    duplicate,
    event,
    history,
    receipt,
    started,
    with_info,
)

QUICK = TransportRetryPolicy(initial_backoff_seconds=0.01, jitter=False)
RENAMED = {"aclose": "close", "__aenter__": "__enter__", "__aexit__": "__exit__"}


def public(cls: type) -> dict[str, Any]:
    names = [name for name in dir(cls) if not name.startswith("_") or name in {*RENAMED, *RENAMED.values()}]
    return {name: getattr(cls, name) for name in names}


@pytest.mark.parametrize("name", ["Client", "WorkflowHandle"])
def test_every_call_has_its_twin_with_the_same_parameters(name: str) -> None:
    source, twin = getattr(durable_workflow.client, name), getattr(durable_workflow.sync, name)
    assert {RENAMED.get(each, each) for each in public(source)} == set(public(twin))
    for each, method in public(source).items():
        if callable(method):
            same = public(twin)[RENAMED.get(each, each)]
            assert list(inspect.signature(method).parameters) == list(inspect.signature(same).parameters)
            assert not inspect.iscoroutinefunction(same)


def test_values_are_shared() -> None:
    assert durable_workflow.sync.WorkflowExecution is durable_workflow.client.WorkflowExecution


def test_the_life_of_a_workflow() -> None:
    def behave(request: Received) -> Reaction:
        if request.method == "POST" and request.path == "/api/workflows":
            return Say(201, started())
        if "/signal/" in request.path:
            return Say(202, receipt())
        if request.path.endswith("/terminate"):
            return Say(200, receipt("terminated"))
        if request.path.endswith("/history"):
            return Say(body=history(event("StartAccepted", {})))
        return Say(body=description(status="completed", output_envelope=serializer.envelope(7)))

    with rude_server(behave) as server, durable_workflow.sync.Client(server.url, token="t") as client:
        handle = client.start_workflow(workflow_type="order", task_queue="orders", workflow_id="order-1")
        handle.signal("approve", ["Bob"])
        handle.terminate(reason="op")
        assert handle.describe().status == "completed"
        assert handle.result() == 7
        assert len(client.get_history("order-1", RUN)["events"]) == 1
        assert server.connections == 1


def test_ambiguous_starts_and_signals() -> None:
    behave = by_path(
        workflows=in_turn(Drop(), Say(409, duplicate())),
        approve=in_turn(Drop(), Say(202, receipt())),
        other=lambda request: Say(body=description(started_at="2026-01-01T00:00:00Z")),
    )
    with (
        rude_server(with_info(behave)) as server,
        durable_workflow.sync.Client(server.url, retry_policy=QUICK) as client,
    ):
        with pytest.raises(errors.WorkflowAlreadyStarted) as caught:
            client.start_workflow(workflow_type="order", task_queue="orders", workflow_id="order-1")
        assert caught.value.ambiguous
        with pytest.raises(errors.OutcomeUnknown):
            client.signal_workflow("order-1", "approve")
        assert len(server.to("/approve")) == 1


def test_waiting_and_polling() -> None:
    open_run, done = Say(body=description()), Say(body=description(status="cancelled"))
    behave = by_path(
        order_1=in_turn(open_run, done),
        history=lambda request: Say(body=history(event("WorkflowCancelled", {"message": "user asked"}))),
        other=in_turn(Drop(), Say(body={"task": {"task_id": "t1"}})),
    )
    info = cluster_info("1.4", describe_wait_closed=True)
    with (
        rude_server(with_info(behave, info)) as server,
        durable_workflow.sync.Client(server.url, retry_policy=QUICK) as client,
    ):
        with pytest.raises(errors.WorkflowCancelled, match="user asked"):
            client.get_workflow_handle("order-1").result()
        assert client.poll_workflow_task(worker_id="w", task_queue="q") == {"task_id": "t1"}
        first, second = server.to("/poll")
        assert first.json["poll_request_id"] == second.json["poll_request_id"]
        assert first.headers["x-durable-workflow-protocol-version"] == "1.4"


def test_a_wait_in_one_thread_does_not_stop_another() -> None:
    def behave(request: Received) -> Reaction:
        held = request.path.endswith("slow")
        return Say(body=description(status="completed"), after=1.0 if held else 0.0)

    with rude_server(behave) as server, durable_workflow.sync.Client(server.url) as client:
        waiting = threading.Thread(target=client.describe_workflow, args=("slow",))
        waiting.start()
        client.describe_workflow("quick")
        assert waiting.is_alive()
        waiting.join()


def test_the_twin_needs_no_asyncio() -> None:
    modules = [module for name, module in sys.modules.items() if name.startswith("durable_workflow._sync")]
    assert modules
    assert not [module.__name__ for module in modules if hasattr(module, "asyncio")]
