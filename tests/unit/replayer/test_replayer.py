"""The public Replayer: what it reads, what it finds, what it says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from durable_workflow import testing, workflow
from durable_workflow.codec import encode, envelope
from durable_workflow.errors import (
    HistoryNotUnderstood,
    NonDeterministicReplayError,
    PayloadDecodeError,
    UnknownWorkflowType,
)
from durable_workflow.payloads import Deflate, PayloadGate, PayloadSettings
from durable_workflow.replayer import Replayer, read_history, read_history_file
from support.history_writer import HistoryWriter

HISTORIES = Path(__file__).parents[2] / "data" / "histories"


@workflow.defn(name="greeter")
class Greeter:
    def run(self, ctx: workflow.WorkflowContext, name: str) -> Any:
        greeting = yield ctx.schedule_activity("greet", [name])
        return {"greeting": greeting, "n": 1, "f": 1.5, "none": None, "list": [1, "a", True]}


def renamed() -> type:
    @workflow.defn(name="greeter")
    class Renamed:
        def run(self, ctx: workflow.WorkflowContext, name: str) -> Any:
            return (yield ctx.schedule_activity("salute", [name]))

    return Renamed


def failing() -> type:
    @workflow.defn(name="greeter")
    class Failing:
        def run(self, ctx: workflow.WorkflowContext, name: str) -> Any:
            greeting = yield ctx.schedule_activity("greet", [name])
            raise ValueError(greeting)

    return Failing


@workflow.defn(name="other")
class Other:
    def run(self, ctx: workflow.WorkflowContext) -> None: ...


def recorded() -> dict[str, Any]:
    document: dict[str, Any] = json.loads((HISTORIES / "greeter.json").read_text())
    return document


def bundle() -> dict[str, Any]:
    """Give the same run as an export bundle."""
    history = recorded()
    events = [
        {**{k: v for k, v in event.items() if k != "event_type"}, "type": event["event_type"]}
        for event in history["events"]
    ]
    return {
        "schema": "durable-workflow.v2.history-export",
        "workflow": {
            "workflow_type": "greeter",
            "instance_id": "w",
            "run_id": history["run_id"],
            "queue": "q",
        },
        "payloads": {"codec": "avro", "arguments": {"available": True, "data": history["arguments"]}},
        "history_events": events,
    }


@pytest.mark.parametrize("form", ["answer", "bundle", "events"])
def test_all_forms_of_a_history_replay_alike(form: str) -> None:
    history = recorded()
    document: Any = {"answer": history, "bundle": bundle(), "events": history["events"]}[form]
    report = Replayer([Other, Greeter]).replay(document)
    assert report.fits and report.finished
    assert [command.type for command in report.commands] == ["complete_workflow"]
    assert report.run.workflow_type == "greeter"
    assert report.run.run_id == history["run_id"]


def test_a_file_is_read_and_named(tmp_path: Path) -> None:
    path = tmp_path / "greeter.json"
    path.write_text(json.dumps(bundle()))
    assert Replayer([Greeter]).replay_file(path).run.source == str(path)
    path.write_text("{")
    with pytest.raises(HistoryNotUnderstood, match=r"greeter.json is not JSON.*export bundle"):
        read_history_file(path)


@pytest.mark.parametrize("document", [{"a": 1}, [], [1], "events", 7])
def test_what_is_no_history_is_refused(document: Any) -> None:
    with pytest.raises(HistoryNotUnderstood, match="export bundle"):
        read_history(document)


def test_code_that_does_not_fit_is_reported_with_event_both_sides_line_and_remedy() -> None:
    with pytest.raises(NonDeterministicReplayError) as caught:
        Replayer([renamed()]).replay(recorded())
    error, text = caught.value, str(caught.value)
    assert (error.expected, error.actual) == ("activity 'greet'", "activity 'salute'")
    assert error.event["event_type"] == "ActivityScheduled"
    assert 'Renamed.run: `return (yield ctx.schedule_activity("salute", [name]))`' in error.where
    assert error.where in text
    assert 'if ctx.patched("what-changed"):' in text


def test_a_closed_run_must_end_as_it_did() -> None:
    report = Replayer([failing()]).check(recorded())
    assert not report.fits
    assert "the code now ends with fail_workflow: ValueError" in str(report.problem)


def open_run() -> list[dict[str, Any]]:
    """Give a run of the greeter that has just started, without its arguments."""
    events = HistoryWriter().events
    events[1]["payload"]["workflow_type"] = "greeter"
    return events


def test_an_open_run_tells_what_it_asks_for_next() -> None:
    report = Replayer([Greeter]).replay(open_run(), start_input=["Ada"])
    assert not report.finished
    assert report.commands == [workflow.ScheduleActivity("greet", ["Ada"])]


def test_start_arguments_that_nothing_tells_must_be_given() -> None:
    with pytest.raises(HistoryNotUnderstood, match="pass start_input"):
        Replayer([Greeter]).replay(open_run())


def test_a_later_start_of_the_same_id_changes_nothing() -> None:
    history = recorded()
    refused = {
        "workflow_type": "elsewhere",
        "rejection_reason": "instance_already_started",
        "command": {"payload": encode(["Eve"])},
    }
    events = [{"sequence": 1, "event_type": "StartAccepted", "payload": refused}, *history["events"]]
    assert read_history(events).workflow_type == "greeter"
    assert read_history(events).arguments == read_history(history["events"]).arguments


def test_a_history_of_an_unknown_type_names_the_known_ones() -> None:
    with pytest.raises(UnknownWorkflowType, match=r"type 'greeter'.*given for: other"):
        Replayer([Other]).replay(recorded())


def test_the_documented_names_replay_one_history(tmp_path: Path) -> None:
    assert testing.replay_history(Greeter, recorded()).finished
    path = tmp_path / "run.json"
    path.write_text(json.dumps(recorded()["events"]))
    assert testing.replay_history_file(Greeter, path).finished
    with pytest.raises(NonDeterministicReplayError):
        testing.replay_history_file(renamed(), path)


def test_sealed_histories_are_opened_with_the_settings_that_sealed_them() -> None:
    name, settings = "Ada " * 100, PayloadSettings(codecs=[Deflate(min_bytes=0)])
    plain = {"events": open_run()}
    plain["events"][0]["payload"]["command"] = {"payload": envelope([name])}
    events = PayloadGate(settings).outgoing("any", plain)["events"]
    assert events != plain["events"]
    report = Replayer([Greeter], payloads=settings).replay(events)
    assert report.commands == [workflow.ScheduleActivity("greet", [name])]
    with pytest.raises(PayloadDecodeError, match="sealed"):
        Replayer([Greeter]).replay(events)
