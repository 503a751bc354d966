"""The task that a completion makes ready, handed out with its answer: one round trip instead of two.

A completion with a ``next_task_poll_request_id`` is a poll, too, that looks only at the tasks it makes. The
key is kept with the lease as a poll's is, so a poll with it finds the task of an answer that was lost.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from durable_workflow.server._calls import Call
from durable_workflow.server.engine import activity_claims, workflow_claims
from durable_workflow.server.engine.activity_outcomes import activity_topic
from durable_workflow.server.engine.cancellations import CAPABILITY
from durable_workflow.server.engine.lookup import run_of
from durable_workflow.server.engine.refusals import from_json
from durable_workflow.server.engine.wakeups import ready_topic
from durable_workflow.server.store import Transaction, activity_tasks, workers, workflow_tasks
from durable_workflow.server.store.activity_tasks import ActivityTask
from durable_workflow.server.store.workers import Worker
from durable_workflow.server.store.workflow_tasks import WorkflowTask

__all__ = ["next_activity_task", "next_workflow_task"]

_KEY = "next_task_poll_request_id"


def next_activity_task(tx: Transaction, call: Call, created: Iterable[str]) -> dict[str, Any]:
    """Return the member ``next_task`` for a completed workflow task; nothing if it was not asked for.

    Args:
        tx: The transaction.
        call: The completion.
        created: The ids of the tasks that its commands created.
    """
    worker = _asking(tx, call)
    if worker is None:
        return _none(call)
    for task_id in created:
        task = activity_tasks.find_task(tx, task_id)
        if task is not None and _may_have(worker, task, worker.activity_types, task.activity_type):
            claimed = activity_claims.claim(tx, task, worker.worker_id, call.body[_KEY])
            tx.lower_topic(activity_topic(task.namespace, task.task_queue))
            return {"next_task": activity_claims.rendered(tx, claimed)}
    return _none(call)


def next_workflow_task(tx: Transaction, call: Call, task_id: str) -> dict[str, Any]:
    """Return the member ``next_task`` for a completed activity task; nothing if it was not asked for.

    Args:
        tx: The transaction.
        call: The completion.
        task_id: The id of the task that resumes the run.
    """
    worker = _asking(tx, call)
    task = None if worker is None else workflow_tasks.find_task(tx, task_id)
    if worker is None or task is None:
        return _none(call)
    if not _may_have(worker, task, worker.workflow_types, task.workflow_type):
        return _none(call)
    if task.sticky_worker_id not in (None, worker.worker_id):
        return _none(call)
    if run_of(tx, task.run_id).cancel_command_id is not None and not worker.can(CAPABILITY):
        return _none(call)
    claimed = workflow_claims.claim(tx, task, worker, call.body[_KEY])
    tx.lower_topic(ready_topic(task))
    return {"next_task": workflow_claims.rendered(tx, claimed, worker, call.body)}


def _asking(tx: Transaction, call: Call) -> Worker | None:
    if call.body.get(_KEY) is None:
        return None
    worker = workers.find_worker(tx, call.namespace, call.body["lease_owner"])
    return None if worker is None or worker.is_draining else worker


def _none(call: Call) -> dict[str, Any]:
    return {} if call.body.get(_KEY) is None else {"next_task": None}


def _may_have(worker: Worker, task: ActivityTask | WorkflowTask, hosted: str, wanted: str) -> bool:
    types = from_json(hosted)
    return (
        task.status == "ready"
        and task.task_queue == worker.task_queue
        and (not types or wanted in types)
        and task.compatibility in (None, worker.build_id)
    )
