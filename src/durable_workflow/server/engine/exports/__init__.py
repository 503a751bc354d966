"""exportWorkflowHistory: all that is known of a run in one bundle, one room for each of its parts."""

from __future__ import annotations

from typing import Any

from durable_workflow.server._calls import Call, Reply
from durable_workflow.server.engine.exports import overview, record
from durable_workflow.server.engine.exports.failures import exported_failure
from durable_workflow.server.engine.exports.links import exported_links
from durable_workflow.server.engine.exports.manifest import codec_schemas, integrity, payload_manifest
from durable_workflow.server.engine.exports.messages import (
    exported_commands,
    exported_signals,
    exported_updates,
)
from durable_workflow.server.engine.exports.record import Entry, Record
from durable_workflow.server.engine.exports.timeline import exported_timeline
from durable_workflow.server.engine.exports.waits import exported_waits
from durable_workflow.server.engine.exports.work import exported_activities, exported_tasks, exported_timers
from durable_workflow.server.engine.liveness import liveness_of
from durable_workflow.server.engine.lookup import pinned_run
from durable_workflow.server.engine.timestamps import precise
from durable_workflow.server.store import Transaction

__all__ = ["export_history"]

_SOURCES = {
    "waits_projection_source": "history_events",
    "timeline_projection_source": "history_events",
    "timers_projection_source": "timers",
    "timers_projection_rebuild_reasons": [],
    "lineage_projection_source": "run_links",
}


def export_history(tx: Transaction, call: Call) -> Reply:
    """Return the bundle of a run, open or closed."""
    found = record.read(tx, *pinned_run(tx, call))
    bundle = _bundle(found)
    manifest = payload_manifest(bundle, found.run.payload_codec)
    bundle |= {"codec_schemas": codec_schemas(manifest), "payload_manifest": manifest}
    return Reply(200, bundle | {"integrity": integrity(bundle)})


def _bundle(found: Record) -> dict[str, Any]:
    run, progress = found.run, precise(found.run.last_progress_at)
    return {
        "schema": "durable-workflow.v2.history-export",
        "schema_version": 1,
        "exported_at": precise(found.tx.now),
        "dedupe_key": f"{run.run_id}:{run.last_sequence}:{progress}",
        "history_complete": not run.is_open,
        "workflow": overview.exported_workflow(found),
        "payloads": overview.exported_payloads(run),
        "summary": overview.exported_summary(found, liveness_of(found.tx, run)),
        "selected_run": _SOURCES,
        "history_events": [_event(entry) for entry in found.entries],
        "waits": exported_waits(found),
        "timeline": exported_timeline(found),
        "linked_intakes_scope": "selected_run",
        "linked_intakes": [],
        "commands": exported_commands(found),
        "signals": exported_signals(found),
        "updates": exported_updates(found),
        "tasks": exported_tasks(found),
        "activities": exported_activities(found),
        "timers": exported_timers(found),
        "failures": [failure for entry in found.entries if (failure := exported_failure(entry)) is not None],
        "links": exported_links(found),
        "redaction": {"applied": False, "policy": None, "paths": []},
    }


def _event(entry: Entry) -> dict[str, Any]:
    event = entry.event
    return {
        "id": event.event_id,
        "sequence": event.sequence,
        "type": event.event_type,
        "workflow_task_id": event.workflow_task_id,
        "workflow_command_id": event.workflow_command_id,
        "recorded_at": precise(event.recorded_at),
        "payload": entry.payload,
    }
