"""The context that `run` gets as its first argument: everything a workflow may ask for."""

from __future__ import annotations

import hashlib
import logging
import random as _random
import uuid
from collections.abc import Callable, Iterable, MutableMapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from attrs import frozen

from durable_workflow.workflow._activities import ScheduleActivity, activity_name
from durable_workflow.workflow._conditions import WaitCondition
from durable_workflow.workflow._groups import Awaited, Group
from durable_workflow.workflow._policies import ActivityRetryPolicy
from durable_workflow.workflow._seconds import Seconds
from durable_workflow.workflow._side_effects import SideEffect
from durable_workflow.workflow._timers import StartTimer

_EPOCH = datetime.fromtimestamp(0, UTC)
_LOGGER = logging.getLogger("durable_workflow.workflow")


@frozen
class WorkflowInfo:
    """Facts of the run that is executed.

    Attributes:
        workflow_id: Id of the workflow.
        run_id: Id of this run of it.
        task_queue: The queue on which it runs.
        workflow_type: Its type key.
    """

    workflow_id: str
    run_id: str
    task_queue: str
    workflow_type: str = ""


class RunView(Protocol):
    """What the context reads from the run that drives the code."""

    @property
    def now(self) -> datetime:
        """Time of the newest event that the code has seen."""
        ...

    @property
    def replaying(self) -> bool:
        """Whether the code repeats what history already holds."""
        ...


class WorkflowContext:
    """The workflow's door to the world; nothing else in `run` may depend on time, chance or IO.

    Methods that return a command do nothing by themselves: yield the command (in a generator), await it (in
    a coroutine), or put several into a list or `gather`.
    """

    def __init__(self, info: WorkflowInfo, view: RunView) -> None:
        self.info = info
        self.logger: logging.LoggerAdapter[logging.Logger] = ReplaySafeLogger(info, view)
        self._view = view
        self._uuid7_count = -1
        seed = int(hashlib.sha256(info.run_id.encode()).hexdigest()[:16], 16)
        self._random = _random.Random(seed)  # noqa: S311 - reproducible on purpose

    def schedule_activity(
        self,
        activity_type: str | Callable[..., Any],
        arguments: Sequence[Any] = (),
        *,
        queue: str | None = None,
        retry_policy: ActivityRetryPolicy | None = None,
        start_to_close_timeout: Seconds | None = None,
        schedule_to_start_timeout: Seconds | None = None,
        schedule_to_close_timeout: Seconds | None = None,
        heartbeat_timeout: Seconds | None = None,
    ) -> ScheduleActivity:
        """Run an activity and get its result; a final failure is raised as `ActivityFailed`.

        Args:
            activity_type: Type name of the activity, or the decorated function.
            arguments: Its positional arguments.
            queue: Task queue; the run's own by default.
            retry_policy: Retries of failed attempts; without one a failure is final at once.
            start_to_close_timeout: Limit of one attempt, in seconds.
            schedule_to_start_timeout: Limit of waiting for a worker, in seconds.
            schedule_to_close_timeout: Limit of everything, retries included, in seconds.
            heartbeat_timeout: Longest silence of a running attempt, in seconds.

        Raises:
            TypeError: If the type or the arguments are not what they should be.
            ValueError: If a time-out is below one second, or longer than the one around it.
        """
        return ScheduleActivity(
            activity_name(activity_type),
            arguments,
            queue=queue,
            retry_policy=retry_policy,
            start_to_close_timeout=start_to_close_timeout,
            schedule_to_start_timeout=schedule_to_start_timeout,
            schedule_to_close_timeout=schedule_to_close_timeout,
            heartbeat_timeout=heartbeat_timeout,
        )

    def start_timer(self, seconds: Seconds) -> StartTimer:
        """Sleep durably: the workflow uses no memory or worker meanwhile, and survives restarts.

        Args:
            seconds: How long, in seconds; fractions round up.
        """
        return StartTimer(seconds)

    def sleep(self, seconds: Seconds) -> StartTimer:
        """Sleep durably; another name of `start_timer`.

        Args:
            seconds: How long, in seconds; fractions round up.
        """
        return StartTimer(seconds)

    def wait_condition(
        self, predicate: Callable[[], Any], *, key: str | None = None, timeout: Seconds | None = None
    ) -> WaitCondition:
        """Wait until a predicate is true: get True, or False when the time was over first.

        The predicate is evaluated whenever the workflow's state may have changed.

        Args:
            predicate: Function without arguments that reads the workflow's state and changes nothing.
            key: Name of the wait, shown in history and compared on replay.
            timeout: How long to wait, in seconds (fractions round up); None for ever, 0 only looks.
        """
        return WaitCondition(predicate, condition_key=key, timeout_seconds=timeout)

    def side_effect(self, function: Callable[[], Any]) -> SideEffect:
        """Record a value that may differ from call to call (a configuration value, a random choice).

        The function is called once; every replay gets the recorded value. It has no retries, so keep IO in
        activities. If it raises, the workflow fails: handle expected errors inside it.

        Args:
            function: Function without arguments that returns the value.
        """
        return SideEffect(function)

    def gather(self, *awaitables: Awaited) -> Group:
        """Run several things at the same time and get the list of their results, in this order.

        The first failure, in the order of history, is raised at once; the others go on, and what comes of
        them is ignored.

        Args:
            awaitables: Commands, groups, lists, and coroutines or generators of the workflow.
        """
        return Group(awaitables)

    def all(self, awaitables: Iterable[Awaited]) -> Group:
        """Do what `gather` does, for an iterable.

        Args:
            awaitables: Commands, groups, lists, and coroutines or generators of the workflow.
        """
        return Group(tuple(awaitables))

    def now(self) -> datetime:
        """Give the workflow's time, UTC: that of the newest event in history that the code has seen."""
        return self._view.now

    def random(self) -> _random.Random:
        """Give the run's random numbers, the same on every replay; seeded from the run id."""
        return self._random

    def uuid4(self) -> uuid.UUID:
        """Give a random UUID (version 4), the same on every replay."""
        return uuid.UUID(int=self._random.getrandbits(128), version=4)

    def uuid7(self) -> uuid.UUID:
        """Give a UUID that sorts by time (version 7, from `now`), the same on every replay."""
        self._uuid7_count += 1
        milliseconds = (self.now() - _EPOCH) // timedelta(milliseconds=1)
        high = milliseconds << 16 | 0x7000 | self._uuid7_count & 0xFFF
        return uuid.UUID(int=high << 64 | 0b10 << 62 | self._random.getrandbits(62))

    @property
    def is_replaying(self) -> bool:
        """Whether the code repeats what history already holds; for logs and metrics only."""
        return self._view.replaying


class ReplaySafeLogger(logging.LoggerAdapter[logging.Logger]):
    """A logger that is silent while the code repeats what it already did."""

    def __init__(self, info: WorkflowInfo, view: RunView) -> None:
        facts = {
            "workflow_id": info.workflow_id,
            "workflow_run_id": info.run_id,
            "workflow_type": info.workflow_type,
            "task_queue": info.task_queue,
        }
        super().__init__(_LOGGER, facts)
        self._view = view

    def isEnabledFor(self, level: int) -> bool:  # noqa: N802 - the name that logging calls
        """Tell whether a record of this level would be written now."""
        return not self._view.replaying and super().isEnabledFor(level)

    def process(self, msg: Any, kwargs: MutableMapping[str, Any]) -> tuple[Any, MutableMapping[str, Any]]:
        """Add the facts of the run to those that the caller gave."""
        kwargs["extra"] = {**(self.extra or {}), **(kwargs.get("extra") or {})}
        return msg, kwargs
