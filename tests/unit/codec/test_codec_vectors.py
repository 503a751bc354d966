"""Every vector of the shared data file, in both directions."""

from __future__ import annotations

import base64
import json
import math
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from durable_workflow import codec
from durable_workflow.codec import _value_read, _wrapper
from durable_workflow.codec._faults import DECODE_REMEDIES, ENCODE_CODES
from durable_workflow.errors import PayloadDecodeError, PayloadEncodeError

DATA = Path(__file__).parents[2] / "data" / "codec-vectors.json"
VECTORS: list[dict[str, Any]] = json.loads(DATA.read_text(encoding="utf-8"))["vectors"]

GOOD = [v for v in VECTORS if "value" in v and "encode_reject" not in v]
WRITTEN = [v for v in GOOD if v["codec_generation"] != "json" and "direction" not in v]
ENCODE_REJECTS = [v for v in VECTORS if v.get("encode_reject")]
REJECTS = [v for v in VECTORS if v.get("reject")]

# Good frames of one generation are rejects for a reader of the other alone; ours reads both.
READABLE_REJECTS = {
    "value_reject_wrapper_frame": {"ok": True},
    "value_reject_wrapper_frame_long": "x" * 40,
    "wrapper_reject_value_frame": 7,
}
# The peers sum up under one code what ours tells apart.
FRAMING_CODES = frozenset(DECODE_REMEDIES) - {"unsupported_payload_schema", "unsupported_payload_codec"}


def by_name(vectors: list[dict[str, Any]]) -> list[Any]:
    return [pytest.param(vector, id=vector["name"]) for vector in vectors]


def real(value: Any) -> Any:
    """Replace the file's notations for what JSON cannot say."""
    if isinstance(value, list):
        return [real(item) for item in value]
    if not isinstance(value, dict):
        return value
    match value:
        case {"$float": text}:
            return float(text)
        case {"$bytes": text}:
            return base64.b64decode(text)
        case {"$int": text}:
            return int(text)
        case {"$map": pairs}:
            return {real(key): real(item) for key, item in pairs}
        case {"$utf16": text}:
            return bytes.fromhex(text).decode("utf-16-be", "surrogatepass")
    return {key: real(item) for key, item in value.items()}


def same(left: Any, right: Any) -> bool:
    """Compare as the wire does: 7 is not 7.0 is not true, and -0.0 is not 0.0."""
    if type(left) is not type(right):
        return False
    if isinstance(left, list):
        return len(left) == len(right) and all(map(same, left, right))
    if isinstance(left, dict):
        return list(left) == list(right) and all(same(left[key], right[key]) for key in left)
    if isinstance(left, float):
        return left == right and math.copysign(1, left) == math.copysign(1, right)
    return bool(left == right)


def codec_of(vector: dict[str, Any]) -> str:
    return "json" if vector["codec_generation"] == "json" else "avro"


def test_the_file_is_complete() -> None:
    assert Counter(v["codec_generation"] for v in VECTORS) == {"value": 90, "wrapper": 38, "json": 6}
    assert len(GOOD) + len(ENCODE_REJECTS) + len(REJECTS) == len(VECTORS)


@pytest.mark.parametrize("vector", by_name(GOOD))
def test_decode(vector: dict[str, Any]) -> None:
    assert same(codec.decode(vector["blob"], codec_of(vector)), real(vector["value"]))


@pytest.mark.parametrize("vector", by_name(GOOD))
def test_decode_without_a_codec_name(vector: dict[str, Any]) -> None:
    assert same(codec.decode(vector["blob"]), real(vector["value"]))


@pytest.mark.parametrize("vector", by_name(WRITTEN))
def test_encode(vector: dict[str, Any]) -> None:
    generation = vector["codec_generation"]
    assert codec.encode(real(vector["value"]), framing=generation) == vector["blob"]
    assert codec.framing_of(vector["blob"]) == generation


@pytest.mark.parametrize("vector", by_name([v for v in GOOD if v["codec_generation"] == "wrapper"]))
def test_the_json_text_inside_a_wrapper(vector: dict[str, Any]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("durable_workflow.codec._json.read", lambda text, code: text)
        assert _wrapper.read(base64.b64decode(vector["blob"])) == vector["json"]


@pytest.mark.parametrize("vector", by_name([v for v in REJECTS if v["name"] not in READABLE_REJECTS]))
def test_reject(vector: dict[str, Any]) -> None:
    with pytest.raises(PayloadDecodeError) as caught:
        codec.decode(vector["blob"], codec_of(vector))
    if vector["error"] == "invalid_payload_framing":
        assert caught.value.code in FRAMING_CODES
    else:
        assert caught.value.code == vector["error"]
    assert DECODE_REMEDIES[str(caught.value.code)] in str(caught.value)


@pytest.mark.parametrize("name", READABLE_REJECTS)
def test_good_frames_of_the_other_generation_are_read(name: str) -> None:
    blob = next(v["blob"] for v in VECTORS if v["name"] == name)
    assert codec.decode(blob, "avro") == READABLE_REJECTS[name]


def test_each_reader_alone_refuses_the_other_generation() -> None:
    with pytest.raises(PayloadDecodeError):
        _value_read.read(base64.b64decode("ABZ7Im9rIjp0cnVlfQI="))
    with pytest.raises(PayloadDecodeError):
        _wrapper.read(base64.b64decode("wwHioz3/VYAiNwQO"))


@pytest.mark.parametrize("framing", ["wrapper", "value"])
@pytest.mark.parametrize("vector", by_name(ENCODE_REJECTS))
def test_encode_reject(vector: dict[str, Any], framing: codec.Framing) -> None:
    with pytest.raises(PayloadEncodeError) as caught:
        codec.encode(real(vector["value"]), framing=framing)
    assert caught.value.code == vector["error"]
    assert caught.value.code in ENCODE_CODES
    assert caught.value.path == "$"
