"""The steps of a history, in the order in which the code must ask for them."""

from __future__ import annotations

from collections.abc import Hashable, Iterable

from durable_workflow.replay._events import Event
from durable_workflow.replay._pending import Operation
from durable_workflow.replay.kinds import Kind


class Step:
    """One command of the past.

    Attributes:
        sequence: Its number, an opaque key that only orders steps.
        kind: What it is.
        opened: The event that opened it.
        ended: The event that ended it, once that was delivered.
        operation: What the code waits for, once the code asked.
    """

    __slots__ = ("ended", "kind", "opened", "operation", "sequence")

    def __init__(self, sequence: int, kind: Kind, opened: Event) -> None:
        self.sequence = sequence
        self.kind = kind
        self.opened = opened
        self.ended: Event | None = None
        self.operation: Operation | None = None

    @property
    def text(self) -> str:
        """The step in words."""
        return self.kind.of_event(self.opened)


class StepTable:
    """All steps, and a cursor at the first one that the code has not asked for yet."""

    def __init__(self) -> None:
        self._steps: list[Step] = []
        self._cursor = 0
        self._repeatable: dict[Hashable, list[Operation]] = {}

    def add(self, steps: Iterable[Step]) -> None:
        """Add steps that history now holds."""
        self._steps.extend(steps)
        if len(self._steps) > self._cursor + 1:
            self._steps[self._cursor :] = sorted(self._steps[self._cursor :], key=lambda step: step.sequence)

    def next(self) -> Step | None:
        """Give the first step that the code has not asked for yet."""
        return self._steps[self._cursor] if self._cursor < len(self._steps) else None

    def bind(self, step: Step, operation: Operation) -> None:
        """Note that the code asked for the next step, or that the step repeats an older one."""
        if step.kind.repeats:
            key = self._repeat_key(step)
            known = [
                each for each in self._repeatable.get(key, []) if not each.done and each is not operation
            ]
            self._repeatable[key] = [*known, operation]
        step.operation = operation
        operation.sequence = step.sequence
        self._cursor += 1

    def skip_repeats(self, *, before: int | None = None) -> None:
        """Fold steps that open a wait again into that wait.

        A task that a signal caused opens a wait anew when it stays false; the code knows nothing of that.

        Args:
            before: Number of an event: fold only steps that were opened before it.
        """
        while (step := self.next()) is not None and (before is None or step.opened.sequence < before):
            operation = self.repeated_by(step)
            if operation is None:
                return
            self.bind(step, operation)

    def repeated_by(self, step: Step) -> Operation | None:
        """Give the operation that a step may have opened again."""
        if not step.kind.repeats:
            return None
        known = self._repeatable.get(self._repeat_key(step), [])
        candidates = [operation for operation in known if not operation.done] or known
        return candidates[-1] if candidates else None

    @staticmethod
    def _repeat_key(step: Step) -> Hashable:
        return step.kind.name, step.kind.repeat_key(step.opened)
