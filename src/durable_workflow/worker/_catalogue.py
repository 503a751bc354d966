"""The workflows and activities that one worker hosts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from durable_workflow import activity, workflow
from durable_workflow.activity import ActivityDefinition
from durable_workflow.errors import DefinitionError, UnknownActivityType, UnknownWorkflowType
from durable_workflow.workflow import WorkflowDefinition

__all__ = ["Catalogue"]

T = TypeVar("T")
D = TypeVar("D", WorkflowDefinition, ActivityDefinition)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Definitions by type key."""

    workflows: Mapping[str, WorkflowDefinition]
    activities: Mapping[str, ActivityDefinition]

    @classmethod
    def of(cls, workflows: Iterable[type], activities: Iterable[Callable[..., Any]]) -> Catalogue:
        """Make a catalogue of decorated classes and functions.

        Args:
            workflows: classes with `@workflow.defn`.
            activities: functions, or bound methods of objects, with `@activity.defn`.

        Raises:
            DefinitionError: something is not decorated, or two things have the same name.
        """
        return cls(
            _by_name("workflows", workflows, workflow.definition_of, lambda each: each.cls),
            _by_name("activities", activities, activity.definition_of, lambda each: each.fn),
        )

    def workflow(self, name: str | None) -> WorkflowDefinition:
        """Return the definition of a workflow type.

        Raises:
            UnknownWorkflowType: this worker does not host it.
        """
        found = self.workflows.get(name or "")
        if found is None:
            raise UnknownWorkflowType(_unknown("workflow", name, self.workflows))
        return found

    def activity(self, name: str | None) -> ActivityDefinition:
        """Return the definition of an activity type.

        Raises:
            UnknownActivityType: this worker does not host it.
        """
        found = self.activities.get(name or "")
        if found is None:
            raise UnknownActivityType(_unknown("activity", name, self.activities))
        return found


def _by_name(
    argument: str, things: Iterable[T], define: Callable[[T], D], source: Callable[[D], object]
) -> dict[str, D]:
    if isinstance(things, str) or not isinstance(things, Iterable):
        raise DefinitionError(f"Worker({argument}=...) takes a list of them, not {things!r:.80}.")
    found: dict[str, D] = {}
    for thing in things:
        definition = define(thing)
        name = definition.name
        if name in found:
            first, second = _called(source(found[name])), _called(source(definition))
            raise DefinitionError(
                f"Worker({argument}=...): {first} and {second} both have the name {name!r}. "
                "Keep one, or rename the other."
            )
        found[name] = definition
    return found


def _called(thing: object) -> str:
    return f"{getattr(thing, '__module__', '?')}.{getattr(thing, '__qualname__', repr(thing))}"


def _unknown(what: str, name: str | None, known: Mapping[str, object]) -> str:
    hosted = ", ".join(sorted(known)) or "none at all"
    return (
        f"this worker hosts no {what} type {name!r}; it hosts {hosted}. "
        f"Pass the {what} to Worker(...), or give it a task queue of its own."
    )
