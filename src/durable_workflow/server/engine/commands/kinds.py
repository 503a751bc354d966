"""What every kind of command is made of: its checks, and what it does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from durable_workflow.server.engine import history
from durable_workflow.server.engine.payloads import payload_problem
from durable_workflow.server.store import Transaction
from durable_workflow.server.store.runs import Run
from durable_workflow.server.store.workflow_tasks import WorkflowTask

__all__ = [
    "Completion",
    "Kind",
    "Problems",
    "always_allowed",
    "check_payload",
    "check_text",
    "never_refused",
    "text_of",
]

Command = Mapping[str, Any]


@dataclass(slots=True)
class Problems:
    """Collects what is wrong with the commands of one completion, by dotted path."""

    found: dict[str, list[str]] = field(default_factory=dict)
    index: int = 0

    def add(self, member: str, message: str) -> None:
        """Note a fault of a member of the current command; an empty name means the command itself."""
        path = f"commands.{self.index}"
        self.found.setdefault(f"{path}.{member}" if member else path, []).append(message)


@dataclass(slots=True)
class Completion:
    """A completion being recorded: its run, its task and the ids of the tasks it creates."""

    tx: Transaction
    run: Run
    task: WorkflowTask
    note: Mapping[str, Any]
    created: list[str] = field(default_factory=list)

    def append(self, event_type: str, payload: Mapping[str, Any]) -> None:
        """Add an event in the course of the completed task."""
        history.append(self.tx, self.run, event_type, payload, task=self.note)


def never_refused(command: Command) -> str | None:
    """Refuse nothing: for kinds whose faults are all found by their check."""
    return None


def always_allowed(run: Run) -> str | None:
    """Forbid nothing: for kinds that the state of the run does not matter to."""
    return None


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of command.

    Args:
        name: Its ``type``.
        check: Notes the faults that make the completion a 422.
        apply: Records it; gets the step sequence of the command.
        refuse: Returns why the engine refuses it (409), None if it does not.
        forbid: Returns why the run does not allow it (409), None if it does.
        terminal: True if it closes the run.
    """

    name: str
    check: Callable[[Command, Problems], None]
    apply: Callable[[Completion, Command, int], None]
    refuse: Callable[[Command], str | None] = never_refused
    forbid: Callable[[Run], str | None] = always_allowed
    terminal: bool = False


def check_text(command: Command, problems: Problems, *members: str) -> None:
    """Note members that must be texts with something in them."""
    for member in members:
        if text_of(command, member) is None:
            problems.add(member, f"{member} is required and must not be blank.")


def text_of(command: Command, member: str) -> str | None:
    """Return a text member, None if it is absent or blank."""
    value = command.get(member)
    return value if isinstance(value, str) and value.strip() else None


def check_payload(command: Command, problems: Problems, member: str) -> None:
    """Note a payload that is neither an envelope nor a blob nor null."""
    problem = payload_problem(command.get(member))
    if problem is not None:
        problems.add(member + problem[0], problem[1])
