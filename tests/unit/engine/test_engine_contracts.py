"""What workers declare about their workflow types, and what is admitted for it."""

from __future__ import annotations

import pytest

from durable_workflow import serializer

WAIT = {"type": "open_condition_wait", "condition_key": "go"}
BY = {"name": "by", "position": 0, "required": True, "type": "string", "allows_null": False}
COUNT = {
    "name": "count",
    "position": 1,
    "required": False,
    "default_available": True,
    "default": 1,
    "type": "int",
}


def declares(**contract):
    return {"workflow_command_contracts": {"order": contract}}


def handler(name, *parameters):
    return {"name": name, "parameters": list(parameters)}


@pytest.fixture
async def run(server):
    """A run whose worker declares approve(by, count=1) in both kinds."""
    handlers = [handler("approve", BY, COUNT)]
    await server.register(**declares(signal_contracts=handlers, update_contracts=handlers))
    run = await server.start()
    await server.complete(await server.take(), WAIT)
    return run


async def test_a_name_that_no_worker_declared(server, run):
    refused = await server.signal("cancel", status=404)
    assert (refused["outcome"], refused["reason"]) == ("rejected_unknown_signal", "unknown_signal")
    assert refused["validation_errors"] == {}
    refused = await server.update("cancel", status=404)
    assert (refused["outcome"], refused["reason"]) == ("rejected_unknown_update", "unknown_update")
    assert (refused["update_status"], refused["command_status"]) == ("rejected", "rejected")
    rejected = await server.last(run, "UpdateRejected")
    assert (rejected["update_id"], rejected["update_name"]) == (refused["update_id"], "cancel")
    assert rejected["command"]["rejection_reason"] == "unknown_update"
    assert "validation_errors" not in rejected
    assert "SignalReceived" not in await server.types(run)
    assert await server.poll() is None


@pytest.mark.parametrize(
    ("given", "errors"),
    [
        ([], {"by": "required"}),
        ([None], {"by": "null"}),
        ([5], {"by": "type string"}),
        ([True], {"by": "type string"}),
        (["Ada", "two"], {"count": "type int"}),
        (["Ada", True], {"count": "type int"}),
        (["Ada", 1.5], {"count": "type int"}),
        (["Ada", 1, 2], {"arguments": "at most 2 arguments, not 3"}),
        ({"count": 1}, {"by": "required"}),
        ({"by": "Ada", "who": 1}, {"who": "no parameter"}),
    ],
)
async def test_arguments_that_do_not_fit(server, run, given, errors):
    path = {"workflowId": "w1", "signalName": "approve"}
    refused = await server.call("signalWorkflow", 422, path=path, body={"input": given})
    assert (refused["outcome"], refused["reason"]) == (
        "rejected_invalid_arguments",
        "invalid_signal_arguments",
    )
    found = refused["validation_errors"]
    assert found.keys() == errors.keys()
    assert all(text in found[name][0] for name, text in errors.items())
    path = {"workflowId": "w1", "updateName": "approve"}
    refused = await server.call("updateWorkflow", 422, path=path, body={"input": given})
    assert (refused["outcome"], refused["reason"]) == (
        "rejected_invalid_arguments",
        "invalid_update_arguments",
    )
    assert refused["validation_errors"] == found
    assert (await server.last(run, "UpdateRejected"))["validation_errors"] == found


@pytest.mark.parametrize(
    ("given", "delivered"),
    [
        (["Ada"], ["Ada"]),
        (["Ada", 2], ["Ada", 2]),
        (["Ada", 2.0], ["Ada", 2.0]),
        ({"count": 2, "by": "Ada"}, ["Ada", 2]),
        ({"by": "Ada"}, ["Ada", 1]),
        (serializer.envelope(["Ada", 3]), ["Ada", 3]),
    ],
)
async def test_arguments_that_fit(server, run, given, delivered):
    path = {"workflowId": "w1", "signalName": "approve"}
    await server.call("signalWorkflow", 202, path=path, body={"input": given})
    received = await server.last(run, "SignalReceived")
    assert serializer.decode(received["arguments"]) == delivered


@pytest.mark.parametrize(
    ("parameters", "given", "delivered"),
    [
        ([{**BY, "variadic": True}], ["a", "b"], ["a", "b"]),
        ([{**BY, "variadic": True}], {"by": ["a", "b"]}, ["a", "b"]),
        ([{"name": "x", "position": 0, "required": False}], {}, []),
        ([{**COUNT, "position": 0}, {**BY, "position": 1}], {"by": "Ada"}, [1, "Ada"]),
        ([{"name": "x", "position": 0, "required": True, "type": "Decimal"}], [[1]], [[1]]),
        ([{**BY, "allows_null": True}], [None], [None]),
    ],
)
async def test_parameters_of_all_sorts(server, parameters, given, delivered):
    await server.register(**declares(signal_contracts=[handler("approve", *parameters)]))
    run = await server.start()
    path = {"workflowId": "w1", "signalName": "approve"}
    await server.call("signalWorkflow", 202, path=path, body={"input": given})
    assert serializer.decode((await server.last(run, "SignalReceived"))["arguments"]) == delivered


async def test_a_gap_before_a_named_argument(server):
    optional = {"name": "x", "position": 0, "required": False}
    await server.register(**declares(signal_contracts=[handler("approve", optional, {**BY, "position": 1})]))
    await server.start()
    path = {"workflowId": "w1", "signalName": "approve"}
    refused = await server.call("signalWorkflow", 422, path=path, body={"input": {"by": "Ada"}})
    assert "x" in refused["validation_errors"]


async def test_a_name_without_parameters_takes_any(server):
    await server.register(**declares(signals=["approve"]))
    await server.start()
    await server.signal("approve", 1, 2, 3)
    await server.signal("other", status=404)
    await server.update("anything")


async def test_what_is_not_described_is_admitted_and_an_empty_list_admits_nothing(server):
    await server.register(**declares(queries=["status"], updates=[]))
    await server.start()
    await server.signal("anything")
    assert (await server.update("anything", status=404))["reason"] == "unknown_update"
    actions = (await server.describe())["actions"]
    assert (actions["can_signal"], actions["can_update"]) == (True, False)


async def test_a_type_of_which_nothing_is_declared_takes_everything(server):
    await server.register(workflow_command_contracts={"other": {"signals": [], "updates": []}})
    await server.start()
    await server.signal("anything")
    await server.update("anything")


async def test_what_workers_of_other_queues_declare_does_not_count(server):
    await server.register("k2", task_queue="elsewhere", **declares(signals=[]))
    await server.start()
    await server.signal("anything")


async def test_one_of_several_workers_is_enough(server):
    await server.register("old", **declares(signals=["approve"]))
    await server.register("new", **declares(signals=["reject"], signal_contracts=[handler("approve", BY)]))
    await server.start()
    await server.signal("approve")
    await server.signal("reject")
    await server.signal("other", status=404)


async def test_a_new_registration_replaces_what_was_declared(server):
    await server.register(**declares(signals=["approve"]))
    await server.start()
    await server.signal("reject", status=404)
    await server.register(**declares(signals=["reject"]))
    await server.signal("approve", status=404)
    await server.signal("reject")
    await server.register()
    await server.signal("approve")


async def test_the_cost_of_a_signal_does_not_grow_with_workers_that_are_gone(server):
    for number in range(40):
        server.clock.advance(1)
        await server.register(f"k{number}", **declares(signals=[f"s{number}"]))
    await server.start()
    await server.signal("s39")
    await server.signal("s24")
    await server.signal("s23", status=404)
    plan = await server.store.read(
        lambda tx: tx.execute(
            "EXPLAIN QUERY PLAN SELECT contract FROM command_contracts WHERE namespace = ?"
            " AND task_queue = ? AND workflow_type = ? ORDER BY registered_at DESC LIMIT 16",
            ("default", "q", "order"),
        ).fetchall()
    )
    assert "command_contracts_newest" in plan[0][-1]
    assert len(plan) == 1, "a sort would read them all"


async def test_a_closed_run_is_told_before_a_wrong_name(server, run):
    await server.signal("approve", "Ada")
    await server.complete(await server.take(), {"type": "complete_workflow"})
    assert (await server.signal("other", status=409))["reason"] == "run_not_active"
    assert (await server.update("other", status=409))["reason"] == "run_not_active"
