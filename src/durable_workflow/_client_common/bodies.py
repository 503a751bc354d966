"""Bodies of requests."""

from __future__ import annotations

import json
import uuid
from typing import Any

__all__ = [
    "activity_failure",
    "new_request_id",
    "plain_or_none",
    "query_failure",
    "without_none",
    "workflow_task_failure",
]


def new_request_id(command: str) -> str:
    """Return a fresh name for one command, by which servers recognise its repeats."""
    return f"sdk-python-{command}-{uuid.uuid4().hex}"


def without_none(**members: Any) -> dict[str, Any]:
    """Return the members that have a value."""
    return {name: value for name, value in members.items() if value is not None}


def workflow_task_failure(message: Any, failure_type: Any, stack_trace: Any) -> dict[str, Any]:
    """Return the `failure` of a failed workflow task."""
    return without_none(
        message=_message(message, failure_type), type=failure_type or None, stack_trace=stack_trace or None
    )


def activity_failure(
    message: Any, failure_type: Any, stack_trace: Any, *, non_retryable: bool, details: Any
) -> dict[str, Any]:
    """Return the `failure` of a failed activity attempt.

    Args:
        message: what happened.
        failure_type: type of the failure, compared with `non_retryable_error_types`.
        stack_trace: where it happened.
        non_retryable: whether trying again is pointless.
        details: envelope. It is always sent, also around None: without the member, servers of protocol 1.0
            forget `type` and `non_retryable` and retry what must not be retried.
    """
    failure = workflow_task_failure(message, failure_type, stack_trace)
    return {**failure, "non_retryable": bool(non_retryable), "details": details}


def query_failure(message: Any, reason: Any, failure_type: Any, stack_trace: Any) -> dict[str, Any]:
    """Return the `failure` of a query that could not be answered."""
    return {**workflow_task_failure(message, failure_type, stack_trace), "reason": reason or "query_rejected"}


def plain_or_none(value: Any) -> Any:
    """Return a value as plain JSON, None if it is not: the encoded form is the one that counts."""
    try:
        return json.loads(json.dumps(value, allow_nan=False))
    except (TypeError, ValueError, RecursionError):
        return None


def _message(message: Any, failure_type: Any) -> str:
    # An empty message counts as missing, and the report of a failure must not fail.
    text = "" if message is None else str(message)
    return text if text.strip() else str(failure_type or "no message")
