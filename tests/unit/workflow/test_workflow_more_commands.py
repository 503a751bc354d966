"""Children, versions, upserts and new runs on the wire, and what is refused before it gets there."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from durable_workflow import activity, workflow
from durable_workflow.codec import decode_envelope
from durable_workflow.errors import DefinitionError
from durable_workflow.workflow import (
    ActivityCall,
    ActivityOptions,
    ActivityRetryPolicy,
    ChildWorkflowRetryPolicy,
    ContinueAsNew,
    DeprecatePatch,
    GetVersion,
    Patched,
    RecordVersionMarker,
    Select,
    StartChildWorkflow,
    UpsertMemo,
    UpsertSearchAttributes,
)


@workflow.defn(name="shipping")
class Shipping:
    async def run(self, ctx: workflow.WorkflowContext) -> None: ...


def test_a_child_with_everything() -> None:
    policy = ChildWorkflowRetryPolicy(max_attempts=2, non_retryable_error_types=["Fatal"])
    command = StartChildWorkflow(
        Shipping, [1, "two"], "fast", "request_cancel", policy, timedelta(minutes=2), 0.5
    )
    assert command.to_server_command("q") == {
        "type": "start_child_workflow",
        "workflow_type": "shipping",
        "arguments": {"codec": "avro", "blob": "ABJbMSwidHdvIl0C"},
        "queue": "fast",
        "parent_close_policy": "request_cancel",
        "retry_policy": {
            "max_attempts": 2,
            "backoff_seconds": [1],
            "non_retryable_error_types": ["Fatal"],
        },
        "execution_timeout_seconds": 120,
        "run_timeout_seconds": 1,
    }


def test_a_child_with_nothing_runs_on_the_queue_of_the_run() -> None:
    assert StartChildWorkflow("ship").to_server_command("q", payload_codec="avro") == {
        "type": "start_child_workflow",
        "workflow_type": "ship",
        "arguments": {"codec": "avro", "blob": "AARbXQI="},
        "queue": "q",
    }


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"parent_close_policy": "stop"}, ValueError, "abandon, request_cancel, terminate, not 'stop'"),
        ({"run_timeout_seconds": 0}, ValueError, "run_timeout_seconds must be at least 1 s"),
        (
            {"run_timeout_seconds": 3, "execution_timeout_seconds": 2},
            ValueError,
            "run_timeout_seconds .3 s. is longer than execution_timeout_seconds",
        ),
        ({"arguments": "Ada"}, TypeError, r"arguments of a child workflow are a list .* write \[value\]"),
        ({"workflow_type": " "}, TypeError, "the workflow type must be a non-empty name"),
        ({"workflow_type": dict}, DefinitionError, "'dict' is no workflow"),
    ],
)
def test_children_that_the_server_would_refuse_are_refused_here(
    options: dict[str, Any], error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        StartChildWorkflow(**{"workflow_type": "ship", **options})


def test_versions_on_the_wire() -> None:
    marker = {"type": "record_version_marker", "change_id": "tax", "min_supported": -1}
    assert GetVersion("tax", -1, 3).to_server_command("q") == {**marker, "version": 3, "max_supported": 3}
    for patch in (Patched("tax"), DeprecatePatch("tax"), RecordVersionMarker("tax", 1, -1, 1)):
        assert patch.to_server_command("q") == {**marker, "version": 1, "max_supported": 1}


def test_versions_that_make_no_sense_are_refused() -> None:
    with pytest.raises(ValueError, match="min_supported 2 is above max_supported 1"):
        GetVersion("tax", 2, 1)
    with pytest.raises(ValueError, match="version 5 of change 'tax' is not between 1 and 2"):
        RecordVersionMarker("tax", 5, 1, 2)
    with pytest.raises(TypeError, match="min_supported of change 'tax' must be an integer"):
        GetVersion("tax", "1", 2)  # type: ignore[arg-type] # the mistake under test
    with pytest.raises(TypeError, match="the change id of a version must be a non-empty name"):
        Patched("")


def test_upserts_on_the_wire() -> None:
    attributes = {"customer": "Ada", "total": 1.5, "open": True, "tags": ["a"], "gone": None}
    assert UpsertSearchAttributes(attributes).to_server_command("q") == {
        "type": "upsert_search_attributes",
        "attributes": attributes,
    }
    wire = UpsertMemo({"note": {"by": "Ada"}, "gone": None}).to_server_command("q")
    assert wire["type"] == "upsert_memo"
    assert decode_envelope(wire["entries"]) == {"note": {"by": "Ada"}, "gone": None}


@pytest.mark.parametrize(
    ("attributes", "error", "message"),
    [
        ({}, ValueError, "must not be empty"),
        (["a"], TypeError, "a dict of names and values, not list"),
        ({"a b": 1}, ValueError, "'a b' is no name"),
        ({"a": {}}, TypeError, "'a' must be text, a number, a boolean"),
        ({"a": ["x", 1]}, TypeError, "a list holds texts only"),
        ({"a": "é" * 96}, ValueError, "longer than 191 bytes"),
        ({"a": float("nan")}, ValueError, "finite number"),
    ],
)
def test_attributes_that_the_server_would_refuse_are_refused_here(
    attributes: Any, error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        UpsertSearchAttributes(attributes)


@pytest.mark.parametrize(
    ("entries", "message"),
    [({}, "must not be empty"), ({"7": 1}, "'7' is no name"), ({f"n{i}": 1 for i in range(101)}, "at most")],
)
def test_memos_that_the_server_would_refuse_are_refused_here(entries: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        UpsertMemo(entries)


def test_a_new_run_on_the_wire() -> None:
    assert ContinueAsNew("other", [1, "two"], "fast").to_server_command("q") == {
        "type": "continue_as_new",
        "arguments": {"codec": "avro", "blob": "ABJbMSwidHdvIl0C"},
        "workflow_type": "other",
        "queue": "fast",
    }
    assert ContinueAsNew().to_server_command("q").keys() == {"type", "arguments"}
    with pytest.raises(TypeError, match="arguments of a continued workflow are a list"):
        ContinueAsNew(None, "Ada")


@activity.defn(name="charge")
async def charge(order: str, amount: int = 1, currency: str = "EUR") -> None: ...


@activity.defn(name="spread")
def spread(*parts: int, exact: bool = False) -> None: ...


def test_an_activity_is_called_as_its_function_would_be() -> None:
    call: Any = ActivityCall(charge, ActivityOptions(start_to_close_timeout=5, queue="fast"))
    assert call("o").arguments == ["o"]
    assert call("o", currency="USD").arguments == ["o", 1, "USD"]
    assert call(amount=3, order="o").arguments == ["o", 3]
    assert (call("o").queue, call("o").start_to_close_timeout) == ("fast", 5)
    assert ActivityCall(spread, ActivityOptions())(1, 2, 3).arguments == [1, 2, 3]


def test_arguments_that_do_not_fit_the_function_are_refused() -> None:
    call: Any = ActivityCall(charge, ActivityOptions())
    with pytest.raises(TypeError, match="missing a required argument: 'order'"):
        call()
    with pytest.raises(TypeError, match="too many positional arguments"):
        call(1, 2, 3, 4)
    with pytest.raises(TypeError, match="unexpected keyword argument 'curency'"):
        call("o", curency="USD")
    with pytest.raises(TypeError, match=r"keyword-only arguments \(exact\)"):
        ActivityCall(spread, ActivityOptions())(1, exact=True)


def test_child_policies_are_checked_as_those_of_activities() -> None:
    with pytest.raises(ValueError, match="max_attempts must be at least 1"):
        ChildWorkflowRetryPolicy(max_attempts=0)
    same = {"max_attempts": 4, "backoff_coefficient": 3}
    assert ChildWorkflowRetryPolicy(**same).to_wire() == ActivityRetryPolicy(**same).to_wire()


def test_a_selection_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="it would wait for ever"):
        Select({})
