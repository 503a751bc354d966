"""Waking a run: exactly one workflow task is ready or out, and one more may be held behind a leased one.

Whatever happens to a run while its task is out must be seen by a later task, and two workers must never
decide for one run at the same time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from durable_workflow.server.engine import stickiness
from durable_workflow.server.engine.refusals import to_json
from durable_workflow.server.store import Transaction, workflow_tasks
from durable_workflow.server.store.runs import Run
from durable_workflow.server.store.workflow_tasks import WorkflowTask

__all__ = [
    "cancel_tasks",
    "promote",
    "queue_of",
    "ready_topic",
    "retry_later",
    "wake",
    "wake_at",
    "workflow_topic",
]


def queue_of(run: Run) -> str:
    """Return the queue whose workers serve a run; one that names none is served by ``default``."""
    return run.task_queue or "default"


def workflow_topic(namespace: str, queue: str | None) -> str:
    """Return the topic that workflow-task polls of a queue wait on."""
    return f"wf:{namespace}:{queue}"


def ready_topic(task: WorkflowTask) -> str:
    """Return the topic that polls wait on which may have a task: of one worker, or of its queue."""
    if task.sticky_worker_id is not None:
        return stickiness.sticky_topic(task.namespace, task.sticky_worker_id)
    return workflow_topic(task.namespace, task.task_queue)


def wake(tx: Transaction, run: Run, context: Mapping[str, Any] | None = None) -> str:
    """Make sure that a workflow task will see what just happened to the run.

    Args:
        tx: The transaction.
        run: The open run.
        context: Why, by the members of the task's resume context. A task that waits already keeps its own.

    Returns:
        The id of the task that will see it.
    """
    tasks = workflow_tasks.open_tasks(tx, run.run_id)
    for task in sorted(tasks, key=lambda task: task.status == "held", reverse=True):
        # News ends the wait after a failed task, but not the back-off before a run's first task.
        if task.status == "delayed" and not run.waits_to_begin(tx.now):
            _make_ready(tx, run, task)
        if task.status != "leased":
            return task.task_id
    status = "held" if tasks else "ready"
    return _create(tx, run, to_json(context or {}), status, tx.now)


def wake_at(tx: Transaction, run: Run, moment: float) -> str:
    """Make the first task of a run, ready from ``moment`` (epoch seconds) on; return its id."""
    if moment <= tx.now:
        return _create(tx, run, to_json({}), "ready", tx.now)
    return retry_later(tx, run, to_json({}), moment)


def promote(tx: Transaction, run: Run) -> str | None:
    """Make the held task ready now that the leased one has ended; return its id, None without one."""
    for task in workflow_tasks.open_tasks(tx, run.run_id):
        if task.status == "held":
            _make_ready(tx, run, task)
            return task.task_id
    return None


def retry_later(tx: Transaction, run: Run, context: str, moment: float) -> str:
    """Make a task that becomes ready at ``moment`` (epoch seconds), with the context of a failed one."""
    tx.due(moment)
    return _create(tx, run, context, "delayed", moment)


def cancel_tasks(tx: Transaction, run: Run) -> None:
    """Cancel the open tasks of a run that is closing."""
    for task in workflow_tasks.open_tasks(tx, run.run_id):
        workflow_tasks.change_task(tx, task.task_id, status="cancelled", lease_expires_at=None)


def _create(tx: Transaction, run: Run, context: str, status: str, available_at: float) -> str:
    queue = queue_of(run)
    kept = stickiness.keep(tx, run, queue) if status == "ready" else {}
    task = WorkflowTask(
        task_id=tx.ids.lower(),
        run_id=run.run_id,
        workflow_id=run.workflow_id,
        namespace=run.namespace,
        task_queue=queue,
        workflow_type=run.workflow_type,
        compatibility=run.compatibility,
        context=context,
        status=status,
        attempt=0,
        available_at=available_at,
        **kept,
    )
    workflow_tasks.add_task(tx, task)
    if status == "ready":
        tx.raise_topic(ready_topic(task))
    return task.task_id


def _make_ready(tx: Transaction, run: Run, task: WorkflowTask) -> None:
    kept = stickiness.keep(tx, run, task.task_queue)
    workflow_tasks.change_task(tx, task.task_id, status="ready", available_at=tx.now, **kept)
    tx.raise_topic(ready_topic(replace(task, sticky_worker_id=kept.get("sticky_worker_id"))))
