"""Reading runs: describe, and the pages of the history."""

from __future__ import annotations

from typing import Any

from durable_workflow.server._calls import Call, Pending, Reply
from durable_workflow.server.engine import contracts, history, queries
from durable_workflow.server.engine.lives import closed_topic
from durable_workflow.server.engine.lookup import current_run, pinned_run
from durable_workflow.server.engine.payloads import decoded, envelope
from durable_workflow.server.engine.refusals import from_json
from durable_workflow.server.engine.statuses import bucket_of
from durable_workflow.server.engine.timestamps import coarse, precise
from durable_workflow.server.store import Transaction, waits
from durable_workflow.server.store.runs import Run, Workflow

__all__ = ["describe_run", "describe_workflow", "read_history"]


def describe_workflow(tx: Transaction, call: Call) -> Reply | Pending:
    """Describe the newest run; ``wait_closed_seconds`` holds the answer until it is closed."""
    return _described(tx, call, *current_run(tx, call))


def describe_run(tx: Transaction, call: Call) -> Reply | Pending:
    """Describe one run; ``wait_closed_seconds`` holds the answer until it is closed."""
    return _described(tx, call, *pinned_run(tx, call))


def _described(tx: Transaction, call: Call, workflow: Workflow, run: Run) -> Reply | Pending:
    reply = Reply(200, _description(tx, workflow, run))
    wait = call.query.get("wait_closed_seconds") or 0
    if run.is_open and wait > 0:
        return Pending(closed_topic(run.run_id), reply, deadline_seconds=float(wait))
    return reply


def _description(tx: Transaction, workflow: Workflow, run: Run) -> dict[str, Any]:
    wait_kind, wait_reason = waits.waiting_for(tx, run.run_id) if run.is_open else (None, None)
    current = workflow.current_run_id == run.run_id
    return {
        "workflow_id": run.workflow_id,
        "run_id": run.run_id,
        "namespace": run.namespace,
        "workflow_type": run.workflow_type,
        "business_key": run.business_key,
        "status": run.status,
        "status_bucket": bucket_of(run.status),
        "is_terminal": not run.is_open,
        "closed_reason": run.closed_reason,
        "task_queue": run.task_queue,
        "run_number": run.run_number,
        "run_count": workflow.run_count,
        "is_current_run": current,
        "compatibility": run.compatibility,
        "payload_codec": run.payload_codec,
        "execution_timeout_seconds": run.execution_timeout_seconds,
        "run_timeout_seconds": run.run_timeout_seconds,
        "execution_deadline_at": coarse(run.execution_deadline_at),
        "run_deadline_at": coarse(run.run_deadline_at),
        "input": decoded(run.payload_codec, run.arguments),
        "output": decoded(run.payload_codec, run.output),
        "input_envelope": envelope(run.payload_codec, run.arguments),
        "output_envelope": envelope(run.payload_codec, run.output),
        "started_at": precise(run.started_at),
        "closed_at": precise(run.closed_at),
        "last_progress_at": coarse(run.last_progress_at),
        "wait_kind": wait_kind,
        "wait_reason": wait_reason,
        "memo": from_json(run.memo) or {},
        "search_attributes": from_json(run.search_attributes) or {},
        "actions": _actions(tx, run, current=current),
    }


def _actions(tx: Transaction, run: Run, *, current: bool) -> dict[str, bool]:
    commandable = current and run.is_open
    return {
        "can_signal": commandable and contracts.takes_any(tx, run, "signal"),
        "can_query": current and queries.can_be_asked(tx, run),
        "can_update": commandable and contracts.takes_any(tx, run, "update"),
        "can_cancel": commandable,
        "can_terminate": commandable,
        "can_repair": commandable,
        "can_archive": not run.is_open and run.archived_at is None,
    }


def read_history(tx: Transaction, call: Call) -> Reply | Pending:
    """Return a page of events; ``wait_new_event`` waits for one when there is none."""
    _, run = pinned_run(tx, call)
    after = history.token_position(call.query.get("next_page_token") or "") or 0
    found, token = history.page(tx, run, after, call.query.get("page_size") or 100)
    body = {
        "workflow_id": run.workflow_id,
        "run_id": run.run_id,
        "events": [history.control_event(event) for event in found],
        "next_page_token": token,
    }
    if not found and run.is_open and call.query.get("wait_new_event"):
        return Pending(history.events_topic(run.run_id), Reply(200, body))
    return Reply(200, body)
