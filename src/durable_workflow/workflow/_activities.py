"""The command that runs an activity."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from attrs import field, frozen

from durable_workflow.codec import AVRO_CODEC, Framing
from durable_workflow.errors import DefinitionError
from durable_workflow.workflow._command import Command, encoded, without_none
from durable_workflow.workflow._policies import ActivityRetryPolicy
from durable_workflow.workflow._seconds import Seconds, optional_seconds

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
    if isinstance(value, str | bytes | dict) or (value is not None and not isinstance(value, Sequence)):
        raise TypeError(
            f"arguments of an activity are a list of positional arguments, not {type(value).__name__}; "
            "write [value] to pass one"
        )
    return list(value or ())


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
    if not isinstance(value, str) or not value.strip():
        raise TypeError(f"the activity type must be a non-empty name, not {value!r:.80}")
    return value


@frozen
class ScheduleActivity(Command):
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

    def __attrs_post_init__(self) -> None:
        timeouts = self._timeouts()
        for inner, outer in _NESTED:
            if inner in timeouts and outer in timeouts and timeouts[inner] > timeouts[outer]:
                raise ValueError(
                    f"{inner} ({timeouts[inner]} s) is longer than {outer} ({timeouts[outer]} s)"
                )

    def _timeouts(self) -> dict[str, int]:
        return without_none(**{name: optional_seconds(getattr(self, name), name) for name in _TIMEOUTS})

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
