"""What the server must show of everything that the model knows."""

from __future__ import annotations

from typing import Any

from model.matching import At, OneOf
from model.world.state import Run

__all__ = ["bucket", "described", "history", "traces"]

_BUCKETS = {"completed": "completed", "failed": "failed", "cancelled": "failed", "terminated": "failed"}


def bucket(run: Run) -> str:
    """Return the bucket in which lists show a run."""
    return _BUCKETS.get(run.status, "running")


def described(run: Run) -> dict[str, Any]:
    """Return what describe must say of a run."""
    newest = run.workflow.newest is run
    return {
        "workflow_id": run.workflow.workflow_id,
        "run_id": run.name,
        "workflow_type": run.workflow_type,
        "status": run.status,
        "status_bucket": bucket(run),
        "is_terminal": not run.open,
        "closed_reason": run.closed_reason,
        "task_queue": run.queue,
        "run_number": run.number,
        "run_count": len(run.workflow.runs),
        "is_current_run": newest,
        "input": run.arguments,
        "output": run.output,
        "memo": run.memo,
        "search_attributes": run.attributes,
        "started_at": At(run.started_at),
        "closed_at": None if run.closed_at is None else At(run.closed_at),
        "execution_deadline_at": _at(run.execution_deadline),
        "run_deadline_at": _at(run.deadlines.get("run_timeout")),
        "wait_kind": OneOf(_wait_kinds(run)),
        "actions": {
            **dict.fromkeys(("can_signal", "can_cancel", "can_terminate", "can_repair"), newest and run.open),
            "can_archive": not run.open and not run.archived,
        },
    }


def _at(moment: float | None) -> At | None:
    return None if moment is None else At(moment)


def _wait_kinds(run: Run) -> tuple[str | None, ...]:
    """What a run may be said to wait for: the documents do not say which of several things."""
    kinds = {
        "workflow-task": run.task is not None,
        "activity": any(one.open for one in run.activities),
        "timer": any(one.state == "pending" and one.wait is None for one in run.timers),
        "child": any(one.open and one.parent is run for one in run.children),
        "update": any(one.state == "accepted" for one in run.updates),
        "condition": any(one.state == "open" for one in run.waits),
        "signal": run.task is not None,
    }
    open_kinds = [kind for kind, there in kinds.items() if there and run.open]
    # Recorded: null while nothing but a failed task is there.
    return (*open_kinds, None) if not open_kinds or run.failures else tuple(open_kinds)


def history(run: Run) -> list[dict[str, Any]]:
    """Return what the events of a run must be."""
    return [
        {
            "sequence": number,
            "event_type": event.event_type,
            "timestamp": At(event.at),
            "payload": event.payload,
        }
        for number, event in enumerate(run.history, 1)
    ]


def traces(run: Run) -> Any:
    """Return what tells two states of a run apart, as far as they can be seen."""
    task = None if run.task is None else run.task.state
    return (
        len(run.history),
        run.status,
        task,
        run.attributes,
        run.memo,
        run.archived,
        len(run.workflow.runs),
    )
