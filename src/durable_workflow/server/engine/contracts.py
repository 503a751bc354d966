"""What workers declared about a workflow type, and whether a message to one of its runs fits that.

A type of which nothing is declared takes every message. Workers of one queue may have declared different
things, as old and new ones do during a deployment: what any of them takes is admitted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from durable_workflow.server.engine.refusals import from_json, to_json
from durable_workflow.server.engine.wakeups import queue_of
from durable_workflow.server.store import Transaction, contracts
from durable_workflow.server.store.runs import Run

__all__ = ["Fit", "Given", "Kind", "forget_contracts", "judge", "save_contracts", "takes_any"]

Kind = Literal["signal", "query", "update"]
Given = Sequence[Any] | Mapping[str, Any]

_PLURAL = {"signal": "signals", "query": "queries", "update": "updates"}
# Words of several languages for what JSON can tell apart; of any other word nothing is checked.
_TYPES: Mapping[str, tuple[type, ...]] = {
    "int": (int,),
    "integer": (int,),
    "float": (int, float),
    "number": (int, float),
    "bool": (bool,),
    "boolean": (bool,),
    "str": (str,),
    "string": (str,),
}


@dataclass(frozen=True, slots=True)
class Fit:
    """How a message fits what was declared.

    Args:
        declared: False if no worker declared its name.
        arguments: The arguments by position; where they do not fit, as they came.
        errors: What is wrong with them, by name of the parameter.
    """

    declared: bool
    arguments: list[Any] = field(default_factory=list)
    errors: dict[str, list[str]] = field(default_factory=dict)


def save_contracts(
    tx: Transaction, namespace: str, worker_id: str, queue: str, declared: Mapping[str, Any] | None
) -> None:
    """Keep what a worker declares about its types, in place of what it had declared before."""
    texts = {name: to_json(contract) for name, contract in (declared or {}).items()}
    contracts.save_contracts(tx, namespace, worker_id, queue, texts)


def forget_contracts(tx: Transaction, namespace: str, worker_id: str) -> None:
    """Forget what a worker declared."""
    contracts.delete_contracts(tx, namespace, worker_id)


def takes_any(tx: Transaction, run: Run, kind: Kind) -> bool:
    """Return whether a run takes any message of a kind."""
    declared = _declared(tx, run, kind)
    return not declared or any(declared)


def judge(tx: Transaction, run: Run, kind: Kind, name: str, given: Given) -> Fit:
    """Hold a message to a run against what the workers of its queue declared.

    Args:
        tx: The transaction.
        run: The run.
        kind: What kind of message it is.
        name: Its name.
        given: Its arguments by position or by name.
    """
    declared = _declared(tx, run, kind)
    if not declared:
        return Fit(True, _values(given))
    fits = [_fit(handlers[name], given) for handlers in declared if name in handlers]
    if not fits:
        return Fit(False, _values(given))
    return next((fit for fit in fits if not fit.errors), fits[0])


def _values(given: Given) -> list[Any]:
    return list(given.values() if isinstance(given, Mapping) else given)


def _declared(tx: Transaction, run: Run, kind: Kind) -> list[dict[str, Sequence[Any] | None]]:
    """Return what each worker takes: parameters by name, None where it said nothing about them."""
    texts = contracts.newest_contracts(tx, run.namespace, queue_of(run), run.workflow_type)
    found = (_handlers(from_json(text), kind) for text in texts)
    return [handlers for handlers in found if handlers is not None]


def _handlers(contract: Mapping[str, Any], kind: Kind) -> dict[str, Sequence[Any] | None] | None:
    names, described = contract.get(_PLURAL[kind]), contract.get(f"{kind}_contracts")
    if names is None and described is None:
        return None
    handlers: dict[str, Sequence[Any] | None] = dict.fromkeys(names or ())
    return handlers | {handler["name"]: handler["parameters"] for handler in described or ()}


def _fit(parameters: Sequence[Mapping[str, Any]] | None, given: Given) -> Fit:
    if parameters is None:
        return Fit(True, _values(given))
    ordered = sorted(parameters, key=lambda parameter: int(parameter["position"]))
    fit = Fit(True)
    if isinstance(given, Mapping):
        _by_name(fit, ordered, given)
    else:
        _by_position(fit, ordered, list(given))
    if fit.errors:
        fit.arguments[:] = _values(given)
    return fit


def _by_name(fit: Fit, parameters: Sequence[Mapping[str, Any]], given: Mapping[str, Any]) -> None:
    known = {parameter["name"] for parameter in parameters}
    for name in given:
        if name not in known:
            fit.errors[name] = [f"There is no parameter {name!r:.80}."]
    gap: str | None = None
    for parameter in parameters:
        name = parameter["name"]
        if name in given and parameter.get("variadic") and isinstance(given[name], list):
            fit.arguments.extend(given[name])
        elif name in given:
            _take(fit, parameter, given[name])
        elif parameter["required"]:
            fit.errors[name] = [f"The argument {name} is required."]
        elif parameter.get("default_available"):
            fit.arguments.append(parameter.get("default"))
            continue
        else:
            gap = gap or name
            continue
        if gap is not None:
            # Arguments travel by position, so what follows a gap would come out in its place.
            fit.errors.setdefault(gap, [f"The argument {gap} is needed where {name} is given."])


def _by_position(fit: Fit, parameters: Sequence[Mapping[str, Any]], given: list[Any]) -> None:
    for parameter in parameters:
        if parameter.get("variadic"):
            fit.arguments.extend(given)
            return
        if given:
            _take(fit, parameter, given.pop(0))
        elif parameter["required"]:
            name = parameter["name"]
            fit.errors[name] = [f"The argument {name} is required."]
    if given:
        count = len(parameters)
        fit.errors["arguments"] = [f"There are at most {count} arguments, not {count + len(given)}."]


def _take(fit: Fit, parameter: Mapping[str, Any], value: Any) -> None:
    name, wanted = parameter["name"], str(parameter.get("type") or "").lower()
    if value is None:
        if parameter.get("allows_null") is False:
            fit.errors[name] = [f"The argument {name} must not be null."]
    elif wanted in _TYPES and not _is_of(wanted, value):
        fit.errors[name] = [f"The argument {name} must be of type {parameter['type']}."]
    fit.arguments.append(value)


def _is_of(wanted: str, value: Any) -> bool:
    if isinstance(value, bool):
        return bool in _TYPES[wanted]
    # A whole number may come as 3.0: JSON does not tell the two apart.
    whole = isinstance(value, float) and value.is_integer()
    return isinstance(value, _TYPES[wanted]) or (whole and int in _TYPES[wanted])
