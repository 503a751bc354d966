"""TLS on a real socket: whom the client trusts, and what it shows."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from typing import Any

import pytest

from durable_workflow import errors
from support.imports import ROOT
from support.rude_server import Say, rude_server
from support.wire_answers import description

CERTIFICATES = ROOT / "tests" / "data" / "tls"
AUTHORITY, SERVER, CLIENT = (str(CERTIFICATES / f"{who}.pem") for who in ("authority", "server", "client"))
FOUND = Say(body=description())


def server_context(*, asks_for_certificates: bool = False) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(SERVER)
    if asks_for_certificates:
        context.verify_mode = ssl.CERT_REQUIRED
        context.load_verify_locations(AUTHORITY)
    return context


def describe(client: Any) -> Any:
    return client.describe_workflow("order-1")


@pytest.mark.parametrize("verify", [AUTHORITY, False, ssl.create_default_context(cafile=AUTHORITY)])
async def test_a_trusted_server_is_called(use: Callable[..., Any], verify: Any) -> None:
    with rude_server(lambda request: FOUND, server_context()) as server:
        assert server.url.startswith("https:")
        assert (await use(server.url, describe, verify=verify)).workflow_id == "order-1"


async def test_a_server_of_an_unknown_authority_gets_nothing(use: Callable[..., Any]) -> None:
    with rude_server(lambda request: FOUND, server_context()) as server:
        with pytest.raises(errors.ConnectionFailed, match="certificate") as caught:
            await use(server.url, describe, token="secret")
        assert caught.value.safe_to_retry
        assert not server.received


async def test_the_authorities_of_the_environment_are_trusted(
    use: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    from durable_workflow.transport import _tls

    monkeypatch.setenv("SSL_CERT_FILE", AUTHORITY)
    _tls._common_context.cache_clear()
    try:
        with rude_server(lambda request: FOUND, server_context()) as server:
            assert (await use(server.url, describe)).workflow_id == "order-1"
    finally:
        _tls._common_context.cache_clear()


async def test_a_certificate_is_shown(use: Callable[..., Any]) -> None:
    with rude_server(lambda request: FOUND, server_context(asks_for_certificates=True)) as server:
        shown = await use(server.url, describe, verify=AUTHORITY, cert=CLIENT)
        assert shown.workflow_id == "order-1"
        with pytest.raises(errors.CallError):
            await use(server.url, describe, verify=AUTHORITY)
        assert len(server.received) == 1
