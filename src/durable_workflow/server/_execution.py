"""Carrying out admitted calls: one transaction each, and the waiting of long polls."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from durable_workflow.server._admission import DEFAULT_NAMESPACE
from durable_workflow.server._backlog import backlog
from durable_workflow.server._calls import Call, Pending, Reply
from durable_workflow.server._capabilities import cluster_info
from durable_workflow.server._http import ClientGone, Receive, until_gone
from durable_workflow.server._leaper import LeapRules
from durable_workflow.server._not_yet import not_served
from durable_workflow.server._polls import Hub, Probe, hold
from durable_workflow.server._service import fleet, health, ready
from durable_workflow.server._traffic import Traffic

if TYPE_CHECKING:
    from durable_workflow.server.store import Store, Transaction
    from durable_workflow_api.operations import Operation

__all__ = ["SERVICE_OPERATIONS", "Engine", "Executor", "default_engine"]

SERVICE_OPERATIONS = ("getHealth", "getReady", "getClusterInfo")
"""The operations that need no engine."""


# A query that is held is at work: a worker computes its answer, and no row tells of it.
_AT_WORK = {"queryWorkflow", "queryWorkflowRun"}


@dataclass(frozen=True, slots=True)
class Engine:
    """The rules that the application serves.

    Args:
        handlers: What carries out each operation, by operationId.
        tick: Does what is due and returns when the next thing is, in epoch seconds.
        commands: The command types that a completed workflow task may bring.
        read_only: The operations that write nothing.
        give_back: Undoes a call whose reply could not be delivered.
        leaps: Moves virtual time; None if the rules know only real time.
    """

    handlers: Mapping[str, Callable[[Transaction, Call], Reply | Pending]]
    tick: Callable[[Transaction, float], float | None]
    commands: Sequence[str] = ()
    read_only: frozenset[str] = frozenset()
    give_back: Callable[[Transaction, Call, Reply | Pending], None] = lambda tx, call, outcome: None
    leaps: LeapRules | None = None


def default_engine() -> Engine:
    """Return the engine of this package."""
    from durable_workflow.server import engine

    return Engine(
        engine.HANDLERS,
        engine.tick,
        engine.SUPPORTED_COMMANDS,
        engine.READ_ONLY,
        engine.give_back,
        LeapRules(engine.look_ahead, engine.leap),
    )


class Executor:
    """Carries out calls on the store.

    Args:
        store: The opened store.
        engine: The rules.
        hub: Where commits are told to those who wait.
        traffic: Where it is known who is being served.
        capabilities: What cluster info says under server capabilities.
    """

    def __init__(
        self, store: Store, engine: Engine, hub: Hub, traffic: Traffic, capabilities: dict[str, Any]
    ) -> None:
        self._store = store
        self._traffic = traffic
        self._engine = engine
        self._hub = hub
        self._capabilities = capabilities

    async def carry_out(self, operation: Operation, call: Call, receive: Receive) -> Reply:
        """Return the reply to a call, after the commit that keeps what it did.

        Args:
            operation: The operation.
            call: The admitted call.
            receive: Tells when the caller hangs up; its body has been read.

        Raises:
            Refusal: If the engine refuses.
            ClientGone: If the caller hung up while it waited.
        """
        if operation.id in SERVICE_OPERATIONS:
            return await self._serve(operation.id, call.namespace)
        if operation.id not in self._engine.handlers:
            raise not_served(operation.id)
        self._traffic.asked(operation.id, call)
        if operation.long_poll is None:
            return await self._at_once(operation, call)
        wait = _Wait()
        async with _watching(receive) as watch:
            try:
                return await hold(
                    self._hub,
                    lambda topic: self._look(operation, call, topic, watch, wait),
                    watch,
                    longest=self._store.settings.poll_timeout,
                    now=self._store.clock.now,
                    rest=contextlib.nullcontext if operation.id in _AT_WORK else self._traffic.held,
                )
            finally:
                wait.end()

    async def _at_once(self, operation: Operation, call: Call) -> Reply:
        """Return the reply to a call that has nothing to wait for."""
        handler = self._engine.handlers[operation.id]
        run = self._store.read if operation.id in self._engine.read_only else self._store.write
        outcome = await run(lambda tx: handler(tx, call))
        return outcome.empty if isinstance(outcome, Pending) else outcome

    async def _serve(self, operation_id: str, namespace: str) -> Reply:
        if operation_id == "getHealth":
            return await health(self._store)
        if operation_id == "getReady":
            return await ready(self._store, DEFAULT_NAMESPACE)
        workers = await self._store.read(lambda tx: fleet(tx, namespace))
        limits = self._store.settings.limits
        return Reply(200, cluster_info(self._capabilities, workers, DEFAULT_NAMESPACE, limits))

    async def _look(
        self, operation: Operation, call: Call, topic: str | None, watch: Watch, wait: _Wait
    ) -> Probe:
        probe = await self._look_once(operation, call, topic, watch, wait)
        if isinstance(probe.result, Pending):
            wait.pending = probe.result
        return probe

    async def _look_once(
        self, operation: Operation, call: Call, topic: str | None, watch: Watch, wait: _Wait
    ) -> Probe:
        again = wait.pending.again if wait.pending is not None else None
        if again is not None:
            return await self._store.read(lambda tx: Probe(again(tx)))
        handler = self._engine.handlers[operation.id]

        def job(tx: Transaction) -> Probe:
            return Probe(handler(tx, call), backlog(tx, topic))

        run = self._store.read if operation.id in self._engine.read_only else self._store.write
        # Only what a poll takes is lost with its answer; other calls did what they were asked for.
        if operation.plane != "worker":
            return await run(job)
        return await self._hand_out(run, job, call, watch())

    async def _hand_out(
        self,
        run: Callable[..., Awaitable[Probe]],
        job: Callable[[Transaction], Probe],
        call: Call,
        gone: asyncio.Future[None],
    ) -> Probe:
        """Run a job whose result is lost if nobody takes it, and undo it if the caller is gone by then."""

        def undo(tx: Transaction, probe: Probe) -> None:
            self._engine.give_back(tx, call, probe.result)

        def undo_probe(tx: Transaction) -> Probe:
            undo(tx, probe)
            return probe

        probe = await run(job, undelivered=undo)
        if gone.done():
            await run(undo_probe)
            raise ClientGone
        return probe


@dataclass(slots=True)
class _Wait:
    """The newest word on what a call waits for."""

    pending: Pending | None = None

    def end(self) -> None:
        """Tell the engine that nobody waits any more."""
        if self.pending is not None and self.pending.withdraw is not None:
            self.pending.withdraw()


Watch = Callable[[], "asyncio.Future[None]"]


@contextlib.asynccontextmanager
async def _watching(receive: Receive) -> AsyncIterator[Watch]:
    """Watch for the caller's hanging up, from the first time that somebody asks."""
    task: asyncio.Task[None] | None = None

    def watch() -> asyncio.Future[None]:
        nonlocal task
        if task is None:
            task = asyncio.get_running_loop().create_task(until_gone(receive))
        return task

    try:
        yield watch
    finally:
        if task is not None:
            task.cancel()
