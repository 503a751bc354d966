"""Every history event recorded from a real server fits the payload schema of its kind."""

from __future__ import annotations

import json
from collections import Counter

from durable_workflow_api.spec import spec
from support.imports import ROOT
from support.wire import WireSpec, exchanges, listing
from support.wire_events import event_problems, recorded_events

SPEC = WireSpec(spec())
KINDS = [
    line
    for line in (ROOT / "tests/data/event_types.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]

# Most of these are written only by servers that run workflows themselves.
NEVER_RECORDED = {
    "ChildRunCancelled",
    "ChildRunTerminated",
    "ConditionWaitTimedOut",
    "FailureHandled",
    "MemoUpserted",
    "ParentClosePolicyFailed",
    "SignalApplied",
    "SignalWaitOpened",
    "WorkflowTimedOut",
}


def test_every_event_fits_its_kind() -> None:
    unfit = [(event, problem) for event in recorded_events() for problem in event_problems(SPEC, event)]
    assert not unfit, listing(unfit)


def test_the_events_of_all_four_surfaces_are_checked() -> None:
    assert Counter(event.shape for event in recorded_events()) == {
        "HistoryEvent": 691,
        "WorkflowHistoryEvent": 452,
        "ScheduleHistoryEvent": 52,
        "ExportedEvent": 27,
    }


def test_no_event_hides_in_a_compressed_page() -> None:
    member = '"history_events_compressed":'
    assert not [exchange.key for exchange in exchanges() if member in json.dumps(exchange.response_body)]


def test_kinds_that_were_never_recorded_are_known() -> None:
    recorded = {event.kind for event in recorded_events()}
    assert recorded <= set(KINDS)
    assert set(KINDS) - recorded == NEVER_RECORDED
