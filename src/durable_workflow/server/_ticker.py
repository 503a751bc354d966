"""The one task that lets time pass in the engine."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from durable_workflow.server.store.errors import StoreClosed, StoreError

if TYPE_CHECKING:
    from durable_workflow.server.store import Store, Transaction

__all__ = ["CLOCK_TOPIC", "Ticker"]

CLOCK_TOPIC = "clock"
"""Raised by a transaction that made something due earlier than the ticker knew of."""

_log = logging.getLogger("durable_workflow.server")

# After a failed tick, so a full disk does not make the server spin.
_PAUSE = 1.0


class Ticker:
    """Runs the engine's tick whenever something is due, and sleeps until then.

    Args:
        store: The store.
        tick: Does what is due and returns when the next thing is, in epoch seconds.
    """

    def __init__(self, store: Store, tick: Callable[[Transaction, float], float | None]) -> None:
        self._store = store
        self._tick = tick
        self._changed = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin; a running event loop is needed."""
        self._task = asyncio.get_running_loop().create_task(self._run(), name="durable-workflow-ticker")

    def wake(self) -> None:
        """Look at once what is due."""
        self._changed.set()

    async def stop(self) -> None:
        """End, leaving a tick that has begun to be finished by the store."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
            self._task = None

    async def _run(self) -> None:
        while True:
            self._changed.clear()
            try:
                due = await self._store.write(lambda tx: self._tick(tx, tx.now))
            except StoreClosed:
                return
            except StoreError as error:
                _log.error("nothing that is due can be done, the next try follows in %g s: %s", _PAUSE, error)
                await asyncio.sleep(_PAUSE)
            except Exception:
                _log.exception("the engine's tick failed; the next try follows in %g s", _PAUSE)
                await asyncio.sleep(_PAUSE)
            else:
                await self._sleep(due)

    async def _sleep(self, due: float | None) -> None:
        delay = None if due is None else max(0.0, due - self._store.clock.now())
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(delay):
                await self._changed.wait()
