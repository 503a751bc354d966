"""Stand-ins for activities and child workflows, and what they were called with."""

from __future__ import annotations

import asyncio
import functools
import inspect
from collections.abc import Callable, Iterable
from types import FunctionType, MethodType
from typing import Any

from durable_workflow.activity import ActivityDefinition
from durable_workflow.activity import definition_of as activity_definition
from durable_workflow.workflow import WorkflowContext, WorkflowDefinition
from durable_workflow.workflow import definition_of as workflow_definition

__all__ = ["Mocks", "activity_key", "workflow_key"]


def activity_key(activity: str | Callable[..., Any]) -> str:
    """Give the type key of an activity that is named by text or by its decorated function."""
    return activity if isinstance(activity, str) else activity_definition(activity).name


def workflow_key(workflow: str | type) -> str:
    """Give the type key of a workflow that is named by text or by its decorated class."""
    return workflow if isinstance(workflow, str) else workflow_definition(workflow).name


class Mocks:
    """The stand-ins of one environment; they may be replaced while it runs."""

    def __init__(self) -> None:
        self._activities: dict[str, Callable[..., Any]] = {}
        self._children: dict[str, Callable[..., Any]] = {}
        self._calls: dict[str, list[tuple[Any, ...]]] = {}

    def set_activity(self, key: str, function: Callable[..., Any]) -> None:
        """Let a function stand in for an activity."""
        _check_callable("activity", key, function)
        self._activities[key] = function

    def set_child(self, key: str, function: Callable[..., Any]) -> None:
        """Let a function stand in for a workflow; it gives the result of a run."""
        _check_callable("child workflow", key, function)
        if _is_async(function):
            raise TypeError(
                f"the stand-in for child workflow {key!r} must be a plain function: it cannot wait"
            )
        self._children[key] = function

    def calls(self, key: str) -> list[tuple[Any, ...]]:
        """Give the arguments with which a stand-in was called, attempt by attempt."""
        return list(self._calls.get(key, ()))

    def activities_beside(self, real: Iterable[Callable[..., Any]]) -> list[Callable[..., Any]]:
        """Give all activities that a worker shall host: stand-ins, and what none stands in for."""
        kept = [each for each in real if activity_definition(each).name not in self._activities]
        return [*kept, *(self._activity(key) for key in self._activities)]

    def workflows_beside(self, real: Iterable[type]) -> list[type]:
        """Give all workflows that a worker shall host: stand-ins, and what none stands in for."""
        kept = [each for each in real if workflow_definition(each).name not in self._children]
        return [*kept, *(self._child(key) for key in self._children)]

    def _activity(self, key: str) -> Callable[..., Any]:
        known = self._activities[key]

        def call(*arguments: Any) -> Any:
            return self._called(key, self._activities[key], arguments)

        async def call_async(*arguments: Any) -> Any:
            return await self._called(key, self._activities[key], arguments)

        stand_in: Callable[..., Any] = call_async if _is_async(known) else call
        if isinstance(known, FunctionType | MethodType):
            # The worker looks at the signature, to check the arguments and to decode them by annotation.
            stand_in = functools.wraps(known)(stand_in)
        # Not by the decorator: a stand-in must not take the real activity's place in the registry.
        stand_in.__dict__["__durable_workflow_activity__"] = ActivityDefinition(
            key, stand_in, _is_async(known)
        )
        return stand_in

    def _child(self, key: str) -> type:
        def run(_: Any, ctx: WorkflowContext, *arguments: Any) -> Any:
            return (yield ctx.side_effect(lambda: self._called(key, self._children[key], arguments)))

        cls = type(f"StandIn_{key}", (), {"run": run})
        definition = WorkflowDefinition(name=key, cls=cls)
        cls.__durable_workflow_definition__ = definition  # type: ignore[attr-defined]  # as the decorator does
        return cls

    def _called(self, key: str, function: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
        self._calls.setdefault(key, []).append(arguments)
        return function(*arguments)


def _is_async(function: Callable[..., Any]) -> bool:
    # `AsyncMock` is known by asyncio alone before Python 3.12.
    return inspect.iscoroutinefunction(function) or asyncio.iscoroutinefunction(function)


def _check_callable(what: str, key: str, function: object) -> None:
    if not callable(function):
        raise TypeError(f"the stand-in for {what} {key!r} must be a function, not {type(function).__name__}")
