"""JSON that comes in."""

from __future__ import annotations

import time

import pytest

from durable_workflow.server import _json
from durable_workflow.server._json import MAX_DEPTH, MalformedJson, dump, load, parse


@pytest.fixture(params=["msgspec", "standard library"], autouse=True)
def reader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "msgspec":
        assert _json._fast_decode is not None
    else:
        monkeypatch.setattr(_json, "_fast_decode", None)
        monkeypatch.setattr(_json, "_fast_encode", None)


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        (b'{"a":[1,2.5,null,true]}', {"a": [1, 2.5, None, True]}),
        ('"é😀"'.encode(), "é😀"),
        (rb'"\ud83d\ude00"', "😀"),
        (b"12345678901234567890", 12345678901234567890),
        (b'"' + b"[" * 500 + b'"', "[" * 500),
    ],
)
def test_json_is_read(raw: bytes, value: object) -> None:
    assert parse(raw) == value
    assert parse(dump(value)) == load(dump(value).decode()) == value


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"{bad", "line 1"),
        (b"", "line 1"),
        (b'{"a":1}x', "Extra data"),
        (b"NaN", "NaN"),
        (b"[Infinity]", "Infinity"),
        (b"[-Infinity]", "-Infinity"),
        (b"1e400", "too large"),
        (b"9" * 5000, "too long"),
        (b'"\xff"', "UTF-8"),
        (b"\xef\xbb\xbf{}", "line 1"),
        (rb'{"\udc00":1}', "surrogate"),
        (rb'"\ud83dx"', "surrogate"),
        (b"[" * (MAX_DEPTH + 1) + b"]" * (MAX_DEPTH + 1), "levels"),
        (b'{"a":' * (MAX_DEPTH + 1) + b"1" + b"}" * (MAX_DEPTH + 1), "levels"),
        (b"[" * 100_000, "levels"),
    ],
)
def test_what_others_could_not_read_is_refused_in_words(raw: bytes, words: str) -> None:
    with pytest.raises(MalformedJson, match=words):
        parse(raw)


def test_many_small_objects_are_not_taken_for_deep_ones() -> None:
    assert len(parse(b"[" + b",".join([b"{}"] * 1000) + b"]")) == 1000


def test_an_unfinished_string_is_walked_once() -> None:
    before = time.process_time()
    with pytest.raises(MalformedJson, match="Unterminated"):
        parse(b'"' + b'\\"' * 1_000_000 + b"[" * (MAX_DEPTH + 1))
    assert time.process_time() - before < 5
