"""A real HTTP server on a real socket that misbehaves as told.

Every request is recorded as it came over the wire; a function decides what happens to it.
"""

from __future__ import annotations

import json
import socket
import socketserver
import ssl
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Received:
    """One request as it came over the wire; the target is not decoded."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes
    at: float
    connection: int

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def path(self) -> str:
        return self.target.partition("?")[0]


@dataclass(frozen=True)
class Unasked:
    """Bytes for a connection that waits for nothing: sent when `may_go` is set, and then `has_gone` is."""

    bytes: bytes
    may_go: threading.Event = field(default_factory=threading.Event)
    has_gone: threading.Event = field(default_factory=threading.Event)


@dataclass(frozen=True)
class Say:
    """Answer; the content type is JSON unless it is given. `then` is said unasked, when the answer is out."""

    status: int = 200
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    after: float = 0.0
    then: Unasked | None = None

    def bytes(self) -> bytes:
        content = self.body if isinstance(self.body, bytes) else json.dumps(self.body).encode()
        headers = {"Content-Type": "application/json", "Content-Length": str(len(content)), **self.headers}
        lines = [f"HTTP/1.1 {self.status} Whatever", *(f"{name}: {value}" for name, value in headers.items())]
        return "\r\n".join([*lines, "", ""]).encode() + content


@dataclass(frozen=True)
class Drop:
    """Hang up without an answer, or after these bytes of one."""

    sent: bytes = b""


@dataclass(frozen=True)
class Trickle:
    """Answer byte by byte, with a pause after each."""

    answer: Say
    pause: float = 0.05


Reaction = Say | Drop | Trickle
Behaviour = Callable[[Received], Reaction]


class RudeServer:
    """The server; `behaviour` may be exchanged at any time."""

    def __init__(self, behaviour: Behaviour, tls: ssl.SSLContext | None = None) -> None:
        self.behaviour = behaviour
        self.tls = tls
        self.received: list[Received] = []
        self.closing = threading.Event()
        self.connections = 0
        self._lock = threading.Lock()
        self._server = _Listener(("127.0.0.1", 0), _Connection)
        self._server.rude = self
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http{'s' if self.tls else ''}://127.0.0.1:{self._server.server_address[1]}"

    def react(self, request: Received) -> Reaction:
        with self._lock:
            self.received.append(request)
        return self.behaviour(request)

    def count(self) -> int:
        with self._lock:
            self.connections += 1
            return self.connections

    def to(self, path_end: str) -> list[Received]:
        return [request for request in self.received if request.path.endswith(path_end)]

    def close(self) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Listener(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128
    rude: RudeServer

    def handle_error(self, request: Any, client_address: Any) -> None:
        # A client that does not trust this server hangs up in the handshake.
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


class _Connection(socketserver.StreamRequestHandler):
    def setup(self) -> None:
        assert isinstance(self.server, _Listener)
        tls = self.server.rude.tls
        if tls is not None:
            # Here, in the thread of the connection: a handshake may fail or take long.
            self.request = tls.wrap_socket(self.request, server_side=True)
        super().setup()

    def finish(self) -> None:
        super().finish()
        if isinstance(self.request, ssl.SSLSocket):
            self.request.close()

    def handle(self) -> None:
        assert isinstance(self.server, _Listener)
        rude, number = self.server.rude, self.server.rude.count()
        while not rude.closing.is_set():
            request = self._read(number)
            if request is None or not self._perform(rude, rude.react(request)):
                return

    def _read(self, number: int) -> Received | None:
        try:
            line = self.rfile.readline().decode("latin-1").split()
            if len(line) != 3:
                return None
            headers: dict[str, str] = {}
            while header := self.rfile.readline().decode("latin-1").strip():
                name, _, value = header.partition(":")
                headers[name.lower()] = value.strip()
            body = self.rfile.read(int(headers.get("content-length", "0")))
        except OSError:
            return None
        return Received(line[0], line[1], headers, body, time.monotonic(), number)

    def _perform(self, rude: RudeServer, reaction: Reaction) -> bool:
        try:
            if isinstance(reaction, Drop):
                self.wfile.write(reaction.sent)
                self.connection.shutdown(socket.SHUT_RDWR)
                return False
            if isinstance(reaction, Trickle):
                return self._trickle(rude, reaction)
            if reaction.after and rude.closing.wait(reaction.after):
                return False
            self.wfile.write(reaction.bytes())
            if reaction.then is not None and reaction.then.may_go.wait(10):
                self.wfile.write(reaction.then.bytes)
                reaction.then.has_gone.set()
        except OSError:
            return False
        return True

    def _trickle(self, rude: RudeServer, reaction: Trickle) -> bool:
        for byte in reaction.answer.bytes():
            if rude.closing.wait(reaction.pause):
                return False
            self.wfile.write(bytes([byte]))
        return True


@contextmanager
def rude_server(behaviour: Behaviour, tls: ssl.SSLContext | None = None) -> Iterator[RudeServer]:
    """Run a server for the length of a with statement."""
    server = RudeServer(behaviour, tls)
    try:
        yield server
    finally:
        server.close()


def in_turn(*reactions: Reaction) -> Behaviour:
    """Return a behaviour that goes through some reactions and then keeps the last one."""
    rest = list(reactions)

    def behave(request: Received) -> Reaction:
        return rest.pop(0) if len(rest) > 1 else rest[0]

    return behave


def refused_url() -> str:
    """Return a URL at which nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{free.getsockname()[1]}"
