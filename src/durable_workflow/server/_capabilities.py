"""What this server says about itself: capabilities, versions, limits and contracts."""

from __future__ import annotations

import math
import socket
from collections.abc import Sequence
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from durable_workflow.server._auth_contract import auth_contract
from durable_workflow.server._compression import ENCODINGS
from durable_workflow.server._control_plane import response_contract
from durable_workflow.server._limits import StructuralLimits
from durable_workflow.server._versions import (
    CONTROL_PLANE_HEADER,
    CONTROL_PLANE_VERSION,
    WORKER_PROTOCOL_HEADER,
    WORKER_PROTOCOL_VERSION,
)

__all__ = ["LIMITS", "cluster_info", "server_capabilities"]

LIMITS = {
    "max_payload_bytes": 2097152,
    "max_search_attributes": 100,
    "max_search_attribute_key_length": 128,
    "max_search_attribute_value_bytes": 2048,
    "max_operation_name_length": 256,
}
"""Limits that no setting moves."""

_SDK_VERSIONS = {"php": ">=1.0", "python": ">=0.2,<1.0", "cli": ">=0.1,<1.0"}
_ENGINE_CODECS = {"php": ["workflow-serializer-y", "workflow-serializer-base64"]}
_DUPLICATE_POLICIES = ["fail", "use-existing", "reject", "allow", "terminate_existing"]
_LIST_STATUSES = ["running", "completed", "failed", "pending", "waiting", "cancelled", "terminated"]
_WORKER_CONTRACTS = (
    "external_execution_surface",
    "external_executor_config",
    "invocable_carrier",
    "external_task_input",
    "external_task_result",
)
_CLIENT_NEEDS = ["auth_composition.version", "control_plane.version", "control_plane.request_contract"]


def _contract(name: str) -> dict[str, Any]:
    return {"schema": f"durable-workflow.v2.{name.replace('_', '-')}.contract", "version": 1}


_REQUEST_CONTRACT = _contract("control_plane_request")
_AUTH_CONTRACT = _contract("auth_composition")
_AUTH_MANIFEST = auth_contract(_AUTH_CONTRACT)


def server_capabilities(commands: Sequence[str], poll_timeout: float) -> dict[str, Any]:
    """Return what the server can do for workers; every worker-plane answer repeats it.

    Args:
        commands: The command types that completeWorkflowTask takes.
        poll_timeout: How long a poll is held, in seconds.
    """
    children = "start_child_workflow" in commands
    return {
        "long_poll_timeout": math.ceil(poll_timeout),
        "supported_workflow_task_commands": list(commands),
        "workflow_task_poll_request_idempotency": True,
        "history_page_size_default": 500,
        "history_page_size_max": 1000,
        "query_tasks": True,
        "activity_retry_policy": True,
        "activity_timeouts": True,
        "child_workflow_retry_policy": children,
        "child_workflow_timeouts": children,
        "parent_close_policy": children,
        "non_retryable_failures": True,
        "response_compression": list(ENCODINGS),
        "history_compression": {"supported_encodings": ["gzip", "deflate"], "compression_threshold": 50},
        "external_execution_surface": {
            **_contract("external_execution_surface"),
            "name": "activity_grade_external_execution",
        },
        "external_executor_config": {
            **_contract("external_executor_config"),
            "config_schema": "durable-workflow.external-executor.config",
            "config_schema_version": 1,
        },
        "invocable_carrier": {**_contract("invocable_carrier"), "carrier_type": "invocable_http"},
        "external_task_input": _contract("external_task_input"),
        "external_task_result": _contract("external_task_result"),
        "activity_task_poll_request_idempotency": True,
        "query_task_poll_request_idempotency": True,
        "poll_timeout_seconds": True,
        "start_idempotency_key": True,
        "command_request_ids": True,
        "empty_workflow_task_completion": True,
        "next_task_with_completion": True,
        "describe_wait_closed": True,
        "cancellation_delivery": True,
        "answers_any_update": True,
        "memo_upserts": True,
        "search_attribute_lists": True,
        "worker_deregistration": True,
        "sticky_execution": True,
        "sticky_history_tail": True,
        "activity_lease_renewal": True,
    }


def cluster_info(
    capabilities: dict[str, Any], fleet: dict[str, Any], default_namespace: str, limits: StructuralLimits
) -> dict[str, Any]:
    """Return the whole document.

    Args:
        capabilities: The server capabilities.
        fleet: The active workers of the namespace that was asked about.
        default_namespace: The namespace of requests that name none.
        limits: What no run may exceed.
    """
    return {
        "server_id": socket.gethostname(),
        "version": _package_version(),
        "default_namespace": default_namespace,
        "supported_sdk_versions": _SDK_VERSIONS,
        "capabilities": _cluster_capabilities(capabilities),
        "worker_fleet": fleet,
        "limits": {
            **LIMITS,
            "max_memo_bytes": limits.memo_size_bytes,
            "max_pending_activities": limits.pending_activity_count,
            "max_pending_children": limits.pending_child_count,
        },
        "structural_limits": asdict(limits),
        "client_compatibility": _client_compatibility(),
        "auth_composition_contract": _AUTH_MANIFEST,
        "control_plane": _control_plane(),
        "worker_protocol": {
            "version": WORKER_PROTOCOL_VERSION,
            "server_capabilities": capabilities,
            **{f"{name}_contract": _contract(name) for name in _WORKER_CONTRACTS},
        },
        "bridge_adapter_outcome_contract": _contract("bridge_adapter_outcome"),
    }


def _package_version() -> str:
    try:
        return version("durable-workflow")
    except PackageNotFoundError:
        return "unknown"


def _cluster_capabilities(capabilities: dict[str, Any]) -> dict[str, Any]:
    commands = capabilities["supported_workflow_task_commands"]
    children = capabilities["parent_close_policy"]
    return {
        "workflow_tasks": True,
        "activity_tasks": True,
        "signals": True,
        "queries": True,
        "updates": True,
        "schedules": False,
        "schedule_jitter": False,
        "schedule_max_runs": False,
        "search_attributes": "upsert_search_attributes" in commands,
        "history_export": True,
        "continue_as_new": "continue_as_new" in commands,
        "child_workflows": children,
        "activity_timeouts": True,
        "activity_retry_policy": True,
        "child_workflow_retry_policy": children,
        "child_workflow_timeouts": children,
        "parent_close_policy": children,
        "non_retryable_failures": True,
        "history_retention": False,
        "payload_codec_envelope": True,
        "payload_codec_envelope_responses": True,
        "bridge_adapter_outcome_contract": False,
        "external_executor_config_contract": False,
        "invocable_carrier_contract": False,
        "payload_codecs": ["avro"],
        "response_compression": capabilities["response_compression"],
        "payload_codecs_engine_specific": _ENGINE_CODECS,
        "workflow_list_predicates": True,
    }


def _client_compatibility() -> dict[str, Any]:
    contracts = {f"{name}_contract": _contract(name) for name in _WORKER_CONTRACTS}
    worker_needs = ["worker_protocol.version", *(f"worker_protocol.{name}" for name in contracts)]
    return {
        "schema": "durable-workflow.v2.client-compatibility",
        "version": 1,
        "authority": "protocol_manifests",
        "top_level_version_role": "informational",
        "fail_closed": True,
        "required_protocols": {
            "auth_composition": _AUTH_CONTRACT,
            "control_plane": {
                "version": CONTROL_PLANE_VERSION,
                "header": CONTROL_PLANE_HEADER,
                "request_contract": _REQUEST_CONTRACT,
            },
            "worker_protocol": {
                "version": WORKER_PROTOCOL_VERSION,
                "header": WORKER_PROTOCOL_HEADER,
                **contracts,
            },
        },
        "clients": {
            "cli": {"supported_versions": _SDK_VERSIONS["cli"], "requires": _CLIENT_NEEDS},
            "sdk-python": {
                "supported_versions": _SDK_VERSIONS["python"],
                "requires": [*_CLIENT_NEEDS, *worker_needs],
            },
        },
    }


def _control_plane() -> dict[str, Any]:
    return {
        "version": CONTROL_PLANE_VERSION,
        "header": CONTROL_PLANE_HEADER,
        "response_contract": response_contract(),
        "request_contract": {**_REQUEST_CONTRACT, "operations": _request_operations()},
    }


def _request_operations() -> dict[str, Any]:
    seconds = {"type": "integer", "min": 1}
    return {
        "list": {
            "fields": {
                "status": {
                    "canonical_values": _LIST_STATUSES,
                    "rejected_aliases": {},
                }
            }
        },
        "start": {
            "fields": {
                "duplicate_policy": {
                    "canonical_values": _DUPLICATE_POLICIES,
                    "rejected_aliases": {"use_existing": "use-existing"},
                },
                "execution_timeout_seconds": seconds,
                "run_timeout_seconds": seconds,
                "payload_codec": {
                    "type": "string",
                    "canonical_values": ["avro"],
                    "engine_specific_values": _ENGINE_CODECS,
                    "description": "The codec of an input envelope decides.",
                },
            },
            "unsupported_fields": [
                "workflow_execution_timeout",
                "workflow_run_timeout",
                "workflow_task_timeout",
                "retry_policy",
                "idempotency_key",
                "request_id",
            ],
        },
        "update": {
            "fields": {"wait_for": {"canonical_values": ["accepted", "completed"]}},
            "removed_fields": {"wait_policy": "Use wait_for."},
        },
    }
