"""The deterministic driver: workflow code and a history in, commands out. No IO, no clock, no threads."""

from __future__ import annotations

from durable_workflow.replay._guard import GuardMode
from durable_workflow.replay._outbox import Issued
from durable_workflow.replay._run import WorkflowRun
from durable_workflow.replay._task import TaskInput, TaskOutcome, advance, new_run, replay_task

__all__ = [
    "GuardMode",
    "Issued",
    "TaskInput",
    "TaskOutcome",
    "WorkflowRun",
    "advance",
    "new_run",
    "replay_task",
]
