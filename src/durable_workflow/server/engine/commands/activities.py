"""The command schedule_activity."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from durable_workflow.server.engine import activity_outcomes
from durable_workflow.server.engine.activity_claims import identity, next_deadline
from durable_workflow.server.engine.commands.kinds import (
    Command,
    Completion,
    Kind,
    Problems,
    check_payload,
    check_text,
)
from durable_workflow.server.engine.payloads import text_blob
from durable_workflow.server.engine.refusals import to_json
from durable_workflow.server.engine.snapshots import activity_note
from durable_workflow.server.engine.wakeups import queue_of
from durable_workflow.server.store import activities
from durable_workflow.server.store.activities import Activity

__all__ = ["SCHEDULE_ACTIVITY"]

_TIMEOUTS = (
    "start_to_close_timeout",
    "schedule_to_start_timeout",
    "schedule_to_close_timeout",
    "heartbeat_timeout",
)


def _check(command: Command, problems: Problems) -> None:
    check_text(command, problems, "activity_type")
    check_payload(command, problems, "arguments")


def _policy(command: Command) -> dict[str, Any] | None:
    given = {name: value for name, value in (command.get("retry_policy") or {}).items() if value is not None}
    timeouts = {name: command.get(name) for name in _TIMEOUTS}
    if not given and not any(timeouts.values()):
        return None
    return {
        "snapshot_version": 1,
        "max_attempts": given.get("max_attempts", 1),
        "backoff_seconds": given.get("backoff_seconds", []),
        **timeouts,
        "non_retryable_error_types": given.get("non_retryable_error_types", []),
    }


def _apply(completion: Completion, command: Command, step: int) -> None:
    tx, run = completion.tx, completion.run
    activity = _activity(completion, command, step)
    activities.add_activity(tx, activity)
    if activity.due_at is not None:
        tx.due(activity.due_at)
    completion.append(
        "ActivityScheduled", identity(activity, None) | {"activity": activity_note(run, activity)}
    )
    task_id = activity.task_id or ""
    activity_outcomes.schedule(tx, run, activity, task_id, tx.now, activity.task_queue or queue_of(run))
    completion.created.append(task_id)


def _activity(completion: Completion, command: Command, step: int) -> Activity:
    tx, run = completion.tx, completion.run
    policy = _policy(command)
    patience = command.get("schedule_to_start_timeout")
    whole = command.get("schedule_to_close_timeout")
    activity = Activity(
        execution_id=tx.ids.lower(),
        run_id=run.run_id,
        step=step,
        activity_type=command["activity_type"].strip(),
        task_queue=command.get("queue") or queue_of(run),
        arguments=text_blob(command.get("arguments")),
        policy=None if policy is None else to_json(policy),
        created_at=tx.now,
        task_id=tx.ids.lower(),
        schedule_deadline_at=None if patience is None else tx.now + patience,
        schedule_to_close_deadline_at=None if whole is None else tx.now + whole,
    )
    return _with_due(activity)


def _with_due(activity: Activity) -> Activity:
    return replace(activity, due_at=next_deadline(activity))


SCHEDULE_ACTIVITY = Kind("schedule_activity", _check, _apply)
"""Appends ``ActivityScheduled`` and makes an activity task."""
