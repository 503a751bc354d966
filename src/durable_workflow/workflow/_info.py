"""Facts of the run that workflow code may ask for."""

from __future__ import annotations

from datetime import datetime

from attrs import frozen

EVENTS_BEFORE_NEW_RUN = 10_000
"""Length of a history, in events, from which servers recommend to continue as new."""


@frozen
class WorkflowInfo:
    """Facts of the run that is executed. All of them come from its history, so a replay sees the same.

    Attributes:
        workflow_id: Id of the workflow.
        run_id: Id of this run of it.
        task_queue: The queue on which it runs.
        workflow_type: Its type key.
        attempt: Which try of a child workflow with a retry policy this is, from 1.
        started_at: When the run started, UTC; None as long as history does not tell.
        parent_workflow_id: Id of the workflow that started this one as its child, if one did.
        parent_run_id: Id of that workflow's run.
        continued_from_run_id: Id of the run that went on as this one, if one did.
        history_length: Events of the run so far: the number of the newest event that the code has seen.
    """

    workflow_id: str
    run_id: str
    task_queue: str
    workflow_type: str = ""
    attempt: int = 1
    started_at: datetime | None = None
    parent_workflow_id: str | None = None
    parent_run_id: str | None = None
    continued_from_run_id: str | None = None
    history_length: int = 0

    @property
    def continue_as_new_suggested(self) -> bool:
        """Whether the history is so long that the workflow should continue as new at its next good moment."""
        return self.history_length >= EVENTS_BEFORE_NEW_RUN
