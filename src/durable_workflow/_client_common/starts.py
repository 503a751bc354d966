"""A start as it is sent, and how to recognise its run later."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from .. import converters
from ..errors import InvalidArgument
from . import checks

if TYPE_CHECKING:
    from durable_workflow_api.models import StartWorkflowRequest, WorkflowDescription

__all__ = ["START_KEY_CAPABILITY", "Start", "make_start"]

START_KEY_CAPABILITY = "start_idempotency_key"

_POLICIES = {
    None: None,
    "reject": "fail",
    "fail": "fail",
    "use-existing": "use-existing",
    "use_existing": "use-existing",
    "allow": "allow",
    "terminate_existing": "terminate_existing",
}
# Servers of protocol 1.0 know these; every other policy has to be advertised.
_COMMON = frozenset({None, "fail", "use-existing"})

# How far the clocks of server and client may differ before a run no longer counts as this start's.
_CLOCK_SKEW = timedelta(seconds=5)


@dataclass(frozen=True, slots=True)
class Start:
    """One `start_workflow`, over all its attempts.

    Attributes:
        body: what is sent, as plain JSON.
        key: names this start for its repeats.
        made_at: a time before the first attempt.
    """

    body: Mapping[str, Any]
    key: str
    made_at: datetime

    @property
    def policy(self) -> str | None:
        """Duplicate policy in the server's words, None for its default."""
        policy: str | None = self.body.get("duplicate_policy")
        return policy

    @property
    def needs_advertised_policy(self) -> bool:
        """Whether servers exist that do not take the duplicate policy."""
        return self.policy not in _COMMON

    def model(self) -> StartWorkflowRequest:
        """Return the request body for the generated operation."""
        from durable_workflow_api.models import StartWorkflowRequest

        return StartWorkflowRequest.from_dict(self.body)

    def is_own(self, description: WorkflowDescription) -> bool:
        """Return True if a run is what an unanswered attempt of this start has started."""
        envelope, began = description.input_envelope, description.started_at
        return (
            description.workflow_type == self.body["workflow_type"]
            and description.task_queue == self.body["task_queue"]
            and envelope is not None
            and envelope.to_dict() == self.body["input"]
            and began is not None
            and _in_utc(began) >= self.made_at - _CLOCK_SKEW
        )


def make_start(
    *,
    workflow_type: str,
    task_queue: str,
    workflow_id: str,
    input: Any,
    execution_timeout_seconds: int | None,
    run_timeout_seconds: int | None,
    duplicate_policy: str | None,
    memo: Any,
    search_attributes: Any,
) -> Start:
    """Check the arguments of a start and return it.

    Raises:
        InvalidArgument: an argument is not acceptable; nothing was sent.
        PayloadEncodeError: the input cannot be encoded.
    """
    members = {
        "workflow_type": checks.name("workflow_type", workflow_type),
        "task_queue": checks.name("task_queue", task_queue),
        "workflow_id": checks.workflow_id(workflow_id),
        "input": converters.envelope(checks.arguments("input", input)),
        "execution_timeout_seconds": checks.whole_seconds(
            "execution_timeout_seconds", execution_timeout_seconds
        ),
        "run_timeout_seconds": checks.whole_seconds("run_timeout_seconds", run_timeout_seconds),
        "duplicate_policy": _policy(duplicate_policy),
        "memo": checks.mapping("memo", memo),
        "search_attributes": checks.mapping("search_attributes", search_attributes),
    }
    body = {member: value for member, value in members.items() if value is not None}
    return Start(body, f"sdk-python-start-{uuid.uuid4().hex}", datetime.now(UTC))


def _policy(policy: Any) -> str | None:
    if policy is None or (isinstance(policy, str) and policy in _POLICIES):
        return _POLICIES[policy]
    known = ", ".join(sorted(name for name in _POLICIES if name))
    raise InvalidArgument(
        f"duplicate_policy must be one of {known}, not {policy!r}", {"duplicate_policy": [known]}
    )


def _in_utc(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
