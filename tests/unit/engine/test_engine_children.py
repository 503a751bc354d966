from __future__ import annotations

import pytest

from durable_workflow import serializer
from durable_workflow.server import engine
from durable_workflow.server._calls import Call
from durable_workflow.server._capabilities import server_capabilities
from durable_workflow.server.engine import wakeups

CHILD = {"type": "start_child_workflow", "workflow_type": "shipment"}
DONE = {"type": "complete_workflow"}
FAILED = {"type": "fail_workflow", "message": "child went bad", "exception_type": "ValueError"}
RETRIED = {**CHILD, "retry_policy": {"max_attempts": 2, "backoff_seconds": [10]}}


async def family(server, command=CHILD, **start):
    """Start a parent and its child; return the parent and the child's first task."""
    parent = await server.begun(command, **start)
    return parent, await server.take()


def test_children_are_advertised():
    capabilities = server_capabilities(engine.SUPPORTED_COMMANDS, 30.0)
    assert "start_child_workflow" in capabilities["supported_workflow_task_commands"]
    names = ("child_workflow_retry_policy", "child_workflow_timeouts", "parent_close_policy")
    assert [capabilities[name] for name in names] == [True, True, True]


async def test_a_child_starts_in_the_transaction_of_its_parents_task(server):
    await server.register()
    parent = await server.start()
    task = await server.take()
    body = await server.complete(
        task,
        {"type": "start_timer", "delay_seconds": 9},
        {**CHILD, "arguments": serializer.envelope([5])},
        CHILD,
    )
    first, second = await server.take(), await server.take()
    assert body["created_task_ids"][1:] == [first["task_id"], second["task_id"]]
    assert [(e["event_type"], e["payload"]["sequence"]) for e in (await server.events(parent))[2:]] == [
        ("TimerScheduled", 3),
        ("ChildWorkflowScheduled", 4),
        ("ChildRunStarted", 4),
        ("ChildWorkflowScheduled", 5),
        ("ChildRunStarted", 5),
    ]
    started = (await server.events(parent))[4]["payload"]
    assert started.pop("task")["id"] == task["task_id"]
    assert started == {
        "sequence": 4,
        "workflow_link_id": started["child_call_id"],
        "child_call_id": started["child_call_id"].upper(),
        "child_workflow_instance_id": first["workflow_id"],
        "child_workflow_run_id": first["run_id"],
        "child_workflow_class": "shipment",
        "child_workflow_type": "shipment",
        "child_run_number": 1,
        "parent_close_policy": "abandon",
        "retry_policy": None,
        "timeout_policy": None,
        "execution_timeout_seconds": None,
        "run_timeout_seconds": None,
        "execution_deadline_at": None,
        "run_deadline_at": None,
    }
    assert first["history_events"][0]["payload"] == {
        "workflow_class": "shipment",
        "workflow_type": "shipment",
        "workflow_instance_id": first["workflow_id"],
        "workflow_run_id": first["run_id"],
        "parent_workflow_instance_id": "w1",
        "parent_workflow_run_id": parent["run_id"],
        "parent_sequence": 4,
        "workflow_link_id": started["workflow_link_id"],
        "child_call_id": started["child_call_id"],
        "retry_policy": None,
        "timeout_policy": None,
        "execution_timeout_seconds": None,
        "run_timeout_seconds": None,
        "execution_deadline_at": None,
        "run_deadline_at": None,
    }
    inputs = [serializer.decode(task["arguments"]["blob"]) for task in (first, second)]
    assert (inputs, first["task_queue"]) == ([[5], []], "q")


async def test_a_child_may_have_a_queue_of_its_own(server):
    await server.begun({**CHILD, "queue": "q2"})
    assert await server.poll() is None
    await server.register("k2", task_queue="q2")
    assert (await server.take("k2", task_queue="q2"))["workflow_type"] == "shipment"


async def test_the_parent_waits_for_its_child_and_gets_its_result_once(server):
    parent, task = await family(server)
    described = await server.describe()
    assert (described["wait_kind"], described["wait_reason"]) == (
        "child",
        "Waiting for child workflow shipment",
    )
    await server.complete(task, {**DONE, "result": serializer.envelope({"n": 5})})
    woken = await server.take()
    call_id = (await server.last(parent, "ChildRunStarted"))["child_call_id"]
    assert {name: woken[name] for name in woken if name.startswith(("resume", "child", "open_wait"))} == {
        "open_wait_id": f"child:{call_id}",
        "resume_source_kind": "child_workflow_run",
        "resume_source_id": task["run_id"],
        "child_call_id": call_id,
        "child_workflow_run_id": task["run_id"],
    }
    assert (woken["workflow_wait_kind"], woken["workflow_sequence"]) == ("child", 3)
    assert woken["workflow_event_type"] == "ChildRunCompleted"
    payload = await server.last(parent, "ChildRunCompleted")
    assert (payload["child_status"], payload["closed_reason"]) == ("completed", "completed")
    assert serializer.decode(payload["output"]) == {"n": 5}
    assert "task" not in payload
    await server.complete(woken, DONE)
    assert await server.types(parent) == [
        "StartAccepted",
        "WorkflowStarted",
        "ChildWorkflowScheduled",
        "ChildRunStarted",
        "ChildRunCompleted",
        "WorkflowCompleted",
    ]


async def test_the_failure_of_a_child_reaches_its_parent(server):
    parent, task = await family(server)
    await server.complete(task, {**FAILED, "non_retryable": True})
    own = await server.last(task, "WorkflowFailed")
    payload = await server.last(parent, "ChildRunFailed")
    for member in ("failure_id", "failure_category", "exception", "exception_type", "message"):
        assert payload[member] == own[member]
    assert payload["message"] == "child went bad"
    assert (payload["child_status"], payload["non_retryable"]) == ("failed", True)
    assert (await server.take())["workflow_event_type"] == "ChildRunFailed"


@pytest.mark.parametrize(
    ("command", "event"), [("cancel", "ChildRunCancelled"), ("terminate", "ChildRunTerminated")]
)
async def test_a_child_closed_by_command_resolves_its_step_and_is_not_tried_again(server, command, event):
    parent, task = await family(server, RETRIED)
    path = {"workflowId": task["workflow_id"]}
    await server.call(f"{command}Workflow", path=path, body={"reason": "enough"})
    payload = await server.last(parent, event)
    assert payload["child_workflow_run_id"] == task["run_id"]
    assert payload["closed_reason"] == payload["failure_category"] == payload["child_status"]
    assert payload["message"].endswith("enough")
    woken = await server.take()
    assert (woken["workflow_id"], woken["workflow_event_type"]) == ("w1", event)


async def test_a_child_that_times_out_has_failed(server):
    parent, _ = await family(server, {**CHILD, "execution_timeout_seconds": 30, "run_timeout_seconds": 20})
    started = await server.last(parent, "ChildRunStarted")
    assert started["timeout_policy"] == {
        "snapshot_version": 1,
        "execution_timeout_seconds": 30,
        "run_timeout_seconds": 20,
    }
    assert started["run_deadline_at"] < started["execution_deadline_at"]
    await server.advance(20)
    payload = await server.last(parent, "ChildRunFailed")
    assert (payload["failure_category"], payload["closed_reason"]) == ("timeout", "timed_out")
    assert payload["exception_class"] == "WorkflowTimedOut"


async def test_a_child_that_continues_as_new_resolves_with_its_last_run(server):
    parent, task = await family(server, RETRIED)
    await server.complete(task, {"type": "continue_as_new", "arguments": serializer.envelope([2])})
    second = await server.take()
    assert second["workflow_id"] == task["workflow_id"]
    started = second["history_events"][0]["payload"]
    assert started["continued_from_run_id"] == task["run_id"]
    assert (started["parent_workflow_run_id"], started["parent_sequence"]) == (parent["run_id"], 3)
    assert (await server.types(parent))[-1] == "ChildRunStarted"
    await server.complete(second, {**DONE, "result": serializer.envelope("late")})
    payload = await server.last(parent, "ChildRunCompleted")
    assert (payload["child_run_number"], payload["child_workflow_run_id"]) == (2, second["run_id"])
    assert serializer.decode(payload["output"]) == "late"


async def test_parent_and_child_agree_after_a_restart_at_any_point(server):
    parent, task = await family(server, RETRIED)
    await server.reopen()
    await server.complete(task, FAILED)
    await server.reopen()
    await server.advance(10)
    second = await server.take()
    await server.complete(second, DONE)
    await server.reopen()
    assert (await server.types(parent))[-1] == "ChildRunCompleted"
    assert (await server.take())["workflow_event_type"] == "ChildRunCompleted"


async def test_a_child_does_not_close_when_its_parent_cannot_be_told(server, monkeypatch):
    parent, task = await family(server)
    with monkeypatch.context() as patch:
        patch.setattr(wakeups, "wake", broken)
        with pytest.raises(RuntimeError, match="lost"):
            await server.complete(task, DONE)
    assert (await server.describe(task["workflow_id"]))["status"] == "pending"
    assert (await server.types(parent))[-1] == "ChildRunStarted"
    await server.complete(task, DONE)
    assert (await server.types(parent))[-1] == "ChildRunCompleted"


def broken(*arguments):
    raise RuntimeError("lost")


async def test_the_last_of_many_children_costs_as_much_as_the_first(server):
    await server.register()
    parent = await server.start()
    await server.complete(await server.take(), *([CHILD] * 300))
    costs = [await statements(server, await server.take()) for _ in range(300)]
    # The first child makes the parent's task, the others find it.
    assert len(set(costs[1:])) == 1
    assert (await server.types(parent)).count("ChildRunCompleted") == 300


async def statements(server, task):
    """Complete a task and return how many statements and steps of the database that took."""
    count = 0

    def counted(tx):
        nonlocal count
        run = tx.execute

        def execute(sql, parameters=()):
            nonlocal count
            plan = [row[3] for row in run(f"EXPLAIN QUERY PLAN {sql}", parameters)]
            assert not [step for step in plan if step.startswith("SCAN") and "json_each" not in step], sql
            count += 1
            return run(sql, parameters)

        tx.execute = execute
        lease = {name: task[name] for name in ("lease_owner", "workflow_task_attempt")}
        call = Call(
            "completeWorkflowTask",
            "default",
            path={"taskId": task["task_id"]},
            body={**lease, "commands": [DONE]},
        )
        return engine.HANDLERS["completeWorkflowTask"](tx, call)

    await server.store.write(counted)
    return count


async def test_a_parent_at_work_hears_of_its_child_with_the_following_task(server):
    await server.register()
    parent = await server.start()
    await server.complete(await server.take(), CHILD, {"type": "start_timer", "delay_seconds": 1})
    child = await server.take()
    await server.advance(1)
    busy = await server.take()
    assert busy["run_id"] == parent["run_id"]
    await server.complete(child, DONE)
    assert await server.poll() is None
    await server.complete(busy)
    assert (await server.take())["workflow_event_type"] == "ChildRunCompleted"


async def test_a_child_started_again_under_its_id_is_nobodys_child(server):
    parent, task = await family(server)
    await server.complete(task, DONE)
    await server.start(task["workflow_id"], workflow_type="shipment", duplicate_policy="allow")
    await server.complete(await server.take(), {"type": "complete_workflow"})
    other = await server.take()
    assert other["workflow_id"] == task["workflow_id"]
    await server.complete(other, FAILED)
    assert (await server.types(parent))[-2:] == ["ChildRunCompleted", "WorkflowCompleted"]
