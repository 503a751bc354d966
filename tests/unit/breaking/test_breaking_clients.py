"""One seeded change for each way to break released clients; all that is found is named."""

from __future__ import annotations

import pytest

from support.breaking_specs import (
    COMPLETE,
    CREATED,
    JSON,
    READ,
    REQUEST,
    RUN,
    START,
    STEP,
    Change,
    S,
    add,
    both,
    breaks,
    drop,
    put,
    rename,
    small_spec,
)

CASES: dict[str, tuple[Change, set[str]]] = {
    "operation removed": (
        drop("paths", "/api/tasks/complete"),
        {"client completeTask: operation removed"},
    ),
    "operationId changed": (
        put(*START, "operationId", to="beginRun"),
        {"client beginRun: operationId changed from startRun to beginRun"},
    ),
    "method changed": (
        rename(*START, to="put"),
        {
            "client startRun: method changed from POST to PUT",
            "server startRun: method changed from POST to PUT",
        },
    ),
    "path changed": (
        rename("paths", "/api/runs", to="/api/executions"),
        {
            "client startRun: path changed from /api/runs to /api/executions",
            "server startRun: path changed from /api/runs to /api/executions",
        },
    ),
    "parameter removed": (
        drop(*START, "parameters", 1),
        {"client startRun.query.dry: parameter removed"},
    ),
    "required parameter added": (
        add(
            *START,
            "parameters",
            value={"name": "zone", "in": "query", "required": True, "schema": {"type": "string"}},
        ),
        {"client startRun.query.zone: required parameter added"},
    ),
    "parameter required now": (
        put(*START, "parameters", 1, "required", to=True),
        {"client startRun.query.dry: parameter required now"},
    ),
    "parameter narrowed": (
        put(*START, "parameters", 0, "schema", "maxLength", to=100),
        {"client startRun.header.Idempotency-Key: maxLength changed from 255 to 100"},
    ),
    "parameter default changed": (
        put(*START, "parameters", 1, "schema", "default", to=True),
        {"client startRun.query.dry: default changed from false to true"},
    ),
    "request body required now": (
        put(*COMPLETE, "requestBody", "required", to=True),
        {"client completeTask.request: request body required now"},
    ),
    "request media type removed": (
        rename(*START, "requestBody", *JSON, to="application/cbor"),
        {
            "client startRun.request: media type application/json removed",
            "server startRun.request: media type application/cbor added",
        },
    ),
    "request member required now": (
        add(*S, "StartRequest", "required", value="tags"),
        {"client schemas.StartRequest.tags: required now"},
    ),
    "required request member added": (
        both(add(*S, "StartRequest", "required", value="zone"), put(*REQUEST, "zone", to={"type": "string"})),
        {"client schemas.StartRequest.zone: required member added"},
    ),
    "request member removed": (
        drop(*REQUEST, "labels"),
        {"client schemas.StartRequest.labels: member removed"},
    ),
    "request enum narrowed": (
        drop(*S, "Policy", "enum", "use"),
        {'client schemas.Policy: the value "use" is no longer allowed'},
    ),
    "request null refused": (
        put(*REQUEST, "policy", to={"$ref": "#/components/schemas/Policy"}),
        {"client schemas.StartRequest.policy: the type null is no longer allowed"},
    ),
    "request limit lowered": (
        put(*REQUEST, "run_id", "maxLength", to=64),
        {"client schemas.StartRequest.run_id: maxLength changed from 128 to 64"},
    ),
    "request pattern changed": (
        put(*REQUEST, "run_id", "pattern", to="^[a-z0-9]+$"),
        {
            'client schemas.StartRequest.run_id: pattern changed from "^[a-z]+$" to "^[a-z0-9]+$"',
            'server schemas.StartRequest.run_id: pattern changed from "^[a-z]+$" to "^[a-z0-9]+$"',
        },
    ),
    "request format demanded": (
        put(*REQUEST, "run_id", "format", to="uuid"),
        {'client schemas.StartRequest.run_id: format changed from none to "uuid"'},
    ),
    "request type changed": (
        put(*REQUEST, "priority", "type", to="string"),
        {
            "client schemas.StartRequest.priority: type changed from integer to string",
            "server schemas.StartRequest.priority: type changed from integer to string",
        },
    ),
    "request list items narrowed": (
        put(*REQUEST, "tags", "maxItems", to=3),
        {"client schemas.StartRequest.tags: maxItems changed from 10 to 3"},
    ),
    "request map closed": (
        put(*REQUEST, "labels", "additionalProperties", to=False),
        {"client schemas.StartRequest.labels.*: members that are not described are no longer allowed"},
    ),
    "request map values narrowed": (
        put(*REQUEST, "labels", "additionalProperties", "type", to="string"),
        {"client schemas.StartRequest.labels.*: the type number is no longer allowed"},
    ),
    "request map names narrowed": (
        put(*REQUEST, "labels", "propertyNames", "maxLength", to=32),
        {"client schemas.StartRequest.labels.(names): maxLength changed from 64 to 32"},
    ),
    "request condition demands more": (
        put(*S, "StartRequest", "then", "required", to=["tags", "labels"]),
        {"client schemas.StartRequest.labels: required now"},
    ),
    "request exclusive limit": (
        put(*REQUEST, "priority", "exclusiveMinimum", to=0),
        {"client schemas.StartRequest.priority: minimum changed from 0 to 0 (excluded)"},
    ),
    "command removed": (
        both(
            drop(*S, "WorkflowTaskCommand", "oneOf", 1),
            drop(*S, "WorkflowTaskCommand", "discriminator", "mapping", "done"),
        ),
        {"client schemas.WorkflowTaskCommand: the alternative type=done is gone"},
    ),
    "security added": (
        drop(*READ, "security"),
        {"client readHistory: security changed from none to bearer http"},
    ),
    "role removed": (
        drop(*START, "x-dw-roles", "operator"),
        {"client startRun: roles changed from admin, operator to admin"},
    ),
    "idempotency lost": (
        put(*READ, "x-dw-idempotency", to="none"),
        {"client readHistory: idempotency changed from natural to none"},
    ),
    "plane changed": (
        put(*START, "x-dw-plane", to="worker"),
        {'client startRun: x-dw-plane changed from "control" to "worker"'},
    ),
    "paging changed": (
        put(*READ, "x-dw-paging", "token", to="cursor"),
        {
            (
                'client readHistory: x-dw-paging changed from {"next": "next_token", "token":'
                ' "token"} to {"next": "next_token", "token": "cursor"}'
            )
        },
    ),
    "success status removed": (
        rename(*START, "responses", "201", to="202"),
        {
            "client startRun.201: status removed",
            "client startRun.202: status added",
            "server startRun.201: status removed",
            "server startRun.202: status added",
        },
    ),
    "reason removed": (
        drop(*START, "responses", "409", "x-dw-reasons", "reserved"),
        {"client startRun.409: reason reserved removed"},
    ),
    "response header optional": (
        put(*CREATED, "headers", "X-Version", "required", to=False),
        {"client startRun.201.header.x-version: header no longer required"},
    ),
    "response header removed": (
        drop(*CREATED, "headers", "Cache-Control"),
        {"client startRun.201.header.cache-control: header removed"},
    ),
    "response member no longer required": (
        drop(*RUN, "required", "status"),
        {"client schemas.Run.status: no longer required"},
    ),
    "response member removed": (
        drop(*RUN, "properties", "note"),
        {"client schemas.Run.note: member removed"},
    ),
    "response member may be null": (
        put(*RUN, "properties", "run_id", "type", to=["string", "null"]),
        {"client schemas.Run.run_id: the type null is allowed now"},
    ),
    "response type changed": (
        put(*RUN, "properties", "run_id", "type", to="integer"),
        {
            "client schemas.Run.run_id: type changed from string to integer",
            "server schemas.Run.run_id: type changed from string to integer",
        },
    ),
    "response enum widened": (
        add(*RUN, "properties", "status", "enum", value="lost"),
        {'client schemas.Run.status: the value "lost" is allowed now'},
    ),
    "response enum dropped": (
        drop(*RUN, "properties", "status", "enum"),
        {'client schemas.Run.status: any string is allowed now, not only "closed", "open"'},
    ),
    "response const changed": (
        put(*S, "Base", "properties", "version", "const", to="v2"),
        {
            'client schemas.Base.version: the value "v2" is allowed now',
            'server schemas.Base.version: the value "v1" is no longer allowed',
        },
    ),
    "response format dropped": (
        drop(*S, "Base", "properties", "at", "format"),
        {'client schemas.Base.at: format changed from "date-time" to none'},
    ),
    "response limit raised": (
        put(*RUN, "properties", "note", "maxLength", to=40),
        {"client schemas.Run.note: maxLength changed from 20 to 40"},
    ),
    "closed answer gets a member": (
        put(*S, "Envelope", "properties", "key", to={"type": "string"}),
        {
            "client schemas.Envelope.key: member added to a closed object",
            "server schemas.Envelope.key: optional member added",
        },
    ),
    "response media type removed": (
        rename(*CREATED, *JSON, to="text/plain"),
        {
            "client startRun.201: media type application/json removed",
            "client startRun.201: media type text/plain added",
        },
    ),
    "unrecorded command member narrowed": (
        put(*STEP, "hint", "maxLength", to=5),
        {"client schemas.StepCommand.hint: maxLength changed from 50 to 5"},
    ),
    "list entries told apart": (
        put(*REQUEST, "tags", "prefixItems", to=[{"type": "string", "enum": ["a"]}]),
        {'client schemas.StartRequest.tags[0]: only the values "a" are allowed now'},
    ),
    "request numbers in steps": (
        put(*REQUEST, "priority", "multipleOf", to=3),
        {"client schemas.StartRequest.priority: multipleOf changed from none to 3"},
    ),
    "request values must differ": (
        put(*REQUEST, "tags", "uniqueItems", to=True),
        {"client schemas.StartRequest.tags: uniqueItems changed from none to true"},
    ),
    "response null by a union": (
        put(
            *RUN,
            "properties",
            "result",
            to={"oneOf": [{"$ref": "#/components/schemas/Envelope"}, {"type": "null"}]},
        ),
        {"client schemas.Run.result: the type null is allowed now"},
    ),
    "operation asks for another scheme": (
        put(*START, "security", to=[{"basic": []}]),
        {
            "client startRun: security changed from bearer http to basic http",
            "server startRun: security changed from bearer http to basic http",
        },
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_what_breaks_clients_is_found_with_its_kind_and_place(name: str) -> None:
    change, expected = CASES[name]
    assert any(key.startswith("client ") for key in expected)
    assert breaks(small_spec(), change) == expected
