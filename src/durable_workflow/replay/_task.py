"""One workflow task: a history in, commands out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from attrs import frozen

from durable_workflow.codec import AVRO_CODEC, Framing
from durable_workflow.replay._guard import GuardMode
from durable_workflow.replay._run import WorkflowRun
from durable_workflow.workflow import WorkflowDefinition, WorkflowInfo


@frozen(kw_only=True)
class TaskInput:
    """What a worker knows of a workflow task.

    Attributes:
        definition: Definition of the workflow.
        workflow_id: Id of the workflow.
        run_id: Id of the run; seeds its random numbers.
        arguments: Decoded start arguments.
        history: All events of the run so far.
        payload_codec: Codec of the run's payloads.
        task_queue: The run's queue.
        resume_source_kind: Why the task exists, as the server says.
        framing: Layout of the payloads that are written; that of the run.
        guard: What to do about code that no replay can repeat.
        only_update: Id of the one update that the server lets this task answer; None if it may answer all.
        read_only: Whether the run is only made to be asked.
    """

    definition: WorkflowDefinition
    workflow_id: str
    run_id: str
    arguments: list[Any]
    history: Sequence[Mapping[str, Any]]
    payload_codec: str = AVRO_CODEC
    task_queue: str
    resume_source_kind: str | None = None
    framing: Framing = "wrapper"
    guard: GuardMode = "warn"
    only_update: str | None = None
    read_only: bool = False


@frozen(kw_only=True)
class TaskOutcome:
    """What the worker answers.

    Attributes:
        commands: The commands of the completion, encoded; empty when there is nothing new to do.
        finished: Whether they end the workflow.
        failure: The workflow's own failure, for logs; it is in the commands already.
    """

    commands: tuple[Mapping[str, Any], ...]
    finished: bool
    failure: BaseException | None = None


def replay_task(task: TaskInput) -> TaskOutcome:
    """Run the workflow's code against its history and give the commands that follow.

    Args:
        task: The task.

    Raises:
        NonDeterministicReplayError: If the code does not ask for what the history holds.
        PayloadDecodeError: If a payload in the history cannot be decoded.
        DurableWorkflowError: If the code cannot go on for another reason. All of these fail the task, never
            the workflow: with other code, or another worker, it can go on.
    """
    with new_run(task) as run:
        return advance(
            run, task.history, resume_source_kind=task.resume_source_kind, only_update=task.only_update
        )


def advance(
    run: WorkflowRun,
    events: Iterable[Mapping[str, Any]],
    *,
    resume_source_kind: str | None = None,
    only_update: str | None = None,
) -> TaskOutcome:
    """Give a run the events of a task and take the commands that follow.

    The run may be new, and the events its whole history; or it may be live since an earlier task, and the
    events those that came since. The commands are the same.

    Args:
        run: The run.
        events: Events that the run has not seen; those that it has are left out.
        resume_source_kind: Why the task exists, as the server says.
        only_update: Id of the one update that the server lets this task answer; None if it may answer all.

    Raises:
        NonDeterministicReplayError: If the code does not ask for what the history holds.
        PayloadDecodeError: If a payload in the history cannot be decoded.
        DurableWorkflowError: If the code cannot go on for another reason. After any of these the run is of
            no use any more: replay its history with a new one.
    """
    run.feed(events)
    if resume_source_kind == "workflow_signal":
        run.reopen_wait()
    commands = tuple(issued.wire for issued in run.take_commands(only_update=only_update))
    return TaskOutcome(commands=commands, finished=run.finished, failure=run.failure)


def new_run(task: TaskInput) -> WorkflowRun:
    """Make the run of a task, with none of its events delivered yet.

    Keep it live and `advance` it task by task, or close it.

    Args:
        task: The task.
    """
    info = WorkflowInfo(
        workflow_id=task.workflow_id,
        run_id=task.run_id,
        task_queue=task.task_queue,
        workflow_type=task.definition.name,
    )
    return WorkflowRun(
        task.definition,
        info,
        task.arguments,
        payload_codec=task.payload_codec or AVRO_CODEC,
        framing=task.framing,
        read_only=task.read_only,
        guard=task.guard,
    )
