"""Codecs, the chain of them, and the gate that requests and answers pass."""

from __future__ import annotations

import base64
import json
import logging
import zlib
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from durable_workflow import serializer
from durable_workflow.codec import framing_of, sealed_in
from durable_workflow.errors import PayloadDecodeError
from durable_workflow.payloads import AesGcm, Coded, Deflate, PayloadGate, PayloadSettings
from durable_workflow.payloads._sealing import is_sealed, seal, unseal

KEY, OTHER = bytes(range(32)), bytes(range(1, 33))
AES = AesGcm({"k1": KEY})
CHAIN = [Deflate(min_bytes=64), AES]
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


def gate(*codecs: Any) -> PayloadGate:
    return PayloadGate(PayloadSettings(codecs=codecs))


@given(value=VALUES, framing=st.sampled_from(["wrapper", "value"]))
def test_what_is_sealed_is_opened_again(value: Any, framing: Any) -> None:
    blob = serializer.encode(value, framing=framing)
    sealed = seal(blob, CHAIN)
    assert is_sealed(sealed)
    assert not is_sealed(blob)
    assert unseal(sealed, CHAIN) == blob
    # Servers look into payloads: arguments are a list before and after.
    assert isinstance(serializer.decode(sealed), list) == isinstance(value, list)


def test_nothing_of_a_value_can_be_read_from_its_sealed_form() -> None:
    sealed = seal(serializer.encode(["a secret of some length"] * 9), CHAIN)
    inner = sealed_in(serializer.decode(sealed))
    assert inner is not None
    assert inner["by"] == [{"codec": "deflate"}, {"codec": "aes-gcm", "key": "k1"}]
    assert b"secret" not in base64.b64decode(sealed)
    assert b"secret" not in base64.b64decode(inner["data"])


def test_the_same_payload_is_sealed_alike_and_every_other_one_differently() -> None:
    again = AesGcm({"k1": KEY})
    assert AES.encode(b"one") == again.encode(b"one")
    assert AES.encode(b"one").data[:12] != AES.encode(b"two").data[:12]


def test_keys_rotate_by_their_ids() -> None:
    old = seal(serializer.encode([1]), [AES])
    rotated = AesGcm({"k1": KEY, "k2": OTHER})
    assert serializer.decode(unseal(old, [rotated])) == [1]
    new = seal(serializer.encode([1]), [rotated])
    assert sealed_in(serializer.decode(new))["by"] == [{"codec": "aes-gcm", "key": "k2"}]  # type: ignore[index]
    with pytest.raises(PayloadDecodeError, match=r"needs key 'k2'; known are k1"):
        unseal(new, [AES])
    assert serializer.decode(unseal(new, [AesGcm({"k2": OTHER, "k1": KEY}, active="k1")])) == [1]


@pytest.mark.parametrize("at", [0, 11, 12, 20, -1])
def test_an_altered_payload_is_refused(at: int) -> None:
    data = bytearray(AES.encode(b"payload of a workflow").data)
    data[at] ^= 1
    with pytest.raises(PayloadDecodeError, match="altered"):
        AES.decode(bytes(data), {"key": "k1"})


@pytest.mark.parametrize("data", [b"", b"short", bytes(12), bytes(28)])
def test_a_cut_payload_is_refused(data: bytes) -> None:
    with pytest.raises(PayloadDecodeError, match="altered"):
        AES.decode(data, {"key": "k1"})


def test_a_payload_cannot_be_passed_off_under_another_key_id() -> None:
    both = AesGcm({"a": KEY, "b": KEY}, active="a")
    with pytest.raises(PayloadDecodeError, match="altered"):
        both.decode(both.encode(b"x").data, {"key": "b"})


@pytest.mark.parametrize(
    ("keys", "active", "message"),
    [
        ({}, None, "at least one key"),
        ({"k": b"short"}, None, "16, 24 or 32 bytes"),
        ({"k": "text" * 8}, None, "16, 24 or 32 bytes"),
        ({"k": KEY}, "j", "active key 'j' is none of the keys k"),
    ],
)
def test_wrong_keys_are_named_and_not_shown(keys: Any, active: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message) as caught:
        AesGcm(keys, active=active)
    assert "short" not in str(caught.value)
    assert "text" not in str(caught.value)


def test_keys_from_text() -> None:
    encoded = base64.b64encode(KEY).decode()
    both = AesGcm.from_text(f"old={base64.b64encode(OTHER).decode()}, k1={encoded}")
    assert both.encode(b"x") == AES.encode(b"x")
    assert encoded not in repr(both)
    assert repr(both) == "<AesGcm keys old, k1, active k1>"
    for wrong in ("k1", "=" + encoded, "k1=%%%"):
        with pytest.raises(ValueError, match="key 1") as caught:
            AesGcm.from_text(wrong)
        assert encoded not in str(caught.value)


def test_compression_is_left_out_where_it_saves_nothing() -> None:
    assert Deflate(min_bytes=1).encode(b"ab") is None
    assert Deflate().encode(b"a" * 1023) is None
    blob = serializer.encode([1])
    assert seal(blob, [Deflate()]) == blob


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"no zlib", "no zlib data"),
        (zlib.compress(b"a" * 2000)[:-3], "cut or extended"),
        (zlib.compress(b"a") + b"more", "cut or extended"),
        (zlib.compress(bytes(5000)), "more than 4096 bytes"),
    ],
)
def test_broken_compression_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(PayloadDecodeError, match=message):
        Deflate(max_bytes=4096).decode(data, {})


def test_the_gate_seals_every_envelope_and_no_memo() -> None:
    envelope = serializer.envelope([1])
    body = {
        "input": envelope,
        "memo": {"note": envelope},
        "commands": [
            {"type": "schedule_activity", "arguments": envelope},
            {"type": "record_side_effect", "result": serializer.encode(7)},
            {"type": "upsert_memo", "entries": serializer.envelope({"a": 1})},
        ],
    }
    sealed = gate(AES).outgoing("startWorkflow", body)
    assert sealed["memo"] == body["memo"]
    assert sealed["commands"][2] == body["commands"][2]
    hidden = [
        sealed["input"]["blob"],
        sealed["commands"][0]["arguments"]["blob"],
        sealed["commands"][1]["result"],
    ]
    assert all(is_sealed(blob) for blob in hidden)
    assert body["input"] == envelope
    opened = json.loads(gate(AES).incoming("describeWorkflow", json.dumps(sealed).encode()))
    assert opened == body


def test_the_clear_copy_of_a_query_result_is_not_sent() -> None:
    body = {"result": {"a": 1}, "result_envelope": serializer.envelope({"a": 1})}
    assert gate(AES).outgoing("completeQueryTask", body)["result"] is None
    assert gate().outgoing("completeQueryTask", body) is body


@pytest.mark.parametrize(
    ("version", "setting", "framing"),
    [
        ("1.0", None, "wrapper"),
        ("1.13", None, "wrapper"),
        ("1.13", "value", "value"),
        ("1.14", None, "value"),
        ("1.20", "wrapper", "wrapper"),
        (None, None, "wrapper"),
        ("2.0", None, "wrapper"),
    ],
)
def test_a_client_writes_what_the_servers_version_asks_for(version: Any, setting: Any, framing: str) -> None:
    gate = PayloadGate(PayloadSettings(framing=setting))
    gate.note_info({"worker_protocol": {"version": version}})
    body = {"input": serializer.envelope([1, {"a": None}])}
    sent = gate.outgoing("startWorkflow", body)["input"]["blob"]
    assert framing_of(sent) == framing
    assert serializer.decode(sent) == [1, {"a": None}]
    # A completion is written like its run, whatever the server's version.
    assert gate.outgoing("completeActivityTask", body) is body


def test_a_server_is_not_told_parameters_that_it_cannot_see() -> None:
    contract = {
        "signals": ["approve"],
        "signal_contracts": [
            {
                "name": "approve",
                "parameters": [{"name": "who", "position": 0, "required": True, "type": "str"}],
            }
        ],
        "query_contracts": None,
    }
    body = {"workflow_command_contracts": {"order": contract}}
    blind = gate(AES).outgoing("registerWorker", body)["workflow_command_contracts"]["order"]
    anything = {"name": "arguments", "position": 0, "required": False, "variadic": True}
    assert blind == {
        "signals": ["approve"],
        "signal_contracts": [{"name": "approve", "parameters": [anything]}],
        "query_contracts": [],
    }
    assert gate().outgoing("registerWorker", body) is body


def test_what_cannot_be_opened_stays_and_is_refused_where_it_is_decoded(
    caplog: pytest.LogCaptureFixture,
) -> None:
    sealed = seal(serializer.encode(["secret"]), [AES])
    content = json.dumps({"task": {"arguments": sealed}}).encode()
    with caplog.at_level(logging.WARNING, "durable_workflow.payloads"):
        task = json.loads(gate(AesGcm({"k2": OTHER})).incoming("pollWorkflowTask", content))["task"]
    assert task["arguments"] == sealed
    assert "needs key 'k1'" in caplog.text
    with pytest.raises(PayloadDecodeError, match=r"sealed by aes-gcm \(key k1\).*codecs and keys"):
        serializer.decode_envelope(task["arguments"])


def test_without_codecs_an_answer_is_not_even_looked_at() -> None:
    content = b'{"task": "not even JSON'
    assert gate().incoming("pollWorkflowTask", content) is content
    assert gate(AES).incoming("pollWorkflowTask", content) is content


def test_a_bundle_stays_as_its_checksum_says() -> None:
    content = json.dumps({"a": seal(serializer.encode([1]), [AES])}).encode()
    assert gate(AES).incoming("exportWorkflowHistory", content) is content
    assert gate(AES).open_all(json.loads(content)) == {"a": serializer.encode([1])}


@pytest.mark.parametrize(
    "inner",
    [
        {"by": "deflate", "data": ""},
        {"by": [1], "data": ""},
        {"by": [], "data": "%"},
        {"by": []},
        {"by": [{"codec": "rot13", "x": 1}], "data": "AA=="},
        {},
    ],
)
def test_malformed_seals_are_refused(inner: Any) -> None:
    blob = serializer.encode(
        {
            "durable-workflow/sealed": inner,
        }
    )
    with pytest.raises(PayloadDecodeError):
        unseal(blob, CHAIN)
    with pytest.raises(PayloadDecodeError, match="sealed by"):
        serializer.decode_envelope(blob)


def test_a_chain_of_ones_own() -> None:
    class Reverse:
        name = "reverse"

        def encode(self, data: bytes) -> Coded:
            return Coded(data[::-1], {"length": str(len(data))})

        def decode(self, data: bytes, facts: Mapping[str, str]) -> bytes:
            assert facts == {"length": str(len(data))}
            return data[::-1]

    blob = serializer.encode({"a": [1, 2]})
    assert unseal(seal(blob, [Reverse(), AES]), [AES, Reverse()]) == blob


def test_settings_are_checked() -> None:
    with pytest.raises(ValueError, match="two named 'aes-gcm'"):
        PayloadSettings(codecs=[AES, AesGcm({"k2": OTHER})])
    with pytest.raises(TypeError, match="no name, encode and decode"):
        PayloadSettings(codecs=[zlib])  # type: ignore[list-item]
