"""Replays one long history again and again, in the environment of whichever package is installed there.

Run as a program: `python replay_driver.py ACTIVITIES ROUNDS [GUARD]`. It prints the CPU seconds of each round
as JSON. Without GUARD it uses nothing but documented names, so that it runs on the published peer, too.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Generator
from typing import Any

from durable_workflow import workflow

# {"ok": true} and [7] in the framing of servers since July 2026, which both packages read.
RESULT = "wwHioz3/VYAiNw4CBG9rAgEA"
ARGUMENTS = "wwHioz3/VYAiNwwCBA4A"


@workflow.defn(name="sequence")
class Sequence:
    """Runs activities one after the other."""

    def run(self, ctx: Any, activities: int) -> Generator[Any, Any, int]:
        """Run them."""
        done = 0
        for _ in range(activities):
            outcome = yield ctx.schedule_activity("echo", [7])
            done += outcome["ok"]
        return done


def history(activities: int) -> list[dict[str, Any]]:
    """Write the history of a run that is about to end, as a server does."""
    events: list[dict[str, Any]] = []

    def add(event_type: str, **payload: Any) -> None:
        number = len(events) + 1
        hour, rest = divmod(number // 10, 3600)
        clock = f"{hour:02d}:{rest // 60:02d}:{rest % 60:02d}.{number % 10}00000Z"
        events.append(
            {
                "id": f"01m81ts2e1jeja7ywd7{number:07d}",
                "sequence": number,
                "event_type": event_type,
                "payload": payload,
                "workflow_task_id": None,
                "workflow_command_id": None,
                "recorded_at": f"2026-11-22T{clock}",
            }
        )

    add("StartAccepted", workflow_type="sequence", outcome="started_new")
    add("WorkflowStarted", workflow_type="sequence", workflow_instance_id="w", workflow_run_id="r")
    for step in range(1, activities + 1):
        common: dict[str, Any] = {
            "sequence": step,
            "activity_execution_id": f"x{step}",
            "activity_type": "echo",
            "activity_class": "echo",
            "activity": {"id": f"x{step}", "type": "echo", "sequence": step, "arguments": ARGUMENTS},
        }
        add("ActivityScheduled", **common)
        add("ActivityStarted", **common, activity_attempt_id=f"a{step}", attempt_number=1)
        add("ActivityCompleted", **common, attempt_number=1, result=RESULT, payload_codec="avro")
    return events


def _replayer(guard: str | None) -> Callable[[list[dict[str, Any]], int], Any]:
    if guard is None:
        return lambda events, activities: workflow.replay(Sequence, events, [activities], run_id="r")
    from durable_workflow.replay import TaskInput, replay_task

    def replay(events: list[dict[str, Any]], activities: int) -> Any:
        task: dict[str, Any] = {"workflow_id": "w", "run_id": "r", "task_queue": "q", "guard": guard}
        definition = workflow.definition_of(Sequence)
        return replay_task(TaskInput(definition=definition, arguments=[activities], history=events, **task))

    return replay


def main() -> None:
    """Measure."""
    activities, rounds = int(sys.argv[1]), int(sys.argv[2])
    replay = _replayer(sys.argv[3] if len(sys.argv) > 3 else None)
    events, seconds = history(activities), []
    for _ in range(rounds):
        begun = time.process_time()
        outcome = replay(events, activities)
        seconds.append(time.process_time() - begun)
        assert len(outcome.commands) == 1, "the history does not fit"
    print(json.dumps(seconds))


if __name__ == "__main__":
    main()
