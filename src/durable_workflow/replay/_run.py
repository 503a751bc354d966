"""One run of a workflow: its code, its history, and what the one still waits for in the other."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from durable_workflow.codec import Framing
from durable_workflow.converters import arguments_for
from durable_workflow.errors import PayloadEncodeError, WorkflowCancelled
from durable_workflow.replay._branches import Branch, is_code
from durable_workflow.replay._cancellation import ScopesOfRun
from durable_workflow.replay._clock import RunClock
from durable_workflow.replay._events import Event
from durable_workflow.replay._facts import with_facts
from durable_workflow.replay._guard import GuardMode
from durable_workflow.replay._history import Delivery, History
from durable_workflow.replay._mailbox import Mailbox, StateLost
from durable_workflow.replay._mismatch import beyond_the_end, check_ending, left_over, other_step
from durable_workflow.replay._outbox import Issued, Outbox, ending_of, with_place
from durable_workflow.replay._pending import Operation
from durable_workflow.replay._queries import asked
from durable_workflow.replay._scheduler import Scheduler
from durable_workflow.replay._steps import Step
from durable_workflow.replay.kinds import Kind, kind_of
from durable_workflow.workflow import (
    CancelWorkflow,
    Command,
    ContinueAsNew,
    FailUpdate,
    FailWorkflow,
    WorkflowContext,
    WorkflowDefinition,
    WorkflowInfo,
)


class WorkflowRun:
    """The state of a run between tasks.

    Feed it events, take the commands. What the code sees depends only on the order of the delivered events,
    never on how they were cut into tasks: each one is delivered alone, and all code then runs as far as it
    can. So a replay asks for the same steps in the same order as the first execution did.

    Args:
        definition: The workflow's definition.
        info: Facts of the run.
        arguments: Decoded start arguments.
        payload_codec: Codec of the run's payloads.
        framing: Layout of the payloads that are written.
        read_only: Whether the run is only made to be asked: updates that history leaves open are not applied,
            and the workflow's logger is silent.
        guard: What to do about code that no replay can repeat.
    """

    def __init__(
        self,
        definition: WorkflowDefinition,
        info: WorkflowInfo,
        arguments: Sequence[Any],
        *,
        payload_codec: str,
        framing: Framing = "wrapper",
        read_only: bool = False,
        guard: GuardMode = "warn",
    ) -> None:
        self._guard: GuardMode = guard
        self.payload_codec = payload_codec
        self._read_only = read_only
        self._definition = definition
        self._info = info
        self._arguments = arguments
        self._framing: Framing = framing
        self._mailbox = Mailbox(definition, payload_codec)
        self._fed: list[Mapping[str, Any]] = []
        self._begin()

    def _begin(self) -> None:
        self.failure: BaseException | None = None
        self._history = History()
        self._clock = RunClock()
        self._seen = 0
        self._instance: Any = None
        self._ending: Command | None = None
        self._closed = False
        self._scheduler = Scheduler(self, self._ask, guard=self._guard, workflow_type=self._definition.name)
        self.scopes = ScopesOfRun(lambda: self._scheduler.running)
        self._main: Branch | None = None
        self._started = False
        self._unbound: deque[Operation] = deque()
        self._outbox = Outbox(self._info.task_queue, self.payload_codec, self._framing)

    def __enter__(self) -> WorkflowRun:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.close()

    @property
    def now(self) -> datetime:
        """Time of the newest event that the code has seen, UTC."""
        return self._clock.now(self._history.started_at)

    @property
    def seen(self) -> int:
        """Number of the newest event that the code has seen."""
        started = self._history.started
        return self._seen or (started.sequence if started else 0)

    @property
    def replaying(self) -> bool:
        """Whether the code repeats what history already holds."""
        history = self._history
        return self._read_only or self._closed or history.over or history.steps.next() is not None

    @property
    def finished(self) -> bool:
        """Whether the workflow has ended."""
        return self._ending is not None

    def feed(self, raw_events: Iterable[Mapping[str, Any]]) -> None:
        """Deliver new events to the code, and run it as far as it can go.

        Args:
            raw_events: Events as they came; those known already are left out.

        Raises:
            NonDeterministicReplayError: If the code does not ask for what history holds.
            PayloadDecodeError: If a payload cannot be decoded.
            DurableWorkflowError: If a message cannot be applied.
        """
        events: Iterable[Mapping[str, Any]] = self._kept(raw_events)
        while True:
            try:
                return self._advance(events)
            except StateLost:
                events = self._begin_again()

    def _kept(self, raw_events: Iterable[Mapping[str, Any]]) -> Iterable[Mapping[str, Any]]:
        if not self._definition.updates:
            return raw_events
        events = list(raw_events)
        self._fed.extend(events)
        return events

    def _begin_again(self) -> Iterable[Mapping[str, Any]]:
        """Forget everything but the events, which are to be delivered again."""
        self._scheduler.close()
        self._mailbox.begin_again()
        self._begin()
        return self._fed

    def _advance(self, raw_events: Iterable[Mapping[str, Any]]) -> None:
        deliveries = self._history.add(raw_events)
        self._mailbox.compare(self._history.updates)
        with self._scheduler.entered():
            self._bind_unbound()
            if not self._started:
                self._start()
            for delivery in deliveries:
                if self.finished:
                    break
                self._deliver(delivery)
            self._check_end()

    def take_commands(self, *, only_update: str | None = None) -> list[Issued]:
        """Give the commands that the code asked for since the last call, in order.

        Args:
            only_update: Id of the one update that the server lets this task answer; answers to others are
                kept for the next call. None if it may answer all.
        """
        return self._outbox.take(only_update=only_update, answered=self._history.updates.endings)

    def query(self, name: str, arguments: Sequence[Any] = ()) -> Any:
        """Ask the workflow as it stands after the events that it was fed.

        Nothing is asked for by this, and nothing recorded. The value may be part of the workflow's state:
        encode it before anything else happens to the run.

        Args:
            name: Name of the query.
            arguments: Decoded arguments.

        Raises:
            QueryFailed: If there is no such query, its arguments do not fit, or its method raised; the
                reason code says which.
        """
        return asked(self._instance, self._definition, name, arguments)

    def reopen_wait(self) -> None:
        """Open the newest unfulfilled wait again, unless the commands open one anyway.

        A server takes a task that a signal caused and that opens no wait for the news that the open wait was
        satisfied.
        """
        if self.finished or self._outbox.opens_wait:
            return
        newest = self._scheduler.newest_open_wait()
        if newest is not None:
            self._outbox.add(newest.command)

    def check_ending(self) -> None:
        """Raise `NonDeterministicReplayError` if a closed run does not end as its history says."""
        check_ending(self._history.closing, self._ending, self.failure, self._definition.name)

    def close(self) -> None:
        """Drop the code and everything that waits."""
        self._closed = True
        self._scheduler.close()

    # What the kinds of steps ask for.

    def take(self, operation: Operation) -> Step | None:
        """Find the operation's step in history; None if history does not hold it yet."""
        kind, steps = kind_of(operation.command), self._history.steps
        while (step := steps.head()) is not None:
            if step.kind is kind and steps.fits(step, operation.command):
                steps.bind(step, operation)
                return step
            if steps.skip_agreed(step):
                continue
            repeated = steps.repeated_by(step)
            if repeated is None:
                raise other_step(
                    step, self._words(operation.command), self._scheduler.where(), self._definition.name
                )
            steps.bind(step, repeated)
        return None

    def issue(self, operation: Operation) -> Mapping[str, Any] | None:
        """Add the operation's command to the task's answer; None if that ends the workflow instead."""
        command, closing = operation.command, self._history.closing
        if closing is not None:
            raise beyond_the_end(closing, self._words(command), self._scheduler.where(), self.workflow_type)
        try:
            wire = self._outbox.add(command)
        except PayloadEncodeError as error:
            self.give_up(with_place(error, f"the arguments of {self._words(command)}"))
            return None
        self._unbound.append(operation)
        return wire

    def give_up(self, failure: BaseException) -> None:
        """End the workflow with a failure that its code cannot catch."""
        self.failure = failure
        self._end(FailWorkflow.from_exception(failure))

    def watch_condition(self, operation: Operation) -> None:
        """Evaluate the operation's predicate from now on whenever state may have changed."""
        self._scheduler.watch_condition(operation)

    @property
    def workflow_type(self) -> str:
        """Type of the workflow."""
        return self._definition.name

    @property
    def closed(self) -> bool:
        """Whether history holds the end of the run already."""
        return self._history.over

    @property
    def decided_versions(self) -> dict[str, int]:
        """The version that the run uses, by change id, of all changes that the code has asked for."""
        return self._history.steps.decided_versions

    def next_step(self) -> Step | None:
        """Give the first step of history that the code has not asked for yet."""
        return self._history.steps.next_new()

    def holds(self, kind: Kind, command: Command) -> bool:
        """Tell whether history holds, anywhere further on, the step that a command asks for."""
        return self._history.steps.holds(kind, command)

    def where(self) -> str:
        """Give the place of the code that runs now."""
        return self._scheduler.where()

    # Code.

    def _start(self) -> None:
        self._started = True
        cls: Any = self._definition.cls
        # Outside of what fails the workflow: with other annotations it can still run.
        whose = f"workflow {self._definition.name!r}"
        arguments = arguments_for(cls.run, self._arguments, skip=2, context=whose)
        try:
            with self._scheduler.watched():
                self._instance = cls()
                info = with_facts(self._info, self._history.started)
                result = self._instance.run(WorkflowContext(info, self), *arguments)
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException as error:
            self.give_up(error)
            return
        if is_code(result):
            self._main = self._scheduler.spawn(result)
            self._scheduler.run(self._main)
            self._settle()
        else:
            self._end(ending_of(result))

    def _ask(self, operation: Operation) -> None:
        kind = kind_of(operation.command)
        if kind is not None:
            kind.start(self, operation)
        else:
            self._end(operation.command)

    def _settle(self) -> None:
        """Run all code as far as it can go without another event."""
        while not self.finished:
            if self._main is not None and self._main.done:
                self._end_with_main(self._main)
            elif not self._scheduler.advance():
                return

    # History.

    def _bind_unbound(self) -> None:
        """Find the commands of earlier tasks in the events that came since."""
        while self._unbound and self.take(self._unbound[0]) is not None:
            self._unbound.popleft()

    def _deliver(self, delivery: Delivery) -> None:
        event = delivery.event
        self._history.steps.skip_repeats(before=event.sequence)
        if delivery.step is not None and not self._is_awaited(delivery):
            return
        self._clock.advance(event)
        self._seen = event.sequence
        if delivery.step is None:
            self._receive(event)
        elif delivery.step.operation is not None:
            delivery.step.kind.result(event, self.payload_codec).settle(delivery.step.operation)
        self._settle()

    def _receive(self, event: Event) -> None:
        if event.type == "CancelRequested":
            self.scopes.request(event, self._main, self._info)
            return
        if self._read_only and self._history.updates.is_open(event):
            return
        with self._scheduler.watched():
            answer = self._mailbox.deliver(event, self._instance, self._history.updates)
        if answer is None:
            return
        try:
            self._outbox.add(answer)
        except PayloadEncodeError as error:
            placed = with_place(error, "the result of the update")
            self._mailbox.fail(FailUpdate.from_exception(answer.update_id, placed))
            raise StateLost from error

    def _is_awaited(self, delivery: Delivery) -> bool:
        """Note the end of a step; only the first one counts, and only if the code still waits."""
        step = delivery.step
        if step is None or step.ended is not None:
            return False
        step.ended = delivery.event
        return step.operation is not None and not step.operation.done

    def _check_end(self) -> None:
        steps, closing = self._history.steps, self._history.closing
        if self.finished:
            steps.skip_repeats()
            if (step := steps.next()) is not None:
                raise left_over(step, self._definition.name)
        elif closing is not None:
            waits = self._scheduler.where_it_waits()
            raise beyond_the_end(closing, "something more", waits, self.workflow_type)

    # The end.

    def _end_with_main(self, main: Branch) -> None:
        if self.scopes.cancel_requested and isinstance(main.failure, WorkflowCancelled):
            self._end(CancelWorkflow())
        elif main.failure is not None:
            self.give_up(main.failure)
        else:
            self._end(ending_of(main.value))

    def _end(self, command: Command) -> None:
        if self.finished:
            return
        try:
            self._outbox.add(command)
        except PayloadEncodeError as error:
            continues = isinstance(command, ContinueAsNew)
            self.give_up(with_place(error, "the next run's input" if continues else "the workflow's result"))
            return
        self._ending = command

    def _words(self, command: Command) -> str:
        kind = kind_of(command)
        return kind.of_command(command) if kind else command.type
