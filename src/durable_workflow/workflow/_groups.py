"""Several things at once."""

from __future__ import annotations

from collections.abc import Coroutine, Generator, Sequence
from typing import Any, TypeAlias

from attrs import frozen

from durable_workflow.workflow._command import Command

Awaited: TypeAlias = (
    "Command | Group | Coroutine[Any, Any, Any] | Generator[Any, Any, Any] | Sequence[Awaited]"
)
"""What workflow code may yield, and what a group may hold."""


@frozen(eq=False)
class Group:
    """Things that run at the same time; the code gets the list of their results, in the order of the group.

    The first member that fails, in the order of history, is raised at once; the others go on, and what
    comes of them is ignored.

    Args:
        members: Commands, groups, lists, coroutines and generators.
    """

    members: tuple[Awaited, ...]

    def __await__(self) -> Generator[Group, Any, list[Any]]:
        results: list[Any] = yield self
        return results
