"""How the end of a child's run reaches its parent: as another attempt, or as the outcome of its step."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from durable_workflow.server.engine import history, wakeups
from durable_workflow.server.engine.children import identity, restart
from durable_workflow.server.engine.lookup import run_of
from durable_workflow.server.engine.refusals import from_json
from durable_workflow.server.engine.timestamps import precise
from durable_workflow.server.store import Transaction, children, events
from durable_workflow.server.store.children import Child
from durable_workflow.server.store.runs import Run

__all__ = ["report"]

_OUTCOMES = {
    "completed": "ChildRunCompleted",
    "failed": "ChildRunFailed",
    "cancelled": "ChildRunCancelled",
    "terminated": "ChildRunTerminated",
}
_FAILURE_MEMBERS = (
    "failure_id",
    "failure_category",
    "non_retryable",
    "exception",
    "exception_type",
    "exception_class",
    "message",
)


def report(tx: Transaction, run: Run) -> None:
    """Tell the parent of a closed run, if it is a child, or give the child its next attempt.

    Args:
        tx: The transaction.
        run: The run; its last event is the one that closed it.
    """
    child = children.find_running(tx, run.run_id)
    if child is None:
        return
    failure = _failure(tx, run)
    begins_at = _next_attempt_at(tx, child, run, failure) if run.status == "failed" else None
    if begins_at is not None:
        restart(tx, child, run, begins_at)
        return
    children.change_child(tx, child.child_call_id, status=run.status)
    parent = run_of(tx, child.parent_run_id)
    if parent.is_open:
        _resolve(tx, parent, child, run, failure)


def _failure(tx: Transaction, run: Run) -> dict[str, Any]:
    if run.status == "completed":
        return {}
    closing = events.find_event(tx, run.run_id, run.last_sequence)
    payload = {} if closing is None else from_json(closing.payload)
    return {name: payload[name] for name in _FAILURE_MEMBERS if payload.get(name) is not None}


def _next_attempt_at(tx: Transaction, child: Child, run: Run, failure: Mapping[str, Any]) -> float | None:
    policy = from_json(child.retry_policy)
    # Whoever is told to end is not tried again, whatever its code makes of the news.
    told = child.policy_state is not None or run.cancel_command_id is not None
    if policy is None or told or child.attempt >= policy["max_attempts"]:
        return None
    kinds = {failure.get("exception_type"), failure.get("exception_class")}
    if failure.get("non_retryable") or kinds & set(policy["non_retryable_error_types"]):
        return None
    delays = policy["backoff_seconds"] or [0]
    begins_at = tx.now + delays[min(child.attempt, len(delays)) - 1]
    deadline = run.execution_deadline_at
    return None if deadline is not None and begins_at >= deadline else begins_at


def _resolve(tx: Transaction, parent: Run, child: Child, run: Run, failure: dict[str, Any]) -> None:
    event_type = _OUTCOMES[run.status]
    payload = identity(child) | {
        "child_run_number": run.run_number,
        "child_status": run.status,
        "closed_reason": run.closed_reason,
        "closed_at": precise(run.closed_at),
    }
    if run.status == "completed":
        payload |= {"output": run.output, "payload_codec": run.payload_codec}
    history.append(tx, parent, event_type, payload | failure)
    context = {
        "workflow_wait_kind": "child",
        "open_wait_id": f"child:{child.child_call_id}",
        "resume_source_kind": "child_workflow_run",
        "resume_source_id": run.run_id,
        "child_call_id": child.child_call_id,
        "child_workflow_run_id": run.run_id,
        "workflow_sequence": child.step,
        "workflow_event_type": event_type,
    }
    wakeups.wake(tx, parent, context)
