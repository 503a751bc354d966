"""Whether the server has something to do for anybody, and how long it has been still."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterator

from durable_workflow.server._calls import Call
from durable_workflow.server.clock import elapsed

__all__ = ["Traffic"]

_TASK_POLLS = {"pollWorkflowTask", "pollActivityTask"}


class Traffic:
    """Counts the requests that are being served and remembers when something last happened.

    A held poll is waiting, not being served. What is remembered is real time: it says whether somebody who
    just got an answer has had the chance to go on. It may be read from any thread.
    """

    def __init__(self) -> None:
        self.serving = 0
        self.polled: set[tuple[str, str, str]] = set()
        """Who has ever asked for tasks: operation, namespace and worker."""
        self._stirred = asyncio.Event()
        self._last = self._last_answer = self._last_change = elapsed()

    def asked(self, operation: str, call: Call) -> None:
        """Remember who asks for tasks, for they will ask again."""
        if operation in _TASK_POLLS:
            self.polled.add((operation, call.namespace, call.body["worker_id"]))

    @contextlib.contextmanager
    def served(self, path: str) -> Iterator[None]:
        """Count a request while it is being served."""
        self.serving += 1
        self._stir()
        try:
            yield
        finally:
            self.serving -= 1
            self._stir()
            if not path.startswith("/api/worker/"):
                self._last_answer = self._last_change = self._last

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """Leave a request out of the count while it only waits for something to happen."""
        self.serving -= 1
        self._stir()
        try:
            yield
        finally:
            self.serving += 1
            self._stir()

    def changed(self) -> None:
        """Note a commit that somebody may want to hear of."""
        self._stir()
        self._last_change = self._last

    def still(self) -> float:
        """Return for how long no request has been served; 0 while one is."""
        return 0.0 if self.serving else elapsed() - self._last

    def still_for_clients(self) -> float:
        """Return how long ago somebody who is no worker was answered; 0 while a request is served."""
        return 0.0 if self.serving else elapsed() - self._last_answer

    def unchanged(self) -> float:
        """Return for how long nothing has changed; 0 while a request is served."""
        return 0.0 if self.serving else elapsed() - self._last_change

    async def stirred(self, patience: float) -> None:
        """Wait until something happens, at most ``patience`` seconds."""
        self._stirred.clear()
        # Not `wait_for`, which on Python 3.11 loses a cancellation that comes along with the event.
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(patience):
                await self._stirred.wait()

    def _stir(self) -> None:
        self._last = elapsed()
        self._stirred.set()
