"""A small language of workflow steps, its meaning in memory, and random programs in it.

A program is a list of statements, and a statement a list whose first member names it. A program gives the
list of what its statements give. All of it is plain data, so that it can be the argument of a workflow.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hypothesis import assume
from hypothesis import strategies as st

Statement = list[Any]
Program = list[Statement]

FAILED = "failed"


class ProgramFailed(Exception):
    """A program reached its `fail`, after some days."""

    def __init__(self, days: int) -> None:
        super().__init__(days)
        self.days = days


class Tie(Exception):
    """Two members of a `select` end at the same time, so that either may be first."""


@dataclass(frozen=True)
class Meaning:
    """What a program gives, and the days of virtual time that it takes."""

    value: Any
    days: int


def meaning(program: Program) -> Meaning:
    """Interpret a program directly."""
    values, days = [], 0
    for statement in program:
        try:
            found = _meaning_of(statement)
        except ProgramFailed as failed:
            raise ProgramFailed(days + failed.days) from None
        values.append(found.value)
        days += found.days
    return Meaning(values, days)


def _meaning_of(statement: Statement) -> Meaning:
    kind, *rest = statement
    match kind:
        case "activity":
            return Meaning(FAILED if rest[1] == "fails" else rest[0] * 2, 0)
        case "side" | "version" | "signal":
            return Meaning(rest[0], 0)
        case "sleep":
            return Meaning(None, rest[0])
        case "lapse":
            return Meaning(False, rest[0])
        case "attempt":
            return _attempt(rest[0])
        case "child":
            found = _attempt(rest[0])
            # Each hop is a new run of the same program.
            return found if found.value == FAILED else Meaning(found.value, found.days * (rest[1] + 1))
        case "handoff":
            found = meaning(rest[1])
            return Meaning([found.value, True], found.days)
        case "gather":
            return _gather(rest[0])
        case "select":
            return _select(rest[0])
    if kind == "fail":
        raise ProgramFailed(0)
    raise AssertionError(kind)


def _attempt(program: Program) -> Meaning:
    try:
        return meaning(program)
    except ProgramFailed as failed:
        return Meaning(FAILED, failed.days)


def _gather(programs: list[Program]) -> Meaning:
    found, failures = [], []
    for program in programs:
        try:
            found.append(meaning(program))
        except ProgramFailed as failed:
            failures.append(failed.days)
    if failures:
        raise ProgramFailed(min(failures))
    return Meaning([each.value for each in found], max(each.days for each in found))


def _select(programs: list[Program]) -> Meaning:
    ends = []
    for place, program in enumerate(programs):
        try:
            found = meaning(program)
            ends.append((found.days, place, found.value))
        except ProgramFailed as failed:
            ends.append((failed.days, place, ProgramFailed))
    first, second = sorted(ends, key=lambda end: end[0])[:2]
    if first[0] == second[0]:
        raise Tie
    if first[2] is ProgramFailed:
        raise ProgramFailed(first[0])
    return Meaning([first[1], first[2]], first[0])


SMALL = st.integers(-3, 99)
DAYS = st.integers(1, 9)


def _leaves(messages: int) -> st.SearchStrategy[Statement]:
    kinds = [
        st.tuples(st.just("activity"), SMALL, st.sampled_from(["works", "works", "flaky", "fails"])),
        st.tuples(st.just("sleep"), DAYS),
        st.tuples(st.just("lapse"), DAYS),
        st.tuples(st.just("side"), SMALL),
        st.tuples(st.just("version"), st.just(2)),
        st.tuples(st.just("fail")),
    ]
    if messages:
        kinds.append(st.tuples(st.just("signal"), st.integers(0, messages - 1)))
    return st.one_of(kinds).map(list)


@st.composite
def _selects(draw: st.DrawFn, inner: st.SearchStrategy[Program]) -> Statement:
    delays = draw(st.lists(st.integers(0, 40), min_size=2, max_size=3, unique=True))
    return ["select", [[["sleep", days], *draw(inner)] if days else draw(inner) for days in delays]]


def _programs(depth: int, messages: int) -> st.SearchStrategy[Program]:
    statements = _leaves(messages)
    if depth:
        inner, quiet = _programs(depth - 1, messages), _programs(depth - 1, 0)
        statements = st.one_of(
            statements,
            st.builds(lambda program: ["attempt", program], inner),
            # What a message ends takes no known time, and children get none.
            st.builds(lambda program, hops: ["child", program, hops], quiet, st.integers(0, 1)),
            st.builds(lambda name, program: ["handoff", name, program], st.uuids().map(str), inner),
            st.builds(lambda programs: ["gather", programs], st.lists(inner, min_size=2, max_size=3)),
            _selects(quiet),
        )
    return st.lists(statements, min_size=1, max_size=4)


@dataclass(frozen=True)
class Case:
    """A program with the messages that its run gets.

    Args:
        style: the workflow type that runs it.
        program: the program.
        signals: how many signals it gets.
        updates: the arguments of its updates; negative ones are to be refused.
    """

    style: str
    program: Program
    signals: int
    updates: tuple[int, ...]

    def expected(self) -> dict[str, Any]:
        """Give the result that the run must have."""
        accepted = sorted(number for number in self.updates if number >= 0)
        return {"value": _attempt(self.program).value, "signals": self.signals, "updates": accepted}


def without_lapses(statement: Any) -> Any:
    """Replace waits that only time ends by sleeps, which take as long."""
    if not isinstance(statement, list):
        return statement
    if statement[:1] == ["lapse"]:
        return ["sleep", *statement[1:]]
    return [without_lapses(member) for member in statement]


@st.composite
def cases(draw: st.DrawFn, styles: tuple[str, ...], depth: int = 2) -> Case:
    """Draw a program whose meaning does not depend on chance."""
    signals = draw(st.integers(0, 3))
    program = draw(_programs(depth, signals))
    try:
        _attempt(program)
    except Tie:
        assume(False)
    updates = draw(st.lists(SMALL, max_size=3, unique=True))
    return Case(draw(st.sampled_from(styles)), program, signals, tuple(updates))
