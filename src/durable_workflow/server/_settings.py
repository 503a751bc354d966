"""What an operator can set about the engine."""

from __future__ import annotations

from dataclasses import dataclass, field

from durable_workflow.server._limits import HistoryBudget, StructuralLimits

__all__ = ["EngineSettings"]


@dataclass(frozen=True, slots=True)
class EngineSettings:
    """Lengths and limits of the engine; every length is in seconds.

    Args:
        workflow_lease: How long a claimed workflow task belongs to its worker without a heartbeat.
        activity_lease: How long a claimed activity task belongs to its worker without a heartbeat.
        poll_timeout: How long a long poll is held when the caller names no time.
        task_retry_initial: The first delay before a failed workflow task is handed out again.
        task_retry_maximum: The longest such delay; it doubles up to this.
        cancel_grace: How long a workflow that is told of its cancellation may take to end; 0 tells none.
        worker_freshness: How long a worker that promised no heartbeats counts as there after it was heard of.
        sticky_seconds: How long a task waits for the worker that holds its run live; 0 keeps none.
        missed_heartbeats: How many worker heartbeats may be missed before the worker's leases end.
        update_wait: How long a caller waits for an update to complete when it names no time.
        query_wait: How long a caller waits for the answer to a query.
        query_lease: How long a query belongs to the worker that took it.
        query_life: How long it is known what became of a query.
        query_queue: How many queries may wait for the workers of one queue.
        tick_batch: How many due things of one kind a single tick handles.
        limits: What no run may exceed.
        budget: From what on a run should continue as new.
    """

    workflow_lease: float = 300.0
    activity_lease: float = 300.0
    poll_timeout: float = 30.0
    task_retry_initial: float = 1.0
    task_retry_maximum: float = 60.0
    cancel_grace: float = 60.0
    worker_freshness: float = 60.0
    sticky_seconds: float = 1.0
    missed_heartbeats: int = 3
    update_wait: float = 10.0
    query_wait: float = 30.0
    query_lease: float = 60.0
    query_life: float = 180.0
    query_queue: int = 1024
    tick_batch: int = 200
    limits: StructuralLimits = field(default_factory=StructuralLimits)
    budget: HistoryBudget = field(default_factory=HistoryBudget)
