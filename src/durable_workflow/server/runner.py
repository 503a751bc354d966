"""Running the server: address, database, uvicorn, and a graceful end."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
import sys
import threading
from collections.abc import Callable, Coroutine, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeVar

import uvicorn

from durable_workflow.errors import DurableWorkflowError
from durable_workflow.server._auth import Credentials
from durable_workflow.server._binding import AddressInUse, ServerError, ServerNotProtected, bind, url_of
from durable_workflow.server._hosts import Hosts
from durable_workflow.server._protocol import protocol_class
from durable_workflow.server._settings import EngineSettings
from durable_workflow.server.app import App
from durable_workflow.server.clock import Clock, LeapingClock, SystemClock
from durable_workflow.server.store import Store

__all__ = [
    "AddressInUse",
    "Server",
    "ServerError",
    "ServerNotProtected",
    "ServerOptions",
    "VirtualTime",
    "run",
]

T = TypeVar("T")
VirtualTime = bool | Literal["manual"]

DEFAULT_PORT = 8080
DEFAULT_DATABASE = "durable-workflow.sqlite"

# Waiting polls are answered at once; this is for calls that are being carried out.
_GRACE = 4
_KEEP_ALIVE = 75


@dataclass(frozen=True, slots=True)
class ServerOptions:
    """What can be set about a server.

    Args:
        host: The address to listen on.
        port: The port; 0 lets the system choose.
        database: The database file, or ``:memory:``.
        token: The token that callers must show; None lets every caller of this machine in.
        settings: The engine's settings.
        role_tokens: A token for each role (``worker``, ``operator``, ``admin``) that has one of its own. With
            any of them ``token`` is a plain admin's, who may not act as a worker.
        allowed_hosts: Names beside loopback ones that a server without a token answers to.
        virtual_time: False for real time; True for time that leaps over gaps in which nothing happens;
            ``manual`` for time that leaps only when `Server.advance` is called.
    """

    host: str = "127.0.0.1"
    port: int = DEFAULT_PORT
    database: str = DEFAULT_DATABASE
    token: str | None = None
    settings: EngineSettings = field(default_factory=EngineSettings)
    virtual_time: VirtualTime = False
    role_tokens: Mapping[str, str] = field(default_factory=dict)
    allowed_hosts: tuple[str, ...] = ()


class Server:
    """One server: its address is taken and its database open from the start, until `serve` has ended.

    Args:
        options: Where to listen and what to open.
        clock: The clock; what the options ask for if omitted.

    Raises:
        ServerError: If the address cannot be had.
        StoreError: If the database cannot be had.
    """

    def __init__(self, options: ServerOptions, clock: Clock | None = None) -> None:
        credentials = Credentials(options.token, options.role_tokens)
        clock = clock or (LeapingClock() if options.virtual_time else SystemClock())
        self._listener = bind(options.host, options.port, protected=credentials.required)
        try:
            self._store = Store.open(options.database, clock, options.settings)
        except BaseException:
            self._listener.close()
            raise
        self.app = App(
            self._store,
            credentials=credentials,
            leaps=options.virtual_time is True,
            hosts=None if credentials.required else Hosts((options.host, *options.allowed_hosts)),
        )
        self.url = url_of(self._listener)
        self._uvicorn = _Uvicorn(self.app)
        self._loop: asyncio.AbstractEventLoop | None = None

    async def serve(self, ready: Callable[[], None] | None = None) -> None:
        """Serve until `stop` is called or, in the main thread, SIGINT or SIGTERM arrives.

        Args:
            ready: Called once requests are served.
        """
        self._loop = asyncio.get_running_loop()
        self._uvicorn.ready = ready
        try:
            await self._uvicorn.serve([self._listener])
        finally:
            self._listener.close()
            await self._store.close()

    def stop(self) -> None:
        """Have `serve` end gracefully; may be called from any thread."""
        self._uvicorn.should_exit = True

    def advance(self, seconds: float) -> float:
        """Move virtual time, from any thread but the one that serves; see `App.advance`.

        Raises:
            RuntimeError: If the server does not serve, or runs on real time.
        """
        return self._call(self.app.advance(seconds))

    def leap_freely(self, freely: bool) -> None:
        """Have virtual time leap by itself or not, from any thread but the one that serves.

        Raises:
            RuntimeError: If the server does not serve, or runs on real time.
        """
        self._call(self.app.leap_freely(freely))

    def nothing_follows(self) -> bool:
        """Return whether nothing will happen any more by itself, in any thread but the one that serves.

        Raises:
            RuntimeError: If the server does not serve, or runs on real time.
        """
        return self._call(self.app.nothing_follows())

    def release_polls(self) -> None:
        """Answer every waiting poll, and every later one, with its empty reply; from any thread."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self.app.release_polls)

    def _call(self, asked: Coroutine[Any, Any, T]) -> T:
        if self._loop is None:
            asked.close()
            raise RuntimeError("the server does not serve yet")
        return asyncio.run_coroutine_threadsafe(asked, self._loop).result()


class _Uvicorn(uvicorn.Server):
    """Uvicorn that says when it serves, ends waiting polls first, and does not raise signals again."""

    def __init__(self, app: App) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                access_log=False,
                http=protocol_class(),
                lifespan="on",
                log_config=None,
                proxy_headers=False,
                server_header=False,
                timeout_graceful_shutdown=_GRACE,
                timeout_keep_alive=_KEEP_ALIVE,
                ws="none",
            )
        )
        self.ready: Callable[[], None] | None = None
        self._app = app

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started and self.ready is not None:
            self.ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._app.release_polls()
        await super().shutdown(sockets)
        # Of clients that do not read what they asked for.
        for connection in list(self.server_state.connections):
            if connection.transport is not None:
                connection.transport.abort()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = {
            number: signal.signal(number, self.handle_exit) for number in (signal.SIGINT, signal.SIGTERM)
        }
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


def run(options: ServerOptions) -> int:
    """Run a server in the foreground.

    Args:
        options: Where to listen and what to open.

    Returns:
        The exit code: 0 after a graceful end, 2 if the server could not start.
    """
    try:
        server = Server(options)
    except DurableWorkflowError as error:
        print(f"durable-workflow: {error}", file=sys.stderr)
        return 2
    time = ", virtual time" if options.virtual_time else ""
    line = f"Durable Workflow server ready at {server.url} (database {options.database}{time})"
    with asyncio.Runner(loop_factory=_loop_factory()) as runner:
        runner.run(server.serve(lambda: print(line, flush=True)))
    return 0


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """Return what makes event loops: uvloop where it is installed, which is twice as fast."""
    try:
        import uvloop
    except ImportError:
        return None
    return uvloop.new_event_loop
