"""From a failed attempt to a typed error: the one table of what servers say and which class says it here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from ..errors import (
    CallError,
    CallTimeout,
    ConnectionFailed,
    Forbidden,
    InvalidArgument,
    NamespaceNotFound,
    NotSupportedByServer,
    OutcomeUnknown,
    ResponseNotUnderstood,
    ScheduleAlreadyExists,
    ScheduleNotFound,
    ServerError,
    TaskLost,
    Unauthorized,
    UnknownSignal,
    UnknownUpdate,
    WorkerNotFound,
    WorkerNotRegistered,
    WorkflowAlreadyStarted,
    WorkflowNotActive,
    WorkflowNotFound,
    WorkflowStillOpen,
)
from ._answers import body_of, excerpt, shown
from ._observe import ids_of, request_key
from ._planes import token_parameters
from ._retry import Answer, Fault, retry_after, work_was_refused

if TYPE_CHECKING:
    from ._call import Call

__all__ = ["TASK_LOST_REASONS", "give_up", "refusal"]

# reason or outcome -> (error class, the name of the thing that the error is about)
_NAMED: dict[str, tuple[Any, str]] = {
    "duplicate_not_allowed": (WorkflowAlreadyStarted, "workflow_id"),
    "historical_run_command_rejected": (WorkflowNotActive, "workflow_id"),
    "instance_already_started": (WorkflowAlreadyStarted, "workflow_id"),
    "instance_not_found": (WorkflowNotFound, "workflow_id"),
    "instance_not_started": (WorkflowNotActive, "workflow_id"),
    "namespace_not_found": (NamespaceNotFound, "namespace"),
    "rejected_duplicate": (WorkflowAlreadyStarted, "workflow_id"),
    "rejected_not_active": (WorkflowNotActive, "workflow_id"),
    "rejected_not_started": (WorkflowNotActive, "workflow_id"),
    "rejected_run_not_closed": (WorkflowStillOpen, "workflow_id"),
    "rejected_unknown_signal": (UnknownSignal, "signal_name"),
    "rejected_unknown_update": (UnknownUpdate, "update_name"),
    "run_not_active": (WorkflowNotActive, "workflow_id"),
    "run_not_closed": (WorkflowStillOpen, "workflow_id"),
    "run_not_found": (WorkflowNotFound, "workflow_id"),
    "schedule_already_exists": (ScheduleAlreadyExists, "schedule_id"),
    "schedule_not_found": (ScheduleNotFound, "schedule_id"),
    "unknown_signal": (UnknownSignal, "signal_name"),
    "unknown_update": (UnknownUpdate, "update_name"),
    "worker_not_found": (WorkerNotFound, "worker_id"),
    "worker_not_registered": (WorkerNotRegistered, "worker_id"),
    "workflow_id_reserved_in_namespace": (WorkflowAlreadyStarted, "workflow_id"),
}

TASK_LOST_REASONS = frozenset(
    {
        "activity_cancelled",
        "activity_execution_missing",
        "activity_not_running",
        "attempt_closed",
        "attempt_not_found",
        "history_not_available",
        "lease_expired",
        "lease_owner_mismatch",
        "query_task_attempt_mismatch",
        "query_task_not_found",
        "query_task_not_leased",
        "run_already_closed",
        "run_cancelled",
        "run_closed",
        "run_completed",
        "run_failed",
        "run_terminated",
        "run_timed_out",
        "stale_attempt",
        "stale_task",
        "task_cancelled",
        "task_mismatch",
        "task_not_activity",
        "task_not_found",
        "task_not_leased",
        "task_not_workflow",
        "workflow_run_missing",
        "workflow_task_attempt_mismatch",
    }
)

_ADVICE = {
    "backfillSchedule": "look at the schedule's history for the workflows that were started",
    "createSchedule": "describe the schedule to see whether it was created",
    "triggerSchedule": "look at the schedule's history to see whether it fired",
    "startWorkflow": "describe the workflow to see whether it was started",
    "signalWorkflow": "look for the signal in the run's history before sending it again",
    "signalWorkflowRun": "look for the signal in the run's history before sending it again",
}


def give_up(call: Call, result: Answer | Fault) -> CallError:
    """Return the error that ends a call after its last attempt."""
    return refusal(call, result) if isinstance(result, Answer) else _fault_error(call, result)


def _fault_error(call: Call, fault: Fault) -> CallError:
    harmless = _harmless(call)
    text = f"{_where(call)}: {fault.cause or type(fault.cause).__name__}"
    if fault.kind == "timeout":
        error = _error(call, CallTimeout, f"no answer in time from {text}", harmless)
    elif fault.kind == "garbled":
        error = _error(call, ResponseNotUnderstood, f"unreadable HTTP answer from {text}", harmless)
    elif call.ambiguous and not harmless:
        error = _error(call, OutcomeUnknown, f"the answer was lost; {_advice(call)}. {text}", False)
    elif fault.kind == "unsent":
        error = _error(call, ConnectionFailed, f"no connection to {text}", True)
    else:
        error = _error(call, ConnectionFailed, f"connection lost to {text}", True)
    error.__cause__ = fault.cause
    return error


def _harmless(call: Call) -> bool:
    """Whether the caller may make the same call anew: then with new keys, so a key does not protect it."""
    operation = call.operation
    return operation.idempotency == "natural" or operation.long_poll is not None


def _error(call: Call, kind: type[CallError], message: str, harmless: bool) -> CallError:
    return kind(
        message,
        operation=call.operation.id,
        request_id=request_key(call),
        attempts=call.attempts,
        safe_to_retry=harmless,
    )


def refusal(call: Call, answer: Answer) -> CallError:
    """Return the typed error for an answer that is no success."""
    body = body_of(answer)
    error = _typed(call, answer, body if isinstance(body, dict) else {})
    error.operation = call.operation.id
    error.status = answer.status
    error.body = shown(call, body)
    error.request_id = request_key(call)
    error.attempts = call.attempts
    error.safe_to_retry = _harmless(call) or work_was_refused(answer)
    error.retry_after = retry_after(answer.headers, body)
    if isinstance(error, WorkflowAlreadyStarted):
        error.ambiguous = call.ambiguous
    return error


def _typed(call: Call, answer: Answer, body: dict[str, Any]) -> CallError:
    status, reason = answer.status, _text(body.get("reason"))
    # What a server says may quote what it was sent.
    seen = shown(call, body)
    seen = seen if isinstance(seen, dict) else {}
    text = _text(seen.get("message")) or _text(seen.get("error"))
    if not 400 <= status < 600:
        return ResponseNotUnderstood(f"unexpected answer {status} {_redirect(answer)}{excerpt(call, answer)}")
    if status == 401:
        wanted = " or ".join(token_parameters(call.operation.plane))
        message = f"{text or 'the server wants a valid token'}; check {wanted}"
        return Unauthorized(status, seen, message, reason_code=reason)
    if status == 403:
        return Forbidden(status, seen, _forbidden(text, body), reason_code=reason)
    known = _known(call, status, reason, _text(body.get("outcome")), body)
    if known is not None:
        return known
    if status == 422:
        errors = seen.get("errors") or seen.get("validation_errors")
        return InvalidArgument(_invalid(text, errors), errors, reason_code=reason)
    if reason in ("not_found", "method_not_allowed"):
        return NotSupportedByServer(
            f"the server does not know this operation ({text or reason})", reason_code=reason
        )
    return ServerError(
        status, seen, text or f"answer {status} is {excerpt(call, answer)}", reason_code=reason
    )


def _known(
    call: Call, status: int, reason: str | None, outcome: str | None, body: dict[str, Any]
) -> CallError | None:
    if call.operation.plane == "worker" and status in (404, 409) and reason in TASK_LOST_REASONS:
        return TaskLost(
            _name(call, "task_id", body), _task_lost_text(reason), status=status, reason_code=reason
        )
    if status not in (404, 409, 412):
        return None
    kind, named = (
        _NAMED.get(reason or "", (None, "")) if reason in _NAMED else _NAMED.get(outcome or "", (None, ""))
    )
    if kind is None:
        return None
    error: CallError = kind(_name(call, named, body), status=status, reason_code=reason or outcome)
    return error


def _name(call: Call, member: str, body: dict[str, Any]) -> str:
    """Find the name that an error is about: in what was sent, or in the answer."""
    sent = call.parts.json if isinstance(call.parts.json, dict) else {}
    fallback = call.settings.namespace if member == "namespace" else ""
    return ids_of(call).get(member) or str(body.get(member) or sent.get(member) or fallback)


def _advice(call: Call) -> str:
    return _ADVICE.get(call.operation.id, "check what the server did before sending it again")


def _where(call: Call) -> str:
    return urlsplit(call.url).netloc


def _redirect(answer: Answer) -> str:
    location = answer.headers.get("location")
    return f"to {location} " if location else ""


def _forbidden(text: str | None, body: dict[str, Any]) -> str:
    role, allowed = body.get("role"), body.get("allowed_roles")
    return f"{text or 'the token may not do this'}" + (
        f" (role {role}; allowed: {allowed})" if allowed else ""
    )


def _invalid(text: str | None, errors: Any) -> str:
    named = ", ".join(f"{field}: {why}" for field, why in errors.items()) if isinstance(errors, dict) else ""
    return "; ".join(part for part in (text or "the server refused an argument", named) if part)


def _task_lost_text(reason: str | None) -> str:
    return f"the task is no longer held by this worker ({reason})"


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None
