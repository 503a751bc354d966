"""Registrations, and what a poll is checked for (worker-plane.md, sections 2 and 3)."""

from __future__ import annotations

from model.matching import Call, Expected, Seen
from model.world.state import Run, State, Worker

__all__ = ["DEFAULT_QUEUE", "beat", "may_poll", "register", "takes_run"]

DEFAULT_QUEUE = "default"


def takes_run(worker: Worker, run: Run) -> bool:
    """Whether a worker serves the queue of a run, and its type."""
    types = worker.workflow_types
    return (run.queue or DEFAULT_QUEUE) == worker.queue and (not types or run.workflow_type in types)


def register(state: State, call: Call, seen: Seen) -> Expected:
    """Register a worker, anew or again."""
    body = call.body
    worker = Worker(
        body["worker_id"],
        body["task_queue"],
        tuple(body.get("supported_workflow_types") or ()),
        tuple(body.get("supported_activity_types") or ()),
        body.get("heartbeat_interval_seconds"),
        tuple(body.get("capabilities") or ()),
        state.now,
    )
    state.workers[worker.worker_id] = worker
    return Expected((200, 201), {"worker_id": worker.worker_id, "registered": True})


def beat(state: State, call: Call, seen: Seen) -> Expected:
    """Hear of a worker."""
    worker = state.workers.get(call.body["worker_id"])
    if worker is None:
        return Expected(404, {"reason": "worker_not_registered"})
    worker.heard_at, worker.lost = state.now, False
    return Expected(200, {"acknowledged": True})


def may_poll(state: State, call: Call) -> Expected | None:
    """Return why a worker may not poll, if it may not."""
    worker = state.workers.get(call.body["worker_id"])
    if worker is None:
        return Expected(412, {"reason": "worker_not_registered"})
    if worker.lost:
        worker.lost, worker.heard_at = False, state.now
    if worker.queue != call.body["task_queue"]:
        return Expected(409, {"reason": "task_queue_mismatch", "registered_task_queue": worker.queue})
    return None
