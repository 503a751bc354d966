"""Signals and the commands that end a run at once (control-plane.md, sections 15 and 23)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from model.matching import Call, Decodes, Expected, Name, Seen
from model.world.lives import append, end_at_once, wake
from model.world.receipts import answer_once
from model.world.state import Promise, Run, Signal, State

__all__ = ["commanded", "receipt", "receive", "signal", "terminate"]


def signal(state: State, call: Call, seen: Seen) -> Expected:
    """Deliver a signal to the newest run."""

    def act(run: Run) -> Expected:
        arguments = list(call.body.get("input") or [])
        run.messages += 1
        received = Signal(state.names.new("signal"), call.path["signalName"], arguments)
        receive(state, run, received)
        wake(state, run, received.name)
        command = state.names.new("command")
        return receipt(run, 202, "signal_received", command, signal_name=call.path["signalName"])

    return commanded(state, call, "signal", act)


def receive(state: State, run: Run, received: Signal) -> None:
    """Record a signal in the history of a run: its first one, or one that it moves to."""
    run.signals[received] = len(run.history) + 1
    append(
        state,
        run,
        "SignalReceived",
        signal_id=received.name,
        signal_name=received.signal_name,
        workflow_run_id=run.name,
        arguments=Decodes(received.arguments),
    )


def terminate(state: State, call: Call, seen: Seen) -> Expected:
    """Close the newest run."""

    def act(run: Run) -> Expected:
        end_at_once(state, run, "Terminate", "terminated", reason=call.body.get("reason"))
        command = state.names.new("command")
        return receipt(run, 200, "terminated", command, reason=call.body.get("reason"))

    return commanded(state, call, "terminate", act)


def commanded(state: State, call: Call, kind: str, act: Callable[[Run], Promise]) -> Expected:
    """Give a command to the newest run, unless it is closed or another run is named."""
    workflow = state.find(call.path["workflowId"])
    if workflow is None:
        return Expected(404, {"reason": "instance_not_found"})
    run, aimed_at = workflow.newest, call.path.get("runId")

    def once() -> Promise:
        if aimed_at is not None and aimed_at != run.name.value:
            return Expected(409, {"reason": "historical_run_command_rejected", "target_scope": "run"})
        if run.open:
            return act(run)
        rejection = {"outcome": "rejected_not_active", "reason": "run_not_active"}
        return Expected(409, {**rejection, "command_status": "rejected", "run_id": run.name})

    scope = f"{kind} {call.path['workflowId']}"
    return answer_once(state, call, scope, call.body.get("request_id"), once)


def receipt(run: Run, status: int, outcome: str | None, command: Name, **members: Any) -> Expected:
    """Return the answer to an accepted command."""
    body = {"outcome": outcome, "command_status": "accepted", "run_id": run.name}
    return Expected(status, {**body, "command_id": command, **members})
