"""Workflows (one per id) and their runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter

from durable_workflow.server.store._transaction import Transaction, columns_of

__all__ = ["Run", "Workflow", "add_run", "due_runs", "find_run", "find_workflow", "next_due", "save_workflow"]

OPEN_STATUSES = ("pending", "running", "waiting")


@dataclass(frozen=True, slots=True)
class Workflow:
    """A workflow id: its first type and its newest run."""

    workflow_id: str
    namespace: str
    workflow_type: str
    current_run_id: str
    run_count: int
    created_at: float


@dataclass(slots=True, kw_only=True)
class Run:
    """One run. It is changed in memory and written once, at the end of the transaction.

    ``begins_at`` is before when its first task is not handed out, however much happens to the run;
    ``cancel_deadline_at`` is when a run whose cancellation is on its way is closed all the same;
    ``last_task_failure`` is JSON text; ``sticky_worker_id`` is the worker that holds the run live, which
    has seen it up to ``sticky_sequence``.
    """

    run_id: str
    workflow_id: str
    namespace: str
    run_number: int
    workflow_type: str
    task_queue: str | None
    payload_codec: str
    arguments: str
    business_key: str | None
    memo: str | None
    search_attributes: str | None
    compatibility: str | None
    execution_timeout_seconds: int | None
    run_timeout_seconds: int | None
    execution_deadline_at: float | None
    run_deadline_at: float | None
    started_at: float
    continued_from_run_id: str | None = None
    status: str = "pending"
    closed_reason: str | None = None
    closed_at: float | None = None
    output: str | None = None
    last_progress_at: float = 0.0
    last_sequence: int = 0
    last_command_sequence: int = 0
    last_message_sequence: int = 0
    message_cursor: int = 0
    task_failures: int = 0
    history_size_bytes: int = 0
    open_activities: int = 0
    open_children: int = 0
    open_timers: int = 0
    open_updates: int = 0
    unseen_signals: int = 0
    due_at: float | None = None
    cancel_command_id: str | None = None
    cancel_deadline_at: float | None = None
    archived_at: float | None = None
    archive_command_id: str | None = None
    archive_reason: str | None = None
    last_task_failure: str | None = None
    sticky_worker_id: str | None = None
    sticky_sequence: int | None = None
    begins_at: float | None = None

    @property
    def is_open(self) -> bool:
        """True until the run is closed."""
        return self.status in OPEN_STATUSES

    def waits_to_begin(self, now: float) -> bool:
        """Return whether the back-off before the run's first task is not over at ``now`` (epoch seconds)."""
        return self.begins_at is not None and self.begins_at > now


def find_workflow(tx: Transaction, workflow_id: str) -> Workflow | None:
    """Return a workflow of any namespace."""
    return tx.one(Workflow, "FROM workflows WHERE workflow_id = ?", (workflow_id,))


def save_workflow(tx: Transaction, workflow: Workflow, *, new: bool) -> None:
    """Write a workflow, as a new row or over the old one."""
    if new:
        tx.insert("workflows", workflow)
        return
    tx.update(
        "workflows",
        "workflow_id",
        workflow.workflow_id,
        current_run_id=workflow.current_run_id,
        run_count=workflow.run_count,
    )


def add_run(tx: Transaction, run: Run) -> None:
    """Insert a run and keep it in the transaction."""
    tx.insert("runs", run)
    _keep(tx, run)


def find_run(tx: Transaction, run_id: str) -> Run | None:
    """Return the run; every call within one transaction gives the same object."""
    kept = tx.loaded.get(run_id)
    if isinstance(kept, Run):
        return kept
    names = columns_of(Run)
    row = tx.execute(_SELECT_RUN, (run_id,)).fetchone()
    if row is None:
        return None
    run = Run(**dict(zip(names, row, strict=True)))
    _keep(tx, run)
    return run


def due_runs(tx: Transaction, now: float, limit: int) -> list[str]:
    """Return the ids of runs whose deadline is over, the oldest first."""
    rows = tx.execute(
        "SELECT run_id FROM runs WHERE due_at IS NOT NULL AND due_at <= ?"
        " AND NOT EXISTS (SELECT 1 FROM setbacks WHERE chore = 'run' AND item = run_id)"
        " ORDER BY due_at LIMIT ?",
        (now, limit),
    )
    return [run_id for (run_id,) in rows]


def next_due(tx: Transaction) -> float | None:
    """Return when the next run's deadline is over."""
    moment: float | None = tx.scalar(
        "SELECT min(due_at) FROM runs WHERE due_at IS NOT NULL"
        " AND NOT EXISTS (SELECT 1 FROM setbacks WHERE chore = 'run' AND item = run_id)"
    )
    return moment


_SELECT_RUN = " ".join(["SELECT", ", ".join(columns_of(Run)), "FROM runs WHERE run_id = ?"])


def _keep(tx: Transaction, run: Run) -> None:
    tx.loaded[run.run_id] = run
    before = _values(run)

    def save() -> None:
        after = _values(run)
        if after != before:
            pairs = zip(columns_of(Run), after, before, strict=True)
            tx.update("runs", "run_id", run.run_id, **{name: new for name, new, old in pairs if new != old})

    tx.before_end(save)


_values: Callable[[Run], tuple[object, ...]] = attrgetter(*columns_of(Run))
