"""Sagas: steps that are undone, in reverse order, when a later one fails."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Generator
from types import TracebackType
from typing import Any, Protocol, TypeAlias

from durable_workflow.errors import CompensationFailed
from durable_workflow.workflow._cancellation import Cancelling, Shield
from durable_workflow.workflow._command import Command
from durable_workflow.workflow._groups import Awaited, Begin, Begun, Group, Select

__all__ = ["Compensating", "Compensation", "Saga"]

Compensation: TypeAlias = "Awaited | Callable[[], Awaited | None]"
"""A command, several of them, or a function that gives them or is a generator or coroutine."""

_WAITED_FOR = (Command, Group, Select, Begin, Begun, list, tuple)
_NEVER_CAUGHT = (GeneratorExit, KeyboardInterrupt, SystemExit)


class _Protects(Protocol):
    def shield(self) -> Shield: ...


class Saga:
    """What has to be undone; see `WorkflowContext.saga`.

    Args:
        ctx: The workflow's context.
        parallel: Whether everything is undone at the same time instead of the last thing first.
    """

    def __init__(self, ctx: _Protects, *, parallel: bool = False) -> None:
        self._ctx = ctx
        self._parallel = parallel
        self._compensations: list[Compensation] = []

    def add(self, compensation: Compensation) -> None:
        """Say how to undo a step. Say it before the step if the step may fail halfway.

        Args:
            compensation: A command, or a function without arguments: one that returns what to wait for, a
                generator function or a coroutine function.

        Raises:
            TypeError: If it is a coroutine or generator, which could run only once, or nothing to wait for.
        """
        if isinstance(compensation, Coroutine | Generator):
            compensation.close()
            raise TypeError(
                "a saga takes a function that undoes a step, not its coroutine or generator: write "
                "saga.add(lambda: self.undo(ctx))"
            )
        if not callable(compensation) and not isinstance(compensation, _WAITED_FOR):
            raise TypeError(
                f"a saga takes commands and functions, not {type(compensation).__name__}: write "
                "saga.add(ctx.schedule_activity(...)) or saga.add(lambda: ...)"
            )
        self._compensations.append(compensation)

    def compensate(self) -> Group[Any]:
        """Undo everything that was added, the last first; yield or await this.

        Cancellation does not stop it, and neither does a compensation that fails: the others are done all
        the same, and `CompensationFailed` is raised at the end. To compensate again does nothing.
        """
        compensations, self._compensations = self._compensations[::-1], []
        return Group((self._undo(compensations),))

    async def __aenter__(self) -> Saga:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None or isinstance(error, _NEVER_CAUGHT):
            return
        try:
            with self._ctx.shield():
                await self.compensate()
        except CompensationFailed as failed:
            raise failed.after(error) from error

    def _undo(self, compensations: list[Compensation]) -> Generator[Any, Any, None]:
        failures: list[Exception] = []
        with self._ctx.shield():
            if self._parallel:
                yield [_tried(each, failures) for each in compensations]
            else:
                for each in compensations:
                    yield _tried(each, failures)
        if failures:
            raise CompensationFailed.of(failures, len(compensations))


def _tried(compensation: Compensation, failures: list[Exception]) -> Generator[Any, Any, None]:
    try:
        asked = compensation() if callable(compensation) else compensation
        if asked is not None:
            yield asked
    except Exception as error:
        failures.append(error)


class Compensating(Cancelling):
    """The part of the workflow's context that is about cancellation and compensation."""

    def saga(self, *, parallel: bool = False) -> Saga:
        """Collect what has to be undone if a later step fails or the workflow is cancelled.

            async with ctx.saga() as saga:
                saga.add(ctx.schedule_activity("release", [order]))
                await ctx.schedule_activity("reserve", [order])
                saga.add(ctx.schedule_activity("refund", [order]))
                await ctx.schedule_activity("charge", [order])

        A generator says itself when: `except Exception: yield saga.compensate(); raise`.

        Args:
            parallel: Whether everything is undone at the same time instead of the last thing first.
        """
        return Saga(self, parallel=parallel)
