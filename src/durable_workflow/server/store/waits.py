"""What an open run waits for."""

from __future__ import annotations

from durable_workflow.server.store._transaction import Transaction

__all__ = ["waiting_for"]

_QUESTIONS = (
    (
        "update",
        "SELECT 'Waiting for update ' || update_name"
        " FROM updates WHERE run_id = ? AND status = 'accepted' ORDER BY accepted_sequence LIMIT 1",
    ),
    (
        "workflow-task",
        "SELECT 'Workflow task ' || CASE status WHEN 'leased' THEN 'leased' ELSE 'ready' END"
        " FROM workflow_tasks WHERE run_id = ? AND status IN ('ready', 'delayed', 'held', 'leased') LIMIT 1",
    ),
    (
        "activity",
        "SELECT 'Waiting for activity ' || activity_type"
        " FROM activities WHERE run_id = ? AND status IN ('pending', 'running') ORDER BY step LIMIT 1",
    ),
    (
        "child",
        "SELECT 'Waiting for child workflow ' || child_type"
        " FROM children WHERE parent_run_id = ? AND status = 'open' ORDER BY step LIMIT 1",
    ),
    (
        "condition",
        "SELECT 'Waiting for condition' || coalesce(' ' || condition_key, '')"
        " FROM condition_waits WHERE run_id = ? AND status = 'open' ORDER BY step LIMIT 1",
    ),
    (
        "timer",
        "SELECT 'Waiting for timer' FROM timers WHERE run_id = ? AND status = 'pending' LIMIT 1",
    ),
)


def waiting_for(tx: Transaction, run_id: str) -> tuple[str | None, str | None]:
    """Return the kind of the first thing that a run waits for, and the same in words."""
    for kind, question in _QUESTIONS:
        reason = tx.scalar(question, (run_id,))
        if reason is not None:
            return kind, str(reason)
    return None, None
