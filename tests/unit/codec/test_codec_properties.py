"""Round trips, agreement with fastavro, and what arbitrary bytes may do."""

from __future__ import annotations

import base64
import io
import json
import math
import subprocess
import sys
from typing import Any

import fastavro
import pytest
from fastavro.schema import fingerprint, to_parsing_canonical_form
from hypothesis import example, given, settings
from hypothesis import strategies as st

from durable_workflow import codec
from durable_workflow.codec import _value_read, _value_schema
from durable_workflow.errors import PayloadDecodeError, PayloadEncodeError

SCHEMA: Any = fastavro.parse_schema(_value_schema.SCHEMA)
BRANCHES: dict[type, tuple[str, str]] = {
    bool: ("BooleanValue", "boolean"),
    int: ("LongValue", "long"),
    float: ("DoubleValue", "double"),
    bytes: ("BytesValue", "bytes"),
    str: ("StringValue", "string"),
}

text = st.text(st.characters(exclude_categories=["Cs"]))
leaves = (
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | text
)


def trees(leaf: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.recursive(leaf, lambda inner: st.lists(inner) | st.dictionaries(text, inner), max_leaves=30)


anything = st.recursive(
    leaves | st.floats() | st.text() | st.integers() | st.binary() | st.tuples(st.none()) | st.just(object()),
    lambda inner: st.lists(inner) | st.dictionaries(st.text() | st.integers(), inner),
    max_leaves=20,
)
everyday = settings(deadline=None, max_examples=150)


def exactly(value: Any) -> str:
    """Give a text that tells 7, 7.0, true and "7" apart, and -0.0 from 0.0."""
    return repr(value)


def as_datum(value: Any) -> dict[str, Any]:
    """Spell a value out for fastavro, with the branch of each union."""
    if value is None:
        return {"value": None}
    content: dict[str, Any]
    if isinstance(value, list):
        branch, content = "ArrayValue", {"items": [as_datum(item) for item in value]}
    elif isinstance(value, dict):
        branch, content = "MapValue", {"entries": {key: as_datum(item) for key, item in value.items()}}
    else:
        branch, field = BRANCHES[type(value)]
        content = {field: value}
    return {"value": (f"durable_workflow.protocol.{branch}", content)}


def from_datum(datum: Any) -> Any:
    held = datum["value"]
    if held is None:
        return None
    ((field, content),) = held.items()
    if field == "items":
        return [from_datum(item) for item in content]
    if field == "entries":
        return {key: from_datum(item) for key, item in content.items()}
    return content


def test_the_schema_has_the_announced_fingerprint() -> None:
    canonical = to_parsing_canonical_form(_value_schema.SCHEMA)
    assert len(canonical) == 961
    assert fingerprint(canonical, "CRC-64-AVRO") == _value_schema.FINGERPRINT.hex()


@everyday
@given(trees(leaves))
@example(-0.0)
def test_wrapper_round_trip(value: Any) -> None:
    blob = codec.encode(value)
    assert exactly(codec.decode(blob, "avro")) == exactly(value)
    assert exactly(codec.decode(blob)) == exactly(value)
    assert codec.framing_of(blob) == "wrapper"


@everyday
@given(trees(leaves | st.binary()))
def test_value_round_trip_and_fastavro_writes_the_same(value: Any) -> None:
    blob = codec.encode(value, framing="value")
    assert exactly(codec.decode(blob)) == exactly(value)
    stream = io.BytesIO()
    fastavro.schemaless_writer(stream, SCHEMA, as_datum(value))
    assert base64.b64decode(blob) == _value_schema.PREFIX + stream.getvalue()


@everyday
@given(st.binary(), st.sampled_from([b"", b"\x00", b"\x01", _value_schema.MAGIC, _value_schema.PREFIX]))
def test_bytes_are_read_or_refused(data: bytes, prefix: bytes) -> None:
    blob = base64.b64encode(prefix + data).decode()
    for name in (None, "avro", "json"):
        only_payload_errors(blob, name)


@everyday
@given(
    st.text() | anything.map(repr) | trees(leaves).map(json.dumps),
    st.sampled_from([None, "avro", "json", "x"]),
)
def test_texts_are_read_or_refused(blob: str, name: str | None) -> None:
    only_payload_errors(blob, name)


@everyday
@given(st.data(), trees(leaves | st.binary()), st.sampled_from(["wrapper", "value"]))
def test_damaged_frames_are_read_or_refused(data: st.DataObject, value: Any, framing: codec.Framing) -> None:
    try:
        frame = bytearray(base64.b64decode(codec.encode(value, framing=framing)))
    except PayloadEncodeError:
        return
    at = data.draw(st.integers(0, len(frame) - 1))
    frame[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    only_payload_errors(base64.b64encode(frame).decode(), "avro")


@everyday
@given(trees(leaves | st.binary()))
def test_a_cut_frame_is_refused(value: Any) -> None:
    frame = base64.b64decode(codec.encode(value, framing="value"))
    for end in range(len(frame)):
        with pytest.raises(PayloadDecodeError):
            _value_read.read(frame[:end])


@settings(deadline=None, max_examples=400)
@given(st.lists(st.sampled_from(range(16)), max_size=12).map(bytes) | st.binary(max_size=20))
def test_what_is_read_is_what_fastavro_reads(datum: bytes) -> None:
    try:
        value = _value_read.read(_value_schema.PREFIX + datum)
    except PayloadDecodeError:
        return
    assert exactly(from_datum(fastavro.schemaless_reader(io.BytesIO(datum), SCHEMA, None))) == exactly(value)


@everyday
@given(anything, st.sampled_from(["wrapper", "value"]))
@example(math.nan, "wrapper")
def test_anything_is_written_to_come_back_equal_or_refused(value: Any, framing: codec.Framing) -> None:
    try:
        blob = codec.encode(value, framing=framing)
    except PayloadEncodeError as error:
        assert error.path is not None
        assert error.path.startswith("$")
        return
    assert exactly(codec.decode(blob)) == exactly(value)


def only_payload_errors(blob: str, name: str | None) -> None:
    try:
        value = codec.decode(blob, name)
    except PayloadDecodeError as error:
        assert error.code
        return
    # Whatever could be read is a value that could also be written, but for integers of JSON text.
    try:
        codec.encode(value, framing="value")
    except PayloadEncodeError as error:
        assert error.code == "integer_overflow"


def test_neither_fastavro_nor_prometheus_is_loaded_before_it_is_needed() -> None:
    code = (
        "import sys, durable_workflow.serializer as s, durable_workflow.metrics\n"
        "s.decode('[1]', 'json')\n"
        "assert not {'fastavro', 'prometheus_client', 'httpx'} & set(sys.modules)\n"
        "assert s.decode(s.encode([1])) == [1]\n"
        "assert 'fastavro' not in sys.modules, 'what this SDK writes needs no other reader'\n"
        "assert s.decode('AAIxggE=') == 1\n"
        "assert 'fastavro' in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
