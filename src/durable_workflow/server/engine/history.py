"""Writing and reading the history of a run."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from typing import Any

from durable_workflow.server.engine import budgets
from durable_workflow.server.engine.refusals import from_json, to_json
from durable_workflow.server.engine.timestamps import precise
from durable_workflow.server.store import Transaction, events
from durable_workflow.server.store.events import Event
from durable_workflow.server.store.runs import Run

__all__ = ["append", "control_event", "events_topic", "page", "token_after", "token_position", "worker_event"]


def append(
    tx: Transaction,
    run: Run,
    event_type: str,
    payload: Mapping[str, Any],
    *,
    task: Mapping[str, Any] | None = None,
    command: Mapping[str, Any] | None = None,
) -> None:
    """Add the next event to a run and tell those who wait for it.

    Args:
        tx: The transaction.
        run: The run.
        event_type: The name of the event.
        payload: Its members.
        task: What is known of the task in whose course it is written.
        command: What is known of the command from outside behind it.
    """
    members = dict(payload)
    if task is not None:
        members["task"] = task
    if command is not None:
        members["command"] = command
    text = to_json(members)
    budgets.account(run, event_type, text)
    run.last_sequence += 1
    run.last_progress_at = tx.now
    event = Event(
        run_id=run.run_id,
        sequence=run.last_sequence,
        event_id=tx.ids.lower(),
        event_type=event_type,
        payload=text,
        workflow_task_id=None if task is None else task["id"],
        workflow_command_id=None if command is None else command["id"],
        recorded_at=tx.now,
    )
    events.add_event(tx, event)
    tx.raise_topic(events_topic(run.run_id))


def events_topic(run_id: str) -> str:
    """Return the topic that waits for the next event of a run wait on."""
    return f"run:{run_id}"


def page(tx: Transaction, run: Run, after: int, size: int) -> tuple[list[Event], str | None]:
    """Return up to ``size`` events behind sequence ``after`` and the token of the next page, if any."""
    found = events.events_after(tx, run.run_id, after, size)
    last = found[-1].sequence if found else after
    return found, token_after(last) if last < run.last_sequence else None


def worker_event(event: Event) -> dict[str, Any]:
    """Return an event as the worker plane spells it."""
    return {
        "id": event.event_id,
        "sequence": event.sequence,
        "event_type": event.event_type,
        "payload": from_json(event.payload),
        "workflow_task_id": event.workflow_task_id,
        "workflow_command_id": event.workflow_command_id,
        "recorded_at": precise(event.recorded_at),
    }


def control_event(event: Event) -> dict[str, Any]:
    """Return an event as the control plane spells it."""
    return {
        "sequence": event.sequence,
        "event_type": event.event_type,
        "timestamp": precise(event.recorded_at),
        "payload": from_json(event.payload),
    }


def token_after(sequence: int) -> str:
    """Return the page token that continues behind ``sequence``."""
    return base64.b64encode(str(sequence).encode("ascii")).decode("ascii")


def token_position(token: str) -> int | None:
    """Return the sequence a page token continues behind, None if it is no token."""
    try:
        text = base64.b64decode(token.encode("ascii"), validate=True).decode("ascii")
    except (binascii.Error, UnicodeError):
        return None
    # The bound keeps a made-up token inside what the database can compare.
    return int(text) if text.isdecimal() and len(text) <= 15 else None
