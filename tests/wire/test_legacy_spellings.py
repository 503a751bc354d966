"""What the spec marks `x-dw-legacy` is there because a recording shows it."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from typing import Any

import pytest

from durable_workflow_api.spec import spec
from support.wire import WireSpec, by_key, exchanges, listing
from support.wire_rows import Key, cited

# The place among the schemas, and a recording that needs it.
SHOWN: dict[str, Key] = {
    "ErrorMap/anyOf/1": ("control-workflows", 2791),
    "EventServerContext/properties/metadata/anyOf/1": ("control-schedules", 2638),
    "ExportMap/anyOf/1": ("control-workflows", 2664),
    "FingerprintsView/anyOf/1": ("control-admin", 2924),
    "MemoView/anyOf/1": ("control-workflows", 3066),
    "QueryArguments/anyOf/1": ("control-workflows", 3003),
    "RecordedResult/anyOf/1": ("worker-plane", 3668),
    "SearchAttributeTypes/anyOf/1": ("control-admin", 2899),
    "SearchAttributesView/anyOf/1": ("control-schedules", 3033),
}

# The same server was seen or read to write these, but in no exchange that is kept here.
DESCRIBED_ONLY = {
    "DeletedRows/anyOf/1",
    "EventCorrelationView/anyOf/1",
    "EventPrincipal/properties/claims/anyOf/1",
    "ExportedCodecSchemas/anyOf/1",
    "HeartbeatProgress/properties/details/anyOf/1",
    "HistoryEventPayload/anyOf/1",
    "RecordedResult/anyOf/2",
    "RecordedResult/anyOf/3",
    "RecordedResult/anyOf/4",
    "RecordedSearchAttributes/anyOf/1",
    "RecordedVisibilityLabels/anyOf/1",
    "WorkflowCompletedPayload/anyOf/1",
}


def _without(places: Iterable[str]) -> WireSpec:
    """The spec without some of its alternatives: what only they allow is no longer allowed."""
    content = copy.deepcopy(spec())
    for place in places:
        *parents, last = place.split("/")
        node: Any = content["components"]["schemas"]
        for step in parents:
            node = node[step]
        node[int(last)] = {"not": {}}
    return WireSpec(content)


def test_every_legacy_spelling_is_in_one_of_the_tables() -> None:
    marked = {
        "/".join(place.path[2:])
        for place in WireSpec(spec()).document.of_kind("schema")
        if "x-dw-legacy" in place.node
    }
    assert marked == SHOWN.keys() | DESCRIBED_ONLY
    assert not SHOWN.keys() & DESCRIBED_ONLY


@pytest.mark.parametrize("place", sorted(SHOWN))
def test_a_recording_shows_the_legacy_spelling(place: str) -> None:
    exchange = by_key()[SHOWN[place]]
    assert not WireSpec(spec()).problems(exchange)
    assert _without([place]).problems(exchange)


def test_every_legacy_spelling_has_its_row() -> None:
    assert cited("test_a_recording_shows_the_legacy_spelling") == set(SHOWN.values())


def test_no_recording_shows_the_other_legacy_spellings() -> None:
    whole, reduced = WireSpec(spec()), _without(sorted(DESCRIBED_ONLY))
    shown = [
        (exchange, problem)
        for exchange in exchanges()
        if whole.operation(exchange) and not whole.problems(exchange)
        for problem in reduced.problems(exchange)
    ]
    assert not shown, "move it to SHOWN:\n" + listing(shown)
