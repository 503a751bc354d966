"""The commands complete_update and fail_update, which answer an accepted update."""

from __future__ import annotations

from durable_workflow.server.engine.commands.kinds import (
    Command,
    Completion,
    Kind,
    Problems,
    check_payload,
    check_text,
)

__all__ = ["COMPLETE_UPDATE", "FAIL_UPDATE"]


def _check_complete(command: Command, problems: Problems) -> None:
    check_text(command, problems, "update_id")
    check_payload(command, problems, "result")


def _check_fail(command: Command, problems: Problems) -> None:
    check_text(command, problems, "update_id", "message")


def _refuse(command: Command) -> str | None:
    # This server accepts no updates yet, so there is none that a worker could answer.
    return f"The run has no accepted update {command['update_id']!r:.80}."


def _apply(completion: Completion, command: Command, step: int) -> None:
    raise AssertionError("an update that was never accepted cannot be answered")


COMPLETE_UPDATE = Kind("complete_update", _check_complete, _apply, _refuse, concerns_update=True)
"""Answers an accepted update with its result."""

FAIL_UPDATE = Kind("fail_update", _check_fail, _apply, _refuse, concerns_update=True)
"""Answers an accepted update with a failure."""
