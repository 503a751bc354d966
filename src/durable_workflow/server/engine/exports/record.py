"""Everything that is kept of one run, read once for all parts of its export."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from durable_workflow.server.engine.refusals import from_json
from durable_workflow.server.store import Transaction, commands, events
from durable_workflow.server.store.commands import Command
from durable_workflow.server.store.events import Event
from durable_workflow.server.store.runs import Run, Workflow

__all__ = ["Entry", "Record", "read"]


@dataclass(frozen=True, slots=True)
class Entry:
    """An event with its payload read."""

    event: Event
    payload: dict[str, Any]

    @property
    def kind(self) -> str:
        """The type of the event."""
        return self.event.event_type


@dataclass(frozen=True, slots=True)
class Record:
    """A run with its workflow, its whole history and the commands to it."""

    tx: Transaction
    workflow: Workflow
    run: Run
    entries: list[Entry]
    commands: dict[str, Command]

    def of(self, *kinds: str) -> Iterator[Entry]:
        """Yield the entries of some types, in order."""
        return (entry for entry in self.entries if entry.kind in kinds)

    def command_of(self, entry: Entry) -> Command | None:
        """Return the command behind an event."""
        return self.commands.get(entry.event.workflow_command_id or "")


def read(tx: Transaction, workflow: Workflow, run: Run) -> Record:
    """Read the history of a run and the commands to it."""
    found = events.events_after(tx, run.run_id, 0, run.last_sequence)
    entries = [Entry(event, from_json(event.payload)) for event in found]
    given = {command.command_id: command for command in commands.commands_of(tx, run.run_id)}
    return Record(tx, workflow, run, entries, given)
