"""Requests that are too large are refused before they are sent, with what makes them large."""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest

from durable_workflow import Client, serializer
from durable_workflow.errors import PayloadEncodeError, PayloadTooLarge
from durable_workflow.payloads import Deflate, PayloadGate, PayloadSettings
from durable_workflow.payloads._sizes import heaviest


def envelope(value: Any) -> dict[str, str]:
    return serializer.envelope(value)


@pytest.mark.parametrize(
    ("body", "path"),
    [
        (
            {"input": envelope([1, {"report": {"rows": "x" * 9000}, "name": "y" * 50}])},
            "input[1].report.rows",
        ),
        ({"input": envelope([["x" * 10] * 900])}, "input[0]"),
        ({"commands": [{"type": "a"}, {"arguments": envelope(["x" * 900])}]}, "commands[1].arguments[0]"),
        ({"input": envelope([]), "memo": {"note": "x" * 9000}}, "memo.note"),
        ({"result": "x" * 500}, "result"),
        ({"result": {"codec": "avro", "blob": "%" * 500}}, "result"),
        ([], "its body"),
    ],
)
def test_the_heaviest_part_is_named(body: Any, path: str) -> None:
    assert heaviest(body) == path


@pytest.fixture
async def client() -> Any:
    async with Client("http://localhost:1", payloads=PayloadSettings(max_bytes=10_000)) as client:
        yield client


async def start(client: Client, text: str) -> None:
    await client.start_workflow(
        workflow_type="t", task_queue="q", workflow_id="w", input=["small", {"text": text}]
    )


async def test_a_large_request_is_refused_before_it_is_sent(client: Client) -> None:
    with pytest.raises(PayloadTooLarge, match=r"takes 10000; most of it is input\[1\]\.text") as caught:
        await start(client, "x" * 9000)
    assert caught.value.path == "input[1].text"
    assert caught.value.limit_bytes == 10_000
    assert (caught.value.size_bytes or 0) > 12_000
    assert isinstance(caught.value, PayloadEncodeError)
    assert "xxx" not in str(caught.value)


async def test_from_four_fifths_of_the_limit_on_there_is_a_warning(caplog: pytest.LogCaptureFixture) -> None:
    gate = PayloadGate(PayloadSettings(max_bytes=1000))
    body = {"input": envelope(["x" * 600])}
    content = json.dumps(body).encode()
    assert 800 < len(content) < 1000
    with caplog.at_level(logging.WARNING, "durable_workflow.payloads"):
        gate.check_size("startWorkflow", content, body)
        gate.check_size("startWorkflow", b"x" * 800, body)
    (record,) = caplog.records
    assert f"{len(content)} bytes, {round(len(content) / 10)} % of the 1000" in record.getMessage()
    assert record.getMessage().endswith("most of it is input[0]")


async def test_compressed_it_may_fit() -> None:
    settings = PayloadSettings(max_bytes=10_000, codecs=[Deflate()])
    async with Client("http://localhost:1", payloads=settings) as client:
        with pytest.raises(Exception, match="connect") as caught:
            await start(client, "x" * 9000)
    assert not isinstance(caught.value, PayloadTooLarge)


def test_the_limit_is_the_servers_unless_it_is_set() -> None:
    gate = PayloadGate(PayloadSettings())
    assert gate.limit_bytes == 2 * 2**20
    gate.note_info({"limits": {"max_payload_bytes": 5000}})
    assert gate.limit_bytes == 5000
    gate.note_info({"limits": []})
    assert gate.limit_bytes == 2 * 2**20
    assert PayloadGate(PayloadSettings(max_bytes=7)).limit_bytes == 7
