"""Child workflows: their results, their ends without one, and what the code learns of them."""

from __future__ import annotations

from typing import Any

import pytest

from durable_workflow import workflow
from durable_workflow.codec import encode
from durable_workflow.errors import (
    ChildWorkflowFailed,
    NonDeterministicReplayError,
    WorkflowCancelled,
    WorkflowFailed,
    WorkflowTerminated,
    WorkflowTimedOut,
)
from support.history_writer import HistoryWriter, result_of

caught: list[ChildWorkflowFailed] = []


@workflow.defn(name="guardian")
class Guardian:
    async def run(self, ctx: workflow.WorkflowContext) -> Any:
        try:
            return await ctx.start_child_workflow("ship", ["order-1"])
        except ChildWorkflowFailed as error:
            caught.append(error)
            return "failed"


@pytest.fixture
def history(replay: Any) -> HistoryWriter:
    caught.clear()
    written = HistoryWriter()
    written.complete(replay(Guardian, written.events).commands)
    return written


def test_a_child_is_started_once_and_its_output_is_the_result(replay: Any, history: HistoryWriter) -> None:
    assert [event["event_type"] for event in history.events[2:]] == [
        "ChildWorkflowScheduled",
        "ChildRunStarted",
    ]
    assert replay(Guardian, history.events).commands == ()
    history.end_child(3, "ChildRunCompleted", output=encode("shipped"))
    assert result_of(replay(Guardian, history.events).commands) == "shipped"


def test_a_later_server_calls_the_output_result(replay: Any, history: HistoryWriter) -> None:
    history.end_child(3, "ChildRunCompleted", result={"codec": "avro", "blob": encode("shipped")})
    assert result_of(replay(Guardian, history.events).commands) == "shipped"


def test_a_new_try_of_a_child_ends_nothing(replay: Any, history: HistoryWriter) -> None:
    history.add("ChildRunStarted", sequence=3, child_run_number=2, retry_attempt=2)
    assert replay(Guardian, history.events).commands == ()
    history.end_child(3, "ChildRunCompleted", output=encode(2))
    assert result_of(replay(Guardian, history.events).commands) == 2


@pytest.mark.parametrize(
    ("event_type", "category", "cause"),
    [
        ("ChildRunFailed", "application", WorkflowFailed),
        ("ChildRunFailed", "timeout", WorkflowTimedOut),
        ("ChildRunCancelled", "cancelled", WorkflowCancelled),
        ("ChildRunTerminated", "terminated", WorkflowTerminated),
    ],
)
def test_an_end_without_success_is_raised_with_its_cause(
    replay: Any, history: HistoryWriter, event_type: str, category: str, cause: type
) -> None:
    history.end_child(3, event_type, failure_category=category, message="no luck", exception_class="E")
    assert result_of(replay(Guardian, history.events).commands) == "failed"
    (error,) = caught
    assert (error.workflow_type, error.failure_category, str(error)) == (
        "ship",
        category,
        "no luck (child ship)",
    )
    assert type(error.cause) is cause
    assert error.__cause__ is error.cause
    assert (error.workflow_id, error.run_id) == ("child-3", "run-3")


def test_facts_of_a_childs_failure_reach_the_code(replay: Any, history: HistoryWriter) -> None:
    exception = {
        "type": "OutOfStock",
        "message": "none left",
        "details": encode({"left": 0}),
        "details_payload_codec": "avro",
        "non_retryable": True,
        "code": 7,
    }
    history.end_child(3, "ChildRunFailed", exception=exception)
    assert replay(Guardian, history.events).finished
    (error,) = caught
    assert (error.message, error.exception_type, error.details) == ("none left", "OutOfStock", {"left": 0})
    assert (error.non_retryable, error.code) == (True, 7)
    assert isinstance(error.cause, WorkflowFailed)
    assert error.cause.details == {"left": 0}


def test_an_end_that_says_nothing_has_a_message_all_the_same(replay: Any, history: HistoryWriter) -> None:
    history.end_child(3, "ChildRunTerminated")
    assert replay(Guardian, history.events).finished
    assert caught[0].message == "the child workflow was terminated"


def test_another_child_than_in_history_is_reported(replay: Any) -> None:
    history = HistoryWriter()
    history.add("ChildWorkflowScheduled", sequence=3, child_workflow_type="old")
    with pytest.raises(
        NonDeterministicReplayError,
        match="holds child workflow 'old', but the code asks for child workflow 'ship'",
    ):
        replay(Guardian, history.events)
