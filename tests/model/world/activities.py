"""Activities: hand-outs, reports, heartbeats and retries (worker-plane.md, 6; history-and-replay.md, 7)."""

from __future__ import annotations

from typing import Any

from durable_workflow import serializer
from model.matching import At, Call, Decodes, Expected, Name, OneOf, Seen
from model.world.lives import append, wake
from model.world.state import Activity, Attempt, State, Worker
from model.world.workers import may_poll
from model.world.workflow_tasks import LEASE, _Task

__all__ = ["close_activity", "complete", "fail", "heartbeat", "poll", "ready_for", "retry_or_close"]

Resuming = Name | OneOf | None
"""The id of the task that resumes the run."""


def poll(state: State, call: Call, seen: Seen) -> Expected:
    """Hand out a ready attempt: any of them."""
    refused = may_poll(state, call)
    if refused is not None:
        return refused
    worker = state.workers[call.body["worker_id"]]
    known = ("activity", worker.worker_id, str(call.body.get("poll_request_id")))
    again = state.polls.get(known)
    if again is not None and _still_held(state, again[0], again[1], worker):
        return Expected(200, {"task": _description(again[0])})
    ready = ready_for(state, worker)
    chosen = _chosen(ready, seen)
    if chosen is None:
        return Expected(200, {"task": _Task(bool(ready))})
    _claim(state, chosen, worker)
    if "poll_request_id" in call.body:
        state.polls[known] = (chosen, chosen.attempt)
    return Expected(200, {"task": _description(chosen)})


def ready_for(state: State, worker: Worker) -> list[Activity]:
    """Return the activities of which a worker must get one."""
    return [one for one in state.activities if _takes(worker, one)]


def _takes(worker: Worker, activity: Activity) -> bool:
    types = worker.activity_types
    fits = activity.queue == worker.queue and (not types or activity.activity_type in types)
    return fits and activity.state == "ready" and activity.run.open


def _still_held(state: State, activity: Activity, attempt: Attempt, worker: Worker) -> bool:
    held = activity.attempt is attempt and attempt.state == "running" and activity.state == "running"
    return held and attempt.expires_at > state.now and activity.queue == worker.queue


def _chosen(ready: list[Activity], seen: Seen) -> Activity | None:
    task = seen.body.get("task") if seen.status == 200 else None
    if task is None:
        return None
    return next((one for one in ready if one.name.value == task["activity_execution_id"]), None)


def _claim(state: State, activity: Activity, worker: Worker) -> None:
    number = len(activity.attempts) + 1
    name = state.names.new("attempt")
    expires_at = state.now + LEASE
    attempt = Attempt(name, number, activity.task, worker.worker_id, expires_at, state.now)
    activity.attempts.append(attempt)
    activity.state, activity.used = "running", activity.used + 1
    _record(state, activity, "ActivityStarted", activity_attempt_id=name, attempt_number=number)


def _description(activity: Activity) -> dict[str, Any]:
    attempt = activity.attempt
    assert attempt is not None
    previous = activity.attempts[-2].details if attempt.number > 1 else None
    return {
        "task_id": activity.task,
        "workflow_id": activity.run.workflow.workflow_id,
        "run_id": activity.run.name,
        "activity_execution_id": activity.name,
        "activity_attempt_id": attempt.name,
        "attempt_number": attempt.number,
        "activity_type": activity.activity_type,
        "lease_owner": attempt.owner,
        "lease_expires_at": At(attempt.expires_at),
        "last_heartbeat_details": previous,
    }


def _record(state: State, activity: Activity, event_type: str, **members: Any) -> None:
    known = {"activity_execution_id": activity.name, "sequence": activity.step}
    append(state, activity.run, event_type, **known, **members)


def _guard(state: State, call: Call) -> tuple[Activity, Attempt] | Expected:
    """Return the attempt that a call is about, or why the caller may not speak for it."""
    task_id, attempt_id = call.path["taskId"], call.body["activity_attempt_id"]
    tasks = {one.task.value for activity in state.activities for one in activity.attempts}
    if task_id not in tasks:
        return Expected(404, {"reason": "task_not_found"})
    for activity in state.activities:
        for attempt in activity.attempts:
            if attempt.name.value == attempt_id:
                return _speaks_for(call, activity, attempt)
    return Expected(404, {"reason": "attempt_not_found"})


def _speaks_for(call: Call, activity: Activity, attempt: Attempt) -> tuple[Activity, Attempt] | Expected:
    if attempt.task.value != call.path["taskId"]:
        return Expected(409, {"reason": "task_mismatch"})
    if attempt.owner != call.body["lease_owner"]:
        return Expected(409, {"reason": "lease_owner_mismatch"})
    return activity, attempt


def complete(state: State, call: Call, seen: Seen) -> Expected:
    """Take the result of an attempt."""
    found = _guard(state, call)
    if isinstance(found, Expected):
        return found
    activity, attempt = found
    refused = _refused(activity, attempt)
    if refused is not None:
        return refused
    attempt.state = activity.state = "completed"
    if not activity.run.open:
        return _recorded("completed", None)
    result = Decodes(serializer.decode_envelope(call.body["result"]))
    _record(state, activity, "ActivityCompleted", activity_attempt_id=attempt.name, result=result)
    return _recorded("completed", _woken(state, activity))


def _refused(activity: Activity, attempt: Attempt) -> Expected | None:
    """Say why an attempt may not report; its lease does not matter while nobody else has the task."""
    run = activity.run
    latest = activity.attempt is attempt
    if latest and run.status in ("cancelled", "terminated") and attempt.state == "cancelled":
        stop = {"reason": f"run_{run.status}", "cancel_requested": True, "can_continue": False}
        return Expected(409, {"outcome": "ignored", "recorded": False, "next_task_id": None, **stop})
    if attempt.state == "expired" and latest and not run.open and activity.open:
        # Nobody waits for it, and nobody else will do it: it may be kept or not.
        return Expected((200, 409), {"next_task_id": None})
    overtaken = not latest or activity.task is not attempt.task
    if overtaken or not activity.open or attempt.state not in ("running", "expired"):
        return Expected(409, {"recorded": False, "next_task_id": None})
    return None


def fail(state: State, call: Call, seen: Seen) -> Expected:
    """Take the failure of an attempt: another one follows, or the activity has failed."""
    found = _guard(state, call)
    if isinstance(found, Expected):
        return found
    activity, attempt = found
    refused = _refused(activity, attempt)
    if refused is not None:
        return refused
    attempt.state = "failed"
    if not activity.run.open:
        activity.state = "failed"
        return _recorded("failed", None)
    failure = call.body["failure"]
    types = activity.policy.get("non_retryable_error_types") or []
    final = bool(failure.get("non_retryable")) or failure.get("type") in types
    following = retry_or_close(state, activity, "ActivityFailed", final, message=failure["message"])
    return _recorded("failed", following)


def retry_or_close(state: State, activity: Activity, ending: str, final: bool, **members: Any) -> Resuming:
    """Schedule another attempt while the policy leaves one, else end the activity; return the next task."""
    used, delays = activity.used, activity.policy.get("backoff_seconds") or []
    if final or used >= (activity.policy.get("max_attempts") or 1):
        return close_activity(state, activity, ending, **members)
    delay = delays[min(used - 1, len(delays) - 1)] if delays else 0
    activity.task = state.names.new("activity task")
    activity.available_at = state.now + delay
    activity.state = "delayed" if delay else "ready"
    _record(
        state,
        activity,
        "ActivityRetryScheduled",
        retry_task_id=activity.task,
        retry_backoff_seconds=delay,
        **members,
    )
    return activity.task


def close_activity(state: State, activity: Activity, ending: str, **members: Any) -> Resuming:
    activity.state = "timed_out" if ending == "ActivityTimedOut" else "failed"
    _record(state, activity, ending, **members)
    return _woken(state, activity)


def _woken(state: State, activity: Activity) -> Resuming:
    return wake(state, activity.run, activity.name)


def _recorded(outcome: str, following: Resuming) -> Expected:
    return Expected(200, {"outcome": outcome, "recorded": True, "reason": None, "next_task_id": following})


def heartbeat(state: State, call: Call, seen: Seen) -> Expected:
    """Renew an attempt, or tell it to stop."""
    found = _guard(state, call)
    if isinstance(found, Expected):
        return found
    activity, attempt = found
    if activity.attempt is not attempt or attempt.state != "running" or not activity.run.open:
        return _stopped(activity, attempt)
    attempt.expires_at = state.now + LEASE
    if call.operation == "renewActivityTaskLease":
        # It keeps the task, and says nothing of the work.
        return Expected(200, {"can_continue": True, "heartbeat_recorded": False, "cancel_requested": False})
    attempt.beat_at = state.now
    attempt.details = call.body.get("details")
    _record(state, activity, "ActivityHeartbeatRecorded", activity_attempt_id=attempt.name)
    renewed = {"lease_expires_at": At(attempt.expires_at), "last_heartbeat_at": At(state.now)}
    return Expected(
        200, {"can_continue": True, "cancel_requested": False, "heartbeat_recorded": True, **renewed}
    )


def _stopped(activity: Activity, attempt: Attempt) -> Expected:
    status = activity.run.status
    cancelled = attempt.state == "cancelled" and status in ("cancelled", "terminated")
    stop = {"can_continue": False, "heartbeat_recorded": False, "lease_expires_at": None}
    if cancelled:
        stop |= {"cancel_requested": True, "reason": OneOf(("activity_cancelled", f"run_{status}"))}
    return Expected(200, stop)
