"""Arguments by the annotations of the function that takes them."""

from __future__ import annotations

import collections.abc
import functools
import inspect
import logging
import typing
from collections.abc import Callable, Sequence
from types import MethodType
from typing import Any

from attrs import frozen

from durable_workflow.converters._custom import on_registration
from durable_workflow.converters._faults import Mismatch
from durable_workflow.converters._reading import Reader, reader_of

_LOG = logging.getLogger("durable_workflow.converters")

# What a function gives to the code that runs it; the result is the last argument of the first three.
_GENERATORS = (collections.abc.Generator, collections.abc.Coroutine, collections.abc.AsyncGenerator)
_WRAPPERS = (*_GENERATORS, collections.abc.Awaitable)


@frozen
class _Plan:
    """How the positional arguments of a function are read."""

    names: tuple[str, ...]
    readers: tuple[Reader | None, ...]
    others: Reader | None
    idle: bool


def arguments_for(
    function: Callable[..., Any], arguments: Sequence[Any], *, skip: int = 0, context: str = ""
) -> Sequence[Any]:
    """Convert decoded arguments to the types by which a function annotates its parameters.

    How many there are is not looked at: the call itself tells.

    Args:
        function: The function, or a bound method.
        arguments: Plain data.
        skip: How many parameters come before them: 2 for `run(self, ctx, ...)` of a workflow class.
        context: Whose arguments they are, for the message of the error: `activity 'charge'`.

    Raises:
        PayloadConversionError: If one does not fit; `path` says which and where in it.
    """
    if isinstance(function, MethodType):
        function, skip = function.__func__, skip + 1
    plan = _plan(function, skip)
    if plan.idle:
        return arguments
    return [_argument(plan, index, value, context) for index, value in enumerate(arguments)]


def result_type_of(function: Callable[..., Any]) -> Any:
    """Give the annotated type of what a function returns in the end; `Any` if it does not say.

    Args:
        function: A function, coroutine function or generator function.
    """
    if isinstance(function, MethodType):
        function = function.__func__
    return _result_type(function)


@functools.lru_cache(maxsize=2048)
def _result_type(function: Callable[..., Any]) -> Any:
    annotation = _hints(function).get("return", Any)
    if typing.get_origin(annotation) in _WRAPPERS:
        arguments = typing.get_args(annotation)
        return arguments[-1] if arguments else Any
    return annotation


@functools.lru_cache(maxsize=2048)
def _plan(function: Callable[..., Any], skip: int) -> _Plan:
    hints = _hints(function)
    parameters = list(inspect.signature(function).parameters.values())
    positional = [p for p in parameters if p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)][skip:]
    others = next((p for p in parameters if p.kind is p.VAR_POSITIONAL), None)
    readers = tuple(reader_of(hints.get(p.name, Any)) for p in positional)
    other = None if others is None else reader_of(hints.get(others.name, Any))
    names = tuple(p.name for p in positional)
    return _Plan(names, readers, other, other is None and not any(readers))


on_registration(_plan.cache_clear)


def _argument(plan: _Plan, index: int, value: Any, context: str) -> Any:
    named = index < len(plan.readers)
    read = plan.readers[index] if named else plan.others
    if read is None:
        return value
    try:
        return read(value)
    except Mismatch as fault:
        name = f" ({plan.names[index]})" if named else ""
        whose = f" of {context}" if context else ""
        raise fault.error(f"argument {index + 1}{name}{whose}", f"$[{index}]") from fault.__cause__


def _hints(function: Any) -> dict[str, Any]:
    while isinstance(function, functools.partial):
        function = function.func
    function = inspect.unwrap(function)
    try:
        return typing.get_type_hints(function)
    except Exception:
        # One name that is there for type checkers only must not cost the others.
        return {name: _hint(function, name, given) for name, given in _annotations(function).items()}


def _annotations(function: Any) -> dict[str, Any]:
    found = getattr(function, "__annotations__", None)
    return dict(found) if isinstance(found, dict) else {}


def _hint(function: Any, name: str, annotation: Any) -> Any:
    if not isinstance(annotation, str):
        return annotation
    try:
        return eval(annotation, getattr(function, "__globals__", {}), {})  # noqa: S307  # the program's own code
    except Exception as error:
        where = f"{getattr(function, '__module__', '')}.{getattr(function, '__qualname__', function)}"
        if name != "return":
            _LOG.warning(
                "annotation %r of %s in %s is not known at run time (%s): what is passed stays plain data",
                annotation,
                name,
                where,
                type(error).__name__,
            )
        return Any
