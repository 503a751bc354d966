"""startWorkflow: a new workflow, or what the duplicate policy says when its id is taken."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from durable_workflow.server._calls import Call, Refusal, Reply
from durable_workflow.server.engine import history, receipts, wakeups
from durable_workflow.server.engine.beginnings import NewRun, begin, names, started_event
from durable_workflow.server.engine.limits import json_size
from durable_workflow.server.engine.lookup import run_of
from durable_workflow.server.engine.payloads import arguments_of
from durable_workflow.server.engine.refusals import from_json, invalid, to_json
from durable_workflow.server.engine.snapshots import command_note
from durable_workflow.server.engine.terminations import terminate_run
from durable_workflow.server.store import Transaction, runs
from durable_workflow.server.store.runs import Run, Workflow

__all__ = ["start_workflow"]

_REFUSED = (
    "workflow_execution_timeout",
    "workflow_run_timeout",
    "workflow_task_timeout",
    "retry_policy",
    "idempotency_key",
    "request_id",
)
_MAX_VALUE_BYTES = 2048
_ATTRIBUTE_KEY = re.compile(r"[a-zA-Z][a-zA-Z0-9_]{0,127}")


@dataclass(frozen=True, slots=True)
class _Request:
    workflow_id: str
    policy: str
    new: NewRun


def start_workflow(tx: Transaction, call: Call) -> Reply:
    """Start a workflow; the header ``Idempotency-Key`` makes a repeat harmless."""
    key = call.headers.get("idempotency-key") or None
    return receipts.answer_once(tx, call, "start", key, lambda: _start(tx, call, _request(tx, call)))


def _request(tx: Transaction, call: Call) -> _Request:
    body = call.body
    _check(tx, body)
    codec, blob, _ = arguments_of(body.get("input"))
    workflow_id = body.get("workflow_id") or tx.ids.lower()
    new = NewRun(
        workflow_id=workflow_id,
        namespace=call.namespace,
        workflow_type=body["workflow_type"],
        task_queue=body.get("task_queue"),
        payload_codec=codec,
        arguments=blob,
        business_key=body.get("business_key"),
        memo=to_json(body["memo"]) if body.get("memo") else None,
        search_attributes=to_json(body["search_attributes"]) if body.get("search_attributes") else None,
        execution_timeout_seconds=body.get("execution_timeout_seconds"),
        run_timeout_seconds=body.get("run_timeout_seconds"),
    )
    return _Request(workflow_id, body.get("duplicate_policy") or "fail", new)


def _check(tx: Transaction, body: Mapping[str, Any]) -> None:
    limits = tx.settings.limits
    errors = {name: [f"{name} is not taken here."] for name in _REFUSED if name in body}
    if 0 < limits.memo_size_bytes < json_size(to_json(body.get("memo"))):
        errors["memo"] = [f"The memo is larger than {limits.memo_size_bytes} bytes."]
    found = _attribute_problems(body.get("search_attributes") or {})
    if 0 < limits.search_attribute_size_bytes < json_size(to_json(body.get("search_attributes"))):
        found.append(f"Together they are larger than {limits.search_attribute_size_bytes} bytes.")
    if found:
        errors["search_attributes"] = found
    if errors:
        raise invalid(errors)


def _attribute_problems(attributes: Mapping[str, Any]) -> list[str]:
    problems = []
    for name, value in attributes.items():
        if not _ATTRIBUTE_KEY.fullmatch(name):
            problems.append(f"{name!r:.140} is not a name: a letter, then letters, digits and underscores.")
        texts = [item for item in (value if isinstance(value, list) else [value]) if isinstance(item, str)]
        if any(len(text.encode("utf-8", "surrogatepass")) > _MAX_VALUE_BYTES for text in texts):
            problems.append(f"A value of {name} is longer than {_MAX_VALUE_BYTES} bytes.")
    return problems


def _start(tx: Transaction, call: Call, request: _Request) -> Reply:
    workflow = runs.find_workflow(tx, request.workflow_id)
    if workflow is None:
        return _begin(tx, call, request, None)
    _check_taken(call, request, workflow)
    run = run_of(tx, workflow.current_run_id)
    if request.policy == "use-existing" or (request.policy == "allow" and run.is_open):
        outcome = "returned_existing_active" if run.is_open else "returned_existing_closed"
        return _existing(tx, call, request, run, 200, outcome)
    if request.policy in ("fail", "reject"):
        return _existing(tx, call, request, run, 409, "rejected_duplicate")
    if run.is_open:
        terminate_run(tx, call, run, "Replaced by a new start of the same workflow.")
    return _begin(tx, call, request, workflow)


def _check_taken(call: Call, request: _Request, workflow: Workflow) -> None:
    if workflow.namespace != call.namespace:
        raise Refusal(
            409,
            "workflow_id_reserved_in_namespace",
            "The workflow id is taken in another namespace; choose another id.",
            {"workflow_id": request.workflow_id},
        )
    if workflow.workflow_type != request.new.workflow_type:
        raise invalid({"workflow_type": [f"The workflow id belongs to the type {workflow.workflow_type}."]})


def _begin(tx: Transaction, call: Call, request: _Request, workflow: Workflow | None) -> Reply:
    run = begin(tx, request.new, workflow)
    outcome = "started_new"
    command = receipts.record(tx, run, call, "start", payload=run.arguments, outcome=outcome)
    note = command_note(command)
    history.append(tx, run, "StartAccepted", _accepted(run, note["id"], outcome), command=note)
    started_event(tx, run, note)
    wakeups.wake(tx, run)
    return Reply(201, _answer(run, outcome))


def _existing(tx: Transaction, call: Call, request: _Request, run: Run, status: int, outcome: str) -> Reply:
    rejection = "instance_already_started" if status == 409 else None
    command = receipts.record(
        tx, run, call, "start", payload=request.new.arguments, outcome=outcome, rejection_reason=rejection
    )
    note = command_note(command)
    payload = _accepted(run, note["id"], outcome) | {"rejection_reason": rejection}
    history.append(tx, run, "StartRejected" if rejection else "StartAccepted", payload, command=note)
    body = _answer(run, outcome)
    if rejection:
        state = "an open run" if run.is_open else "a closed run"
        body["reason"] = "duplicate_not_allowed"
        body["message"] = (
            f"The workflow {run.workflow_id} has {state}; duplicate_policy says what to do then."
        )
    return Reply(status, body)


def _answer(run: Run, outcome: str) -> dict[str, Any]:
    return {
        "workflow_id": run.workflow_id,
        "run_id": run.run_id,
        "workflow_type": run.workflow_type,
        "namespace": run.namespace,
        "status": run.status,
        "business_key": run.business_key,
        "payload_codec": run.payload_codec,
        "outcome": outcome,
    }


def _accepted(run: Run, command_id: str, outcome: str) -> dict[str, Any]:
    return {
        "workflow_command_id": command_id,
        **names(run),
        "business_key": run.business_key,
        "visibility_labels": None,
        "memo": from_json(run.memo) or {},
        "search_attributes": from_json(run.search_attributes),
        "outcome": outcome,
    }
