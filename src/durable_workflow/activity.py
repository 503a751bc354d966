"""Writing activities: ordinary functions that do the work of a workflow.

    from durable_workflow import activity

    @activity.defn(name="charge")
    async def charge(order):
        await activity.context().heartbeat({"step": "authorise"})
        return await payments.charge(order, key=activity.context().info.activity_execution_id)

Plain functions run in threads, coroutine functions on the event loop, plain functions declared with
`process=True` in processes of their own, where heavy computation stops nobody else. An activity runs at
least once: make it safe to repeat, with `info.activity_execution_id` as the key that stays the same over all
attempts.
"""

from __future__ import annotations

import inspect
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from types import FunctionType, MethodType
from typing import Any, NoReturn, TypeVar

from attrs import evolve, frozen

from durable_workflow._task_tokens import write_task_token
from durable_workflow.errors import DefinitionError, DurableWorkflowError

__all__ = [
    "ActivityContext",
    "ActivityDefinition",
    "ActivityInfo",
    "CompleteLater",
    "bind",
    "complete_later",
    "context",
    "definition_of",
    "defn",
    "registry",
]

F = TypeVar("F", bound=Callable[..., Any])

_DEFINITION = "__durable_workflow_activity__"
_registry: dict[str, Callable[..., Any]] = {}
_current: ContextVar[ActivityContext] = ContextVar("durable_workflow_activity")


@frozen
class ActivityDefinition:
    """What the package knows of one activity.

    Attributes:
        name: Language-neutral type key.
        fn: The function, or the bound method.
        is_async: Whether it is a coroutine function.
        process: Whether it runs in a process of its own.
    """

    name: str
    fn: Callable[..., Any]
    is_async: bool
    process: bool = False


@frozen
class ActivityInfo:
    """Facts of one attempt of an activity.

    Attributes:
        task_id: Id of the task.
        activity_type: Type key of the activity.
        activity_attempt_id: Id of this attempt.
        attempt_number: Which attempt it is, from 1.
        task_queue: The queue on which it was found.
        worker_id: The worker that runs it.
        workflow_id: Id of the workflow that asked for it.
        run_id: Id of that workflow's run.
        activity_execution_id: The same over all attempts: the key that makes a repetition harmless.
        last_heartbeat_details: Details of the newest heartbeat of an earlier attempt, if the server tells.
        payload_codec: Codec of the run's payloads.
        payload_framing: Layout of the run's payloads.
    """

    task_id: str
    activity_type: str
    activity_attempt_id: str
    attempt_number: int
    task_queue: str
    worker_id: str
    workflow_id: str = ""
    run_id: str = ""
    activity_execution_id: str = ""
    last_heartbeat_details: Any = None
    payload_codec: str = "avro"
    payload_framing: str = "wrapper"

    @property
    def task_token(self) -> str:
        """Stands for this attempt: with it `Client.complete_activity` ends the attempt from anywhere."""
        return write_task_token(
            task_id=self.task_id,
            activity_attempt_id=self.activity_attempt_id,
            lease_owner=self.worker_id,
            codec=self.payload_codec,
            framing=self.payload_framing,
        )


class CompleteLater(BaseException):
    """Raised by `complete_later`; a worker that sees it reports nothing."""


class ActivityContext:
    """What a running activity may ask of its worker.

    Args:
        info: Facts of the attempt.
        heartbeat: Sends a heartbeat; raises `ActivityCancelled` when the activity should stop.
        heartbeat_sync: The same for functions that run in a thread.
    """

    def __init__(
        self,
        info: ActivityInfo,
        heartbeat: Callable[[Any], Awaitable[None]],
        heartbeat_sync: Callable[[Any], None] | None = None,
    ) -> None:
        self.info = info
        self._heartbeat = heartbeat
        self._heartbeat_sync = heartbeat_sync
        self._cancelled = threading.Event()

    @property
    def is_cancelled(self) -> bool:
        """Whether the activity was asked to stop; known from heartbeats, and soon without them."""
        return self._cancelled.is_set()

    def cancel(self) -> None:
        """Note that the activity should stop; called by the worker, from any thread."""
        self._cancelled.set()

    async def heartbeat(self, details: Any = None) -> None:
        """Tell the server that the activity is alive, and learn whether it should stop.

        Args:
            details: Progress to keep with the attempt.

        Raises:
            ActivityCancelled: If the workflow no longer wants the result.
        """
        await self._heartbeat(details)

    def heartbeat_sync(self, details: Any = None) -> None:
        """Do what `heartbeat` does, from a plain function that runs in a thread.

        Args:
            details: Progress to keep with the attempt.

        Raises:
            ActivityCancelled: If the workflow no longer wants the result.
            DurableWorkflowError: If this activity does not run in a thread of a worker.
        """
        if self._heartbeat_sync is None:
            raise DurableWorkflowError(
                "heartbeat_sync() is for plain functions; in an async def activity, await ctx.heartbeat()."
            )
        self._heartbeat_sync(details)


def defn(*, name: str, process: bool = False) -> Callable[[F], F]:
    """Declare a function or a method as an activity.

    Args:
        name: The type key that workflows call it by; the same in every language.
        process: Whether a worker runs it in a process of its own instead of a thread: for plain functions
            that compute for long. The function is found there by its module and name, and its arguments
            and result are pickled.

    Raises:
        DefinitionError: If it cannot work as an activity. The message says what to change.
    """
    if not isinstance(name, str) or not name.strip():
        raise DefinitionError(f"@activity.defn needs a name: a non-empty text, not {name!r:.80}.")

    def decorate(fn: F) -> F:
        _check(name, fn)
        is_async = inspect.iscoroutinefunction(_bare(fn))
        if process and is_async:
            raise DefinitionError(f"Activity {name!r}: process=True is for plain functions, not async def.")
        setattr(fn, _DEFINITION, ActivityDefinition(name, fn, is_async, process))
        _register(name, fn)
        return fn

    return decorate


def complete_later() -> NoReturn:
    """End this activity without a result: somebody else will complete it, by its task token.

        send_to_approver(token=activity.context().info.task_token)
        activity.complete_later()

    The worker keeps the attempt alive as long as it lives itself, and takes the next task meanwhile. If it
    dies, another attempt is made, with another token. Give the activity a time-out for the case that nobody
    ever completes it.

    Raises:
        CompleteLater: Always; let it pass.
        DurableWorkflowError: If no activity is running here.
    """
    context()
    raise CompleteLater


def context() -> ActivityContext:
    """Give the context of the activity that is running here.

    Raises:
        DurableWorkflowError: If no activity is running here.
    """
    found = _current.get(None)
    if found is None:
        raise DurableWorkflowError(
            "activity.context() was called outside of a running activity. In a test, wrap the call in "
            "`with activity.bind(ActivityContext(info, heartbeat)):`."
        )
    return found


@contextmanager
def bind(current: ActivityContext) -> Iterator[ActivityContext]:
    """Make a context the one that `context()` gives, in this thread or task.

    Args:
        current: The context.
    """
    token = _current.set(current)
    try:
        yield current
    finally:
        _current.reset(token)


def registry() -> dict[str, Callable[..., Any]]:
    """Give the activities declared in this process, by type key (a copy)."""
    return dict(_registry)


def definition_of(fn: Callable[..., Any]) -> ActivityDefinition:
    """Give the definition of an activity function, or of a bound method of an object.

    Raises:
        DefinitionError: If it was not decorated with `@activity.defn`.
    """
    definition = getattr(fn, _DEFINITION, None)
    if not isinstance(definition, ActivityDefinition):
        raise DefinitionError(
            f"{getattr(fn, '__qualname__', fn)!r:.120} is no activity: put @activity.defn(name=...) on it."
        )
    return evolve(definition, fn=fn) if isinstance(fn, MethodType) else definition


def _check(name: str, fn: Any) -> None:
    what = f"Activity {name!r}"
    if isinstance(fn, staticmethod | classmethod):
        raise DefinitionError(
            f"{what}: @activity.defn is above @{type(fn).__name__}. Put it below, directly on the function."
        )
    if not isinstance(_bare(fn), FunctionType):
        raise DefinitionError(
            f"{what}: @activity.defn decorates a function or method, not {type(fn).__name__}."
        )
    if inspect.isasyncgenfunction(_bare(fn)) or inspect.isgeneratorfunction(_bare(fn)):
        raise DefinitionError(f"{what} must return its result, not yield. Collect the values into a list.")


def _bare(fn: Any) -> Any:
    while isinstance(fn, partial):
        fn = fn.func
    return inspect.unwrap(fn) if callable(fn) and not isinstance(fn, type) else fn


def _register(name: str, fn: Callable[..., Any]) -> None:
    known = _registry.get(name)
    if known is not None and _is_second_declaration(known, fn):
        raise DefinitionError(
            f"Activity type {name!r} is declared twice in {fn.__module__}: by {known.__qualname__} and by "
            f"{fn.__qualname__}. Give one of them another name."
        )
    _registry[name] = fn


def _is_second_declaration(known: Any, fn: Any) -> bool:
    """Tell a mistake from a reloaded module, a local function or an equal name in another module."""
    names = [getattr(each, "__qualname__", "<locals>") for each in (known, fn)]
    same_module = getattr(known, "__module__", None) == getattr(fn, "__module__", "") != "__main__"
    return same_module and names[0] != names[1] and not any("<locals>" in name for name in names)
