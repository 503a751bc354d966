"""The steps of a history, in the order in which the code must ask for them."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from typing import Any

from durable_workflow.replay._events import Event, integer
from durable_workflow.replay._pending import Operation
from durable_workflow.replay.kinds import Kind
from durable_workflow.workflow import Command, WaitCondition


class Step:
    """One command of the past.

    Attributes:
        sequence: Its number, an opaque key that only orders steps.
        kind: What it is.
        opened: The event that opened it.
        over_at: Number of the first event that ends it, as soon as history holds one.
        ended: The event that ended it, once that was delivered.
        operation: What the code waits for, once the code asked.
    """

    __slots__ = ("ended", "kind", "opened", "operation", "over_at", "sequence")

    def __init__(self, sequence: int, kind: Kind, opened: Event) -> None:
        self.sequence = sequence
        self.kind = kind
        self.opened = opened
        self.over_at: int | None = None
        self.ended: Event | None = None
        self.operation: Operation | None = None

    @property
    def text(self) -> str:
        """The step in words."""
        return self.kind.of_event(self.opened)


class StepTable:
    """All steps, and a cursor at the first one that the code has not asked for yet.

    Attributes:
        decided_versions: The version that the run uses, by change id, of all changes that the code asked for.
    """

    def __init__(self) -> None:
        self.decided_versions: dict[str, int] = {}
        self._steps: list[Step] = []
        self._cursor = 0
        self._repeatable: dict[Hashable, list[tuple[Step, Operation]]] = {}

    def add(self, steps: Iterable[Step]) -> None:
        """Add steps that history now holds."""
        self._steps.extend(steps)
        if len(self._steps) > self._cursor + 1:
            self._steps[self._cursor :] = sorted(self._steps[self._cursor :], key=lambda step: step.sequence)

    def next(self) -> Step | None:
        """Give the first step that the code has not asked for yet, leaving out what says nothing new."""
        while (step := self.head()) is not None and self.skip_agreed(step):
            pass
        return step

    def head(self) -> Step | None:
        """Give the first step that the code has not asked for yet, whatever it says."""
        return self._steps[self._cursor] if self._cursor < len(self._steps) else None

    def skip_agreed(self, step: Step) -> bool:
        """Pass over the next step if it only repeats a version that is decided; False if it does not."""
        agreed = bool(self.decided_versions) and step.kind.agrees(step.opened, self.decided_versions)
        self._cursor += agreed
        return agreed

    def next_new(self) -> Step | None:
        """Give the first step that neither was asked for nor opens a wait again that was still open."""
        self.skip_repeats()
        return self.next()

    def holds(self, kind: Kind, command: Any) -> bool:
        """Tell whether a step that was not asked for yet is what a command asks for."""
        return any(step.kind is kind and kind.fits(step.opened, command) for step in self._left())

    def bind(self, step: Step, operation: Operation) -> None:
        """Note that the code asked for the next step, or that the step repeats an older one."""
        if step.kind.repeats:
            key = self._repeat_key(step)
            known = [
                each
                for each in self._repeatable.get(key, [])
                if not each[1].done and each[1] is not operation
            ]
            self._repeatable[key] = [*known, (step, operation)]
        step.operation = operation
        operation.sequence = step.sequence
        self._cursor += 1

    def skip_repeats(self, *, before: int | None = None) -> None:
        """Fold steps that open a wait again into that wait.

        A task that a signal caused opens a wait anew when it stays false; the code knows nothing of that.

        Args:
            before: Number of an event: fold only steps that were opened before it.
        """
        first = self.head()
        if first is None or not (first.kind.repeats or self.decided_versions):
            return
        while (step := self.next()) is not None and (before is None or step.opened.sequence < before):
            operation = self.repeated_by(step)
            if operation is None:
                return
            self.bind(step, operation)

    def fits(self, step: Step, command: Command) -> bool:
        """Tell whether a command, of the step's kind, asks for the step.

        A wait that only has the name of the command's, and name and limit of one that is open, is that one
        again: a task that a signal caused opened it.
        """
        limit = command.timeout_seconds if isinstance(command, WaitCondition) else None
        recorded = integer(step.opened.payload.get("timeout_seconds"))
        again = step.kind.repeats and recorded != limit and self.repeated_by(step) is not None
        return not again and step.kind.fits(step.opened, command)

    def repeated_by(self, step: Step) -> Operation | None:
        """Give the operation that a step may have opened again; it was not over then, as far as is known."""
        if not step.kind.repeats:
            return None
        known = [
            operation
            for older, operation in self._repeatable.get(self._repeat_key(step), [])
            if older.over_at is None or older.over_at > step.opened.sequence
        ]
        candidates = [operation for operation in known if not operation.done] or known
        return candidates[-1] if candidates else None

    def _left(self) -> Iterator[Step]:
        return (self._steps[place] for place in range(self._cursor, len(self._steps)))

    @staticmethod
    def _repeat_key(step: Step) -> Hashable:
        return step.kind.name, step.kind.repeat_key(step.opened)
