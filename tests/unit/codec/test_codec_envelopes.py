"""Envelopes in all the forms in which servers hand them out."""

from __future__ import annotations

import types
from typing import Any

import pytest

from durable_workflow import codec, serializer
from durable_workflow.errors import PayloadDecodeError, PayloadEncodeError

OK = "ABZ7Im9rIjp0cnVlfQI="
REFERENCE = {
    "schema": "durable-workflow.v2.external-payload-reference.v1",
    "uri": "s3://bucket/key?signature=secret",
    "sha256": "0" * 64,
    "size_bytes": 3,
    "codec": "avro",
}


def code_of(value: Any, name: str | None = None) -> str | None:
    with pytest.raises(PayloadDecodeError) as caught:
        serializer.decode_envelope(value, name)
    assert "secret" not in str(caught.value)
    return caught.value.code


def test_written() -> None:
    assert serializer.envelope({"ok": True}) == {"codec": "avro", "blob": OK}
    assert codec.envelope(7, framing="value") == {"codec": "avro", "blob": "wwHioz3/VYAiNwQO"}
    with pytest.raises(PayloadEncodeError):
        serializer.envelope({"ok": True}, serializer.JSON_CODEC)


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ({"codec": "avro", "blob": OK}, None),
        ({"codec": "avro", "blob": OK}, "json"),
        ({"codec": "avro", "blob": OK, "external_storage": None, "size": 14}, None),
        (types.MappingProxyType({"codec": "avro", "blob": OK}), None),
        ({"codec": "json", "blob": '{"ok":true}'}, None),
        ({"codec": None, "blob": OK}, None),
        ({"blob": '{"ok":true}'}, "json"),
        (OK, None),
        (OK, "avro"),
        ('{"ok":true}', "json"),
    ],
)
def test_read(value: Any, name: str | None) -> None:
    assert serializer.decode_envelope(value, name) == {"ok": True}


@pytest.mark.parametrize("value", [None, {"codec": None, "blob": None}, {"codec": "avro", "blob": None}])
def test_no_value(value: Any) -> None:
    assert serializer.decode_envelope(value) is None


def test_no_blob_is_no_value() -> None:
    assert serializer.decode(None) is None


@pytest.mark.parametrize(
    "value", [{}, {"codec": "avro"}, {"codec": 1, "blob": OK}, 7, True, [OK], b"AAIxAg=="]
)
def test_malformed(value: Any) -> None:
    assert code_of(value) == "malformed_envelope"


@pytest.mark.parametrize("blob", [7, {}, b"AAIxAg=="])
def test_blobs_are_text(blob: Any) -> None:
    assert code_of({"codec": "avro", "blob": blob}) == "malformed_envelope"


def test_external_storage_is_refused() -> None:
    assert code_of({"codec": "avro", "external_storage": REFERENCE}) == "unsupported_payload_reference"
    assert code_of({"codec": "avro", "external_storage": {}}) == "unsupported_payload_reference"
    both = {"codec": "avro", "blob": OK, "external_storage": REFERENCE}
    assert code_of(both) == "unsupported_payload_reference"


def test_unknown_codec() -> None:
    assert code_of({"codec": "zlib", "blob": OK}) == "unsupported_payload_codec"


def test_a_bare_text_is_avro_unless_told_otherwise() -> None:
    assert code_of('{"ok":true}') == "json_tagged_avro"
    assert code_of("") == "empty_payload"


def test_a_value_that_looks_like_an_envelope_is_data() -> None:
    value = {"codec": "json", "blob": "x"}
    for framing in ("wrapper", "value"):
        assert codec.decode_envelope(codec.envelope(value, framing=framing)) == value
