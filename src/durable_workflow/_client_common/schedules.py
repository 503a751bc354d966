"""Schedules as values: what is sent, and what comes back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from .. import converters, serializer
from ..errors import InvalidArgument, PayloadDecodeError
from . import checks
from .bodies import without_none

if TYPE_CHECKING:
    from durable_workflow_api import models

__all__ = [
    "ScheduleAction",
    "ScheduleBackfillResult",
    "ScheduleDescription",
    "ScheduleList",
    "ScheduleSpec",
    "ScheduleTriggerResult",
    "action_body",
    "description_of",
    "item_of",
    "moment",
    "overlap",
    "spec_body",
]

OVERLAP_POLICIES = ("skip", "buffer_one", "buffer_all", "cancel_other", "terminate_other", "allow_all")


@dataclass(slots=True)
class ScheduleSpec:
    """When a schedule fires: at the earliest time that any of its rules names.

    Attributes:
        cron_expressions: five fields each: minute, hour, day of month, month, day of week.
        intervals: each a `timedelta`, an ISO-8601 duration such as `PT30M`, or a mapping with `every` and
            perhaps `offset`.
        timezone: IANA name in which cron expressions are read; default is UTC.
    """

    cron_expressions: list[str] | None = None
    intervals: list[Any] | None = None
    timezone: str | None = None


@dataclass(slots=True)
class ScheduleAction:
    """The workflow that is started whenever a schedule fires.

    Attributes:
        workflow_type: language-neutral type key.
        task_queue: queue whose workers run it.
        input: positional arguments.
        execution_timeout_seconds: time for the workflow with all its runs; None for no limit.
        run_timeout_seconds: time for one run; None for no limit.
    """

    workflow_type: str
    task_queue: str | None = None
    input: list[Any] | None = None
    execution_timeout_seconds: int | None = None
    run_timeout_seconds: int | None = None


@dataclass(frozen=True, slots=True)
class ScheduleDescription:
    """The server's view of a schedule.

    Attributes:
        schedule_id: id of the schedule.
        status: `active` or `paused`.
        spec: when it fires.
        action: what it starts; in a list, servers may say no more of it than the workflow type.
        overlap_policy: what happens when the workflow of the fire before is still open.
        note: text of an operator.
        memo: given to every workflow that is started.
        search_attributes: given to every workflow that is started.
        jitter_seconds: largest random delay of a fire.
        max_runs: how often it fires at most.
        remaining_actions: how often it still may fire.
        fires_count: how often it fired.
        failures_count: how often a start failed.
        next_fire_at: when it fires next.
        last_fired_at: when it fired last.
        latest_workflow_instance_id: the workflow that was started last.
        paused_at: since when it is paused, where the server says so.
        created_at: when it was created.
        updated_at: when it was changed last.
        info: recent and waiting actions and skips, as plain JSON.
    """

    schedule_id: str
    status: str | None = None
    spec: ScheduleSpec | None = None
    action: ScheduleAction | None = None
    overlap_policy: str | None = None
    note: str | None = None
    memo: Any = None
    search_attributes: Any = None
    jitter_seconds: int | None = None
    max_runs: int | None = None
    remaining_actions: int | None = None
    fires_count: int = 0
    failures_count: int = 0
    next_fire_at: datetime | None = None
    last_fired_at: datetime | None = None
    latest_workflow_instance_id: str | None = None
    paused_at: datetime | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None
    info: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class ScheduleList:
    """Schedules of a namespace.

    Attributes:
        schedules: the schedules, the newest first.
        next_page_token: token of the next page, None if these are all.
    """

    schedules: list[ScheduleDescription]
    next_page_token: str | None = None


@dataclass(frozen=True, slots=True)
class ScheduleTriggerResult:
    """What came of firing a schedule by hand.

    Attributes:
        schedule_id: id of the schedule.
        outcome: `triggered`, `buffered`, `buffer_full`, `skipped` or `trigger_failed`.
        workflow_id: the workflow that was started.
        run_id: its run.
        reason: why nothing was started.
        buffer_depth: how many fires wait.
    """

    schedule_id: str
    outcome: str
    workflow_id: str | None = None
    run_id: str | None = None
    reason: str | None = None
    buffer_depth: int | None = None


@dataclass(frozen=True, slots=True)
class ScheduleBackfillResult:
    """What came of firing a schedule for a range of time.

    Attributes:
        schedule_id: id of the schedule.
        outcome: `backfill_started`.
        fires_attempted: how many moments the range had.
        results: for each of them `fire_time`, `outcome` and, if one was started, `workflow_id`.
    """

    schedule_id: str
    outcome: str
    fires_attempted: int = 0
    results: list[dict[str, Any]] | None = None


def spec_body(spec: ScheduleSpec) -> dict[str, Any]:
    """Return a spec as it is sent.

    Raises:
        InvalidArgument: it is no spec, or one that never fires.
    """
    if not isinstance(spec, ScheduleSpec):
        raise _wrong("spec", "a ScheduleSpec", spec)
    intervals = [_interval(each) for each in spec.intervals or []]
    body = without_none(
        cron_expressions=checks.text_list("spec.cron_expressions", spec.cron_expressions) or None,
        intervals=intervals or None,
        timezone=checks.optional_name("spec.timezone", spec.timezone, 64),
    )
    if not body.keys() & {"cron_expressions", "intervals"}:
        raise _wrong("spec", "a ScheduleSpec with a cron expression or an interval", spec)
    return body


def _interval(interval: Any) -> dict[str, str]:
    members = interval if isinstance(interval, Mapping) else {"every": interval}
    if not members.keys() <= {"every", "offset"} or "every" not in members:
        raise _wrong("spec.intervals", "a list of durations, or of mappings with every and offset", interval)
    return {name: _duration(f"spec.intervals.{name}", value) for name, value in members.items() if value}


def _duration(parameter: str, value: Any) -> str:
    if not isinstance(value, timedelta):
        return checks.name(parameter, value, 64)
    if value != timedelta(seconds=int(value.total_seconds())) or value < timedelta(0):
        raise _wrong(parameter, "a whole number of seconds, not negative", value)
    return f"PT{int(value.total_seconds())}S"


def action_body(action: ScheduleAction) -> dict[str, Any]:
    """Return an action as it is sent.

    Raises:
        InvalidArgument: it is no action, or one of its members is not acceptable.
        PayloadEncodeError: the input cannot be encoded.
    """
    if not isinstance(action, ScheduleAction):
        raise _wrong("action", "a ScheduleAction", action)
    given = action.input
    return without_none(
        workflow_type=checks.name("action.workflow_type", action.workflow_type),
        task_queue=checks.optional_name("action.task_queue", action.task_queue),
        input=None if given is None else converters.envelope(checks.arguments("action.input", given)),
        execution_timeout_seconds=checks.whole_seconds(
            "action.execution_timeout_seconds", action.execution_timeout_seconds
        ),
        run_timeout_seconds=checks.whole_seconds("action.run_timeout_seconds", action.run_timeout_seconds),
    )


def overlap(policy: Any) -> str | None:
    """Return an overlap policy, or None."""
    return None if policy is None else checks.one_of("overlap_policy", policy, OVERLAP_POLICIES)


def moment(parameter: str, value: Any) -> str:
    """Return a time as it is sent: ISO-8601 text as given, a datetime with its offset.

    Raises:
        InvalidArgument: it is neither, or a datetime without a time zone.
    """
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise _wrong(parameter, "a datetime with a time zone", value)
        return value.isoformat()
    return checks.name(parameter, value)


def _wrong(parameter: str, rule: str, value: Any) -> InvalidArgument:
    return InvalidArgument(
        f"{parameter} must be {rule}, not {value!r:.120}", {parameter: [f"must be {rule}"]}
    )


def description_of(found: models.ScheduleDescription) -> ScheduleDescription:
    """Return a described schedule as the documented value; servers differ in where they put things."""
    info, state = found.info, found.state
    return ScheduleDescription(
        schedule_id=found.schedule_id,
        status=found.status or state.status,
        spec=_spec_of(found.spec),
        action=_action_of(found.action),
        overlap_policy=found.overlap_policy,
        note=found.note or state.note,
        memo=found.memo,
        search_attributes=found.search_attributes,
        jitter_seconds=found.jitter_seconds,
        max_runs=found.max_runs,
        remaining_actions=found.remaining_actions,
        fires_count=found.fires_count or info.fires_count,
        failures_count=found.failures_count or info.failures_count,
        next_fire_at=found.next_fire_at or info.next_fire,
        last_fired_at=found.last_fired_at or info.last_fire,
        latest_workflow_instance_id=found.latest_workflow_instance_id,
        paused_at=found.paused_at or None,
        created_at=found.created_at,
        updated_at=found.updated_at,
        info=info.to_dict(),
    )


def item_of(item: models.ScheduleListItem) -> ScheduleDescription:
    """Return a row of a list as the documented value."""
    action = _action_of(item.action) if item.action else None
    if action is None and item.workflow_type:
        action = ScheduleAction(item.workflow_type)
    return ScheduleDescription(
        schedule_id=item.schedule_id,
        status=item.status,
        spec=_spec_of(item.spec) if item.spec else None,
        action=action,
        overlap_policy=item.overlap_policy,
        note=item.note,
        search_attributes=item.search_attributes or None,
        jitter_seconds=item.jitter_seconds or 0,
        max_runs=item.max_runs or None,
        remaining_actions=None if not isinstance(item.remaining_actions, int) else item.remaining_actions,
        fires_count=item.fires_count,
        next_fire_at=item.next_fire_at or item.next_fire,
        last_fired_at=item.last_fired_at or item.last_fire,
        created_at=item.created_at or None,
        updated_at=item.updated_at or None,
    )


def _spec_of(spec: models.ScheduleSpecView) -> ScheduleSpec:
    members = spec.to_dict()
    return ScheduleSpec(members.get("cron_expressions"), members.get("intervals"), members.get("timezone"))


def _action_of(action: models.ScheduleActionView) -> ScheduleAction:
    members = action.to_dict()
    return ScheduleAction(
        workflow_type=members.get("workflow_type") or "",
        task_queue=members.get("task_queue"),
        input=_arguments(members.get("input")),
        execution_timeout_seconds=members.get("execution_timeout_seconds"),
        run_timeout_seconds=members.get("run_timeout_seconds"),
    )


def _arguments(stored: Any) -> Any:
    """Decode stored input; what cannot be read is shown as it is stored."""
    if not isinstance(stored, dict) or stored.keys() != {"codec", "blob"}:
        return stored
    try:
        return serializer.decode_envelope(stored)
    except PayloadDecodeError:
        return stored
