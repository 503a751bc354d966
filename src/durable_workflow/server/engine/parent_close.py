"""Parent-close policies: what a closed run means for its open children.

Closing a run only marks its children. They are closed from here, in rounds and not from within each other,
so a family of any depth and size ends in transactions of bounded size.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping

from durable_workflow.server._calls import Call
from durable_workflow.server.engine import history
from durable_workflow.server.engine.cancellations import cancel_run
from durable_workflow.server.engine.lookup import run_of
from durable_workflow.server.engine.terminations import terminate_run
from durable_workflow.server.store import Transaction, children
from durable_workflow.server.store.children import Child
from durable_workflow.server.store.commands import Command
from durable_workflow.server.store.runs import Run

__all__ = ["apply", "apply_due"]

_log = logging.getLogger("durable_workflow.server")

_ACTIONS: Mapping[str, Callable[[Transaction, Call | None, Run, str | None], Command]] = {
    "request_cancel": cancel_run,
    "terminate": terminate_run,
}


def apply_due(tx: Transaction) -> None:
    """Apply the policies of marked children and of theirs, up to a tick's batch; ticks do the rest."""
    left = tx.settings.tick_batch
    while left > 0:
        found = children.due_policies(tx, tx.now, left)
        if not found:
            return
        for child in found:
            apply(tx, child)
        left -= len(found)
    tx.due(tx.now)


def apply(tx: Transaction, child: Child) -> None:
    """Apply the policy of one marked child; if it cannot be closed, its parent's history says so.

    Nothing that was loaded before may be used after it.
    """
    try:
        with tx.part():
            _close(tx, child)
    except Exception as error:
        if not tx.usable:
            raise
        _log.exception("child %s could not be closed with its parent", child.child_workflow_id)
        _note(tx, child, "failed", "ParentClosePolicyFailed", error=f"{type(error).__name__}: {error}"[:1000])


def _close(tx: Transaction, child: Child) -> None:
    _ACTIONS[child.parent_close_policy](tx, None, run_of(tx, child.child_run_id), _reason(tx, child))
    _note(tx, child, "applied", "ParentClosePolicyApplied")


def _reason(tx: Transaction, child: Child) -> str:
    closed_reason = run_of(tx, child.guardian_run_id).closed_reason
    return f"Parent workflow closed ({closed_reason}); parent-close policy: {child.parent_close_policy}."


def _note(tx: Transaction, child: Child, state: str, event_type: str, **members: str) -> None:
    children.change_child(tx, child.child_call_id, policy_state=state)
    payload = {
        "child_instance_id": child.child_workflow_id,
        "child_run_id": child.child_run_id,
        "policy": child.parent_close_policy,
        "reason": _reason(tx, child),
        **members,
    }
    history.append(tx, run_of(tx, child.guardian_run_id), event_type, payload)
