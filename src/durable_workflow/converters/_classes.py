"""Readers of classes with members, of enums and of pydantic models."""

from __future__ import annotations

import enum
import functools
import json
from collections.abc import Callable, Mapping
from typing import Any

from durable_workflow.converters._containers import inside
from durable_workflow.converters._faults import Mismatch, expected
from durable_workflow.converters._shapes import Member, Shape
from durable_workflow.converters._writing import to_plain

Reader = Callable[[Any], Any]


def class_reader(
    kind: type, build: Callable[[Any], Reader | None], look: Callable[[type], Shape | None]
) -> Reader | None:
    """Make the reader of a class with members; None for any other class.

    Members that it does not know are left out: a newer program may send more.

    Args:
        kind: The class.
        build: Makes the reader of a member's annotation.
        look: Finds the members of a class.
    """
    if not any(hasattr(kind, mark) for mark in _MARKS):
        return None
    instance = None if hasattr(kind, "__required_keys__") else kind

    @functools.cache
    def plan() -> tuple[Shape, list[tuple[Member, Reader | None]]]:
        shape = look(kind)
        if shape is None:
            raise Mismatch(f"{kind.__name__} has no members that are known")
        return shape, [(member, build(member.annotation)) for member in shape.members]

    def read(value: Any) -> Any:
        if instance is not None and isinstance(value, instance):
            return value
        shape, members = plan()
        given = _by_name(value, shape)
        values = {
            member.parameter: given[member.name]
            if reader is None
            else inside(member.name, reader, given[member.name])
            for member, reader in members
            if member.name in given
        }
        _all_there(kind, members, given)
        return _built(kind, shape, values)

    return read


_MARKS = ("__dataclass_fields__", "__attrs_attrs__", "__required_keys__", "_fields")


def _by_name(value: Any, shape: Shape) -> Mapping[str, Any]:
    if isinstance(value, Mapping):
        return value
    if shape.in_order and isinstance(value, list | tuple):
        if len(value) > len(shape.members):
            raise Mismatch(f"expected a list of at most {len(shape.members)} items, got {len(value)}")
        return {member.name: each for member, each in zip(shape.members, value, strict=False)}
    raise expected("an object", value)


def _all_there(kind: type, members: list[tuple[Member, Reader | None]], given: Mapping[str, Any]) -> None:
    missing = [member.name for member, _ in members if member.required and member.name not in given]
    if missing:
        raise Mismatch(f"{kind.__name__} needs {', '.join(missing)}")


def _built(kind: type, shape: Shape, values: dict[str, Any]) -> Any:
    try:
        return shape.build(values)
    except (ValueError, TypeError, LookupError, ArithmeticError) as error:
        # A class may check its members itself. What it says may show them, so it is kept as the cause only.
        raise Mismatch(f"{kind.__name__} refuses it ({type(error).__name__})") from error


def enum_reader(kind: type[enum.Enum]) -> Reader:
    """Make the reader of an enum: its members are sent as their values.

    Args:
        kind: The enum.
    """

    def read(value: Any) -> Any:
        try:
            return kind(value)
        except ValueError:
            found = next((each for each in kind if to_plain(each) == value), None)
        if found is None:
            raise Mismatch(f"it is none of the values of {kind.__name__}")
        return found

    return read


def pydantic_reader(kind: Any) -> Reader:
    """Make the reader of a pydantic model.

    Args:
        kind: The model's class.
    """

    def read(value: Any) -> Any:
        if isinstance(value, kind):
            return value
        try:
            # As JSON, so that strict models take the texts of datetimes and UUIDs.
            return kind.model_validate_json(json.dumps(value))
        except ValueError as error:
            # Only pydantic's own error has details.
            raise _pydantic_fault(kind, getattr(error, "errors", None)) from error

    return read


def _pydantic_fault(kind: Any, errors: Callable[..., list[Any]] | None) -> Mismatch:
    details = errors(include_input=False, include_url=False) if errors is not None else []
    if not details:
        return Mismatch(f"{kind.__name__} refuses it")
    first = details[0]
    fault = Mismatch(f"{kind.__name__}: {first['type']}")
    for step in reversed(first["loc"]):
        fault.inside(step)
    return fault
