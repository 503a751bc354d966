"""The part ``links``: the runs that started this one, and those that it started."""

from __future__ import annotations

from typing import Any

from durable_workflow.server.engine.exports.record import Record
from durable_workflow.server.engine.statuses import bucket_of
from durable_workflow.server.engine.timestamps import precise
from durable_workflow.server.store import Transaction, children, runs
from durable_workflow.server.store.children import RunLink

__all__ = ["exported_links"]

_UNKNOWN: dict[str, Any] = dict.fromkeys(
    ("run_number", "workflow_type", "class", "status", "status_bucket", "closed_reason")
)


def exported_links(record: Record) -> dict[str, Any]:
    """Return the links up and down; the next run after continue-as-new is a child."""
    tx, run_id = record.tx, record.run.run_id
    return {
        "projection_source": "run_links",
        "parents": [_link(tx, link, link.parent_run_id) for link in children.links_to(tx, run_id)],
        "children": [_link(tx, link, link.child_run_id) for link in children.links_from(tx, run_id)],
    }


def _link(tx: Transaction, link: RunLink, other_run_id: str) -> dict[str, Any]:
    """Describe a link; what it says of a run is about the one at the other end."""
    return {
        "id": link.workflow_link_id,
        "type": link.link_type,
        "parent_workflow_instance_id": link.parent_workflow_id,
        "parent_workflow_run_id": link.parent_run_id,
        "child_workflow_instance_id": link.child_workflow_id,
        "child_workflow_run_id": link.child_run_id,
        "child_call_id": link.child_call_id,
        "sequence": link.step,
        "is_primary_parent": True,
        **_state(tx, other_run_id),
        "created_at": precise(link.created_at),
        "history_authority": "typed_history",
        "diagnostic_only": False,
    }


def _state(tx: Transaction, run_id: str) -> dict[str, Any]:
    run = runs.find_run(tx, run_id)
    if run is None:
        return _UNKNOWN
    return {
        "run_number": run.run_number,
        "workflow_type": run.workflow_type,
        "class": run.workflow_type,
        "status": run.status,
        "status_bucket": bucket_of(run.status),
        "closed_reason": run.closed_reason,
    }
