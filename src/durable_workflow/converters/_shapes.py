"""Classes with named members: what their members are, and how an instance is made."""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Callable, Mapping
from typing import Any

import attrs
from attrs import frozen


@frozen
class Member:
    """One member of a class.

    Attributes:
        name: Its name, in the program and on the wire.
        annotation: Its type.
        required: Whether there is no default.
        parameter: The name that the constructor takes it by.
    """

    name: str
    annotation: Any
    required: bool
    parameter: str


@frozen
class Shape:
    """A class as its members.

    Attributes:
        members: In the order of the class.
        build: Makes an instance of the members that were sent, by parameter.
        in_order: Whether the wire form is a list in the order of the members (named tuples).
    """

    members: tuple[Member, ...]
    build: Callable[[dict[str, Any]], Any]
    in_order: bool = False


def shape_of(kind: type) -> Shape | None:
    """Give the shape of a class; None if it is none of those that are known."""
    if dataclasses.is_dataclass(kind):
        return _of_dataclass(kind)
    if hasattr(kind, "__attrs_attrs__"):
        return _of_attrs(kind)
    if typing.is_typeddict(kind):
        return _of_typeddict(kind)
    if issubclass(kind, tuple) and hasattr(kind, "_fields"):
        return _of_named_tuple(kind)
    return None


def members_of(value: Any) -> dict[str, Any] | None:
    """Give the members of an instance of a dataclass or attrs class; None for anything else."""
    kind = type(value)
    if dataclasses.is_dataclass(kind):
        names = [field.name for field in dataclasses.fields(kind) if field.init]
    elif hasattr(kind, "__attrs_attrs__"):
        names = [field.name for field in kind.__attrs_attrs__ if field.init]
    else:
        return None
    return {name: getattr(value, name) for name in names}


def is_pydantic(kind: Any) -> bool:
    """Tell whether a class is a pydantic model; nobody has to have pydantic for that."""
    return isinstance(kind, type) and hasattr(kind, "model_validate_json") and hasattr(kind, "model_dump")


def _of_dataclass(kind: type) -> Shape:
    hints = typing.get_type_hints(kind)
    members = tuple(
        Member(
            field.name,
            hints.get(field.name, Any),
            field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING,
            field.name,
        )
        for field in dataclasses.fields(kind)
        if field.init
    )
    return Shape(members, lambda values: kind(**values))


def _of_attrs(kind: Any) -> Shape:
    hints = typing.get_type_hints(kind)
    members = tuple(
        Member(
            field.name,
            hints.get(field.name, Any),
            field.default is attrs.NOTHING,
            field.alias or field.name,
        )
        for field in attrs.fields(kind)
        if field.init
    )
    return Shape(members, lambda values: kind(**values))


def _of_typeddict(kind: Any) -> Shape:
    hints: Mapping[str, Any] = typing.get_type_hints(kind, include_extras=True)
    members = tuple(
        Member(name, annotation, _is_required(kind, name, annotation), name)
        for name, annotation in hints.items()
    )
    return Shape(members, lambda values: values)


def _is_required(kind: Any, name: str, annotation: Any) -> bool:
    # The class itself does not see the marks where annotations are kept as text.
    mark = typing.get_origin(annotation)
    return name in kind.__required_keys__ if mark not in _MARKS else mark is typing.Required


_MARKS = (typing.Required, typing.NotRequired)


def _of_named_tuple(kind: Any) -> Shape:
    hints = typing.get_type_hints(kind)
    members = tuple(
        Member(name, hints.get(name, Any), name not in kind._field_defaults, name) for name in kind._fields
    )
    return Shape(members, lambda values: kind(**values), in_order=True)
