"""The recorded exchanges, and the check of one exchange against the spec."""

from __future__ import annotations

import functools
import gzip
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

import jsonschema_rs
from tools.spec_document import OperationEntry, SpecDocument

from support.imports import ROOT

DATA = ROOT / "tests" / "data" / "wire"
_URN = "urn:durable-workflow-spec"
_BOOLEANS = {"true": True, "1": True, "false": False, "0": False}


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its answer, as they were recorded."""

    file: str
    seq: int
    scenario: str
    method: str
    path: str
    query: Mapping[str, str]
    request_headers: Mapping[str, str]
    request_body: Any
    status: int
    response_headers: Mapping[str, str]
    response_body: Any
    elapsed_ms: int

    @property
    def key(self) -> tuple[str, int]:
        return self.file, self.seq

    @property
    def succeeded(self) -> bool:
        return 200 <= self.status < 300

    def __str__(self) -> str:
        return f"{self.file} {self.seq} ({self.method} {self.path} {self.status})"


@functools.cache
def exchanges() -> tuple[Exchange, ...]:
    """All recorded exchanges, in the order of their files."""
    return tuple(found for path in sorted(DATA.glob("*.jsonl.gz")) for found in _read(path.name))


def _read(name: str) -> Iterator[Exchange]:
    members = [field for field in Exchange.__slots__ if field != "file"]
    for line in gzip.decompress((DATA / name).read_bytes()).splitlines():
        record = json.loads(line)
        yield Exchange(name.removesuffix(".jsonl.gz"), **{member: record[member] for member in members})


@functools.cache
def by_key() -> Mapping[tuple[str, int], Exchange]:
    """The exchanges by file and number."""
    return {exchange.key: exchange for exchange in exchanges()}


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in an exchange that the spec does not allow; `part` says where."""

    part: str
    text: str

    def __str__(self) -> str:
        return f"{self.part}: {self.text}"


class WireSpec:
    """A spec that exchanges can be held against; every schema is compiled once, when it is first needed."""

    def __init__(self, content: dict[str, Any]) -> None:
        self.document = SpecDocument(content)
        self._registry = jsonschema_rs.Registry([(_URN, content)])
        self._validators: dict[tuple[str, ...], jsonschema_rs.Draft202012Validator] = {}
        entries = sorted(self.document.operations, key=lambda entry: entry.path.count("{"))
        self._routes = [(_pattern(entry.path), entry.method.upper(), entry) for entry in entries]

    def operation(self, exchange: Exchange) -> OperationEntry | None:
        """The operation that a request means; None when the spec has none for its path and method."""
        for pattern, method, entry in self._routes:
            if method == exchange.method and pattern.fullmatch(exchange.path):
                return entry
        return None

    def validator(
        self, key: tuple[str, ...], schema: Mapping[str, Any]
    ) -> jsonschema_rs.Draft202012Validator:
        """The compiled form of a schema of the spec.

        Args:
            key: A name for the schema, always the same for the same schema.
            schema: The schema as it stands in the spec.
        """
        if key not in self._validators:
            self._validators[key] = jsonschema_rs.Draft202012Validator(
                _absolute(schema), registry=self._registry, validate_formats=True
            )
        return self._validators[key]

    def component(self, name: str) -> jsonschema_rs.Draft202012Validator:
        """The compiled form of a named schema."""
        return self.validator(("component", name), {"$ref": f"#/components/schemas/{name}"})

    def problems(self, exchange: Exchange) -> list[Problem]:
        """Everything in an exchange that the spec does not allow; requests count where they succeeded."""
        entry = self.operation(exchange)
        if entry is None:
            return [Problem("route", "no operation")]
        responses = self.document.responses(entry.node)
        response = responses.get(str(exchange.status))
        if response is None:
            return [Problem("status", f"{exchange.status} is not documented")]
        found = [*self._response(entry, exchange, response), *_reason(exchange, response)]
        return [*found, *self._request(entry, exchange)] if exchange.succeeded else found

    def _response(
        self, entry: OperationEntry, exchange: Exchange, response: Mapping[str, Any]
    ) -> Iterator[Problem]:
        name = entry.node["operationId"]
        schema = response["content"]["application/json"]["schema"]
        key = (name, str(exchange.status))
        yield from self._against(key, schema, exchange.response_body, "response body")
        for header, node in response.get("headers", {}).items():
            resolved, value = self.document.resolve(node), exchange.response_headers.get(header.lower())
            if value is not None:
                yield from self._against(
                    (*key, header), resolved["schema"], value, f"response header {header}"
                )
            elif resolved.get("required"):
                yield Problem("response header", f"{header} is missing")

    def _request(self, entry: OperationEntry, exchange: Exchange) -> Iterator[Problem]:
        name = entry.node["operationId"]
        body = self.document.resolve(entry.node.get("requestBody", {}))
        if exchange.request_body is not None and body:
            schema = body["content"]["application/json"]["schema"]
            yield from self._against((name, "request"), schema, exchange.request_body, "request body")
        elif body.get("required"):
            yield Problem("request body", "missing")
        given = {
            "path": _path_values(entry.path, exchange.path),
            "query": exchange.query,
            "header": {header.lower(): value for header, value in exchange.request_headers.items()},
        }
        yield from self._parameters(entry, given)

    def _parameters(self, entry: OperationEntry, given: Mapping[str, Mapping[str, str]]) -> Iterator[Problem]:
        documented = {parameter["name"] for parameter in entry.parameters if parameter["in"] == "query"}
        for name in given["query"].keys() - documented:
            yield Problem("query", f"{name} is not documented")
        for parameter in entry.parameters:
            where, name = parameter["in"], parameter["name"]
            value = given[where].get(name.lower() if where == "header" else name)
            if value is not None:
                key = (entry.node["operationId"], where, name)
                typed = self._typed(parameter["schema"], value)
                yield from self._against(key, parameter["schema"], typed, f"{where} {name}")
            elif parameter.get("required"):
                yield Problem(where, f"{name} is missing")

    def _typed(self, schema: Mapping[str, Any], text: str) -> Any:
        types = self.document.resolve(schema).get("type", ())
        if "integer" in types and re.fullmatch(r"-?[0-9]+", text):
            return int(text)
        return _BOOLEANS.get(text, text) if "boolean" in types else text

    def _against(
        self, key: tuple[str, ...], schema: Mapping[str, Any], value: Any, part: str
    ) -> Iterator[Problem]:
        for error in self.validator(key, schema).iter_errors(value):
            place = "/".join(str(step) for step in error.instance_path)
            yield Problem(part, f"{place or '(all)'}: {error.message[:200]}")


def _reason(exchange: Exchange, response: Mapping[str, Any]) -> Iterator[Problem]:
    if exchange.status < 400:
        return
    reason = exchange.response_body.get("reason")
    if reason is None and not response.get("x-dw-no-reason"):
        yield Problem("reason", "none, though the spec promises one")
    elif reason is not None and reason not in response.get("x-dw-reasons", ()):
        yield Problem("reason", f"{reason} is not documented")


def _pattern(path: str) -> re.Pattern[str]:
    return re.compile("".join(_part(part) for part in re.split(r"(\{\w+\})", path)))


def _part(part: str) -> str:
    return f"(?P<{part[1:-1]}>[^/]+)" if part.startswith("{") else re.escape(part)


def _path_values(template: str, path: str) -> dict[str, str]:
    found = _pattern(template).fullmatch(path)
    return {name: unquote(value) for name, value in found.groupdict().items()} if found else {}


def _absolute(node: Any) -> Any:
    if isinstance(node, Mapping):
        return {
            key: _URN + value if key == "$ref" and isinstance(value, str) else _absolute(value)
            for key, value in node.items()
        }
    return [_absolute(entry) for entry in node] if isinstance(node, list) else node


def listing(problems: Iterable[tuple[object, Problem]]) -> str:
    """One line for each problem, for the message of a failed test."""
    return "\n".join(f"{where}: {problem}" for where, problem in problems)
