"""A fake of the real server: it answers each recorded request with its recorded answer, and no other."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

import httpx

from durable_workflow import serializer
from durable_workflow_api.operations import OPERATIONS
from support.wire import Exchange, exchanges

# Made anew by every client, or chosen by it: no part of what a request asks for.
_OWN = ("request_id", "poll_request_id", "timeout_seconds", "sdk_version")
_DEFAULTS = {"duplicate_policy": "fail"}
# Members that mean the same as none; our client sends them where servers of protocol 1.0 need them.
_SAYS_NOTHING = (None, False, {"decoded": None})


@dataclass(frozen=True, slots=True)
class Recorded:
    """A recorded exchange of a known operation, with the values of its path."""

    operation: str
    path: Mapping[str, str]
    exchange: Exchange

    @property
    def sent(self) -> Mapping[str, Any]:
        body = self.exchange.request_body
        return body if isinstance(body, dict) else {}

    @property
    def query(self) -> Mapping[str, str]:
        return self.exchange.query or {}

    @property
    def answer(self) -> Any:
        return self.exchange.response_body


@functools.cache
def recorded() -> tuple[Recorded, ...]:
    """All recorded exchanges that belong to an operation."""
    return tuple(found for exchange in exchanges() if (found := _recorded(exchange)) is not None)


def first(operation: str, accept: Callable[[Recorded], bool] = lambda each: True) -> Recorded:
    """Return the first recorded success of an operation that a test can use."""
    for each in recorded():
        if each.operation == operation and each.exchange.succeeded and accept(each):
            return each
    raise LookupError(f"no recording of {operation} fits")


def _recorded(exchange: Exchange) -> Recorded | None:
    for operation, method, pattern in _routes():
        match = pattern.fullmatch(exchange.path)
        if match and method == exchange.method:
            path = {name: unquote(value) for name, value in match.groupdict().items()}
            return Recorded(operation, path, exchange)
    return None


@functools.cache
def _routes() -> list[tuple[str, str, re.Pattern[str]]]:
    table = sorted(OPERATIONS.values(), key=lambda operation: operation.path.count("{"))
    return [
        (each.id, each.method, re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", each.path)))
        for each in table
    ]


@dataclass(slots=True)
class Replaying:
    """Answers requests from recordings; cluster info is always there.

    Args:
        script: the exchanges that may be asked for; one may be asked for again and again.
    """

    script: list[Recorded]
    seen: list[Recorded] = field(default_factory=list)

    def transport(self) -> httpx.MockTransport:
        """Return the fake as a transport for either client."""
        return httpx.MockTransport(self.answer)

    def answer(self, request: httpx.Request) -> httpx.Response:
        """Return the recorded answer.

        Raises:
            AssertionError: nothing like this request was recorded.
        """
        body = json.loads(request.content) if request.content else None
        path = request.url.raw_path.split(b"?")[0].decode()
        for each in [*self.script, first("getClusterInfo")]:
            exchange = each.exchange
            if (exchange.method, exchange.path) == (request.method, path) and _asks_the_same(
                each, dict(request.url.params), body
            ):
                self.seen.append(each)
                return httpx.Response(exchange.status, json=each.answer, headers=_plane(exchange))
        raise AssertionError(f"not recorded: {request.method} {path} {request.url.params} {body}")


def _asks_the_same(each: Recorded, query: Mapping[str, str], body: Any) -> bool:
    # Page sizes are the client's choice, too.
    mine = {name: value for name, value in query.items() if name != "page_size"}
    theirs = {name: value for name, value in each.query.items() if name != "page_size"}
    return mine == theirs and _essence(body) == _essence(each.exchange.request_body)


def _essence(body: Any) -> Any:
    if not isinstance(body, dict):
        return {}
    return {
        name: _decoded(value)
        for name, value in body.items()
        if name not in _OWN and value is not None and value != [] and _DEFAULTS.get(name) != value
    }


def _decoded(value: Any) -> Any:
    """Replace payloads by what they hold: one value has more than one encoding."""
    if isinstance(value, dict):
        if value.keys() == {"codec", "blob"}:
            return {"decoded": serializer.decode_envelope(value)}
        members = {name: _decoded(member) for name, member in value.items()}
        return {name: member for name, member in members.items() if member not in _SAYS_NOTHING}
    return [_decoded(item) for item in value] if isinstance(value, list) else value


def _plane(exchange: Exchange) -> dict[str, str]:
    return {name: value for name, value in exchange.response_headers.items() if name.startswith("x-durable-")}


def replaying(*found: Recorded) -> Replaying:
    """Return a fake that knows these exchanges."""
    return Replaying(list(found))


def run_exchanges(of: Recorded, operations: Iterable[str]) -> list[Recorded]:
    """Return the other recordings of the same file about the same workflow."""
    names = set(operations)
    workflow = of.path.get("workflowId")
    return [
        each
        for each in recorded()
        if each.operation in names
        and each.exchange.file == of.exchange.file
        and each.path.get("workflowId") == workflow
    ]
