"""Version markers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from durable_workflow.errors import NonDeterministicReplayError
from durable_workflow.replay._events import Event, integer
from durable_workflow.replay._pending import Operation
from durable_workflow.replay.kinds._base import Driver, Kind, Result
from durable_workflow.workflow import (
    DeprecatePatch,
    GetVersion,
    Patched,
    RecordVersionMarker,
    VersionQuestion,
)

Question = VersionQuestion | RecordVersionMarker

BEFORE_THE_CHANGE = -1


class VersionKind(Kind):
    """Which version of a change a run uses. The first answer of a run stays its answer."""

    name = "version marker"
    commands = (GetVersion, Patched, DeprecatePatch, RecordVersionMarker)
    opening = frozenset({"VersionMarkerRecorded"})

    def of_event(self, event: Event) -> str:
        """Put an opening event into words."""
        return f"version marker {_change_of(event)!r} = {event.payload.get('version')}"

    def of_command(self, command: Question) -> str:
        """Put a command into the words of `of_event`."""
        return f"version marker {command.change_id!r}"

    def fits(self, event: Event, command: Question) -> bool:
        """Tell whether a command asks for the step that an event opened."""
        # Servers trim the name.
        return _change_of(event) in (command.change_id, command.change_id.strip())

    def agrees(self, event: Event, decided: Mapping[str, int]) -> bool:
        """Tell whether an event only says again what is decided: some SDKs wrote one marker per call."""
        change, version = _change_of(event), integer(event.payload.get("version"))
        return version is not None and decided.get(change) == version

    def start(self, driver: Driver, operation: Operation) -> None:
        """Answer an operation that the code asks for."""
        question: Any = operation.command
        change = question.change_id.strip()
        version = driver.decided_versions.get(change)
        if version is None:
            version = self._decide(driver, operation, question)
        if version is None:
            return
        _check(driver, question, version)
        driver.decided_versions[change] = version
        operation.resolve(question.answer(version) if isinstance(question, VersionQuestion) else version)

    def result(self, event: Event, payload_codec: str) -> Result:
        """Read the outcome from a resolving event."""
        return Result(value=integer(event.payload.get("version")))

    def _decide(self, driver: Driver, operation: Operation, question: Question) -> int | None:
        """Find the version in history, or record one; None if that ended the workflow instead."""
        step = driver.next_step()
        if step is None:
            return BEFORE_THE_CHANGE if driver.closed else _record(driver, operation, question)
        marked = step.kind is self and self.fits(step.opened, question)
        # A marker that stands further on was recorded at another place: `take` reports it.
        if marked or driver.holds(self, question):
            taken = driver.take(operation)
            return None if taken is None else integer(taken.opened.payload.get("version"))
        return BEFORE_THE_CHANGE


def _change_of(event: Event) -> str:
    return str(event.payload.get("change_id"))


def _record(driver: Driver, operation: Operation, question: Question) -> int | None:
    marker = question.newest() if isinstance(question, VersionQuestion) else question
    operation.command = marker
    return None if driver.issue(operation) is None else marker.version


def _check(driver: Driver, question: Question, version: int) -> None:
    low, high = question.min_supported, question.max_supported
    if low <= version <= high:
        return
    held = f"version {version} of change {question.change_id!r}"
    code = f"versions {low} to {high}"
    raise NonDeterministicReplayError(
        f"Workflow {driver.workflow_type!r} no longer fits this run: the run uses {held}, but the code has "
        f"{code} ({driver.where()}).\nLikely cause: the code of an old version was removed while runs still "
        "use it, or a worker with older code got the run. Remedy: bring that version back until no open run "
        "uses it.",
        expected=held,
        actual=code,
    )
