"""One seeded change for each way to break released servers; all that is found is named."""

from __future__ import annotations

import pytest

from support.breaking_specs import (
    COMPLETE,
    CREATED,
    REQUEST,
    RUN,
    START,
    Change,
    S,
    add,
    both,
    breaks,
    drop,
    put,
    small_spec,
)

CASES: dict[str, tuple[Change, set[str]]] = {
    "new required response member": (
        both(add(*RUN, "required", value="zone"), put(*RUN, "properties", "zone", to={"type": "string"})),
        {"server schemas.Run.zone: required member added"},
    ),
    "response member required now": (
        add(*RUN, "required", value="note"),
        {"server schemas.Run.note: required now"},
    ),
    "new success status": (
        put(*START, "responses", "200", to={"description": "There already."}),
        {"client startRun.200: status added", "server startRun.200: status added"},
    ),
    "error status removed": (
        drop(*START, "responses", "409"),
        {"server startRun.409: status removed"},
    ),
    "required response header added": (
        put(*CREATED, "headers", "X-New", to={"required": True, "schema": {"type": "string"}}),
        {"server startRun.201.header.x-new: required header added"},
    ),
    "response enum narrowed": (
        drop(*RUN, "properties", "status", "enum", "open"),
        {'server schemas.Run.status: the value "open" is no longer allowed'},
    ),
    "response null gone": (
        put(*RUN, "properties", "parent", to={"$ref": "#/components/schemas/Run"}),
        {"server schemas.Run.parent: the type null is no longer allowed"},
    ),
    "request member added unmarked": (
        put(*REQUEST, "zone", to={"type": "string"}),
        {"server schemas.StartRequest.zone: optional member added"},
    ),
    "request member with an old version": (
        put(*REQUEST, "zone", to={"type": "string", "x-dw-since": "1.11"}),
        {"server schemas.StartRequest.zone: optional member added"},
    ),
    "request member with a known capability": (
        put(*REQUEST, "zone", to={"type": "string", "x-dw-since": "ours", "x-dw-capability": "start_key"}),
        {"server schemas.StartRequest.zone: optional member added"},
    ),
    "request member no longer required": (
        drop(*S, "StartRequest", "required", "run_id"),
        {"server schemas.StartRequest.run_id: no longer required"},
    ),
    "request enum widened": (
        add(*S, "Policy", "enum", value="replace"),
        {'server schemas.Policy: the value "replace" is allowed now'},
    ),
    "request limit raised": (
        put(*REQUEST, "run_id", "maxLength", to=500),
        {"server schemas.StartRequest.run_id: maxLength changed from 128 to 500"},
    ),
    "request null allowed": (
        put(*REQUEST, "priority", "type", to=["integer", "null"]),
        {"server schemas.StartRequest.priority: the type null is allowed now"},
    ),
    "request fractions allowed": (
        put(*REQUEST, "priority", "type", to="number"),
        {"server schemas.StartRequest.priority: type changed from integer to number"},
    ),
    "request condition gone": (
        both(drop(*S, "StartRequest", "if"), drop(*S, "StartRequest", "then")),
        {
            (
                'server schemas.StartRequest: what the condition {"properties": {"policy": {"const":'
                ' "use"}}, "required": ["policy"]} demanded is gone'
            )
        },
    ),
    "request media type added": (
        put(*START, "requestBody", "content", "application/cbor", to={}),
        {"server startRun.request: media type application/cbor added"},
    ),
    "request body optional": (
        put(*START, "requestBody", "required", to=False),
        {"server startRun.request: request body no longer required"},
    ),
    "optional parameter added unmarked": (
        add(*START, "parameters", value={"name": "zone", "in": "query", "schema": {"type": "string"}}),
        {"server startRun.query.zone: optional parameter added"},
    ),
    "security dropped": (
        put(*START, "security", to=[]),
        {"server startRun: security changed from bearer http to none"},
    ),
    "role added": (
        add(*START, "x-dw-roles", value="worker"),
        {"server startRun: roles changed from admin, operator to admin, operator, worker"},
    ),
    "idempotency promised": (
        put(*COMPLETE, "x-dw-idempotency", to="natural"),
        {"server completeTask: idempotency changed from none to natural"},
    ),
    "command added unmarked": (
        both(
            add(*S, "WorkflowTaskCommand", "oneOf", value={"$ref": "#/components/schemas/NapCommand"}),
            put(
                *S,
                "NapCommand",
                to={
                    "type": "object",
                    "required": ["type"],
                    "properties": {"type": {"type": "string", "const": "nap"}},
                },
            ),
        ),
        {"server schemas.WorkflowTaskCommand: the alternative type=nap is new"},
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_what_breaks_servers_is_found_with_its_kind_and_place(name: str) -> None:
    change, expected = CASES[name]
    assert any(key.startswith("server ") for key in expected)
    assert breaks(small_spec(), change) == expected
