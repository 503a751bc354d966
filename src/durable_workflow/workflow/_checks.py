"""Checks of declarations. They run when a module loads; what they say tells what to change."""

from __future__ import annotations

import inspect
from types import FunctionType
from typing import Any

from durable_workflow.errors import DefinitionError

__all__ = [
    "check_constructor",
    "check_plain_method",
    "check_run",
    "checked_name",
    "is_suspending",
    "kind_of",
    "positional",
    "takes_any",
]

_LONGEST_NAME = 255
_POSITIONAL = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
_VARIADIC = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)


def checked_name(name: str, decorator: str) -> str:
    """Check a type key or message name.

    Args:
        name: The name.
        decorator: What takes it.

    Raises:
        DefinitionError: If it is not a non-empty text, or one that a server would change or refuse.
    """
    if not isinstance(name, str) or not name.strip():
        raise DefinitionError(f"{decorator} needs a name: a non-empty text, not {name!r:.80}.")
    if name != name.strip():
        raise DefinitionError(
            f"{decorator}: the name {name!r:.80} begins or ends with white space, which servers remove. "
            f"Write {name.strip()!r:.80}."
        )
    if len(name) > _LONGEST_NAME:
        raise DefinitionError(
            f"{decorator}: the name {name!r:.40}… has {len(name)} characters; servers take {_LONGEST_NAME}."
        )
    return name


def check_plain_method(what: str, method: Any) -> None:
    """Check that messages can be handed to a method.

    Args:
        what: What the method is to be.
        method: The method.

    Raises:
        DefinitionError: If it is no function, waits, or takes no arguments by position.
    """
    if not isinstance(method, FunctionType):
        raise DefinitionError(f"{what} must be a method of the workflow class, not {kind_of(method)}.")
    if is_suspending(method):
        raise DefinitionError(
            f"{what}, {method.__qualname__}, must be a plain method: a handler cannot wait. "
            "Change the workflow's state in it, and wait for that state in run."
        )
    if not positional(method) and not takes_any(method):
        raise DefinitionError(f"{what}, {method.__qualname__}, has no self. Write it as a method.")
    for parameter in inspect.signature(method).parameters.values():
        if parameter.kind is parameter.KEYWORD_ONLY and parameter.default is parameter.empty:
            raise DefinitionError(
                f"{what}, {method.__qualname__}, requires {parameter.name} by keyword, but messages bring "
                "their arguments by position. Remove the star before it, or give it a default."
            )


def check_run(cls: type, run: Any) -> None:
    """Check that a class can be run.

    Args:
        cls: The class.
        run: What stands under the name run in it.

    Raises:
        DefinitionError: If it is no method that takes a context.
    """
    where = f"Workflow class {cls.__qualname__}"
    if run is None:
        raise DefinitionError(f"{where} has no method run. Write def run(self, ctx, ...) or async def run.")
    if not isinstance(run, FunctionType):
        raise DefinitionError(
            f"{where}: run must be a method, not {kind_of(run)}. Write def run(self, ctx, ...)."
        )
    if inspect.isasyncgenfunction(run):
        raise DefinitionError(
            f"{where}: async def run must not yield. Await commands instead, or drop async."
        )
    if len(positional(run)) < 2 and not takes_any(run):
        raise DefinitionError(f"{where}: run takes no context. Write def run(self, ctx, ...).")


def check_constructor(cls: type) -> None:
    """Check that objects of a class can be made without arguments.

    Raises:
        DefinitionError: If they cannot.
    """
    constructor = inspect.getattr_static(cls, "__init__")
    if not inspect.isfunction(constructor):
        return
    required = [
        parameter.name
        for parameter in list(inspect.signature(constructor).parameters.values())[1:]
        if parameter.default is parameter.empty and parameter.kind not in _VARIADIC
    ]
    if required:
        raise DefinitionError(
            f"Workflow class {cls.__qualname__}: __init__ requires {', '.join(required)}, but a run is made "
            "without arguments. Take the start arguments in run, after ctx."
        )


def is_suspending(function: Any) -> bool:
    """Tell whether calling a function gives a coroutine or a generator instead of a result."""
    return (
        inspect.iscoroutinefunction(function)
        or inspect.isgeneratorfunction(function)
        or inspect.isasyncgenfunction(function)
    )


def positional(function: FunctionType) -> list[inspect.Parameter]:
    """Give the parameters that take one argument by position, self included."""
    return [each for each in inspect.signature(function).parameters.values() if each.kind in _POSITIONAL]


def takes_any(function: FunctionType) -> bool:
    """Tell whether a function takes any number of arguments by position."""
    return any(p.kind is p.VAR_POSITIONAL for p in inspect.signature(function).parameters.values())


def kind_of(value: object) -> str:
    """Name the type of a value."""
    return type(value).__name__
