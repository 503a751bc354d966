"""Cancelling: told to the workflow where a worker can tell it, else the run is closed (design.md, 4)."""

from __future__ import annotations

from typing import Any

from model.matching import Call, Expected, Name, Seen
from model.world.lives import append, cancel_open_work, close, end_at_once, wake
from model.world.messages import commanded, receipt
from model.world.state import Cancellation, Run, State, Worker
from model.world.workers import takes_run

__all__ = ["CAPABILITY", "GRACE", "cancel", "cancel_run", "give_in", "move_on"]

CAPABILITY = "cancellation_delivery"
GRACE = 60.0
_FRESH = 60.0


def cancel(state: State, call: Call, seen: Seen) -> Expected:
    """Cancel the newest run; a second time changes nothing while the workflow is being told."""

    def act(run: Run) -> Expected:
        command = state.names.new("command")
        texts = {"reason": call.body.get("reason")}
        told = cancel_run(state, run, texts, command, shown=seen.status == 202)
        status, outcome = (202, "cancel_requested") if told else (200, "cancelled")
        return receipt(run, status, outcome, command)

    return commanded(state, call, "cancel", act)


def cancel_run(state: State, run: Run, texts: dict[str, Any], command: Name, shown: bool) -> bool:
    """Cancel a run, with the texts that the caller gave; return whether its workflow is told first.

    Only a worker that was heard of lately must count as one that can tell; of others ``shown`` decides.
    """
    if run.cancellation is not None:
        return True
    able = [one for one in state.workers.values() if takes_run(one, run) and CAPABILITY in one.capabilities]
    told = any(_fresh(state, one) for one in able) or (bool(able) and shown)
    if not told:
        end_at_once(state, run, "Cancel", "cancelled", **texts)
        return False
    _tell(state, run, Cancellation(command, texts, state.now + GRACE))
    return True


def _fresh(state: State, worker: Worker) -> bool:
    return state.now - worker.heard_at < min(_FRESH, 3 * (worker.heartbeat_seconds or _FRESH))


def _tell(state: State, run: Run, cancellation: Cancellation) -> None:
    run.cancellation, run.cancelled_at_event = cancellation, len(run.history) + 1
    append(state, run, "CancelRequested", **cancellation.texts, workflow_run_id=run.name)
    wake(state, run, cancellation.command)


def give_in(state: State, run: Run) -> None:
    """Close a run whose cancellation was on its way: its workflow ended so, or the grace is over."""
    assert run.cancellation is not None
    cancel_open_work(state, run)
    append(state, run, "WorkflowCancelled", **run.cancellation.texts, closed_reason="cancelled")
    close(state, run, "cancelled", "cancelled")


def move_on(state: State, run: Run, following: Run) -> None:
    """Let a cancellation go to the next run, with the time that is left."""
    assert run.cancellation is not None
    _tell(state, following, run.cancellation)
