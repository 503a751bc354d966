"""The kinds of steps. A new kind is one file and one line here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from durable_workflow.replay._events import Event
from durable_workflow.replay.kinds._activity import ActivityKind
from durable_workflow.replay.kinds._base import Driver, Kind, Result
from durable_workflow.replay.kinds._child import ChildKind
from durable_workflow.replay.kinds._condition import ConditionKind, evaluate
from durable_workflow.replay.kinds._side_effect import SideEffectKind
from durable_workflow.replay.kinds._timer import TimerKind
from durable_workflow.replay.kinds._upsert import MemoKind, SearchAttributesKind
from durable_workflow.replay.kinds._version import VersionKind
from durable_workflow.workflow import Command

__all__ = ["Driver", "Kind", "Result", "evaluate", "kind_of", "opened_by", "resolved_by"]

_KINDS: tuple[Kind, ...] = (
    ActivityKind(),
    ChildKind(),
    ConditionKind(),
    MemoKind(),
    SearchAttributesKind(),
    SideEffectKind(),
    TimerKind(),
    VersionKind(),
)


def _index(types_of: Callable[[Kind], Iterable[str]]) -> Mapping[str, tuple[Kind, ...]]:
    types = {name for kind in _KINDS for name in types_of(kind)}
    return {name: tuple(kind for kind in _KINDS if name in types_of(kind)) for name in types}


_OPENING = _index(lambda kind: kind.opening)
_RESOLVING = _index(lambda kind: kind.resolving)
_BY_COMMAND = {command: kind for kind in _KINDS for command in kind.commands}


def opened_by(event: Event) -> Kind | None:
    """Give the kind of step that an event opens, if it opens one."""
    kinds = _OPENING.get(event.type)
    return None if kinds is None else next((kind for kind in kinds if kind.opens(event)), None)


def resolved_by(event: Event) -> Kind | None:
    """Give the kind of step that an event ends, if it ends one."""
    kinds = _RESOLVING.get(event.type)
    return None if kinds is None else next((kind for kind in kinds if kind.resolves(event)), None)


def kind_of(command: Command) -> Kind | None:
    """Give the kind of step that a command asks for; None for commands that are no steps."""
    return _BY_COMMAND.get(type(command))
