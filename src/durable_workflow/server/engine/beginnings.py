"""How a run begins: its rows and its first event."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from durable_workflow.server.engine import history
from durable_workflow.server.engine.refusals import from_json
from durable_workflow.server.engine.snapshots import present
from durable_workflow.server.engine.timestamps import coarse
from durable_workflow.server.store import Transaction, runs
from durable_workflow.server.store.runs import Run, Workflow

__all__ = ["NewRun", "begin", "limits", "names", "started_event"]


@dataclass(frozen=True, slots=True)
class NewRun:
    """What a new run begins with.

    ``execution_deadline_at`` overrides the one of its time-out. ``begins_at`` is when its first task may be
    handed out, None for at once; its time-outs count from then.
    """

    workflow_id: str
    namespace: str
    workflow_type: str
    task_queue: str | None
    payload_codec: str
    arguments: str
    business_key: str | None = None
    memo: str | None = None
    search_attributes: str | None = None
    execution_timeout_seconds: int | None = None
    run_timeout_seconds: int | None = None
    execution_deadline_at: float | None = None
    continued_from_run_id: str | None = None
    compatibility: str | None = None
    begins_at: float | None = None


def begin(tx: Transaction, new: NewRun, workflow: Workflow | None) -> Run:
    """Create the next run of a workflow, or the workflow with its first run.

    Args:
        tx: The transaction.
        new: What it begins with.
        workflow: The workflow, None if this is its first run.
    """
    run_id = tx.ids.lower()
    number = 1 if workflow is None else workflow.run_count + 1
    if workflow is None:
        workflow = Workflow(new.workflow_id, new.namespace, new.workflow_type, run_id, 1, tx.now)
        runs.save_workflow(tx, workflow, new=True)
    else:
        runs.save_workflow(tx, replace(workflow, current_run_id=run_id, run_count=number), new=False)
    run = _run(tx, new, run_id, number)
    runs.add_run(tx, run)
    if run.due_at is not None:
        tx.due(run.due_at)
    return run


def _run(tx: Transaction, new: NewRun, run_id: str, number: int) -> Run:
    begins_at = tx.now if new.begins_at is None else new.begins_at
    execution_deadline = new.execution_deadline_at
    if execution_deadline is None and new.execution_timeout_seconds is not None:
        execution_deadline = begins_at + new.execution_timeout_seconds
    run_deadline = None if new.run_timeout_seconds is None else begins_at + new.run_timeout_seconds
    deadlines = [moment for moment in (execution_deadline, run_deadline) if moment is not None]
    return Run(
        run_id=run_id,
        workflow_id=new.workflow_id,
        namespace=new.namespace,
        run_number=number,
        workflow_type=new.workflow_type,
        task_queue=new.task_queue,
        payload_codec=new.payload_codec,
        arguments=new.arguments,
        business_key=new.business_key,
        memo=new.memo,
        search_attributes=new.search_attributes,
        compatibility=new.compatibility,
        execution_timeout_seconds=new.execution_timeout_seconds,
        run_timeout_seconds=new.run_timeout_seconds,
        execution_deadline_at=execution_deadline,
        run_deadline_at=run_deadline,
        started_at=tx.now,
        continued_from_run_id=new.continued_from_run_id,
        last_progress_at=tx.now,
        begins_at=new.begins_at,
        due_at=min(deadlines, default=None),
    )


def names(run: Run) -> dict[str, Any]:
    """Return the members by which the first events of a run name it."""
    return {
        "workflow_class": run.workflow_type,
        "workflow_type": run.workflow_type,
        "workflow_instance_id": run.workflow_id,
        "workflow_run_id": run.run_id,
    }


def started_event(tx: Transaction, run: Run, command: Mapping[str, Any] | None, **members: Any) -> None:
    """Append ``WorkflowStarted``, with further members for a run that continues another."""
    payload = names(run) | present(
        workflow_command_id=None if command is None else command["id"],
        business_key=run.business_key,
        memo=(from_json(run.memo) or {}) if command is not None else None,
        search_attributes=from_json(run.search_attributes),
        **limits(run),
        **members,
    )
    history.append(tx, run, "WorkflowStarted", payload, command=command)


def limits(run: Run) -> dict[str, Any]:
    """Return the time-outs and deadlines of a run, None where it has none."""
    return {
        "execution_timeout_seconds": run.execution_timeout_seconds,
        "run_timeout_seconds": run.run_timeout_seconds,
        "execution_deadline_at": coarse(run.execution_deadline_at),
        "run_deadline_at": coarse(run.run_deadline_at),
    }
