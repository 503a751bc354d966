"""Golden histories: what a program asks for at each point of a history that is kept as a file.

A golden names its program and arguments, holds the events, and lists the workflow tasks: how many events each
one saw, and the commands that followed. `shows` names what it is an example of. One with an `error` is
refused.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from durable_workflow import workflow
from durable_workflow.replay import TaskInput, WorkflowRun, new_run
from support import golden_programs

FOLDER = Path(__file__).parents[1] / "replay" / "goldens"
CLOSED_BY_CODE = {"WorkflowCompleted", "WorkflowContinuedAsNew", "WorkflowFailed"}

Commands = list[Mapping[str, Any]]


@dataclass(frozen=True)
class Task:
    """One workflow task: it saw the events up to `sees`; its completion ends with event `until`."""

    sees: int
    commands: Commands
    until: int
    cause: str | None = None
    only_update: str | None = None


@dataclass(frozen=True)
class Golden:
    """One file."""

    name: str
    shows: list[str]
    program: str
    arguments: list[Any]
    events: list[Mapping[str, Any]]
    tasks: list[Task]
    error: str | None = None

    @classmethod
    def load(cls, path: Path) -> Golden:
        raw = json.loads(path.read_text())
        tasks = [Task(**task) for task in raw.pop("tasks")]
        return cls(name=path.stem, tasks=tasks, **raw)

    @cached_property
    def closed_by_code(self) -> int | None:
        """Number of the event with which the code ended the run."""
        return next((event["sequence"] for event in self.events if _is_end_of_code(event)), None)

    @cached_property
    def cuts(self) -> list[int]:
        """The points at which a task may have seen the history: none while another task was under way."""
        return sorted({*(task.sees for task in self.tasks), *self._quiet(), len(self.events)})

    def _quiet(self) -> Iterator[int]:
        """Give the points between tasks at which nothing new can be asked for."""
        first = min((task.sees for task in self.tasks), default=2)
        for cut in range(first, len(self.events)):
            under_way = any(task.sees < cut < task.until for task in self.tasks)
            before = max((task.until for task in self.tasks if task.until <= cut), default=0)
            # Once something happened that the code asks about, only its own task may look.
            if not under_way and not any(self._matters(event) for event in self.events[before:cut]):
                yield cut

    @staticmethod
    def _matters(event: Mapping[str, Any]) -> bool:
        return event["event_type"] not in {
            "ActivityStarted",
            "ActivityHeartbeatRecorded",
            "ActivityRetryScheduled",
            "ChildRunStarted",
            "RepairRequested",
            "TimerScheduled",
            "StartRejected",
        }

    def groupings(self) -> Iterator[tuple[int, ...]]:
        """Give every way to cut the history into tasks; each one ends with the whole history."""
        *inner, last = self.cuts
        for size in range(len(inner) + 1):
            for chosen in itertools.combinations(inner, size):
                yield (*chosen, last)

    def expected(self, cut: int, *, finished: bool) -> Commands:
        """Give the commands that follow from the first events.

        Args:
            cut: How many events are seen.
            finished: Whether a task before this one ended the workflow.
        """
        if finished:
            return []
        for task in self.tasks:
            if task.sees == cut:
                return task.commands
        if self.closed_by_code is not None and cut >= self.closed_by_code and self.tasks:
            # Code that is run again comes to the same end.
            return self.tasks[-1].commands[-1:]
        return []

    def reasons(self, cut: int) -> dict[str, Any]:
        """Give what the server says of the task that saw the first events."""
        task = next((task for task in self.tasks if task.sees == cut), None)
        return {"resume_source_kind": task and task.cause, "only_update": task and task.only_update}

    def new_run(self) -> WorkflowRun:
        return new_run(self.task_input([]))

    def task_input(self, events: Iterable[Mapping[str, Any]], **reasons: Any) -> TaskInput:
        return TaskInput(
            definition=workflow.definition_of(getattr(golden_programs, self.program)),
            workflow_id="w1",
            run_id="golden-run",
            arguments=self.arguments,
            history=list(events),
            task_queue="q",
            **reasons,
        )


def _is_end_of_code(event: Mapping[str, Any]) -> bool:
    cancelled = event["event_type"] == "WorkflowCancelled" and event["payload"].get("task")
    return event["event_type"] in CLOSED_BY_CODE or bool(cancelled)


def goldens() -> list[Golden]:
    """Load all files."""
    return [Golden.load(path) for path in sorted(FOLDER.glob("*.json"))]
