"""Waiting for a workflow at a terminal: its events as they happen, then its result."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from durable_workflow._client_common.outcomes import closes, continued_to
from durable_workflow.cli._events import cells
from durable_workflow.cli._failures import ExitCode
from durable_workflow.cli._output import Record
from durable_workflow.errors import (
    WorkflowCancelled,
    WorkflowFailed,
    WorkflowOutcomeError,
    WorkflowTerminated,
    WorkflowTimedOut,
)

if TYPE_CHECKING:
    from durable_workflow.cli._session import Session

__all__ = ["await_end", "follow"]

_STATUS: tuple[tuple[type[WorkflowOutcomeError], str], ...] = (
    (WorkflowTimedOut, "timed_out"),
    (WorkflowFailed, "failed"),
    (WorkflowCancelled, "cancelled"),
    (WorkflowTerminated, "terminated"),
)


def follow(session: Session, workflow_id: str, run_id: str, deadline: float) -> Iterator[dict[str, Any]]:
    """Go through the events of a run and of those that continue it, as they happen, payloads decoded.

    Args:
        session: The session of the command.
        workflow_id: The workflow.
        run_id: Where to begin.
        deadline: Monotonic time at which to give up.

    Raises:
        ResultTimeout: The deadline is over.
    """
    next_run: str | None = run_id
    while next_run is not None:
        run_id, next_run = next_run, None
        left = None if deadline == math.inf else max(0.0, deadline - time.monotonic())
        for event in session.client.iter_history(workflow_id, run_id, follow=True, timeout=left):
            if closes(event):
                next_run = continued_to(event)
            yield session.payloads.decoded(event)


def await_end(session: Session, workflow_id: str, run_id: str | None, seconds: float | None) -> None:
    """Wait for a workflow with its progress shown, write how it ended, and end the command accordingly.

    Args:
        session: The session of the command.
        workflow_id: The workflow.
        run_id: Where to begin; None for the current run.
        seconds: How long to wait; None for as long as it takes.

    Raises:
        ResultTimeout: It had not ended in time.
        CallError: A call did not end well.
    """
    deadline = math.inf if seconds is None else time.monotonic() + seconds
    handle = session.client.get_workflow_handle(workflow_id, run_id=run_id)
    if run_id is None:
        run_id = handle.describe().run_id
    _show(session, follow(session, workflow_id, run_id, deadline))
    handle = session.client.get_workflow_handle(workflow_id, run_id=run_id)
    try:
        result = handle.result(
            timeout=None if deadline == math.inf else max(1.0, deadline - time.monotonic())
        )
    except WorkflowOutcomeError as outcome:
        _tell_failure(session, workflow_id, outcome)
        session.end(ExitCode.NO_SUCCESS)
        return
    result = session.payloads.shown(result)
    document = {"workflow_id": workflow_id, "run_id": run_id, "status": "completed", "result": result}
    session.output.value(document, result)


def _show(session: Session, events: Iterator[Mapping[str, Any]]) -> None:
    if session.output.as_json:
        for _ in events:
            pass
    elif session.output.is_live:
        from durable_workflow.cli._live import show

        show(events, session.output.color)
    else:
        for event in events:
            number, moment, kind, text = cells(event)
            session.output.note(f"{moment}  {number:>4}  {kind!s:<22}  {text}".rstrip())


def _tell_failure(session: Session, workflow_id: str, outcome: WorkflowOutcomeError) -> None:
    status = next(name for kind, name in _STATUS if isinstance(outcome, kind))
    kind = getattr(outcome, "exception_type", None) or getattr(outcome, "exception_class", None)
    details = session.payloads.shown(getattr(outcome, "details", None))
    failure = {"type": kind, "message": outcome.message, "details": details}
    run_id = outcome.run_id
    document = {"workflow_id": workflow_id, "run_id": run_id, "status": status, "failure": failure}
    members = [("status", status), ("type", kind), ("message", outcome.message), ("details", details)]
    session.output.answer(document, Record([("workflow", workflow_id), ("run", run_id), *members]))
