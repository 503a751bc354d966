"""The documented door to the replay driver."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from attrs import frozen

from durable_workflow.codec import AVRO_CODEC
from durable_workflow.workflow._command import Command
from durable_workflow.workflow._definitions import definition_of
from durable_workflow.workflow._updates import CompleteUpdate, FailUpdate

if TYPE_CHECKING:
    from durable_workflow.replay import WorkflowRun


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
    with _run(workflow_cls, start_input, run_id, payload_codec) as run:
        run.feed(history_events)
        commands = [issued.command for issued in run.take_commands()]
        return ReplayOutcome(commands, run.finished, run.failure)


def query_state(
    workflow_cls: type,
    history_events: Sequence[Mapping[str, Any]],
    start_input: Any,
    query_name: str,
    args: Sequence[Any] | None = None,
    *,
    run_id: str = "",
    payload_codec: str | None = None,
) -> Any:
    """Run workflow code against a history and ask it a query.

    Args:
        workflow_cls: The workflow class.
        history_events: All events of the run so far; their order does not matter.
        start_input: Decoded start arguments: the list of them. None means none.
        query_name: Name of the query.
        args: Decoded arguments of the query.
        run_id: Id of the run; seeds random numbers and UUIDs.
        payload_codec: Codec of the run's payloads; `"avro"` by default.

    Raises:
        QueryFailed: If there is no such query, its arguments do not fit, or its method raised.
        NonDeterministicReplayError: If the code does not ask for what the history holds.
        PayloadDecodeError: If a payload in the history cannot be decoded.
    """
    with _run(workflow_cls, start_input, run_id, payload_codec, read_only=True) as run:
        run.feed(history_events)
        return run.query(query_name, args or ())


def apply_update(
    workflow_cls: type,
    history_events: Sequence[Mapping[str, Any]],
    start_input: Any,
    update_id: str,
    *,
    run_id: str = "",
    payload_codec: str | None = None,
) -> CompleteUpdate | FailUpdate:
    """Run workflow code against a history and give its answer to an update that the history leaves open.

    Args:
        workflow_cls: The workflow class.
        history_events: All events of the run so far; their order does not matter.
        start_input: Decoded start arguments: the list of them. None means none.
        update_id: Id of the update.
        run_id: Id of the run; seeds random numbers and UUIDs.
        payload_codec: Codec of the run's payloads; `"avro"` by default.

    Returns:
        The answer; a failure of type `UpdateNotFound` if the history has no such update that is open.

    Raises:
        NonDeterministicReplayError: If the code does not ask for what the history holds.
        PayloadDecodeError: If a payload in the history cannot be decoded.
    """
    with _run(workflow_cls, start_input, run_id, payload_codec) as run:
        run.feed(history_events)
        for issued in run.take_commands():
            command = issued.command
            if isinstance(command, CompleteUpdate | FailUpdate) and command.update_id == update_id:
                return command
    return FailUpdate(update_id, f"history has no open update {update_id!r}", "UpdateNotFound")


def _run(
    workflow_cls: type, start_input: Any, run_id: str, payload_codec: str | None, *, read_only: bool = False
) -> WorkflowRun:
    # The driver imports this package: only a late import keeps the two apart.
    from durable_workflow.replay import TaskInput, new_run

    arguments = list(start_input) if isinstance(start_input, list | tuple) else [start_input]
    return new_run(
        TaskInput(
            definition=definition_of(workflow_cls),
            workflow_id="",
            run_id=run_id,
            arguments=[] if start_input is None else arguments,
            history=(),
            payload_codec=payload_codec or AVRO_CODEC,
            task_queue="",
            read_only=read_only,
        )
    )
