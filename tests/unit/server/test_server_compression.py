"""Compression of answers: from which size, in which encoding, and what says so."""

from __future__ import annotations

import asyncio
import gzip
import json
import zlib
from collections.abc import Iterator

import pytest

from durable_workflow.server._compression import encoding_for
from durable_workflow.server._settings import EngineSettings
from durable_workflow.server.app import App
from durable_workflow.server.clock import SystemClock
from durable_workflow.server.store import Store
from support.asgi import Answered, call

INFO = "/api/cluster/info"


@pytest.fixture(scope="module")
def app() -> Iterator[App]:
    opened = Store.open(":memory:", SystemClock(), EngineSettings(poll_timeout=0.0))
    yield App(opened)
    asyncio.run(opened.close())


async def asked(app: App, accepted: str, target: str = INFO, method: str = "GET") -> Answered:
    return await call(app, method, target, headers={"Accept-Encoding": accepted})


def opened(answered: Answered) -> bytes:
    encoding = answered.headers.get("content-encoding")
    if encoding == "gzip":
        return gzip.decompress(answered.content)
    # Raw: zlib with a header would not be read.
    return zlib.decompress(answered.content, -zlib.MAX_WBITS) if encoding == "deflate" else answered.content


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
async def test_a_long_answer_is_compressed_as_the_caller_takes_it(app: App, encoding: str) -> None:
    plain = await call(app, "GET", INFO)
    answered = await asked(app, encoding)
    assert answered.headers["content-encoding"] == encoding
    assert answered.headers["vary"] == "Accept-Encoding"
    assert int(answered.headers["content-length"]) == len(answered.content) < len(plain.content)
    assert json.loads(opened(answered)) == plain.body
    assert plain.body["capabilities"]["response_compression"] == ["gzip", "deflate"]
    assert plain.body["worker_protocol"]["server_capabilities"]["response_compression"] == ["gzip", "deflate"]


@pytest.mark.parametrize("accepted", ["", "br", "identity", "gzip;q=0", "gzip;q=0, deflate;q=0.0"])
async def test_an_answer_stays_as_it_is_for_callers_that_take_nothing_else(app: App, accepted: str) -> None:
    answered = await asked(app, accepted)
    assert answered.headers.keys() & {"content-encoding", "vary"} == set()
    assert answered.body["version"]


async def test_a_short_answer_is_not_compressed(app: App) -> None:
    answered = await asked(app, "gzip", "/api/health")
    assert len(answered.content) < 1024
    assert answered.headers.keys() & {"content-encoding", "vary"} == set()


async def test_an_error_is_compressed_too(app: App) -> None:
    headers = {"Accept-Encoding": "gzip", "X-Durable-Workflow-Protocol-Version": "1.0"}
    answered = await call(app, "POST", "/api/worker/register", {}, headers=headers)
    assert answered.status == 422
    assert answered.headers["content-encoding"] == "gzip"
    assert json.loads(opened(answered))["reason"] == "validation_failed"


async def test_head_tells_the_length_of_what_get_would_send(app: App) -> None:
    answered = await asked(app, "gzip", method="HEAD")
    assert answered.content == b""
    assert answered.headers["content-encoding"] == "gzip"
    assert int(answered.headers["content-length"]) > 0


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip, deflate", "gzip"),
        ("deflate, gzip", "gzip"),
        ("gzip;q=0.5, deflate", "deflate"),
        ("gzip;q=0.5, deflate;q=0.5", "gzip"),
        ("*", "gzip"),
        ("*;q=0", None),
        ("gzip;q=0, *", "deflate"),
        ("gzip;q=0.1, *;q=0.9", "deflate"),
        ("GZIP ; q=1.000", "gzip"),
        ("gzip;q=nonsense", None),
        (",,", None),
    ],
)
def test_the_weights_of_the_caller_decide(accepted: str, encoding: str | None) -> None:
    assert encoding_for(accepted) == encoding


async def test_a_very_long_answer_is_compressed_aside(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("durable_workflow.server._compression._ASIDE_FROM", 2000)
    answered = await asked(app, "gzip")
    assert json.loads(opened(answered))["default_namespace"] == "default"
