"""HTTP/1.1 without IO: the bytes of a request, and a response out of the bytes that come back.

Only what a call of this protocol needs; what is unclear is refused and never guessed.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping

from ..errors import InvalidArgument
from ._retry import Answer

__all__ = ["Garbled", "ResponseReader", "UnreadableResponse", "request_bytes"]

_HEAD_LIMIT = 65_536
_STATUS_LINE = re.compile(rb"HTTP/1\.([01]) ([1-9][0-9]{2})(?: [^\r\n\x00]*)?")
_HEADER = re.compile(rb"([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([^\r\n\x00]*?)[ \t]*")
_LENGTH = re.compile(r"[0-9]{1,18}", re.ASCII)
_CHUNK_SIZE = re.compile(rb"([0-9A-Fa-f]{1,15})[ \t]*(?:;[^\r\n\x00]*)?")


class UnreadableResponse(Exception):
    """What came back is not HTTP, or ended too early."""


class Garbled(Exception):
    """The response is HTTP, but its content cannot be unpacked."""


def request_bytes(method: str, target: str, headers: Mapping[str, str], content: bytes | None) -> bytes:
    """Return a request as it goes over the wire.

    Args:
        method: the method.
        target: path and query, percent-encoded.
        headers: all headers but the one for the length.
        content: the body.

    Raises:
        InvalidArgument: a header is not printable ASCII.
    """
    lines = [f"{method} {target} HTTP/1.1"]
    for name, value in headers.items():
        if not (value.isascii() and value.isprintable()):
            raise InvalidArgument(f"the header {name} must be printable ASCII text, not {value!r:.80}")
        lines.append(f"{name}: {value}")
    if content is not None:
        lines.append(f"Content-Length: {len(content)}")
    lines += ["", ""]
    return "\r\n".join(lines).encode("ascii") + (content or b"")


class ResponseReader:
    """Reads one response from bytes as they come.

    Attributes:
        reusable: once complete, whether the connection can take another request.
    """

    def __init__(self) -> None:
        self.reusable = False
        self._buffer = bytearray()
        self._status = 0
        self._headers: dict[str, str] = {}
        # Bytes still to come: of the body, or None for "until the end"; chunks are counted one by one.
        self._left: int | None = 0
        self._chunked = False
        self._chunks: list[bytes] = []

    def feed(self, data: bytes) -> bool:
        """Take bytes in; returns whether the response is complete.

        Raises:
            UnreadableResponse: this is not HTTP.
        """
        self._buffer += data
        while not self._status:
            if not self._read_head():
                return False
        if self._chunked:
            return self._read_chunks()
        if self._left is None or len(self._buffer) < self._left:
            return False
        self.reusable = self.reusable and len(self._buffer) == self._left
        return True

    def end(self) -> bool:
        """Note that no more bytes come; returns whether the response is complete by that."""
        self.reusable = False
        return bool(self._status) and self._left is None and not self._chunked

    def answer(self) -> Answer:
        """Return the complete response, unpacked.

        Raises:
            Garbled: it cannot be unpacked.
        """
        content = b"".join(self._chunks) if self._chunked else bytes(self._buffer[: self._left])
        return Answer(self._status, self._headers, _unpacked(content, self._headers))

    def _read_head(self) -> bool:
        end = self._buffer.find(b"\r\n\r\n")
        if end < 0 or end > _HEAD_LIMIT:
            if len(self._buffer) > _HEAD_LIMIT or not b"HTTP/1.".startswith(bytes(self._buffer[:7])):
                raise UnreadableResponse("the answer is not HTTP")
            return False
        lines = bytes(self._buffer[:end]).split(b"\r\n")
        del self._buffer[: end + 4]
        found = _STATUS_LINE.fullmatch(lines[0])
        if found is None:
            raise UnreadableResponse("the status line is not HTTP")
        status = int(found[2])
        # Interim answers (1xx) are followed by the real one.
        if status >= 200:
            self._status, self._headers = status, _headers(lines[1:])
            self._read_framing(keeps_open=found[1] == b"1")
        return True

    def _read_framing(self, *, keeps_open: bool) -> None:
        connection = {part.strip().lower() for part in self._headers.get("connection", "").split(",")}
        self.reusable = keeps_open and "close" not in connection
        coding = self._headers.get("transfer-encoding")
        if self._status in (204, 304):
            self._left = 0
        elif coding is not None:
            if coding.lower() != "chunked":
                raise UnreadableResponse(f"the transfer encoding {coding!r:.40} is not understood")
            self._chunked = True
        else:
            self._left = _length(self._headers.get("content-length"))

    def _read_chunks(self) -> bool:
        while True:
            end = self._buffer.find(b"\r\n")
            if end < 0:
                return False
            found = _CHUNK_SIZE.fullmatch(self._buffer, 0, end)
            if found is None:
                raise UnreadableResponse("the size of a chunk is not a number")
            size = int(found[1], 16)
            if size == 0:
                return self._read_trailer(end)
            if len(self._buffer) < end + size + 4:
                return False
            if self._buffer[end + size + 2 : end + size + 4] != b"\r\n":
                raise UnreadableResponse("a chunk is longer than it says")
            self._chunks.append(bytes(self._buffer[end + 2 : end + size + 2]))
            del self._buffer[: end + size + 4]

    def _read_trailer(self, start: int) -> bool:
        end = self._buffer.find(b"\r\n\r\n", start)
        self.reusable = self.reusable and len(self._buffer) == end + 4
        return end >= 0


def _headers(lines: list[bytes]) -> dict[str, str]:
    headers: dict[str, str] = {}
    for line in lines:
        found = _HEADER.fullmatch(line)
        if found is None:
            raise UnreadableResponse("a header of the answer is not HTTP")
        name, value = found[1].decode("ascii").lower(), found[2].decode("latin-1")
        headers[name] = f"{headers[name]}, {value}" if name in headers else value
    return headers


def _length(text: str | None) -> int | None:
    if text is None:
        return None
    # A list of equal lengths is one length.
    lengths = {part.strip() for part in text.split(",")}
    if len(lengths) != 1 or not _LENGTH.fullmatch(next(iter(lengths))):
        raise UnreadableResponse("the length of the answer is not a number")
    return int(next(iter(lengths)))


def _unpacked(content: bytes, headers: Mapping[str, str]) -> bytes:
    coding = headers.get("content-encoding", "identity").lower()
    if coding == "identity" or not content:
        return content
    if coding not in ("gzip", "x-gzip"):
        raise Garbled(f"the content encoding {coding!r:.40} was not asked for")
    unpacker = zlib.decompressobj(16 + zlib.MAX_WBITS)
    try:
        text = unpacker.decompress(content)
    except zlib.error as error:
        raise Garbled(f"the content is not gzip: {error}") from error
    if not unpacker.eof:
        raise Garbled("the compressed content ends too early")
    return text
