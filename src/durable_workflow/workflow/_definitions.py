"""Declaring workflows: the decorator of the class, and the registry."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, TypeVar

from attrs import field, frozen

from durable_workflow.errors import DefinitionError
from durable_workflow.workflow._checks import check_constructor, check_run, checked_name, kind_of
from durable_workflow.workflow._handlers import Handlers, contract_of, handlers_of

C = TypeVar("C", bound=type)

_DEFINITION = "__durable_workflow_definition__"
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
        queries: Name of the answering method for each query name.
        updates: Name of the handling method for each update name.
        validators: Name of the validating method for each name of an update that has one.
    """

    name: str
    cls: type
    signals: Mapping[str, str] = field(factory=dict[str, str], converter=_read_only)
    is_async: bool = False
    queries: Mapping[str, str] = field(factory=dict[str, str], converter=_read_only)
    updates: Mapping[str, str] = field(factory=dict[str, str], converter=_read_only)
    validators: Mapping[str, str] = field(factory=dict[str, str], converter=_read_only)

    def contract(self) -> dict[str, Any]:
        """Say what messages the workflow takes, as the `workflow_command_contracts` of a registration do.

        Servers that read it admit only these messages, with arguments that fit.
        """
        handlers: Handlers = {
            "signal": self.signals,
            "query": self.queries,
            "update": self.updates,
            "validator": self.validators,
        }
        return contract_of(self.cls, handlers)


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
            raise DefinitionError(f"@workflow.defn(name={name!r}) decorates a class, not {kind_of(cls)}.")
        definition = _define(checked, cls)
        setattr(cls, _DEFINITION, definition)
        _register(checked, cls)
        return cls

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


def _define(name: str, cls: type) -> WorkflowDefinition:
    run = inspect.getattr_static(cls, "run", None)
    check_run(cls, run)
    check_constructor(cls)
    handlers = handlers_of(cls)
    return WorkflowDefinition(
        name=name,
        cls=cls,
        signals=handlers["signal"],
        is_async=inspect.iscoroutinefunction(run),
        queries=handlers["query"],
        updates=handlers["update"],
        validators=handlers["validator"],
    )


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
