"""Both sides of each operation against the specification: what may come in, what may go out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any, Self

import jsonschema_rs

from durable_workflow.server._document import Document, Place
from durable_workflow.server._messages import WHOLE, explain
from durable_workflow.server._refusals import validation_failed
from durable_workflow.server._tables import Choice, choices_of, without_tables
from durable_workflow.server._versions import CONTROL_PLANE_HEADER, WORKER_PROTOCOL_HEADER

if TYPE_CHECKING:
    from durable_workflow_api.operations import Operation

__all__ = ["ABSENT", "Arguments", "Contract", "OperationContract", "packaged_contract"]

ABSENT: Any = object()
"""Stands for a request without a body."""

# Checked before validation, each with a status of its own.
_CHECKED_EARLIER = {CONTROL_PLANE_HEADER.lower(), WORKER_PROTOCOL_HEADER.lower()}
_INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,18})", re.ASCII)
_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,18})(\.[0-9]{1,18})?", re.ASCII)
_BOOLEANS = {"true": True, "1": True, "false": False, "0": False}
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Arguments:
    """What a request says besides its body."""

    path: Mapping[str, str]
    query: Sequence[tuple[str, str]]
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Parameter:
    name: str
    shown: str
    place: str
    required: bool
    convert: Callable[[str], Any]
    validator: jsonschema_rs.Validator

    def values(self, arguments: Arguments) -> list[str]:
        if self.place == "query":
            return [value for name, value in arguments.query if name == self.name]
        source = arguments.path if self.place == "path" else arguments.headers
        found = source.get(self.name if self.place == "path" else self.name.lower())
        return [] if found is None else [found]


@dataclass(frozen=True, slots=True)
class _Body:
    required: bool
    validator: jsonschema_rs.Validator


@dataclass(frozen=True, slots=True)
class _Response:
    validator: jsonschema_rs.Validator | None
    choices: tuple[Choice, ...]
    headers: tuple[str, ...]
    reasons: frozenset[str]


@dataclass(frozen=True, slots=True)
class OperationContract:
    """What one operation takes and gives."""

    parameters: tuple[_Parameter, ...]
    body: _Body | None
    responses: Mapping[int, _Response]

    def check_request(self, arguments: Arguments, body: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return the converted query parameters and the body.

        Args:
            arguments: Path, query and headers as they were sent.
            body: The parsed body, `ABSENT` without one.

        Raises:
            Refusal: 422 with messages for everything that does not fit.
        """
        errors: dict[str, list[str]] = {}
        query: dict[str, Any] = {}
        for parameter in self.parameters:
            value = _check_parameter(parameter, arguments, errors)
            if value is not ABSENT and parameter.place == "query":
                query[parameter.name] = value
        checked = self._check_body(body, errors)
        if errors:
            raise validation_failed(errors)
        return query, checked

    def _check_body(self, body: Any, errors: dict[str, list[str]]) -> dict[str, Any]:
        if self.body is None:
            return {}
        if body is ABSENT:
            if self.body.required:
                errors[WHOLE] = ["The body is required; send a JSON object."]
            return {}
        errors.update(explain(self.body.validator.iter_errors(body)))
        return body if isinstance(body, dict) else {}

    def violations(self, status: int, headers: Iterable[str], body: Any) -> list[str]:
        """Return in words what an answer does that the specification does not allow.

        Args:
            status: The status.
            headers: The names of the headers, lower-case.
            body: The body.
        """
        response = self.responses.get(status)
        if response is None:
            return [f"the status {status} is not documented"]
        present = set(headers)
        found = [f"the header {name} is missing" for name in response.headers if name not in present]
        if response.validator is not None:
            found += [f"{path}: {error}" for path, error in _plain(response.validator, body)]
            for choice in response.choices:
                found += [f"{path}: {error}" for path, error in choice.problems(body)]
        reason = body.get("reason") if status >= 400 else None
        if reason is not None and reason not in response.reasons:
            found.append(f"the reason {reason} is not documented for the status {status}")
        return found


class Contract:
    """All operations of a specification, compiled.

    Args:
        operations: What each operation takes and gives, by operationId.
    """

    def __init__(self, operations: Mapping[str, OperationContract]) -> None:
        self._operations = operations

    @classmethod
    def compiled(cls, spec: Mapping[str, Any], operations: Iterable[Operation]) -> Self:
        """Compile a specification; that takes about a second.

        Args:
            spec: The parsed OpenAPI document.
            operations: The operations to compile.
        """
        tolerant = Document(spec)
        answers = _Answers(tolerant.strict())
        return cls({one.id: _compile(one, tolerant, answers) for one in operations})

    def __getitem__(self, operation_id: str) -> OperationContract:
        return self._operations[operation_id]

    def anew(self) -> Contract:
        """Return this contract for another server: it remembers nothing of what this one has looked at."""
        choices: dict[int, Choice] = {}

        def forgetful(choice: Choice) -> Choice:
            return choices.setdefault(id(choice), replace(choice, passed=set()))

        def fresh(response: _Response) -> _Response:
            return replace(response, choices=tuple(map(forgetful, response.choices)))

        return Contract(
            {
                name: replace(one, responses={status: fresh(each) for status, each in one.responses.items()})
                for name, one in self._operations.items()
            }
        )


@cache
def packaged_contract() -> Contract:
    """Return the contract of the packaged specification; every server of a process goes by its own `anew`."""
    from durable_workflow_api.operations import OPERATIONS
    from durable_workflow_api.spec import spec

    return Contract.compiled(spec(), OPERATIONS.values())


class _Answers:
    """What may go out: bodies are validated without the tables of choices, which are looked up instead."""

    def __init__(self, strict: Document) -> None:
        self._document = strict
        self._plain = strict.changed(without_tables)
        self._choices: dict[str, tuple[Choice, ...]] = {}

    def of(self, operation: Operation) -> dict[int, _Response]:
        """Return the responses of an operation."""
        place = self._document.operation(operation.method, operation.path)
        found = self._document.each(place, "responses")
        return {int(status): self._response(answer) for status, answer in found if status.isdecimal()}

    def _response(self, place: Place) -> _Response:
        schema = self._document.media_schema(place)
        headers = self._document.each(place, "headers")
        return _Response(
            # A place is the same in both documents.
            None if schema is None else self._plain.compile(schema),
            () if schema is None else self._chosen(self._document.follow(schema)),
            tuple(name.lower() for name, header in headers if header.node.get("required")),
            frozenset(place.node.get("x-dw-reasons", ())),
        )

    def _chosen(self, schema: Place) -> tuple[Choice, ...]:
        if schema.pointer not in self._choices:
            self._choices[schema.pointer] = tuple(choices_of(self._document, schema))
        return self._choices[schema.pointer]


def _compile(operation: Operation, tolerant: Document, answers: _Answers) -> OperationContract:
    place = tolerant.operation(operation.method, operation.path)
    parameters = [_parameter(tolerant, found) for _, found in tolerant.each(place, "parameters")]
    body = None
    if "requestBody" in place.node:
        found = tolerant.follow(place / "requestBody")
        if (schema := tolerant.media_schema(found)) is not None:
            body = _Body(found.node.get("required", False), tolerant.compile(schema))
    found_parameters = tuple(one for one in parameters if one is not None)
    return OperationContract(found_parameters, body, answers.of(operation))


def _parameter(document: Document, place: Place) -> _Parameter | None:
    node = place.node
    name, where = node["name"], node["in"]
    if where == "header" and name.lower() in _CHECKED_EARLIER:
        return None
    schema = place / "schema"
    convert = _converter(document.follow(schema).node.get("type"))
    shown = _CAMEL.sub("_", name).lower() if where == "path" else name
    return _Parameter(name, shown, where, node.get("required", False), convert, document.compile(schema))


def _converter(kind: Any) -> Callable[[str], Any]:
    kinds = kind if isinstance(kind, list) else [kind]
    if "integer" in kinds:
        return lambda text: int(text) if _INTEGER.fullmatch(text) else text
    if "number" in kinds:
        return lambda text: float(text) if _NUMBER.fullmatch(text) else text
    if "boolean" in kinds:
        return lambda text: _BOOLEANS.get(text, text)
    return str


def _check_parameter(parameter: _Parameter, arguments: Arguments, errors: dict[str, list[str]]) -> Any:
    values = parameter.values(arguments)
    if len(values) > 1:
        errors[parameter.shown] = [f"The {parameter.shown} is given more than once."]
    if len(values) != 1:
        if not values and parameter.required:
            errors[parameter.shown] = [f"The {parameter.shown} is required."]
        return ABSENT
    value = parameter.convert(values[0])
    if not parameter.validator.is_valid(value):
        errors.update(explain(parameter.validator.iter_errors(value), parameter.shown))
    return value


def _plain(validator: jsonschema_rs.Validator, body: Any) -> list[tuple[str, str]]:
    if validator.is_valid(body):
        return []
    found = explain(validator.iter_errors(body))
    return [(path, message) for path, messages in found.items() for message in messages]
