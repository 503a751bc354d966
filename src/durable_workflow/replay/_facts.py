"""What the start of a history tells of its run."""

from __future__ import annotations

from attrs import evolve

from durable_workflow.replay._events import Event, integer
from durable_workflow.workflow import WorkflowInfo


def with_facts(info: WorkflowInfo, started: Event | None) -> WorkflowInfo:
    """Add the facts that `WorkflowStarted` holds.

    Args:
        info: What is known without history.
        started: The event; None if history does not hold it.
    """
    if started is None:
        return info
    return evolve(
        info,
        attempt=integer(started.payload.get("retry_attempt")) or info.attempt,
        started_at=started.time(),
        parent_workflow_id=_id(started, "parent_workflow_instance_id"),
        parent_run_id=_id(started, "parent_workflow_run_id"),
        continued_from_run_id=_id(started, "continued_from_run_id"),
    )


def _id(started: Event, member: str) -> str | None:
    value = started.payload.get(member)
    return value if isinstance(value, str) and value else None
