"""HTTP/1.1 without a socket: however the bytes are cut, the answer is the same or there is none."""

from __future__ import annotations

import gzip
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from durable_workflow.errors import InvalidArgument
from durable_workflow.transport._direct import reaches
from durable_workflow.transport._http1 import Garbled, ResponseReader, UnreadableResponse, request_bytes

LENGTH = b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 8\r\n\r\n{"a": 1}'
CHUNKS = b'HTTP/1.1 200\r\nTransfer-Encoding: Chunked\r\n\r\n3;x=y\r\n{"a\r\n5\r\n": 1}\r\n0\r\nT: 1\r\n\r\n'
INTERIM = b"HTTP/1.1 100 Continue\r\nX: y\r\n\r\n" + LENGTH


def read(*parts: bytes) -> ResponseReader:
    reader = ResponseReader()
    for part in parts[:-1]:
        assert not reader.feed(part)
    assert reader.feed(parts[-1])
    return reader


@given(st.sampled_from([LENGTH, CHUNKS, INTERIM]), st.sets(st.integers(1, 60)))
def test_every_cut_gives_the_same_answer(whole: bytes, cuts: set[int]) -> None:
    edges = [0, *sorted(cut for cut in cuts if cut < len(whole)), len(whole)]
    reader = read(*(whole[a:b] for a, b in itertools.pairwise(edges)))
    assert (reader.answer().status, reader.answer().content) == (200, b'{"a": 1}')
    assert reader.reusable


@pytest.mark.parametrize(
    "answer",
    [
        LENGTH.replace(b"HTTP/1.1", b"HTTP/1.0"),
        LENGTH.replace(b"Content-Type", b"Connection: Keep-Alive, Close\r\nX"),
        LENGTH + b"HTTP/1.1 200 OK\r\n",
        CHUNKS + b"x",
    ],
)
def test_a_connection_is_not_used_again_when_it_may_end_or_is_out_of_step(answer: bytes) -> None:
    reader = read(answer)
    assert reader.answer().content == b'{"a": 1}'
    assert not reader.reusable


def test_a_body_without_length_ends_with_the_connection() -> None:
    reader = ResponseReader()
    assert not reader.feed(b"HTTP/1.1 200 OK\r\n\r\nabc")
    assert reader.end()
    assert reader.answer().content == b"abc"
    assert not reader.reusable


@pytest.mark.parametrize("part", [b"", LENGTH[:30], LENGTH[:-1], CHUNKS[:-1], CHUNKS[:60]])
def test_an_answer_that_ends_early_is_none(part: bytes) -> None:
    reader = ResponseReader()
    assert not reader.feed(part)
    assert not reader.end()


def test_some_answers_have_no_body() -> None:
    reader = read(b"HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n")
    assert (reader.answer().content, reader.reusable) == (b"", True)


def test_a_repeated_header_is_a_list_and_names_are_lower_case() -> None:
    reader = read(b"HTTP/1.1 200 OK\r\nA: 1\r\na:\t2 \r\nContent-Length: 0, 0\r\n\r\n")
    assert reader.answer().headers == {"a": "1, 2", "content-length": "0, 0"}


@pytest.mark.parametrize(
    "answer",
    [
        b"SSH-2.0-OpenSSH_9.6\r\n",
        b"HTTP/2 200\r\n\r\n",
        b"HTTP/1.1 OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nA: 1\r\n folded\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n12",
        b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        CHUNKS.replace(b"5\r\n", b"+5\r\n"),
        CHUNKS.replace(b"5\r\n", b"4\r\n"),
        b"HTTP/1.1 200 OK\r\nA: " + b"a" * 70_000,
    ],
)
def test_what_is_not_http_is_refused(answer: bytes) -> None:
    with pytest.raises(UnreadableResponse):
        ResponseReader().feed(answer)


def packed(content: bytes, coding: bytes = b"gzip") -> ResponseReader:
    head = b"HTTP/1.1 200 OK\r\nContent-Encoding: %s\r\nContent-Length: %d\r\n\r\n"
    return read(head % (coding, len(content)) + content)


def test_gzip_is_unpacked() -> None:
    assert packed(gzip.compress(b"text")).answer().content == b"text"


@pytest.mark.parametrize(
    ("content", "coding"), [(gzip.compress(b"text")[:-1], b"gzip"), (b"text", b"gzip"), (b"text", b"br")]
)
def test_what_cannot_be_unpacked_says_so(content: bytes, coding: bytes) -> None:
    with pytest.raises(Garbled):
        packed(content, coding).answer()


def test_a_request_is_head_and_body() -> None:
    assert request_bytes("POST", "/a?b=c", {"Host": "h"}, b"{}") == (
        b"POST /a?b=c HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\n{}"
    )
    assert request_bytes("GET", "/", {"Host": "h"}, None) == b"GET / HTTP/1.1\r\nHost: h\r\n\r\n"


@pytest.mark.parametrize("value", ["a\r\nX: y", "a\nb", "\0", "ü"])
def test_a_header_cannot_smuggle_another_one(value: str) -> None:
    with pytest.raises(InvalidArgument, match="X-Namespace"):
        request_bytes("GET", "/", {"X-Namespace": value}, None)


def test_a_proxy_and_tls_are_left_to_httpx(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    assert reaches("http://localhost:8080")
    assert not reaches("https://localhost:8080")
    assert not reaches("http://bücher.example")
    monkeypatch.setenv("http_proxy", "http://proxy:3128")
    assert not reaches("http://localhost:8080")
