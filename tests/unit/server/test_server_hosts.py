"""Without a token the server answers to names that no foreign page can have, and to those it was told."""

from __future__ import annotations

import http.client
from collections.abc import Iterator

import pytest

from durable_workflow.server._hosts import Hosts
from durable_workflow.testing import DevServer

FOREIGN = [
    "evil.example",
    "evil.example:8080",
    "127.0.0.1.evil.example",
    "localhost.evil.example",
    "10.0.0.1",
]


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "LOCALHOST:8080",
        "localhost.",
        "app.localhost",
        "127.0.0.1",
        "127.0.0.2:1",
        "[::1]",
        "[::1]:80",
    ],
)
def test_loopback_names_are_answered(host: str) -> None:
    assert Hosts().admit(host)


@pytest.mark.parametrize(
    "host",
    [
        *FOREIGN,
        "",
        "0.0.0.0",
        "notlocalhost",
        "a b",
        "localhost@evil.example",
        "localhost, evil.example",
        "[::2]",
    ],
)
def test_other_names_are_not(host: str) -> None:
    assert not Hosts().admit(host)


def test_further_names_are_answered() -> None:
    hosts = Hosts(["Workflows.internal", "10.0.0.1", "fe80::1"])
    assert all(map(hosts.admit, ["workflows.INTERNAL:80", "10.0.0.1", "[fe80::1]:8080", "localhost"]))
    assert not hosts.admit("sub.workflows.internal")


@pytest.fixture(scope="module")
def server() -> Iterator[DevServer]:
    with DevServer() as running:
        yield running


def ask(
    server: DevServer, host: str, path: str, **headers: str
) -> tuple[int, bytes, http.client.HTTPMessage]:
    connection = http.client.HTTPConnection(server.url.removeprefix("http://"), timeout=10)
    try:
        connection.request("GET", path, headers={"Host": host, **headers})
        response = connection.getresponse()
        return response.status, response.read(), response.headers
    finally:
        connection.close()


@pytest.mark.parametrize(
    "path", ["/api/health", "/api/cluster/info", "/docs", "/api/worker/register", "/nowhere"]
)
def test_a_foreign_name_is_refused_on_every_path(server: DevServer, path: str) -> None:
    status, body, headers = ask(server, "evil.example", path)
    assert status == 421
    assert b'"reason":"host_not_allowed"' in body
    assert b"--allowed-host" in body
    plane = "Protocol" if "/worker/" in path else "Control-Plane"
    assert f"X-Durable-Workflow-{plane}-Version" in headers


def test_with_a_token_every_name_is_answered() -> None:
    with DevServer(token="t") as server:
        assert ask(server, "evil.example", "/api/cluster/info")[0] == 401
        assert ask(server, "evil.example", "/api/cluster/info", Authorization="Bearer t")[0] == 200
