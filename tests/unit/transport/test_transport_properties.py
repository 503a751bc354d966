"""What holds for any name on the way out, and for any bytes on the way back."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs, unquote

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from durable_workflow import TransportRetryPolicy, errors
from durable_workflow_api.operations import OPERATIONS
from support.callers import Caller, caller
from support.rude_server import Drop, RudeServer, Say, rude_server
from support.wire_answers import description, started

ONCE = TransportRetryPolicy(max_attempts=1)
ADVERTISED = {"version": "1.0", "server_capabilities": {}, "worker_protocol": {"version": "1.0"}}
everyday = settings(deadline=None, max_examples=100, suppress_health_check=list(HealthCheck))
long = settings(everyday, max_examples=5000)

Reach = tuple[RudeServer, Caller]
Call = Callable[[Any, str], Any]


@pytest.fixture
def reach(sender_or_sync: str) -> Iterator[Reach]:
    """A server that knows nothing, and a client of it."""
    with (
        rude_server(lambda request: Say(404, {"message": "none"})) as server,
        caller(sender_or_sync, server.url, retry_policy=ONCE, timeout=5) as call,
    ):
        yield server, call


# Operation, parameter of its path that a name becomes, and the call that is given the name.
IN_PATH: list[tuple[str, str, Call]] = [
    ("describeWorkflow", "workflowId", lambda c, n: c.describe_workflow(n)),
    ("getWorkflowHistory", "runId", lambda c, n: c.get_history("order-1", n)),
    ("signalWorkflow", "signalName", lambda c, n: c.signal_workflow("order-1", n)),
    ("queryWorkflow", "queryName", lambda c, n: c.query_workflow("order-1", n)),
    ("updateWorkflow", "updateName", lambda c, n: c.update_workflow("order-1", n)),
    ("describeSchedule", "scheduleId", lambda c, n: c.describe_schedule(n)),
    ("describeNamespace", "namespace", lambda c, n: c.describe_namespace(n)),
    ("describeTaskQueue", "taskQueue", lambda c, n: c.describe_task_queue(n)),
    ("describeWorker", "workerId", lambda c, n: c.describe_worker(n)),
    ("deleteSearchAttribute", "name", lambda c, n: c.delete_search_attribute(n)),
]
# Parameter of the query that a text becomes, and the call that is given the text.
IN_QUERY: list[tuple[str, Call]] = [
    ("query", lambda c, n: c.list_workflows(query=n)),
    ("workflow_type", lambda c, n: c.list_workflows(workflow_type=n)),
    ("next_page_token", lambda c, n: c.list_workflows(next_page_token=n)),
]
ODD = [".", "\ud800", "..", "a/b", "a?b", "a#b", "a%2Fb", "ü", "a b", "a+b", "\\"]
NAMES = st.text(max_size=12) | st.sampled_from(ODD)


def sent(reach: Reach, call: Call, name: str) -> str | None:
    """Return the target of the one request, None if the name was refused before sending."""
    server, use = reach
    server.received.clear()
    try:
        use(lambda client: call(client, name))
    except errors.InvalidArgument:
        assert not server.received, "refused, and yet sent"
        return None
    except errors.CallError:
        pass
    (request,) = server.received
    return request.target


@everyday
@given(st.sampled_from(IN_PATH), NAMES)
@example(IN_PATH[0], "..")
@example(IN_PATH[2], "a/b?c#d%2e ü")
def test_a_name_is_one_segment_of_the_path_or_is_not_sent(
    reach: Reach, case: tuple[str, str, Call], name: str
) -> None:
    operation, parameter, call = case
    target = sent(reach, call, name)
    if target is None:
        return
    path = target.partition("?")[0]
    assert path.isascii()
    template, segments = OPERATIONS[operation].path.split("/"), path.split("/")
    assert len(segments) == len(template)
    place = template.index(f"{{{parameter}}}")
    assert unquote(segments[place], errors="strict") == name
    assert segments[place] not in ("", ".", "..")
    assert "#" not in target


@everyday
@given(st.sampled_from(IN_QUERY), NAMES)
@example(IN_QUERY[0], 'OrderId = "A #1" & x+y=%20')
def test_a_text_is_one_value_of_the_query_or_is_not_sent(
    reach: Reach, case: tuple[str, Call], text: str
) -> None:
    parameter, call = case
    target = sent(reach, call, text)
    if target is None:
        return
    path, _, query = target.partition("?")
    assert path == "/api/workflows"
    assert parse_qs(query, keep_blank_values=True, strict_parsing=True, errors="strict")[parameter] == [text]


CALLS: list[Callable[[Any], Any]] = [
    lambda c: c.health(),
    lambda c: c.get_cluster_info(),
    lambda c: c.describe_workflow("order-1"),
    lambda c: c.list_workflows(),
    lambda c: c.start_workflow(workflow_type="order", task_queue="orders", workflow_id="order-1"),
    lambda c: c.signal_workflow("order-1", "approve"),
    lambda c: c.query_workflow("order-1", "state"),
    lambda c: c.update_workflow("order-1", "change"),
    lambda c: c.terminate_workflow("order-1"),
    lambda c: c.get_history("order-1", "01m81sa53qmh9ksq595nwn5qcc"),
    lambda c: c.get_result(c.get_workflow_handle("order-1"), timeout=0.01, poll_interval=0.01),
    lambda c: c.register_worker(worker_id="w", task_queue="q"),
    lambda c: c.poll_workflow_task(worker_id="w", task_queue="q", timeout=1),
    lambda c: c.complete_workflow_task(task_id="t", lease_owner="w", workflow_task_attempt=1, commands=[]),
    lambda c: c.describe_schedule("s"),
    lambda c: c.raw.describe_workflow("order-1"),
]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@st.composite
def damaged(draw: st.DrawFn) -> dict[str, Any]:
    """An answer of a real server with some members exchanged or left out."""
    body = dict(draw(st.sampled_from([description(), started(), description(status="failed")])))
    for name in draw(st.lists(st.sampled_from(sorted(body)), max_size=3, unique=True)):
        if draw(st.booleans()):
            del body[name]
        else:
            body[name] = draw(JSON)
    return body


BODIES = st.binary(max_size=40) | (JSON | damaged()).map(lambda value: json.dumps(value).encode())
HEADERS = st.fixed_dictionaries(
    {},
    optional={
        "Content-Type": st.sampled_from(["application/json", "text/html", "", "x"]),
        "Content-Encoding": st.sampled_from(["gzip", "br", "deflate", "zstd", "identity", "none of them"]),
        "Content-Length": st.sampled_from(["0", "1", "7", "99999", "-1", "x", "1, 1"]),
        "Transfer-Encoding": st.sampled_from(["chunked", "gzip, chunked", "x"]),
        "Retry-After": st.sampled_from(["0", "-1", "soon", "nan", "inf", "9" * 400, "Wed, 99 Nov 2026", ""]),
        "Location": st.sampled_from(["/login", "http://[", ""]),
        "X": st.text(st.characters(min_codepoint=1, max_codepoint=255), max_size=5),
    },
)
STATUSES = st.integers(100, 599) | st.sampled_from([0, 99, 999, 1000, -1]) | st.just(200)


def any_answer(reach: Reach, call: Callable[[Any], Any], status: int, headers: Any, body: bytes) -> None:
    server, use = reach
    lines = [f"HTTP/1.1 {status} Whatever", *(f"{name}: {value}" for name, value in headers.items())]
    answer = Drop("\r\n".join([*lines, "", ""]).encode("latin-1") + body)
    info = Say(200, ADVERTISED)
    server.behaviour = lambda request: info if request.path.endswith("/cluster/info") else answer
    try:
        use(call)
    except errors.DurableWorkflowError as error:
        assert str(error)
    finally:
        server.received.clear()


@everyday
@given(st.sampled_from(CALLS), STATUSES, HEADERS, BODIES)
def test_whatever_comes_back_only_our_errors_come_out(
    reach: Reach, call: Callable[[Any], Any], status: int, headers: dict[str, str], body: bytes
) -> None:
    any_answer(reach, call, status, headers, body)


@pytest.mark.deep
@long
@given(st.sampled_from(CALLS), STATUSES, HEADERS, BODIES)
def test_whatever_comes_back_only_our_errors_come_out_at_length(
    reach: Reach, call: Callable[[Any], Any], status: int, headers: dict[str, str], body: bytes
) -> None:
    any_answer(reach, call, status, headers, body)


@everyday
@given(st.sampled_from(CALLS), st.binary(max_size=200))
def test_whatever_bytes_come_back_only_our_errors_come_out(
    reach: Reach, call: Callable[[Any], Any], answer: bytes
) -> None:
    server, use = reach
    server.behaviour = lambda request: Drop(answer)
    try:
        use(call)
    except errors.DurableWorkflowError as error:
        assert str(error)
