"""Declaring workflows: the decorators, their checks and the registry."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from types import FunctionType, MappingProxyType
from typing import Any, TypeVar

from attrs import field, frozen

from durable_workflow.errors import DefinitionError

C = TypeVar("C", bound=type)
F = TypeVar("F", bound=Callable[..., Any])

_DEFINITION = "__durable_workflow_definition__"
_SIGNAL = "__durable_workflow_signal__"
_registry: dict[str, type] = {}


def _read_only(mapping: Mapping[str, str]) -> Mapping[str, str]:
    return MappingProxyType(dict(mapping))


@frozen
class WorkflowDefinition:
    """What the package knows of one workflow class.

    Attributes:
        name: Language-neutral type key.
        cls: The class; one instance is made per run.
        signals: Name of the handling method for each signal name.
        is_async: Whether `run` is a coroutine function.
    """

    name: str
    cls: type
    signals: Mapping[str, str] = field(factory=dict[str, str], converter=_read_only)
    is_async: bool = False


def defn(*, name: str) -> Callable[[C], C]:
    """Declare a class as a workflow.

    Args:
        name: The type key that clients start it by; the same in every language.

    Raises:
        DefinitionError: If the class cannot work as a workflow. The message says what to change.
    """
    checked = checked_name(name, "@workflow.defn")

    def decorate(cls: C) -> C:
        if not isinstance(cls, type):
            raise DefinitionError(f"@workflow.defn(name={name!r}) decorates a class, not {_kind(cls)}.")
        definition = _define(checked, cls)
        setattr(cls, _DEFINITION, definition)
        _register(checked, cls)
        return cls

    return decorate


def signal(name: str) -> Callable[[F], F]:
    """Declare a method as the handler of a signal.

    The handler is called with the signal's arguments at the signal's place in history. It changes the state
    of the workflow and returns at once; it cannot wait.

    Args:
        name: The signal's name.

    Raises:
        DefinitionError: If it is not a plain method.
    """
    checked = checked_name(name, "@workflow.signal")

    def decorate(method: F) -> F:
        _check_handler(f"The handler of signal {checked!r}", method)
        setattr(method, _SIGNAL, checked)
        return method

    return decorate


def registry() -> dict[str, type]:
    """Give the workflow classes declared in this process, by type key (a copy)."""
    return dict(_registry)


def definition_of(cls: type) -> WorkflowDefinition:
    """Give the definition of a workflow class.

    Raises:
        DefinitionError: If the class itself was not decorated with `@workflow.defn`.
    """
    definition = vars(cls).get(_DEFINITION) if isinstance(cls, type) else None
    if not isinstance(definition, WorkflowDefinition):
        raise DefinitionError(
            f"{getattr(cls, '__qualname__', cls)!r:.120} is no workflow: put @workflow.defn(name=...) on the "
            "class (a base class's decorator does not count)."
        )
    return definition


def is_suspending(function: Any) -> bool:
    """Tell whether calling a function gives a coroutine or a generator instead of a result."""
    return (
        inspect.iscoroutinefunction(function)
        or inspect.isgeneratorfunction(function)
        or inspect.isasyncgenfunction(function)
    )


def checked_name(name: str, decorator: str) -> str:
    """Check a type key or message name.

    Raises:
        DefinitionError: If it is not a non-empty text.
    """
    if not isinstance(name, str) or not name.strip():
        raise DefinitionError(f"{decorator} needs a name: a non-empty text, not {name!r:.80}.")
    return name


def _check_handler(what: str, method: Any) -> None:
    if not isinstance(method, FunctionType):
        raise DefinitionError(f"{what} must be a method of the workflow class, not {_kind(method)}.")
    if is_suspending(method):
        raise DefinitionError(
            f"{what}, {method.__qualname__}, must be a plain method: a handler cannot wait. "
            "Change the workflow's state in it, and wait for that state in run."
        )


def _define(name: str, cls: type) -> WorkflowDefinition:
    run = inspect.getattr_static(cls, "run", None)
    _check_run(cls, run)
    _check_constructor(cls)
    return WorkflowDefinition(
        name=name, cls=cls, signals=_signals(cls), is_async=inspect.iscoroutinefunction(run)
    )


def _check_run(cls: type, run: Any) -> None:
    where = f"Workflow class {cls.__qualname__}"
    if run is None:
        raise DefinitionError(f"{where} has no method run. Write def run(self, ctx, ...) or async def run.")
    if not isinstance(run, FunctionType):
        raise DefinitionError(
            f"{where}: run must be a method, not {_kind(run)}. Write def run(self, ctx, ...)."
        )
    if inspect.isasyncgenfunction(run):
        raise DefinitionError(
            f"{where}: async def run must not yield. Await commands instead, or drop async."
        )
    if len(_positional(run)) < 2 and not _takes_any(run):
        raise DefinitionError(f"{where}: run takes no context. Write def run(self, ctx, ...).")


def _check_constructor(cls: type) -> None:
    constructor = inspect.getattr_static(cls, "__init__")
    if not inspect.isfunction(constructor):
        return
    required = [
        parameter.name
        for parameter in list(inspect.signature(constructor).parameters.values())[1:]
        if parameter.default is parameter.empty
        and parameter.kind not in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD)
    ]
    if required:
        raise DefinitionError(
            f"Workflow class {cls.__qualname__}: __init__ requires {', '.join(required)}, but a run is made "
            "without arguments. Take the start arguments in run, after ctx."
        )


def _signals(cls: type) -> dict[str, str]:
    by_method: dict[str, str] = {}
    for base in reversed(cls.__mro__):
        for attribute, value in vars(base).items():
            if isinstance(value, staticmethod | classmethod) and hasattr(value.__func__, _SIGNAL):
                raise DefinitionError(
                    f"{cls.__qualname__}.{attribute}: a signal handler must be a plain method, "
                    f"not a {_kind(value)}; it changes the state of one run."
                )
            if isinstance(value, FunctionType) and hasattr(value, _SIGNAL):
                by_method[attribute] = getattr(value, _SIGNAL)
    by_name: dict[str, str] = {}
    for method, name in by_method.items():
        if name in by_name:
            raise DefinitionError(
                f"{cls.__qualname__}: signal {name!r} has two handlers, {by_name[name]} and {method}. "
                "Keep one."
            )
        by_name[name] = method
    return by_name


def _register(name: str, cls: type) -> None:
    known = _registry.get(name)
    # Reloaded modules, and equal names in different modules (tests, examples), are no mistake: a worker is
    # told its classes and checks those.
    same_module = known is not None and known.__module__ == cls.__module__ != "__main__"
    if known is not None and same_module and not _is_redefinition(known, cls):
        raise DefinitionError(
            f"Workflow type {name!r} is declared twice in {cls.__module__}: by {known.__qualname__} and by "
            f"{cls.__qualname__}. Give one of them another name."
        )
    _registry[name] = cls


def _is_redefinition(known: type, cls: type) -> bool:
    return known.__qualname__ == cls.__qualname__ or "<locals>" in known.__qualname__ + cls.__qualname__


def _positional(function: FunctionType) -> list[inspect.Parameter]:
    kinds = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    return [p for p in inspect.signature(function).parameters.values() if p.kind in kinds]


def _takes_any(function: FunctionType) -> bool:
    return any(p.kind is p.VAR_POSITIONAL for p in inspect.signature(function).parameters.values())


def _kind(value: object) -> str:
    return type(value).__name__
