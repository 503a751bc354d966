"""Wrapper framing: byte 00, then an Avro record that holds the value as JSON text."""

from __future__ import annotations

import functools
import io
from typing import Any, Final

from durable_workflow.codec import _json
from durable_workflow.codec._faults import undecodable
from durable_workflow.codec._value_write import varint

PREFIX: Final = b"\x00"
_VERSION: Final = varint(1)


@functools.cache
def _schema() -> Any:
    """Parse the schema once, at the first payload: fastavro costs more to import than the whole package."""
    import fastavro

    return fastavro.parse_schema(
        {
            "type": "record",
            "name": "Payload",
            "namespace": "durable_workflow",
            "fields": [
                {"name": "json", "type": "string"},
                {"name": "version", "type": "int", "default": 1},
            ],
        }
    )


def write(value: Any) -> bytes:
    """Write one value as a wrapper frame: the text with its length, and the version, as Avro writes them.

    Raises:
        PayloadEncodeError: If the value has no JSON form.
    """
    text = _json.write(value).encode()
    return b"".join((PREFIX, varint(len(text)), text, _VERSION))


def read(frame: bytes) -> Any:
    """Read the value of a wrapper frame; the record's version is ignored, as all readers do.

    Raises:
        PayloadDecodeError: If the record is cut, followed by more bytes, or holds no JSON.
    """
    begin = len(PREFIX) + 1
    while begin < len(frame) and frame[begin - 1] > 0x7F:
        begin += 1
    # What this SDK writes: the rest is one text and a version of one byte. Everything else is judged by Avro.
    if frame[len(PREFIX) : begin] == varint(len(frame) - begin - len(_VERSION)) and frame[-1] <= 0x7F:
        try:
            return _json.read(frame[begin : -len(_VERSION)].decode(), "inner_json_invalid")
        except UnicodeDecodeError:
            raise undecodable("invalid_utf8", "its text is not UTF-8") from None
    return _read_as_avro(frame)


def _read_as_avro(frame: bytes) -> Any:
    stream = io.BytesIO(frame)
    stream.seek(len(PREFIX))
    text = _read_record(stream)
    left = len(frame) - stream.tell()
    if left:
        raise undecodable("trailing_bytes", f"{left} bytes follow its end")
    return _json.read(text, "inner_json_invalid")


def is_list(frame: bytes) -> bool:
    """Tell whether the JSON text of a frame is a list; it stands behind the varint of its length."""
    at = len(PREFIX)
    while frame[at : at + 1] >= b"\x80":
        at += 1
    return frame[at + 1 : at + 2] == b"["


def _read_record(stream: io.BytesIO) -> str:
    schema = _schema()
    from fastavro import schemaless_reader

    try:
        record: Any = schemaless_reader(stream, schema, None)
    except UnicodeDecodeError:
        raise undecodable("invalid_utf8", "its text is not UTF-8") from None
    except (EOFError, IndexError, OverflowError, MemoryError, ValueError):
        raise undecodable("truncated", "it ends before its declared length") from None
    text: str = record["json"]
    return text
