"""Compares two schemas, case by case, and reports each change once for what it means where it is met."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from tools.breaking_cases import default_of, types, values, whole_numbers
from tools.breaking_findings import Change, Context, Effect
from tools.breaking_limits import limit_changes, value_changes
from tools.breaking_marks import Marks
from tools.breaking_members import Arrival, Step, array_changes, object_changes
from tools.breaking_shapes import Case, Parts, Shapes, place_of

__all__ = ["Meeting", "SchemaComparison"]

_Report = Callable[[Change, Context], None]
_LOSS = frozenset({Effect.NARROWED, Effect.REMOVED, Effect.ADDED_REQUIRED, Effect.DEFAULT})
_GAIN = frozenset({Effect.WIDENED, Effect.ADDED, Effect.ADDED_TO_CLOSED, Effect.DEFAULT})


@dataclass(frozen=True, slots=True)
class Meeting:
    """A named schema of the base, met on the way, and its counterpart; `name` is as in `schemas.Name`."""

    name: str
    old: Parts
    new: Parts


@dataclass
class SchemaComparison:
    """A walk over two documents that compares each pair of schemas once in each context."""

    old: Shapes
    new: Shapes
    marks: Marks
    report: _Report
    meetings: list[Meeting] = field(default_factory=list)
    _seen: set[object] = field(default_factory=set)

    def compare(self, old: Parts, new: Parts, context: Context) -> None:
        """Report every change between two schemas and all that they lead to."""
        ids = tuple(id(part.node) for part in old), tuple(id(part.node) for part in new)
        key = (context.mode, context.excused, ids)
        if key in self._seen:
            return
        self._seen.add(key)
        before, after = self.old.cases(old), self.new.cases(new)
        self._meet(old, new, before)
        announced = [self.marks.announce(leaf.node for leaf in case.leaves) for case in after]
        context = context.excuse(bool(announced) and all(announced))
        target = self.new.site(new) if self.old.site(old) else None
        place = target or new[0].place
        for change in (*_default_changes(before, after, place), *_type_changes(before, after, place)):
            self.report(change, context)
        for kind in sorted(_types(before) & _types(after)):
            self._kind(kind, (_of_type(before, kind), _of_type(after, kind)), place, context)

    def _meet(self, old: Parts, new: Parts, cases: Iterable[Case]) -> None:
        for reference in sorted({reference for case in cases for reference in case.refs}):
            self.meetings.append(Meeting(place_of(reference), old, new))

    def _kind(self, kind: str, cases: tuple[list[Case], list[Case]], place: str, context: Context) -> None:
        old, new = cases
        free_old, free_new = _free(old, kind), _free(new, kind)
        if not free_old or not free_new:
            for change in value_changes(kind, old, new, place):
                self.report(change, context)
            return
        if len(free_old) == len(free_new) == 1:
            self._case(kind, free_old[0], free_new[0], context)
            return
        self._alternatives(kind, (free_old, free_new), place, context)

    def _alternatives(
        self, kind: str, cases: tuple[list[Case], list[Case]], place: str, context: Context
    ) -> None:
        pairs, lost, gained = self._pair(kind, *cases, context)
        for before, after in pairs:
            self._case(kind, before, after, context)
        for case in lost:
            if not any(self._trial(kind, case, other, context).isdisjoint(_LOSS) for other in cases[1]):
                change = Change(Effect.NARROWED, place, f"the alternative {_name(case, kind)} is gone")
                self.report(change, context)
        for case in gained:
            if not any(self._trial(kind, other, case, context).isdisjoint(_GAIN) for other in cases[0]):
                announced = self.marks.announce(leaf.node for leaf in case.leaves)
                change = Change(Effect.WIDENED, place, f"the alternative {_name(case, kind)} is new")
                self.report(change, context.excuse(announced))

    def _pair(
        self, kind: str, old: list[Case], new: list[Case], context: Context
    ) -> tuple[list[tuple[Case, Case]], list[Case], list[Case]]:
        """Return the cases that belong together, and the ones left over on both sides."""
        tests: tuple[Callable[[Case, Case], bool], ...] = (
            lambda one, other: bool(one.labels) and one.labels == other.labels,
            lambda one, other: bool(one.refs) and one.refs == other.refs,
            lambda one, other: not self._trial(kind, one, other, context),
            lambda one, other: bool(one.labels & other.labels),
        )
        pairs: list[tuple[Case, Case]] = []
        old, new = list(old), list(new)
        for test in tests:
            for case in tuple(old):
                match = next((other for other in new if test(case, other)), None)
                if match is not None:
                    pairs.append((case, match))
                    old.remove(case)
                    new.remove(match)
        if len(old) == len(new) and not any(case.labels for case in (*old, *new)):
            return [*pairs, *zip(old, new, strict=True)], [], []
        return pairs, old, new

    def _trial(self, kind: str, old: Case, new: Case, context: Context) -> set[Effect]:
        """Return what would be reported between two cases, without reporting it."""
        effects: set[Effect] = set()

        def note(change: Change, _: Context) -> None:
            effects.add(change.effect)

        trial = SchemaComparison(self.old, self.new, self.marks, note, [], set(self._seen))
        trial._case(kind, old, new, context)
        return effects

    def _case(self, kind: str, old: Case, new: Case, context: Context) -> None:
        for result in self._results(kind, old, new):
            if isinstance(result, Step):
                self.compare(result.old, result.new, context)
            elif isinstance(result, Arrival):
                leaves = [leaf for case in self.new.cases(result.schema) for leaf in case.leaves]
                announced = self.marks.announce(leaf.node for leaf in leaves)
                self.report(result.change, context.excuse(announced))
            else:
                self.report(result, context)

    def _results(self, kind: str, old: Case, new: Case) -> Iterator[Change | Step | Arrival]:
        before, after = (old, self.old), (new, self.new)
        yield from limit_changes(kind, before, after)
        if kind == "object":
            yield from object_changes(before, after)
        elif kind == "array":
            yield from array_changes(old, new)


def _types(cases: Iterable[Case]) -> frozenset[str]:
    return frozenset(kind for case in cases for kind in types(case))


def _of_type(cases: Iterable[Case], kind: str) -> list[Case]:
    return [case for case in cases if kind in types(case)]


def _free(cases: list[Case], kind: str) -> list[Case]:
    return [case for case in cases if values(case, kind) is None]


def _name(case: Case, kind: str) -> str:
    return ", ".join(sorted(case.labels or {place_of(reference) for reference in case.refs})) or kind


def _default_changes(old: tuple[Case, ...], new: tuple[Case, ...], place: str) -> Iterator[Change]:
    before, after = ({default_of(case) for case in cases} - {None} for cases in (old, new))
    if before - after:
        texts = (", ".join(sorted(str(text) for text in found)) or "none" for found in (before, after))
        yield Change(Effect.DEFAULT, place, "default changed from {} to {}".format(*texts))


def _type_changes(old: tuple[Case, ...], new: tuple[Case, ...], place: str) -> Iterator[Change]:
    before, after = _types(old), _types(new)
    lost, gained = before - after, after - before
    if lost and gained:
        what = f"type changed from {_names(old)} to {_names(new)}"
    else:
        what = (
            f"the type {', '.join(sorted(lost | gained))} is {'no longer allowed' if lost else 'allowed now'}"
        )
    if lost:
        yield Change(Effect.NARROWED, place, what)
    if gained:
        yield Change(Effect.WIDENED, place, what)


def _names(cases: tuple[Case, ...]) -> str:
    whole = all(whole_numbers(case) for case in _of_type(cases, "number"))
    names = ("integer" if whole and kind == "number" else kind for kind in _types(cases))
    return ", ".join(sorted(names)) or "nothing"
