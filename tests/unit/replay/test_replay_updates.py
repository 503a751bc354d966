"""Updates: answered once, applied at one place whatever happens around them, without trace if they fail."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pytest

from durable_workflow import workflow
from durable_workflow.codec import decode_envelope
from durable_workflow.errors import DurableWorkflowError, PayloadDecodeError
from durable_workflow.replay import TaskInput, WorkflowRun, new_run
from support.history_writer import HistoryWriter, result_of

CALLS: list[str] = []


@workflow.defn(name="stock")
class Stock:
    def __init__(self) -> None:
        self.items: list[Any] = []

    @workflow.signal("deliver")
    def deliver(self, item: Any) -> None:
        self.items.append(item)

    @workflow.update("take")
    def take(self, item: Any, then_fail: bool = False) -> Any:
        CALLS.append(f"take {item}")
        self.items.append(f"taken {item}")
        if then_fail:
            raise LookupError(f"no more {item}")
        return self.items if item != "unwritable" else object()

    @take.validator
    def may_take(self, item: Any, then_fail: bool = False) -> None:
        CALLS.append(f"validate {item}")
        if not item:
            raise ValueError("take what?")

    @workflow.query("items")
    def listed(self) -> list[Any]:
        return self.items

    async def run(self, ctx: workflow.WorkflowContext, most: int = 2) -> Any:
        for place in range(most):
            await ctx.wait_condition(lambda place=place: len(self.items) > place, key="item")
            await ctx.schedule_activity("book", [self.items[place]])
        return self.items


@pytest.fixture(autouse=True)
def no_calls() -> None:
    CALLS.clear()


def live(cls: type = Stock, *arguments: Any, **facts: Any) -> WorkflowRun:
    return new_run(
        TaskInput(
            definition=workflow.definition_of(cls),
            workflow_id="w",
            run_id="r",
            arguments=list(arguments),
            history=(),
            task_queue="q",
            **facts,
        )
    )


class Worker:
    """One that keeps its run live, and sees at every task what a replay would do in its place."""

    def __init__(self, history: HistoryWriter) -> None:
        self.history = history
        self.run = live()

    def task(self, *, between: Callable[[], None] | None = None) -> list[Mapping[str, Any]]:
        seen = list(self.history.events)
        self.run.feed(seen)
        commands = [issued.wire for issued in self.run.take_commands()]
        with live() as replayed:
            replayed.feed(seen)
            assert [issued.wire for issued in replayed.take_commands()] == commands
        if between is not None:
            between()
        self.history.complete(commands)
        return commands


def types(commands: Iterable[Mapping[str, Any]]) -> list[str]:
    return [command["type"] for command in commands]


def begun() -> tuple[HistoryWriter, Worker]:
    history = HistoryWriter()
    worker = Worker(history)
    assert types(worker.task()) == ["open_condition_wait"]
    return history, worker


def test_an_update_is_validated_applied_and_answered_before_what_follows_from_it() -> None:
    history, worker = begun()
    history.update("u1", "take", "bread")
    answer, activity = worker.task()
    assert (answer["type"], answer["update_id"]) == ("complete_update", "u1")
    assert decode_envelope(answer["result"]) == ["taken bread"]
    assert decode_envelope(activity["arguments"]) == ["taken bread"]
    assert CALLS[:2] == ["validate bread", "take bread"]
    CALLS.clear()
    assert worker.task() == []
    assert CALLS == ["take bread"], "the replay applies it again, and asks nobody whether it may"


def test_a_refused_update_leaves_the_workflow_as_it_is() -> None:
    history, worker = begun()
    history.update("u1", "take", "")
    (answer,) = worker.task()
    assert answer == {
        "type": "fail_update",
        "update_id": "u1",
        "message": "take what?",
        "exception_type": "UpdateRejected",
        "exception_class": "durable_workflow.errors.UpdateRejected",
        "non_retryable": True,
    }
    CALLS.clear()
    assert worker.task() == []
    assert CALLS == []


@pytest.mark.parametrize(
    ("name", "arguments", "message"),
    [
        ("eat", [], "workflow 'stock' has no update 'eat'; it has take"),
        ("take", [], "the arguments do not fit update 'take': missing a required argument: 'item'"),
        ("take", [1, 2, 3], "the arguments do not fit update 'take': too many positional arguments"),
    ],
)
def test_an_update_that_cannot_be_called_is_refused(name: str, arguments: list[Any], message: str) -> None:
    history, worker = begun()
    history.update("u1", name, *arguments)
    (answer,) = worker.task()
    assert (answer["message"], answer["exception_type"]) == (message, "UpdateRejected")


def test_a_handler_that_fails_halfway_leaves_no_trace() -> None:
    history, worker = begun()
    history.update("u1", "take", "salt", True)
    history.update("u2", "take", "tea")
    failed, answer, activity = worker.task()
    assert (failed["type"], failed["message"]) == ("fail_update", "no more salt")
    assert (failed["exception_type"], failed["exception_class"]) == ("LookupError", "builtins.LookupError")
    assert decode_envelope(answer["result"]) == ["taken tea"]
    assert decode_envelope(activity["arguments"]) == ["taken tea"]
    assert worker.task() == []
    history.update("u3", "take", "milk")
    assert decode_envelope(worker.task()[0]["result"]) == ["taken tea", "taken milk"]


def test_a_result_that_cannot_be_written_fails_the_update() -> None:
    history, worker = begun()
    history.update("u1", "take", "unwritable")
    (failed,) = worker.task()
    assert failed["type"] == "fail_update"
    assert failed["exception_type"] == "PayloadEncodeError"
    assert failed["message"].startswith("the result of the update cannot be encoded")
    assert worker.run.query("items") == []


def test_what_arrives_before_the_answer_is_recorded_comes_after_the_update() -> None:
    history, worker = begun()
    history.update("u1", "take", "bread")
    worker.task(between=lambda: history.signal("deliver", "milk"))
    places = {event["event_type"]: event["sequence"] for event in history.events}
    assert places["SignalReceived"] < places["UpdateApplied"], "history holds them the other way round"
    assert worker.task() == []
    assert worker.run.query("items") == ["taken bread", "milk"]


def test_several_updates_are_applied_in_their_order() -> None:
    history, worker = begun()
    for number in range(3):
        history.update(f"u{number}", "take", number + 1)
    answers = [command for command in worker.task() if command["type"] == "complete_update"]
    assert [answer["update_id"] for answer in answers] == ["u0", "u1", "u2"]
    assert worker.run.query("items") == ["taken 1", "taken 2", "taken 3"]


def test_a_server_that_lets_a_task_answer_one_update_gets_the_others_later() -> None:
    history, worker = begun()
    history.update("u1", "take", "a")
    history.update("u2", "take", "b")
    worker.run.feed(history.events)
    first = [issued.wire for issued in worker.run.take_commands(only_update="u2")]
    assert types(first) == ["schedule_activity", "complete_update"]
    history.complete(first)
    assert types(worker.task()) == ["complete_update"]
    assert worker.task() == []


def test_an_answer_that_another_worker_gave_is_not_given_again() -> None:
    history, worker = begun()
    history.update("u1", "take", "a")
    history.update("u2", "take", "b")
    worker.run.feed(history.events)
    commands = [issued.wire for issued in worker.run.take_commands(only_update="u2")]
    with live() as other:
        other.feed(history.events)
        history.complete(
            [*commands, *(i.wire for i in other.take_commands() if i.wire.get("update_id") == "u1")]
        )
    assert worker.task() == []


@pytest.mark.parametrize("there", ["fail_update", "complete_update"])
def test_what_another_worker_decided_counts(there: str) -> None:
    history, worker = begun()
    item = "a" if there == "fail_update" else ""
    history.update("u1", "take", item)
    worker.run.feed(history.events)
    mine = [issued.wire for issued in worker.run.take_commands()]
    assert there not in types(mine)
    theirs = {"update_id": "u1", "type": there, "message": "no", "result": {"blob": None}}
    history.complete([theirs, *(c for c in mine if c["type"] == "schedule_activity" and item == "")])
    if there == "fail_update":
        assert worker.task() == []
        assert worker.run.query("items") == []
    else:
        assert types(worker.task()) == ["schedule_activity"]
        assert worker.run.query("items") == ["taken "]


def test_an_applied_update_that_the_code_does_not_know_or_like_any_more_fails_the_task() -> None:
    history, worker = begun()
    history.add("UpdateApplied", update_id="u1", update_name="eat", sequence=5)
    with pytest.raises(DurableWorkflowError, match=r"event 4 applies update 'eat', .*'stock' does not know"):
        worker.task()
    history, worker = begun()
    history.update("u1", "take", "bread", True)
    history.complete([{"type": "complete_update", "update_id": "u1", "result": {"blob": None}}])
    with pytest.raises(DurableWorkflowError, match=r"Stock.take, raised LookupError.*that it was applied"):
        worker.task()


def test_an_update_that_was_applied_without_being_accepted_is_applied() -> None:
    history, worker = begun()
    history.update("u1", "take", "bread")
    accepted = history.events.pop()
    history.complete([{"type": "complete_update", "update_id": "u1", "result": {"blob": None}}])
    assert accepted["event_type"] == "UpdateAccepted"
    assert types(worker.task()) == ["schedule_activity"]


def test_arguments_that_cannot_be_read_fail_the_task_and_not_the_update() -> None:
    history, worker = begun()
    history.update("u1", "take", "bread")
    history.events[-1]["payload"]["arguments"] = "%%%"
    with pytest.raises(PayloadDecodeError):
        worker.task()


def test_an_update_that_finishes_the_workflow_is_answered_first() -> None:
    @workflow.defn(name="one")
    class One(Stock):
        async def run(self, ctx: workflow.WorkflowContext, most: int = 2) -> Any:
            await ctx.wait_condition(lambda: bool(self.items))
            return self.items

    history = HistoryWriter()
    with live(One) as run:
        run.feed(history.events)
        history.complete(issued.wire for issued in run.take_commands())
        history.update("u1", "take", "bread")
        history.update("u2", "take", "too late")
        run.feed(history.events)
        commands = [issued.wire for issued in run.take_commands()]
    assert types(commands) == ["complete_update", "complete_workflow"]
    assert result_of(commands) == ["taken bread"]


# Questions that change nothing.


def test_apply_update_gives_the_answer() -> None:
    history, _ = begun()
    history.update("u1", "take", "bread")
    history.update("u2", "take", "")
    given = {
        update_id: workflow.apply_update(Stock, history.events, [], update_id) for update_id in ("u1", "u2")
    }
    assert given["u1"] == workflow.CompleteUpdate("u1", ["taken bread"])
    assert isinstance(given["u2"], workflow.FailUpdate)
    missing = workflow.apply_update(Stock, history.events, None, "u3")
    assert missing == workflow.FailUpdate("u3", "history has no open update 'u3'", "UpdateNotFound")
