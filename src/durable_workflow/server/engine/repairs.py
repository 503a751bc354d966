"""repairWorkflow: a run that nothing would move on gets a workflow task, at once."""

from __future__ import annotations

from typing import Any

from durable_workflow.server._calls import Call, Reply
from durable_workflow.server.engine import history, receipts, wakeups
from durable_workflow.server.engine.liveness import head_task, state_of
from durable_workflow.server.engine.lookup import commanded_run
from durable_workflow.server.engine.payloads import copy_like_run
from durable_workflow.server.engine.snapshots import command_note, present, workflow_task_note
from durable_workflow.server.store import Transaction, waits, workflow_tasks
from durable_workflow.server.store.runs import Run
from durable_workflow.server.store.workflow_tasks import WorkflowTask

__all__ = ["repair_workflow"]


def repair_workflow(tx: Transaction, call: Call) -> Reply:
    """Make the newest run go on if nothing else would: end a back-off, or make a task."""
    run = commanded_run(tx, call)
    scope = f"repair:{run.workflow_id}"
    return receipts.answer_once(tx, call, scope, call.body.get("request_id"), lambda: _repair(tx, call, run))


def _repair(tx: Transaction, call: Call, run: Run) -> Reply:
    if not run.is_open:
        command = receipts.record(
            tx,
            run,
            call,
            "repair",
            payload=None,
            outcome="rejected_not_active",
            rejection_reason="run_not_active",
        )
        return Reply(409, receipts.receipt_body(run, command, None))
    wait_kind, _ = waits.waiting_for(tx, run.run_id)
    task = head_task(tx, run)
    state = state_of(tx, run, task, wait_kind)
    outcome = "repair_not_needed"
    if state == "repair_needed":
        outcome = "repair_dispatched"
        task = workflow_tasks.find_task(tx, wakeups.wake(tx, run))
    found = {"liveness_state": state, "wait_kind": wait_kind} | _named(task)
    command = receipts.record(tx, run, call, "repair", payload=copy_like_run(run, found), outcome=outcome)
    event = present(
        workflow_command_id=command.command_id,
        workflow_instance_id=run.workflow_id,
        workflow_run_id=run.run_id,
        command_type="repair",
        outcome=outcome,
        **found,
    )
    note = None if task is None else workflow_task_note(task)
    history.append(tx, run, "RepairRequested", event, task=note, command=command_note(command))
    return Reply(200, receipts.receipt_body(run, command, None))


def _named(task: WorkflowTask | None) -> dict[str, Any]:
    return {
        "task_id": None if task is None else task.task_id,
        "task_type": None if task is None else "workflow",
    }
