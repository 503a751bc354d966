"""Query tasks: who gets them, who may answer them, and what happens when the worker is gone."""

from __future__ import annotations

from durable_workflow import serializer
from durable_workflow.server import engine
from durable_workflow.server._calls import Call, Pending, Reply

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


async def test_queries_are_handed_out_once_and_in_order(server):
    await server.begun(WAIT)
    await server.register("k2")
    for name in ("a", "b", "c"):
        await ask(server, name)
    names = [(await take(server, worker))["query_name"] for worker in ("k1", "k2", "k1")]
    assert names == ["a", "b", "c"]
    assert await server.poll("k2", "Query") is None


async def test_a_worker_gets_queries_of_its_types_only(server):
    await server.register("any")
    await server.register("other", supported_workflow_types=["other"])
    await server.start()
    await server.start("w2", workflow_type="other")
    await ask(server)
    path = {"workflowId": "w2", "queryName": "status"}
    await server.raw("queryWorkflow", path=path)
    assert (await take(server, "other"))["workflow_id"] == "w2"
    assert await server.poll("other", "Query") is None
    assert (await take(server, "any"))["workflow_id"] == "w1"


async def test_a_run_without_a_queue_is_asked_on_the_default_one(server):
    await server.register(task_queue="default")
    await server.start(task_queue=None)
    await ask(server)
    task = await take(server, task_queue="default")
    assert task["task_queue"] == "default"


async def test_a_repeated_poll_gets_the_same_query(server):
    await server.begun(WAIT)
    await ask(server, "a")
    await ask(server, "b")
    first = await take(server, poll_request_id="p1")
    assert await take(server, poll_request_id="p1") == first
    assert (await take(server, poll_request_id="p2"))["query_name"] == "b"
    await complete(server, first)
    assert await server.poll(kind="Query", poll_request_id="p1") is None


async def test_a_poll_waits_on_the_topic_of_its_queue(server):
    await server.register()
    body = {"worker_id": "k1", "task_queue": "q"}
    pending = await server.raw("pollQueryTask", body=body)
    assert (pending.topic, pending.deadline_seconds) == ("query:default:q", None)
    pending = await server.raw("pollQueryTask", body={**body, "timeout_seconds": 5})
    assert pending.deadline_seconds == 5


async def test_a_poll_of_a_stranger(server):
    body = {"worker_id": "ghost", "task_queue": "q"}
    assert (await server.call("pollQueryTask", 412, body=body))["reason"] == "worker_not_registered"


async def test_the_guard_of_query_tasks(server):
    await server.begun(WAIT)
    await ask(server)
    task = await take(server)

    async def reason(status, **changes):
        body = await complete(server, {**task, **changes}, status)
        assert (body["outcome"], body["status"], "error" in body) == ("rejected", status, True)
        return body

    gone = await reason(404, query_task_id="01JUNKJUNKJUNKJUNKJUNKJUNK")
    assert gone["reason"] == "query_task_not_found"
    stranger = await reason(409, lease_owner="someone")
    assert (stranger["reason"], stranger["lease_owner"]) == ("lease_owner_mismatch", "k1")
    other = await reason(409, query_task_attempt=9)
    assert (other["reason"], other["current_attempt"]) == ("query_task_attempt_mismatch", 1)
    server.clock.advance(60)
    late = await reason(409)
    assert late["reason"] == "lease_expired"
    assert late["lease_expires_at"] == task["lease_expires_at"]
    server.clock.advance(120)
    assert (await reason(404))["reason"] == "query_task_not_found"


async def test_a_second_answer_is_refused(server):
    await server.begun(WAIT)
    pending = await ask(server)
    task = await take(server)
    await complete(server, task, result=1)
    assert (await complete(server, task, 409))["reason"] == "query_task_not_leased"
    assert (await fail(server, task, 409))["reason"] == "query_task_not_leased"
    assert (await looked(server, pending)).body["result"] == 1


async def test_another_namespace_does_not_see_it(server):
    await server.begun(WAIT)
    await ask(server)
    task = await take(server)
    body = {"lease_owner": "k1", "query_task_attempt": 1}
    path = {"queryTaskId": task["query_task_id"]}
    reply = await server.raw("completeQueryTask", namespace="other", path=path, body=body)
    assert reply.body["reason"] == "query_task_not_found"


async def test_a_query_that_did_not_reach_its_worker_waits_in_front(server):
    await server.begun(WAIT)
    await ask(server, "a")
    await ask(server, "b")
    body = {"worker_id": "k1", "task_queue": "q"}
    call = Call("pollQueryTask", "default", body=body, role="worker")
    outcome = await server.raw("pollQueryTask", body=body)
    assert outcome.body["task"]["query_name"] == "a"
    server.topics.clear()
    await server.store.read(lambda tx: engine.give_back(tx, call, outcome))
    assert "query:default:q" in server.topics
    late = await complete(server, outcome.body["task"], 409)
    assert late["reason"] == "query_task_not_leased"
    task = await take(server)
    assert (task["query_name"], task["query_task_attempt"]) == ("a", 1)
    await server.store.read(lambda tx: engine.give_back(tx, call, Reply(200, {"task": None})))


async def test_what_nobody_took_for_long_is_not_handed_out(server):
    await server.begun(WAIT)
    await ask(server)
    server.clock.advance(180)
    assert await server.poll(kind="Query") is None


async def test_callers_are_told_when_the_worker_leaves(server):
    await server.begun(WAIT)
    taken, waiting = await ask(server, "a"), await ask(server, "b")
    await take(server)
    await server.register("k2")
    server.topics.clear()
    await server.call("deregisterWorker", path={"workerId": "k1"})
    assert taken.topic in server.topics
    reply = await looked(server, taken)
    assert (reply.status, reply.body["reason"]) == (409, "query_worker_unavailable")
    assert isinstance(await looked(server, waiting), Pending), "k2 can answer it"
    await server.call("deregisterWorker", path={"workerId": "k2"})
    reply = await looked(server, waiting)
    assert (reply.status, reply.body["reason"]) == (409, "query_worker_unavailable")


async def test_a_draining_worker_gets_no_query(server):
    await server.begun(WAIT)
    await ask(server)
    await server.store.write(lambda tx: tx.execute("UPDATE workers SET status = 'draining'"))
    body = {"worker_id": "k1", "task_queue": "q", "timeout_seconds": 0}
    polled = await server.call("pollQueryTask", body=body)
    assert (polled["task"], polled["poll_status"]) == (None, "draining")
