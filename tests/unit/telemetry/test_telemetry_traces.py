"""One trace from the program that starts a workflow to its activities, by a real server and real workers."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from opentelemetry import trace
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from durable_workflow import Client, activity, errors, sync, workflow
from durable_workflow.telemetry import TracingHook, TracingInterceptor
from durable_workflow.testing import dev_server
from support.rude_server import Drop, Say, in_turn, rude_server
from support.served import served
from support.wire_answers import description

SECRET = "pay-load-of-the-start"


class Spans:
    """Spans as they end, and who makes them."""

    def __init__(self) -> None:
        self._exporter = InMemorySpanExporter()
        self.provider = TracerProvider(shutdown_on_exit=False)
        self.provider.add_span_processor(SimpleSpanProcessor(self._exporter))
        self.tracer = self.provider.get_tracer("test")

    def all(self) -> Sequence[ReadableSpan]:
        return self._exporter.get_finished_spans()

    def named(self, name: str) -> ReadableSpan:
        (span,) = [span for span in self.all() if span.name == name]
        return span


@pytest.fixture
def spans() -> Iterator[Spans]:
    made = Spans()
    yield made
    made.provider.shutdown()


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with dev_server() as address:
        yield address


def parent_of(span: ReadableSpan) -> int | None:
    return span.parent.span_id if span.parent is not None else None


def id_of(span: ReadableSpan) -> int:
    assert span.context is not None
    return span.context.span_id


@activity.defn(name="charge")
def charge(card: str) -> str:
    with trace.get_tracer("own").start_as_current_span("never recorded"):
        return "charged"


@activity.defn(name="refuse")
def refuse(card: str) -> str:
    raise errors.NonRetryableError(f"no money on {card}")


@workflow.defn(name="traced")
class Traced:
    def run(self, ctx: workflow.WorkflowContext, card: str, name: str, queue: str | None) -> Any:
        return (yield ctx.schedule_activity(name, [card], queue=queue))


async def test_an_activity_belongs_to_the_trace_of_the_start(url: str, spans: Spans) -> None:
    client = Client(url, hooks=[TracingHook(tracer_provider=spans.provider)])
    interceptors = [TracingInterceptor(tracer_provider=spans.provider)]
    async with served(
        url, workflows=[Traced], activities=[charge], client=client, interceptors=interceptors
    ) as here:
        with spans.tracer.start_as_current_span("checkout") as checkout:
            assert await here.result("traced", SECRET, "charge", None) == "charged"
        assert parent_of(spans.named("activity charge")) == checkout.get_span_context().span_id
        tasks = [span for span in spans.all() if span.name == "workflow task traced"]
        assert {parent_of(span) for span in tasks} == {checkout.get_span_context().span_id}
        assert parent_of(spans.named("startWorkflow")) == checkout.get_span_context().span_id
    attributes = dict(spans.named("activity charge").attributes or {})
    assert attributes["durable_workflow.attempt"] == 1
    assert attributes["durable_workflow.activity_type"] == "charge"
    assert SECRET not in "".join(span.to_json() for span in spans.all())


async def test_a_worker_that_has_only_activities_asks_for_the_context(url: str, spans: Spans) -> None:
    async with (
        served(url, activities=[charge]) as elsewhere,
        served(
            url,
            activities=[charge],
            interceptors=[TracingInterceptor(elsewhere.client, tracer_provider=spans.provider)],
        ) as other,
        served(url, workflows=[Traced], client=Client(url, hooks=[TracingHook()])) as here,
    ):
        with spans.tracer.start_as_current_span("checkout") as checkout:
            assert await here.result("traced", SECRET, "charge", other.worker.task_queue) == "charged"
    assert parent_of(spans.named("activity charge")) == checkout.get_span_context().span_id


async def test_a_failure_is_marked_without_its_text(url: str, spans: Spans) -> None:
    interceptors = [TracingInterceptor(tracer_provider=spans.provider)]
    async with served(url, workflows=[Traced], activities=[refuse], interceptors=interceptors) as here:
        with pytest.raises(errors.WorkflowFailed):
            await here.result("traced", SECRET, "refuse", None)
    failed = spans.named("activity refuse")
    assert failed.parent is None, "the start was not traced"
    assert failed.status.status_code is trace.StatusCode.ERROR
    assert dict(failed.attributes or {})["error.type"] == "NonRetryableError"
    assert any(
        span.status.status_code is trace.StatusCode.ERROR for span in spans.all() if span is not failed
    )
    assert SECRET not in "".join(span.to_json() for span in spans.all())


def test_each_attempt_is_a_span_and_tells_the_server_of_it(spans: Spans) -> None:
    hook = TracingHook(tracer_provider=spans.provider)
    with (
        rude_server(in_turn(Drop(), Say(503, {}, {"Retry-After": "0"}), Say(body=description()))) as server,
        sync.Client(server.url, hooks=[hook], token=SECRET) as client,
    ):
        client.describe_workflow("order-1")
        sent = [request.headers["traceparent"] for request in server.received]
    made = [span for span in spans.all() if span.name == "describeWorkflow"]
    assert [f"{id_of(span):016x}" for span in made] == [each.split("-")[2] for each in sent]
    ends = [(span.attributes or {}).get("error.type") for span in made]
    assert ends == ["lost", "503", None]
    assert SECRET not in "".join(span.to_json() for span in made)


def test_the_memo_of_the_caller_stays(spans: Spans) -> None:
    hook = TracingHook(tracer_provider=spans.provider)
    with rude_server(in_turn(Drop())) as server, sync.Client(server.url, hooks=[hook]) as client:
        for memo in ({"traceparent": "mine", "note": 1}, None):
            with spans.tracer.start_as_current_span("checkout"), pytest.raises(errors.CallError):
                client.start_workflow(
                    workflow_type="order", task_queue="orders", workflow_id="order-1", memo=memo
                )
        memos = [request.json["memo"] for request in server.to("/workflows")]
    assert memos[0] == {"traceparent": "mine", "note": 1}
    assert memos[-1].keys() == {"traceparent"}


def test_without_opentelemetry_the_error_names_the_extra() -> None:
    program = (
        "import sys; sys.modules['opentelemetry'] = None\n"
        "try: import durable_workflow.telemetry\n"
        "except ImportError as error: print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
    assert "pip install 'durable-workflow[opentelemetry]'" in done.stdout
