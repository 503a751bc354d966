"""Types of other libraries, as a program registers them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from attrs import frozen

T = TypeVar("T")


@frozen
class Custom:
    """The two directions of one registered type."""

    to_plain: Callable[[Any], Any]
    from_plain: Callable[[Any], Any]


_registered: dict[type, Custom] = {}
_listeners: list[Callable[[], None]] = []


def register(kind: type[T], *, to_plain: Callable[[T], Any], from_plain: Callable[[Any], T]) -> None:
    """Teach the conversion one more type, for this process.

        converters.register(Money, to_plain=str, from_plain=Money.parse)

    Do it where the type is imported, in workers and clients alike: history outlives a process, so both
    directions must stay able to read what earlier releases of a program wrote.

    Args:
        kind: The type; subclasses are written by it, too, unless they are registered themselves.
        to_plain: Turns a value into plain data, or into something that itself can be converted.
        from_plain: Turns that plain data into a value again.

    Raises:
        TypeError: If it is no class.
    """
    if not isinstance(kind, type):
        raise TypeError(f"register takes a class, not {kind!r:.80}")
    _registered[kind] = Custom(to_plain, from_plain)
    for forget in _listeners:
        forget()


def custom_for_writing(kind: type) -> Custom | None:
    """Find how a value of a type is written."""
    if not _registered:
        return None
    return next((_registered[base] for base in kind.__mro__ if base in _registered), None)


def custom_for_reading(kind: type) -> Custom | None:
    """Find how a value of exactly this type is read."""
    return _registered.get(kind)


def on_registration(forget: Callable[[], None]) -> None:
    """Have a cache emptied whenever a type is registered."""
    _listeners.append(forget)
