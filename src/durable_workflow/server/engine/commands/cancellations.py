"""The command cancel_workflow, by which a workflow gives in to its cancellation."""

from __future__ import annotations

from durable_workflow.server.engine import cancellations
from durable_workflow.server.engine.commands.kinds import Command, Completion, Kind, Problems
from durable_workflow.server.store.runs import Run

__all__ = ["CANCEL_WORKFLOW"]


def _check(command: Command, problems: Problems) -> None:
    """Find nothing: the command has no members."""


def _forbid(run: Run) -> str | None:
    return "Nobody asked to cancel the run." if run.cancel_command_id is None else None


def _apply(completion: Completion, command: Command, step: int) -> None:
    cancellations.close_cancelled(completion.tx, completion.run, completion.note)


CANCEL_WORKFLOW = Kind("cancel_workflow", _check, _apply, terminal=True, forbid=_forbid)
"""Appends ``WorkflowCancelled`` and closes the run, whose cancellation must have been asked for."""
