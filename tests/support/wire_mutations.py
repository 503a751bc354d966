"""Damages one member of a recorded value, to see whether the check against the spec notices it."""

from __future__ import annotations

import copy
import functools
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from support.wire import Exchange, WireSpec
from support.wire_events import RecordedEvent, payload_schema

Path = tuple[str | int, ...]
OF_EACH_TYPE = (17, "damaged", True, ["damaged"], {"damaged": [1]})


@dataclass(frozen=True, slots=True)
class Member:
    """A member of a value that the spec describes."""

    path: Path
    schema: Mapping[str, Any]
    required: bool


@dataclass(frozen=True, slots=True)
class Damage:
    """What was done to which member."""

    how: str
    path: Path

    def __str__(self) -> str:
        return f"{self.how} {'/'.join(map(str, self.path))}"


class Damager:
    """Chooses members at random, but the same ones for the same seed."""

    def __init__(self, spec: WireSpec, seed: int) -> None:
        self._spec = spec
        self._random = random.Random(seed)

    def shuffled(self, values: list[Any]) -> list[Any]:
        """The values in the order in which they are to be damaged."""
        return self._random.sample(values, len(values))

    def exchange(self, exchange: Exchange, how: str) -> tuple[Damage, Exchange] | None:
        """The exchange with its request (`enum`) or its answer damaged; None if no member fits."""
        entry = self._spec.operation(exchange)
        if entry is None:
            return None
        if how == "enum":
            body = self._spec.document.resolve(entry.node.get("requestBody", {}))
            done = self._damage(body, exchange.request_body, how) if body and exchange.succeeded else None
            return done and (done[0], replace(exchange, request_body=done[1]))
        response = self._spec.document.responses(entry.node)[str(exchange.status)]
        done = self._damage(response, exchange.response_body, how)
        return done and (done[0], replace(exchange, response_body=done[1]))

    def event(self, event: RecordedEvent, how: str) -> tuple[Damage, RecordedEvent] | None:
        """The event with one damage to its payload; None if the payload has no such member."""
        schema = {"$ref": f"#/components/schemas/{payload_schema(self._spec, event.kind)}"}
        done = self._choose(schema, event.node["payload"], how)
        return done and (done[0], replace(event, node={**event.node, "payload": done[1]}))

    def _damage(self, carrier: Mapping[str, Any], value: Any, how: str) -> tuple[Damage, Any] | None:
        return self._choose(carrier["content"]["application/json"]["schema"], value, how)

    def _choose(self, schema: Mapping[str, Any], value: Any, how: str) -> tuple[Damage, Any] | None:
        fitting = [
            member
            for member in self._members(schema, value)
            if self._fits(member, _at(value, member.path), how)
        ]
        if not fitting:
            return None
        path = self._random.choice(fitting).path
        stranger = self._random.choice(
            [other for other in OF_EACH_TYPE if type(other) is not type(_at(value, path))]
        )
        return Damage(how, path), _damaged(value, path, how, stranger)

    def _fits(self, member: Member, value: Any, how: str) -> bool:
        if how == "drop":
            return member.required
        telling = {"enum", "const"} if how == "enum" else {"type", "enum", "const"}
        return value is not None and any(telling & part.keys() for part in self._parts(member.schema))

    def _parts(self, schema: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
        resolved = self._spec.document.resolve(schema)
        yield resolved
        for keyword in ("allOf", "anyOf", "oneOf"):
            for part in resolved.get(keyword, ()):
                yield from self._parts(part)

    def _members(self, schema: Mapping[str, Any], value: Any, path: Path = ()) -> Iterator[Member]:
        resolved = self._spec.document.resolve(schema)
        for part in self._chosen(resolved, value):
            yield from self._members(part, value, path)
        if isinstance(value, dict):
            for name, described in resolved.get("properties", {}).items():
                if name in value:
                    place = (*path, name)
                    yield Member(place, described, name in resolved.get("required", ()))
                    yield from self._members(described, value[name], place)
        elif isinstance(value, list) and "items" in resolved:
            for index, item in enumerate(value):
                yield from self._members(resolved["items"], item, (*path, index))

    def _chosen(self, schema: Mapping[str, Any], value: Any) -> Iterator[Mapping[str, Any]]:
        yield from schema.get("allOf", ())
        for keyword in ("anyOf", "oneOf"):
            for part in schema.get(keyword, ()):
                if self._spec.validator(("part", repr(part)), part).is_valid(value):
                    yield part
                    break


def _at(value: Any, path: Path) -> Any:
    return functools.reduce(lambda node, step: node[step], path, value)


def _damaged(value: Any, path: Path, how: str, stranger: Any) -> Any:
    whole = copy.deepcopy(value)
    node = _at(whole, path[:-1])
    if how == "drop":
        del node[path[-1]]
    else:
        node[path[-1]] = "invented-value" if how == "enum" else stranger
    return whole
