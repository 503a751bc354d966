"""Writes `durable_workflow_api/operations.py`: what the spec says about each operation, as data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from openapi_python_client.strings import PythonIdentifier

from tools.spec_document import OperationEntry, SpecDocument

__all__ = ["FIELD_PREFIX", "module_of", "operation_facts", "operation_table"]

FIELD_PREFIX = "field_"

_HEAD = '''"""What the spec says about each operation: the one table that client, server and tools read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

__all__ = ["OPERATIONS", "LongPoll", "Operation", "Paging"]


@dataclass(frozen=True, slots=True)
class LongPoll:
    """The server may hold the answer of this operation.

    Attributes:
        timeout_field: The member or parameter that says how many seconds; None when the server decides.
        empty: What the answer looks like when nothing came.
    """

    timeout_field: str | None
    empty: str


@dataclass(frozen=True, slots=True)
class Paging:
    """The answer of this operation comes in pages.

    Attributes:
        token: The member or parameter of the request that carries the page token.
        next: The member of the answer that holds the token of the next page.
    """

    token: str
    next: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation of the protocol.

    Attributes:
        id: The operationId.
        method: The HTTP method in upper case.
        path: The path template.
        tag: The tag, as in the spec.
        plane: Which plane answers.
        roles: The accepted roles; empty when everybody may call.
        success: The documented 2xx statuses.
        errors: The documented 4xx and 5xx statuses, each with the `reason` values it can carry.
        idempotency: `natural`, `none`, or `key:<where the key stands>`.
        long_poll: Set when the server may hold the answer.
        paging: Set when the answer comes in pages.
        semantic: Statuses that input valid by schema may still get.
        since: The protocol version that brought it, or `ours`.
        capability: The capability a server advertises when it has it; None when every server does.
        module: The generated module with `build_request` and `parse_response`.
    """

    id: str
    method: str
    path: str
    tag: str
    plane: Literal["service", "control", "worker"]
    roles: tuple[str, ...]
    success: tuple[int, ...]
    errors: Mapping[int, tuple[str, ...]] = field(hash=False)
    idempotency: str
    long_poll: LongPoll | None
    paging: Paging | None
    semantic: tuple[int, ...]
    since: str
    capability: str | None
    module: str


OPERATIONS: Mapping[str, Operation] = MappingProxyType(
    {
'''


def module_of(operation: Mapping[str, Any]) -> str:
    """Return the dotted name of the module the pinned generator writes for an operation."""
    tag = PythonIdentifier(operation["tags"][0], prefix="tag")
    name = PythonIdentifier(operation["operationId"], prefix=FIELD_PREFIX)
    return f"durable_workflow_api.api.{tag}.{name}"


def operation_facts(spec: SpecDocument) -> dict[str, str]:
    """Return operation ids by module name: the generator does not hand them to its templates."""
    return {module_of(entry.node).rpartition(".")[2]: entry.node["operationId"] for entry in spec.operations}


def operation_table(spec: SpecDocument) -> str:
    """Return the source text of the table, in the order of the spec."""
    rows = "".join(
        f"        {entry.node['operationId']!r}: {_row(spec, entry)},\n" for entry in spec.operations
    )
    return _HEAD + rows + "    }\n)\n"


def _row(spec: SpecDocument, entry: OperationEntry) -> str:
    node = entry.node
    statuses = [int(status) for status in node["responses"]]
    fields: dict[str, Any] = {
        "id": node["operationId"],
        "method": entry.method.upper(),
        "path": entry.path,
        "tag": node["tags"][0],
        "plane": node["x-dw-plane"],
        "roles": tuple(node["x-dw-roles"]),
        "success": tuple(sorted(status for status in statuses if 200 <= status < 300)),
        "errors": _errors(spec, node),
        "idempotency": node["x-dw-idempotency"],
        "long_poll": None,
        "paging": None,
        "semantic": tuple(node.get("x-dw-semantic", ())),
        "since": node.get("x-dw-since", "1.0"),
        "capability": node.get("x-dw-capability"),
        "module": module_of(node),
    }
    values = {name: repr(value) for name, value in fields.items()}
    for name, kind in (("long_poll", "LongPoll"), ("paging", "Paging")):
        if (members := node.get(f"x-dw-{name.replace('_', '-')}")) is not None:
            values[name] = f"{kind}({_arguments({key: repr(value) for key, value in members.items()})})"
    return f"Operation({_arguments(values)})"


def _arguments(values: Mapping[str, str]) -> str:
    return ", ".join(f"{name}={value}" for name, value in values.items())


def _errors(spec: SpecDocument, node: Mapping[str, Any]) -> dict[int, tuple[str, ...]]:
    responses = spec.responses(node)
    errors = {int(status): response for status, response in responses.items() if status[0] in "45"}
    return {status: tuple(errors[status].get("x-dw-reasons", ())) for status in sorted(errors)}
