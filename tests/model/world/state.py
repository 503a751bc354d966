"""What the model knows: workflows, their runs, and the open work of each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from model.matching import Expected, Name, Names

Observe = Callable[["Run"], list[dict[str, Any]]]
"""Shows a run's history as the server has it: where the documents leave an order open, it decides."""

Promise = Expected | Callable[[], Expected]
"""The answer that repeats get: as it was, or as things stand by then."""

__all__ = [
    "Activity",
    "Attempt",
    "Cancellation",
    "Child",
    "Event",
    "Observe",
    "Run",
    "Signal",
    "State",
    "Timer",
    "Update",
    "Wait",
    "Worker",
    "Workflow",
    "WorkflowTask",
]


@dataclass(eq=False)
class Event:
    """One event of a history: its type, its time, and the members that the model can tell."""

    event_type: str
    at: float
    payload: dict[str, Any]


@dataclass(eq=False)
class WorkflowTask:
    """A task to move a run on: ready, delayed, held, leased, completed, failed or cancelled.

    A held task follows the one that is out. ``causes`` are the ids of what it may say it exists for; one that
    was made without any, for a start or a repair, need not say any.
    """

    name: Name
    run: Run
    state: str = "ready"
    causes: list[Name] = field(default_factory=list)
    due_at: float = 0.0
    attempt: int = 0
    owner: str | None = None
    leased_at: float = 0.0
    expires_at: float = 0.0
    seen_events: int = 0
    cause: str | None = None
    cause_kind: str | None = None
    update: Update | None = None
    caused: bool = True
    pinned: bool = False


@dataclass(eq=False)
class Attempt:
    """One hand-out of an activity: running, expired, completed, failed, timed_out or cancelled."""

    name: Name
    number: int
    task: Name
    owner: str
    expires_at: float
    started_at: float
    beat_at: float | None = None
    state: str = "running"
    details: Any = None


@dataclass(eq=False)
class Activity:
    """One scheduled activity: ready, delayed, running, and then how it ended."""

    name: Name
    run: Run
    step: int
    activity_type: str
    queue: str
    policy: dict[str, Any]
    limits: dict[str, int]
    scheduled_at: float
    task: Name
    available_at: float
    state: str = "ready"
    attempts: list[Attempt] = field(default_factory=list)
    used: int = 0

    @property
    def open(self) -> bool:
        return self.state in ("ready", "delayed", "running")

    @property
    def attempt(self) -> Attempt | None:
        return self.attempts[-1] if self.attempts else None


@dataclass(eq=False)
class Timer:
    """A timer of the workflow's own, or of a condition wait."""

    name: Name
    run: Run
    step: int
    fire_at: float
    wait: Wait | None = None
    state: str = "pending"


@dataclass(eq=False)
class Wait:
    """A condition wait: open, satisfied or timed_out."""

    name: Name
    step: int
    key: str | None
    timer: Timer | None = None
    state: str = "open"


@dataclass(eq=False)
class Signal:
    """A signal; it keeps its id when it moves to the next run."""

    name: Name
    signal_name: str
    arguments: list[Any]


@dataclass(eq=False)
class Update:
    """An update: accepted, completed, failed by its worker, or left unanswered by its run."""

    name: Name
    command: Name
    update_name: str
    arguments: list[Any]
    position: int
    first_run: Run
    state: str = "accepted"
    result: Any = None
    named: bool = False


@dataclass(eq=False)
class Child:
    """A child of ``parent``, the run that waits for it; ``attempt`` counts since it last continued as new."""

    parent: Run
    step: int
    workflow: Workflow
    policy: str
    retries: dict[str, Any]
    attempt: int = 1
    open: bool = True


@dataclass(eq=False)
class Cancellation:
    """A cancellation that the workflow is told of, and when the server's patience ends."""

    command: Name
    texts: dict[str, Any]
    deadline: float


@dataclass(eq=False)
class Run:
    """One run of a workflow."""

    workflow: Workflow
    name: Name
    number: int
    workflow_type: str
    queue: str | None
    arguments: list[Any]
    started_at: float
    execution_deadline: float | None = None
    run_timeout: int | None = None
    memo: dict[str, Any] = field(default_factory=dict)
    attributes: dict[str, Any] = field(default_factory=dict)
    status: str = "pending"
    closed_reason: str | None = None
    closed_at: float | None = None
    output: Any = None
    history: list[Event] = field(default_factory=list)
    task: WorkflowTask | None = None
    following: WorkflowTask | None = None
    failures: int = 0
    activities: list[Activity] = field(default_factory=list)
    timers: list[Timer] = field(default_factory=list)
    waits: list[Wait] = field(default_factory=list)
    signals: dict[Signal, int] = field(default_factory=dict)
    updates: dict[Update, int] = field(default_factory=dict)
    messages: int = 0
    cursor: int = 0
    cancellation: Cancellation | None = None
    cancelled_at_event: int = 0
    archived: bool = False
    children: list[Child] = field(default_factory=list)
    child: Child | None = None
    delay: int = 0
    final: bool = False

    @property
    def open(self) -> bool:
        return self.status in ("pending", "waiting")

    @property
    def waits_for_something(self) -> bool:
        """Whether something else than a workflow task will move the run on; an open update will not."""
        activities = any(activity.open for activity in self.activities)
        timers = any(timer.state == "pending" for timer in self.timers)
        children = any(child.open and child.parent is self for child in self.children)
        return activities or timers or children or any(wait.state == "open" for wait in self.waits)

    @property
    def deadlines(self) -> dict[str, float]:
        """The moments at which the run has taken too long, by kind; the first one wins a tie."""
        found = {}
        if self.execution_deadline is not None:
            found["execution_timeout"] = self.execution_deadline
        if self.run_timeout is not None:
            found["run_timeout"] = self.started_at + self.delay + self.run_timeout
        return found


@dataclass(eq=False)
class Workflow:
    """A workflow id and its runs."""

    workflow_id: str | Name
    workflow_type: str
    runs: list[Run] = field(default_factory=list)

    @property
    def newest(self) -> Run:
        return self.runs[-1]


@dataclass(eq=False)
class Worker:
    """A registration."""

    worker_id: str
    queue: str
    workflow_types: tuple[str, ...]
    activity_types: tuple[str, ...]
    heartbeat_seconds: int | None
    capabilities: tuple[str, ...]
    heard_at: float
    lost: bool = False


@dataclass(eq=False)
class State:
    """Everything at once."""

    now: float
    names: Names = field(default_factory=Names)
    workflows: list[Workflow] = field(default_factory=list)
    workers: dict[str, Worker] = field(default_factory=dict)
    workflow_tasks: list[WorkflowTask] = field(default_factory=list)
    polls: dict[tuple[str, str, str], Any] = field(default_factory=dict)
    receipts: dict[tuple[str, str], tuple[Any, Promise]] = field(default_factory=dict)
    observe: Observe | None = None

    @property
    def runs(self) -> list[Run]:
        return [run for workflow in self.workflows for run in workflow.runs]

    @property
    def activities(self) -> list[Activity]:
        return [activity for run in self.runs for activity in run.activities]

    def find(self, workflow_id: str) -> Workflow | None:
        """Return a workflow by the id that the client knows."""
        for workflow in self.workflows:
            known = workflow.workflow_id
            if (known.value if isinstance(known, Name) else known) == workflow_id:
                return workflow
        return None
