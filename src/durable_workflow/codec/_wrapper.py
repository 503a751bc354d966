"""Wrapper framing: byte 00, then an Avro record that holds the value as JSON text."""

from __future__ import annotations

import functools
import io
from typing import Any, Final

from durable_workflow.codec import _json
from durable_workflow.codec._faults import undecodable

PREFIX: Final = b"\x00"
_VERSION: Final = 1


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
                {"name": "version", "type": "int", "default": _VERSION},
            ],
        }
    )


def write(value: Any) -> bytes:
    """Write one value as a wrapper frame.

    Raises:
        PayloadEncodeError: If the value has no JSON form.
    """
    schema = _schema()
    from fastavro import schemaless_writer

    frame = io.BytesIO()
    frame.write(PREFIX)
    schemaless_writer(frame, schema, {"json": _json.write(value), "version": _VERSION})
    return frame.getvalue()


def read(frame: bytes) -> Any:
    """Read the value of a wrapper frame; the record's version is ignored, as all readers do.

    Raises:
        PayloadDecodeError: If the record is cut, followed by more bytes, or holds no JSON.
    """
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
