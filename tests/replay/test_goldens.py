"""Golden histories: cached, uncached, and cut into tasks in every legal way, the same commands follow."""

from __future__ import annotations

import random
import re
from pathlib import Path
from typing import Any

import pytest

from durable_workflow.errors import NonDeterministicReplayError
from durable_workflow.replay import advance, replay_task
from support.golden import Golden, goldens

GOLDENS = goldens()
EVENT_TYPES = Path(__file__).parents[1] / "data" / "event_types.txt"

RULES = {"§1.1", "§2", "§2.1", "§3", "§5", "§6", "§8"}
RULES |= {f"§4.{number}" for number in range(2, 6)} | {f"§7.{number}" for number in range(1, 6)}

each_golden = pytest.mark.parametrize("golden", GOLDENS, ids=lambda golden: golden.name)


def play(golden: Golden, grouping: tuple[int, ...], *, overlap: int = 0) -> None:
    """Feed one live run with the history, cut as the grouping says."""
    seen, finished = 0, False
    with golden.new_run() as run:
        for cut in grouping:
            outcome = advance(run, golden.events[max(0, seen - overlap) : cut], **golden.reasons(cut))
            commands = [dict(command) for command in outcome.commands]
            assert commands == golden.expected(cut, finished=finished), f"after {cut} events of {grouping}"
            seen, finished = cut, run.finished


def refused(golden: Golden, grouping: tuple[int, ...]) -> str:
    seen = 0
    with golden.new_run() as run, pytest.raises(NonDeterministicReplayError) as caught:
        for cut in grouping:
            advance(run, golden.events[seen:cut])
            seen = cut
    return str(caught.value)


def check(golden: Golden, groupings: Any) -> None:
    for grouping in groupings:
        if golden.error is None:
            play(golden, grouping)
        else:
            assert golden.error in refused(golden, grouping), grouping


@each_golden
def test_without_a_cache(golden: Golden) -> None:
    cuts = golden.cuts if golden.error is None else []
    for cut in cuts:
        events = golden.events[:cut]
        outcome = replay_task(golden.task_input(events, **golden.reasons(cut)))
        assert [dict(each) for each in outcome.commands] == golden.expected(cut, finished=False), cut
    if golden.error is not None:
        with pytest.raises(NonDeterministicReplayError, match=re.escape(golden.error)):
            replay_task(golden.task_input(golden.events))


@each_golden
def test_with_a_cache_that_misses_nothing(golden: Golden) -> None:
    check(golden, [tuple(golden.cuts)])


@each_golden
def test_with_pages_that_overlap_and_events_in_any_order(golden: Golden) -> None:
    if golden.error is None:
        play(golden, tuple(golden.cuts), overlap=len(golden.events))
        shuffled, end = random.Random(7).sample(golden.events, len(golden.events)), len(golden.events)
        outcome = replay_task(golden.task_input([*shuffled, *shuffled], **golden.reasons(end)))
        expected = golden.expected(end, finished=False)
        assert [dict(each) for each in outcome.commands] == expected


@each_golden
def test_in_every_legal_grouping(golden: Golden) -> None:
    check(golden, golden.groupings())


def test_there_is_one_for_every_type_of_event() -> None:
    types = {line for line in EVENT_TYPES.read_text().split("\n") if line and not line.startswith("#")}
    assert len(types) == 56
    there = {event["event_type"] for golden in GOLDENS for event in golden.events}
    assert types - there == set()


def test_there_is_one_for_every_rule() -> None:
    rules = {shown for golden in GOLDENS for shown in golden.shows}
    sections = {match[0] for rule in rules if (match := re.match(r"§\d+(\.\d+)?", rule))}
    assert RULES - sections == set()


def test_most_of_them_have_several_groupings() -> None:
    assert sum(len(golden.cuts) > 2 for golden in GOLDENS) > len(GOLDENS) / 2
