"""Finding the workflow and the run that a call names."""

from __future__ import annotations

from durable_workflow.server._calls import Call, Refusal
from durable_workflow.server.engine.refusals import no_run, no_workflow
from durable_workflow.server.store import Transaction, runs
from durable_workflow.server.store.runs import Run, Workflow

__all__ = ["commanded_run", "current_run", "pinned_run", "run_of"]


def run_of(tx: Transaction, run_id: str) -> Run:
    """Return a run that some row refers to."""
    run = runs.find_run(tx, run_id)
    if run is None:
        raise LookupError(f"run {run_id} is missing")
    return run


def _workflow(tx: Transaction, namespace: str, workflow_id: str) -> Workflow | None:
    found = runs.find_workflow(tx, workflow_id)
    return found if found is not None and found.namespace == namespace else None


def current_run(tx: Transaction, call: Call) -> tuple[Workflow, Run]:
    """Return the workflow of the path and its newest run.

    Raises:
        Refusal: 404 ``instance_not_found``.
    """
    workflow_id = call.path["workflowId"]
    workflow = _workflow(tx, call.namespace, workflow_id)
    if workflow is None:
        raise no_workflow(workflow_id)
    return workflow, run_of(tx, workflow.current_run_id)


def pinned_run(tx: Transaction, call: Call) -> tuple[Workflow, Run]:
    """Return the workflow and the run of the path.

    Raises:
        Refusal: 404 ``run_not_found``, also when the workflow is unknown.
    """
    workflow_id, run_id = call.path["workflowId"], call.path["runId"]
    workflow = _workflow(tx, call.namespace, workflow_id)
    run = None if workflow is None else runs.find_run(tx, run_id)
    if workflow is None or run is None or run.workflow_id != workflow_id:
        raise no_run(workflow_id, run_id)
    return workflow, run


def commanded_run(tx: Transaction, call: Call) -> Run:
    """Return the run that a command goes to; a path that names a run must name the newest.

    Raises:
        Refusal: 404 ``instance_not_found``, 409 ``historical_run_command_rejected``.
    """
    workflow_id, run_id = call.path["workflowId"], call.path.get("runId")
    workflow = _workflow(tx, call.namespace, workflow_id)
    if workflow is None:
        raise no_workflow(workflow_id, **({} if run_id is None else {"run_id": run_id}))
    if run_id is not None and run_id != workflow.current_run_id:
        raise Refusal(
            409,
            "historical_run_command_rejected",
            f"Only the newest run takes commands; that is {workflow.current_run_id}.",
            {"workflow_id": workflow_id, "run_id": run_id, "target_scope": "run"},
        )
    return run_of(tx, workflow.current_run_id)
