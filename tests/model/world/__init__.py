"""The model: the documented semantics in plain Python, as small and as slow as they may be.

It is written from the protocol documents and the compatibility table, never from the engine. Where the
documents leave something open it allows every outcome that they do not exclude.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from model.matching import Call, Expected, Seen
from model.world import (
    activities,
    cancellations,
    commands,
    dues,
    leases,
    messages,
    starts,
    updates,
    upkeep,
    views,
    workers,
    workflow_tasks,
)
from model.world.state import Run, State

__all__ = ["RULES", "Run", "State", "activities", "answer", "dues", "leased_ids", "views", "workflow_tasks"]

Rule = Callable[[State, Call, Seen], Expected]

RULES: Mapping[str, Rule] = {
    "archiveWorkflow": upkeep.archive,
    "cancelWorkflow": cancellations.cancel,
    "cancelWorkflowRun": cancellations.cancel,
    "deregisterWorker": leases.deregister,
    "completeActivityTask": activities.complete,
    "completeWorkflowTask": commands.complete,
    "failActivityTask": activities.fail,
    "failWorkflowTask": workflow_tasks.fail,
    "heartbeatActivityTask": activities.heartbeat,
    "heartbeatWorker": workers.beat,
    "heartbeatWorkflowTask": workflow_tasks.heartbeat,
    "pollActivityTask": activities.poll,
    "pollWorkflowTask": workflow_tasks.poll,
    "registerWorker": workers.register,
    "renewActivityTaskLease": activities.heartbeat,
    "repairWorkflow": upkeep.repair,
    "signalWorkflow": messages.signal,
    "signalWorkflowRun": messages.signal,
    "startWorkflow": starts.start,
    "updateWorkflow": updates.update,
    "updateWorkflowRun": updates.update,
    "terminateWorkflow": messages.terminate,
    "terminateWorkflowRun": messages.terminate,
}


def answer(state: State, call: Call, seen: Seen) -> list[str]:
    """Let the model do what was asked of the server, and return where its answer differs."""
    return RULES[call.operation](state, call, seen).against(seen)


def leased_ids(state: State) -> set[str | None]:
    """Return the ids of the tasks that are with a worker."""
    found = {task.name.value for task in state.workflow_tasks if task.state == "leased"}
    return found | {one.task.value for one in state.activities if one.state == "running"}


def update_ids(state: State, run_id: str) -> list[str]:
    """Return the ids of updates: the open ones of a run rather than others."""
    mine = [one for run in state.runs if run.name.value == run_id for one in updates.open_updates(run)]
    others = [one for run in state.runs for one in run.updates][:2]
    return [str(one.name.value) for one in mine * 3 + others]
