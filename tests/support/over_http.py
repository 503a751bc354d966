"""Calls to a running server over real sockets, one connection each."""

from __future__ import annotations

import http.client
import json
import socket
import time
from typing import Any
from urllib.parse import urlsplit

from durable_workflow.testing import DevServer

WORKER = {"Content-Type": "application/json", "X-Durable-Workflow-Protocol-Version": "1.0"}
CONTROL = {"Content-Type": "application/json", "X-Durable-Workflow-Control-Plane-Version": "2"}


def connect(url: str) -> http.client.HTTPConnection:
    parts = urlsplit(url)
    assert parts.hostname is not None
    return http.client.HTTPConnection(parts.hostname, parts.port, timeout=15)


def post(url: str, path: str, body: Any, headers: dict[str, str] = WORKER) -> tuple[int, Any]:
    """Make a call and return the status and the body of its answer."""
    connection = connect(url)
    try:
        connection.request("POST", path, json.dumps(body), headers)
        response = connection.getresponse()
        return response.status, json.loads(response.read())
    finally:
        connection.close()


def left_open(url: str, path: str, body: Any, headers: dict[str, str] = WORKER) -> socket.socket:
    """Make a call and return its connection; closing that hangs up."""
    connection = connect(url)
    connection.request("POST", path, json.dumps(body), headers)
    assert connection.sock is not None
    sock: socket.socket = connection.sock.dup()
    connection.close()
    return sock


def register(url: str, worker_id: str = "w", **members: Any) -> dict[str, str]:
    """Register a worker and return what its polls say."""
    body = {"worker_id": worker_id, "task_queue": "q"}
    assert post(url, "/api/worker/register", {**body, "runtime": "python", **members})[0] == 201
    return body


def start(url: str, workflow_id: str) -> None:
    body = {"workflow_type": "t", "task_queue": "q", "workflow_id": workflow_id}
    assert post(url, "/api/workflows", body, CONTROL)[0] == 201


def waiting(server: DevServer, count: int) -> None:
    """Return when so many held requests wait."""
    hub = server._running().app.hub
    deadline = time.monotonic() + 15
    while len(hub) != count:
        assert time.monotonic() < deadline, f"{len(hub)} requests wait, {count} expected"
        time.sleep(0.005)
