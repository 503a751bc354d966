"""From typed values to plain data."""

from __future__ import annotations

import enum
import functools
import json
from collections.abc import Callable, Mapping, Set
from typing import Any

from durable_workflow.codec import Refused, step_of, too_deep, wrong_type
from durable_workflow.converters._custom import custom_for_writing, on_registration
from durable_workflow.converters._scalars import SCALARS
from durable_workflow.converters._shapes import is_pydantic, members_of
from durable_workflow.errors import PayloadEncodeError

_PLAIN = frozenset({type(None), bool, int, float, str})
_MAX_DEPTH = 256


def to_plain(value: Any) -> Any:
    """Turn a value into plain data: None, booleans, numbers, text, lists and dicts with text keys.

    Datetimes, dates and times become ISO 8601 text, spans of time seconds, decimals, UUIDs and paths text,
    bytes base64 text, enum members their value, tuples and sets lists (sets in sorted order), classes with
    members an object of them, named tuples a list.

    Args:
        value: The value.

    Raises:
        PayloadEncodeError: If a part of it is of no type that is known; `path` says which.
    """
    try:
        return _plain(value, _Place(0, False))
    except Refused as fault:
        raise fault.error() from None
    except RecursionError:
        raise too_deep().error() from None


class _Place:
    """How deep the walk is, and whether it is inside a class that says how its members come back."""

    __slots__ = ("depth", "typed")

    def __init__(self, depth: int, typed: bool) -> None:
        self.depth = depth
        self.typed = typed

    def below(self, *, typed: bool = False) -> _Place:
        if self.depth >= _MAX_DEPTH:
            raise too_deep()
        return _Place(self.depth + 1, self.typed or typed)


Writer = Callable[[Any, _Place], Any]


def _plain(value: Any, place: _Place) -> Any:
    kind: Any = type(value)
    return value if kind in _PLAIN else _writer_of(kind)(value, place)


@functools.lru_cache(maxsize=2048)
def _writer_of(kind: Any) -> Writer:
    """Choose how values of a type are written; asked once per type."""
    custom = custom_for_writing(kind)
    if custom is not None:
        write = custom.to_plain
        return lambda value, place: _plain(write(value), place.below(typed=True))
    if issubclass(kind, enum.Enum):
        return lambda value, place: _plain(value.value, place.below())
    for base, scalar in SCALARS.items():
        if issubclass(kind, base):
            return _scalar_writer(scalar.write)
    return _container_writer(kind)


on_registration(_writer_of.cache_clear)


def _scalar_writer(write: Callable[[Any], Any]) -> Writer:
    return lambda value, place: write(value)


def _container_writer(kind: type) -> Writer:
    if is_pydantic(kind):
        return lambda value, place: value.model_dump(mode="json", by_alias=True)
    if hasattr(kind, "__dataclass_fields__") or hasattr(kind, "__attrs_attrs__"):
        return _write_members
    if issubclass(kind, Mapping):
        return _write_mapping
    if issubclass(kind, tuple) and hasattr(kind, "_fields"):
        return lambda value, place: _write_items(value, place, typed=True)
    if issubclass(kind, list | tuple):
        return _write_items
    if issubclass(kind, Set):
        return _write_set
    # Subclasses of plain types are written by the codec as what they equal.
    return _keep if issubclass(kind, str | int | float) else _refuse


def _keep(value: Any, place: _Place) -> Any:
    return value


def _refuse(value: Any, place: _Place) -> Any:
    fault = wrong_type(value)
    remedy = f"{fault.remedy} Or teach the conversion this type: durable_workflow.converters.register(...)."
    raise Refused(fault.code, fault.what, remedy)


def _write_members(value: Any, place: _Place) -> dict[str, Any]:
    below = place.below(typed=True)
    return {name: _inside(name, item, below) for name, item in (members_of(value) or {}).items()}


def _write_mapping(value: Mapping[Any, Any], place: _Place) -> dict[Any, Any]:
    below = place.below()
    written: dict[Any, Any] = {}
    for key, item in value.items():
        name = key if type(key) is str else _key(key, place)
        if name in written:
            raise Refused(
                "invalid_map_key", f"two keys are written as {step_of(name)}", "Rename one of them."
            )
        written[name] = _inside(name if isinstance(name, str) else "?", item, below)
    return written


def _key(key: Any, place: _Place) -> Any:
    """Write a key as text where its class brings it back; the codec refuses what stays as it is."""
    if isinstance(key, enum.Enum):
        return _key(key.value, place)
    if isinstance(key, str | bool):
        return key
    if place.typed and isinstance(key, int):
        return str(key)
    scalar = next((scalar for base, scalar in SCALARS.items() if isinstance(key, base)), None)
    written = key if scalar is None else scalar.write(key)
    return written if isinstance(written, str) else key


def _write_items(value: Any, place: _Place, *, typed: bool = False) -> list[Any]:
    below = place.below(typed=typed)
    return [_inside(index, item, below) for index, item in enumerate(value)]


def _write_set(value: Set[Any], place: _Place) -> list[Any]:
    items = _write_items(value, place)
    # The order of a set differs from process to process, and a replay must write the same bytes.
    return sorted(items, key=lambda item: json.dumps(item, sort_keys=True, default=str))


def _inside(key: str | int, item: Any, place: _Place) -> Any:
    try:
        return _plain(item, place)
    except Refused as fault:
        fault.inside(key)
        raise


def encodable(error: PayloadEncodeError) -> bool:
    """Tell whether conversion may help where the codec refused."""
    return error.code in ("unsupported_value_type", "invalid_map_key")
