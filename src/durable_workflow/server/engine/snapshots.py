"""What events and tasks say about the task, command or activity behind them."""

from __future__ import annotations

from typing import Any

from durable_workflow.server.engine.payloads import copy_like_run
from durable_workflow.server.engine.refusals import from_json
from durable_workflow.server.engine.timestamps import precise
from durable_workflow.server.store.activities import Activity, Attempt
from durable_workflow.server.store.activity_tasks import ActivityTask
from durable_workflow.server.store.commands import Command
from durable_workflow.server.store.runs import Run
from durable_workflow.server.store.timers import Timer
from durable_workflow.server.store.workflow_tasks import WorkflowTask

__all__ = [
    "activity_note",
    "activity_task_note",
    "attempt_note",
    "command_note",
    "present",
    "timer_task_note",
    "workflow_task_note",
]

_APPLIED_AT_ONCE = ("start", "repair", "archive")


def present(**members: Any) -> dict[str, Any]:
    """Return the members that are not None."""
    return {name: value for name, value in members.items() if value is not None}


def workflow_task_note(task: WorkflowTask) -> dict[str, Any]:
    """Describe a workflow task."""
    return _task_note(task, "workflow", attempt_count=task.attempt)


def activity_task_note(task: ActivityTask, attempt_count: int) -> dict[str, Any]:
    """Describe an activity task."""
    return _task_note(task, "activity", attempt_count=attempt_count)


def timer_task_note(run: Run, timer: Timer, status: str) -> dict[str, Any]:
    """Describe the server's own task behind a timer."""
    return present(
        id=timer.task_id,
        type="timer",
        status=status,
        attempt_count=1 if status == "completed" else 0,
        repair_count=0,
        queue=run.task_queue,
        available_at=precise(timer.fire_at),
    )


def _task_note(task: WorkflowTask | ActivityTask, kind: str, *, attempt_count: int) -> dict[str, Any]:
    return present(
        id=task.task_id,
        type=kind,
        status=task.status,
        attempt_count=attempt_count,
        repair_count=0,
        queue=task.task_queue,
        available_at=precise(task.available_at),
        leased_at=precise(task.leased_at),
        lease_owner=task.lease_owner,
        lease_expires_at=precise(task.lease_expires_at),
    )


def command_note(command: Command) -> dict[str, Any]:
    """Describe a command from outside, or one that the server gave itself."""
    accepted = command.status == "accepted"
    decided_at = precise(command.decided_at)
    by_caller = bool(command.fingerprint)
    return present(
        id=command.command_id,
        sequence=command.sequence,
        message_sequence=command.message_sequence,
        type=command.command_type,
        target_scope="instance",
        resolved_run_id=command.run_id,
        target_name=command.target_name,
        payload_codec=command.payload_codec,
        payload=command.payload,
        source="control_plane" if by_caller else "server",
        caller_label=command.role or ("anonymous" if by_caller else "server"),
        auth_status="authorized" if command.role else "not_applicable",
        auth_method="token" if command.role else "none",
        request_fingerprint=command.fingerprint or None,
        status=command.status,
        outcome=command.outcome,
        rejection_reason=command.rejection_reason,
        accepted_at=decided_at if accepted else None,
        applied_at=decided_at if accepted and command.command_type in _APPLIED_AT_ONCE else None,
        rejected_at=None if accepted else decided_at,
    )


def activity_note(run: Run, activity: Activity) -> dict[str, Any]:
    """Describe an activity execution."""
    exception = from_json(activity.exception)
    return present(
        id=activity.execution_id,
        idempotency_key=activity.execution_id,
        sequence=activity.step,
        type=activity.activity_type,
        **{"class": activity.activity_type},
        attempt_id=activity.attempt_id,
        status=activity.status,
        attempt_count=activity.attempt_count,
        retry_policy=from_json(activity.policy),
        queue=activity.task_queue,
        last_heartbeat_at=precise(activity.last_heartbeat_at),
        created_at=precise(activity.created_at),
        started_at=precise(activity.started_at),
        closed_at=precise(activity.closed_at),
        arguments=activity.arguments,
        result=activity.result,
        exception=None if exception is None else copy_like_run(run, exception),
    )


def attempt_note(attempt: Attempt, lease_expires_at: float | None = None) -> dict[str, Any]:
    """Describe one attempt of an activity."""
    return present(
        id=attempt.attempt_id,
        activity_execution_id=attempt.execution_id,
        attempt_number=attempt.attempt_number,
        status=attempt.status,
        task_id=attempt.task_id,
        lease_owner=attempt.lease_owner,
        last_heartbeat_at=precise(attempt.last_heartbeat_at),
        lease_expires_at=precise(lease_expires_at),
        started_at=precise(attempt.started_at),
        closed_at=precise(attempt.closed_at),
    )
