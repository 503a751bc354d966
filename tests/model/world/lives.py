"""How runs begin and end, and what wakes them (control-plane.md, section 23)."""

from __future__ import annotations

from typing import Any

from model.matching import Name, OneOf
from model.world.state import Event, Run, State, Workflow, WorkflowTask

__all__ = ["append", "begin", "cancel_open_work", "close", "end_at_once", "new_task", "wake"]


def append(state: State, run: Run, event_type: str, **payload: Any) -> Event:
    """Add an event to a run's history."""
    event = Event(event_type, state.now, payload)
    run.history.append(event)
    return event


def begin(state: State, workflow: Workflow, **members: Any) -> Run:
    """Add a run to a workflow; its events and its first task are the caller's matter."""
    number = len(workflow.runs) + 1
    run = Run(workflow=workflow, name=state.names.new("run"), number=number, started_at=state.now, **members)
    workflow.runs.append(run)
    return run


def new_task(state: State, run: Run, status: str = "ready", causes: tuple[Name, ...] = ()) -> WorkflowTask:
    name, caused = state.names.new("workflow task"), bool(causes) or status == "held"
    task = WorkflowTask(name, run, status, list(causes), caused=caused)
    state.workflow_tasks.append(task)
    return task


def wake(state: State, run: Run, cause: Name) -> Name | OneOf | None:
    """See that the run gets a task after this; return its id, or None for a closed run.

    A run has at most one task out; whatever comes meanwhile makes one following task. A task that waits
    before it is tried again is ready at once. Where a task is ready again and has a following one, either
    will do: both see all that happened.
    """
    if not run.open:
        return None
    if run.task is None:
        run.task = new_task(state, run, causes=(cause,))
    elif run.task.state == "leased":
        run.following = run.following or new_task(state, run, "held")
        run.following.causes.append(cause)
        return run.following.name
    else:
        run.task.causes.append(cause)
        if not run.task.pinned:
            run.task.state = "ready"
    if run.following is not None:
        run.following.causes.append(cause)
        return OneOf((run.task.name, run.following.name))
    return run.task.name


def cancel_open_work(state: State, run: Run) -> None:
    """Cancel activities, then timers, each with an event."""
    for activity in run.activities:
        if activity.open:
            activity.state = "cancelled"
            if activity.attempt is not None and activity.attempt.state == "running":
                activity.attempt.state = "cancelled"
            append(
                state, run, "ActivityCancelled", activity_execution_id=activity.name, sequence=activity.step
            )
    for timer in run.timers:
        if timer.state == "pending":
            timer.state = "cancelled"
            append(state, run, "TimerCancelled", timer_id=timer.name, sequence=timer.step)


def end_at_once(state: State, run: Run, verb: str, status: str, **members: Any) -> None:
    """Cancel or terminate a run in one step, in the order of worker-plane.md, section 10."""
    append(state, run, f"{verb}Requested", **members)
    cancel_open_work(state, run)
    append(state, run, f"Workflow{status.capitalize()}", closed_reason=status, **members)
    close(state, run, status, status)


def close(state: State, run: Run, status: str, closed_reason: str) -> None:
    """Close a run: no task, timer or activity of it goes on."""
    run.status, run.closed_reason, run.closed_at = status, closed_reason, state.now
    for task in (run.task, run.following):
        if task is not None and task.state != "completed":
            task.state = "cancelled"
    run.task = run.following = None
    for update in run.updates:
        if update.state == "accepted":
            update.state = "left"
    # The family is closed by this module's means.
    from model.world.family import after_close

    after_close(state, run)
    for timer in run.timers:
        if timer.state == "pending":
            timer.state = "dropped"
