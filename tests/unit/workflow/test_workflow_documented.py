"""The authoring names that existing programs use beside those of `documented_api.json`."""

from __future__ import annotations

import inspect
from typing import Any

import pytest

import durable_workflow
from durable_workflow import workflow
from durable_workflow.workflow import WorkflowContext

METHODS = {
    "schedule_activity": "activity_type arguments * queue=None retry_policy=None start_to_close_timeout=None "
    "schedule_to_start_timeout=None schedule_to_close_timeout=None heartbeat_timeout=None",
    "start_timer": "seconds",
    "sleep": "seconds",
    "wait_condition": "predicate * key=None timeout=None",
    "side_effect": "fn",
    "start_child_workflow": "workflow_type arguments=None * task_queue=None parent_close_policy=None "
    "retry_policy=None execution_timeout_seconds=None run_timeout_seconds=None",
    "get_version": "change_id min_supported max_supported",
    "patched": "change_id",
    "deprecate_patch": "change_id",
    "upsert_search_attributes": "attributes",
    "now": "",
    "random": "",
    "uuid4": "",
    "uuid7": "",
}


@pytest.mark.parametrize("name", METHODS)
def test_a_method_of_the_context_takes_what_programs_give(name: str) -> None:
    signature = inspect.signature(getattr(WorkflowContext, name))
    positional, _, keyword = METHODS[name].partition("*")
    names = [word.partition("=")[0] for word in positional.split()]
    bound = signature.bind("self", *names, **{word.partition("=")[0]: 1 for word in keyword.split()})
    assert list(bound.arguments)[1 : 1 + len(names)] == list(signature.parameters)[1 : 1 + len(names)]
    for word in (*positional.split(), *keyword.split()):
        parameter, _, default = word.partition("=")
        assert parameter in signature.parameters
        assert not default or signature.parameters[parameter].default is None


def test_a_new_run_is_asked_for_by_position_and_name() -> None:
    signature = inspect.signature(WorkflowContext.continue_as_new)
    bound = signature.bind("self", 1, 2, workflow_type="t", task_queue="q")
    assert bound.arguments["args"] == (1, 2)
    command = durable_workflow.ContinueAsNew("t", [1, 2], "q")
    assert (command.workflow_type, command.arguments, command.task_queue) == ("t", [1, 2], "q")
    assert durable_workflow.ContinueAsNew().arguments == []


@pytest.mark.parametrize(
    "policy", [durable_workflow.ActivityRetryPolicy, durable_workflow.ChildWorkflowRetryPolicy]
)
def test_policies_take_what_programs_give(policy: Any) -> None:
    given = policy(5, 2.0, 3.0, 60.0, ["Fatal"], [1, 2])
    assert given.max_attempts == 5
    assert given.initial_interval_seconds == 2.0
    assert given.backoff_coefficient == 3.0
    assert given.maximum_interval_seconds == 60.0
    assert list(given.non_retryable_error_types) == ["Fatal"]
    assert given.backoff_seconds == [1, 2]
    default = policy()
    assert (default.max_attempts, default.initial_interval_seconds, default.backoff_coefficient) == (
        3,
        1.0,
        2.0,
    )


def test_a_child_takes_what_programs_give() -> None:
    command = durable_workflow.StartChildWorkflow("t", [1], "q", "abandon", None, 60, 30)
    assert (command.workflow_type, command.arguments, command.task_queue) == ("t", [1], "q")
    assert (command.parent_close_policy, command.retry_policy) == ("abandon", None)
    assert (command.execution_timeout_seconds, command.run_timeout_seconds) == (60, 30)


@pytest.mark.parametrize("name", ["info", "logger"])
def test_the_context_has_its_attributes(name: str) -> None:
    @workflow.defn(name="documented")
    class Documented:
        def run(self, ctx: WorkflowContext) -> Any:
            return str(type(getattr(ctx, name)))

    assert workflow.replay(Documented, [], []).finished
