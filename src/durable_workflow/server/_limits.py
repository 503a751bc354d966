"""How large a run and what it is told may be."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["HistoryBudget", "StructuralLimits"]


@dataclass(frozen=True, slots=True)
class StructuralLimits:
    """The ceilings of a run, by their names in cluster info; 0 means none.

    Args:
        pending_activity_count: Activities of a run that are open at once.
        pending_child_count: Child workflows of a run that are open at once.
        pending_timer_count: Timers of a run that are open at once, those of waits among them.
        pending_signal_count: Signals of a run that no completed workflow task has seen.
        pending_update_count: Accepted updates of a run that are not answered.
        command_batch_size: Commands of one completed workflow task.
        payload_size_bytes: One payload of a command, a message or a result, in bytes as sent.
        memo_size_bytes: The memo of a run as JSON text.
        search_attribute_size_bytes: The search attributes of a run as JSON text.
        history_transaction_size: Events that one completed workflow task appends.
        warning_threshold_percent: From how many percent of a budget on a run is close to it.
    """

    pending_activity_count: int = 2000
    pending_child_count: int = 1000
    pending_timer_count: int = 2000
    pending_signal_count: int = 5000
    pending_update_count: int = 500
    command_batch_size: int = 1000
    payload_size_bytes: int = 2_097_152
    memo_size_bytes: int = 262_144
    search_attribute_size_bytes: int = 40_960
    history_transaction_size: int = 5000
    warning_threshold_percent: int = 80


@dataclass(frozen=True, slots=True)
class HistoryBudget:
    """From what on a run should continue as new.

    Args:
        events: Events of its history.
        size_bytes: Bytes of their types and payloads.
        fan_out: Activities, child workflows and timers that are open at once.
    """

    events: int = 10_000
    size_bytes: int = 5 * 1024 * 1024
    fan_out: int = 200
