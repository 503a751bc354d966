"""Several things at once: all of them, the first of them, and things that are begun and waited for later."""

from __future__ import annotations

from collections.abc import Coroutine, Generator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Generic, TypeAlias, TypeVar

from attrs import field, frozen

from durable_workflow.workflow._command import Command

if TYPE_CHECKING:
    from typing_extensions import TypeVar as DefaultedTypeVar

    R = DefaultedTypeVar("R", default=Any)
else:
    R = TypeVar("R")

Code: TypeAlias = Coroutine[Any, Any, Any] | Generator[Any, Any, Any]
Joined: TypeAlias = "Group[Any] | Select[Any] | Begin[Any] | Begun[Any]"
Awaited: TypeAlias = "Command | Joined | Code | Sequence[Awaited]"
"""What workflow code may yield, and what a group may hold."""


@frozen(eq=False)
class Group(Generic[R]):
    """Things that run at the same time; the code gets the list of their results, in the order of the group.

    The first member that fails, in the order of history, is raised at once; the others go on, and what
    comes of them is ignored.

    Args:
        members: Commands, groups, lists, coroutines and generators.
    """

    members: tuple[Awaited, ...]

    def __await__(self) -> Generator[Any, Any, R]:
        results: R = yield self
        return results


@frozen
class Selection(Generic[R]):
    """What was first.

    Attributes:
        key: The name under which it was given, or its place, from 0.
        value: Its result.
    """

    key: str | int
    value: R


@frozen(eq=False)
class Select(Generic[R]):
    """Things that run at the same time; the code gets the first one that ends, as a `Selection`.

    First is what is first in history; of several that need no wait, the one that was given first. If it
    failed, its failure is raised. The others go on, and what comes of them is ignored unless they were begun
    with `Begin`.

    Args:
        members: Commands, groups, lists, coroutines and generators, by the key that the selection names.

    Raises:
        ValueError: If there are none: the wait would never end.
    """

    members: Mapping[str | int, Awaited]

    def __attrs_post_init__(self) -> None:
        if not self.members:
            raise ValueError("select needs something to wait for: with no member it would wait for ever")

    def __await__(self) -> Generator[Any, Any, Selection[R]]:
        selection: Selection[R] = yield self
        return selection


@frozen(eq=False)
class Begin(Generic[R]):
    """Begin something and go on at once; the code gets a `Begun` to wait for later.

    Args:
        member: A command, group, list, coroutine or generator.
    """

    member: Awaited

    def __await__(self) -> Generator[Any, Any, Begun[R]]:
        begun: Begun[R] = yield self
        return begun


@frozen(eq=False)
class Begun(Generic[R]):
    """Something that runs; yield or await it, as often as you like, to get its result or its failure.

    A failure that nobody waits for is ignored.

    Args:
        pending: What the driver knows of it.
    """

    pending: Any = field(repr=False)

    @property
    def done(self) -> bool:
        """Whether it has ended, well or not."""
        return bool(self.pending.done)

    def __await__(self) -> Generator[Any, Any, R]:
        result: R = yield self
        return result
