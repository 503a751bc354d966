"""Undecoded answers, and operations by the name of their module."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ..errors import InvalidArgument, ResponseNotUnderstood

if TYPE_CHECKING:
    from durable_workflow_api.operations import Operation
    from durable_workflow_api.types import RequestParts

    from ..transport import Answer, Parse

__all__ = ["RawAnswer", "operation_named", "operation_names", "operation_with_id", "plain_parts"]


class RawAnswer:
    """What a server answered, with whatever status.

    Attributes:
        status: HTTP status.
        headers: response headers, by lower-case name.
        content: the body, unpacked and undecoded.
    """

    def __init__(self, answer: Answer, parse: Parse[Any]) -> None:
        self.status = answer.status
        self.headers: Mapping[str, str] = answer.headers
        self.content = answer.content
        self._parse = parse

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.status}, {len(self.content)} bytes>"

    def json(self) -> Any:
        """Return the decoded body.

        Raises:
            ResponseNotUnderstood: the body is no JSON.
        """
        try:
            return json.loads(self.content)
        except (ValueError, RecursionError) as error:
            raise ResponseNotUnderstood(f"the body is no JSON: {error}", status=self.status) from error

    def model(self) -> Any:
        """Return the generated model that the specification has for this status.

        Raises:
            ResponseNotUnderstood: the body does not fit it, or the status is not in the specification.
        """
        try:
            return self._parse(status_code=self.status, headers=self.headers, content=self.content)
        except Exception as error:
            raise ResponseNotUnderstood(
                f"the answer is not what the specification says: {error}", status=self.status
            ) from error


def operation_names() -> list[str]:
    """Return the names of all operations, sorted."""
    return sorted(_by_name())


def operation_named(name: str) -> Operation:
    """Return an operation.

    Raises:
        AttributeError: there is none of this name.
    """
    operation = _by_name().get(name)
    if operation is None:
        raise AttributeError(f"the protocol has no operation {name!r}")
    return operation


def _by_name() -> dict[str, Operation]:
    from durable_workflow_api.operations import OPERATIONS

    return {operation.module.rpartition(".")[2]: operation for operation in OPERATIONS.values()}


def operation_with_id(operation_id: str) -> Operation:
    """Return an operation by the name that the OpenAPI document gives it.

    Raises:
        InvalidArgument: there is none of this name.
    """
    from durable_workflow_api.operations import OPERATIONS

    operation = OPERATIONS.get(operation_id)
    if operation is None:
        near = difflib.get_close_matches(operation_id, OPERATIONS, n=3, cutoff=0.5)
        hint = f"; is it {' or '.join(near)}?" if near else ""
        raise InvalidArgument(f"the protocol has no operation {operation_id!r}{hint}")
    return operation


def plain_parts(
    operation: Operation,
    path: Sequence[str],
    query: Mapping[str, Any] | None,
    headers: Mapping[str, str] | None,
    body: Any,
) -> RequestParts:
    """Return the request of an operation from plain data, which is sent as it is.

    Raises:
        InvalidArgument: the path has another number of parameters, or one of them is empty.
    """
    from durable_workflow_api.types import UNSET, RequestParts, quote_path

    names = re.findall(r"\{(\w+)\}", operation.path)
    if len(names) != len(path) or not all(path):
        wanted = ", ".join(names) or "none"
        raise InvalidArgument(f"{operation.id} takes these path parameters: {wanted}; got {len(path)}")
    filled = operation.path
    for name, value in zip(names, path, strict=True):
        filled = filled.replace(f"{{{name}}}", quote_path(value))
    json_body = UNSET if body is None else body
    return RequestParts(
        operation.id, operation.method, filled, dict(query or {}), dict(headers or {}), json_body
    )
