# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
"""Types that the models and the operations share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar
from urllib.parse import quote

__all__ = ["UNSET", "RequestParts", "Response", "Unset", "quote_path"]


class Unset:
    """The type of `UNSET`: a member or parameter that is left out (None is a value of its own)."""

    __slots__ = ()

    def __bool__(self) -> Literal[False]:
        return False

    def __repr__(self) -> str:
        return "UNSET"

    def __reduce__(self) -> str:
        # Copies and pickles are the same object, so that `is UNSET` stays true.
        return "UNSET"


UNSET: Unset = Unset()

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class RequestParts:
    """A request that is built and not sent.

    Attributes:
        operation_id: The operationId of the spec.
        method: The HTTP method in upper case.
        path: The path, percent-escaped.
        query: The query parameters that were set.
        headers: The headers that parameters of the operation set.
        json: The body as plain JSON data; `UNSET` when there is none.
    """

    operation_id: str
    method: str
    path: str
    query: dict[str, Any]
    headers: dict[str, str]
    json: Any = UNSET

    def as_httpx_arguments(self) -> dict[str, Any]:
        """Return the keyword arguments of `httpx.Client.request`."""
        arguments = {"method": self.method, "url": self.path, "params": self.query, "headers": self.headers}
        return arguments if self.json is UNSET else {**arguments, "json": self.json}


@dataclass(frozen=True, slots=True)
class Response(Generic[T]):
    """An answer of the server.

    Attributes:
        status_code: The HTTP status; a plain number, since servers and proxies also send unregistered ones.
        content: The body as received.
        headers: The headers as received.
        parsed: The parsed body; None when the status is not documented.
    """

    status_code: int
    content: bytes
    headers: Mapping[str, str]
    parsed: T | None


def quote_path(value: object) -> str:
    """Escape a value as exactly one path segment, `.` and `..` included.

    Raises:
        ValueError: The value is empty; it would address another resource.
    """
    text = quote(str(value), safe="")
    if not text:
        raise ValueError("a path parameter must not be empty")
    return text.replace(".", "%2E") if text in (".", "..") else text
