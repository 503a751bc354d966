"""Leases that end: by their time, with their worker, or because it leaves (worker-plane.md, 4.8 and 11.3)."""

from __future__ import annotations

from model.matching import Call, Expected, Seen
from model.world.state import Activity, State, Worker, WorkflowTask

__all__ = ["deregister", "end_lease", "end_leases", "give_back"]


def deregister(state: State, call: Call, seen: Seen) -> Expected:
    """Let a worker go; what it held is handed out again at once."""
    worker = state.workers.pop(call.path["workerId"], None)
    if worker is None:
        return Expected(404, {"reason": "worker_not_found"})
    count = end_leases(state, worker)
    return Expected(200, {"outcome": "deregistered", "recovered_workflow_task_count": count})


def end_leases(state: State, worker: Worker) -> int:
    """Take all its tasks from a worker; return how many workflow tasks it had."""
    tasks = [one for one in state.workflow_tasks if one.state == "leased" and one.owner == worker.worker_id]
    for task in tasks:
        end_lease(task)
    for activity in state.activities:
        held = activity.state == "running" and activity.run.open and activity.attempt is not None
        if held and activity.attempt is not None and activity.attempt.owner == worker.worker_id:
            give_back(state, activity)
    return len(tasks)


def end_lease(task: WorkflowTask) -> None:
    """Make a workflow task ready again, with the update that it named."""
    task.state = "ready"
    if task.update is not None:
        task.update.named = False


def give_back(state: State, activity: Activity) -> None:
    """End an attempt; the same task goes to whoever asks next."""
    if activity.attempt is not None:
        activity.attempt.state = "expired"
    activity.state, activity.available_at = "ready", state.now
