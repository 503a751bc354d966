"""Undecoded answers, and operations by the name of their module."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..errors import ResponseNotUnderstood

if TYPE_CHECKING:
    from durable_workflow_api.operations import Operation

    from ..transport import Answer, Parse

__all__ = ["RawAnswer", "operation_named", "operation_names"]


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
