"""listWorkflows and listWorkflowRuns: filters, predicates, order, and pages that hold still."""

from __future__ import annotations

import base64
import json

import pytest

from durable_workflow import serializer
from durable_workflow.server.engine.listing_filters import selection_of
from durable_workflow.server.engine.listing_grammar import NotAPredicate, TooComplex, parse
from durable_workflow.server.store import listing

DONE = {"type": "complete_workflow", "result": serializer.envelope("ok")}
FAIL = {"type": "fail_workflow", "message": "no"}


async def ids(server, **query):
    page = await server.call("listWorkflows", query=query)
    assert page["workflow_count"] == len(page["workflows"])
    return [row["workflow_id"] for row in page["workflows"]]


async def run_of_each_status(server):
    """Leave the workflows pending, waiting, completed, failed and terminated, in no list's order."""
    await server.register()
    for name, command in (("completed", DONE), ("failed", FAIL)):
        await server.start(name, workflow_type="done", business_key=f"key-of-{name}")
        await server.complete(await server.take(), command)
        server.clock.advance(1)
    await server.start("terminated")
    await server.call("terminateWorkflow", path={"workflowId": "terminated"})
    server.clock.advance(1)
    await server.start("waiting", task_queue="q")
    await server.complete(await server.take(), {"type": "start_timer", "delay_seconds": 600})
    server.clock.advance(1)
    await server.start("pending", task_queue="other")


@pytest.mark.parametrize(
    ("status", "found"),
    [
        ("running", ["pending", "waiting"]),
        ("completed", ["completed"]),
        ("failed", ["terminated", "failed"]),
        ("pending", ["pending"]),
        ("waiting", ["waiting"]),
        ("terminated", ["terminated"]),
        ("cancelled", []),
    ],
)
async def test_status_filters_by_bucket_or_exactly(server, status, found):
    await run_of_each_status(server)
    assert await ids(server, status=status) == found
    assert await ids(server, query=f"Status = '{status}'") == found
    assert await ids(server, query=f"Status != '{status}'") == [
        name for name in await ids(server) if name not in found
    ]


async def test_a_row_says_what_the_run_is(server):
    attributes = {"Region": "eu", "Total": 3}
    run = await server.start(business_key="b", search_attributes=attributes)
    (row,) = (await server.call("listWorkflows"))["workflows"]
    described = await server.describe()
    assert row == {name: described[name] for name in row}
    assert row["run_id"] == run["run_id"]
    assert row["search_attributes"] == attributes


async def test_every_run_of_a_chain_has_a_row(server):
    first = await server.begun({"type": "continue_as_new"})
    page = await server.call("listWorkflows")
    assert [row["status"] for row in page["workflows"]] == ["pending", "completed"]
    runs = await server.call("listWorkflowRuns", path={"workflowId": "w1"})
    assert [(row["run_number"], row["status"]) for row in runs["runs"]] == [(1, "completed"), (2, "pending")]
    assert runs["run_count"] == 2
    assert runs["runs"][0]["run_id"] == first["run_id"]
    assert page["workflows"][1]["run_id"] == first["run_id"]


async def test_the_runs_of_an_unknown_workflow_are_not_found(server):
    await server.start()
    body = await server.call("listWorkflowRuns", 404, path={"workflowId": "w1"}, namespace="elsewhere")
    assert body["reason"] == "instance_not_found"


async def test_another_namespace_shows_nothing(server):
    run = await server.start()
    for query in ({}, {"query": "w1"}, {"query": f"RunId = '{run['run_id']}'"}):
        assert (await server.call("listWorkflows", query=query))["workflow_count"] == 1
        assert (await server.call("listWorkflows", query=query, namespace="b"))["workflow_count"] == 0


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["pending", "waiting", "terminated", "failed", "completed"]),
        ("   ", ["pending", "waiting", "terminated", "failed", "completed"]),
        ("ING", ["pending", "waiting"]),
        ("key-of", ["failed", "completed"]),
        ("p%d", ["pending", "completed"]),
        ("Status = running", []),
        ("'", []),
        ("WorkflowType = 'done'", ["failed", "completed"]),
        ('WorkflowType = "done" AND Status = "completed"', ["completed"]),
        ("WorkflowType != 'done' AND TaskQueue = 'other'", ["pending"]),
        ("WorkflowId IN ('failed', 'waiting', 'x')", ["waiting", "failed"]),
        ("WorkflowId = 'failed' or WorkflowId = 'waiting'", ["waiting", "failed"]),
        ("WorkflowId > 'f' AND (WorkflowId < 'g' OR Status IN ('pending'))", ["pending", "failed"]),
        ("BuildId = 'b'", []),
    ],
)
async def test_a_query_is_a_predicate_or_a_text_to_look_for(server, query, found):
    await run_of_each_status(server)
    assert await ids(server, query=query) == found


async def test_type_and_status_narrow_a_predicate(server):
    await run_of_each_status(server)
    query = "WorkflowId IN ('completed', 'failed', 'waiting')"
    assert await ids(server, query=query, workflow_type="done") == ["failed", "completed"]
    assert await ids(server, query=query, workflow_type="done", status="failed") == ["failed"]
    assert await ids(server, query="WorkflowType = 'order'", workflow_type="done") == []


async def test_times_are_compared_to_the_microsecond(server):
    for name in ("a", "b", "c"):
        await server.start(name)
        server.clock.advance(0.000001)
    rows = (await server.call("listWorkflows"))["workflows"]
    moment = rows[1]["started_at"]
    for operator, found in (
        ("=", ["b"]),
        ("!=", ["c", "a"]),
        ("<", ["a"]),
        ("<=", ["b", "a"]),
        (">", ["c"]),
        (">=", ["c", "b"]),
    ):
        assert await ids(server, query=f"StartTime {operator} '{moment}'") == found
    assert await ids(server, query=f"StartTime IN ('{moment}', '{rows[0]['started_at']}')") == ["c", "b"]
    assert await ids(server, query=f"CloseTime >= '{moment}'") == []


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("Region = 'eu'", ["a"]),
        ("Region != 'eu'", ["b"]),
        ("Total >= 3", ["b"]),
        ("Total = 2.5", ["a"]),
        ("Total IN (2.5, 7)", ["b", "a"]),
        ("Total = '7'", []),
        ("Paid = true", ["a"]),
        ("Paid = 1", []),
        ("Paid != true", ["b"]),
        ("Tags = 'x'", ["b", "a"]),
        ("Tags IN ('y', 'z')", ["a"]),
        ("Tags != 'y'", ["b"]),
        ("Missing = 'x' OR Missing != 'x'", []),
        ("Said = 'it''s \"so\"'", ["a"]),
    ],
)
async def test_search_attributes_can_be_compared(server, query, found):
    common = {"Tags": ["x", "y"], "Said": 'it\'s "so"'}
    await server.start("a", search_attributes={"Region": "eu", "Total": 2.5, "Paid": True, **common})
    await server.start("b", search_attributes={"Region": "us", "Total": 7, "Paid": False, "Tags": ["x"]})
    await server.start("c")
    assert await ids(server, query=query) == found


@pytest.mark.parametrize(
    "query",
    [
        "Status = 'unknown'",
        "Status > 'failed'",
        "Status = true",
        "WorkflowType = 5",
        "StartTime > 'yesterday'",
        "StartTime = 5",
        "Paid < true",
        " AND ".join(["A = 1"] * 101),
        f"A IN ({', '.join(['1'] * 102)})",
        "(" * 21 + "A = 1" + ")" * 21,
        "x" * 4097,
    ],
)
async def test_a_predicate_that_cannot_be_answered_is_refused(server, query):
    body = await server.call("listWorkflows", 422, query={"query": query})
    assert body["reason"] == "validation_failed"
    assert list(body["errors"]) == ["query"]


@pytest.mark.parametrize("text", ["", "a", "a =", "a = b", "a = 'b", "= 'b'", "a IN ()", "a = 1)", "1 = a"])
def test_what_is_no_predicate(text):
    with pytest.raises(NotAPredicate):
        parse(text)


def test_the_size_of_a_predicate_is_bounded():
    parse(" OR ".join(["(((A = 1)))"] * 100))
    with pytest.raises(TooComplex):
        parse(" OR ".join(["A = 1"] * 101))


async def test_pages_hold_still_while_runs_start_and_close(server):
    await server.register()
    for number in range(5):
        await server.start(f"w{number}")
        server.clock.advance(1)
    first = await server.call("listWorkflows", query={"page_size": 2})
    await server.start("later")
    await server.call("terminateWorkflow", path={"workflowId": "w1"})
    names = [row["workflow_id"] for row in first["workflows"]]
    token, pages = first["next_page_token"], 1
    while token is not None:
        page = await server.call("listWorkflows", query={"page_size": 2, "next_page_token": token})
        names += [row["workflow_id"] for row in page["workflows"]]
        token, pages = page["next_page_token"], pages + 1
    assert names == ["w4", "w3", "w2", "w1", "w0"]
    assert pages == 3


async def test_runs_that_started_together_are_listed_once_each(server):
    for number in range(7):
        await server.start(f"w{number}")
    names, token = [], ""
    while token is not None:
        page = await server.call("listWorkflows", query={"page_size": 3, "next_page_token": token})
        names += [row["workflow_id"] for row in page["workflows"]]
        token = page["next_page_token"]
    assert names == ["w6", "w5", "w4", "w3", "w2", "w1", "w0"]


@pytest.mark.parametrize("token", ["", "NTA=", "nonsense", "W10=", "ä", "W" * 5000])
async def test_a_token_that_is_none_counts_as_the_beginning(server, token):
    await server.start()
    assert await ids(server, next_page_token=token) == ["w1"]


async def test_a_token_with_a_time_that_is_none_counts_as_the_beginning(server):
    await server.start()
    await server.start("w2")
    token = (await server.call("listWorkflows", query={"page_size": 1}))["next_page_token"]
    mark, _, run_id = json.loads(base64.urlsafe_b64decode(token))
    made_up = base64.urlsafe_b64encode(json.dumps([mark, float("inf"), run_id]).encode()).decode()
    assert await ids(server, next_page_token=made_up) == ["w2", "w1"]


@pytest.mark.parametrize("other", [{"status": "running"}, {"workflow_type": "order"}, {"query": "w"}])
async def test_a_token_belongs_to_its_filters(server, other):
    await server.start()
    await server.start("w2")
    token = (await server.call("listWorkflows", query={"page_size": 1}))["next_page_token"]
    body = await server.call("listWorkflows", 422, query={**other, "next_page_token": token})
    assert list(body["errors"]) == ["next_page_token"]
    assert await ids(server, next_page_token=token, page_size=100) == ["w1"]


@pytest.mark.parametrize(
    ("filters", "index"),
    [
        ((None, None, ""), "runs_listed "),
        ((None, "failed", ""), "runs_listed "),
        (("done", None, ""), "runs_listed_by_type "),
        (("done", "running", ""), "runs_listed_by_type "),
        ((None, None, "WorkflowType = 'a' AND Status = 'failed'"), "runs_listed_by_type "),
        ((None, None, "StartTime > '2026-01-01'"), "runs_listed "),
        ((None, None, "WorkflowId = 'w1'"), "sqlite_autoindex_runs_2 "),
        ((None, None, "RunId = 'w1'"), "sqlite_autoindex_runs_1 "),
    ],
)
async def test_every_list_is_read_from_an_index(
    server, filters: tuple[str | None, str | None, str], index: str
):
    selection = selection_of("default", *filters)

    def plans(tx):
        seen = []
        plain = tx.execute

        def explained(sql, parameters=()):
            seen.extend(row[3] for row in plain(f"EXPLAIN QUERY PLAN {sql}", parameters))
            return plain(sql, parameters)

        tx.execute = explained
        listing.listed_runs(tx, selection, (5.0, "r"), 10)
        return seen

    found = await server.store.read(plans)
    assert found
    assert [plan for plan in found if plan.startswith(("SEARCH", "SCAN")) and index not in plan] == []
    if "autoindex" not in index:
        assert [plan for plan in found if "TEMP B-TREE" in plan] == []
