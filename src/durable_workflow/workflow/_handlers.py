"""Collecting the handlers of a workflow class, and what they take, as servers want to know it."""

from __future__ import annotations

import inspect
import math
from collections.abc import Iterator, Mapping
from types import FunctionType, NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from durable_workflow.errors import DefinitionError
from durable_workflow.workflow._checks import check_plain_method, kind_of, positional, takes_any
from durable_workflow.workflow._messages import Handles, MessageKind, handles, role

__all__ = ["Handlers", "contract_of", "handlers_of"]

Handlers = Mapping[MessageKind, Mapping[str, str]]
"""Names of methods by kind of message and by name of message."""

# The types of which a server can tell from JSON whether a value has them.
_TOLD_APART = (bool, int, float, str)


def handlers_of(cls: type) -> Handlers:
    """Collect the handlers that a class declares or inherits.

    Args:
        cls: The workflow class.

    Raises:
        DefinitionError: If handlers cannot work, or contradict each other.
    """
    found: dict[MessageKind, dict[str, str]] = {"signal": {}, "query": {}, "update": {}, "validator": {}}
    for method, (kind, name) in _declared(cls).items():
        _check_method(cls, method, kind, name)
        other = found[kind].setdefault(name, method)
        if other != method:
            many = "validators" if kind == "validator" else "handlers"
            what = "update" if kind == "validator" else kind
            raise DefinitionError(
                f"{cls.__qualname__}: {what} {name!r} has two {many}, {other} and {method}. Keep one."
            )
    for name, method in found["validator"].items():
        _check_validator(cls, name, method, found["update"].get(name))
    return found


def _declared(cls: type) -> dict[str, Handles]:
    """Give what methods handle, by their names; a method of the same name in a subclass handles the same."""
    by_method: dict[str, Handles] = {}
    for base in reversed(cls.__mro__):
        for attribute, value in vars(base).items():
            inner = value.__func__ if isinstance(value, staticmethod | classmethod) else value
            declared = handles(inner)
            if declared is None:
                continue
            if inner is not value:
                raise DefinitionError(
                    f"{cls.__qualname__}.{attribute}: the {role(declared[0])} {declared[1]!r} must be a "
                    f"plain method, not a {kind_of(value)}; it is about the state of one run."
                )
            by_method[attribute] = declared
    return by_method


def _check_method(cls: type, method: str, kind: MessageKind, name: str) -> None:
    what = f"{cls.__qualname__}: the {role(kind)} {name!r}"
    if method == "run":
        raise DefinitionError(f"{what} cannot be run itself. Write a method of its own for it.")
    # The subclass may have put something else in its place.
    check_plain_method(what, inspect.getattr_static(cls, method))


def _check_validator(cls: type, name: str, validator: str, update: str | None) -> None:
    if update is None:
        raise DefinitionError(
            f"{cls.__qualname__}.{validator} validates the update {name!r}, which the class does not have. "
            f"Put @workflow.update({name!r}) on the method that handles it."
        )
    takes = [_takes(inspect.getattr_static(cls, method)) for method in (validator, update)]
    if takes[0] != takes[1] and takes[0] != (0, math.inf):
        raise DefinitionError(
            f"{cls.__qualname__}: update {name!r} takes {_count(takes[1])}, but its validator {validator} "
            f"takes {_count(takes[0])}. Both get the same arguments: give them the same parameters."
        )


def _takes(method: FunctionType) -> tuple[int, float]:
    parameters = positional(method)[1:]
    required = sum(parameter.default is parameter.empty for parameter in parameters)
    return required, math.inf if takes_any(method) else len(parameters)


def _count(takes: tuple[int, float]) -> str:
    least, most = takes
    if least == most:
        return f"{least} argument{'' if least == 1 else 's'}"
    return f"{least} or more arguments" if most == math.inf else f"{least} to {most} arguments"


def contract_of(cls: type, handlers: Handlers) -> dict[str, Any]:
    """Say what messages a class takes, as the `workflow_command_contracts` of a registration do.

    Args:
        cls: The workflow class.
        handlers: Its handlers.
    """
    plural: Mapping[MessageKind, str] = {"query": "queries", "signal": "signals", "update": "updates"}
    contract: dict[str, Any] = {}
    for kind, names in plural.items():
        contract[names] = sorted(handlers[kind])
        contract[f"{kind}_contracts"] = [
            {"name": name, "parameters": list(_parameters(getattr(cls, handlers[kind][name])))}
            for name in sorted(handlers[kind])
        ]
    contract["update_validators"] = sorted(handlers["validator"])
    return contract


def _parameters(method: FunctionType) -> Iterator[dict[str, Any]]:
    hints = _hints(method)
    taken = [
        each for each in inspect.signature(method).parameters.values() if each.kind <= each.VAR_POSITIONAL
    ]
    # The first one is the workflow itself, unless a star takes it along with all others.
    skipped = 0 if taken[0].kind is taken[0].VAR_POSITIONAL else 1
    for position, parameter in enumerate(taken[skipped:]):
        variadic = parameter.kind is parameter.VAR_POSITIONAL
        required = not variadic and parameter.default is parameter.empty
        described: dict[str, Any] = {"name": parameter.name, "position": position, "required": required}
        if variadic:
            described["variadic"] = True
        elif not required and _is_plain(parameter.default):
            described |= {"default_available": True, "default": parameter.default}
        word = None if variadic else _type_word(hints.get(parameter.name))
        yield described if word is None else described | {"type": word}


def _hints(method: FunctionType) -> dict[str, Any]:
    try:
        return get_type_hints(method)
    except Exception:
        # Names that exist for type checkers only cannot be looked up; then servers are told no types.
        return {}


def _type_word(hint: Any) -> str | None:
    if get_origin(hint) in (Union, UnionType):
        options = [option for option in get_args(hint) if option is not NoneType]
        hint = options[0] if len(options) == 1 else None
    return hint.__name__ if hint in _TOLD_APART else None


def _is_plain(value: object) -> bool:
    if isinstance(value, float):
        return math.isfinite(value)
    return value is None or (isinstance(value, bool | int | str))
