"""completeActivityTask and failActivityTask: what a worker reports at the end of an attempt."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from durable_workflow.server._calls import Call, Reply
from durable_workflow.server.engine import activity_outcomes, limits, next_tasks
from durable_workflow.server.engine.activity_claims import save
from durable_workflow.server.engine.activity_guard import Report, guarded, stopped
from durable_workflow.server.engine.activity_outcomes import Case
from durable_workflow.server.engine.payloads import native_blob, payload_problem
from durable_workflow.server.engine.refusals import invalid
from durable_workflow.server.engine.snapshots import present
from durable_workflow.server.store import Transaction, activities, activity_tasks
from durable_workflow.server.store.runs import Run

__all__ = ["complete_activity", "fail_activity"]

_GENERIC_CLASS = "RuntimeException"


def complete_activity(tx: Transaction, call: Call) -> Reply:
    """Record the result of an attempt and wake its run."""
    value = call.body.get("result")
    _check_envelope(value, "result")
    report = guarded(tx, call)
    refusal = stopped(report, "completed")
    if refusal is not None:
        return refusal
    result = native_blob(report.run, value, "result")
    if not report.run.is_open:
        return _stored(tx, report, "completed", result)
    excess = limits.payload_excess(tx, result)
    if excess is not None:
        return _recorded(report, "failed", _fail_for_size(_case(tx, report), excess))
    next_task_id = activity_outcomes.complete(_case(tx, report), result)
    reply = _recorded(report, "completed", next_task_id)
    return Reply(200, reply.body | next_tasks.next_workflow_task(tx, call, next_task_id))


def fail_activity(tx: Transaction, call: Call) -> Reply:
    """Record the failure of an attempt: another attempt follows, or the activity has failed."""
    failure = call.body["failure"]
    _check_envelope(failure.get("details"), "failure.details")
    report = guarded(tx, call)
    refusal = stopped(report, "failed")
    if refusal is not None:
        return refusal
    if not report.run.is_open:
        return _stored(tx, report, "failed", None)
    case = _case(tx, report)
    exception = _exception(report.run, failure)
    again = _is_retried(case, exception)
    end = _retry if again else _end
    return _recorded(report, "failed", end(case, exception))


def _check_envelope(value: Any, field: str) -> None:
    # Before the guard, as every other fault of the body; a value that is no envelope is data.
    if isinstance(value, Mapping) and set(value) in ({"codec", "blob"}, {"codec", "external_storage"}):
        problem = payload_problem(value)
        if problem is not None:
            raise invalid({field + problem[0]: [problem[1]]})


def _case(tx: Transaction, report: Report) -> Case:
    return Case(tx, report.run, report.activity, report.task)


def _exception(run: Run, failure: Mapping[str, Any]) -> dict[str, Any]:
    details = native_blob(run, failure.get("details"), "failure.details")
    code = failure.get("code")
    return {
        "class": failure.get("class") or _GENERIC_CLASS,
        **present(type=failure.get("type")),
        "message": failure["message"],
        "code": code if isinstance(code, int) else 0,
        "file": "",
        "line": 0,
        "trace": [],
        "properties": [],
        **present(
            details=details,
            details_payload_codec=None if details is None else run.payload_codec,
            non_retryable=True if _says_final(failure) else failure.get("non_retryable"),
        ),
    }


def _says_final(failure: Mapping[str, Any]) -> bool:
    stopped_on_request = failure.get("cancelled") is True or failure.get("kind") == "cancellation"
    return failure.get("non_retryable") is True or stopped_on_request


def _is_final(case: Case, exception: Mapping[str, Any]) -> bool:
    final_types = case.policy.get("non_retryable_error_types") or []
    return exception.get("non_retryable") is True or any(
        exception.get(name) in final_types for name in ("type", "class")
    )


def _is_retried(case: Case, exception: Mapping[str, Any]) -> bool:
    used = case.activity.attempt_count + case.activity.start_expiries
    return used < (case.policy.get("max_attempts") or 1) and not _is_final(case, exception)


def _failure_members(exception: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "exception_type": exception.get("type"),
        "exception_class": exception["class"],
        "message": exception["message"],
        "code": exception["code"],
        "exception": exception,
    }


def _retry(case: Case, exception: Mapping[str, Any]) -> str:
    return activity_outcomes.retry(case, _failure_members(exception))


def _end(case: Case, exception: Mapping[str, Any]) -> str:
    members = {
        "failure_id": case.tx.ids.lower(),
        "failure_category": "activity",
        "non_retryable": _is_final(case, exception),
        **_failure_members(exception),
    }
    return activity_outcomes.fail(case, "ActivityFailed", members)


def _fail_for_size(case: Case, excess: limits.Excess) -> str:
    """End an activity whose result is too large: another attempt would bring the same."""
    exception = {
        "class": "StructuralLimitExceeded",
        "message": excess.message,
        "code": 0,
        "file": "",
        "line": 0,
        "trace": [],
        "properties": [],
        "non_retryable": True,
    }
    members = {
        "failure_id": case.tx.ids.lower(),
        "failure_category": "structural_limit",
        "non_retryable": True,
        "structural_limit_kind": excess.kind,
        "structural_limit_value": excess.value,
        "structural_limit_configured": excess.limit,
        **_failure_members(exception),
    }
    return activity_outcomes.fail(case, "ActivityFailed", members)


def _stored(tx: Transaction, report: Report, status: str, result: str | None) -> Reply:
    """Keep the report of a run that ended by itself meanwhile: no event, nobody to wake."""
    activities.change_attempt(tx, report.attempt.attempt_id, status=status, closed_at=tx.now)
    activity_tasks.change_task(tx, report.task.task_id, status="completed", lease_expires_at=None)
    save(tx, report.activity, status=status, closed_at=tx.now, result=result)
    return _recorded(report, status, None)


def _recorded(report: Report, outcome: str, next_task_id: str | None) -> Reply:
    body = {
        "task_id": report.task.task_id,
        "activity_attempt_id": report.attempt.attempt_id,
        "outcome": outcome,
        "recorded": True,
        "reason": None,
        "next_task_id": next_task_id,
    }
    return Reply(200, body)
