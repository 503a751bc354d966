"""listWorkflows and listWorkflowRuns."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import math
from typing import Any

from durable_workflow.server._calls import Call, Reply
from durable_workflow.server.engine.listing_filters import selection_of
from durable_workflow.server.engine.lookup import current_run
from durable_workflow.server.engine.refusals import from_json, invalid, to_json
from durable_workflow.server.engine.statuses import bucket_of
from durable_workflow.server.engine.timestamps import precise
from durable_workflow.server.store import Transaction, listing
from durable_workflow.server.store.listing import Listed

__all__ = ["list_runs", "list_workflows"]

_PAGE = 50
_LONGEST_TOKEN = 200


def list_workflows(tx: Transaction, call: Call) -> Reply:
    """List runs of the namespace, newest start first; a page token goes on behind the last run listed."""
    query = call.query
    filters = (query.get("workflow_type"), query.get("status"), query.get("query") or "")
    mark = _mark(call.namespace, *filters)
    before = _position(query.get("next_page_token") or "", mark)
    size = query.get("page_size") or _PAGE
    found = listing.listed_runs(tx, selection_of(call.namespace, *filters), before, size + 1)
    shown = found[:size]
    body = {
        "workflows": [_row(run) for run in shown],
        "workflow_count": len(shown),
        "next_page_token": _token(shown[-1], mark) if len(found) > size else None,
    }
    return Reply(200, body)


def _row(run: Listed) -> dict[str, Any]:
    bucket = bucket_of(run.status)
    return {
        "workflow_id": run.workflow_id,
        "run_id": run.run_id,
        "namespace": run.namespace,
        "workflow_type": run.workflow_type,
        "business_key": run.business_key,
        "payload_codec": run.payload_codec,
        "status": run.status,
        "status_bucket": bucket,
        "task_queue": run.task_queue,
        "is_terminal": bucket != "running",
        "started_at": precise(run.started_at),
        "closed_at": precise(run.closed_at),
        "search_attributes": from_json(run.search_attributes) or {},
    }


def _mark(*filters: str | None) -> str:
    """Return what the tokens of one listing have in common."""
    return hashlib.sha256(to_json(filters).encode()).hexdigest()[:16]


def _token(last: Listed, mark: str) -> str:
    text = to_json([mark, last.started_at, last.run_id])
    return base64.urlsafe_b64encode(text.encode()).decode("ascii")


def _position(token: str, mark: str) -> tuple[float, str] | None:
    """Return the start time and run id that a token continues behind, None for the beginning.

    Raises:
        Refusal: 422, if the token belongs to a list with other filters.
    """
    if len(token) > _LONGEST_TOKEN:
        return None
    try:
        found = json.loads(base64.b64decode(token, altchars=b"-_", validate=True))
    except (binascii.Error, ValueError):
        return None
    match found:
        case [str(owner), float(started_at), str(run_id)] if math.isfinite(started_at):
            if owner != mark:
                text = "The token belongs to a list with other filters; begin without a token."
                raise invalid({"next_page_token": [text]})
            return started_at, run_id
    return None


def list_runs(tx: Transaction, call: Call) -> Reply:
    """List the runs of a workflow, the oldest first."""
    workflow, _ = current_run(tx, call)
    found = listing.runs_of(tx, workflow.workflow_id)
    body = {
        "workflow_id": workflow.workflow_id,
        "run_count": len(found),
        "runs": [
            {
                "run_id": run.run_id,
                "run_number": run.run_number,
                "workflow_type": run.workflow_type,
                "business_key": run.business_key,
                "status": run.status,
                "task_queue": run.task_queue,
                "started_at": precise(run.started_at),
                "closed_at": precise(run.closed_at),
            }
            for run in found
        ],
    }
    return Reply(200, body)
