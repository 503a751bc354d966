from __future__ import annotations

from dataclasses import replace

import pytest

from durable_workflow import serializer
from durable_workflow.server import engine
from durable_workflow.server.engine import parent_close
from durable_workflow.server.engine.terminations import terminate_run
from durable_workflow.server.store import children, runs

CHILD = {"type": "start_child_workflow", "workflow_type": "shipment"}
DONE = {"type": "complete_workflow"}
FAILED = {"type": "fail_workflow", "message": "no"}
NEXT = {"type": "continue_as_new"}


def with_policy(policy, **members):
    return {**CHILD, "parent_close_policy": policy, **members}


async def close(server, command, workflow_id="w1", **body):
    await server.call(f"{command}Workflow", path={"workflowId": workflow_id}, body=body)


async def status(server, task):
    return (await server.describe(task["workflow_id"]))["status"]


async def test_children_are_closed_as_their_policies_say(server):
    parent = await server.begun(
        *(with_policy(policy) for policy in ("terminate", "abandon", "request_cancel"))
    )
    tasks = [await server.take() for _ in range(3)]
    await close(server, "terminate", reason="closing parent")
    assert [await status(server, task) for task in tasks] == ["terminated", "pending", "cancelled"]
    events = await server.events(parent)
    assert [event["event_type"] for event in events][-4:] == [
        "TerminateRequested",
        "WorkflowTerminated",
        "ParentClosePolicyApplied",
        "ParentClosePolicyApplied",
    ]
    assert events[-2]["payload"] == {
        "child_instance_id": tasks[0]["workflow_id"],
        "child_run_id": tasks[0]["run_id"],
        "policy": "terminate",
        "reason": "Parent workflow closed (terminated); parent-close policy: terminate.",
    }
    assert events[-1]["payload"]["policy"] == "request_cancel"
    assert (await server.types(tasks[0]))[1:] == ["TerminateRequested", "WorkflowTerminated"]
    assert (await server.types(tasks[2]))[1:] == ["CancelRequested", "WorkflowCancelled"]


async def test_the_server_itself_commands_what_a_policy_does(server):
    await server.begun(with_policy("terminate"))
    task = await server.take()
    await close(server, "terminate")
    command = (await server.last(task, "WorkflowTerminated"))["command"]
    assert (command["source"], command["auth_status"], command["auth_method"]) == (
        "server",
        "not_applicable",
        "none",
    )
    assert "request_fingerprint" not in command
    reason = "Parent workflow closed (terminated); parent-close policy: terminate."
    assert serializer.decode(command["payload"]) == {"reason": reason}


@pytest.mark.parametrize(
    ("ending", "reason"),
    [
        (lambda server, task: server.complete(task, DONE), "completed"),
        (lambda server, task: server.complete(task, FAILED), "failed"),
        (lambda server, task: server.advance(60), "timed_out"),
        (lambda server, task: close(server, "cancel"), "cancelled"),
        (lambda server, task: close(server, "terminate"), "terminated"),
        (
            lambda server, task: server.start(duplicate_policy="terminate_existing"),
            "terminated",
        ),
    ],
)
async def test_every_end_of_a_parent_applies_the_policy(server, ending, reason):
    timer = {"type": "start_timer", "delay_seconds": 1}
    parent = await server.begun(with_policy("terminate"), timer, run_timeout_seconds=60)
    child = await server.take()
    await server.advance(1)
    await ending(server, await server.take())
    assert await status(server, child) == "terminated"
    payload = await server.last(parent, "ParentClosePolicyApplied")
    assert payload["reason"].startswith(f"Parent workflow closed ({reason})")
    assert (await server.types(parent))[-1] == "ParentClosePolicyApplied"


async def test_children_live_on_when_their_parent_continues_as_new(server):
    first = await server.begun(with_policy("terminate"), CHILD, {"type": "start_timer", "delay_seconds": 1})
    bound, free = await server.take(), await server.take()
    await server.advance(1)
    await server.complete(await server.take(), NEXT)
    second = await server.take()
    assert second["run_id"] != first["run_id"]
    assert [await status(server, task) for task in (bound, free)] == ["pending", "pending"]
    await server.complete(second, DONE)
    assert [await status(server, task) for task in (bound, free)] == ["terminated", "pending"]
    assert "ParentClosePolicyApplied" not in await server.types(first)
    assert (await server.types(second))[-1] == "ParentClosePolicyApplied"


async def test_a_result_is_not_told_to_a_run_that_never_asked_for_it(server):
    first = await server.begun(CHILD, {"type": "start_timer", "delay_seconds": 1})
    child = await server.take()
    await server.advance(1)
    await server.complete(await server.take(), NEXT)
    second = await server.take()
    await server.complete(second, {"type": "start_timer", "delay_seconds": 90})
    await server.complete(child, DONE)
    assert (await server.types(first))[-1] == "WorkflowContinuedAsNew"
    assert await server.types(second) == ["WorkflowStarted", "TimerScheduled"]
    assert await server.poll() is None


async def test_a_child_that_is_left_alone_keeps_its_retry_policy(server):
    parent = await server.begun({**CHILD, "retry_policy": {"max_attempts": 2}})
    child = await server.take()
    await close(server, "terminate")
    await server.complete(child, FAILED)
    again = await server.take()
    assert (again["workflow_id"], again["run_id"] != child["run_id"]) == (child["workflow_id"], True)
    await server.complete(again, FAILED)
    assert await server.poll() is None
    assert (await server.types(parent))[-1] == "WorkflowTerminated"


async def test_a_policy_reaches_the_newest_run_of_a_child(server):
    retry = {"retry_policy": {"max_attempts": 2, "backoff_seconds": [50]}}
    await server.begun(with_policy("terminate", **retry))
    first = await server.take()
    await server.complete(first, NEXT)
    second = await server.take()
    await server.complete(second, FAILED)
    await close(server, "terminate")
    described = await server.describe(first["workflow_id"])
    assert (described["run_number"], described["status"]) == (3, "terminated")
    await server.advance(50)
    assert await server.poll() is None


async def test_children_that_ended_before_their_parent_are_left_alone(server):
    parent = await server.begun(with_policy("terminate"))
    await server.complete(await server.take(), DONE)
    await server.complete(await server.take(), DONE)
    assert (await server.types(parent))[-2:] == ["ChildRunCompleted", "WorkflowCompleted"]


async def descend(server, depth):
    """Start a child of a child of a child …; return the tasks, the eldest first."""
    await server.register()
    await server.start()
    tasks = []
    for _ in range(depth):
        tasks.append(await server.take())
        await server.complete(tasks[-1], with_policy("terminate"))
    return [*tasks, await server.take()]


async def test_a_line_of_descendants_ends_with_its_ancestor(server):
    line = await descend(server, 100)
    await close(server, "terminate")
    assert {await status(server, task) for task in line} == {"terminated"}
    assert (await server.types(line[50]))[-1] == "ParentClosePolicyApplied"


@pytest.mark.parametrize("settings", [engine.EngineSettings(tick_batch=4)])
async def test_a_large_family_ends_in_several_transactions(server, settings):
    line = await descend(server, 10)
    await close(server, "terminate")
    assert [await status(server, task) for task in line[:5]] == ["terminated"] * 5
    assert await status(server, line[5]) == "waiting"
    assert "clock" in server.topics
    # What is left is in the file, not in memory.
    await server.reopen()
    assert await server.tick() == server.clock.now()
    assert await status(server, line[5]) == "terminated"
    for _ in range(5):
        assert await status(server, line[-1]) == "pending"
        await server.tick()
    assert await status(server, line[-1]) == "terminated"
    assert await server.tick() is None


async def test_a_parent_of_a_thousand_ends_in_a_few_ticks(server):
    parent = await server.begun(*([with_policy("terminate")] * 1000))
    await close(server, "terminate")
    ready = "SELECT count(*) FROM workflow_tasks WHERE status = 'ready'"
    for left in (800, 600, 400, 200, 0):
        assert await server.store.read(lambda tx: tx.scalar(ready)) == left
        await server.tick()
    events = await server.store.read(
        lambda tx: tx.scalar(
            "SELECT count(*) FROM events WHERE run_id = ? AND event_type = 'ParentClosePolicyApplied'",
            (parent["run_id"],),
        )
    )
    assert events == 1000


@pytest.mark.parametrize("settings", [engine.EngineSettings(tick_batch=1)])
async def test_a_marked_child_that_ends_by_itself_stays_as_it_is(server, settings):
    parent = await server.begun(with_policy("terminate"), with_policy("terminate"))
    first, second = await server.take(), await server.take()
    await close(server, "terminate")
    assert [await status(server, task) for task in (first, second)] == ["terminated", "pending"]
    await server.complete(second, FAILED)
    await server.tick()
    assert await status(server, second) == "failed"
    assert (await server.types(parent)).count("ParentClosePolicyApplied") == 1


@pytest.mark.parametrize("settings", [engine.EngineSettings(tick_batch=1)])
async def test_a_marked_child_is_not_tried_again(server, settings):
    retry = {"retry_policy": {"max_attempts": 5}}
    await server.begun(with_policy("terminate"), with_policy("terminate", **retry))
    await server.take()
    second = await server.take()
    await close(server, "terminate")
    await server.complete(second, FAILED)
    assert (await server.describe(second["workflow_id"]))["run_number"] == 1


@pytest.mark.parametrize("settings", [engine.EngineSettings(tick_batch=1)])
async def test_a_child_that_cannot_be_closed_is_noted_in_its_parent(server, monkeypatch, caplog):
    parent = await server.begun(*(with_policy("terminate") for _ in range(3)))
    tasks = [await server.take() for _ in range(3)]
    monkeypatch.setitem(parent_close._ACTIONS, "terminate", broken_for(tasks[0], tasks[2]))
    await close(server, "cancel")
    for _ in range(2):
        await server.tick()
    assert [await status(server, task) for task in tasks] == ["pending", "terminated", "pending"]
    assert (await server.types(parent))[-4:] == [
        "WorkflowCancelled",
        "ParentClosePolicyFailed",
        "ParentClosePolicyApplied",
        "ParentClosePolicyFailed",
    ]
    failed = await server.last(parent, "ParentClosePolicyFailed")
    assert (failed["child_run_id"], failed["error"]) == (tasks[2]["run_id"], "RuntimeError: stuck")
    assert await server.types(tasks[2]) == ["WorkflowStarted"]
    assert tasks[2]["workflow_id"] in caplog.text


def broken_for(*tasks):
    def terminate(tx, call, run, reason):
        if run.run_id in {task["run_id"] for task in tasks}:
            runs.add_run(tx, replace(run, run_id="half-done", run_number=9))
            raise RuntimeError("stuck")
        return terminate_run(tx, call, run, reason)

    return terminate


async def test_the_links_between_runs_can_be_read_from_both_sides(server):
    parent = await server.begun({**CHILD, "retry_policy": {"max_attempts": 2}}, input=[1])
    child = await server.take()
    await server.complete(child, FAILED)
    again = await server.take()
    await server.complete(again, {**NEXT, "arguments": serializer.envelope([2])})
    last = await server.take()

    def read(tx):
        down = [(link.link_type, link.child_run_id) for link in children.links_from(tx, parent["run_id"])]
        up = [(link.link_type, link.parent_run_id) for link in children.links_to(tx, last["run_id"])]
        return down, up, [row.child_run_id for row in children.open_children(tx, parent["run_id"])]

    assert await server.store.read(read) == (
        [("child_workflow", child["run_id"]), ("child_workflow", again["run_id"])],
        [("continue_as_new", again["run_id"])],
        [last["run_id"]],
    )
