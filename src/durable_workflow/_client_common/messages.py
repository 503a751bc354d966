"""Queries and updates as they are sent, and what their answers mean."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from .. import converters, serializer
from ..errors import (
    QueryFailed,
    ServerError,
    UpdateFailed,
    UpdateRejected,
    UpdateStillRunning,
)
from . import checks
from .bodies import new_request_id

if TYPE_CHECKING:
    from durable_workflow_api.models import (
        QueryWorkflowResponse,
        UpdateWorkflowRequest,
        UpdateWorkflowResponse,
    )

__all__ = [
    "QUERY_PATIENCE",
    "Update",
    "closing_event_of",
    "make_update",
    "query_error",
    "query_result",
    "update_failed",
    "update_result",
    "was_handled",
]

QUERY_PATIENCE = 35.0
"""Seconds for one query: servers wait 30 for a worker's answer."""

# What servers wait for a completed update when the request names no time.
_USUAL_WAIT = 10
_MARGIN = 5.0
_LONGEST_WAIT = 30

_QUERY_REASONS = frozenset(
    {
        "invalid_query_arguments",
        "query_not_found",
        "query_payload_decode_failed",
        "query_rejected",
        "query_task_not_claimed",
        "query_task_queue_full",
        "query_task_queue_unavailable",
        "query_worker_execution_timeout",
        "query_worker_incompatible",
        "query_worker_timeout",
        "query_worker_unavailable",
        "query_workflow_state_unavailable",
        "query_workflow_type_not_registered",
        "rejected_unknown_query",
        "workflow_definition_unavailable",
    }
)


@dataclass(frozen=True, slots=True)
class Update:
    """One update, over all its attempts and waits.

    Attributes:
        workflow_id: the workflow.
        name: name of the update.
        input: its arguments, encoded.
        wait_for: `accepted` or `completed`.
        wait_seconds: how long the server shall wait; None for its own setting.
        request_id: names this update for its repeats.
        run_id: the run that must be current, if the caller named one.
        result_type: type of the result, if the caller named one.
    """

    workflow_id: str
    name: str
    input: Mapping[str, str]
    wait_for: str
    wait_seconds: int | None
    request_id: str
    run_id: str | None
    result_type: Any = None

    def typed(self, result: Any) -> Any:
        """Return the decoded result as the caller's type.

        Raises:
            PayloadConversionError: it does not fit.
        """
        return converters.from_plain(result, self.result_type, context=f"the result of update {self.name!r}")

    def model(self) -> UpdateWorkflowRequest:
        """Return the request body for the generated operation."""
        from durable_workflow_api.models import UpdateWorkflowRequest

        body: dict[str, Any] = {
            "input": dict(self.input),
            "request_id": self.request_id,
            "wait_for": self.wait_for,
        }
        if self.wait_seconds is not None:
            body["wait_timeout_seconds"] = self.wait_seconds
        return UpdateWorkflowRequest.from_dict(body)

    def patience(self, usual: float) -> float:
        """Return the seconds for one call: at least what the server may wait, and some for the way."""
        held = 0 if self.wait_for == "accepted" else (self.wait_seconds or _USUAL_WAIT)
        return max(usual, held + _MARGIN)

    def waiting(self, seconds: float) -> Update:
        """Return the repeat that waits for completion, for some of the given seconds."""
        held = max(1, math.ceil(min(seconds, _LONGEST_WAIT)))
        return replace(self, wait_for="completed", wait_seconds=held)


def make_update(
    workflow_id: Any,
    update_name: Any,
    args: Any,
    wait_for: Any,
    wait_timeout_seconds: Any,
    request_id: Any,
    run_id: Any,
    result_type: Any = None,
) -> Update:
    """Check the arguments of an update and return it.

    Raises:
        InvalidArgument: an argument is not acceptable; nothing was sent.
        PayloadEncodeError: the arguments cannot be encoded.
    """
    chosen = (
        "completed" if wait_for is None else checks.one_of("wait_for", wait_for, ["accepted", "completed"])
    )
    return Update(
        workflow_id=checks.workflow_id(workflow_id),
        name=checks.message_name("update_name", update_name),
        input=converters.envelope(checks.arguments("args", args)),
        wait_for=chosen,
        wait_seconds=checks.whole_seconds("wait_timeout_seconds", wait_timeout_seconds),
        request_id=checks.optional_name("request_id", request_id) or new_request_id("update"),
        run_id=checks.optional_name("run_id", run_id),
        result_type=result_type,
    )


def update_result(receipt: UpdateWorkflowResponse, update: Update) -> Any:
    """Return the decoded result of a completed update.

    Raises:
        UpdateStillRunning: it is accepted and not completed.
        UpdateFailed: its handler raised.
        PayloadDecodeError: the result cannot be decoded.
    """
    if receipt.update_status == "completed":
        envelope = receipt.result_envelope
        plain = receipt.result if envelope is None else serializer.decode_envelope(envelope.to_dict())
        return update.typed(plain)
    if receipt.update_status == "failed":
        raise update_failed(update, receipt.to_dict(), None)
    raise UpdateStillRunning(receipt.update_id, update_name=update.name, workflow_id=update.workflow_id)


def was_handled(refused: ServerError) -> bool:
    """Return True if a refusal tells how handler or validator ended, and is no refusal of the request."""
    body = refused.body
    return isinstance(body, dict) and (
        refused.reason_code == "update_validator_rejected"
        or body.get("update_status") == "failed"
        or body.get("outcome") == "update_failed"
    )


def update_failed(update: Update, facts: Mapping[str, Any], event: Mapping[str, Any] | None) -> UpdateFailed:
    """Return the error for an update whose handler failed.

    Args:
        update: the update.
        facts: the receipt, or the payload of the closing event.
        event: its `UpdateCompleted`, if known: only this says what was raised.
    """
    payload: Mapping[str, Any] = (event or {}).get("payload") or {}
    kind = payload.get("exception_type") or payload.get("exception_class")
    if facts.get("reason") == "update_validator_rejected":
        kind = "UpdateRejected"
    message = facts.get("failure_message") or payload.get("message") or facts.get("message")
    error = UpdateRejected if kind == "UpdateRejected" else UpdateFailed
    return error(
        str(message or f"update {update.name} failed"),
        update_name=update.name,
        update_id=facts.get("update_id"),
        exception_type=kind,
        non_retryable=payload.get("non_retryable") is True,
        workflow_id=update.workflow_id,
        run_id=facts.get("run_id") or facts.get("workflow_run_id"),
    )


def closing_event_of(events: Iterable[Any], update_id: str) -> dict[str, Any] | None:
    """Return the event that closes an update, None if it is not among these."""
    for event in events:
        payload = event.get("payload") if isinstance(event, dict) else None
        if (
            isinstance(payload, dict)
            and event.get("event_type") in ("UpdateCompleted", "UpdateRejected")
            and payload.get("update_id") == update_id
        ):
            return dict(event)
    return None


def query_result(answer: QueryWorkflowResponse) -> Any:
    """Return the decoded result of a query; a server may have only its own decoding of it.

    Raises:
        PayloadDecodeError: the result cannot be decoded.
    """
    envelope = answer.result_envelope
    return answer.result if envelope is None else serializer.decode_envelope(envelope.to_dict())


def query_error(refused: ServerError, workflow_id: str, query_name: str) -> Exception:
    """Return what a refused query is to the caller: `QueryFailed`, unless the workflow was not even found."""
    if refused.reason_code not in _QUERY_REASONS:
        return refused
    return QueryFailed(
        f"query {query_name}: {refused.message}",
        query_name=query_name,
        reason_code=refused.reason_code,
        workflow_id=workflow_id,
    )
