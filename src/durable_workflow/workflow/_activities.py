"""The command that runs an activity."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Generator, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Generic, ParamSpec, TypeVar

from attrs import field, frozen

from durable_workflow.codec import AVRO_CODEC, Framing
from durable_workflow.converters import result_type_of
from durable_workflow.errors import DefinitionError
from durable_workflow.workflow._command import Command, argument_list, encoded, type_name, without_none
from durable_workflow.workflow._policies import ActivityRetryPolicy
from durable_workflow.workflow._seconds import Seconds, whole_seconds

if TYPE_CHECKING:
    from typing_extensions import TypeVar as DefaultedTypeVar

    R = DefaultedTypeVar("R", default=Any)
else:
    R = TypeVar("R")

P = ParamSpec("P")
T = TypeVar("T")

_TIMEOUTS = (
    "start_to_close_timeout",
    "schedule_to_start_timeout",
    "schedule_to_close_timeout",
    "heartbeat_timeout",
)
# The server refuses a completion in which an inner time-out is longer than the one around it.
_NESTED = (
    ("heartbeat_timeout", "start_to_close_timeout"),
    ("start_to_close_timeout", "schedule_to_close_timeout"),
    ("schedule_to_start_timeout", "schedule_to_close_timeout"),
)


def _arguments(value: Sequence[Any] | None) -> list[Any]:
    return argument_list(value, "an activity")


def activity_name(activity_type: str | Callable[..., Any]) -> str:
    """Give the type name of an activity that is named by text or by its decorated function.

    Raises:
        DefinitionError: If the function is not decorated.
    """
    if isinstance(activity_type, str):
        return activity_type
    # Asked by attribute: writing workflows must not load the machinery that runs activities.
    name = getattr(getattr(activity_type, "__durable_workflow_activity__", None), "name", None)
    if name is None:
        raise DefinitionError(
            f"{activity_type!r:.120} is no activity: put @activity.defn(name=...) on it, or give its name."
        )
    return str(name)


def _type(value: str) -> str:
    return type_name(value, "the activity type")


@frozen
class ScheduleActivity(Command, Generic[R]):
    """Run an activity; the code gets its result, or `ActivityFailed` or `ActivityCancelled` is raised in it.

    Args:
        activity_type: Type name of the activity.
        arguments: Its positional arguments.
        queue: Task queue; the run's own by default.
        retry_policy: Retries of failed attempts; without one a failure is final at once.
        start_to_close_timeout: Limit of one attempt, in seconds.
        schedule_to_start_timeout: Limit of waiting for a worker, in seconds.
        schedule_to_close_timeout: Limit of everything, retries included, in seconds.
        heartbeat_timeout: Longest silence of a running attempt, in seconds.
        result_type: Type of its result; plain data is given if there is none.
    """

    type: ClassVar[str] = "schedule_activity"

    activity_type: str = field(converter=_type)
    arguments: list[Any] = field(factory=list, converter=_arguments)
    queue: str | None = None
    retry_policy: ActivityRetryPolicy | None = None
    start_to_close_timeout: Seconds | None = None
    schedule_to_start_timeout: Seconds | None = None
    schedule_to_close_timeout: Seconds | None = None
    heartbeat_timeout: Seconds | None = None
    result_type: Any = field(default=None, kw_only=True, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        timeouts = self._timeouts()
        if len(timeouts) < 2:
            return
        for inner, outer in _NESTED:
            if inner in timeouts and outer in timeouts and timeouts[inner] > timeouts[outer]:
                raise ValueError(
                    f"{inner} ({timeouts[inner]} s) is longer than {outer} ({timeouts[outer]} s)"
                )

    if TYPE_CHECKING:

        def __await__(self) -> Generator[Command, Any, R]: ...

    def _timeouts(self) -> dict[str, int]:
        if (
            self.start_to_close_timeout is None
            and self.schedule_to_start_timeout is None
            and self.schedule_to_close_timeout is None
            and self.heartbeat_timeout is None
        ):
            return {}
        given = [(name, getattr(self, name)) for name in _TIMEOUTS]
        return {name: whole_seconds(value, name, minimum=1) for name, value in given if value is not None}

    def to_server_command(
        self, task_queue: str, *, payload_codec: str = AVRO_CODEC, framing: Framing = "wrapper"
    ) -> dict[str, Any]:
        """Write the command as the wire object of a task completion; see `Command`."""
        return {
            "type": self.type,
            "activity_type": self.activity_type,
            "arguments": encoded(self.arguments, payload_codec, framing),
            **without_none(
                queue=self.queue or task_queue or None,
                retry_policy=self.retry_policy and self.retry_policy.to_wire(),
            ),
            **self._timeouts(),
        }


@frozen
class ActivityOptions:
    """How an activity is run: queue, retries and limits, as an immutable value to share between calls.

    Args:
        queue: Task queue; the run's own by default.
        retry_policy: Retries of failed attempts; without one a failure is final at once.
        start_to_close_timeout: Limit of one attempt, in seconds.
        schedule_to_start_timeout: Limit of waiting for a worker, in seconds.
        schedule_to_close_timeout: Limit of everything, retries included, in seconds.
        heartbeat_timeout: Longest silence of a running attempt, in seconds.
    """

    queue: str | None = None
    retry_policy: ActivityRetryPolicy | None = None
    start_to_close_timeout: Seconds | None = None
    schedule_to_start_timeout: Seconds | None = None
    schedule_to_close_timeout: Seconds | None = None
    heartbeat_timeout: Seconds | None = None

    def schedule(
        self, activity_type: str, arguments: Sequence[Any], *, result_type: Any = None
    ) -> ScheduleActivity[Any]:
        """Make the command that runs an activity in this way.

        Args:
            activity_type: Type name of the activity.
            arguments: Its positional arguments.
            result_type: Type of its result.
        """
        return ScheduleActivity(
            activity_type,
            arguments,
            queue=self.queue,
            retry_policy=self.retry_policy,
            start_to_close_timeout=self.start_to_close_timeout,
            schedule_to_start_timeout=self.schedule_to_start_timeout,
            schedule_to_close_timeout=self.schedule_to_close_timeout,
            heartbeat_timeout=self.heartbeat_timeout,
            result_type=result_type,
        )


@frozen
class ActivityCall(Generic[P, T]):
    """An activity with its options, ready to be called with its arguments as its function would be.

    Args:
        function: The decorated function.
        options: How it is run.
    """

    function: Callable[P, Any]
    options: ActivityOptions

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> ScheduleActivity[T]:
        """Make the command that runs the activity with these arguments.

        Arguments given by name go to their place: the wire knows positions only.

        Raises:
            DefinitionError: If the function is not decorated.
            TypeError: If the arguments do not fit the function, or cannot go by position.
        """
        name = activity_name(self.function)
        arguments = _positional(self.function, args, kwargs)
        return self.options.schedule(name, arguments, result_type=result_type_of(self.function))


@functools.lru_cache(maxsize=256)
def _signature(function: Callable[..., Any]) -> inspect.Signature:
    return inspect.signature(function)


def _positional(function: Callable[..., Any], args: Sequence[Any], kwargs: dict[str, Any]) -> list[Any]:
    signature = _signature(function)
    bound = signature.bind(*args, **kwargs)
    if not kwargs:
        return list(args)
    last_given = max(list(signature.parameters).index(name) for name in bound.arguments)
    # A gap before an argument that was given by name is closed with the function's own defaults.
    bound.apply_defaults()
    if bound.kwargs:
        raise TypeError(
            f"activity {activity_name(function)!r} has keyword-only arguments ({', '.join(bound.kwargs)}); "
            "arguments of activities go by position, in every language"
        )
    return list(bound.args)[: max(last_given + 1, len(args))]
