"""What a run that continues as new hands to the next one: it was accepted, so it must arrive."""

from __future__ import annotations

from durable_workflow.server.engine import history, open_updates
from durable_workflow.server.engine.refusals import from_json
from durable_workflow.server.store import Transaction, events, updates
from durable_workflow.server.store.events import Event
from durable_workflow.server.store.runs import Run

__all__ = ["carry_messages"]


def carry_messages(tx: Transaction, run: Run, seen: int, following: Run) -> None:
    """Give the next run the signals that the worker had not seen and the updates it had not answered.

    Args:
        tx: The transaction.
        run: The run that ends; it is not closed yet.
        seen: The sequence of the last event that the worker had seen.
        following: The run that continues it.
    """
    # The positions of messages belong to the workflow, not to the run.
    following.last_message_sequence = run.last_message_sequence
    following.message_cursor = run.message_cursor
    waiting = {update.accepted_sequence: update for update in updates.open_updates(tx, run.run_id)}
    unseen = {
        event.sequence: event for event in events.events_of_type_after(tx, run.run_id, seen, "SignalReceived")
    }
    for sequence in sorted({*waiting, *unseen}):
        if sequence in waiting:
            open_updates.accept_again(tx, following, waiting[sequence])
        else:
            _signal_again(tx, following, unseen[sequence])


def _signal_again(tx: Transaction, following: Run, event: Event) -> None:
    payload = from_json(event.payload) | {"workflow_run_id": following.run_id}
    command = payload.pop("command", None)
    history.append(tx, following, "SignalReceived", payload, command=command)
