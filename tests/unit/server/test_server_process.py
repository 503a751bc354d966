"""`durable-workflow dev` as a process: how it starts, how it ends, and what it says when it cannot."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from durable_workflow.server._auth import Credentials
from durable_workflow.server._binding import ServerNotProtected, bind

COMMAND = [sys.executable, "-m", "durable_workflow"]
ENVIRONMENT = {name: value for name, value in os.environ.items() if "DURABLE_WORKFLOW" not in name}
READY = "Durable Workflow server ready at "


@contextlib.contextmanager
def running(*options: str, **environment: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A server process and its URL."""
    process = subprocess.Popen(
        [*COMMAND, "dev", "--port", "0", *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=ENVIRONMENT | environment,
    )
    assert process.stdout is not None
    try:
        line = process.stdout.readline()
        assert line.startswith(READY), process.communicate()
        yield process, line.removeprefix(READY).split()[0]
    finally:
        process.kill()
        process.communicate()


def refused(*arguments: str, **environment: str) -> str:
    """What a command says that cannot do its work."""
    done = subprocess.run(
        [*COMMAND, *arguments], capture_output=True, text=True, timeout=30, env=ENVIRONMENT | environment
    )
    assert done.returncode == 2, done
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    return done.stderr


def fetch(url: str, token: str = "") -> int:
    request = urllib.request.Request(url, headers={"Authorization": f"Bearer {token}"})
    try:
        with urllib.request.urlopen(request, timeout=10) as response:
            return int(response.status)
    except urllib.error.HTTPError as error:
        with error:
            return error.code


def poll(url: str, path: str, body: dict[str, str]) -> dict[str, object]:
    headers = {"Content-Type": "application/json", "X-Durable-Workflow-Protocol-Version": "1.0"}
    request = urllib.request.Request(url + path, json.dumps(body).encode(), headers)
    with urllib.request.urlopen(request, timeout=20) as response:
        answer: dict[str, object] = json.load(response)
        return answer


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_server_gracefully(tmp_path: Path, number: signal.Signals) -> None:
    database = tmp_path / "own.sqlite"
    with running("--db", str(database)) as (process, url):
        poll(url, "/api/worker/register", {"worker_id": "w", "task_queue": "q", "runtime": "go"})
        answers: list[dict[str, object]] = []
        body = {"worker_id": "w", "task_queue": "q"}
        polling = threading.Thread(
            target=lambda: answers.append(poll(url, "/api/worker/workflow-tasks/poll", body))
        )
        polling.start()
        time.sleep(1)
        before = time.monotonic()
        process.send_signal(number)
        assert process.wait(10) == 0
        assert time.monotonic() - before < 5
        polling.join(5)
        assert process.stderr is not None
        assert process.stderr.read() == ""
    assert answers[0]["task"] is None
    with contextlib.closing(sqlite3.connect(database)) as left:
        assert left.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_the_ready_line_names_the_address_and_the_database() -> None:
    with running("--db", ":memory:") as (_, url):
        assert url.startswith("http://127.0.0.1:")
        with urllib.request.urlopen(f"{url}/api/cluster/info", timeout=10) as response:
            assert json.load(response)["worker_protocol"]["server_capabilities"]["virtual_time"] is False
        assert fetch(f"{url}/api/health") == 200


def test_virtual_time_is_said_and_kept_with_the_file(tmp_path: Path) -> None:
    database = str(tmp_path / "own.sqlite")
    for _ in range(2):
        with running("--db", database, "--virtual-time") as (process, url):
            with urllib.request.urlopen(f"{url}/api/cluster/info", timeout=10) as response:
                capabilities = json.load(response)["worker_protocol"]["server_capabilities"]
            assert capabilities["virtual_time"] is True
            start = {"workflow_type": "t", "run_timeout_seconds": 86_400}
            headers = {"Content-Type": "application/json", "X-Durable-Workflow-Control-Plane-Version": "2"}
            request = urllib.request.Request(f"{url}/api/workflows", json.dumps(start).encode(), headers)
            with urllib.request.urlopen(request, timeout=10) as response:
                started = json.load(response)
            request = urllib.request.Request(
                f"{url}/api/workflows/{started['workflow_id']}?wait_closed_seconds=20", headers=headers
            )
            with urllib.request.urlopen(request, timeout=30) as response:
                assert json.load(response)["closed_reason"] == "timed_out"
            process.send_signal(signal.SIGTERM)
            assert process.wait(10) == 0
    said = refused("dev", "--port", "0", "--db", database)
    assert "--virtual-time" in said
    assert said.count("\n") == 1


def test_the_token_may_come_from_the_environment() -> None:
    with running("--db", ":memory:", DURABLE_WORKFLOW_AUTH_TOKEN="from-env") as (_, url):
        assert fetch(f"{url}/api/cluster/info") == 401
        assert fetch(f"{url}/api/cluster/info", "from-env") == 200


WORKER_ROUTE = "/api/worker/register"
CONTROL_ROUTE = "/api/workflows"


def outcome(url: str, token: str) -> tuple[bool, bool]:
    """Whether a token opens a worker route and a control route; 400 is for the version header."""
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    found = []
    for route in (WORKER_ROUTE, CONTROL_ROUTE):
        request = urllib.request.Request(url + route, b"{}", headers)
        try:
            urllib.request.urlopen(request, timeout=10).close()
            raise AssertionError("a version header is missing")
        except urllib.error.HTTPError as error:
            with error:
                assert error.code in (400, 401, 403)
                found.append(error.code == 400)
    return found[0], found[1]


def test_each_role_may_have_a_token_of_its_own() -> None:
    options = ("--db", ":memory:", "--token", "legacy", "--operator-token", "o", "--admin-token", "a")
    with running(*options, DURABLE_WORKFLOW_WORKER_TOKEN="w") as (_, url):
        outcomes = {token: outcome(url, token) for token in ("w", "o", "a", "legacy", "none")}
    worker, control = (True, False), (False, True)
    assert outcomes == {"w": worker, "o": control, "a": control, "legacy": control, "none": (False, False)}


@pytest.mark.parametrize("role", ["worker", "operator", "admin"])
def test_a_role_token_protects_too(role: str) -> None:
    with running("--db", ":memory:", "--host", "0.0.0.0", f"--{role}-token", "t") as (_, url):
        url = url.replace("0.0.0.0", "127.0.0.1")
        assert fetch(f"{url}/api/cluster/info") == 401
        assert fetch(f"{url}/api/cluster/info", "t") == 200


def test_tokens_that_cannot_be_told_apart_are_refused() -> None:
    said = refused("dev", "--db", ":memory:", "--worker-token", "t", "--admin-token", "t")
    assert "Two tokens are equal" in said
    assert "The token is empty" in refused("dev", "--db", ":memory:", "--operator-token", "")
    with pytest.raises(ValueError, match="are equal"):
        Credentials("t", {"worker": "t"})
    with pytest.raises(ValueError, match="is empty"):
        Credentials("")


def test_further_names_may_be_answered_to() -> None:
    with running("--db", ":memory:", "--allowed-host", "flows.internal", "--allowed-host", "b") as (_, url):
        found = {}
        for name in ("flows.internal:80", "b", "c", "127.0.0.1"):
            request = urllib.request.Request(f"{url}/api/health", headers={"Host": name})
            try:
                with urllib.request.urlopen(request, timeout=10) as response:
                    found[name] = response.status
            except urllib.error.HTTPError as error:
                with error:
                    found[name] = error.code
    assert found == {"flows.internal:80": 200, "b": 200, "c": 421, "127.0.0.1": 200}


def test_a_public_address_with_a_token_is_served() -> None:
    with running("--db", ":memory:", "--host", "0.0.0.0", "--token", "t") as (_, url):
        assert fetch(url.replace("0.0.0.0", "127.0.0.1") + "/api/health") == 200


def test_a_port_in_use_is_said(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        said = refused("dev", "--port", str(port), "--db", str(tmp_path / "x.sqlite"))
    assert said == f"durable-workflow: another program listens on 127.0.0.1:{port}; choose another port\n"
    assert not (tmp_path / "x.sqlite").exists()


def test_a_database_in_use_is_said(tmp_path: Path) -> None:
    database = str(tmp_path / "own.sqlite")
    with running("--db", database):
        said = refused("dev", "--port", "0", "--db", database)
    assert said.count("\n") == 1
    assert database in said


def test_a_file_that_is_no_database_is_said(tmp_path: Path) -> None:
    broken = tmp_path / "broken.sqlite"
    broken.write_bytes(b"this is no database at all " * 100)
    said = refused("dev", "--port", "0", "--db", str(broken))
    assert said.count("\n") == 1
    assert str(broken) in said
    assert broken.read_bytes().startswith(b"this is no database")


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])
def test_a_public_address_needs_a_token(host: str) -> None:
    assert "set a token" in refused("dev", "--host", host, "--port", "0", "--db", ":memory:")
    with pytest.raises(ServerNotProtected):
        bind(host, 0, protected=False)


def test_an_unknown_host_is_said() -> None:
    assert "not an address of this machine" in refused(
        "dev", "--host", "no.such.host.invalid", "--db", ":memory:"
    )


def test_an_empty_token_is_no_token() -> None:
    assert "The token is empty" in refused("dev", "--token", "", "--db", ":memory:")


@pytest.mark.parametrize("name", ["localhost", "127.0.0.1", "127.0.0.2"])
def test_loopback_needs_no_token(name: str) -> None:
    bind(name, 0, protected=False).close()
