"""Replaying a class against a written history."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from durable_workflow import workflow
from durable_workflow.replay import TaskInput, TaskOutcome, replay_task

Replay = Callable[..., TaskOutcome]


@pytest.fixture
def replay() -> Replay:
    def run(cls: type, events: Sequence[Any] = (), *arguments: Any, **facts: Any) -> TaskOutcome:
        return replay_task(
            TaskInput(
                definition=workflow.definition_of(cls),
                **{"workflow_id": "w", "run_id": "r", "task_queue": "q", **facts},
                arguments=list(arguments),
                history=list(events),
            )
        )

    return run
