"""Making runs from tasks: what a server says of a run, as replay needs it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from durable_workflow.codec import AVRO_CODEC, Framing, decode_envelope, framing_of
from durable_workflow.errors import PayloadDecodeError
from durable_workflow.replay import GuardMode, TaskInput, WorkflowRun, new_run
from durable_workflow.workflow import WorkflowDefinition

__all__ = ["as_arguments", "codec_of", "framing_of_run", "run_of_task"]


def run_of_task(
    definition: WorkflowDefinition,
    task: Mapping[str, Any],
    *,
    arguments: Any,
    events: Sequence[Mapping[str, Any]],
    read_only: bool = False,
    guard: GuardMode = "warn",
) -> WorkflowRun:
    """Return the run of a task, with none of its events delivered.

    Args:
        definition: the workflow's definition.
        task: the workflow task or query task.
        arguments: the run's start arguments, encoded.
        events: the run's history.
        read_only: whether the run is only made to be asked.
        guard: what to do about code that no replay can repeat.

    Raises:
        PayloadDecodeError: the arguments cannot be decoded.
    """
    codec = codec_of(task)
    return new_run(
        TaskInput(
            definition=definition,
            workflow_id=task["workflow_id"],
            run_id=task["run_id"],
            arguments=as_arguments(decode_envelope(arguments, codec)),
            history=events,
            payload_codec=codec,
            task_queue=task.get("task_queue") or "",
            framing=framing_of_run(arguments),
            read_only=read_only,
            guard=guard,
        )
    )


def codec_of(task: Mapping[str, Any]) -> str:
    """Return the codec of a task's run."""
    return task.get("payload_codec") or AVRO_CODEC


def as_arguments(decoded: Any) -> list[Any]:
    """Return decoded arguments as the list of positional arguments.

    Args:
        decoded: the list; any other value is the only argument, and None means none.
    """
    if decoded is None:
        return []
    return decoded if isinstance(decoded, list) else [decoded]


def framing_of_run(arguments: Any) -> Framing:
    """Return the framing in which a run's payloads are written: that of its start arguments.

    Args:
        arguments: the arguments, encoded.
    """
    blob = arguments.get("blob") if isinstance(arguments, Mapping) else arguments
    try:
        return framing_of(blob) if isinstance(blob, str) else "wrapper"
    except PayloadDecodeError:
        return "wrapper"
