"""Names reach the wire as they were given, or nothing is sent; any answer ends in known errors."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import httpx
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from durable_workflow import Client, TransportRetryPolicy, errors, sync
from durable_workflow.client import ScheduleAction, ScheduleSpec
from support.rude_server import Received, RudeServer, Say, rude_server

ONCE = TransportRetryPolicy(max_attempts=1)
TEXT = st.text(max_size=40) | st.text("ab/?#%.:&=+ \\é\U0001f600", max_size=12)


@pytest.fixture(scope="module")
def server() -> Iterator[RudeServer]:
    def refuse(request: Received) -> Say:
        return Say(404, {"message": "none", "reason": "not_here"})

    with rude_server(refuse) as running:
        yield running


def by_threads(url: str, use: Callable[[Any], Any]) -> None:
    with sync.Client(url, retry_policy=ONCE) as client:
        use(client)


def by_tasks(url: str, use: Callable[[Any], Any]) -> None:
    async def call() -> None:
        async with Client(url, retry_policy=ONCE) as client:
            await use(client)

    asyncio.run(call())


TWINS = {"sync": by_threads, "async": by_tasks}


def target_of(server: RudeServer, twin: str, use: Callable[[Any], Any]) -> str | None:
    """Return the target of the one request that a call makes, None if it was refused before sending."""
    server.received.clear()
    try:
        TWINS[twin](server.url, use)
    except errors.InvalidArgument as refused:
        assert refused.status is None
        assert not server.received
        return None
    except errors.ServerError as refused:
        assert refused.status == 404
    (request,) = server.received
    return request.target


def segments(target: str) -> list[str]:
    return [unquote(segment) for segment in urlsplit(target).path.split("/")]


PATHS: dict[str, tuple[Callable[[str], Callable[[Any], Any]], list[str]]] = {
    "workflow": (lambda name: lambda c: c.describe_workflow(name), ["", "api", "workflows", "{}"]),
    "run": (
        lambda name: lambda c: c.describe_workflow("w", run_id=name),
        ["", "api", "workflows", "w", "runs", "{}"],
    ),
    "signal": (
        lambda name: lambda c: c.signal_workflow("w", name),
        ["", "api", "workflows", "w", "signal", "{}"],
    ),
    "query": (
        lambda name: lambda c: c.query_workflow("w", name),
        ["", "api", "workflows", "w", "query", "{}"],
    ),
    "schedule": (lambda name: lambda c: c.describe_schedule(name), ["", "api", "schedules", "{}"]),
    "worker": (lambda name: lambda c: c.describe_worker(name), ["", "api", "workers", "{}"]),
    "queue": (lambda name: lambda c: c.describe_task_queue(name), ["", "api", "task-queues", "{}"]),
}


@pytest.mark.parametrize("twin", TWINS)
@pytest.mark.parametrize("kind", PATHS)
@given(name=TEXT)
@example(name="a/b")
@example(name="a?b#c")
@example(name="..")
@example(name="%2e")
@example(name="\ud800")
@settings(max_examples=30, deadline=None)
def test_a_name_is_one_segment_of_the_path_or_is_not_sent(
    server: RudeServer, kind: str, twin: str, name: str
) -> None:
    use, shape = PATHS[kind]
    target = target_of(server, twin, use(name))
    if target is not None:
        assert segments(target) == [name if part == "{}" else part for part in shape]


@pytest.mark.parametrize("twin", TWINS)
@given(query=TEXT, token=TEXT)
@example(query="order #1 & more", token="a+b=c")
@example(query="\ud800", token="")
@settings(max_examples=30, deadline=None)
def test_a_query_and_a_page_token_reach_the_wire(
    server: RudeServer, twin: str, query: str, token: str
) -> None:
    target = target_of(server, twin, lambda c: c.list_workflows(query=query, next_page_token=token))
    if target is None:
        return
    sent = parse_qs(urlsplit(target).query, keep_blank_values=True, strict_parsing=True)
    assert sent == {"query": [query], "next_page_token": [token]}


CALLS: list[Callable[[Any], Any]] = [
    lambda c: c.health(),
    lambda c: c.get_cluster_info(),
    lambda c: c.describe_workflow("w"),
    lambda c: c.list_workflows(),
    lambda c: c.list_workflow_runs("w"),
    lambda c: c.get_history("w", "r"),
    lambda c: c.export_history("w", "r"),
    lambda c: c.start_workflow(workflow_type="t", task_queue="q", workflow_id="w"),
    lambda c: c.signal_workflow("w", "s"),
    lambda c: c.query_workflow("w", "q"),
    lambda c: c.update_workflow("w", "u"),
    lambda c: c.cancel_workflow("w"),
    lambda c: c.terminate_workflow("w"),
    lambda c: c.repair_workflow("w"),
    lambda c: c.get_result(c.get_workflow_handle("w"), timeout=0.0),
    lambda c: c.create_schedule(spec=ScheduleSpec(["@daily"]), action=ScheduleAction("t")),
    lambda c: c.list_schedules(),
    lambda c: c.describe_schedule("s"),
    lambda c: c.trigger_schedule("s"),
    lambda c: c.describe_task_queue("q"),
    lambda c: c.register_worker(worker_id="k", task_queue="q"),
    lambda c: c.poll_workflow_task(worker_id="k", task_queue="q", timeout=0),
]

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)
NAMES = st.sampled_from(
    [
        "reason",
        "outcome",
        "message",
        "errors",
        "status",
        "workflow_id",
        "run_id",
        "events",
        "task",
        "workflows",
    ]
)
BODIES = st.one_of(
    st.binary(max_size=60),
    JSON.map(lambda value: json.dumps(value).encode()),
    st.dictionaries(NAMES, JSON, max_size=6).map(lambda value: json.dumps(value).encode()),
)
STATUSES = st.sampled_from(
    [100, 199, 200, 201, 202, 204, 207, 301, 304, 400, 401, 403, 404, 409, 412, 413, 422]
)
HEADERS = st.dictionaries(
    st.sampled_from(["content-type", "retry-after", "content-encoding", "location", "x-other"]),
    st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=12),
    max_size=3,
)


@given(
    call=st.sampled_from(CALLS),
    status=STATUSES | st.sampled_from([429, 500, 502, 503, 504]) | st.integers(200, 599),
    body=BODIES,
    headers=HEADERS,
)
@settings(max_examples=600, deadline=None)
def test_whatever_a_server_answers_only_known_errors_come_out(
    call: Callable[[Any], Any], status: int, body: bytes, headers: dict[str, str]
) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(max(status, 200), headers=headers, stream=httpx.ByteStream(body))

    with sync.Client("http://any", retry_policy=ONCE, http_transport=httpx.MockTransport(answer)) as client:
        try:
            call(client)
        except errors.DurableWorkflowError as known:
            assert str(known)
