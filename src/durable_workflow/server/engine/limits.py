"""Structural limits: what no run may exceed, and the refusals that say so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from durable_workflow.server._limits import StructuralLimits
from durable_workflow.server.engine.payloads import text_blob
from durable_workflow.server.store import Transaction
from durable_workflow.server.store.runs import Run

__all__ = ["REASON", "Excess", "batch_excess", "json_size", "message_excess", "payload_excess", "run_excess"]

REASON = "structural_limit_exceeded"
_PAYLOADS = ("arguments", "result", "entries")


@dataclass(frozen=True, slots=True)
class Excess:
    """A limit that would be crossed.

    Args:
        kind: Which limit.
        value: What it would come to.
        limit: What is allowed.
    """

    kind: str
    value: int
    limit: int

    @property
    def message(self) -> str:
        """What is wrong, in words."""
        return f"Structural limit exceeded: {self.kind} would be {self.value}, the limit is {self.limit}."

    def members(self) -> dict[str, Any]:
        """Return the members by which a refusal names the limit."""
        return {"limit_kind": self.kind, "current_value": self.value, "configured_limit": self.limit}


def _over(kind: str, value: int, limit: int) -> Iterator[Excess]:
    if 0 < limit < value:
        yield Excess(kind, value, limit)


def batch_excess(tx: Transaction, run: Run, commands: Sequence[Mapping[str, Any]]) -> Excess | None:
    """Return the first limit that commands would cross, None if there is none."""
    return next(_of_batch(tx.settings.limits, run, commands), None)


def _of_batch(limits: StructuralLimits, run: Run, commands: Sequence[Mapping[str, Any]]) -> Iterator[Excess]:
    yield from _over("command_batch_size", len(commands), limits.command_batch_size)
    for command in commands:
        for member in _PAYLOADS:
            yield from _of_payload(limits, text_blob(command.get(member)))
    yield from _of_pending(limits, run, [command["type"] for command in commands if _opens(command)])


def _opens(command: Mapping[str, Any]) -> bool:
    # A condition wait has a timer only when it has a time limit.
    return command["type"] != "open_condition_wait" or bool(command.get("timeout_seconds"))


def _of_pending(limits: StructuralLimits, run: Run, types: Sequence[str]) -> Iterator[Excess]:
    timers = types.count("start_timer") + types.count("open_condition_wait")
    for kind, opened, added, limit in (
        (
            "pending_activity_count",
            run.open_activities,
            types.count("schedule_activity"),
            limits.pending_activity_count,
        ),
        (
            "pending_child_count",
            run.open_children,
            types.count("start_child_workflow"),
            limits.pending_child_count,
        ),
        ("pending_timer_count", run.open_timers, timers, limits.pending_timer_count),
    ):
        if added:
            yield from _over(kind, opened + added, limit)


def payload_excess(tx: Transaction, blob: str | None) -> Excess | None:
    """Return the limit that a payload crosses, None if it fits."""
    return next(_of_payload(tx.settings.limits, blob), None)


def _of_payload(limits: StructuralLimits, blob: str | None) -> Iterator[Excess]:
    return _over("payload_size", 0 if blob is None else len(blob.encode()), limits.payload_size_bytes)


def message_excess(tx: Transaction, run: Run, kind: str, blob: str | None) -> Excess | None:
    """Return the limit that one more signal or update would cross, None if the run can take it.

    Args:
        tx: The transaction.
        run: The run.
        kind: ``signal`` or ``update``.
        blob: Its encoded arguments.
    """
    limits = tx.settings.limits
    pending, limit = (
        (run.unseen_signals, limits.pending_signal_count)
        if kind == "signal"
        else (run.open_updates, limits.pending_update_count)
    )
    counted = next(_over(f"pending_{kind}_count", pending + 1, limit), None)
    return counted or payload_excess(tx, blob)


def run_excess(tx: Transaction, run: Run, first_event: int) -> Excess | None:
    """Return the limit that a run crosses after a completion, None if it keeps them all.

    Args:
        tx: The transaction.
        run: The run, as the completion left it.
        first_event: The sequence of the first event that the completion appended.
    """
    limits = tx.settings.limits
    appended = run.last_sequence - first_event + 1
    for kind, value, limit in (
        ("history_transaction_size", appended, limits.history_transaction_size),
        ("memo_size", json_size(run.memo), limits.memo_size_bytes),
        ("search_attribute_size", json_size(run.search_attributes), limits.search_attribute_size_bytes),
    ):
        for excess in _over(kind, value, limit):
            return excess
    return None


def json_size(text: str | None) -> int:
    r"""Return the length of JSON text as servers count it: a slash is written as ``\/``."""
    return 0 if text is None else len(text) + text.count("/")
