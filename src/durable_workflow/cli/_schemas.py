"""The JSON Schema of what each command writes with `--json`.

What a server's answer is handed on as it is has the schema of the OpenAPI document; the rest is written here.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

__all__ = ["ERROR", "OUTPUTS", "schema_of"]

_ANY: dict[str, Any] = {}
_TEXT = {"type": "string"}
_TEXT_OR_NULL = {"type": ["string", "null"]}
_TIME = {"type": "string", "format": "date-time"}
_TIME_OR_NULL = {"type": ["string", "null"], "format": "date-time"}
_WHOLE = {"type": "integer"}
_WHOLE_OR_NULL = {"type": ["integer", "null"]}
_YES_NO = {"type": "boolean"}
_MAP = {"type": ["object", "null"]}


def _object(**properties: Any) -> dict[str, Any]:
    """Return the schema of an object that has exactly these members."""
    return {
        "type": "object",
        "required": sorted(properties),
        "properties": properties,
        "additionalProperties": False,
    }


def _list(items: Any) -> dict[str, Any]:
    return {"type": "array", "items": items}


def _wire(name: str) -> dict[str, Any]:
    """Return a reference to a schema of the OpenAPI document."""
    return {"$ref": f"#/$defs/{name}"}


def _named(word: str) -> dict[str, Any]:
    return {"const": word}


_EVENT = {
    "type": "object",
    "required": ["sequence", "event_type", "payload"],
    "properties": {"sequence": _WHOLE, "event_type": _TEXT, "payload": {"type": "object"}},
}
_ROW = {
    "workflow_id": _TEXT,
    "run_id": _TEXT,
    "workflow_type": _TEXT,
    "status": _TEXT,
    "namespace": _TEXT_OR_NULL,
    "task_queue": _TEXT_OR_NULL,
    "is_terminal": {"type": ["boolean", "null"]},
    "started_at": _TIME_OR_NULL,
    "closed_at": _TIME_OR_NULL,
    "memo": _MAP,
    "search_attributes": _MAP,
}
_RUN = _object(
    workflow_id=_TEXT,
    run_id=_TEXT,
    run_number=_WHOLE,
    workflow_type=_TEXT,
    status=_TEXT,
    task_queue=_TEXT_OR_NULL,
    business_key=_TEXT_OR_NULL,
    started_at=_TIME_OR_NULL,
    closed_at=_TIME_OR_NULL,
)
_ENDED = {
    "oneOf": [
        _object(workflow_id=_TEXT, run_id=_TEXT_OR_NULL, status=_named("completed"), result=_ANY),
        _object(
            workflow_id=_TEXT,
            run_id=_TEXT_OR_NULL,
            status={"enum": ["failed", "cancelled", "terminated", "timed_out"]},
            failure=_object(type=_TEXT_OR_NULL, message=_TEXT, details=_ANY),
        ),
    ]
}
_RECEIPT = _object(workflow_id=_TEXT, run_id=_TEXT_OR_NULL, command_id=_TEXT, outcome=_TEXT_OR_NULL)
_SPEC = _object(
    cron_expressions={"type": ["array", "null"]},
    intervals={"type": ["array", "null"]},
    timezone=_TEXT_OR_NULL,
)
_ACTION = _object(
    workflow_type=_TEXT,
    task_queue=_TEXT_OR_NULL,
    input=_ANY,
    execution_timeout_seconds=_WHOLE_OR_NULL,
    run_timeout_seconds=_WHOLE_OR_NULL,
)
_SCHEDULE = _object(
    schedule_id=_TEXT,
    status=_TEXT_OR_NULL,
    spec={"anyOf": [_SPEC, {"type": "null"}]},
    action={"anyOf": [_ACTION, {"type": "null"}]},
    overlap_policy=_TEXT_OR_NULL,
    note=_TEXT_OR_NULL,
    memo=_ANY,
    search_attributes=_ANY,
    jitter_seconds=_WHOLE_OR_NULL,
    max_runs=_WHOLE_OR_NULL,
    remaining_actions=_WHOLE_OR_NULL,
    fires_count=_WHOLE,
    failures_count=_WHOLE,
    next_fire_at=_TIME_OR_NULL,
    last_fired_at=_TIME_OR_NULL,
    latest_workflow_instance_id=_TEXT_OR_NULL,
    paused_at=_TIME_OR_NULL,
    created_at=_TIME_OR_NULL,
    updated_at=_TIME_OR_NULL,
    info=_MAP,
)
_SETTING = _object(value=_ANY, source=_TEXT)
_SECRET = _object(
    type={"enum": ["token", "aes-gcm", "none"]}, value={"enum": ["redacted", None]}, source=_TEXT
)


def _changed(outcome: str) -> dict[str, Any]:
    return _object(schedule_id=_TEXT, outcome=_named(outcome))


OUTPUTS: Mapping[str, Any] = {
    "namespace create": _wire("CreatedNamespace"),
    "namespace describe": _wire("NamespaceDescription"),
    "namespace list": _object(namespaces=_list(_wire("NamespaceDescription"))),
    "namespace set-storage": _wire("NamespaceDescription"),
    "namespace update": _wire("UpdatedNamespace"),
    "raw": _ANY,
    "replay": _list(
        _object(
            source=_TEXT,
            workflow_type=_TEXT_OR_NULL,
            workflow_id=_TEXT_OR_NULL,
            run_id=_TEXT_OR_NULL,
            events=_WHOLE,
            fits=_YES_NO,
            finished=_YES_NO,
            problem={"anyOf": [_object(type=_TEXT, message=_TEXT), {"type": "null"}]},
        )
    ),
    "schedule backfill": _object(
        schedule_id=_TEXT, outcome=_TEXT, fires_attempted=_WHOLE, results={"type": ["array", "null"]}
    ),
    "schedule create": _changed("created"),
    "schedule delete": _changed("deleted"),
    "schedule describe": _SCHEDULE,
    "schedule history": _object(schedule_id=_TEXT, events=_list(_EVENT)),
    "schedule list": _object(schedules=_list(_SCHEDULE)),
    "schedule pause": _changed("paused"),
    "schedule resume": _changed("resumed"),
    "schedule trigger": _object(
        schedule_id=_TEXT,
        outcome=_TEXT,
        workflow_id=_TEXT_OR_NULL,
        run_id=_TEXT_OR_NULL,
        reason=_TEXT_OR_NULL,
        buffer_depth=_WHOLE_OR_NULL,
    ),
    "schedule update": _changed("updated"),
    "search-attribute create": _wire("CreatedSearchAttribute"),
    "search-attribute delete": _wire("DeletedSearchAttribute"),
    "search-attribute list": _wire("SearchAttributeList"),
    "server health": _wire("HealthStatus"),
    "server info": _wire("ClusterInfo"),
    "server ready": _wire("Readiness"),
    "settings": _object(
        profile=_object(name=_TEXT_OR_NULL, source=_TEXT, config=_TEXT),
        server_url=_SETTING,
        namespace=_SETTING,
        auth=_SECRET,
        worker_auth=_SECRET,
        tls=_object(verify=_YES_NO, source=_TEXT, ca_file=_TEXT_OR_NULL, cert_file=_TEXT_OR_NULL),
        timeout_seconds=_SETTING,
        payloads=_SETTING,
        redactor=_SETTING,
        payload_keys=_SECRET,
    ),
    "system activity-timeouts": _wire("ActivityTimeoutCandidates"),
    "system activity-timeouts-pass": _wire("ActivityTimeoutPassReport"),
    "system deliver-webhook": _wire("WebhookOutcome"),
    "system metrics": _wire("SystemMetrics"),
    "system operator-metrics": _wire("OperatorMetricsReport"),
    "system repair": _wire("TaskRepairView"),
    "system repair-pass": _wire("RepairPassReport"),
    "system retention": _wire("RetentionCandidates"),
    "system retention-pass": _wire("RetentionPassReport"),
    "system test-storage": _wire("StorageTestReport"),
    "task-queue build-ids": _wire("BuildIdList"),
    "task-queue describe": _wire("TaskQueueDescription"),
    "task-queue drain": _wire("BuildIdDrainState"),
    "task-queue list": _object(task_queues=_list(_wire("TaskQueueListItem"))),
    "task-queue resume": _wire("BuildIdDrainState"),
    "worker delete": _wire("DeletedWorker"),
    "worker describe": _wire("WorkerDetails"),
    "worker list": _object(workers=_list(_wire("WorkerDescription"))),
    "workflow archive": _RECEIPT,
    "workflow cancel": {
        "oneOf": [_object(workflow_id=_TEXT, outcome=_named("cancel_requested")), *_ENDED["oneOf"]]
    },
    "workflow debug": _wire("WorkflowDebugReport"),
    "workflow describe": _object(
        **_ROW,
        input=_ANY,
        output=_ANY,
        payload_codec=_TEXT_OR_NULL,
        closed_reason=_TEXT_OR_NULL,
        run_number=_WHOLE_OR_NULL,
    ),
    "workflow export": {
        "oneOf": [
            _object(workflow_id=_TEXT, file=_TEXT),
            {"type": "object", "required": ["schema", "history_events", "integrity"]},
        ]
    },
    "workflow history": {
        "oneOf": [
            _object(workflow_id=_TEXT, run_id=_TEXT, events=_list(_EVENT)),
            # With --follow: each line of the output.
            _EVENT,
        ]
    },
    "workflow list": _object(workflows=_list(_object(**_ROW)), next_page_token=_TEXT_OR_NULL),
    "workflow query": _object(workflow_id=_TEXT, query_name=_TEXT, result=_ANY),
    "workflow repair": _RECEIPT,
    "workflow result": _ENDED,
    "workflow runs": _object(runs=_list(_RUN)),
    "workflow signal": {
        "oneOf": [
            _object(workflow_id=_TEXT, signal_name=_TEXT, outcome=_named("signal_received")),
            *_ENDED["oneOf"],
        ]
    },
    "workflow start": {
        "oneOf": [_object(workflow_id=_TEXT, run_id=_TEXT_OR_NULL, workflow_type=_TEXT), *_ENDED["oneOf"]]
    },
    "workflow terminate": _object(workflow_id=_TEXT, outcome=_named("terminated")),
    "workflow update": {
        "oneOf": [
            _object(workflow_id=_TEXT, update_name=_TEXT, status=_named("completed"), result=_ANY),
            _object(
                workflow_id=_TEXT,
                update_name=_TEXT,
                status=_named("accepted"),
                update_id=_TEXT_OR_NULL,
                request_id=_TEXT,
            ),
        ]
    },
}
"""The schema of each command's answer, by the words of the command."""

ERROR: Mapping[str, Any] = _object(
    error={
        "type": "object",
        "required": ["type", "message", "tried", "next", "exit_code"],
        "properties": {
            "type": _TEXT,
            "message": _TEXT,
            "tried": _TEXT,
            "next": _TEXT,
            "exit_code": {"type": "integer", "minimum": 1},
            "operation": _TEXT,
            "status": _WHOLE,
            "reason_code": _TEXT,
            "request_id": _TEXT,
            "attempts": _WHOLE,
            "safe_to_retry": _YES_NO,
            "retry_after": {"type": "number"},
        },
        "additionalProperties": False,
    }
)
"""The schema of what any command writes to the error stream with `--json` when it cannot do its work."""


def schema_of(name: str) -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a command's answer, complete in itself.

    Args:
        name: The words of the command, such as `workflow list`; `error` for errors of all commands.

    Raises:
        KeyError: There is no such command, or it writes no JSON.
    """
    own = ERROR if name == "error" else OUTPUTS[name]
    schema: dict[str, Any] = {"$schema": "https://json-schema.org/draft/2020-12/schema", **own}
    needed = _needed(own)
    return {**schema, "$defs": needed} if needed else schema


def _needed(schema: Any) -> dict[str, Any]:
    """Return the schemas of the OpenAPI document that a schema refers to, and those that these refer to."""
    names = _references(schema)
    if not names:
        return {}
    from durable_workflow_api.spec import spec

    text = json.dumps(spec()["components"]["schemas"]).replace("#/components/schemas/", "#/$defs/")
    known: dict[str, Any] = json.loads(text)
    needed: dict[str, Any] = {}
    while names:
        name = names.pop()
        needed[name] = known[name]
        names |= _references(known[name]) - needed.keys()
    return {name: needed[name] for name in sorted(needed)}


def _references(schema: Any) -> set[str]:
    if isinstance(schema, Mapping):
        own = schema.get("$ref")
        found = {own.removeprefix("#/$defs/")} if isinstance(own, str) else set()
        return found.union(*(_references(member) for member in schema.values()))
    if isinstance(schema, list):
        return set().union(*(_references(item) for item in schema))
    return set()
