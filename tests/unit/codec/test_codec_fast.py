"""The fast walks give what the careful ones and fastavro give; no input gets past the documented errors."""

from __future__ import annotations

import base64
import io
import random
from collections.abc import Callable
from typing import Any

import fastavro
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from durable_workflow import codec
from durable_workflow.codec import (
    _value_read,
    _value_read_strict,
    _value_schema,
    _value_write,
    _value_write_strict,
    _wrapper,
)
from durable_workflow.errors import PayloadDecodeError, PayloadError

WRAPPER = fastavro.parse_schema(
    {
        "type": "record",
        "name": "Payload",
        "namespace": "durable_workflow",
        "fields": [{"name": "json", "type": "string"}, {"name": "version", "type": "int", "default": 1}],
    }
)
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text()
    | st.text(min_size=60, max_size=300)
    | st.binary(max_size=80)
)
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=6) | st.dictionaries(st.text(max_size=80), inner, max_size=6),
    max_leaves=25,
)
ODD = st.recursive(
    LEAVES | st.integers() | st.floats() | st.characters(categories=["Cs"]) | st.just((1,)) | st.just({1: 2}),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
DEEP_MUTANTS = 1_000_000


def outcome(call: Callable[[], Any]) -> tuple[str, str]:
    """Return what a call gives, as text in which 1, 1.0 and True differ, or its error."""
    try:
        return "value", repr(call())
    except PayloadError as error:
        return f"{error.code} {error.path}", str(error)


def damaged(frame: bytes, data: st.DataObject) -> bytes:
    broken = bytearray(frame)
    for _ in range(data.draw(st.integers(0, 3))):
        at = data.draw(st.integers(len(_value_schema.PREFIX), max(len(_value_schema.PREFIX), len(broken))))
        broken[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    return bytes(broken)


@settings(deadline=None, max_examples=300)
@given(st.data(), VALUES)
def test_the_fast_walk_reads_what_the_careful_one_reads(data: st.DataObject, value: Any) -> None:
    frame = damaged(_value_write_strict.write(value), data)
    assert outcome(lambda: _value_read.read(frame)) == outcome(lambda: _value_read_strict.read(frame))


@settings(deadline=None, max_examples=300)
@given(st.lists(st.integers(0, 17), max_size=14).map(bytes) | st.binary(max_size=24))
def test_so_it_does_on_frames_of_small_numbers(datum: bytes) -> None:
    frame = _value_schema.PREFIX + datum
    assert outcome(lambda: _value_read.read(frame)) == outcome(lambda: _value_read_strict.read(frame))


@settings(deadline=None, max_examples=300)
@given(VALUES | ODD)
@example({"a": [10**30]})
@example([[float("nan")]])
@example({"a": {"\ud800": 1}})
def test_the_fast_walk_writes_what_the_careful_one_writes(value: Any) -> None:
    fast = outcome(lambda: _value_write.write(value))
    assert fast == outcome(lambda: _value_write_strict.write(value))


@pytest.mark.parametrize("depth", [255, 256, 257])
@pytest.mark.parametrize("wrap", [lambda inner: [inner], lambda inner: {"a": inner}])
def test_both_walks_stop_at_the_same_depth(depth: int, wrap: Callable[[Any], Any]) -> None:
    value: Any = wrap(1)
    for _ in range(depth - 1):
        value = wrap(value)
    assert outcome(lambda: _value_write.write(value)) == outcome(lambda: _value_write_strict.write(value))
    item, closing = (b"\x0c\x02", b"\x00") if isinstance(value, list) else (b"\x0e\x02\x02a", b"\x00")
    frame = _value_schema.PREFIX + item * depth + b"\x04\x02" + closing * depth
    assert outcome(lambda: _value_read.read(frame)) == outcome(lambda: _value_read_strict.read(frame))


@settings(deadline=None, max_examples=200)
@given(st.text() | st.text(min_size=60, max_size=300))
@example("x" * 8190)
def test_a_wrapper_is_what_fastavro_writes_and_reads(text: str) -> None:
    frame = base64.b64decode(codec.encode(text))
    stream = io.BytesIO()
    fastavro.schemaless_writer(stream, WRAPPER, {"json": _wrapper_text(frame), "version": 1})
    assert frame == b"\x00" + stream.getvalue()
    assert _wrapper.read(frame) == text


def _wrapper_text(frame: bytes) -> str:
    record: Any = fastavro.schemaless_reader(io.BytesIO(frame[1:]), WRAPPER, None)
    text: str = record["json"]
    return text


@settings(deadline=None, max_examples=300)
@given(st.data(), st.recursive(st.integers() | st.text(max_size=90), st.lists, max_leaves=8))
def test_a_damaged_wrapper_is_read_as_avro_reads_it(data: st.DataObject, value: Any) -> None:
    frame = bytearray(base64.b64decode(codec.encode([str(value)])))
    at = data.draw(st.integers(1, len(frame) - 1))
    frame[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    broken = bytes(frame)
    assert outcome(lambda: _wrapper.read(broken)) == outcome(lambda: _wrapper._read_as_avro(broken))


def mutants(count: int, seed: int) -> None:
    """Decode damaged blobs; everything that is no value must be a `PayloadDecodeError`."""
    rng = random.Random(seed)
    sound = [
        base64.b64decode(codec.encode(value, framing=framing))
        for value in ([1, "é", None, True, -7.5, {"k": ["x" * 70]}], {"a": {}}, "text", 2**40, [[[]]])
        for framing in ("wrapper", "value")
    ]
    refused = 0
    for _ in range(count):
        frame = bytearray(rng.choice(sound))
        for _ in range(rng.randint(1, 4)):
            at = rng.randrange(len(frame) + 1)
            frame[at : at + rng.randint(0, 2)] = rng.randbytes(rng.randint(0, 2))
        blob = base64.b64encode(frame).decode()
        if rng.random() < 0.1:
            blob = blob[: rng.randrange(len(blob) + 1)] + rng.choice(["", "=", "%", "\n", '"', "é", "\ud800"])
        try:
            codec.decode(blob, rng.choice(["avro", "avro", "avro", None, "json"]))
        except PayloadDecodeError:
            refused += 1
    assert 0.2 * count < refused < count, "both sides of the border must be met"


def test_no_input_raises_anything_undocumented() -> None:
    mutants(20_000, seed=1)


@pytest.mark.deep
def test_no_input_of_a_million_raises_anything_undocumented() -> None:
    mutants(DEEP_MUTANTS, seed=random.SystemRandom().randrange(2**32))
