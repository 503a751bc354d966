"""Sticky runs: the next task of a run goes to the worker that holds it live, if that takes it soon.

Nothing depends on it. A worker that is busy or gone loses the task after a short time to whoever asks.
"""

from __future__ import annotations

from typing import Any

from durable_workflow.server.engine.timestamps import precise
from durable_workflow.server.store import Transaction, workers, workflow_tasks
from durable_workflow.server.store.runs import Run
from durable_workflow.server.store.workers import Worker
from durable_workflow.server.store.workflow_tasks import WorkflowTask

__all__ = [
    "CAPABILITY",
    "forget",
    "history_start",
    "keep",
    "let_go",
    "members",
    "remember",
    "sticky_topic",
]

CAPABILITY = "sticky_execution"
"""What workers register that keep runs live between tasks."""

_TAIL = "sticky_history_tail"


def sticky_topic(namespace: str, worker_id: str) -> str:
    """Return the topic that is raised when a task is kept for a worker."""
    return f"wfs:{namespace}:{worker_id}"


def remember(tx: Transaction, run: Run, task: WorkflowTask) -> None:
    """Note who holds a run live, now that its task is completed."""
    forget(run)
    if tx.settings.sticky_seconds <= 0 or task.lease_owner is None:
        return
    worker = workers.find_worker(tx, run.namespace, task.lease_owner)
    if worker is not None and worker.can(CAPABILITY):
        run.sticky_worker_id, run.sticky_sequence = worker.worker_id, task.seen_sequence


def forget(run: Run) -> None:
    """Note that nobody can be relied on to hold a run live."""
    run.sticky_worker_id = run.sticky_sequence = None


def keep(tx: Transaction, run: Run, queue: str | None) -> dict[str, Any]:
    """Return the columns by which a task that is ready now is kept for a worker, none for nobody.

    Args:
        tx: The transaction.
        run: The run.
        queue: The queue of the task.
    """
    if run.sticky_worker_id is None:
        return {}
    worker = workers.find_worker(tx, run.namespace, run.sticky_worker_id)
    if worker is None or worker.task_queue != queue or not worker.is_there(tx.now):
        return {}
    until = tx.now + tx.settings.sticky_seconds
    tx.due(until)
    return {"sticky_worker_id": worker.worker_id, "sticky_until": until}


def let_go(tx: Transaction, task: WorkflowTask) -> None:
    """Let anybody have a ready task that was kept for one worker."""
    workflow_tasks.change_task(tx, task.task_id, sticky_worker_id=None, sticky_until=None)
    tx.raise_topic(f"wf:{task.namespace}:{task.task_queue}")


def _mode(run: Run, task: WorkflowTask, worker: Worker) -> str | None:
    if task.sticky_worker_id != worker.worker_id:
        return None
    return "tail" if run.sticky_sequence is not None and worker.can(_TAIL) else "full"


def history_start(run: Run, task: WorkflowTask, worker: Worker) -> int:
    """Return behind which event the history begins that a task brings."""
    return (run.sticky_sequence or 0) if _mode(run, task, worker) == "tail" else 0


def members(run: Run, task: WorkflowTask, worker: Worker) -> dict[str, Any]:
    """Return what a task tells the worker that holds its run live, nothing for others."""
    mode = _mode(run, task, worker)
    if mode is None:
        return {}
    return {
        "sticky_worker_id": task.sticky_worker_id,
        "sticky_until": precise(task.sticky_until),
        "sticky_replay_mode": mode,
    }
