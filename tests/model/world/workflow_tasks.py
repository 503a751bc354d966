"""Workflow tasks: who gets one, who may answer it, and what becomes of a failed one (worker-plane.md, 4)."""

from __future__ import annotations

from typing import Any

from model.matching import At, Call, Decodes, Expected, OneOf, Seen
from model.world.lives import new_task
from model.world.state import Run, State, Update, Worker, WorkflowTask
from model.world.updates import unnamed
from model.world.workers import DEFAULT_QUEUE, may_poll, takes_run

__all__ = ["LEASE", "fail", "guard", "heartbeat", "next_task", "poll", "ready_for"]

LEASE = 300.0
_LONGEST_DELAY = 60.0


def ready_for(state: State, worker: Worker) -> list[WorkflowTask]:
    """Return the tasks of which a worker must get one."""
    return [task for task in state.workflow_tasks if task.state == "ready" and _wants(worker, task.run)]


def _wants(worker: Worker, run: Run) -> bool:
    # Who cannot tell the workflow of its cancellation would be no help.
    able = run.cancellation is None or "cancellation_delivery" in worker.capabilities
    return able and takes_run(worker, run)


def poll(state: State, call: Call, seen: Seen) -> Expected:
    """Lease a ready task: any of them, the documents do not say which."""
    refused = may_poll(state, call)
    if refused is not None:
        return refused
    worker = state.workers[call.body["worker_id"]]
    known = ("workflow", worker.worker_id, str(call.body.get("poll_request_id")))
    again = state.polls.get(known)
    if again is not None and again[0].attempt == again[1] and _still_held(state, again[0], worker):
        return Expected(200, {"task": _description(again[0])})
    ready = ready_for(state, worker)
    chosen = _chosen(ready, seen)
    if chosen is None:
        return Expected(200, {"task": _Task(bool(ready))})
    must_name = _must_name(chosen)
    _claim(state, chosen, worker, seen.body["task"])
    if must_name and chosen.update is None:
        return Expected(200, {"task": {"workflow_update_id": must_name[0].name}})
    if "poll_request_id" in call.body:
        # A later attempt was handed out by another poll.
        state.polls[known] = (chosen, chosen.attempt)
    return Expected(200, {"task": _description(chosen)})


def _must_name(task: WorkflowTask) -> list[Update]:
    """Return the updates of which a task must name the first: those that alone made it."""
    waiting = unnamed(task.run)
    alone = task.caused and {*task.causes} <= {given.name for given in task.run.updates}
    return waiting if alone else []


def _still_held(state: State, task: WorkflowTask, worker: Worker) -> bool:
    held = task.state == "leased" and task.owner == worker.worker_id
    return held and task.expires_at > state.now and (task.run.queue or DEFAULT_QUEUE) == worker.queue


def _chosen(ready: list[WorkflowTask], seen: Seen) -> WorkflowTask | None:
    task = seen.body.get("task") if seen.status == 200 else None
    run_id = None if task is None else task["run_id"]
    return next((one for one in ready if one.run.name.meets(run_id)), None) if run_id else None


def _claim(state: State, task: WorkflowTask, worker: Worker, given: dict[str, Any]) -> None:
    task.state, task.owner, task.expires_at = "leased", worker.worker_id, state.now + LEASE
    task.leased_at = state.now
    task.attempt += 1
    task.seen_events = len(task.run.history)
    task.cause, task.cause_kind = given["resume_source_id"], given["resume_source_kind"]
    waiting = unnamed(task.run)
    named = given["workflow_update_id"] is not None and bool(waiting)
    task.update = waiting[0] if named else None
    if task.update is not None:
        task.update.named = True


def _description(task: WorkflowTask) -> dict[str, Any]:
    run, named = task.run, None if task.update is None else task.update.name
    return {
        "task_id": task.name,
        "workflow_id": run.workflow.workflow_id,
        "run_id": run.name,
        "workflow_task_attempt": task.attempt,
        "workflow_type": run.workflow_type,
        "run_status": run.status,
        "arguments": Decodes(run.arguments),
        "last_history_sequence": len(run.history),
        "history_events": [{"event_type": event.event_type} for event in run.history],
        "lease_owner": task.owner,
        "lease_expires_at": At(task.expires_at),
        "resume_source_id": OneOf((None, named, *task.causes)),
        "workflow_update_id": named,
    }


class _Task:
    """No task where none is ready, and one of the ready ones otherwise."""

    def __init__(self, ready: bool) -> None:
        self._ready = ready

    def meets(self, seen: Any) -> bool:
        return seen is None and not self._ready

    def __repr__(self) -> str:
        return "one of the ready tasks" if self._ready else "no task"


def guard(state: State, call: Call) -> WorkflowTask | Expected:
    """Return the task that a call is about, or why the caller may not speak for it."""
    task = next((one for one in state.workflow_tasks if one.name.value == call.path["taskId"]), None)
    if task is None:
        return Expected(404, {"reason": "task_not_found"})
    if task.state != "leased":
        return _not_leased(task)
    if task.expires_at <= state.now:
        return Expected(409, {"reason": "lease_expired"})
    if task.owner != call.body["lease_owner"]:
        return Expected(409, {"reason": "lease_owner_mismatch", "lease_owner": task.owner})
    if task.attempt != call.body["workflow_task_attempt"]:
        return Expected(409, {"reason": "workflow_task_attempt_mismatch", "current_attempt": task.attempt})
    return task


def _not_leased(task: WorkflowTask) -> Expected:
    run = task.run
    if run.open:
        return Expected(409, {"reason": "task_not_leased"})
    cancelled = run.status in ("cancelled", "terminated")
    stop = {"reason": "run_closed", "cancel_requested": cancelled, "can_continue": False}
    return Expected(409, {**stop, "run_status": run.status, "run_closed_reason": run.closed_reason})


def heartbeat(state: State, call: Call, seen: Seen) -> Expected:
    """Renew a lease."""
    task = guard(state, call)
    if isinstance(task, Expected):
        return task
    task.expires_at = state.now + LEASE
    return Expected(200, {"renewed": True, "lease_expires_at": At(task.expires_at), "reason": None})


def fail(state: State, call: Call, seen: Seen) -> Expected:
    """Take a task back: tried again later and later, or never when there was only nothing to do."""
    task = guard(state, call)
    if isinstance(task, Expected):
        return task
    run = task.run
    task.state = "failed"
    if call.body["failure"].get("type") == "WorkflowTaskWaitingForHistory":
        next_task(state, run)
    else:
        run.failures += 1
        if task.update is not None:
            task.update.named = False
        _step_forward(run)
        if run.task is None:
            _try_again(state, task)
    following = None if run.task is None else run.task.name
    return Expected(200, {"outcome": "failed", "recorded": True, "next_task_id": following})


def _try_again(state: State, task: WorkflowTask) -> None:
    delay = min(2.0 ** (task.run.failures - 1), _LONGEST_DELAY)
    again = WorkflowTask(state.names.new("workflow task"), task.run, "delayed", list(task.causes))
    again.caused = task.caused
    again.due_at = state.now + delay
    state.workflow_tasks.append(again)
    task.run.task = again


def next_task(state: State, run: Run) -> None:
    """Have the following task step forward, or make one for updates that no task has named yet."""
    _step_forward(run)
    waiting = unnamed(run)
    if run.task is None and waiting:
        run.task = new_task(state, run, causes=tuple(given.name for given in waiting))


def _step_forward(run: Run) -> None:
    run.task, run.following = run.following, None
    if run.task is not None:
        run.task.state = "ready"
