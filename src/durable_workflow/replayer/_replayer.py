"""The public replayer."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from attrs import evolve, frozen

from durable_workflow.errors import DurableWorkflowError, UnknownWorkflowType
from durable_workflow.payloads import PayloadGate, PayloadSettings
from durable_workflow.replay import TaskInput, new_run
from durable_workflow.replayer._histories import Document, RecordedRun, read_history, read_history_file
from durable_workflow.workflow import Command, WorkflowDefinition, definition_of

if TYPE_CHECKING:
    from durable_workflow.client import Client

History: TypeAlias = RecordedRun | Document


@frozen(kw_only=True)
class ReplayReport:
    """What came of one replay.

    Attributes:
        run: The recorded run.
        commands: What the code asks for after its history, in order.
        finished: Whether the code ends.
        failure: The error with which the workflow itself ends, if it fails.
        problem: Why the code does not fit, if it does not.
    """

    run: RecordedRun
    commands: Sequence[Command] = ()
    finished: bool = False
    failure: BaseException | None = None
    problem: Exception | None = None

    @property
    def fits(self) -> bool:
        """Whether the code repeats its history."""
        return self.problem is None


class Replayer:
    """Runs recorded histories with today's code and tells whether the two fit.

    It is stricter than a worker: clocks, chance and input or output in workflow code are errors, and so is
    a closed run that the code would end in another way.

    Args:
        workflows: The workflow classes; each history finds its own by its type.
        payloads: What opens the payloads of the histories, if codecs or an external storage hold them; for
            runs of a server the settings of the client do, too.
    """

    def __init__(self, workflows: Iterable[type], *, payloads: PayloadSettings | None = None) -> None:
        self._gate = None if payloads is None else PayloadGate(payloads)
        definitions = [definition_of(cls) for cls in workflows]
        self._definitions = {definition.name: definition for definition in definitions}

    @property
    def workflow_types(self) -> tuple[str, ...]:
        """The types whose histories can be replayed."""
        return tuple(self._definitions)

    def replay(self, history: History, *, start_input: Sequence[Any] | None = None) -> ReplayReport:
        """Replay one history.

        Args:
            history: What `read_history` reads, or what it returned.
            start_input: Decoded start arguments, if the history does not hold them.

        Raises:
            NonDeterministicReplayError: If the code does not ask for what the history holds.
            NonDeterministicCode: If the code does what no replay can repeat.
            HistoryNotUnderstood: If the history is none.
            UnknownWorkflowType: If no class was given for its type.
            DurableWorkflowError: If the code cannot go on for another reason.
        """
        recorded = self._opened(history if isinstance(history, RecordedRun) else read_history(history))
        definition = self._definition(recorded)
        arguments = recorded.start_input() if start_input is None else list(start_input)
        return _replay(recorded, definition, arguments)

    def check(self, history: History, *, start_input: Sequence[Any] | None = None) -> ReplayReport:
        """Replay one history, and put what does not fit into the report instead of raising it.

        Args:
            history: What `read_history` reads, or what it returned.
            start_input: Decoded start arguments, if the history does not hold them.

        Raises:
            HistoryNotUnderstood: If the history is none.
        """
        recorded = history if isinstance(history, RecordedRun) else read_history(history)
        try:
            return self.replay(recorded, start_input=start_input)
        except DurableWorkflowError as problem:
            return ReplayReport(run=recorded, problem=problem)

    def replay_file(self, path: str | Path, *, start_input: Sequence[Any] | None = None) -> ReplayReport:
        """Replay the history in a JSON file; see `replay`.

        Args:
            path: The file: an export bundle, a history or a list of events.
            start_input: Decoded start arguments, if the file does not hold them.

        Raises:
            OSError: If the file cannot be read.
            DurableWorkflowError: As `replay` does.
        """
        return self.replay(read_history_file(path), start_input=start_input)

    async def replay_workflow(
        self, client: Client, workflow_id: str, run_id: str | None = None
    ) -> ReplayReport:
        """Replay a run of a running server; see `replay`.

        Args:
            client: Connected to the server.
            workflow_id: Id of the workflow.
            run_id: The run; the newest by default.

        Raises:
            WorkflowNotFound: There is no such run.
            CallError: A call did not end well.
            DurableWorkflowError: As `replay` does.
        """
        return self.replay(await self._exported(client, workflow_id, run_id))

    async def check_workflows(
        self, client: Client, *, query: str | None = None, limit: int = 100
    ) -> AsyncIterator[ReplayReport]:
        """Check the newest runs of a server whose types are known here, one after the other.

        Args:
            client: Connected to the server.
            query: Which workflows, as `list_workflows` takes it; all by default.
            limit: At most so many runs.

        Yields:
            One report for each run.

        Raises:
            CallError: A call did not end well.
        """
        checked = 0
        for name in self._definitions:
            async for execution in client.iter_workflows(workflow_type=name, query=query):
                if checked >= limit:
                    return
                checked += 1
                yield self.check(await self._exported(client, execution.workflow_id, execution.run_id))

    async def _exported(self, client: Client, workflow_id: str, run_id: str | None) -> RecordedRun:
        if run_id is None:
            run_id = (await client.describe_workflow(workflow_id)).run_id
        # Answers come opened, but for bundles, whose checksum must hold.
        bundle = PayloadGate(client.payloads).open_all(await client.export_history(workflow_id, str(run_id)))
        return read_history(bundle, source=f"workflow {workflow_id} (run {run_id})")

    def _opened(self, recorded: RecordedRun) -> RecordedRun:
        if self._gate is None:
            return recorded
        events, arguments = self._gate.open_all([list(recorded.events), recorded.arguments])
        return evolve(recorded, events=events, arguments=arguments)

    def _definition(self, recorded: RecordedRun) -> WorkflowDefinition:
        if recorded.workflow_type is None and len(self._definitions) == 1:
            return next(iter(self._definitions.values()))
        definition = self._definitions.get(str(recorded.workflow_type))
        if definition is None:
            known = ", ".join(sorted(self._definitions)) or "none"
            raise UnknownWorkflowType(
                f"{recorded.source} is a run of workflow type {recorded.workflow_type!r}, but classes were "
                f"given for: {known}. Give its class, too."
            )
        return definition


def _replay(recorded: RecordedRun, definition: WorkflowDefinition, arguments: list[Any]) -> ReplayReport:
    task = TaskInput(
        definition=definition,
        workflow_id=recorded.workflow_id,
        run_id=recorded.run_id,
        arguments=arguments,
        history=recorded.events,
        payload_codec=recorded.payload_codec,
        task_queue=recorded.task_queue,
        guard="raise",
    )
    with new_run(task) as run:
        run.feed(recorded.events)
        run.check_ending()
        commands = [issued.command for issued in run.take_commands()]
        return ReplayReport(run=recorded, commands=commands, finished=run.finished, failure=run.failure)
