"""From plain data to the value that a type asks for.

A type is turned into a reader once. A reader is a function of the plain value; None stands for "hand it
over as it is", so that annotations of plain types cost nothing.
"""

from __future__ import annotations

import collections.abc
import enum
import functools
import types
import typing
from collections.abc import Callable, Mapping
from typing import Any, TypeVar, overload

from durable_workflow.converters._classes import class_reader, enum_reader, pydantic_reader
from durable_workflow.converters._containers import mapping_reader, sequence_reader, tuple_reader
from durable_workflow.converters._custom import custom_for_reading, on_registration
from durable_workflow.converters._faults import Mismatch
from durable_workflow.converters._scalars import PLAIN, SCALARS
from durable_workflow.converters._shapes import is_pydantic, shape_of
from durable_workflow.converters._unions import literal_reader, union_reader

T = TypeVar("T")

Reader = Callable[[Any], Any]

_SEQUENCES: dict[Any, Callable[[list[Any]], Any]] = {
    list: list,
    collections.abc.Sequence: list,
    collections.abc.MutableSequence: list,
    collections.abc.Collection: list,
    collections.abc.Iterable: list,
    set: set,
    collections.abc.Set: set,
    collections.abc.MutableSet: set,
    frozenset: frozenset,
}
_MAPPINGS = (dict, collections.abc.Mapping, collections.abc.MutableMapping)


@overload
def from_plain(value: Any, kind: type[T], *, context: str = "the value") -> T: ...


@overload
def from_plain(value: Any, kind: Any, *, context: str = "the value") -> Any: ...


def from_plain(value: Any, kind: Any, *, context: str = "the value") -> Any:
    """Turn plain data into a value of a type.

    Args:
        value: Plain data, as it was decoded.
        kind: The type, or any annotation: `Order`, `list[Order]`, `dict[str, Decimal] | None` ...
        context: What the value is, for the message of the error.

    Returns:
        The value; as it came where the annotation is made of plain types alone.

    Raises:
        PayloadConversionError: If it does not fit; `path` says where.
    """
    read = reader_of(kind)
    if read is None:
        return value
    try:
        return read(value)
    except Mismatch as fault:
        raise fault.error(context) from fault.__cause__


def reader_of(annotation: Any) -> Reader | None:
    """Give what reads the values of an annotation; None if they need no conversion."""
    try:
        return _cached(annotation)
    except TypeError:
        # Not hashable: Annotated with a list, Literal of a list.
        return _build(annotation, {}, checked=False)


@functools.lru_cache(maxsize=2048)
def _cached(annotation: Any) -> Reader | None:
    return _build(annotation, {}, checked=False)


on_registration(_cached.cache_clear)


def _build(annotation: Any, bound: Mapping[Any, Any], *, checked: bool) -> Reader | None:
    """Make the reader of an annotation.

    Args:
        annotation: The annotation.
        bound: What the type variables of the class around it stand for.
        checked: Whether plain types are checked, too: they are inside of typed values.
    """
    annotation = _bare(annotation, bound)
    if annotation in (Any, object) or isinstance(annotation, str | TypeVar):
        return None
    if (plain := PLAIN.get(annotation)) is not None:
        return plain if checked else None
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin in (typing.Union, types.UnionType):
        return _build_union(arguments, bound, checked=checked)
    if origin is typing.Literal:
        return literal_reader(arguments) if checked else None
    if isinstance(origin or annotation, type):
        return _build_class(origin or annotation, arguments, bound, checked=checked)
    return None


def _bare(annotation: Any, bound: Mapping[Any, Any]) -> Any:
    """Take off what does not change the values: aliases, new types, `Annotated`; fill in type variables."""
    while True:
        if isinstance(annotation, TypeVar):
            if annotation not in bound:
                return annotation
            annotation = bound[annotation]
        elif hasattr(annotation, "__supertype__"):
            annotation = annotation.__supertype__
        elif type(annotation).__name__ == "TypeAliasType":
            annotation = annotation.__value__
        elif typing.get_origin(annotation) in _TRANSPARENT:
            annotation = typing.get_args(annotation)[0]
        else:
            return annotation


_TRANSPARENT = (typing.Annotated, typing.Final, typing.Required, typing.NotRequired)


def _build_union(members: tuple[Any, ...], bound: Mapping[Any, Any], *, checked: bool) -> Reader | None:
    unchecked = [_build(member, bound, checked=False) for member in members]
    if not checked and not any(unchecked):
        return None
    readers = [_build(member, bound, checked=True) for member in members]
    return union_reader([reader or _as_it_is for reader in readers], [r is not None for r in unchecked])


def _build_class(
    kind: Any, arguments: tuple[Any, ...], bound: Mapping[Any, Any], *, checked: bool
) -> Reader | None:
    custom = custom_for_reading(kind)
    if custom is not None:
        return _custom_reader(kind, custom.from_plain)
    if kind in SCALARS:
        return SCALARS[kind].read
    if kind is tuple:
        return _build_tuple(arguments, bound, checked=checked)
    if kind in _SEQUENCES:
        item = _build(arguments[0], bound, checked=checked) if arguments else None
        make = _SEQUENCES[kind]
        return None if make is list and item is None and not checked else sequence_reader(item, make)
    if kind in _MAPPINGS:
        return _build_mapping(arguments, bound, checked=checked)
    return _build_own_class(kind, arguments, bound)


def _build_own_class(kind: Any, arguments: tuple[Any, ...], bound: Mapping[Any, Any]) -> Reader | None:
    if issubclass(kind, enum.Enum):
        return enum_reader(kind)
    if is_pydantic(kind):
        return pydantic_reader(kind[arguments] if arguments else kind)
    parameters = getattr(kind, "__parameters__", ())
    inner = {parameter: _bare(given, bound) for parameter, given in zip(parameters, arguments, strict=False)}
    # The members are looked at with the first value: a class may name itself among them.
    return class_reader(kind, lambda annotation: _build(annotation, inner, checked=True), shape_of)


def _build_tuple(arguments: tuple[Any, ...], bound: Mapping[Any, Any], *, checked: bool) -> Reader:
    if not arguments:
        return sequence_reader(None, tuple)
    if len(arguments) == 2 and arguments[1] is Ellipsis:
        return sequence_reader(_build(arguments[0], bound, checked=checked), tuple)
    return tuple_reader([_build(each, bound, checked=checked) for each in arguments])


def _build_mapping(arguments: tuple[Any, ...], bound: Mapping[Any, Any], *, checked: bool) -> Reader | None:
    if len(arguments) != 2:
        return PLAIN[dict] if checked else None
    key = _bare(arguments[0], bound)
    key_reader = _build_key(key)
    value = _build(arguments[1], bound, checked=checked)
    return None if key_reader is None and value is None and not checked else mapping_reader(key_reader, value)


def _build_key(key: Any) -> Reader | None:
    if key is int:
        return _integer_key
    return None if key is str else _build(key, {}, checked=False)


def _integer_key(text: Any) -> Any:
    try:
        return int(text)
    except ValueError:
        raise Mismatch("expected a whole number as key") from None


def _custom_reader(kind: type, from_plain: Callable[[Any], Any]) -> Reader:
    def read(value: Any) -> Any:
        try:
            return from_plain(value)
        except (ValueError, TypeError, LookupError, ArithmeticError) as error:
            raise Mismatch(f"no {kind.__name__} can be made of it ({type(error).__name__})") from error

    return read


def _as_it_is(value: Any) -> Any:
    return value
