"""Faults beyond the vectors: each its code, and nothing but the documented error."""

from __future__ import annotations

import base64

import pytest

from durable_workflow import codec
from durable_workflow.codec._faults import DECODE_REMEDIES
from durable_workflow.codec._strict import MAX_DEPTH
from durable_workflow.codec._value_schema import PREFIX
from durable_workflow.errors import DurableWorkflowError, PayloadDecodeError


def blob(frame: bytes) -> str:
    return base64.b64encode(frame).decode()


def wrapper(text: bytes) -> str:
    assert len(text) < 64
    return blob(b"\x00" + bytes([2 * len(text)]) + text + b"\x02")


def value(datum: str) -> str:
    return blob(PREFIX + bytes.fromhex(datum))


FAULTS = {
    "empty": ("", "avro", "empty_payload"),
    "empty json": ("", "json", "empty_payload"),
    "empty without codec": ("", None, "empty_payload"),
    "white space": (" AAIxAg==", "avro", "invalid_base64"),
    "unpadded": ("AAIxAg", "avro", "invalid_base64"),
    "padded too much": ("AAIxAg===", "avro", "invalid_base64"),
    "not ASCII": ("AAIxAg=é", "avro", "invalid_base64"),
    "lone surrogate": ("\ud800", "avro", "invalid_base64"),
    "JSON array": ('["Ada"]', "avro", "json_tagged_avro"),
    "JSON string": ('"Ada"', "avro", "json_tagged_avro"),
    "JSON number": ("7", "avro", "json_tagged_avro"),
    "JSON that is base64 too": ("null", "avro", "json_tagged_avro"),
    "JSON number that is base64 too": ("1234", "avro", "json_tagged_avro"),
    "prefix C3 without 01": (blob(b"\xc3\x02"), "avro", "unknown_prefix"),
    "wrapper prefix alone": (blob(b"\x00"), "avro", "truncated"),
    "wrapper, trailing byte": (blob(b"\x00\x021\x02\x00"), "avro", "trailing_bytes"),
    "wrapper, negative length": (blob(b"\x00\x01a\x02"), "avro", "truncated"),
    "wrapper, huge length": (blob(b"\x00" + b"\xfe" + b"\xff" * 8 + b"\x01a"), "avro", "truncated"),
    "wrapper, endless varint": (blob(b"\x00" + b"\xff" * 40), "avro", "truncated"),
    "wrapper, not UTF-8": (wrapper(b"\xff"), "avro", "invalid_utf8"),
    "wrapper, no text": (wrapper(b""), "avro", "inner_json_invalid"),
    "wrapper, two texts": (wrapper(b"1 2"), "avro", "inner_json_invalid"),
    "wrapper, NaN": (wrapper(b"[NaN]"), "avro", "inner_json_invalid"),
    "wrapper, infinity": (wrapper(b"-Infinity"), "avro", "inner_json_invalid"),
    "wrapper, float overflow": (wrapper(b"1e999"), "avro", "inner_json_invalid"),
    "wrapper, byte order mark": (wrapper(b"\xef\xbb\xbf1"), "avro", "inner_json_invalid"),
    "wrapper, lone surrogate": (wrapper(b'"\\ud800"'), "avro", "inner_json_invalid"),
    "json, lone surrogate in a key": ('{"\\udfff":1}', "json", "invalid_json"),
    "json, endless integer": ("9" * 5000, "json", "invalid_json"),
    "json, too deep": ("[" * 100_000 + "]" * 100_000, "json", "nesting_too_deep"),
    "json without codec": ("{", None, "invalid_json"),
    "value, huge branch": (value("feffffffffffffffff01"), "avro", "unknown_branch"),
    "value, huge length": (value("08feffffffffffffffff01"), "avro", "truncated"),
    "value, huge count": (value("0cfeffffffffffffffff01"), "avro", "truncated"),
    "value, least count": (value("0cffffffffffffffffff0102"), "avro", "truncated"),
    "value, bad key": (value("0e0202ff00"), "avro", "invalid_utf8"),
    "value, boolean 2": (value("0202"), "avro", "invalid_boolean"),
    "value, long over 64 bits": (value("04ffffffffffffffffff03"), "avro", "invalid_varint"),
    "value, negative length": (value("0a01"), "avro", "invalid_length"),
    "value, NaN": (value("06000000000000f87f"), "avro", "non_finite_float"),
    "value, too deep": (value("0c02" * (MAX_DEPTH + 1) + "00" * (MAX_DEPTH + 2)), "avro", "nesting_too_deep"),
    "unknown codec": ("AAIxAg==", "zlib", "unsupported_payload_codec"),
    "codec without a name": ("AAIxAg==", "", "unsupported_payload_codec"),
}


@pytest.mark.parametrize(("text", "name", "code"), FAULTS.values(), ids=FAULTS)
def test_fault(text: str, name: str | None, code: str) -> None:
    with pytest.raises(PayloadDecodeError) as caught:
        codec.decode(text, name)
    assert caught.value.code == code
    assert str(caught.value).endswith(DECODE_REMEDIES[code])
    assert isinstance(caught.value, ValueError)
    assert isinstance(caught.value, DurableWorkflowError)


def test_the_faults_above_and_those_of_envelopes_are_all_there_are() -> None:
    elsewhere = {"malformed_envelope", "sealed_payload", "unsupported_payload_reference"}
    vectors = {"typed_schema_unsupported", "unsupported_payload_schema"}
    assert {code for _, _, code in FAULTS.values()} | elsewhere | vectors == set(DECODE_REMEDIES)


def test_the_message_does_not_show_the_payload() -> None:
    with pytest.raises(PayloadDecodeError) as caught:
        codec.decode('{"card":"4111111111111111"', "json")
    assert "4111" not in str(caught.value)


def test_framing_of_refuses_what_is_no_frame() -> None:
    for text in ("", "%%%", "AmFiYw=="):
        with pytest.raises(PayloadDecodeError):
            codec.framing_of(text)


def test_a_surrogate_pair_in_escapes_is_one_character() -> None:
    assert codec.decode('"\\ud83d\\ude80"', "json") == "🚀"


def test_deep_values_come_back() -> None:
    value: object = None
    for _ in range(MAX_DEPTH // 2):
        value = [{"a": value}]
    assert codec.decode(codec.encode(value)) == value
    assert codec.decode(codec.encode(value, framing="value")) == value
