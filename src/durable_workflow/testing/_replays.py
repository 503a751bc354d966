"""Replaying one history in a test, by the documented names; `durable_workflow.replayer` can do more."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from durable_workflow.replayer import ReplayReport
    from durable_workflow.replayer._histories import Document

__all__ = ["replay_history", "replay_history_file"]


def replay_history(
    workflow_cls: type, history: Document, start_input: Sequence[Any] | None = None
) -> ReplayReport:
    """Replay a history with a workflow class, and raise if the two do not fit.

    Args:
        workflow_cls: The workflow class.
        history: An export bundle, the answer of `get_history`, or a list of events.
        start_input: Decoded start arguments; those of the history by default.

    Raises:
        NonDeterministicReplayError: If the code does not ask for what the history holds.
        NonDeterministicCode: If the code does what no replay can repeat.
        HistoryNotUnderstood: If the history is none.
    """
    from durable_workflow.replayer import Replayer

    return Replayer([workflow_cls]).replay(history, start_input=start_input)


def replay_history_file(
    workflow_cls: type, path: str | Path, start_input: Sequence[Any] | None = None
) -> ReplayReport:
    """Replay the history in a JSON file with a workflow class, and raise if the two do not fit.

    Args:
        workflow_cls: The workflow class.
        path: The file: an export bundle, the answer of `get_history`, or a list of events.
        start_input: Decoded start arguments; those of the history by default.

    Raises:
        NonDeterministicReplayError: If the code does not ask for what the history holds.
        NonDeterministicCode: If the code does what no replay can repeat.
        HistoryNotUnderstood: If the file holds no history.
        OSError: If it cannot be read.
    """
    from durable_workflow.replayer import Replayer

    return Replayer([workflow_cls]).replay_file(path, start_input=start_input)
