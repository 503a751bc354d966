"""A reference server in a thread of the test's process."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from durable_workflow.server.app import Violation
    from durable_workflow.server.runner import Server

__all__ = ["DevServer", "dev_server"]

# Far more than a start or a graceful end takes, on a busy machine too.
_PATIENCE = 30.0


class DevServer:
    """A server that runs between `start` and `stop`, also usable in a ``with`` statement.

    Needs the extra ``server``.

    Args:
        database: The database file, or ``:memory:``.
        port: The port; 0 lets the system choose.
        token: The token that callers must show; None lets every caller of this machine in.
        role_tokens: A token for each role (``worker``, ``operator``, ``admin``) that has one of its own.
        workflow_lease: How long a workflow task belongs to its worker, in seconds.
        activity_lease: How long an activity task belongs to its worker, in seconds.
        cancel_grace: How long a workflow that is told of its cancellation may take to end, in seconds; with
            0 the server ends it at once.
        poll_timeout: How long a poll is held, in seconds.
        virtual_time: True lets time leap over every gap in which nobody has anything to do, to the next
            timer, back-off or time-out; ``"manual"`` lets it leap only when `advance` is called. Leases,
            heartbeats of workers and waiting calls take real time in any case.
    """

    def __init__(
        self,
        database: str = ":memory:",
        *,
        port: int = 0,
        token: str | None = None,
        role_tokens: Mapping[str, str] | None = None,
        workflow_lease: float = 300.0,
        activity_lease: float = 300.0,
        cancel_grace: float = 60.0,
        poll_timeout: float = 30.0,
        virtual_time: bool | Literal["manual"] = False,
    ) -> None:
        self._database = str(database)
        self._port = port
        self._token = token
        self._role_tokens = dict(role_tokens or {})
        self._lengths: dict[str, Any] = {
            "workflow_lease": workflow_lease,
            "activity_lease": activity_lease,
            "cancel_grace": cancel_grace,
            "poll_timeout": poll_timeout,
        }
        self._virtual_time: bool | Literal["manual"] = virtual_time
        self._server: Server | None = None
        self._thread: threading.Thread | None = None

    @property
    def url(self) -> str:
        """The base URL of the running server.

        Raises:
            RuntimeError: If it was not started.
        """
        return self._running().url

    @property
    def violations(self) -> tuple[Violation, ...]:
        """Answers of the server that its own specification does not allow."""
        return tuple(self._running().app.violations)

    def start(self) -> None:
        """Start the server and return when it serves.

        Raises:
            ServerError: If the address cannot be had.
            StoreError: If the database cannot be had.
        """
        from durable_workflow.server._settings import EngineSettings
        from durable_workflow.server.runner import Server, ServerOptions

        options = ServerOptions(
            port=self._port,
            database=self._database,
            token=self._token,
            role_tokens=self._role_tokens,
            settings=EngineSettings(**self._lengths),
            virtual_time=self._virtual_time,
        )
        server = self._server = Server(options)
        ready = threading.Event()

        def run() -> None:
            asyncio.run(server.serve(ready.set))

        self._thread = threading.Thread(target=run, name="durable-workflow-dev-server", daemon=True)
        self._thread.start()
        if not ready.wait(_PATIENCE):
            raise RuntimeError(f"the server at {server.url} did not start within {_PATIENCE:g} s")

    def advance(self, seconds: float) -> datetime:
        """Move virtual time, stopping at everything that is due on the way.

        At each stop the workers get the time to do what there is to do. In a test with an event loop of its
        own call it with ``await asyncio.to_thread(server.advance, seconds)``, or its workers cannot work.

        Args:
            seconds: How far; not negative.

        Returns:
            The new time.

        Raises:
            RuntimeError: If the server was not started with ``virtual_time``, or if this thread runs an
                event loop.
            ValueError: If ``seconds`` is negative.
        """
        if seconds < 0:
            raise ValueError(f"seconds must not be negative, got {seconds}")
        if asyncio._get_running_loop() is not None:
            raise RuntimeError(
                "advance() would stop the event loop of this thread, and with it its workers; "
                "use `await asyncio.to_thread(server.advance, seconds)`"
            )
        return datetime.fromtimestamp(self._running().advance(seconds), UTC)

    def leap_freely(self, freely: bool) -> None:
        """Let virtual time leap by itself over gaps in which nothing happens, or stop it from doing so.

        Args:
            freely: Whether it leaps by itself; otherwise only `advance` moves it.

        Raises:
            RuntimeError: If the server was not started with ``virtual_time``.
        """
        self._running().leap_freely(freely)

    def nothing_follows(self) -> bool:
        """Tell whether no task is out or ready, and nothing will ever become due by itself.

        Raises:
            RuntimeError: If the server was not started with ``virtual_time``.
        """
        return self._running().nothing_follows()

    def release_polls(self) -> None:
        """Answer every waiting poll, and every later one, with its empty reply: workers are about to end."""
        self._running().release_polls()

    def stop(self) -> None:
        """End the server gracefully; its database is closed afterwards."""
        if self._server is not None and self._thread is not None:
            self._server.stop()
            self._thread.join(_PATIENCE)
            self._thread = None

    def __enter__(self) -> DevServer:
        """Start the server."""
        self.start()
        return self

    def __exit__(self, *exception: object) -> None:
        """End the server."""
        self.stop()

    def _running(self) -> Server:
        if self._server is None:
            raise RuntimeError("the server was not started; call start(), or use it in a with statement")
        return self._server


@contextlib.contextmanager
def dev_server(
    database: str = ":memory:",
    *,
    port: int = 0,
    token: str | None = None,
    workflow_lease: float = 300.0,
    activity_lease: float = 300.0,
    cancel_grace: float = 60.0,
    poll_timeout: float = 30.0,
    virtual_time: bool = False,
) -> Iterator[str]:
    """Run a server in a thread and yield its base URL.

    Args:
        database: The database file, or ``:memory:``.
        port: The port; 0 lets the system choose.
        token: The token that callers must show; None lets every caller of this machine in.
        workflow_lease: How long a workflow task belongs to its worker, in seconds.
        activity_lease: How long an activity task belongs to its worker, in seconds.
        cancel_grace: How long a workflow that is told of its cancellation may take to end, in seconds; with
            0 the server ends it at once.
        poll_timeout: How long a poll is held, in seconds.
        virtual_time: True lets time leap over every gap in which nobody has anything to do. To move it by
            hand, use `DevServer`.

    Raises:
        AssertionError: At the end, if the server gave an answer that its own specification does not allow.
    """
    server = DevServer(
        database,
        port=port,
        token=token,
        workflow_lease=workflow_lease,
        activity_lease=activity_lease,
        cancel_grace=cancel_grace,
        poll_timeout=poll_timeout,
        virtual_time=virtual_time,
    )
    with server:
        yield server.url
    if server.violations:
        raise AssertionError(f"the server answered against its specification: {server.violations}")
