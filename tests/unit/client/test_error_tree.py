"""Errors: their place in the tree, their texts, their constructors, and pickling."""

from __future__ import annotations

import copy
import pickle
import re

import pytest

import durable_workflow
from durable_workflow import errors

EXAMPLES = [
    errors.CallError("m", operation="getHealth", status=500, reason_code="r", attempts=2),
    errors.ConnectionFailed("m", safe_to_retry=True),
    errors.CallTimeout("m"),
    errors.ServerError(500, {"reason": "server_error", "message": "m"}),
    errors.InvalidArgument("m", {"input": ["is odd"]}),
    errors.NamespaceNotFound("shop"),
    errors.WorkflowNotFound("w-1", body={"a": 1}),
    errors.WorkflowAlreadyStarted("w-1", ambiguous=True),
    errors.UnknownSignal("approve"),
    errors.TaskLost("t-1", "gone", reason_code="lease_expired"),
    errors.WorkflowFailed(
        "m", "RuntimeException", exception_type="E", details={"a": 1}, cause=ValueError("c")
    ),
    errors.WorkflowTimedOut("m"),
    errors.WorkflowCancelled("m", workflow_id="w-1"),
    errors.ChildWorkflowFailed("m", "RuntimeException"),
    errors.ActivityFailed("m", activity_type="charge", code=51, timeout_kind="heartbeat"),
    errors.CompensationFailed.of([ValueError("c")], 2).after(KeyError("k")),
    errors.ResultTimeout("m"),
    errors.NonRetryableError("m", cause=ValueError("c")),
    errors.NonDeterministicReplayError("m", expected="a", actual="b", event={"sequence": 3}),
    errors.HistoryNotUnderstood("m"),
    errors.NonDeterministicCode("m", what="time.time", where="a.py:3"),
    errors.DefinitionError("m"),
    errors.UnknownWorkflowType("m"),
    errors.PayloadDecodeError("m", code="malformed", path="input"),
]


@pytest.mark.parametrize("error", EXAMPLES, ids=lambda e: type(e).__name__)
def test_an_error_survives_pickling_and_copying(error: errors.DurableWorkflowError) -> None:
    for twin in (pickle.loads(pickle.dumps(error)), copy.copy(error)):
        assert type(twin) is type(error)
        assert (str(twin), repr(twin), twin.args) == (str(error), repr(error), error.args)
        assert {k: str(v) for k, v in vars(twin).items()} == {k: str(v) for k, v in vars(error).items()}


def test_every_class_stands_in_the_drawing_and_at_the_door() -> None:
    drawn = set(re.findall(r"[├└]── (\w+)", errors.__doc__ or "")) | {"DurableWorkflowError"}
    assert drawn == set(errors.__all__)
    for name in errors.__all__:
        cls = getattr(errors, name)
        assert getattr(durable_workflow, name) is cls
        assert issubclass(cls, errors.DurableWorkflowError)
        assert cls.__module__ == "durable_workflow.errors"
        assert cls.__doc__


def test_errors_are_also_what_python_calls_them() -> None:
    assert issubclass(errors.CallTimeout, TimeoutError)
    assert issubclass(errors.ResultTimeout, TimeoutError)
    assert issubclass(errors.InvalidArgument, ValueError)
    assert issubclass(errors.PayloadError, ValueError)
    assert issubclass(errors.DefinitionError, TypeError)
    assert issubclass(errors.WorkflowTimedOut, errors.WorkflowFailed)


def test_a_call_error_tells_what_happened() -> None:
    error = errors.WorkflowNotFound(
        "w-1", operation="describeWorkflow", reason_code="instance_not_found", attempts=2
    )
    assert str(error) == (
        "there is no workflow 'w-1' in this namespace"
        " (operation=describeWorkflow, status=404, reason=instance_not_found, attempts=2)"
    )
    assert (error.workflow_id, error.reason(), error.safe_to_retry) == ("w-1", "instance_not_found", False)


def test_published_constructors_hold() -> None:
    error = errors.ServerError(409, {"reason": "run_not_active", "message": "closed"})
    assert (error.status, error.body["message"], error.reason()) == (409, "closed", "run_not_active")
    assert errors.ServerError(500, "text").reason() is None
    assert errors.NamespaceNotFound("shop").namespace == "shop"
    assert errors.ScheduleNotFound("s").name == "s"
    assert errors.WorkflowFailed("m", "C").exception_class == "C"
    cause = KeyError("k")
    assert errors.NonRetryableError("m", cause=cause).__cause__ is cause
    assert str(errors.ActivityFailed("no money", activity_type="charge")) == "no money (activity charge)"
    assert str(errors.ActivityFailed("no money")) == "no money"
