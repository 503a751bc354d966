from __future__ import annotations

import pytest

from durable_workflow import serializer

CHILD = {"type": "start_child_workflow", "workflow_type": "shipment"}
FAILED = {"type": "fail_workflow", "message": "child went bad", "exception_type": "ValueError"}
RETRIED = {**CHILD, "retry_policy": {"max_attempts": 2, "backoff_seconds": [10]}}


async def family(server, command=CHILD, **start):
    """Start a parent and its child; return the parent and the child's first task."""
    parent = await server.begun(command, **start)
    return parent, await server.take()


async def test_a_failed_child_is_tried_again_after_its_back_off(server):
    parent, task = await family(server, {**RETRIED, "arguments": serializer.envelope([7])})
    await server.complete(task, FAILED)
    types = await server.types(parent)
    assert types[2:] == ["ChildWorkflowScheduled", "ChildRunStarted", "ChildRunStarted"]
    assert await server.poll() is None
    described = await server.describe(task["workflow_id"])
    assert (described["run_number"], described["status"], described["input"]) == (2, "pending", [7])
    await server.advance(9.9)
    assert await server.poll() is None
    await server.advance(0.1)
    second = await server.take()
    assert (second["run_id"], second["workflow_id"]) == (described["run_id"], task["workflow_id"])
    first_start, retry = [
        event["payload"] for event in await server.events(parent) if event["event_type"] == "ChildRunStarted"
    ]
    assert retry["child_call_id"] == first_start["child_call_id"]
    assert retry["workflow_link_id"] != first_start["workflow_link_id"]
    assert "task" not in retry
    assert "run_timeout_seconds" not in retry
    assert {name: retry[name] for name in list(retry)[7:]} == {
        "child_run_number": 2,
        "parent_close_policy": "abandon",
        "retry_attempt": 2,
        "retry_of_child_workflow_run_id": task["run_id"],
        "retry_backoff_seconds": 10,
        "retry_policy": {
            "snapshot_version": 1,
            "max_attempts": 2,
            "backoff_seconds": [10],
            "non_retryable_error_types": [],
        },
    }
    started = second["history_events"][0]["payload"]
    assert (started["retry_attempt"], started["retry_of_child_workflow_run_id"]) == (2, task["run_id"])
    assert started["parent_sequence"] == 3
    await server.complete(second, FAILED)
    payload = await server.last(parent, "ChildRunFailed")
    assert (payload["child_run_number"], payload["child_workflow_run_id"]) == (2, second["run_id"])
    assert (await server.take())["workflow_id"] == "w1"


async def test_news_does_not_cut_the_back_off_of_a_child_short(server):
    _, task = await family(server, RETRIED)
    await server.complete(task, FAILED)
    await server.signal("hurry", workflow_id=task["workflow_id"])
    assert await server.poll() is None
    await server.advance(10)
    second = await server.take()
    assert [event["event_type"] for event in second["history_events"]] == [
        "WorkflowStarted",
        "SignalReceived",
    ]


async def test_a_repair_leaves_the_back_off_of_a_child_alone(server):
    _, task = await family(server, RETRIED)
    await server.complete(task, FAILED)
    path = {"workflowId": task["workflow_id"]}
    body = await server.call("repairWorkflow", path=path, body={})
    assert body["outcome"] == "repair_not_needed"
    assert (await server.last(await server.describe(task["workflow_id"]), "RepairRequested"))[
        "liveness_state"
    ] == "waiting_for_retry"
    assert await server.poll() is None


async def test_a_child_whose_code_was_told_to_end_is_not_tried_again(server):
    await server.register(capabilities=["cancellation_delivery"])
    await server.start()
    await server.complete(await server.take(), RETRIED)
    task = await server.take()
    path = {"workflowId": task["workflow_id"]}
    told = await server.call("cancelWorkflow", 202, path=path, body={})
    assert told["outcome"] == "cancel_requested"
    await server.complete(task, FAILED)
    assert (await server.describe(task["workflow_id"]))["run_number"] == 1


async def test_a_child_that_waits_for_its_next_attempt_is_cancelled_at_once(server):
    await server.register(capabilities=["cancellation_delivery"])
    parent = await server.start()
    await server.complete(await server.take(), RETRIED)
    task = await server.take()
    await server.complete(task, FAILED)
    path = {"workflowId": task["workflow_id"]}
    assert (await server.call("cancelWorkflow", path=path, body={}))["outcome"] == "cancelled"
    assert (await server.types(parent))[-1] == "ChildRunCancelled"


async def test_a_child_without_back_off_is_tried_again_at_once(server):
    _, task = await family(server, {**CHILD, "retry_policy": {"max_attempts": 3}})
    await server.complete(task, FAILED)
    second = await server.take()
    assert second["workflow_id"] == task["workflow_id"]
    assert "wf:default:q" in server.topics
    await server.complete(second, FAILED)
    assert (await server.take())["workflow_id"] == task["workflow_id"]


@pytest.mark.parametrize(
    ("policy", "failure"),
    [
        ({"max_attempts": 3}, {"non_retryable": True}),
        ({"max_attempts": 3, "non_retryable_error_types": ["ValueError"]}, {}),
        ({"max_attempts": 3, "non_retryable_error_types": ["Fatal"]}, {"exception_class": "Fatal"}),
        ({"backoff_seconds": [1, 2]}, {}),
        ({}, {}),
    ],
)
async def test_failures_that_are_final(server, policy, failure):
    parent, task = await family(server, {**CHILD, "retry_policy": policy})
    await server.complete(task, {**FAILED, **failure})
    assert (await server.types(parent))[-1] == "ChildRunFailed"


async def test_a_timed_out_run_is_tried_again_within_the_time_of_all_runs(server):
    limits = {"execution_timeout_seconds": 45, "run_timeout_seconds": 20}
    policy = {"max_attempts": 9, "backoff_seconds": [4]}
    parent, task = await family(server, {**CHILD, **limits, "retry_policy": policy})
    await server.advance(20)
    second = await server.describe(task["workflow_id"])
    first = await server.last(task, "WorkflowTimedOut")
    assert second["execution_deadline_at"] == first["execution_deadline_at"]
    # A run's own time starts when the back-off is over: after 24 of 45 seconds, and after 48, which is late.
    await server.advance(23)
    assert (await server.describe(task["workflow_id"]))["run_number"] == 2
    await server.advance(1)
    assert (await server.types(parent))[-2:] == ["ChildRunStarted", "ChildRunFailed"]
    assert (await server.last(second, "WorkflowTimedOut"))["timeout_kind"] == "run_timeout"


async def test_a_continued_child_has_all_its_attempts_again(server):
    parent, task = await family(server, {**CHILD, "retry_policy": {"max_attempts": 2}})
    await server.complete(task, FAILED)
    await server.complete(
        await server.take(), {"type": "continue_as_new", "arguments": serializer.envelope([3])}
    )
    await server.complete(await server.take(), FAILED)
    again = await server.take()
    assert serializer.decode(again["arguments"]["blob"]) == [3]
    assert again["history_events"][0]["payload"]["retry_attempt"] == 2
    await server.complete(again, FAILED)
    assert (await server.last(parent, "ChildRunFailed"))["child_run_number"] == 4
