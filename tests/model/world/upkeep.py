"""Repairing and archiving (control-plane.md, section 15; docs/compatibility.md)."""

from __future__ import annotations

from model.matching import Call, Expected, Seen
from model.world.lives import append, new_task
from model.world.messages import commanded, receipt
from model.world.receipts import answer_once
from model.world.state import Run, State

__all__ = ["archive", "repair"]


def repair(state: State, call: Call, seen: Seen) -> Expected:
    """End the back-off of a failed task, or make a task for a run that nothing else would move on."""

    def act(run: Run) -> Expected:
        delayed = run.task is not None and run.task.state == "delayed"
        lost = run.task is None and not run.waits_for_something
        outcome = "repair_dispatched" if delayed or lost else "repair_not_needed"
        append(state, run, "RepairRequested", outcome=outcome)
        if run.task is None and lost:
            run.task = new_task(state, run)
        elif run.task is not None and delayed:
            run.task.state = "ready"
        return receipt(run, 200, outcome, state.names.new("command"))

    return commanded(state, call, "repair", act)


def archive(state: State, call: Call, seen: Seen) -> Expected:
    """Mark a closed run, once."""
    workflow = state.find(call.path["workflowId"])
    if workflow is None:
        return Expected(404, {"reason": "instance_not_found"})
    run = workflow.newest
    scope = f"archive {call.path['workflowId']}"
    return answer_once(state, call, scope, call.body.get("request_id"), lambda: _archive(state, run))


def _archive(state: State, run: Run) -> Expected:
    if run.open:
        return Expected(409, {"outcome": "rejected_run_not_closed", "reason": "run_not_closed"})
    outcome = "archive_not_needed" if run.archived else "archived"
    append(state, run, "ArchiveRequested", outcome=outcome)
    if not run.archived:
        append(state, run, "WorkflowArchived")
    run.archived = True
    return receipt(run, 200, outcome, state.names.new("command"))
