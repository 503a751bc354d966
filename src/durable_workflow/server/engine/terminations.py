"""Ending runs from outside: terminate, and the run and execution time-outs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from durable_workflow.server._calls import Call, Reply
from durable_workflow.server.engine import cancellations, history, lives, receipts
from durable_workflow.server.engine.cancellations import reason_payload
from durable_workflow.server.engine.lookup import commanded_run, run_of
from durable_workflow.server.engine.snapshots import command_note, present
from durable_workflow.server.engine.timestamps import coarse
from durable_workflow.server.store import Transaction
from durable_workflow.server.store.commands import Command
from durable_workflow.server.store.runs import Run

__all__ = ["terminate_run", "terminate_workflow", "time_out"]


def terminate_workflow(tx: Transaction, call: Call) -> Reply:
    """Terminate the newest run at once; no workflow code runs."""
    scope = f"terminate:{call.path['workflowId']}"
    return receipts.answer_once(tx, call, scope, call.body.get("request_id"), lambda: _terminate(tx, call))


def _terminate(tx: Transaction, call: Call) -> Reply:
    run, reason = commanded_run(tx, call), call.body.get("reason")
    if run.is_open:
        return Reply(200, receipts.receipt_body(run, terminate_run(tx, call, run, reason), reason))
    command = receipts.record(
        tx,
        run,
        call,
        "terminate",
        payload=reason_payload(run, reason),
        outcome="rejected_not_active",
        rejection_reason="run_not_active",
    )
    return Reply(409, receipts.receipt_body(run, command, None))


def terminate_run(tx: Transaction, call: Call | None, run: Run, reason: str | None) -> Command:
    """Terminate an open run and return the command that was recorded; None as call is the server itself."""
    payload = reason_payload(run, reason)
    command = receipts.record(tx, run, call, "terminate", payload=payload, outcome="terminated")
    note = command_note(command)
    names = present(
        workflow_command_id=command.command_id,
        workflow_instance_id=run.workflow_id,
        workflow_run_id=run.run_id,
    )
    requested = names | present(command_type="terminate", reason=reason)
    history.append(tx, run, "TerminateRequested", requested, command=note)
    lives.cancel_work(tx, run, note)
    history.append(tx, run, "WorkflowTerminated", _ending(tx, names, reason), command=note)
    lives.close(tx, run, "terminated", "terminated")
    return command


def _ending(tx: Transaction, names: Mapping[str, Any], reason: str | None) -> dict[str, Any]:
    return dict(names) | present(
        failure_id=tx.ids.lower(),
        failure_category="terminated",
        closed_reason="terminated",
        exception_class="WorkflowTerminated",
        message="Workflow terminated." if reason is None else f"Workflow terminated: {reason}",
        reason=reason,
    )


def time_out(tx: Transaction, run_id: str) -> None:
    """Close a run whose execution or run deadline is over, or that was cancelled long ago."""
    run = run_of(tx, run_id)
    if run.is_open and run.due_at is not None and run.due_at <= tx.now:
        _close_due(tx, run)


def _close_due(tx: Transaction, run: Run) -> None:
    deadlines = (run.execution_deadline_at, run.run_deadline_at)
    if any(moment is not None and moment <= tx.now for moment in deadlines):
        _time_out(tx, run)
    else:
        cancellations.close_cancelled(tx, run)


def _time_out(tx: Transaction, run: Run) -> None:
    execution = run.execution_deadline_at is not None and run.execution_deadline_at <= tx.now
    kind = "execution_timeout" if execution else "run_timeout"
    seconds = run.execution_timeout_seconds if execution else run.run_timeout_seconds
    lives.cancel_work(tx, run, None)
    payload = present(
        failure_id=tx.ids.lower(),
        timeout_kind=kind,
        failure_category="timeout",
        message=f"The workflow exceeded {kind}_seconds={seconds}.",
        exception_class="WorkflowTimedOut",
        execution_deadline_at=coarse(run.execution_deadline_at),
        run_deadline_at=coarse(run.run_deadline_at),
    )
    history.append(tx, run, "WorkflowTimedOut", payload)
    lives.close(tx, run, "failed", "timed_out")
