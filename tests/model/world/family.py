"""Children: how they start, are tried again, tell their parents, and end with them (compatibility)."""

from __future__ import annotations

from typing import Any

from durable_workflow import serializer
from model.world.cancellations import cancel_run
from model.world.lives import append, begin, end_at_once, new_task, wake
from model.world.state import Child, Run, State, Workflow

__all__ = ["after_close", "pass_on", "start_child"]

_ENDS = {
    "completed": "ChildRunCompleted",
    "failed": "ChildRunFailed",
    "cancelled": "ChildRunCancelled",
    "terminated": "ChildRunTerminated",
}


def start_child(state: State, run: Run, command: dict[str, Any], step: int) -> int:
    """Start a child in the same step; its id is the server's choice."""
    workflow = Workflow(state.names.new("workflow"), command["workflow_type"])
    state.workflows.append(workflow)
    policy = command.get("parent_close_policy") or "abandon"
    child = Child(run, step, workflow, policy, command.get("retry_policy") or {})
    run.children.append(child)
    execution, given = command.get("execution_timeout_seconds"), command.get("arguments")
    first = begin(
        state,
        workflow,
        workflow_type=workflow.workflow_type,
        queue=command.get("queue") or run.queue,
        arguments=[] if given is None else serializer.decode_envelope(given),
        execution_deadline=None if execution is None else state.now + execution,
        run_timeout=command.get("run_timeout_seconds"),
        child=child,
    )
    append(state, run, "ChildWorkflowScheduled", **_names(child, first))
    append(state, run, "ChildRunStarted", **_names(child, first), parent_close_policy=policy)
    append(state, first, "WorkflowStarted", parent_workflow_run_id=run.name, parent_sequence=step)
    first.task = new_task(state, first)
    return 1


def _names(child: Child, run: Run) -> dict[str, Any]:
    return {
        "sequence": child.step,
        "child_workflow_instance_id": child.workflow.workflow_id,
        "child_workflow_run_id": run.name,
    }


def pass_on(run: Run, following: Run) -> None:
    """Bind children to the run that continues, and have it be the same child, with all attempts again."""
    following.children, run.children = run.children, []
    following.child = run.child
    if following.child is not None:
        following.child.attempt = 1


def after_close(state: State, run: Run) -> None:
    """Do for children and parent what the end of a run asks for; one that continues has not ended."""
    if run.closed_reason == "continued":
        return
    bound, run.children = run.children, []
    for child in bound:
        if child.open and child.policy != "abandon" and not _times_out(state, child):
            _apply(state, run, child)
    if run.child is not None:
        _tell_parent(state, run, run.child)


def _times_out(state: State, child: Child) -> bool:
    """Whether a child that is overdue at the same moment ends by itself, and is not tried again."""
    newest = child.workflow.newest
    overdue = any(at <= state.now for at in newest.deadlines.values())
    if state.observe is None or not overdue:
        return False
    unknown = state.observe(newest)[len(newest.history) :]
    if "WorkflowTimedOut" not in [event["event_type"] for event in unknown]:
        return False
    child.retries = {}
    return True


def _apply(state: State, run: Run, child: Child) -> None:
    newest = child.workflow.newest
    if child.policy == "terminate":
        end_at_once(state, newest, "Terminate", "terminated")
    else:
        cancel_run(state, newest, {}, state.names.new("command"), shown=False)
    known = {"child_run_id": newest.name, "child_instance_id": child.workflow.workflow_id}
    append(state, run, "ParentClosePolicyApplied", **known, policy=child.policy)


def _tell_parent(state: State, run: Run, child: Child) -> None:
    delay = _delay(state, run, child)
    if delay is not None:
        _try_again(state, run, child, delay)
        return
    child.open = False
    for holder in state.runs:
        holder.children = [one for one in holder.children if one is not child]
    if child.parent.open:
        append(state, child.parent, _ENDS[run.status], **_names(child, run), child_status=run.status)
        wake(state, child.parent, run.name)


def _delay(state: State, run: Run, child: Child) -> int | None:
    """Return after how many seconds a child is tried again; None when it is not."""
    if run.status != "failed" or run.final or child.attempt >= (child.retries.get("max_attempts") or 1):
        return None
    delays = child.retries.get("backoff_seconds") or [0]
    delay: int = delays[min(child.attempt - 1, len(delays) - 1)]
    late = run.execution_deadline is not None and state.now + delay >= run.execution_deadline
    return None if late else delay


def _try_again(state: State, run: Run, child: Child, delay: int) -> None:
    """Make the next run: there at once, but nothing makes it start before its time."""
    child.attempt += 1
    again = begin(
        state,
        child.workflow,
        workflow_type=run.workflow_type,
        queue=run.queue,
        arguments=run.arguments,
        execution_deadline=run.execution_deadline,
        run_timeout=run.run_timeout,
        child=child,
        delay=delay,
    )
    append(state, again, "WorkflowStarted", retry_attempt=child.attempt)
    again.task = new_task(state, again, "delayed" if delay else "ready")
    again.task.due_at, again.task.pinned = state.now + delay, True
    if child.parent.open:
        known = {**_names(child, again), "retry_attempt": child.attempt, "retry_backoff_seconds": delay}
        append(state, child.parent, "ChildRunStarted", **known)
