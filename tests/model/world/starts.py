"""Starts, duplicates and start keys (design.md, section 4; control-plane.md, section 15)."""

from __future__ import annotations

from typing import Any

from model.matching import Call, Decodes, Expected, Seen
from model.world.lives import append, begin, end_at_once, new_task
from model.world.receipts import answer_once
from model.world.state import Run, State, Workflow

__all__ = ["start"]


def start(state: State, call: Call, seen: Seen) -> Expected:
    """Start a workflow, or say what stands in the way."""
    return answer_once(state, call, "start", call.key, lambda: _start(state, call.body))


def _start(state: State, body: Any) -> Expected:
    workflow_id = body.get("workflow_id")
    known = None if workflow_id is None else state.find(workflow_id)
    if known is None:
        known = Workflow(workflow_id or state.names.new("workflow"), body["workflow_type"])
        state.workflows.append(known)
        return _started(_new_run(state, known, body))
    if known.workflow_type != body["workflow_type"]:
        return Expected(422, {"reason": "validation_failed", "errors": {"workflow_type": _ANYTHING}})
    return _duplicate(state, known, body)


def _duplicate(state: State, workflow: Workflow, body: Any) -> Expected:
    policy, newest = body.get("duplicate_policy") or "fail", workflow.newest
    if policy in ("allow", "terminate_existing") and not newest.open:
        return _started(_new_run(state, workflow, body))
    if policy == "terminate_existing":
        end_at_once(state, newest, "Terminate", "terminated")
        return _started(_new_run(state, workflow, body))
    if policy in ("use-existing", "allow"):
        outcome = "returned_existing_active" if newest.open else "returned_existing_closed"
        append(state, newest, "StartAccepted", outcome=outcome)
        return Expected(200, {"outcome": outcome, **_named(newest)})
    rejection = "instance_already_started"
    append(state, newest, "StartRejected", outcome="rejected_duplicate", rejection_reason=rejection)
    return Expected(
        409, {"outcome": "rejected_duplicate", "reason": "duplicate_not_allowed", **_named(newest)}
    )


def _new_run(state: State, workflow: Workflow, body: Any) -> Run:
    execution = body.get("execution_timeout_seconds")
    run = begin(
        state,
        workflow,
        workflow_type=body["workflow_type"],
        queue=body.get("task_queue"),
        arguments=body.get("input") or [],
        execution_deadline=None if execution is None else state.now + execution,
        run_timeout=body.get("run_timeout_seconds"),
        memo=body.get("memo") or {},
        attributes=body.get("search_attributes") or {},
    )
    payload = Decodes(run.arguments)
    append(
        state,
        run,
        "StartAccepted",
        workflow_run_id=run.name,
        outcome="started_new",
        command={"payload": payload},
    )
    append(state, run, "WorkflowStarted", workflow_run_id=run.name, workflow_type=run.workflow_type)
    run.task = new_task(state, run)
    return run


def _started(run: Run) -> Expected:
    return Expected(201, {"outcome": "started_new", **_named(run)})


def _named(run: Run) -> dict[str, Any]:
    workflow = run.workflow
    return {
        "workflow_id": workflow.workflow_id,
        "run_id": run.name,
        "workflow_type": run.workflow_type,
        "status": run.status,
    }


class _Anything:
    def meets(self, seen: Any) -> bool:
        return bool(seen)


_ANYTHING = _Anything()
