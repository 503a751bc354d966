"""A small spec in which everything stands that a change can break, and ways to change it."""

from __future__ import annotations

import copy
from collections.abc import Callable
from functools import reduce
from pathlib import Path
from typing import Any

from tools.breaking import compare
from tools.spec_document import SpecDocument, load_yaml

Node = dict[str, Any]
Change = Callable[[Node], None]
ROOT = Path(__file__).parents[2]

SMALL_SPEC = """
openapi: 3.1.0
info: {title: Runs, version: "1.0"}
security: [{bearer: []}]
paths:
  /api/runs:
    post:
      operationId: startRun
      x-dw-plane: control
      x-dw-roles: [operator, admin]
      x-dw-idempotency: key:header:Idempotency-Key
      x-dw-since: "1.0"
      parameters:
        - name: Idempotency-Key
          in: header
          x-dw-capability: start_key
          schema: {type: string, maxLength: 255}
        - {name: dry, in: query, schema: {type: boolean, default: false}}
      requestBody:
        required: true
        content:
          application/json: {schema: {$ref: "#/components/schemas/StartRequest"}}
      responses:
        "201":
          headers:
            X-Version: {required: true, schema: {type: string}}
            Cache-Control: {schema: {type: string}}
          content:
            application/json: {schema: {$ref: "#/components/schemas/Run"}}
        "409":
          x-dw-reasons: [duplicate, reserved]
          content:
            application/json: {schema: {$ref: "#/components/schemas/Problem"}}
  /api/runs/{runId}/history:
    get:
      operationId: readHistory
      x-dw-plane: control
      x-dw-roles: []
      x-dw-idempotency: natural
      x-dw-paging: {token: token, next: next_token}
      security: []
      parameters:
        - {name: runId, in: path, required: true, schema: {type: string}}
        - {name: token, in: query, schema: {type: string}}
      responses:
        "200":
          content:
            application/json: {schema: {$ref: "#/components/schemas/Page"}}
  /api/tasks/complete:
    post:
      operationId: completeTask
      x-dw-since: "1.11"
      x-dw-idempotency: none
      requestBody:
        content:
          application/json: {schema: {$ref: "#/components/schemas/CompleteRequest"}}
      responses:
        "200": {content: {application/json: {schema: {$ref: "#/components/schemas/Problem"}}}}
components:
  securitySchemes:
    bearer: {type: http, scheme: bearer}
    basic: {type: http, scheme: basic}
  schemas:
    StartRequest:
      type: object
      required: [run_id]
      properties:
        run_id: {type: string, minLength: 1, maxLength: 128, pattern: "^[a-z]+$"}
        priority: {type: integer, minimum: 0, maximum: 9, default: 5}
        policy:
          anyOf: [{$ref: "#/components/schemas/Policy"}, {type: "null"}]
        tags:
          type: array
          maxItems: 10
          items: {type: string, format: slug}
        labels:
          type: object
          propertyNames: {type: string, maxLength: 64}
          additionalProperties: {type: [string, number]}
      if: {properties: {policy: {const: use}}, required: [policy]}
      then: {required: [tags]}
    Policy: {type: string, enum: [fail, use]}
    Run:
      allOf:
        - {$ref: "#/components/schemas/Base"}
        - type: object
          required: [run_id, status]
          properties:
            run_id: {type: string}
            status: {type: string, enum: [open, closed]}
            note: {type: string, maxLength: 20}
            result: {$ref: "#/components/schemas/Envelope"}
            parent:
              oneOf: [{$ref: "#/components/schemas/Run"}, {type: "null"}]
    Base:
      type: object
      required: [version]
      properties:
        version: {type: string, const: v1}
        at: {type: string, format: date-time}
    Envelope:
      type: object
      required: [codec, blob]
      additionalProperties: false
      properties: {codec: {type: string}, blob: {type: string}}
    Problem:
      type: object
      properties: {message: {type: string}}
    Page:
      type: object
      required: [events, next_token]
      properties:
        next_token: {type: [string, "null"]}
        events: {type: array, items: {$ref: "#/components/schemas/HistoryEvent"}}
    HistoryEvent:
      type: object
      required: [sequence, event_type, payload]
      properties:
        sequence: {type: integer, minimum: 1}
        event_type: {type: string}
        worker: {type: [string, "null"]}
        payload: {type: object, additionalProperties: true}
      x-dw-event-payloads:
        RunStarted: "#/components/schemas/RunStarted"
        StepScheduled: "#/components/schemas/StepScheduled"
    RunStarted:
      type: object
      required: [arguments]
      properties:
        arguments: {$ref: "#/components/schemas/Blob"}
        cause: {type: string, enum: [call, schedule]}
        kind: {const: run}
        attempt: {type: integer, default: 1}
    StepScheduled:
      type: object
      properties:
        step: {type: string, maxLength: 255}
        queue: {type: [string, "null"]}
        retry: {$ref: "#/components/schemas/Retry"}
    Retry:
      type: object
      properties:
        delays: {type: array, items: {type: integer}}
        next: {$ref: "#/components/schemas/Retry"}
    Blob: {anyOf: [{$ref: "#/components/schemas/Envelope"}, {type: string}, {type: "null"}]}
    CompleteRequest:
      type: object
      required: [commands]
      properties:
        commands: {type: array, items: {$ref: "#/components/schemas/WorkflowTaskCommand"}}
    WorkflowTaskCommand:
      oneOf:
        - {$ref: "#/components/schemas/StepCommand"}
        - {$ref: "#/components/schemas/DoneCommand"}
      discriminator:
        propertyName: type
        mapping:
          step: "#/components/schemas/StepCommand"
          done: "#/components/schemas/DoneCommand"
    StepCommand:
      type: object
      required: [type, step]
      properties:
        type: {type: string, const: step}
        step: {type: string, maxLength: 255}
        arguments: {$ref: "#/components/schemas/Blob"}
        hint: {type: string, maxLength: 50}
    DoneCommand:
      type: object
      required: [type]
      properties:
        type: {type: string, const: done}
        result: {$ref: "#/components/schemas/Blob"}
"""

S = ("components", "schemas")
START = ("paths", "/api/runs", "post")
READ = ("paths", "/api/runs/{runId}/history", "get")
COMPLETE = ("paths", "/api/tasks/complete", "post")
CREATED = (*START, "responses", "201")
REQUEST = (*S, "StartRequest", "properties")
RUN = (*S, "Run", "allOf", 1)
EVENT = (*S, "HistoryEvent")
STARTED = (*S, "RunStarted")
STEP = (*S, "StepCommand", "properties")
JSON = ("content", "application/json")


def small_spec() -> Node:
    return load_yaml(SMALL_SPEC)


def real_spec() -> Node:
    return load_yaml((ROOT / "openapi/durable-workflow.yaml").read_text(encoding="utf-8"))


def at(spec: Node, path: tuple[Any, ...]) -> Any:
    return reduce(lambda node, key: node[key], path, spec)


def put(*path: Any, to: Any) -> Change:
    """Set what stands at a path."""

    def change(spec: Node) -> None:
        at(spec, path[:-1])[path[-1]] = copy.deepcopy(to)

    return change


def drop(*path: Any) -> Change:
    """Delete what stands at a path: a key, or the value of a list."""

    def change(spec: Node) -> None:
        holder = at(spec, path[:-1])
        if isinstance(holder, list) and not isinstance(path[-1], int):
            holder.remove(path[-1])
        else:
            del holder[path[-1]]

    return change


def add(*path: Any, value: Any) -> Change:
    """Append to the list at a path."""
    return lambda spec: at(spec, path).append(copy.deepcopy(value))


def rename(*path: Any, to: str) -> Change:
    """Give what stands under a key another key, last in its mapping."""

    def change(spec: Node) -> None:
        holder = at(spec, path[:-1])
        holder[to] = holder.pop(path[-1])

    return change


def rename_schema(old: str, new: str) -> Change:
    """Rename a component and every reference to it."""

    def change(spec: Node) -> None:
        rename("components", "schemas", old, to=new)(spec)
        _replace(spec, f"#/components/schemas/{old}", f"#/components/schemas/{new}")

    return change


def _replace(node: Any, old: str, new: str) -> None:
    entries = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in list(entries):
        if value == old:
            node[key] = new
        else:
            _replace(value, old, new)


def both(*changes: Change) -> Change:
    def change(spec: Node) -> None:
        for one in changes:
            one(spec)

    return change


def breaks(base: Node, *changes: Change) -> set[str]:
    """Return the keys of what a change of a spec breaks."""
    current = copy.deepcopy(base)
    for change in changes:
        change(current)
    return {found.key for found in compare(SpecDocument(base), SpecDocument(current))}
