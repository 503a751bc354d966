"""How much history and open work a run has: totals that move with every event, and what they recommend.

The totals are columns of the run, so a task tells them at the same cost for ten events and ten thousand.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from durable_workflow.server._settings import EngineSettings
from durable_workflow.server.store import Transaction, events
from durable_workflow.server.store.runs import Run
from durable_workflow.server.store.workflow_tasks import WorkflowTask

__all__ = ["account", "budget_members", "continue_as_new_recommended", "settle_signals"]

# event type: the total of the run that it moves, and by how much
_MOVES: Mapping[str, tuple[str, int]] = {
    "ActivityScheduled": ("open_activities", 1),
    **dict.fromkeys(
        ("ActivityCompleted", "ActivityFailed", "ActivityTimedOut", "ActivityCancelled"),
        ("open_activities", -1),
    ),
    "ChildWorkflowScheduled": ("open_children", 1),
    **dict.fromkeys(
        ("ChildRunCompleted", "ChildRunFailed", "ChildRunCancelled", "ChildRunTerminated"),
        ("open_children", -1),
    ),
    "TimerScheduled": ("open_timers", 1),
    **dict.fromkeys(("TimerFired", "TimerCancelled"), ("open_timers", -1)),
    "UpdateAccepted": ("open_updates", 1),
    "UpdateCompleted": ("open_updates", -1),
    "SignalReceived": ("unseen_signals", 1),
}


def account(run: Run, event_type: str, payload: str) -> None:
    """Take an event that is being appended into the totals of its run."""
    run.history_size_bytes += len(event_type) + len(payload)
    move = _MOVES.get(event_type)
    if move is not None:
        total, by = move
        setattr(run, total, getattr(run, total) + by)


def settle_signals(tx: Transaction, run: Run, task: WorkflowTask) -> None:
    """Count the signals that a task which is being completed had not seen; the others have arrived."""
    unseen = 0
    if run.unseen_signals and run.last_sequence > task.seen_sequence:
        unseen = events.count_of_type_after(tx, run.run_id, task.seen_sequence, "SignalReceived")
    run.unseen_signals = unseen


def budget_members(settings: EngineSettings, run: Run) -> dict[str, Any]:
    """Return what a workflow task says about the history of its run."""
    parts = {name: _parts(value, limit, settings) for name, value, limit in _dimensions(settings, run)}
    highest = max(parts.values())
    pressed = [name for name, part in parts.items() if part == highest and part > 0]
    return {
        "history_size_bytes": run.history_size_bytes,
        "history_fan_out": _fan_out(run),
        "continue_as_new_recommended": highest == len(_PRESSURES) - 1,
        "history_budget_pressure": _PRESSURES[highest],
        "history_budget_pressure_dimensions": pressed,
    }


def continue_as_new_recommended(settings: EngineSettings, run: Run) -> bool:
    """Tell whether a run's history is long enough to start anew."""
    return bool(budget_members(settings, run)["continue_as_new_recommended"])


_PRESSURES = ("ok", "approaching", "continue_as_new_recommended")


def _fan_out(run: Run) -> int:
    return run.open_activities + run.open_children + run.open_timers


def _dimensions(settings: EngineSettings, run: Run) -> tuple[tuple[str, int, int], ...]:
    budget = settings.budget
    return (
        ("history_event_count", run.last_sequence, budget.events),
        ("history_size_bytes", run.history_size_bytes, budget.size_bytes),
        ("history_fan_out", _fan_out(run), budget.fan_out),
    )


def _parts(value: int, limit: int, settings: EngineSettings) -> int:
    """Return which of the pressures a value means."""
    return (value >= limit) + (value * 100 >= limit * settings.limits.warning_threshold_percent)
