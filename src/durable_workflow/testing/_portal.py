"""An event loop and a server that all synchronous executions of a process share."""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Callable, Coroutine
from typing import Any, ClassVar, TypeVar

from durable_workflow.testing._dev_server import DevServer

__all__ = ["Portal"]

T = TypeVar("T")


class Portal:
    """Runs coroutines beside a server on virtual time, one at a time, for callers without an event loop.

    One per process: a server takes longer to start than most workflows to run, and every execution has a
    task queue of its own. Its threads end with the process; there is nothing that they have to save.
    """

    _shared: ClassVar[Portal | None] = None
    _guard: ClassVar[threading.Lock] = threading.Lock()

    def __init__(self) -> None:
        self._process = os.getpid()
        self._server = DevServer(virtual_time="manual")
        self._server.start()
        self._turn = threading.Lock()
        self._loop = asyncio.new_event_loop()
        self._leftovers: set[asyncio.Task[None]] = set()
        self._thread = threading.Thread(
            target=self._loop.run_forever, name="durable-workflow-environment", daemon=True
        )
        self._thread.start()

    @classmethod
    def shared(cls) -> Portal:
        """Give the portal of this process."""
        with cls._guard:
            # Threads do not survive a fork.
            if cls._shared is None or cls._shared._process != os.getpid():
                cls._shared = cls()
            return cls._shared

    def run(self, use: Callable[[DevServer], Coroutine[Any, Any, T]]) -> T:
        """Run a coroutine beside the server; return or raise what it does.

        Args:
            use: Makes the coroutine, in the portal's loop.
        """

        async def within() -> T:
            return await use(self._server)

        with self._turn:
            running = asyncio.run_coroutine_threadsafe(within(), self._loop)
            try:
                return running.result()
            except BaseException:
                running.cancel()
                raise

    def later(self, closing: Coroutine[Any, Any, None]) -> None:
        """Let something end after its execution, which nobody has to wait for; called in the loop."""
        task = self._loop.create_task(closing)
        self._leftovers.add(task)
        task.add_done_callback(self._leftovers.discard)

    @classmethod
    def close_shared(cls) -> None:
        """End the portal of this process, if there is one; a later execution makes another one."""
        with cls._guard:
            portal, cls._shared = cls._shared, None
        if portal is not None and portal._process == os.getpid():
            portal.close()

    def close(self) -> None:
        """End the loop and the server."""
        asyncio.run_coroutine_threadsafe(self._end_leftovers(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()
        self._server.stop()

    async def _end_leftovers(self) -> None:
        await asyncio.gather(*self._leftovers, return_exceptions=True)
