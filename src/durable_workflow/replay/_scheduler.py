"""Running the code of a workflow: which branch is next, and which wait is over."""

from __future__ import annotations

import functools
from collections import deque
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from contextvars import Context, copy_context
from datetime import datetime
from itertools import count
from typing import Any, Protocol

from durable_workflow.errors import DefinitionError, NonDeterministicCode
from durable_workflow.replay._branches import Branch, Code, is_code
from durable_workflow.replay._guard import Guard, GuardMode
from durable_workflow.replay._loop import WorkflowLoop
from durable_workflow.replay._loop_futures import WorkflowTask
from durable_workflow.replay._loop_waits import (
    Handle,
    TimerHandle,
    adopted,
    call,
    discard,
    enter,
    is_future,
    leave,
    running,
)
from durable_workflow.replay._pending import FirstPending, GroupPending, Operation, Pending
from durable_workflow.replay.kinds import evaluate, kind_of
from durable_workflow.workflow import Begin, Begun, Command, Group, Select, StartTimer


class RunSide(Protocol):
    """What the scheduler needs of the run that it belongs to."""

    @property
    def now(self) -> datetime:
        """The workflow's time."""
        ...

    @property
    def replaying(self) -> bool:
        """Whether the code repeats what history already holds."""
        ...


class Scheduler:
    """All code of one run. Everything runs in an order that follows from the code and its deliveries alone.

    Args:
        side: The run.
        ask: Begins a command that the code asks for.
        guard: What to do about code that no replay can repeat.
        workflow_type: Type of the workflow.
    """

    def __init__(
        self,
        side: RunSide,
        ask: Callable[[Operation], None],
        guard: GuardMode,
        workflow_type: str,
    ) -> None:
        self._side = side
        self._ask = ask
        self._numbers = count(1)
        self._branches: dict[int, Branch] = {}
        self._ready: deque[Branch | Handle] = deque()
        self._timers: deque[tuple[TimerHandle, float]] = deque()
        self._running: Branch | None = None
        self._refused: NonDeterministicCode | None = None
        self._conditions: list[Operation] = []
        self._context = copy_context()
        self._loop = WorkflowLoop(self)
        self._guard = Guard(guard, workflow_type, self.refuse)

    @property
    def running(self) -> Branch | None:
        """The branch whose code runs now."""
        return self._running

    @contextmanager
    def entered(self) -> Iterator[None]:
        """Let code run: asyncio finds the workflow's loop meanwhile.

        Raises:
            NonDeterministicCode: If the code did something that is refused, whatever it made of the refusal.
        """
        try:
            with running(self._loop):
                yield
        finally:
            if self._refused is not None:
                raise self._refused

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Let code run that is no branch, such as a handler."""
        self._guard.enter()
        try:
            yield
        finally:
            self._guard.leave()

    def spawn(self, code: Code, context: Context | None = None) -> Branch:
        """Make a branch of a generator or coroutine, without running it yet.

        Args:
            code: The generator or coroutine.
            context: The context variables that it sees; a copy of those of the code that asks, by default.
        """
        if context is None:
            context = (self._running.context if self._running else self._context).copy()
        branch = Branch(code, self.number(), self, context, self._running)
        if isinstance(code, Coroutine):
            branch.task = WorkflowTask(branch, loop=self._loop)
        self._branches[branch.number] = branch
        branch.watch(self._forget)
        return branch

    def run(self, branch: Branch) -> None:
        """Run a branch as far as it can go."""
        outer, self._running = self._running, branch
        try:
            branch.run()
            self._start_timers()
        finally:
            self._running = outer

    def wake(self, turn: Branch | Handle, /) -> None:
        """Run a branch or a callback after those that were woken before it."""
        self._ready.append(turn)

    def open(self, item: Any) -> Pending:
        """Begin what the code yielded or awaited.

        Raises:
            DefinitionError: If a workflow cannot wait for it.
        """
        self._start_timers()
        # By its type first: asking an abstract class costs more than all of the rest.
        if kind_of(item) is not None or isinstance(item, Command):
            return self._asked(item)
        return self._open(self._adopt(item))

    def discard(self, item: Any) -> None:
        """Drop what the code yielded or awaited, for it is to be interrupted instead."""
        self._start_timers()
        discard(item)

    def enter(self, branch: Branch) -> None:
        """Note that code of a branch begins to run."""
        if branch.task is not None:
            enter(self._loop, branch.task)
        if not self._guard.idle:
            self._guard.enter()

    def leave(self, branch: Branch) -> None:
        """Note that it waits or has ended."""
        if not self._guard.idle:
            self._guard.leave()
        if branch.task is not None:
            leave(self._loop, branch.task)

    def advance(self) -> bool:
        """Do the next thing that needs no event; False if there is none."""
        if not self._ready:
            return self._satisfy_condition()
        turn = self._ready.popleft()
        if isinstance(turn, Branch):
            self.run(turn)
        elif not turn.cancelled():
            with self.watched():
                call(turn)
            self._start_timers()
        return True

    def watch_condition(self, operation: Operation) -> None:
        """Evaluate the operation's predicate from now on whenever state may have changed."""
        self._conditions.append(operation)

    def newest_open_wait(self) -> Operation | None:
        """Give the condition wait that history opened last and that is not over."""
        waits = [wait for wait in self._conditions if not wait.done and wait.sequence is not None]
        return max(waits, key=lambda wait: wait.sequence or 0, default=None)

    def where(self) -> str:
        """Give the place of the code that runs now."""
        return self._running.where() if self._running else "in an earlier task"

    def where_it_waits(self) -> str:
        """Give the place at which the oldest branch waits."""
        return next(iter(self._branches.values())).where() if self._branches else "in run"

    def close(self) -> None:
        """Drop all code, the youngest first, so that nobody waits for cleanups that never come."""
        with running(self._loop):
            for branch in reversed(list(self._branches.values())):
                branch.close()
        self._branches.clear()
        self._ready.clear()

    # What the loop asks for.

    @property
    def now(self) -> datetime:
        """The workflow's time."""
        return self._side.now

    @property
    def replaying(self) -> bool:
        """Whether the code repeats what history already holds."""
        return self._side.replaying

    def number(self) -> int:
        """Count one more branch, future or task."""
        return next(self._numbers)

    def ask_later(self, handle: TimerHandle, seconds: float) -> None:
        """Start a durable timer for a callback, once the code that runs now stops.

        Not at once: a history that does not fit must not be raised into the code, which could catch it.
        """
        self._timers.append((handle, seconds))

    def refuse(self, error: NonDeterministicCode) -> None:
        """Fail the task, whatever the code does about the error."""
        self._refused = self._refused or error

    def _start_timers(self) -> None:
        while self._timers:
            handle, seconds = self._timers.popleft()
            if not handle.cancelled():
                self._asked(StartTimer(seconds)).watch(functools.partial(self._fired, handle))

    def _fired(self, handle: TimerHandle, timer: Pending) -> None:
        if timer.failure is None:
            self.wake(handle)

    # Waits.

    def _asked(self, command: Command) -> Operation:
        operation = Operation(command)
        self._ask(operation)
        return operation

    def _adopt(self, item: Any) -> Any:
        """Make branches of all code in a group before any of it runs, so that `close` reaches it."""
        if isinstance(item, Group):
            item = item.members
        if isinstance(item, list | tuple):
            return [self._adopt(member) for member in item]
        if isinstance(item, Select):
            return Select({key: self._adopt(member) for key, member in item.members.items()})
        if isinstance(item, Begin):
            return Begin(self._adopt(item.member))
        return self.spawn(item) if is_code(item) else item

    def _open(self, item: Any) -> Pending:
        if isinstance(item, Command):
            return self._asked(item)
        if isinstance(item, list):
            return GroupPending([self._open(member) for member in item])
        if isinstance(item, Branch):
            self.run(item)
            return item
        if isinstance(item, Select):
            return FirstPending({key: self._open(member) for key, member in item.members.items()})
        if isinstance(item, Begin):
            return _resolved(Begun(self._open(item.member)))
        if isinstance(item, Begun):
            begun: Pending = item.pending
            return begun
        if is_future(item):
            return adopted(item, self._loop)
        if item is None:
            return self._another_turn()
        raise DefinitionError(
            f"Workflow code waits for {type(item).__name__} {item!r:.80} ({self.where()}). It can wait for "
            "what its context offers, for asyncio.sleep, gather, timeout and tasks, and for lists of that; "
            "everything else belongs in an activity."
        )

    def _another_turn(self) -> Pending:
        """Wait until all that is ready now has had its turn: `asyncio.sleep(0)`."""
        turn = Pending()
        self._loop.call_soon(turn.resolve, None)
        return turn

    def _satisfy_condition(self) -> bool:
        """End the first wait whose predicate is true; only one, for the code may then change state again."""
        before = len(self._conditions)
        if not before:
            return False
        with self.watched():
            for operation in self._conditions:
                evaluate(operation)
                if operation.done:
                    break
        self._conditions = [operation for operation in self._conditions if not operation.done]
        return len(self._conditions) < before

    def _forget(self, branch: Pending) -> None:
        if isinstance(branch, Branch):
            self._branches.pop(branch.number, None)


def _resolved(value: Any) -> Pending:
    pending = Pending()
    pending.resolve(value)
    return pending
