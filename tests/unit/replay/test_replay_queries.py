"""Queries: answered from a workflow's state at any moment of its history, and never heard of again."""

from __future__ import annotations

import logging
from typing import Any

import pytest

from durable_workflow import workflow
from durable_workflow.errors import QueryFailed
from durable_workflow.replay import TaskInput, new_run
from support.history_writer import HistoryWriter


@workflow.defn(name="counter")
class Counter:
    def __init__(self) -> None:
        self.counts = [0]

    @workflow.signal("count")
    def count(self, by: int) -> None:
        self.counts.append(self.counts[-1] + by)

    @workflow.update("set")
    def put(self, to: int) -> int:
        self.counts.append(to)
        return to

    @workflow.query("last")
    def last(self, back: int = 1) -> int:
        return self.counts[-back]

    @workflow.query("broken")
    def broken(self) -> None:
        raise ZeroDivisionError("do not ask")

    async def run(self, ctx: workflow.WorkflowContext, goal: int) -> Any:
        ctx.logger.info("counting to %d", goal)
        await ctx.wait_condition(lambda: self.counts[-1] >= goal)
        await ctx.schedule_activity("done", [goal])
        self.counts.append(-1)
        return self.counts


def ask(history: HistoryWriter, name: str, *arguments: Any, cls: type = Counter) -> Any:
    return workflow.query_state(cls, history.events, [5], name, list(arguments))


def counted(*amounts: int) -> HistoryWriter:
    history = HistoryWriter()
    history.complete(_commands(history))
    for amount in amounts:
        history.signal("count", amount)
    return history


def _commands(history: HistoryWriter) -> Any:
    outcome = workflow.replay(Counter, history.events, [5])
    return [command.to_server_command("q") for command in outcome.commands]


def test_a_query_sees_everything_that_happened() -> None:
    assert ask(HistoryWriter(), "last") == 0
    assert ask(counted(1, 2), "last") == 3
    assert ask(counted(1, 2), "last", 2) == 1


def test_a_query_does_not_see_what_is_not_decided() -> None:
    history = counted(1)
    history.update("u1", "set", 9)
    assert ask(history, "last") == 1
    history.complete(_commands(history))
    assert ask(history, "last") == 9


def test_closed_workflows_answer() -> None:
    history = counted(5)
    history.complete(_commands(history))
    history.complete_activity(history.events[-1]["payload"]["sequence"], None)
    assert history.complete(_commands(history))
    assert ask(history, "last") == -1


@pytest.mark.parametrize(
    ("name", "arguments", "reason", "message"),
    [
        ("first", [], "rejected_unknown_query", "'counter' has no query 'first'; it has broken, last"),
        ("last", [1, 2], "invalid_query_arguments", "do not fit query 'last': too many positional arguments"),
        ("last", [7], "query_rejected", "query 'last' raised IndexError: list index out of range"),
        ("broken", [], "query_rejected", "query 'broken' raised ZeroDivisionError: do not ask"),
    ],
)
def test_a_failed_query_says_why(name: str, arguments: list[Any], reason: str, message: str) -> None:
    with pytest.raises(QueryFailed) as caught:
        ask(HistoryWriter(), name, *arguments)
    assert (caught.value.query_name, caught.value.reason_code) == (name, reason)
    assert message in str(caught.value)


def test_a_workflow_that_could_not_be_made_cannot_be_asked() -> None:
    @workflow.defn(name="unmade")
    class Unmade(Counter):
        def __init__(self) -> None:
            raise OSError("no")

    with pytest.raises(QueryFailed, match="failed before it could be asked"):
        ask(HistoryWriter(), "last", cls=Unmade)


def test_asking_a_live_run_changes_nothing(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "durable_workflow.workflow")
    history = HistoryWriter()
    task = TaskInput(
        definition=workflow.definition_of(Counter),
        workflow_id="w",
        run_id="r",
        arguments=[5],
        history=(),
        task_queue="q",
    )
    with new_run(task) as run:
        run.feed(history.events)
        assert [run.query("last"), run.query("last", [1])] == [0, 0]
        assert [issued.wire["type"] for issued in run.take_commands()] == ["open_condition_wait"]
    assert [record.message for record in caplog.records] == ["counting to 5"]
    ask(history, "last")
    assert len(caplog.records) == 1, "a run that is only asked logs nothing"
