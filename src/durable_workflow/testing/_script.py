"""Messages that a test sends to a workflow at chosen moments, written down before it runs."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, Any

from durable_workflow.errors import DurableWorkflowError

if TYPE_CHECKING:
    from durable_workflow.client import WorkflowHandle
    from durable_workflow.testing._session import Session

__all__ = ["Script", "ScriptedCall", "as_arguments"]

Send = Callable[["WorkflowHandle[Any]"], Awaitable[Any]]


class ScriptedCall:
    """An update or a query that is sent at its moment; what came of it is known after the execution."""

    def __init__(self) -> None:
        self._done = False
        self._value: Any = None
        self._error: DurableWorkflowError | None = None

    def result(self) -> Any:
        """Give the answer.

        Raises:
            UpdateRejected: If the update's validator refused it.
            UpdateFailed: If its handler failed.
            QueryFailed: If the query's handler failed.
            DurableWorkflowError: If it was not sent yet, or could not be sent.
        """
        if self._error is not None:
            raise self._error
        if not self._done:
            raise DurableWorkflowError("this call was not sent yet: it goes out during execute_workflow")
        return self._value

    async def send(self, sending: Awaitable[Any]) -> None:
        """Send it and keep what comes of it."""
        try:
            self._value = await sending
            self._done = True
        except DurableWorkflowError as error:
            self._error = error


class Script:
    """What is sent, and after how many seconds of virtual time since the start."""

    def __init__(self) -> None:
        self._at_once: list[Send] = []
        self._later: list[tuple[float, Send]] = []

    def add(self, send: Send, after: float | None) -> None:
        """Note a message.

        Args:
            send: Sends it.
            after: Seconds of virtual time; None for the moment before the workflow's first task.
        """
        if after is None:
            self._at_once.append(send)
        elif after >= 0:
            self._later.append((after, send))
        else:
            raise ValueError(f"after must not be negative, got {after}")

    async def send_first(self, handle: WorkflowHandle[Any]) -> None:
        """Send what comes before the first task."""
        for send in self._at_once:
            await send(handle)

    async def play(self, session: Session, handle: WorkflowHandle[Any]) -> None:
        """Send everything else at its moment."""
        passed = 0.0
        for moment, send in sorted(self._later, key=lambda each: each[0]):
            await session.sleep(moment - passed)
            passed = moment
            await send(handle)


def as_arguments(args: Sequence[Any] | Any | None) -> list[Any]:
    """Give the positional arguments of a message; a single value is the only one."""
    if args is None:
        return []
    return list(args) if isinstance(args, list | tuple) else [args]
