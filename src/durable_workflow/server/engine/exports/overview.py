"""The parts ``workflow``, ``payloads`` and ``summary``: the run at a glance."""

from __future__ import annotations

from typing import Any

from durable_workflow.server.engine.budgets import continue_as_new_recommended
from durable_workflow.server.engine.exports.failures import failure_of
from durable_workflow.server.engine.exports.record import Record
from durable_workflow.server.engine.liveness import Liveness
from durable_workflow.server.engine.refusals import from_json
from durable_workflow.server.engine.statuses import bucket_of
from durable_workflow.server.engine.timestamps import precise
from durable_workflow.server.store.runs import Run

__all__ = ["exported_payloads", "exported_summary", "exported_workflow"]


def _shared(run: Run) -> dict[str, Any]:
    return {
        "status": run.status,
        "status_bucket": bucket_of(run.status),
        "closed_reason": run.closed_reason,
        "archived_at": precise(run.archived_at),
        "archive_command_id": run.archive_command_id,
        "archive_reason": run.archive_reason,
        "business_key": run.business_key,
        "visibility_labels": {},
        "search_attributes": from_json(run.search_attributes) or {},
        "started_at": precise(run.started_at),
        "closed_at": precise(run.closed_at),
    }


def exported_workflow(record: Record) -> dict[str, Any]:
    """Return what the run is."""
    run, current = record.run, record.workflow.current_run_id
    return {
        **_shared(run),
        "instance_id": run.workflow_id,
        "run_id": run.run_id,
        "run_number": run.run_number,
        "is_current_run": current == run.run_id,
        "current_run_id": current,
        "current_run_source": "current_run_pointer",
        "workflow_type": run.workflow_type,
        "workflow_class": run.workflow_type,
        "memo": from_json(run.memo) or {},
        "compatibility": run.compatibility,
        "connection": None,
        "queue": run.task_queue,
        "last_history_sequence": run.last_sequence,
        "last_progress_at": precise(run.last_progress_at),
    }


def exported_payloads(run: Run) -> dict[str, Any]:
    """Return what went into the run and what came out."""
    return {
        "codec": run.payload_codec,
        "arguments": {"available": True, "data": run.arguments},
        "output": {"available": run.output is not None, "data": run.output},
    }


def exported_summary(record: Record, liveness: Liveness) -> dict[str, Any]:
    """Return the run as a list would show it, with what it waits for."""
    run, started_at = record.run, precise(record.run.started_at)
    return {
        **_shared(run),
        **liveness.summary(),
        "is_current_run": record.workflow.current_run_id == run.run_id,
        "duration_ms": None if run.closed_at is None else round((run.closed_at - run.started_at) * 1000),
        "exception_count": sum(failure_of(entry) is not None for entry in record.entries),
        "history_event_count": run.last_sequence,
        "history_size_bytes": run.history_size_bytes,
        "continue_as_new_recommended": continue_as_new_recommended(record.tx.settings, run),
        "sort_timestamp": started_at,
        "sort_key": f"{started_at}#{run.run_id}",
    }
