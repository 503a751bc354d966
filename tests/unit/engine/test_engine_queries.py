"""Queries: who is asked, what becomes of the question, and that nothing of it is kept."""

from __future__ import annotations

import pytest

from durable_workflow import serializer
from durable_workflow.server import engine
from durable_workflow.server._calls import Call, Pending, Reply
from durable_workflow.server.store import workers

PATH = {"workflowId": "w1", "queryName": "status"}
WAIT = {"type": "open_condition_wait", "condition_key": "go"}


def blob(value):
    return serializer.envelope(value)


async def ask(server, name="status", **body):
    """Ask a question whose caller waits for the answer."""
    pending = await server.raw("queryWorkflow", path={**PATH, "queryName": name}, body=body)
    assert isinstance(pending, Pending), pending.body
    return pending


async def refused(server, status, name="status", **body):
    return await server.call("queryWorkflow", status, path={**PATH, "queryName": name}, body=body)


async def looked(server, pending):
    return await server.again("queryWorkflow", pending, path=PATH)


async def take(server, worker_id="k1", **body):
    task = await server.poll(worker_id, "Query", **body)
    assert task is not None, "no query waits"
    return task


async def report(server, operation, task, status=200, **body):
    lease = {name: task[name] for name in ("lease_owner", "query_task_attempt")}
    path = {"queryTaskId": task["query_task_id"]}
    return await server.call(operation, status, path=path, body={**lease, **body})


async def complete(server, task, status=200, **body):
    return await report(server, "completeQueryTask", task, status, **body)


async def fail(server, task, status=200, **failure):
    return await report(server, "failQueryTask", task, status, failure={"message": "no", **failure})


async def test_a_query_goes_to_a_worker_and_its_answer_to_the_caller(server):
    run = await server.begun(WAIT, input=["in"])
    before = await server.events(run)
    pending = await ask(server, input=["Ada"])
    assert pending.deadline_seconds == 30
    assert "query:default:q" in server.topics
    assert isinstance(await looked(server, pending), Pending)
    task = await take(server)
    assert (task["query_name"], task["query_task_attempt"]) == ("status", 1)
    assert (task["workflow_id"], task["run_id"]) == ("w1", run["run_id"])
    assert (task["workflow_type"], task["run_status"]) == ("order", "waiting")
    assert (task["workflow_arguments"], task["query_arguments"]) == (blob(["in"]), blob(["Ada"]))
    assert task["query_task_id"].isupper()
    assert (task["task_queue"], task["lease_owner"]) == ("q", "k1")
    assert [event["sequence"] for event in task["history_events"]] == [1, 2, 3]
    assert task["last_history_sequence"] == 3
    server.topics.clear()
    recorded = await complete(server, task, result={"v": 1}, result_envelope=blob({"v": 1}))
    assert (recorded["outcome"], recorded["status"]) == ("completed", 200)
    assert pending.topic in server.topics
    reply = await looked(server, pending)
    assert isinstance(reply, Reply)
    assert (reply.status, reply.body) == (
        200,
        {
            "workflow_id": "w1",
            "run_id": run["run_id"],
            "target_scope": "instance",
            "query_name": "status",
            "result": {"v": 1},
            "result_envelope": blob({"v": 1}),
            "reason": None,
        },
    )
    assert await server.events(run) == before, "a query leaves no event"
    assert await server.poll() is None, "a query wakes nobody"
    commands = await server.store.read(lambda tx: tx.scalar("SELECT count(*) FROM commands"))
    assert commands == 1, "the start is the only command"


async def test_without_arguments_a_worker_gets_an_empty_list(server):
    await server.begun(WAIT)
    await ask(server)
    assert (await take(server))["query_arguments"] == blob([])


async def test_the_form_that_was_not_sent_is_null(server):
    await server.begun(WAIT)
    for body in ({"result": 6}, {"result_envelope": blob(6)}, {}):
        pending = await ask(server)
        await complete(server, await take(server), **body)
        reply = await looked(server, pending)
        assert reply.body["result"] == body.get("result")
        assert reply.body["result_envelope"] == body.get("result_envelope")


@pytest.mark.parametrize(
    ("given", "status", "reason"),
    [
        (None, 409, "query_rejected"),
        ("rejected_unknown_query", 404, "rejected_unknown_query"),
        ("query_payload_decode_failed", 409, "query_payload_decode_failed"),
    ],
)
async def test_a_worker_that_cannot_answer(server, given, status, reason):
    await server.begun(WAIT)
    pending = await ask(server)
    recorded = await fail(server, await take(server), message="not like this", reason=given)
    assert (recorded["outcome"], recorded["reason"], recorded["status"]) == ("failed", reason, 200)
    reply = await looked(server, pending)
    assert (reply.status, reply.body["reason"]) == (status, reason)
    assert (reply.body["message"], reply.body["result"]) == ("not like this", None)
    assert "result_envelope" not in reply.body


async def test_nobody_can_be_asked(server):
    await server.start()
    body = await refused(server, 404)
    assert (body["reason"], body["query_name"], body["result"]) == ("query_not_found", "status", None)
    assert (await server.describe())["actions"]["can_query"] is False


@pytest.mark.parametrize(
    "worker",
    [
        {"runtime": "php"},
        {"task_queue": "elsewhere"},
        {"supported_workflow_types": ["other"]},
        {"capabilities": ["workflow_updates"]},
    ],
)
async def test_workers_that_are_not_asked(server, worker):
    await server.start()
    await server.register(**worker)
    assert (await refused(server, 404))["reason"] == "query_not_found"
    assert (await server.describe())["actions"]["can_query"] is False


@pytest.mark.parametrize(
    "worker", [{}, {"supported_workflow_types": ["order"]}, {"capabilities": ["query_tasks"]}]
)
async def test_workers_that_are_asked(server, worker):
    await server.start()
    await server.register(**worker)
    assert (await server.describe())["actions"]["can_query"] is True
    await ask(server)


async def test_a_worker_that_is_draining_is_not_asked(server):
    await server.start()
    await server.register()
    await server.store.write(lambda tx: tx.execute("UPDATE workers SET status = 'draining'"))
    assert (await refused(server, 404))["reason"] == "query_not_found"


async def test_a_worker_that_was_not_heard_of_for_a_minute_is_not_asked(server):
    await server.start()
    await server.register()
    server.clock.advance(59)
    await ask(server)
    server.clock.advance(1)
    assert (await refused(server, 404))["reason"] == "query_not_found"
    await server.call("heartbeatWorker", body={"worker_id": "k1"})
    await ask(server)


async def test_asking_for_queries_is_a_sign_of_life(server):
    await server.start()
    await server.register()
    server.clock.advance(50)
    assert await server.poll(kind="Query") is None
    server.clock.advance(59)
    await ask(server)
    server.clock.advance(1)
    assert (await refused(server, 404))["reason"] == "query_not_found"


async def test_a_worker_that_beats_as_seldom_as_it_promised_is_asked(server):
    await server.start()
    await server.register(heartbeat_interval_seconds=100)
    server.clock.advance(299)
    await ask(server)
    await server.advance(1)
    assert (await refused(server, 404))["reason"] == "query_not_found"


async def test_closed_runs_can_be_asked(server):
    run = await server.begun({"type": "complete_workflow"})
    pending = await ask(server)
    task = await take(server)
    assert task["run_status"] == "completed"
    assert task["history_events"][-1]["event_type"] == "WorkflowCompleted"
    await complete(server, task, result=1)
    assert (await looked(server, pending)).status == 200
    assert (await server.describe())["actions"]["can_query"] is True
    path = {**PATH, "runId": run["run_id"]}
    assert isinstance(await server.raw("queryWorkflowRun", path=path), Pending)


async def test_only_the_newest_run_is_asked(server):
    run = await server.begun({"type": "continue_as_new"})
    path = {**PATH, "runId": run["run_id"]}
    body = await server.call("queryWorkflowRun", 409, path=path)
    assert (body["reason"], body["target_scope"]) == ("historical_run_command_rejected", "run")
    await ask(server)
    assert (await take(server))["run_id"] != run["run_id"]


async def test_a_query_to_nothing(server):
    assert (await refused(server, 404))["reason"] == "instance_not_found"


async def test_input_that_cannot_be_read(server):
    await server.begun(WAIT)
    body = await refused(server, 422, input={"codec": "json", "blob": "[]"})
    assert "input.codec" in body["errors"]
    body = await refused(server, 422, name="a\nb")
    assert "query_name" in body["errors"]


async def test_what_workers_declared(server):
    by = {"name": "x", "position": 0, "required": True, "type": "int"}
    contract = {"queries": ["status"], "query_contracts": [{"name": "plus", "parameters": [by]}]}
    await server.register(workflow_command_contracts={"order": contract})
    await server.start()
    await ask(server, "status", input=[1, 2])
    await ask(server, "plus", input={"x": 5})
    unknown = await refused(server, 404, "other")
    assert (unknown["reason"], unknown["query_name"]) == ("rejected_unknown_query", "other")
    body = await refused(server, 422, "plus", input=["five"])
    assert body["reason"] == "invalid_query_arguments"
    assert body["validation_errors"]["x"] == ["The argument x must be of type int."]


async def test_a_caller_that_waits_no_more_frees_its_query(server):
    await server.begun(WAIT)
    waiting, taken = await ask(server, "a"), await ask(server, "b")
    waiting.withdraw()
    task = await take(server)
    assert task["query_name"] == "b"
    taken.withdraw()
    assert (await complete(server, task, 409))["reason"] == "query_task_not_leased"
    assert await server.poll(kind="Query") is None


async def test_what_callers_read_when_nobody_answers_or_the_server_stops(server):
    await server.begun(WAIT)
    pending = await ask(server)
    assert (pending.empty.status, pending.empty.body["reason"]) == (504, "query_worker_timeout")
    assert (pending.stopped.status, pending.stopped.body["reason"]) == (503, "query_task_queue_unavailable")
    call = Call("queryWorkflow", "default", path=PATH, role="admin")
    server.judge.check(call, pending.stopped)


async def test_too_many_queries_wait(server):
    server.store.settings = engine.EngineSettings(query_queue=2)
    await server.begun(WAIT)
    await ask(server)
    second = await ask(server)
    body = await refused(server, 429)
    assert (body["reason"], body["query_name"], body["result"]) == ("query_task_queue_full", "status", None)
    await take(server)
    await ask(server)
    await refused(server, 429)
    second.withdraw()
    await ask(server)


async def test_queries_do_not_outlive_the_process(server):
    await server.begun(WAIT)
    await ask(server)
    await server.reopen()
    assert await server.poll(kind="Query") is None


async def test_the_search_for_a_worker_reads_no_workers_that_are_gone(server):
    def plans(tx):
        statements = []
        tx._connection.set_trace_callback(statements.append)
        workers.fresh_workers(tx, "default", "q", 1.0)
        tx._connection.set_trace_callback(None)
        return [tx.execute(f"EXPLAIN QUERY PLAN {one}").fetchall()[0][-1] for one in statements]

    heard, promised = await server.store.read(plans)
    assert "workers_heard (namespace=? AND task_queue=? AND last_heartbeat_at>?)" in heard
    assert "workers_lost (lost_at>?)" in promised
