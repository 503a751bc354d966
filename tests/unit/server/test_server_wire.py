"""Clients that offer another protocol, that stop half-way, or that vanish."""

from __future__ import annotations

import json
import logging
import socket
import time
from collections.abc import Callable, Iterator

import pytest

from durable_workflow.server import _admission, _protocol, app
from durable_workflow.server._binding import bind
from durable_workflow.testing import DevServer

BODY = json.dumps({"worker_id": "w", "task_queue": "q", "runtime": "java"}).encode()
OFFER = b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAEAAEAAAAIAAAAB\r\n"
HEAD = (
    b"POST /api/worker/register HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    b"X-Durable-Workflow-Protocol-Version: 1.0\r\n"
)
SIZED = b"Content-Length: %d\r\n\r\n" % len(BODY)
CHUNKED = b"Transfer-Encoding: chunked\r\n\r\n"


def chunks(body: bytes) -> bytes:
    half = len(body) // 2
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (body[:half], body[half:], b""))


@pytest.fixture(params=["httptools", "h11"])
def server(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[DevServer]:
    if request.param == "h11":
        monkeypatch.setattr(_protocol, "_on_httptools", _protocol._on_h11)
    with DevServer() as running:
        yield running


def connect(server: DevServer) -> socket.socket:
    host, port = server.url.removeprefix("http://").split(":")
    return socket.create_connection((host, int(port)), timeout=10)


def answer(connection: socket.socket) -> bytes:
    """Read one answer with a Content-Length."""
    received = b""
    while b"\r\n\r\n" not in received:
        received += connection.recv(65536) or pytest.fail(f"closed after {received!r}")
    head, _, body = received.partition(b"\r\n\r\n")
    length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n")[0])
    while len(body) < length:
        body += connection.recv(65536)
    return head.split(b"\r\n")[0]


@pytest.mark.parametrize(
    "send",
    [
        lambda: [HEAD + OFFER + SIZED + BODY],
        lambda: [HEAD + OFFER + SIZED, BODY],
        lambda: [HEAD + OFFER + SIZED + BODY[:5], BODY[5:]],
        lambda: [HEAD[:40], HEAD[40:] + OFFER, SIZED + BODY],
        lambda: [HEAD + OFFER + CHUNKED + chunks(BODY)],
        lambda: [HEAD + OFFER + CHUNKED, chunks(BODY)],
    ],
)
def test_an_offer_of_http2_is_ignored_without_a_word(
    server: DevServer, send: Callable[[], list[bytes]], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING), connect(server) as connection:
        for _ in range(2):
            for part in send():
                connection.sendall(part)
                time.sleep(0.02)
            assert answer(connection) == b"HTTP/1.1 201 Created"
        connection.sendall(HEAD + SIZED + BODY)
        assert answer(connection) == b"HTTP/1.1 201 Created"
    assert caplog.text == ""


def test_an_offer_without_a_body_and_a_request_behind_it(server: DevServer) -> None:
    get = b"GET /api/health HTTP/1.1\r\nHost: localhost\r\n"
    with connect(server) as connection:
        connection.sendall(get + OFFER + b"\r\n")
        assert answer(connection) == b"HTTP/1.1 200 OK"
        connection.sendall(get + b"\r\n")
        assert answer(connection) == b"HTTP/1.1 200 OK"


def test_connect_is_refused(server: DevServer) -> None:
    with connect(server) as connection:
        connection.sendall(b"CONNECT localhost:443 HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert connection.recv(65536).startswith((b"HTTP/1.1 4", b"HTTP/1.1 5"))


def test_who_stops_in_the_middle_of_a_body_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_admission, "BODY_PATIENCE", 0.3)
    monkeypatch.setattr(app, "BODY_PATIENCE", 0.3)
    with DevServer() as server, connect(server) as connection:
        connection.sendall(HEAD + SIZED + BODY[:5])
        assert answer(connection) == b"HTTP/1.1 408 Request Timeout"
        assert connection.recv(1) == b""
        with connect(server) as slow:
            slow.sendall(HEAD + SIZED)
            for number in range(len(BODY)):
                slow.sendall(BODY[number : number + 1])
                time.sleep(0.01)
            assert answer(slow) == b"HTTP/1.1 201 Created"


def test_half_open_and_stuck_clients_do_not_hold_up_the_end() -> None:
    server = DevServer(poll_timeout=60)
    server.start()
    stuck = [connect(server) for _ in range(5)]
    for number, connection in enumerate(stuck):
        connection.sendall((HEAD + SIZED + BODY[:5])[: 30 + 90 * number])
    reader = connect(server)
    reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    for _ in range(20):
        reader.sendall(b"GET /openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n")
    time.sleep(0.5)
    before = time.monotonic()
    server.stop()
    assert time.monotonic() - before < 8
    for connection in (*stuck, reader):
        connection.close()


def test_connections_are_asked_for_signs_of_life() -> None:
    with bind("127.0.0.1", 0, protected=False) as listener:
        client = socket.create_connection(listener.getsockname())
        with client, listener.accept()[0] as accepted:
            assert accepted.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE) == 1
            if hasattr(socket, "TCP_KEEPIDLE"):
                assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE) == 15
