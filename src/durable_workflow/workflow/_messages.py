"""Declaring handlers of messages: signals, queries, updates and the validators of updates."""

from __future__ import annotations

from collections.abc import Callable
from types import FunctionType
from typing import Any, Concatenate, Literal, ParamSpec, Protocol, TypeVar, cast, overload

from durable_workflow.errors import DefinitionError
from durable_workflow.workflow._checks import check_plain_method, checked_name

__all__ = ["Handles", "MessageKind", "UpdateMethod", "query", "signal", "update", "update_validator"]

MessageKind = Literal["signal", "query", "update", "validator"]
Handles = tuple[MessageKind, str]
"""What a method handles: a kind of message, and the message's name."""

MARK = "__durable_workflow_message__"
"""The attribute by which a decorated method says what it handles."""

F = TypeVar("F", bound=Callable[..., Any])
P = ParamSpec("P")
R_co = TypeVar("R_co", covariant=True)
S_contra = TypeVar("S_contra", contravariant=True)


class UpdateMethod(Protocol[S_contra, P, R_co]):
    """A method that handles an update: a method like any other, that also takes a validator."""

    def __call__(self, workflow: S_contra, /, *args: P.args, **kwargs: P.kwargs) -> R_co:
        """Call the method."""
        ...

    @overload
    def __get__(self, instance: None, owner: type, /) -> UpdateMethod[S_contra, P, R_co]: ...
    @overload
    def __get__(self, instance: S_contra, owner: type, /) -> Callable[P, R_co]: ...

    def validator(self, method: F, /) -> F:
        """Declare the method that decides whether the update is taken; see `update_validator`."""
        ...


def signal(name: str) -> Callable[[F], F]:
    """Declare a method as the handler of a signal.

    The handler is called with the signal's arguments at the signal's place in history. It changes the state
    of the workflow and returns at once; it cannot wait.

    Args:
        name: The signal's name.

    Raises:
        DefinitionError: If it is not a plain method.
    """
    return _decorator("signal", name)


def query(name: str) -> Callable[[F], F]:
    """Declare a method as the answer to a query.

    The method reads the workflow's state and returns a value. It must not change anything: what it changed
    would be lost, or worse, be there on one worker and not on another. Closed workflows answer, too.

    Args:
        name: The query's name.

    Raises:
        DefinitionError: If it is not a plain method.
    """
    return _decorator("query", name)


def update(
    name: str,
) -> Callable[[Callable[Concatenate[S_contra, P], R_co]], UpdateMethod[S_contra, P, R_co]]:
    """Declare a method as the handler of an update: a message whose sender waits for its result.

    The handler changes the state of the workflow and returns the result at once; it cannot wait. What it
    raises fails the update, not the workflow, and everything it had changed is undone. A validator decides
    beforehand whether the update is taken:

        @workflow.update("approve")
        def approve(self, who): ...

        @approve.validator
        def may_approve(self, who):
            if who not in self.approvers:
                raise ValueError(f"{who} may not approve")

    Args:
        name: The update's name.

    Raises:
        DefinitionError: If it is not a plain method.
    """
    decorate = _decorator("update", name)

    def declare(method: Callable[Concatenate[S_contra, P], R_co]) -> UpdateMethod[S_contra, P, R_co]:
        decorated: Any = decorate(method)
        decorated.validator = update_validator(name)
        return cast("UpdateMethod[S_contra, P, R_co]", decorated)

    return declare


def update_validator(name: str) -> Callable[[F], F]:
    """Declare a method as the validator of an update.

    It is called with the update's arguments before the handler. What it raises refuses the update: the
    sender gets `UpdateRejected`, and the workflow is as it was. It must not change anything.

    Args:
        name: The update's name.

    Raises:
        DefinitionError: If it is not a plain method.
    """
    return _decorator("validator", name)


def handles(method: object) -> Handles | None:
    """Tell what a method was decorated for."""
    found: Handles | None = getattr(method, MARK, None)
    return found


def _decorator(kind: MessageKind, name: str) -> Callable[[F], F]:
    decorator = "@workflow.update_validator" if kind == "validator" else f"@workflow.{kind}"
    checked = checked_name(name, decorator)

    def decorate(method: F) -> F:
        check_plain_method(f"The {role(kind)} {checked!r}", method)
        known = handles(method)
        if known is not None:
            raise DefinitionError(
                f"{_qualname(method)} is the {role(known[0])} {known[1]!r} already; it cannot be the "
                f"{role(kind)} {checked!r}, too. Write a method for each."
            )
        setattr(method, MARK, (kind, checked))
        return method

    return decorate


def role(kind: MessageKind) -> str:
    """Name what a method of a kind does, to be followed by the message's name."""
    return "validator of update" if kind == "validator" else f"handler of {kind}"


def _qualname(method: object) -> str:
    return method.__qualname__ if isinstance(method, FunctionType) else repr(method)
