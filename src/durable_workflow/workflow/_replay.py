"""The documented door to the replay driver."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from attrs import frozen

from durable_workflow.codec import AVRO_CODEC
from durable_workflow.workflow._command import Command
from durable_workflow.workflow._definitions import definition_of


@frozen
class ReplayOutcome:
    """What a workflow asks for after its history.

    Attributes:
        commands: The new commands, in order.
        finished: Whether the workflow ends with them.
        failure: The error with which it ends, if it fails.
    """

    commands: list[Command]
    finished: bool = False
    failure: BaseException | None = None


def replay(
    workflow_cls: type,
    history_events: Sequence[Mapping[str, Any]],
    start_input: Any,
    *,
    run_id: str = "",
    payload_codec: str | None = None,
) -> ReplayOutcome:
    """Run workflow code against a history and give the commands that it asks for next.

    Args:
        workflow_cls: The workflow class.
        history_events: All events of the run so far; their order does not matter.
        start_input: Decoded start arguments: the list of them. None means none.
        run_id: Id of the run; seeds random numbers and UUIDs.
        payload_codec: Codec of the run's payloads; `"avro"` by default.

    Raises:
        NonDeterministicReplayError: If the code does not ask for what the history holds.
        PayloadDecodeError: If a payload in the history cannot be decoded.
        DefinitionError: If the class is no workflow, or its code awaits something that is no command.
    """
    # The driver imports this package: only a late import keeps the two apart.
    from durable_workflow.replay import TaskInput, new_run

    arguments = list(start_input) if isinstance(start_input, list | tuple) else [start_input]
    task = TaskInput(
        definition=definition_of(workflow_cls),
        workflow_id="",
        run_id=run_id,
        arguments=[] if start_input is None else arguments,
        history=history_events,
        payload_codec=payload_codec or AVRO_CODEC,
        task_queue="",
    )
    with new_run(task) as run:
        run.feed(history_events)
        commands = [issued.command for issued in run.take_commands()]
        return ReplayOutcome(commands, run.finished, run.failure)
