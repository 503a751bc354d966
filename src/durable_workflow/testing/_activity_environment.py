"""Tests of activities: a context to run in, without worker and server."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Awaitable, Callable
from typing import Any, ParamSpec, TypeVar, overload

from attrs import evolve

from durable_workflow import activity
from durable_workflow.activity import ActivityContext, ActivityInfo
from durable_workflow.errors import ActivityCancelled

__all__ = ["ActivityEnvironment"]

P = ParamSpec("P")
R = TypeVar("R")

_INFO = ActivityInfo(
    task_id="test-task",
    activity_type="unknown",
    activity_attempt_id="test-attempt",
    attempt_number=1,
    task_queue="test-queue",
    worker_id="test-worker",
    workflow_id="test-workflow",
    run_id="test-run",
    activity_execution_id="test-execution",
)


class ActivityEnvironment:
    """Runs activities as a worker does, in a context that notes their heartbeats and can cancel them.

        env = ActivityEnvironment(attempt_number=2)
        assert env.run(resize, "cat.png") == "cat-small.png"
        assert env.heartbeats == [{"done": 50}]

    Args:
        info: Facts of the attempt, such as `attempt_number=2` or `last_heartbeat_details={...}`; the others
            are made up. See `ActivityInfo`.
    """

    def __init__(self, **info: Any) -> None:
        self.info = evolve(_INFO, **info)
        self.heartbeats: list[Any] = []
        """Details of all heartbeats so far."""
        self.on_heartbeat: Callable[[Any], None] = lambda details: None
        """Called with the details of every heartbeat; may call `cancel`."""
        self._named = "activity_type" in info
        self._contexts: list[ActivityContext] = []
        self._cancelled = False

    @overload
    def run(self, fn: Callable[P, Awaitable[R]], *args: P.args, **kwargs: P.kwargs) -> Awaitable[R]: ...

    @overload
    def run(self, fn: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R: ...

    def run(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Run an activity and give what it returns; await it if it is a coroutine function.

        Args:
            fn: The activity; it need not be decorated.
            args: Its positional arguments.
            kwargs: Its keyword arguments; a worker passes none.

        Raises:
            BaseException: Whatever the activity raises.
        """
        context = self._context(fn)
        if inspect.iscoroutinefunction(fn):
            return self._run_async(context, fn, args, kwargs)
        with activity.bind(context):
            return fn(*args, **kwargs)

    def cancel(self) -> None:
        """Cancel what runs and what will run: `is_cancelled` is true, and the next heartbeat raises."""
        self._cancelled = True
        for context in self._contexts:
            context.cancel()

    def _context(self, fn: Callable[..., Any]) -> ActivityContext:
        declared = getattr(fn, "__durable_workflow_activity__", None)
        info = self.info
        if not self._named:
            info = evolve(info, activity_type=getattr(declared, "name", None) or fn.__name__)
        beat_sync = None if inspect.iscoroutinefunction(fn) else self._beat
        context = ActivityContext(info, self._beat_async, beat_sync)
        self._contexts.append(context)
        if self._cancelled:
            context.cancel()
        return context

    async def _run_async(
        self,
        context: ActivityContext,
        fn: Callable[..., Awaitable[Any]],
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
    ) -> Any:
        with activity.bind(context):
            return await fn(*args, **kwargs)

    async def _beat_async(self, details: Any) -> None:
        self._beat(details)
        # As a call to the server would, it lets others run.
        await asyncio.sleep(0)

    def _beat(self, details: Any) -> None:
        self.heartbeats.append(details)
        self.on_heartbeat(details)
        if self._cancelled:
            raise ActivityCancelled("the activity should stop: its test cancelled it")
