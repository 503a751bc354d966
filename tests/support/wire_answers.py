"""Answers as a server of protocol 1.0 gives them, shortened to what the client reads."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from durable_workflow import serializer
from support.rude_server import Behaviour, Reaction, Received, Say

RUN = "01m81sa53qmh9ksq595nwn5qcc"
NEXT_RUN = "01m81sp77fan46fvmh2wdy1pbz"


def started(workflow_id: str = "order-1", **changes: Any) -> dict[str, Any]:
    return {
        "workflow_id": workflow_id,
        "run_id": RUN,
        "workflow_type": "order",
        "namespace": "default",
        "status": "pending",
        "business_key": None,
        "payload_codec": "avro",
        "outcome": "started_new",
        **changes,
    }


def duplicate(workflow_id: str = "order-1") -> dict[str, Any]:
    return started(workflow_id, status="waiting", outcome="rejected_duplicate")


def description(workflow_id: str = "order-1", status: str = "waiting", **changes: Any) -> dict[str, Any]:
    closed = status in ("completed", "failed", "cancelled", "terminated")
    return {
        "workflow_id": workflow_id,
        "run_id": RUN,
        "namespace": "default",
        "workflow_type": "order",
        "business_key": None,
        "status": status,
        "status_bucket": "completed" if status == "completed" else "failed" if closed else "running",
        "is_terminal": closed,
        "closed_reason": status if closed else None,
        "task_queue": "orders",
        "run_number": 1,
        "run_count": 1,
        "is_current_run": True,
        "compatibility": None,
        "payload_codec": "avro",
        "execution_timeout_seconds": None,
        "run_timeout_seconds": None,
        "execution_deadline_at": None,
        "run_deadline_at": None,
        "input": ["Ada"],
        "output": None,
        "input_envelope": serializer.envelope(["Ada"]),
        "output_envelope": None,
        "started_at": "2026-11-22T14:15:07.032117Z",
        "closed_at": "2026-11-22T14:15:18.245115Z" if closed else None,
        "last_progress_at": "2026-11-22T14:15:18+00:00",
        "wait_kind": None,
        "wait_reason": None,
        "memo": [],
        "search_attributes": [],
        "actions": dict.fromkeys(
            [
                f"can_{verb}"
                for verb in ("signal", "query", "update", "cancel", "terminate", "repair", "archive")
            ],
            True,
        ),
        **changes,
    }


def receipt(outcome: str = "signal_received", **changes: Any) -> dict[str, Any]:
    return {
        "workflow_id": "order-1",
        "run_id": RUN,
        "requested_run_id": None,
        "resolved_run_id": RUN,
        "command_id": "01m81snzc0b6mqngm4xdfpcymd",
        "command_sequence": 2,
        "target_scope": "instance",
        "workflow_type": "order",
        "command_status": "accepted",
        "command_source": "control_plane",
        "outcome": outcome,
        "reason": None,
        "rejection_reason": None,
        "validation_errors": [],
        "signal_name": "approve",
        **changes,
    }


def history(*events: dict[str, Any], run_id: str = RUN, token: str | None = None) -> dict[str, Any]:
    return {"workflow_id": "order-1", "run_id": run_id, "events": list(events), "next_page_token": token}


def event(event_type: str, payload: Any, sequence: int = 1) -> dict[str, Any]:
    return {
        "sequence": sequence,
        "event_type": event_type,
        "timestamp": "2026-11-22T14:15:18.259349Z",
        "payload": payload,
    }


def cluster_info(
    version: str = "1.0", policies: tuple[str, ...] = ("fail", "use-existing"), **capabilities: Any
) -> dict[str, Any]:
    fields = {"duplicate_policy": {"canonical_values": list(policies)}}
    return {
        "server_id": "one",
        "version": "2.0.0",
        "control_plane": {"version": "2", "request_contract": {"operations": {"start": {"fields": fields}}}},
        "worker_protocol": {"version": version, "server_capabilities": {"query_tasks": True, **capabilities}},
    }


def with_info(behaviour: Behaviour, info: dict[str, Any] | None = None) -> Behaviour:
    """Answer cluster info, and leave everything else to another behaviour."""
    answer = Say(body=cluster_info() if info is None else info)

    def behave(request: Received) -> Reaction:
        return answer if request.path == "/api/cluster/info" else behaviour(request)

    return behave


def by_path(**behaviours: Callable[[Received], Reaction]) -> Behaviour:
    """Choose a behaviour by the last segment of the path; `other` for the rest."""

    def behave(request: Received) -> Reaction:
        last = request.path.rsplit("/", 1)[1].replace("-", "_")
        return behaviours.get(last, behaviours["other"])(request)

    return behave
