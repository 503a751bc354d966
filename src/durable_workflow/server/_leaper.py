"""Leaps over the gaps of virtual time: when nobody has anything to do, and one due moment at a time."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable, Container
from dataclasses import dataclass
from typing import TYPE_CHECKING

from durable_workflow.server._traffic import Traffic
from durable_workflow.server.store.errors import StoreClosed

if TYPE_CHECKING:
    from durable_workflow.server.engine.leaps import Outlook
    from durable_workflow.server.store import Store, Transaction

__all__ = ["LeapRules", "Leaper"]

_log = logging.getLogger("durable_workflow.server")

# All of these are real seconds.
# Long enough for what one event of the server causes in it: a woken poll, an answer on its way.
_SETTLED = 0.005
# For somebody who just got an answer and may have more to say before time goes on.
_CLIENT = 0.05
# For a worker that is about to come for tasks which nobody asks for yet.
_WORKER = 2.0
# After this long without any sign, whoever holds a task does not keep time that is moved by hand.
_HANGING = 1.0
# Something that happens ends this wait early.
_IDLE = 60.0
# After a failure, so a full disk does not make the server spin.
_PAUSE = 1.0


@dataclass(frozen=True, slots=True)
class LeapRules:
    """The engine's part of leaping.

    Args:
        look_ahead: Returns what is under way and what comes next, given who asks for tasks.
        leap: Moves virtual time to a moment and does what is due then.
    """

    look_ahead: Callable[[Transaction, Container[tuple[str, str, str]]], Outlook]
    leap: Callable[[Transaction, float], float | None]


class Leaper:
    """Moves virtual time, by itself or when it is told to.

    Whether time may leap is decided inside the transaction that leaps, so nothing can come in between.

    Args:
        store: The store, on a `LeapingClock`.
        traffic: What the server is doing.
        rules: The engine's part.
        wake: Has the ticker look again.
    """

    def __init__(self, store: Store, traffic: Traffic, rules: LeapRules, wake: Callable[[], None]) -> None:
        self._store = store
        self._traffic = traffic
        self._rules = rules
        self._wake = wake
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Leap from now on whenever nothing is in flight and something is due."""
        self._task = asyncio.get_running_loop().create_task(self._run(), name="durable-workflow-leaper")

    async def stop(self) -> None:
        """Let time pass at its own pace."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
            self._task = None
            # A leap whose end was not waited for has moved what is due next.
            self._wake()

    async def advance(self, seconds: float) -> float:
        """Move virtual time by ``seconds``, stopping at everything that is due on the way.

        At each stop the work that it causes is waited for, unless whoever holds it gives no sign of life.

        Returns:
            The new time, in epoch seconds.
        """
        target = self._store.clock.now() + seconds
        arrived = False
        while not arrived:
            await self._settle()
            arrived = await self._store.write(lambda tx: self._hop(tx, target))
            self._wake()
        await self._settle()
        return self._store.clock.now()

    async def nothing_follows(self) -> bool:
        """Return whether no task is out or ready, and nothing will ever become due by itself."""
        view = await self._store.read(lambda tx: self._rules.look_ahead(tx, self._traffic.polled))
        return not (view.busy or view.unserved or self._traffic.serving) and view.moment is None

    async def _run(self) -> None:
        while True:
            try:
                wait = await self._store.write(self._try)
            except StoreClosed:
                return
            except Exception:
                _log.exception("virtual time could not leap; the next try follows in %g s", _PAUSE)
                wait = _PAUSE
            if wait == 0:
                self._wake()
            await self._traffic.stirred(wait)
            await self._quiet()

    def _try(self, tx: Transaction) -> float:
        """Leap and return 0, or return after how many seconds it is worth another try."""
        view = self._rules.look_ahead(tx, self._traffic.polled)
        if view.moment is None or view.busy or self._traffic.serving:
            return _IDLE
        wait = self._missing(unserved=view.unserved)
        if wait <= 0:
            self._rules.leap(tx, view.moment)
        return max(wait, 0)

    def _missing(self, *, unserved: bool) -> float:
        traffic = self._traffic
        waits = [_SETTLED - traffic.still(), _CLIENT - traffic.still_for_clients()]
        if unserved:
            waits.append(_WORKER - traffic.unchanged())
        return max(waits)

    def _hop(self, tx: Transaction, target: float) -> bool:
        moment = self._rules.look_ahead(tx, self._traffic.polled).moment
        goal = target if moment is None else min(moment, target)
        self._rules.leap(tx, goal)
        return goal == target

    async def _settle(self) -> None:
        """Wait until nothing is under way, or whoever holds it up gives no sign of life."""
        while True:
            await self._quiet()
            view = await self._store.read(lambda tx: self._rules.look_ahead(tx, self._traffic.polled))
            if not view.busy or self._traffic.still() > _HANGING:
                return
            await self._traffic.stirred(_HANGING)

    async def _quiet(self) -> None:
        # Looks again and again, for what it waits for is that nothing happens.
        while (left := _SETTLED - self._traffic.still()) > 0:  # noqa: ASYNC110
            await asyncio.sleep(left)
