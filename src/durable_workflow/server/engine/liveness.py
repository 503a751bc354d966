"""How a run stands: what it waits for, which task will move it on, and what looks wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from durable_workflow.server.engine.refusals import from_json
from durable_workflow.server.engine.timestamps import precise
from durable_workflow.server.store import (
    Transaction,
    activities,
    activity_tasks,
    children,
    runs,
    timers,
    updates,
    waits,
    workflow_tasks,
)
from durable_workflow.server.store.runs import Run
from durable_workflow.server.store.workflow_tasks import WorkflowTask

__all__ = ["Liveness", "NextTask", "head_task", "liveness_of", "state_of"]

# Only a worker's answer ends such a wait, and nobody will ask a worker without a task.
_NEEDS_A_TASK = (None, "update", "signal")
_REPLAY_FAULTS = ("NonDeterministic", "Determinism")


@dataclass(frozen=True, slots=True, kw_only=True)
class NextTask:
    """The task that will move a run on."""

    task_id: str
    task_type: str
    status: str
    available_at: float
    lease_expires_at: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """What a run waits for; ``source`` is the kind and the id of what will end it."""

    wait_id: str | None = None
    source: tuple[str, str] | None = None
    started_at: float | None = None
    deadline_at: float | None = None
    task: NextTask | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Liveness:
    """How a run stands.

    Args:
        state: ``closed``, ``workflow_task_ready``, ``workflow_task_leased``, ``repair_needed``,
            ``waiting_for_retry`` (the back-off before the run) or ``waiting_for_`` and the kind of the wait.
        kind: The kind of what it waits for.
        words: The same in words.
        wait: The wait.
        failure: The last failed workflow task, if none has been completed since.
    """

    state: str
    kind: str | None = None
    words: str | None = None
    wait: Wait = Wait()
    failure: Mapping[str, Any] | None = None

    @property
    def reason(self) -> str:
        """The state in words."""
        if self.state == "closed":
            return "The run is closed."
        if self.state == "repair_needed":
            return (
                "Nothing moves the run on before its failed task is tried again."
                if self.failure
                else ("Nothing will move the run on; repair it.")
            )
        if self.state == "waiting_for_retry":
            return "The run begins when the back-off of its retry policy is over."
        return f"{self.words}." if self.words else "The run waits."

    @property
    def replay_blocked(self) -> bool:
        """Whether the last failed task says that code and history do not fit."""
        kind = str((self.failure or {}).get("type", ""))
        return any(fault in kind for fault in _REPLAY_FAULTS)

    @property
    def badge(self) -> dict[str, Any] | None:
        """The problem with the run's tasks for people, None without one."""
        if self.failure is None:
            return None
        return {
            "code": "replay_blocked" if self.replay_blocked else "task_failed",
            "label": "Replay blocked" if self.replay_blocked else "Task failed",
            "description": str(self.failure.get("message", "")),
            "tone": "danger" if self.replay_blocked else "warning",
            "badge_visible": True,
        }

    def summary(self) -> dict[str, Any]:
        """Return the members by which an export tells it."""
        wait, task = self.wait, self.wait.task
        kind, source_id = wait.source or (None, None)
        return {
            "wait_kind": self.kind,
            "wait_reason": self.words,
            "wait_started_at": precise(wait.started_at),
            "wait_deadline_at": precise(wait.deadline_at),
            "open_wait_id": wait.wait_id,
            "resume_source_kind": kind,
            "resume_source_id": source_id,
            "next_task_at": None if task is None else precise(task.available_at),
            "next_task_id": None if task is None else task.task_id,
            "next_task_type": None if task is None else task.task_type,
            "next_task_status": None if task is None else task.status,
            "next_task_lease_expires_at": None if task is None else precise(task.lease_expires_at),
            "liveness_state": self.state,
            "liveness_reason": self.reason,
            "repair_attention": self.state == "repair_needed",
            "task_problem": self.failure is not None,
            "task_problem_badge": self.badge,
        }


def head_task(tx: Transaction, run: Run) -> WorkflowTask | None:
    """Return the workflow task that is ready, delayed or out; None without one."""
    tasks = workflow_tasks.open_tasks(tx, run.run_id)
    return next((task for task in tasks if task.status != "held"), None)


def state_of(tx: Transaction, run: Run, head: WorkflowTask | None, wait_kind: str | None) -> str:
    """Return how an open run stands.

    Args:
        tx: The transaction.
        run: The run.
        head: Its workflow task that is ready, delayed or out.
        wait_kind: The kind of what it waits for.
    """
    if run.waits_to_begin(tx.now):
        return "waiting_for_retry"
    if head is not None:
        return "repair_needed" if head.status == "delayed" else f"workflow_task_{head.status}"
    return "repair_needed" if wait_kind in _NEEDS_A_TASK else f"waiting_for_{wait_kind}"


def liveness_of(tx: Transaction, run: Run) -> Liveness:
    """Return how a run stands."""
    if not run.is_open:
        return Liveness(state="closed")
    kind, words = waits.waiting_for(tx, run.run_id)
    head = head_task(tx, run)
    wait = _WAITS.get(kind or "", _no_wait)(tx, run)
    if head is not None:
        wait = _with_task(wait, head)
    failure = from_json(run.last_task_failure) if run.task_failures else None
    return Liveness(state=state_of(tx, run, head, kind), kind=kind, words=words, wait=wait, failure=failure)


def _no_wait(tx: Transaction, run: Run) -> Wait:
    return Wait()


def _with_task(wait: Wait, head: WorkflowTask) -> Wait:
    task = NextTask(
        task_id=head.task_id,
        task_type="workflow",
        status=head.status,
        available_at=head.available_at,
        lease_expires_at=head.lease_expires_at,
    )
    if wait.wait_id is not None:
        return replace(wait, task=task)
    started_at = head.available_at if head.leased_at is None else head.leased_at
    source = ("workflow_task", head.task_id)
    return Wait(wait_id=f"workflow-task:{head.task_id}", source=source, started_at=started_at, task=task)


def _update_wait(tx: Transaction, run: Run) -> Wait:
    update = updates.open_updates(tx, run.run_id)[0]
    return Wait(
        wait_id=f"update:{update.update_id}",
        source=("workflow_update", update.update_id),
        started_at=update.decided_at,
    )


def _child_wait(tx: Transaction, run: Run) -> Wait:
    child = children.open_children(tx, run.run_id)[0]
    begun = runs.find_run(tx, child.child_run_id)
    return Wait(
        wait_id=f"child:{child.child_call_id}",
        source=("child_workflow_run", child.child_run_id),
        started_at=None if begun is None else begun.started_at,
    )


def _activity_wait(tx: Transaction, run: Run) -> Wait:
    activity = activities.open_activities(tx, run.run_id)[0]
    found = None if activity.task_id is None else activity_tasks.find_task(tx, activity.task_id)
    task = None
    if found is not None:
        task = NextTask(
            task_id=found.task_id,
            task_type="activity",
            status=found.status,
            available_at=found.available_at,
            lease_expires_at=found.lease_expires_at,
        )
    return Wait(
        wait_id=f"activity:{activity.execution_id}",
        source=("activity_execution", activity.execution_id),
        started_at=activity.created_at,
        deadline_at=activity.due_at,
        task=task,
    )


def _timer_wait(tx: Transaction, run: Run) -> Wait:
    timer = min(timers.open_timers(tx, run.run_id), key=lambda timer: timer.fire_at)
    return Wait(
        wait_id=f"timer:{timer.timer_id}",
        source=("timer", timer.timer_id),
        started_at=timer.created_at,
        deadline_at=timer.fire_at,
        task=NextTask(task_id=timer.task_id, task_type="timer", status="ready", available_at=timer.fire_at),
    )


def _condition_wait(tx: Transaction, run: Run) -> Wait:
    found = timers.latest_open_wait(tx, run.run_id)
    if found is None:
        return Wait()
    timer = None if found.timer_id is None else timers.find_timer(tx, found.timer_id)
    if timer is None:
        return Wait(wait_id=found.condition_wait_id)
    return Wait(
        wait_id=found.condition_wait_id,
        source=("timer", timer.timer_id),
        started_at=timer.created_at,
        deadline_at=timer.fire_at,
    )


_WAITS: Mapping[str, Callable[[Transaction, Run], Wait]] = {
    "update": _update_wait,
    "activity": _activity_wait,
    "child": _child_wait,
    "condition": _condition_wait,
    "timer": _timer_wait,
}
