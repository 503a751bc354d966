"""Things that workflow code waits for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from durable_workflow.workflow import Command, Selection


class Pending:
    """Something whose value or failure comes once."""

    __slots__ = ("_watchers", "done", "failure", "value")

    def __init__(self) -> None:
        self.done = False
        self.value: Any = None
        self.failure: BaseException | None = None
        self._watchers: list[Callable[[Pending], None]] = []

    def resolve(self, value: Any) -> None:
        """Give the value; ignored if the outcome is known already."""
        if not self.done:
            self.value = value
            self._finish()

    def fail(self, failure: BaseException) -> None:
        """Give the failure; ignored if the outcome is known already."""
        if not self.done:
            self.failure = failure
            self._finish()

    def watch(self, watcher: Callable[[Pending], None]) -> None:
        """Call a function when the outcome is known; at once if it is."""
        if self.done:
            watcher(self)
        else:
            self._watchers.append(watcher)

    def cancel(self, failure: BaseException) -> None:
        """Stop waiting; what comes later is ignored.

        Args:
            failure: What the code that waits gets instead.
        """
        self.fail(failure)

    def _finish(self) -> None:
        self.done = True
        watchers, self._watchers = self._watchers, []
        for watcher in watchers:
            watcher(self)


class Operation(Pending):
    """One command that the code waits for."""

    __slots__ = ("command", "sequence")

    def __init__(self, command: Command) -> None:
        super().__init__()
        self.command = command
        self.sequence: int | None = None
        """Number of its step; None until history holds one."""


class GroupPending(Pending):
    """Several things at once: their values by place, or the first failure."""

    __slots__ = ("_cancelled_by", "_members", "_missing")

    def __init__(self, members: Sequence[Pending]) -> None:
        super().__init__()
        self._cancelled_by: BaseException | None = None
        self._members = members
        self._missing = len(members)
        if not members:
            self.resolve([])
        for member in members:
            member.watch(self._note)

    def cancel(self, failure: BaseException) -> None:
        """Cancel every member. The group ends when the last one has: code among them may clean up first."""
        if self.done:
            return
        self._cancelled_by = failure
        for member in self._members:
            member.cancel(failure)

    def _note(self, member: Pending) -> None:
        self._missing -= 1
        if self._cancelled_by is not None:
            if not self._missing:
                self.fail(self._cancelled_by)
            return
        if member.failure is not None:
            self.fail(member.failure)
        if not self._missing:
            self.resolve([each.value for each in self._members])


class FirstPending(Pending):
    """Several things at once: the outcome of the first that ends, with its key."""

    __slots__ = ("_cancelled_by", "_members")

    def __init__(self, members: Mapping[str | int, Pending]) -> None:
        super().__init__()
        self._cancelled_by: BaseException | None = None
        self._members = members
        for key, member in members.items():
            member.watch(partial(self._note, key))

    def cancel(self, failure: BaseException) -> None:
        """Cancel every member. The wait ends when the last one has: code among them may clean up first."""
        if self.done:
            return
        self._cancelled_by = failure
        for member in self._members.values():
            member.cancel(failure)

    def _note(self, key: str | int, member: Pending) -> None:
        if self._cancelled_by is not None:
            if all(each.done for each in self._members.values()):
                self.fail(self._cancelled_by)
            return
        if member.failure is not None:
            self.fail(member.failure)
        else:
            self.resolve(Selection(key, member.value))
