"""What a real server answered in recorded scenarios, our server answers to the same requests.

Each test prints what is neither as recorded nor one of the differences that docs/compatibility.md explains.
Operations that our server does not have yet are not asked for; `server/_not_yet.py` says which.
"""

from __future__ import annotations

import pytest

from durable_workflow.server._not_yet import NOT_YET
from support.imports import ROOT
from support.scenarios.differences import KNOWN, SINGLES
from support.scenarios.judging import explanations, unexplained
from support.scenarios.known import Known, Single
from support.scenarios.playing import Outcome, played
from support.scenarios.script import FILES, rebuilt, scripts
from support.wire import exchanges

SCENARIOS = [(file, name) for file in FILES for name in scripts(file)]
BENT = [single for single in SINGLES if single.is_bent]
MATTERS = {
    line.split(" | ")[0].removeprefix("| ")
    for line in (ROOT / "docs" / "compatibility.md").read_text(encoding="utf-8").splitlines()
    if line.startswith("| ")
}


def _all_outcomes() -> list[Outcome]:
    return [outcome for file in FILES for outcome in played(file)]


@pytest.mark.parametrize(("file", "scenario"), SCENARIOS, ids=[f"{file}-{name}" for file, name in SCENARIOS])
def test_a_recorded_scenario_is_answered_alike(file: str, scenario: str) -> None:
    wrong = [
        f"{outcome.step.exchange}: {text}"
        for outcome, text in unexplained(played(file))
        if outcome.step.exchange.scenario == scenario
    ]
    assert not wrong, "\n".join(wrong)


def test_every_exchange_of_the_scenarios_has_an_outcome() -> None:
    recorded = [exchange.key for exchange in exchanges() if exchange.file in FILES]
    found = [outcome.step.exchange.key for outcome in _all_outcomes() if not outcome.step.rebuilt]
    assert sorted(found) == sorted(recorded)


def test_what_is_not_played_is_known() -> None:
    idle = [outcome for outcome in _all_outcomes() if not outcome.played]
    assert {outcome.operation for outcome in idle if not outcome.served} <= NOT_YET
    left_out = {key for single in BENT if single.left_out for key in single.keys}
    assert {outcome.step.exchange.key for outcome in idle if outcome.left_out} == left_out
    waiting = [outcome for outcome in idle if outcome.lacking]
    assert len(waiting) < 10, "most of every script has to be played"


def test_rebuilt_exchanges_are_accepted() -> None:
    outcomes = [outcome for outcome in _all_outcomes() if outcome.step.rebuilt and outcome.played]
    assert len(outcomes) > 60
    assert [str(outcome.step.exchange) for outcome in outcomes if outcome.differences] == []


def test_rebuilt_exchanges_are_no_recorded_ones() -> None:
    recorded = {exchange.key for exchange in exchanges()}
    steps = [step for file in FILES for step in rebuilt(file)]
    assert not {step.exchange.key for step in steps if not step.behind} & recorded
    names = {(file, name) for file in FILES for name in scripts(file)}
    assert {(step.exchange.file, step.exchange.scenario) for step in steps} <= names


def test_every_known_difference_still_occurs() -> None:
    needed: set[tuple[Known, int]] = set()
    for outcome in _all_outcomes():
        for difference in outcome.differences:
            found = explanations(outcome, difference)
            needed |= {(found[0], outcome.step.exchange.seq)} if found else set()
    entries = {known for known, _ in needed}
    assert [known for known in KNOWN if known not in entries and not _is_bent(known)] == []
    singles = {(single, seq) for single in SINGLES if not single.is_bent for seq in single.seqs}
    assert singles - needed == set()


def _is_bent(known: Known) -> bool:
    return isinstance(known, Single) and known.is_bent


@pytest.mark.parametrize("single", BENT, ids=[f"{single.file}-{single.seqs[0]}" for single in BENT])
def test_a_script_that_kept_to_the_recording_would_go_another_way(single: Single) -> None:
    assert list(unexplained(played(single.file, single)))


def test_every_known_difference_has_its_row() -> None:
    assert {known.row for known in KNOWN} - MATTERS == set()
