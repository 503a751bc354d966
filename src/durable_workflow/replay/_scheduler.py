"""Running the code of a workflow: which branch is next, and which wait is over."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from itertools import count
from typing import Any

from durable_workflow.errors import DefinitionError
from durable_workflow.replay._branches import Branch, Code, is_code
from durable_workflow.replay._pending import GroupPending, Operation, Pending
from durable_workflow.replay.kinds import evaluate
from durable_workflow.workflow import Command, Group


class Scheduler:
    """All code of one run. Everything runs in an order that follows from the code and its deliveries alone.

    Args:
        ask: Begins a command that the code asks for.
    """

    def __init__(self, ask: Callable[[Operation], None]) -> None:
        self._ask = ask
        self._numbers = count(1)
        self._branches: dict[int, Branch] = {}
        self._ready: deque[Branch] = deque()
        self._running: Branch | None = None
        self._conditions: list[Operation] = []

    def spawn(self, code: Code) -> Branch:
        """Make a branch of a generator or coroutine, without running it yet."""
        branch = Branch(code, next(self._numbers), self)
        self._branches[branch.number] = branch
        branch.watch(self._forget)
        return branch

    def run(self, branch: Branch) -> None:
        """Run a branch as far as it can go."""
        outer, self._running = self._running, branch
        try:
            branch.run()
        finally:
            self._running = outer

    def wake(self, branch: Branch) -> None:
        """Run a branch again, after those that were woken before it."""
        self._ready.append(branch)

    def open(self, item: Any) -> Pending:
        """Begin what the code yielded or awaited.

        Raises:
            DefinitionError: If a workflow cannot wait for it.
        """
        return self._open(self._adopt(item))

    def advance(self) -> bool:
        """Do the next thing that needs no event; False if there is none."""
        if self._ready:
            self.run(self._ready.popleft())
            return True
        return self._satisfy_condition()

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
        """Drop all code."""
        for branch in list(self._branches.values()):
            branch.close()
        self._branches.clear()

    def _adopt(self, item: Any) -> Any:
        """Make branches of all code in a group before any of it runs, so that `close` reaches it."""
        if isinstance(item, Group):
            item = item.members
        if isinstance(item, list | tuple):
            return [self._adopt(member) for member in item]
        return self.spawn(item) if is_code(item) else item

    def _open(self, item: Any) -> Pending:
        if isinstance(item, Command):
            operation = Operation(item)
            self._ask(operation)
            return operation
        if isinstance(item, list):
            return GroupPending([self._open(member) for member in item])
        if isinstance(item, Branch):
            self.run(item)
            return item
        raise DefinitionError(
            f"Workflow code waits for {type(item).__name__} {item!r:.80} ({self.where()}). It can only wait "
            "for what its context offers, such as ctx.sleep(1) instead of asyncio.sleep(1), and for lists "
            "of that; everything else belongs in an activity."
        )

    def _satisfy_condition(self) -> bool:
        """End the first wait whose predicate is true; only one, for the code may then change state again."""
        before = len(self._conditions)
        for operation in self._conditions:
            evaluate(operation)
            if operation.done:
                break
        self._conditions = [operation for operation in self._conditions if not operation.done]
        return len(self._conditions) < before

    def _forget(self, branch: Pending) -> None:
        if isinstance(branch, Branch):
            self._branches.pop(branch.number, None)
