"""Code of yours around every task that a worker does: tracing, logging, checks, limits.

    from durable_workflow.worker import interceptors

    class Timing(interceptors.WorkerInterceptor):
        async def activity(self, call, proceed):
            begun = time.monotonic()
            try:
                return await proceed(call)
            finally:
                print(call.info.activity_type, time.monotonic() - begun)

    Worker(client, ..., interceptors=[Timing()])

The first interceptor of the list is the outermost. They run on the worker's event loop; context variables
that they set are seen by the code inside, in its thread too. What an interceptor raises counts as raised by
the code: it fails the task.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from typing import Any, Protocol, TypeAlias

from attrs import field, frozen

from durable_workflow.activity import ActivityDefinition, ActivityInfo
from durable_workflow.errors import DefinitionError
from durable_workflow.replay import TaskOutcome
from durable_workflow.workflow import WorkflowDefinition

__all__ = [
    "ActivityCall",
    "ActivityProceed",
    "QueryCall",
    "QueryProceed",
    "WorkerInterceptor",
    "WorkflowTaskCall",
    "WorkflowTaskProceed",
    "checked_interceptors",
    "with_interceptors",
]


@frozen(kw_only=True)
class WorkflowTaskCall:
    """One workflow task.

    Attributes:
        workflow_id: Id of the workflow.
        run_id: Id of the run.
        definition: The workflow's definition.
        events: The events that this task delivers to the code.
        is_live: Whether the run is kept live since its last task; else the events are its whole history.
        task: The task as the server sent it.
    """

    workflow_id: str
    run_id: str
    definition: WorkflowDefinition
    events: Sequence[Mapping[str, Any]] = field(repr=False)
    is_live: bool
    task: Mapping[str, Any] = field(repr=False)


@frozen(kw_only=True)
class ActivityCall:
    """One attempt of an activity.

    Attributes:
        info: Facts of the attempt.
        definition: The activity's definition.
        arguments: Its decoded arguments; they may be secret.
        task: The task as the server sent it.
    """

    info: ActivityInfo
    definition: ActivityDefinition
    arguments: Sequence[Any] = field(repr=False)
    task: Mapping[str, Any] = field(repr=False)


@frozen(kw_only=True)
class QueryCall:
    """One query.

    Attributes:
        workflow_id: Id of the workflow.
        run_id: Id of the run.
        definition: The workflow's definition.
        query_name: Name of the query.
        arguments: Its decoded arguments; they may be secret.
        task: The task as the server sent it.
    """

    workflow_id: str
    run_id: str
    definition: WorkflowDefinition
    query_name: str
    arguments: Sequence[Any] = field(repr=False)
    task: Mapping[str, Any] = field(repr=False)


WorkflowTaskProceed: TypeAlias = Callable[[WorkflowTaskCall], Awaitable[TaskOutcome]]
ActivityProceed: TypeAlias = Callable[[ActivityCall], Awaitable[Any]]
QueryProceed: TypeAlias = Callable[[QueryCall], Awaitable[Any]]


class WorkerInterceptor(Protocol):
    """What may stand around tasks. Inherit from it and write only the methods that you need."""

    async def workflow_task(self, call: WorkflowTaskCall, proceed: WorkflowTaskProceed) -> TaskOutcome:
        """Stand around a workflow task; its commands may get further members, but must stay the same.

        Args:
            call: The task.
            proceed: Does it; call it once.
        """
        return await proceed(call)

    async def activity(self, call: ActivityCall, proceed: ActivityProceed) -> Any:
        """Stand around an attempt of an activity, inside of its context.

        Args:
            call: The attempt.
            proceed: Makes it, with the arguments that it is given.
        """
        return await proceed(call)

    async def query(self, call: QueryCall, proceed: QueryProceed) -> Any:
        """Stand around a query.

        Args:
            call: The query.
            proceed: Answers it.
        """
        return await proceed(call)


def checked_interceptors(interceptors: Iterable[WorkerInterceptor]) -> tuple[WorkerInterceptor, ...]:
    """Return interceptors as a tuple.

    Args:
        interceptors: The interceptors, the outermost first.

    Raises:
        DefinitionError: One of them is a class, or lacks a method.
    """
    found = tuple(interceptors)
    for each in found:
        methods = ("workflow_task", "activity", "query")
        if isinstance(each, type) or not all(callable(getattr(each, name, None)) for name in methods):
            raise DefinitionError(
                f"Worker(interceptors=...): {each!r:.120} is no interceptor. Pass objects of classes that "
                "inherit from durable_workflow.worker.interceptors.WorkerInterceptor."
            )
    return found


def with_interceptors(
    around: Iterable[Callable[[Any, Callable[[Any], Awaitable[Any]]], Awaitable[Any]]],
    core: Callable[[Any], Awaitable[Any]],
) -> Callable[[Any], Awaitable[Any]]:
    """Return a function that does what another does, with interceptors around it.

    Args:
        around: One method of each interceptor, the outermost first.
        core: The function.
    """
    for method in reversed(tuple(around)):
        core = _around(method, core)
    return core


def _around(
    method: Callable[[Any, Callable[[Any], Awaitable[Any]]], Awaitable[Any]],
    inner: Callable[[Any], Awaitable[Any]],
) -> Callable[[Any], Awaitable[Any]]:
    async def outer(call: Any) -> Any:
        return await method(call, inner)

    return outer
