"""Payloads that a server keeps elsewhere are read, checked, and refused where they cannot be had."""

from __future__ import annotations

import base64
import hashlib
import json
import logging
from pathlib import Path
from typing import Any

import pytest

from durable_workflow import serializer
from durable_workflow.errors import PayloadDecodeError
from durable_workflow.payloads import AesGcm, FolderStorage, PayloadGate, PayloadSettings
from durable_workflow.payloads._sealing import seal

BLOB = serializer.encode(["stored elsewhere"])


def envelope(path: Path, data: bytes, **changes: Any) -> dict[str, Any]:
    path.write_bytes(data)
    reference = {
        "schema": "durable-workflow.v2.external-payload-reference.v1",
        "uri": path.as_uri(),
        "sha256": hashlib.sha256(data).hexdigest(),
        "size_bytes": len(data),
        "codec": "avro",
    }
    return {"codec": "avro", "external_storage": reference | changes}


def read(payload: dict[str, Any], folder: Path | None, *codecs: Any) -> Any:
    storage = None if folder is None else FolderStorage(folder)
    gate = PayloadGate(PayloadSettings(storage=storage, codecs=codecs))
    content = json.dumps({"task": {"arguments": payload}}).encode()
    assert gate.is_slow(content) is (folder is not None)
    return json.loads(gate.incoming("pollActivityTask", content))["task"]["arguments"]


@pytest.mark.parametrize("data", [BLOB.encode(), base64.b64decode(BLOB)])
def test_a_payload_in_a_folder_is_read_as_text_or_frame(tmp_path: Path, data: bytes) -> None:
    payload = envelope(tmp_path / "a b", data)
    assert read(payload, tmp_path) == {"codec": "avro", "blob": BLOB}


def test_a_sealed_payload_is_opened_after_it_was_read(tmp_path: Path) -> None:
    codec = AesGcm({"k": bytes(32)})
    payload = envelope(tmp_path / "a", seal(BLOB, [codec]).encode())
    assert read(payload, tmp_path, codec) == {"codec": "avro", "blob": BLOB}


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"sha256": "0" * 64}, "another content"),
        ({"size_bytes": 1}, "not 1"),
        ({"schema": "v9"}, "schema 'v9'"),
        ({"uri": "file:///etc/hostname"}, "is not in"),
        ({"uri": "s3://bucket/key"}, "is not in"),
        ({"uri": "file:///missing"}, "cannot be read"),
    ],
)
def test_what_cannot_be_had_stays_a_reference_and_is_refused_later(
    tmp_path: Path, changes: dict[str, Any], why: str, caplog: pytest.LogCaptureFixture
) -> None:
    payload = envelope(tmp_path / "a", BLOB.encode(), **changes)
    with caplog.at_level(logging.WARNING, "durable_workflow.payloads"):
        assert read(payload, tmp_path) == payload
    assert why in caplog.text
    with pytest.raises(PayloadDecodeError, match="external storage"):
        serializer.decode_envelope(payload)


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    outside, folder = tmp_path / "outside", tmp_path / "folder"
    folder.mkdir()
    payload = envelope(outside, BLOB.encode())
    (folder / "link").symlink_to(outside)
    payload["external_storage"]["uri"] = (folder / "link").as_uri()
    assert read(payload, folder) == payload


def test_without_storage_the_log_says_what_is_missing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    payload = envelope(tmp_path / "a", BLOB.encode())
    with caplog.at_level(logging.WARNING, "durable_workflow.payloads"):
        assert read(payload, None) == payload
    assert "PayloadSettings(storage=...)" in caplog.text
