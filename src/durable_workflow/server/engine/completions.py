"""completeWorkflowTask: all commands are recorded in one transaction, or none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from durable_workflow.server._calls import Call, Refusal, Reply
from durable_workflow.server.engine import (
    budgets,
    limits,
    next_tasks,
    open_updates,
    stickiness,
    wakeups,
)
from durable_workflow.server.engine.commands import KINDS
from durable_workflow.server.engine.commands.fields import check_early, check_late
from durable_workflow.server.engine.commands.kinds import Completion, Kind, Problems
from durable_workflow.server.engine.commands.updates import refuse_answers
from durable_workflow.server.engine.commands.waits import satisfy_latest_wait
from durable_workflow.server.engine.refusals import from_json, invalid, worker_refusal
from durable_workflow.server.engine.snapshots import workflow_task_note
from durable_workflow.server.engine.task_guard import guarded
from durable_workflow.server.store import Transaction, workflow_tasks
from durable_workflow.server.store.runs import Run
from durable_workflow.server.store.workflow_tasks import WorkflowTask

__all__ = ["complete_task"]

Commands = Sequence[Mapping[str, Any]]


def complete_task(tx: Transaction, call: Call) -> Reply:
    """Record what a workflow wants next; an empty list says that there was nothing to do."""
    commands: Commands = call.body["commands"]
    problems = Problems()
    check_early(commands, problems)
    _raise(problems)
    task, run = guarded(tx, call)
    _check(commands, problems)
    _refuse(tx, call, task, run, commands)
    _raise_excess(call, limits.batch_excess(tx, run, commands))
    first_event = run.last_sequence + 1
    completion = Completion(tx, run, task, workflow_task_note(task))
    _apply(completion, commands)
    _raise_excess(call, limits.run_excess(tx, run, first_event))
    _finish(completion)
    body = _shape(call) | {
        "recorded": True,
        "run_id": run.run_id,
        "run_status": run.status,
        "created_task_ids": completion.created,
        **next_tasks.next_activity_task(tx, call, completion.created),
    }
    return Reply(200, body)


def _shape(call: Call) -> dict[str, Any]:
    return {
        "task_id": call.path["taskId"],
        "workflow_task_attempt": call.body["workflow_task_attempt"],
        "outcome": "completed",
        "recorded": False,
        "run_id": None,
        "run_status": None,
        "created_task_ids": [],
        "reason": None,
    }


def _raise(problems: Problems) -> None:
    if problems.found:
        raise invalid(problems.found)


def _check(commands: Commands, problems: Problems) -> None:
    for problems.index, command in enumerate(commands):
        kind = KINDS.get(command["type"])
        if kind is None:
            problems.add("type", f"The command {command['type']!r:.80} is not supported by this server.")
        else:
            check_late(command, problems)
            kind.check(command, problems)
    _raise(problems)


def _kinds(commands: Commands) -> Iterator[tuple[Kind, Mapping[str, Any]]]:
    return ((KINDS[command["type"]], command) for command in commands)


def _refuse(tx: Transaction, call: Call, task: WorkflowTask, run: Run, commands: Commands) -> None:
    terminals = [kind.name for kind, _ in _kinds(commands) if kind.terminal]
    if len(terminals) > 1:
        raise _invalid_commands(
            call, f"Only one command may close the run, not {', '.join(terminals)}.", None
        )
    for kind, command in _kinds(commands):
        text = kind.refuse(command) or kind.forbid(run)
        if text is not None:
            raise _invalid_commands(call, text, None)
    text = refuse_answers(tx, run, task, commands)
    if text is not None:
        raise _invalid_commands(call, text, run)


def _invalid_commands(call: Call, text: str, run: Run | None) -> Refusal:
    members = _shape(call) | {"reason": "invalid_commands"}
    if run is not None:
        members |= {"run_id": run.run_id, "run_status": run.status}
    reason = members.pop("reason")
    return worker_refusal(409, reason, text, **members)


def _raise_excess(call: Call, excess: limits.Excess | None) -> None:
    if excess is not None:
        members = {name: _shape(call)[name] for name in ("task_id", "workflow_task_attempt")}
        raise worker_refusal(
            422, limits.REASON, excess.message, **members, outcome="rejected", **excess.members()
        )


def _apply(completion: Completion, commands: Commands) -> None:
    context = from_json(completion.task.context)
    opens_wait = any(command["type"] == "open_condition_wait" for command in commands)
    by_signal = context.get("resume_source_kind") == "workflow_signal"
    # An empty completion found nothing to go on with, so no condition has become true.
    if commands and by_signal and not opens_wait:
        satisfy_latest_wait(completion, context)
    # The terminal command comes last, whatever its place in the list; the sort keeps the others in order.
    ordered = sorted(_kinds(commands), key=lambda pair: pair[0].terminal)
    first_step = completion.run.last_sequence + 1
    for step, (kind, command) in enumerate(ordered, start=first_step):
        kind.apply(completion, command, step)


def _finish(completion: Completion) -> None:
    tx, run = completion.tx, completion.run
    workflow_tasks.change_task(tx, completion.task.task_id, status="completed", lease_expires_at=None)
    run.task_failures = 0
    budgets.settle_signals(tx, run, completion.task)
    if run.is_open:
        run.status = "waiting"
        stickiness.remember(tx, run, completion.task)
        wakeups.promote(tx, run)
        open_updates.follow_up(tx, run, completion.task)
